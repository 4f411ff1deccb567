"""The forms in which registers are published: tab-separated text, JSON, and comma-separated text."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from evenhand.library.registers.files import LONGEST_RECORD, RefusedFile, Source, blocks, chunks

NOT_UTF_8: Final = "it is not UTF-8 text"
SURROGATE: Final = re.compile("[\ud800-\udfff]")
# What JSON may write and no database takes: a NUL, and half of a pair.
DOUBTFUL_ESCAPE: Final = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
BEFORE_OBJECTS: Final = re.compile(r"\ufeff?\s*\[\s*")
BETWEEN_OBJECTS: Final = re.compile(r"[\s,]*")
ESCAPED: Final = re.compile(r"\\(\r\n|.)", re.DOTALL)


class Unreadable(NamedTuple):
    """A record whose cells cannot be told apart: how it begins, and why."""

    begins: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one block of a file holds: each record that is wanted with its number, and where the next block begins.

    A record is its cells in the order of the header. `count` is of all records, wanted or not.
    """

    records: list[tuple[int, Sequence[Any] | Unreadable]]
    count: int
    end: int


class Heading(NamedTuple):
    """The header of a file, and where its first record begins."""

    columns: tuple[str, ...]
    start: int


def text_heading(first: bytes, *, name: str, delimiter: str) -> tuple[Heading, bytes]:
    """The header of a text file and the newline that ends its lines, from the file's first bytes."""
    at = first.find(b"\n")
    if at < 0:
        raise RefusedFile(f"{name} has no line that ends. Fetch it again.")
    newline = b"\r\n" if first[:at].endswith(b"\r") else b"\n"
    try:
        line = first[: at + 1].decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise RefusedFile(f"The header of {name} is not UTF-8 text. Fetch the official file again.") from None
    # The header of the companies' file begins several names with a space.
    columns = tuple(column.strip() for column in next(csv.reader([line], delimiter=delimiter), []))
    return Heading(columns, at + 1), newline


def json_heading(first: bytes, *, name: str) -> tuple[Heading, dict[str, Any]]:
    """The keys of the first object of a JSON file and the object itself, from the file's first bytes."""
    text = first.decode("utf-8", "replace")
    begun = BEFORE_OBJECTS.match(text)
    if begun is None:
        raise RefusedFile(f"{name} is no list of records in JSON. Fetch the official file again.")
    try:
        thing, _ = json.JSONDecoder().raw_decode(text, begun.end())
    except (ValueError, RecursionError):
        raise RefusedFile(f"{name} holds no whole record. Fetch it again.") from None
    if not isinstance(thing, dict):
        raise RefusedFile(f"{name} is no list of records in JSON. Fetch the official file again.")
    return Heading(tuple(thing), len(text[: begun.end()].encode())), thing


def tab_separated(source: Source, *, newline: bytes, start: int, number: int) -> Iterator[Found]:
    """The records of tab-separated text without quotes, in which a backslash escapes.

    A newline that a tab follows stands inside a record, where publishers left it: it is taken out.
    """
    ending = newline.decode()
    for block in blocks(source, newline=newline, start=start, joined=True):
        whole = block.lines.replace(newline + b"\t", b"\t").removesuffix(newline)
        text, doubtful = _decoded(whole)
        # A NUL carries nothing, and no database takes it.
        lines = text.replace("\0", "").split(ending)
        if "\\" + ending in text:
            lines = _rejoined(lines, ending)
        records: list[tuple[int, Sequence[str] | Unreadable]] = [
            (each, line.split("\t") if "\\" not in line else _unescaped(line))
            for each, line in enumerate(lines, number + 1)
        ]
        if doubtful:
            records = [
                (each, Unreadable(begins(cells), NOT_UTF_8) if _broken(cells) else cells) for each, cells in records
            ]
        number += len(lines)
        yield Found(records, len(lines), block.end)


def comma_separated(
    source: Source, *, newline: bytes, start: int, number: int, holding: Sequence[bytes]
) -> Iterator[Found]:
    """The records of comma-separated text that hold one of these words, or all of them where there are no words.

    A line is looked into only where it holds one: most of the largest register is never taken apart.
    """
    for block in blocks(source, newline=newline, start=start, joined=False):
        lines = block.lines.removesuffix(newline).split(newline)
        records = [
            (each, _separated(line))
            for each, line in enumerate(lines, number + 1)
            if not holding or any(word in line for word in holding)
        ]
        number += len(lines)
        yield Found(records, len(lines), block.end)


