"""What stands in one sheet besides its values, gathered while its XML goes by."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

CHUNK = 1 << 16
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Cell = tuple[int, int]  # row and column, counted from 1
Start = Callable[[dict[str, str]], object]
End = Callable[[], object]


class Refused(Exception):
    """The workbook cannot be used: the reason, as a person is told it."""


@dataclass
class Scan:
    """What stands in one sheet besides its values."""

    limit: int
    rows: int = 0
    columns: int = 0
    formulas: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    failed: list[Cell] = field(default_factory=list)  # formulas that came to an error
    unsaved: list[Cell] = field(default_factory=list)  # formulas saved without their value
    merged: list[Cell] = field(default_factory=list)
    percentages: set[Cell] = field(default_factory=set)  # numbers that are shown with a percent sign
    comments: list[tuple[str, str]] = field(default_factory=list)

    def reaches(self, row: int, column: int) -> None:
        """Note a cell that is not empty; Refused where the memory for all cells up to it would be too much."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.rows * self.columns > self.limit:
            raise Refused(
                f"the sheet reaches to cell {letters(column)}{row}: a table of more than {self.limit:,} cells is not "
                "read. Delete what stands far from the table, or save the sheet as CSV"
            )


def walk(
    stream: IO[bytes],
    *,
    starts: Mapping[str, Start],
    ends: Mapping[str, End],
    words: Callable[[str], object],
) -> None:
    """Go through XML, holding none of it; elements are known by their name without its namespace."""

    def start(tag: str, given: dict[str, str]) -> None:
        if then := starts.get(tag.rpartition(" ")[2]):
            then({name.rpartition(" ")[2]: value for name, value in given.items()})

    def end(tag: str) -> None:
        if then := ends.get(tag.rpartition(" ")[2]):
            then()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    while chunk := stream.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    name = ""
    while column:
        column, at = divmod(column - 1, 26)
        name = chr(ord("A") + at) + name
    return name


def position(reference: str) -> Cell:
    """Row and column of a reference such as C7."""
    written = REFERENCE.fullmatch(reference.replace("$", ""))
    if not written:
        raise Refused(f"is damaged inside (a cell is called {reference[:20]!r})")
    column = 0
    for letter in written[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(written[2]), column
