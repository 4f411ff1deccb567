"""What a file is by its content, whatever its name says; what it may be, and what is kept of it."""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from evenhand.core.errors import Refused

LARGEST: Final = 5 * 1024 * 1024
MOST_PIXELS: Final = 24_000_000
MOST_ENTRIES: Final = 1_000
MOST_UNPACKED: Final = 64 * 1024 * 1024
MOST_PACKED: Final = 200  # times: what packs better is no document
LONGEST_NAME: Final = 100
QUALITY: Final = 88
DANGEROUS: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED: Final = re.compile(rb"/ObjStm\b[^>]{0,400}>>\s*stream\r?\n(.*?)endstream", re.DOTALL)
MARKUP: Final = re.compile(r"<\s*(?:!doctype|html|script|svg|iframe|body|\?xml)", re.IGNORECASE)
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


class Kind(NamedTuple):
    """One kind of file that is taken: its media type, and the endings that its name may have."""

    media_type: str
    endings: tuple[str, ...]
    kept: Callable[[bytes], bytes]


def kept(content: bytes, name: str) -> tuple[str, bytes]:
    """The kind that a file is, and the bytes of it that are kept; Refused where it is none, or not what its name says.

    Pictures are drawn anew, which leaves behind where they were taken, by what, and whatever was hung on to them.
    """
    if not content:
        raise Refused(_("The file is empty. Choose another."), code="empty-file")
    if len(content) > LARGEST:
        said = {"most": LARGEST // 1024 // 1024}
        raise Refused(_("The file is larger than %(most)s MB. Choose a smaller one.") % said, code="large-file")
    kind = _kind(content)
    ending = name.lower().rpartition(".")[2]
    if kind is None or ending not in KINDS[kind].endings:
        raise Refused(
            _(
                "Choose a PDF, a picture (PNG or JPEG), a document (CSV, XLSX, DOCX, ODT) or a recording (MP3, M4A, "
                "OGG) that is called what it is."
            ),
            code="unknown-file",
        )
    return kind, KINDS[kind].kept(content)


def clean_name(name: str, kind: str) -> str:
    """A name that is safe to show and to save under: one line, no path, no hidden direction, the ending of its kind."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign if unicodedata.category(sign)[0] in "LNPSZ" else "" for sign in last)
    plain = re.sub(r'[<>:"|?*%;]+', " ", plain)
    stem = " ".join(plain.rpartition(".")[0].split()).strip(". ")[:LONGEST_NAME].strip(". ")
    return f"{stem or 'file'}.{KINDS[kind].endings[0]}"


def _kind(content: bytes) -> str | None:
    """What the content is, by how it begins and what it holds."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    if sound := _sound(content):
        return sound
    return None if _text(content) is None else "csv"


def _pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-1024:]:
        raise Refused(_("The PDF is cut short. Save it again."), code="damaged-file")
    if any(DANGEROUS.search(ESCAPED.sub(_letter, part)) for part in (content, *_packed(content))):
        raise Refused(
            _("The PDF holds a script or another file. Print it to a new PDF, and choose that."), code="active-file"
        )
    return content


def _packed(content: bytes) -> Iterator[bytes]:
    """What the packed objects of a PDF hold; Refused for one that unpacks to too much."""
    read = 0
    for found in PACKED.finditer(content):
        with suppress(zlib.error):
            part = zlib.decompressobj().decompress(found[1], MOST_UNPACKED - read + 1)
            read += len(part)
            if read > MOST_UNPACKED:
                raise Refused(_("The PDF unpacks to too much. Print it to a new PDF."), code="hostile-file")
            yield part


def _letter(escape: re.Match[bytes]) -> bytes:
    """A letter that a name of a PDF writes by its number."""
    return bytes((int(escape[1], 16),))


def _picture(form: str) -> Callable[[bytes], bytes]:
    def drawn(content: bytes) -> bytes:
        try:
            with Image.open(io.BytesIO(content), formats=[form]) as found:
                if found.width * found.height > MOST_PIXELS or getattr(found, "n_frames", 1) > 1:
                    raise Refused(_("The picture is too large. Make it smaller, and try again."), code="large-picture")
                upright = ImageOps.exif_transpose(found)
                mode = "RGBA" if form == "PNG" and upright.has_transparency_data else "RGB"
                # A new picture has nothing but the points of the old.
                plain = Image.new(mode, upright.size)
                plain.paste(upright.convert(mode))
        except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, *DAMAGED):
            raise Refused(_("The picture cannot be read. Save it again."), code="damaged-file") from None
        out = io.BytesIO()
        plain.save(out, form, **({"quality": QUALITY} if form == "JPEG" else {"optimize": False}))
        return out.getvalue()

    return drawn


