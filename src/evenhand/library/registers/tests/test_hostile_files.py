"""A file that is cut, damaged, hostile or in another encoding is refused in words, and little is held meanwhile."""

import hashlib
import io
import resource
import struct
import subprocess
import sys
import zipfile

import pytest

from evenhand.library.registers import RefusedFile
from evenhand.library.registers import files as file_rules
from evenhand.library.registers.charity_commission import read
from evenhand.library.registers.tests import make

TEXT = make.text("charity", make.CHARITIES)
JSON = make.in_json("charity", make.CHARITIES)


def everything(path):
    return list(read(path))


@pytest.mark.parametrize("form", ["txt", "json", "zip"])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99, None])
def test_a_file_that_is_cut_short_is_refused_before_a_row_is_given(tmp_path, form, share):
    whole = tmp_path / f"charity.{form}"
    if form == "zip":
        make.zipped(whole, TEXT)
    else:
        make.write(whole, TEXT if form == "txt" else JSON)
    content = whole.read_bytes()
    # One byte short, where no share is given.
    make.write(whole, content[: len(content) - 1 if share is None else int(len(content) * share)])
    with pytest.raises(RefusedFile, match=r"Fetch|known here|columns"):
        read(whole)


def test_an_empty_file_is_refused(tmp_path):
    for content in ("", "\r\n", " ", "\ufeff"):
        with pytest.raises(RefusedFile):
            read(make.write(tmp_path / "charity.txt", content))
    with pytest.raises(RefusedFile):
        read(make.write(tmp_path / "charity.json", "[]"))


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="There is no file"):
        read(tmp_path / "charity.txt")


