"""The zip archive that a workbook is: refused where it is made to do harm, by its real size and never by its claims."""

import itertools
import zipfile

from evenhand.library.datasets.workbook.scan import CHUNK, Refused

ENCRYPTED = 0x1
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DECLARED = (b"<!DOCTYPE", b"<!ENTITY")


def check_pack(pack: zipfile.ZipFile, *, most_parts: int, most_unpacked: int) -> None:
    """Refused for what no office program writes, for macros, for a password, and for what unpacks to too much."""
    parts = sorted(pack.infolist(), key=lambda part: part.header_offset)
    if len(parts) > most_parts:
        raise Refused(f"is made of {len(parts):,} parts, where a workbook has a few dozen")
    for part, after in itertools.pairwise(parts):
        if part.header_offset + part.compress_size > after.header_offset:
            raise Refused("has parts that overlap: no office program writes such a file")
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise Refused("holds macros: save it without them, as .xlsx or .ods")
    unpacked = 0
    for part in parts:
        if part.flag_bits & ENCRYPTED:
            raise Refused("is protected by a password: save it without one")
        unpacked = _unpack(pack, part, unpacked, most_unpacked)


def is_ods(pack: zipfile.ZipFile) -> bool:
    """Whether this is an OpenDocument spreadsheet; Refused if it is no spreadsheet at all."""
    names = pack.namelist()
    if "mimetype" in names and pack.read("mimetype").decode().strip() == ODS:
        return True
    if "xl/workbook.xml" in names:
        return False
    raise Refused("is neither an .xlsx nor an .ods file")


def _unpack(pack: zipfile.ZipFile, part: zipfile.ZipInfo, unpacked: int, most: int) -> int:
    before = b""
    with pack.open(part) as stream:
        while chunk := stream.read(CHUNK):
            unpacked += len(chunk)
            if unpacked > most:
                raise Refused(f"unpacks to more than {most // 1_000_000} MB. Save the sheet as CSV")
            seen = before + chunk
            if any(word in seen for word in DECLARED):
                raise Refused("declares names of its own (a DOCTYPE): no office program writes such a file")
            before = chunk[-len(DECLARED[0]) :]
    return unpacked