def _document(content: bytes) -> str | None:
    """Which document a zip is; Refused for one that is damaged, hostile or holds macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _look_at(archive, entries, content)
            names = {entry.filename for entry in entries}
            mark = archive.read("mimetype") if "mimetype" in names else b""
            types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except DAMAGED:
        raise Refused(_("The document is damaged. Save it again."), code="damaged-file") from None
    if mark == b"application/vnd.oasis.opendocument.text" and "content.xml" in names:
        return "odt"
    if b"macroEnabled" in types:
        raise _active()
    return next((kind for kind, part in PARTS.items() if part in names and types), None)


def _look_at(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], content: bytes) -> None:
    """Refuse a zip that is no plain document, by what comes out of it and not by what it says of itself."""
    names = [entry.filename for entry in entries]
    hostile = len(entries) > MOST_ENTRIES or len(set(names)) < len(names) or not content.endswith(archive.comment)
    hostile = hostile or bool(archive.comment) or content[-22:-18] != b"PK\x05\x06"
    if hostile or any(".." in name or name.startswith(("/", "\\")) or "\\" in name for name in names):
        raise Refused(_("The document is not built as documents are. Save it again."), code="hostile-file")
    if any(ACTIVE.search(name) for name in names):
        raise _active()
    read = 0
    for entry in entries:
        first = b""
        with archive.open(entry) as stream:
            while chunk := stream.read(64 * 1024):
                first = first or chunk[:4096]
                read += len(chunk)
                if read > min(MOST_UNPACKED, MOST_PACKED * len(content)):
                    raise Refused(_("The document unpacks to too much to be one."), code="hostile-file")
        if b"<!DOCTYPE" in first.upper() or b"<!ENTITY" in first.upper():
            raise Refused(_("The document declares what no document needs. Save it again."), code="hostile-file")


def _active() -> Refused:
    return Refused(
        _("The document holds macros or another file. Save it without them, and choose that."), code="active-file"
    )


def _sound(content: bytes) -> str | None:
    """Which recording it is, by how it begins."""
    if content.startswith(b"OggS"):
        return "ogg"
    if content[4:8] == b"ftyp" and content[8:12] in {b"M4A ", b"M4B ", b"mp42", b"isom"}:
        return "m4a"
    framed = len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0  # noqa: PLR2004  (eleven bits set)
    return "mp3" if framed or content.startswith(b"ID3") else None


def _untagged(content: bytes) -> bytes:
    """An MP3 without what it says of who recorded it, when and where."""
    if content.startswith(b"ID3") and len(content) > 10:  # noqa: PLR2004  (the head of a tag)
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size :]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    if not content:
        raise Refused(_("The recording is empty. Choose another."), code="empty-file")
    return content


def _text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    controls = any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text)
    return None if controls or MARKUP.search(text) else text


def _table(content: bytes) -> bytes:
    try:
        rows = sum(1 for _row in csv.reader(io.StringIO(_text(content) or "", newline=""), strict=True))
    except csv.Error:
        raise Refused(_("The table cannot be read as CSV. Save it again."), code="damaged-file") from None
    if not rows:
        raise Refused(_("The table is empty. Choose another."), code="empty-file")
    return content


def _as_it_is(content: bytes) -> bytes:
    return content


OFFICE: Final = "application/vnd.openxmlformats-officedocument"
PARTS: Final[Mapping[str, str]] = MappingProxyType({"xlsx": "xl/workbook.xml", "docx": "word/document.xml"})
ACTIVE: Final = re.compile(r"vbaProject|\.bin$|embeddings/|/activeX/|(?:^|/)Basic/|^Scripts/|oleObject", re.IGNORECASE)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "pdf": Kind("application/pdf", ("pdf",), _pdf),
        "png": Kind("image/png", ("png",), _picture("PNG")),
        "jpeg": Kind("image/jpeg", ("jpg", "jpeg"), _picture("JPEG")),
        "csv": Kind("text/csv; charset=utf-8", ("csv",), _table),
        "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",), _as_it_is),
        "docx": Kind(f"{OFFICE}.wordprocessingml.document", ("docx",), _as_it_is),
        "odt": Kind("application/vnd.oasis.opendocument.text", ("odt",), _as_it_is),
        "mp3": Kind("audio/mpeg", ("mp3",), _untagged),
        "m4a": Kind("audio/mp4", ("m4a", "mp4"), _as_it_is),
        "ogg": Kind("audio/ogg", ("ogg", "oga", "opus"), _as_it_is),
    }
)