def json_objects(source: Source, *, header: Sequence[str], start: int, number: int) -> Iterator[Found]:
    """The records of a list of JSON objects; RefusedFile where the list is damaged or not closed."""
    rest, end = b"", start
    for chunk in chunks(source, start=start):
        data = rest + chunk
        whole = data[: data.rfind(b"}") + 1]
        text, doubtful = _decoded(whole)
        things, used = _objects(text)
        left = len(text[used:].encode("utf-8", "surrogateescape")) + len(data) - len(whole)
        rest = data[len(data) - left :]
        if len(rest) > LONGEST_RECORD:
            raise RefusedFile(f"{source.name} is damaged after record {number + len(things):,}. Fetch it again.")
        doubtful = doubtful or DOUBTFUL_ESCAPE.search(whole) is not None
        records = [(each, _in_order(thing, header, doubtful=doubtful)) for each, thing in enumerate(things, number + 1)]
        number += len(things)
        end += len(data) - left
        yield Found(records, len(things), end)
    if rest.strip() != b"]":
        raise RefusedFile(f"{source.name} is cut short or damaged after record {number:,}. Fetch it again.")


def begins(cells: Sequence[Any]) -> str:
    """How a record begins, fit to print: its first cells, cut short."""
    said = " · ".join(str(cell) for cell in cells[:3])[:80]
    return said.encode("utf-8", "replace").decode()


def _objects(text: str) -> tuple[list[Any], int]:
    """Every whole thing in a piece of a JSON list, and how much of the text they took."""
    read = json.JSONDecoder().raw_decode
    things: list[Any] = []
    at = 0
    while (begin := _skipped(text, at)) < len(text):
        try:
            thing, at = read(text, begin)
        except (ValueError, RecursionError):
            break
        things.append(thing)
    return things, at


def _skipped(text: str, at: int) -> int:
    between = BETWEEN_OBJECTS.match(text, at)
    return between.end() if between else at


def _in_order(thing: Any, header: Sequence[str], *, doubtful: bool) -> Sequence[Any] | Unreadable:
    if not isinstance(thing, dict):
        return Unreadable(begins([thing]), "it is no object with a name for each value")
    cells = list(thing.values())
    if tuple(thing) != header:
        gone = [column for column in header if column not in thing]
        new = [key for key in thing if key not in header]
        if gone or new:
            said = [f"{column} is missing" for column in gone] + [f"{key[:60]} is not known" for key in new]
            return Unreadable(begins(cells), "; ".join(said[:5]))
        cells = [thing[column] for column in header]
    if doubtful:
        cells = [cell.replace("\0", "") if isinstance(cell, str) else cell for cell in cells]
        if _broken(cells):
            return Unreadable(begins(cells), NOT_UTF_8)
    return cells


def _separated(line: bytes) -> Sequence[str] | Unreadable:
    text, doubtful = _decoded(line)
    if doubtful:
        return Unreadable(begins([text]), NOT_UTF_8)
    try:
        rows = list(csv.reader([text.replace("\0", "")], strict=True))
    except csv.Error:
        return Unreadable(begins([text]), "its quotes do not pair")
    return rows[0] if rows else []


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether some of it is no UTF-8; what is not stands in it as halves of pairs."""
    try:
        return data.decode(), False
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape"), True


def _broken(cells: Sequence[Any] | Unreadable) -> bool:
    return any(isinstance(cell, str) and SURROGATE.search(cell) for cell in cells)


def _rejoined(lines: list[str], ending: str) -> list[str]:
    """The lines with those put together again that an escaped newline split."""
    whole: list[str] = []
    open_line = False
    for line in lines:
        if open_line:
            whole[-1] += ending + line
        else:
            whole.append(line)
        open_line = _ends_escaped(whole[-1])
    return whole


def _unescaped(line: str) -> list[str]:
    """The cells of a line that holds backslashes: one before a tab keeps it in its cell."""
    cells: list[str] = []
    open_cell = False
    for part in line.split("\t"):
        if open_cell:
            cells[-1] += "\t" + part
        else:
            cells.append(part)
        open_cell = _ends_escaped(cells[-1])
    return [ESCAPED.sub(r"\1", cell) for cell in cells]


def _ends_escaped(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