def test_a_list_that_is_cut_short_inside_a_zip_is_refused(tmp_path):
    path = make.zipped(tmp_path / "charity.zip", JSON[: len(JSON) // 2], member="publicextract.charity.json")
    with pytest.raises(RefusedFile, match="cut short or damaged"):
        everything(path)


def test_a_text_that_is_cut_short_inside_a_zip_is_refused(tmp_path):
    path = make.zipped(tmp_path / "charity.zip", TEXT[:-100])
    with pytest.raises(RefusedFile, match="cut short"):
        everything(path)


def test_a_zip_with_a_byte_changed_is_refused(tmp_path):
    path = make.zipped(tmp_path / "charity.zip", TEXT * 3)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    make.write(path, bytes(content))
    with pytest.raises(RefusedFile, match="Fetch it again"):
        everything(path)


# Encodings


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    marked = everything(make.write(tmp_path / "charity.txt", "\ufeff" + TEXT))
    plain = everything(make.write(tmp_path / "charity.txt", TEXT))
    assert [batch.rows for batch in marked] == [batch.rows for batch in plain]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_by_name(tmp_path, encoding):
    with pytest.raises(RefusedFile, match="UTF-16"):
        read(make.write(tmp_path / "charity.txt", TEXT.encode(encoding)))


def test_a_row_that_is_not_utf_8_is_rejected_and_never_guessed(tmp_path):
    pound = TEXT.replace("BRIDGE OF EXAMPLES (MADE UP)", "BRIDGE – £5 (MADE UP)")
    content = pound.encode().replace("£".encode(), "£".encode("cp1252"))
    (batch,) = everything(make.write(tmp_path / "charity.txt", content))
    assert [each.why for each in batch.rejected] == ["it is not UTF-8 text"]
    assert [row.organisation_number for row in batch.rows] == [9_000_002, 9_000_003, 9_000_004]
    assert batch.rows[1].charity_name == "CANOLFAN ENGHRAIFFT, TŶ (MADE UP)"
    for each in batch.rejected:
        each.begins.encode()


def test_a_value_that_is_not_utf_8_rejects_its_object(tmp_path):
    content = JSON.encode().replace("TŶ".encode(), b"T\xff")
    (*_, batch) = everything(make.write(tmp_path / "charity.json", content))
    assert [each.number for each in batch.rejected] == [3]


def test_half_of_a_pair_in_json_rejects_its_object_and_a_nul_is_dropped(tmp_path):
    content = (
        JSON.replace("TŶ", "T\\ud83d").replace("OLD EXAMPLE", "OLD\\u0000 EXAMPLE").replace("FUND", "\\ud83d\\ude00")
    )
    rows = [row for batch in everything(make.write(tmp_path / "charity.json", content)) for row in batch.rows]
    assert [row.charity_name for row in rows] == [
        "BRIDGE OF EXAMPLES (MADE UP)",
        "BRIDGE OF EXAMPLES 😀 (MADE UP)",
        "OLD EXAMPLE TRUST (MADE UP)",
    ]


def test_a_nul_in_text_is_dropped(tmp_path):
    path = make.write(tmp_path / "charity.txt", TEXT.replace("OLD EXAMPLE", "OLD\0 EXAMPLE"))
    assert everything(path)[0].rows[3].charity_name == "OLD EXAMPLE TRUST (MADE UP)"


def test_lines_may_end_without_a_carriage_return_but_not_in_two_ways(tmp_path):
    plain = everything(make.write(tmp_path / "charity.txt", make.text("charity", make.CHARITIES, newline="\n")))
    assert len(plain[0].rows) == 4
    lines = TEXT.split("\r\n")
    mixed = "\r\n".join([*lines[:2], "\n".join(lines[2:4]), *lines[4:]])
    (batch,) = everything(make.write(tmp_path / "charity.txt", mixed))
    assert [row.organisation_number for row in batch.rows] == [9_000_001, 9_000_004]
    assert [each.why for each in batch.rejected] == ["it has 67 columns, not 34"]


# Bombs


def test_a_zip_that_unpacks_far_beyond_its_size_is_refused(tmp_path):
    header = TEXT.split("\r\n")[0].encode() + b"\r\n"
    path = make.zipped(tmp_path / "charity.zip", header + b"\t" * 40_000_000 + b"\r\n")
    assert path.stat().st_size < 60_000
    with pytest.raises(RefusedFile, match=r"never ends|too large"):
        everything(path)


def test_a_bomb_of_little_lines_is_refused_while_little_is_held(tmp_path):
    header = TEXT.split("\r\n")[0].encode() + b"\r\n"
    path = make.zipped(tmp_path / "charity.zip", header + b"\r\n" * 20_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RefusedFile, match="cannot be read as charity"):
        everything(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80_000


def test_the_size_that_a_zip_declares_is_not_believed(tmp_path):
    content = TEXT.encode() + TEXT.split("\r\n", 1)[1].encode() * 2_000
    path = make.zipped(tmp_path / "charity.zip", content)
    packed = bytearray(path.read_bytes())
    at = packed.find(b"PK\x01\x02")
    packed[at + 24 : at + 28] = struct.pack("<I", 1_000)
    make.write(path, bytes(packed))
    with pytest.raises(RefusedFile, match="Fetch it again"):
        everything(path)


def test_a_declared_size_beyond_reason_is_refused_unopened(tmp_path, monkeypatch):
    path = make.zipped(tmp_path / "charity.zip", TEXT)
    monkeypatch.setattr(file_rules, "LARGEST", 100)
    with pytest.raises(RefusedFile, match="too large"):
        read(path)


def test_a_zip_of_many_files_is_refused_by_their_number_alone(tmp_path):
    path = tmp_path / "charity.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(101):
            archive.writestr(f"{number}.txt", "")
    with pytest.raises(RefusedFile, match="holds 101 files"):
        read(path)


def test_a_zip_in_a_zip_is_refused(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("charity.txt", TEXT)
    with pytest.raises(RefusedFile, match="An official zip holds one file"):
        read(make.zipped(tmp_path / "charity.zip", inner.getvalue(), member="charity.zip"))


def test_a_zip_of_two_tables_or_of_nothing_is_refused(tmp_path):
    path = tmp_path / "charity.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.txt", TEXT)
        archive.writestr("two.txt", TEXT)
    with pytest.raises(RefusedFile, match=r"one\.txt, two\.txt"):
        read(path)
    with zipfile.ZipFile(path, "w"):
        pass
    with pytest.raises(RefusedFile, match="holds nothing"):
        read(path)


def test_a_name_that_climbs_out_of_a_zip_writes_nothing(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    make.zipped(folder / "charity.zip", TEXT, member="../../charity.txt")
    assert len(everything(folder / "charity.zip")[0].rows) == 4
    assert [each.name for each in tmp_path.rglob("*")] == ["in", "charity.zip"]


def test_a_list_nested_without_end_is_refused(tmp_path):
    for content in ("[" * 200_000, '[{"a":' * 100_000, JSON[:-1] + "," + "[" * 200_000 + "]"):
        with pytest.raises(RefusedFile):
            everything(make.write(tmp_path / "charity.json", content))


def test_a_file_of_another_table_under_a_good_header_is_refused_as_a_whole(tmp_path):
    lines = TEXT.split("\r\n")
    wrong = "\t".join(["x"] * 34)
    path = make.write(tmp_path / "charity.txt", "\r\n".join([*lines[:-1], *[wrong] * 2_000, ""]))
    with pytest.raises(RefusedFile, match="the file is broken, or it is another"):
        everything(path)


MEASURED = """
import resource, sys
from pathlib import Path
from evenhand.library.registers.charity_commission import read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rows = sum(len(batch.rows) for batch in read(Path(sys.argv[1])))
print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("form", ["txt", "json"])
def test_a_large_file_takes_little_memory(tmp_path, form):
    """The whole register has ten times as many rows, and takes as much: nothing is kept from batch to batch."""
    rows = (
        make.CHARITY | {"organisation_number": number, "charity_activities": hashlib.sha512(b"%d" % number).hexdigest()}
        for number in range(40_000)
    )
    content = (make.text if form == "txt" else make.in_json)("charity", rows)
    path = make.zipped(tmp_path / "charity.zip", content, member=f"publicextract.charity.{form}")
    found = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    count, megabytes = map(int, found.stdout.split())
    assert count == 40_000
    assert megabytes < 40
