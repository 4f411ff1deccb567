"""Opens an official file, alone or in its zip, and hands over its bytes, no more than a little at a time."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, NamedTuple

# Enough for a header, or for a first record.
BEGINNING: Final = 64 * 1024
# What is taken apart at once. A hundred records stay in the processor's own memory: with a thousand, reading takes half
# as long again.
CHUNK: Final = 64 * 1024
# The longest official record is some tens of kilobytes: a charity's objects, in full.
LONGEST_RECORD: Final = 4 * 1024 * 1024
# The largest official file, every live company, is about 2.6 GB unpacked.
LARGEST: Final = 8 * 1024**3
# Official files unpack to about ten times their size, and lists of short rows to some tens; a bomb to a thousand.
MOST_PACKED: Final = 250
# A little file may well pack better, and cannot do harm.
SMALL: Final = 16 * 1024 * 1024
# Official zips hold one file. The list at a zip's end is read whole, and so must be short.
MOST_ENTRIES: Final = 100

KINDS: Final = (".txt", ".json", ".csv")
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


class RefusedFile(ValueError):
    """A file that cannot be read as what it should be: what is wrong and what to do, in words fit to print."""


@dataclass(frozen=True, slots=True)
class Source:
    """An official file that was found: `member` is its name inside the zip, blank where there is no zip.

    `size` is in bytes, unpacked, as the zip itself says; it serves to show progress and is trusted for nothing.
    `fingerprint` tells two files apart by size, beginning and end; a zip ends with the checksums of what it holds.
    """

    path: Path
    member: str
    size: int
    fingerprint: str

    @property
    def name(self) -> str:
        """The name of the file itself."""
        return self.member or self.path.name


class Block(NamedTuple):
    """Whole lines, and the place in the unpacked file at which the next line begins."""

    lines: bytes
    end: int


def find_source(path: Path) -> Source:
    """The official file at a path; RefusedFile for a zip that is damaged, hostile or holds something else."""
    if not path.is_file():
        raise FileNotFoundError(f"There is no file at {path}.")
    member, size = _member(path) if _begins(path, b"PK") else ("", path.stat().st_size)
    return Source(path, member, size, _fingerprint(path))


def beginning(source: Source) -> bytes:
    """The first bytes of the file, unpacked; RefusedFile where it is empty, or UTF-16."""
    try:
        with _opened(source) as stream:
            first = stream.read(BEGINNING)
    except DAMAGED as error:
        raise RefusedFile(f"{source.path.name} is damaged: {error}. Fetch it again.") from error
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or first[:64].count(0) > len(first[:64]) // 4:
        raise RefusedFile(f"{source.name} is UTF-16. Fetch the official file again, or save it as UTF-8.")
    if not first.strip():
        raise RefusedFile(f"{source.name} is empty. Fetch it again.")
    return first


def refuse_cut_short(source: Source, *, closed: tuple[bytes, ...]) -> None:
    """Raise RefusedFile where a file that lies open does not end as it must; a zip says itself whether it is whole."""
    if source.member:
        return
    with source.path.open("rb") as file:
        file.seek(max(0, source.size - 64))
        if not file.read().rstrip(b" ").endswith(closed):
            raise RefusedFile(f"{source.name} is cut short. Fetch it again.")


def blocks(source: Source, *, newline: bytes, start: int, joined: bool) -> Iterator[Block]:
    """The lines from one place on, in blocks that end where a line ends.

    Where lines are `joined`, a newline that is escaped, or that a tab follows, does not end one. RefusedFile where the
    last line is cut short, where a line never ends, and where more comes out of a zip than can be meant.
    """
    rest, end = b"", start
    for chunk, is_last in _with_last(chunks(source, start=start)):
        data = rest + chunk
        if is_last and not data.endswith(newline):
            raise RefusedFile(f"The last line of {source.name} is cut short. Fetch it again.")
        cut = len(data) if is_last else _last_end(data, newline, joined=joined)
        rest, end = data[cut:], end + cut
        if cut:
            yield Block(data[:cut], end)
        if len(rest) > LONGEST_RECORD:
            raise RefusedFile(f"A line of {source.name} never ends: this is not the file that it should be.")


def chunks(source: Source, *, start: int) -> Iterator[bytes]:
    """The bytes from one place on; RefusedFile for a damaged file, or one that unpacks to more than can be meant."""
    most = min(LARGEST, max(source.path.stat().st_size * MOST_PACKED, SMALL)) if source.member else LARGEST
    read = start
    with _opened(source) as stream:
        try:
            # In a zip this unpacks what was read before and lets it go.
            stream.seek(start)
            while chunk := stream.read(CHUNK):
                read += len(chunk)
                if read > most:
                    raise RefusedFile(f"{source.name} unpacks to more than {most:,} bytes: too large to be meant.")
                yield chunk
        except DAMAGED as error:
            raise RefusedFile(f"{source.path.name} is damaged: {error}. Fetch it again.") from error


def _with_last(every: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk, and whether it is the last."""
    held = next(every, None)
    for chunk in every:
        if held is not None:
            yield held, False
        held = chunk
    if held is not None:
        yield held, True


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    if not source.member:
        with source.path.open("rb") as file:
            yield file
        return
    try:
        archive = zipfile.ZipFile(source.path)
        stream = archive.open(source.member)
    except DAMAGED as error:
        raise RefusedFile(f"{source.path.name} cannot be unpacked: {error}. Fetch it again.") from error
    with archive, stream:
        yield stream


def _member(path: Path) -> tuple[str, int]:
    entries = _entries(path)
    if entries > MOST_ENTRIES:
        raise RefusedFile(f"{path.name} holds {entries:,} files, and an official zip holds one.")
    try:
        with zipfile.ZipFile(path) as archive:
            held = [each for each in archive.infolist() if not each.is_dir()]
    except DAMAGED as error:
        raise RefusedFile(f"{path.name} cannot be unpacked: {error}. Fetch it again.") from error
    if len(held) != 1 or not held[0].filename.lower().endswith(KINDS):
        names = ", ".join(each.filename[:80] for each in held[:3]) or "nothing"
        raise RefusedFile(f"{path.name} holds {names}. An official zip holds one file: {', '.join(KINDS)}.")
    if held[0].file_size > LARGEST:
        raise RefusedFile(f"{held[0].filename} would unpack to {held[0].file_size:,} bytes: too large to be meant.")
    return held[0].filename, held[0].file_size


def _entries(path: Path) -> int:
    """How many files a zip says that it holds, read without reading its list."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise RefusedFile(f"{path.name} is cut short. Fetch it again.")
    return int.from_bytes(tail[at + 10 : at + 12], "little")


def _fingerprint(path: Path) -> str:
    size = path.stat().st_size
    with path.open("rb") as file:
        digest = hashlib.sha256(f"{size}\n".encode() + file.read(65_536))
        file.seek(max(0, size - 65_536))
        digest.update(file.read())
    return digest.hexdigest()


def _begins(path: Path, mark: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def _last_end(data: bytes, newline: bytes, *, joined: bool) -> int:
    """Where the last line that surely ended ends: what follows its newline has been seen."""
    at = data.rfind(newline, 0, len(data) - 1)
    while at >= 0:
        end = at + len(newline)
        if not (joined and (data.startswith(b"\t", end) or _escaped(data, at))):
            return end
        at = data.rfind(newline, 0, at)
    return 0


def _escaped(data: bytes, at: int) -> bool:
    """Whether an odd number of backslashes stands before this place."""
    before = at
    while data.startswith(b"\\", before - 1) and before:
        before -= 1
    return (at - before) % 2 == 1
