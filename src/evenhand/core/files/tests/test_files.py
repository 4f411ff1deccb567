"""A file is what its content is, lies where nothing is served from, and is handed out only to who sees it."""

import io
import os
import time
import zlib
from uuid import uuid4

import pytest
from django.core.files.uploadhandler import StopUpload
from django.test import Client, RequestFactory
from PIL import Image

from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.tests.make import caller, person, signed_in
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.files import actions, kinds, queries
from evenhand.core.files.kinds import LARGEST, clean_name, kept
from evenhand.core.files.models import File
from evenhand.core.files.tests.make import CSV, PDF, docx, odt, photo_with_place, picture, upload, xlsx, zipped
from evenhand.core.files.uploads import LARGEST_REQUEST, Capped
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import Ref

ABOUT = Ref("tests.thing", "one")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


SOUND = b"\xff\xfb\x90\x64" + bytes(64)
MP3 = b"ID3\x04\0\0\0\0\0\x08by me..." + SOUND + b"TAG" + b"by me".ljust(125, b"\0")
GOOD = {
    "pdf": ("letter.pdf", PDF),
    "png": ("logo.PNG", picture()),
    "jpeg": ("photo.jpg", photo_with_place()),
    "csv": ("table.csv", CSV),
    "xlsx": ("accounts.xlsx", xlsx()),
    "docx": ("constitution.docx", docx()),
    "odt": ("minutes.odt", odt()),
    "mp3": ("answers.mp3", MP3),
    "m4a": ("answers.m4a", b"\0\0\0\x20ftypM4A \0\0\0\0"),
    "ogg": ("answers.ogg", b"OggS\0\x02"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_is_told_by_its_content(kind):
    name, content = GOOD[kind]
    assert kept(content, name)[0] == kind


def test_a_picture_loses_where_it_was_taken_and_keeps_how_it_stands():
    _kind, plain = kept(photo_with_place(), "photo.jpg")
    found = Image.open(io.BytesIO(plain))
    assert not found.getexif()
    assert "comment" not in found.info
    assert b"Made-up Camera" not in plain
    assert found.size == (20, 40)


PACKED_SCRIPT = (
    b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n"
    + zlib.compress(b"3 0 <</S/JavaScript/JS(app.alert(1))>>")
    + b"\nendstream endobj\ntrailer"
)


def test_a_recording_loses_what_it_says_of_who_made_it():
    assert kept(MP3, "answers.mp3") == ("mp3", SOUND)


HTML = b"<!DOCTYPE html><script>alert(1)</script>"
BOMB = zipped([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"0" * 30_000_000)])
HOSTILE = {
    "a page called a table": ("table.csv", HTML),
    "a picture that is a page": ("logo.png", HTML),
    "a drawing with a script": ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "a drawing called a table": ("table.csv", b"<svg onload=alert(1)>"),
    "a page in a table": ("table.csv", b"a,b\r\n<script>alert(1)</script>,c\r\n"),
    "a picture called a PDF": ("letter.pdf", picture()),
    "a PDF called a picture": ("logo.png", PDF),
    "two endings": ("letter.pdf.exe", PDF),
    "a hidden ending": ("letter\u202efdp.exe", PDF),
    "no ending": ("letter", PDF),
    "a programme": ("letter.pdf", b"MZ\x90\x00\x03"),
    "an animation": ("logo.png", b"GIF89a" + b"\0" * 40),
    "a PDF that spells its script by numbers": (
        "letter.pdf",
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/Java#53cript/J#53(1)>>"),
    ),
    "a PDF with a packed script": (
        "letter.pdf",
        PDF.replace(b"trailer", PACKED_SCRIPT),
    ),
    "a PDF with a script": ("letter.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(1)>>")),
    "a PDF that is cut short": ("letter.pdf", PDF[:-10]),
    "a picture that is cut short": ("logo.png", picture()[:60]),
    "nothing": ("letter.pdf", b""),
    "text with a control sign": ("table.csv", b"a\x00b"),
    "a zip of something else": ("accounts.xlsx", zipped([("evil.txt", b"x")])),
    "macros": ("accounts.xlsx", xlsx(("xl/vbaProject.bin", b"x"))),
    "an embedded file": ("letter.docx", docx(("word/embeddings/oleObject1.bin", b"x"))),
    "a path out of the zip": ("letter.docx", docx(("../../etc/passwd", b"x"))),
    "a bomb": ("accounts.xlsx", BOMB),
    "entities": ("letter.docx", docx(("word/styles.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'))),
    "a thousand entries": ("letter.docx", docx(*((f"word/{n}.xml", b"") for n in range(1100)))),
    "a page in front of a zip": ("letter.docx", HTML + docx()),
    "a page behind a zip": ("letter.docx", docx() + HTML),
    "a damaged zip": ("letter.docx", docx()[:200]),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_hostile_or_not_what_it_is_called_is_refused(what):
    name, content = HOSTILE[what]
    with pytest.raises(Refused) as refusal:
        kept(content, name)
    assert refusal.value.message.endswith(".")


def test_a_zip_that_lies_about_its_size_is_measured_by_what_comes_out():
    lying = bytearray(BOMB)
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Refused):
        kept(bytes(lying), "accounts.xlsx")


def test_a_page_that_hangs_on_a_picture_is_left_behind():
    for name, form in (("logo.png", "PNG"), ("photo.jpg", "JPEG")):
        _kind, plain = kept(picture(form) + HTML, name)
        assert b"script" not in plain


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_drawn():
    def chunk(kind, content):
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    header = (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    flood = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    )
    with pytest.raises(Refused):
        kept(flood, "logo.png")


def test_a_picture_of_many_pictures_is_refused():
    frames = [Image.new("RGB", (4, 4), (n, 0, 0)) for n in range(3)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    with pytest.raises(Refused):
        kept(out.getvalue(), "logo.png")


def test_what_is_too_large_is_refused_and_a_request_that_never_ends_is_cut_off():
    with pytest.raises(Refused, match="larger than 5 MB"):
        kept(b"%PDF-" + b"0" * LARGEST, "letter.pdf")
    handler = Capped(RequestFactory().get("/"))
    for at in range(LARGEST_REQUEST // LARGEST):
        assert handler.receive_data_chunk(b"0" * LARGEST, at * LARGEST)
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"0" * LARGEST, 0)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\Our letter.PDF", "Our letter.pdf"),
        ("letter\r\nX-Evil: 1.pdf", "letterX-Evil 1.pdf"),
        ("\u202efdp.pdf", "fdp.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ('a"b;c<d>.pdf', "a b c d.pdf"),
        ("Tŷ Gobaith – 2026.pdf", "Tŷ Gobaith – 2026.pdf"),
        ("x" * 5000 + ".pdf", "x" * 100 + ".pdf"),
        ("….pdf", "….pdf"),
        (" .pdf", "file.pdf"),
    ],
)
def test_a_name_becomes_one_that_can_be_saved_under(given, clean):
    assert clean_name(given, "pdf") == clean


@pytest.mark.django_db
def test_what_is_kept_is_called_by_a_number_has_no_ending_and_is_ours_alone_to_read():
    by = caller()
    file = actions.keep(actions.look_through(upload("Letter to Mrs Made-up.pdf", PDF)), about=ABOUT, by=by)
    path = actions.path_of(file)
    assert path.name == file.pk.hex
    assert path.read_bytes() == PDF
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    line = lines_about(file.ref)[0]
    assert "Mrs" not in str(line.details)
    assert line.personal.get().of == by.ref


@pytest.mark.django_db
def test_only_so_many_are_taken_a_day(monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 2)
    by = caller()
    for _ in range(2):
        actions.keep(actions.look_through(upload("letter.pdf", PDF)), about=ABOUT, by=by)
    with pytest.raises(NotPossible, match="tomorrow"):
        actions.keep(actions.look_through(upload("letter.pdf", PDF)), about=ABOUT, by=by)
    actions.keep(actions.look_through(upload("letter.pdf", PDF)), about=ABOUT, by=caller())


@pytest.mark.django_db
def test_it_is_handed_out_to_be_saved_and_never_to_run():
    somebody = person()
    page = upload("photo.jpg", photo_with_place())
    file = actions.keep(actions.look_through(page), about=ABOUT, by=caller_for(somebody, second_factor=False))
    response = signed_in(somebody).get(f"/account/files/{file.pk}/")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    assert response.headers["Content-Security-Policy"].endswith("sandbox")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert b"".join(response.streaming_content) == actions.path_of(file).read_bytes()


@pytest.mark.django_db
def test_for_a_stranger_a_file_and_no_file_are_the_same_and_visitors_are_asked_who_they_are():
    file = actions.keep(actions.look_through(upload("letter.pdf", PDF)), about=ABOUT, by=caller())
    stranger = signed_in(person("content-editor"))
    there, nowhere = (stranger.get(f"/account/files/{pk}/") for pk in (file.pk, uuid4()))
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert Client().get(f"/account/files/{file.pk}/").status_code == 302
    assert Client().get(f"/var/files/handed-in/{file.pk.hex[:2]}/{file.pk.hex}/").status_code == 404


@pytest.mark.django_db
def test_whoever_sees_what_it_belongs_to_sees_it(monkeypatch):
    monkeypatch.setattr(queries, "_SEERS", {})
    editor, other = caller("directory-editor"), caller("content-editor")
    queries.sees("tests.thing")(lambda by, ref: "directory-editor" in by.roles and ref == ABOUT)
    file = actions.keep(actions.look_through(upload("letter.pdf", PDF)), about=ABOUT, by=caller())
    assert queries.file_seen_by(editor, file.pk) == file
    assert queries.file_seen_by(other, file.pk) is None
    without = caller("directory-editor", second_factor=False)
    assert queries.file_seen_by(without, file.pk) is None


@pytest.mark.django_db(transaction=True)
def test_what_is_removed_is_gone_from_the_disc_and_stays_in_the_journal():
    by = caller()
    file = actions.keep(actions.look_through(upload("letter.pdf", PDF)), about=ABOUT, by=by)
    actions.remove(file, by=by, why="No longer needed.")
    assert not actions.path_of(file).exists()
    assert File.objects.get().name == "removed"
    assert queries.file_seen_by(by, file.pk) is None
    with pytest.raises(NotPossible):
        actions.remove(file, by=by, why="Again.")


@pytest.mark.django_db
def test_what_a_stop_left_behind_is_swept_away_and_nothing_else():
    file = actions.keep(actions.look_through(upload("letter.pdf", PDF)), about=ABOUT, by=caller())
    orphan = actions.path_of(file).with_name(uuid4().hex)
    young = actions.path_of(file).with_name(uuid4().hex)
    for path in (orphan, young):
        path.write_bytes(b"x")
    yesterday = time.time() - 2 * 86400
    for path in (orphan, actions.path_of(file)):
        os.utime(path, (yesterday, yesterday))
    assert actions.sweep() == 1
    assert actions.path_of(file).exists()
    assert young.exists()


def test_every_kind_says_what_it_is_and_how_it_is_called():
    assert set(kinds.KINDS) == set(GOOD)
