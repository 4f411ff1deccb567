"""One line of a source file, its cells read by the name of their column and never by position."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from evenhand.library.datasets.loader.faults import BadCell, Fault, RefusedFile
from evenhand.library.datasets.loader.observation import ALL, ANY, FAITH, Source, State
from evenhand.library.vocabulary import UNKNOWN, read_faith, read_sex, sexes
from evenhand.library.vocabulary.ethnicity import classification

T = TypeVar("T")
Line = tuple[int, Sequence[str]]  # of a file: its number, and its cells

SOURCE_COLUMNS = ("source_title", "source_url", "table", "licence")
EVERYONE: Mapping[str, str] = {ALL: ALL, "Total": ALL}  # how publishers write that a cell counts everyone

# How publishers write that a cell holds no number. None of these is ever read as zero.
SHORTHAND: Mapping[str, State] = {
    "[c]": "suppressed",
    "*": "suppressed",
    "!": "suppressed",
    "~": "suppressed",
    "[x]": "not-available",
    "-": "not-available",
    "..": "not-available",
    "?": "not-available",
    "[z]": "not-applicable",
    "n/a": "not-applicable",
}
NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
MOST = 1_000_000_000  # fifteen times as many as live here, so that no count and no rate of people is more
LONGEST_SHOWN = 20
# What stands in a cell in the place of a number, and what to do about it.
ADVICE = (
    (
        re.compile(r"(<|fewer than|less than|under) ?\d+", re.IGNORECASE),
        "a small count that was withheld is written [c]; or the declaration says what this sign means",
    ),
    (re.compile(r"-?[\d.,]+ ?%"), "a percentage belongs in a column that is read as one"),
    (
        re.compile(r"[\d.]+E[+-]?\d+", re.IGNORECASE),
        "a spreadsheet has shortened this number: show it in full, and save the file again",
    ),
    (re.compile(r"#.*|Err:\d+"), "a formula failed here: mend it, and save the file again"),
)
ENDING = re.compile(r"(year[ _]ending[ _]march[ _])?(?P<year>\d{4})", re.IGNORECASE)


def financial_year(text: str) -> str:
    """The financial year, as people say it, of "year ending March 2025" or of the year alone in which it ends."""
    written = ENDING.fullmatch(text.strip())
    if not written:
        raise LookupError(f"{text!r} does not say in which year a financial year ends")
    year = int(written["year"])
    return f"{year - 1}/{year % 100:02d}"


@dataclass(frozen=True)
class Row:
    """One line of a source file, read by column name and never by position.

    Where the lines do not each name their source, `origin` is that of all; `signs` are how the file writes that a
    cell holds no number.
    """

    number: int
    cells: Mapping[str, str]
    origin: Source | None = None
    signs: Mapping[str, State] = field(default_factory=lambda: SHORTHAND)

    def text(self, column: str) -> str:
        """The cell without white space around it; never None."""
        return self.cells[column].strip()

    def number_or_state(self, column: str) -> tuple[float | None, State]:
        """The value of a cell and its state; a blank is "no-row", and shorthand is never read as zero."""
        text = self.text(column)
        if not text:
            return None, "no-row"
        if state := self.signs.get(text.lower()):
            return None, state
        if not NUMBER.fullmatch(text):
            advice = next((f": {what}" for sign, what in ADVICE if sign.fullmatch(text)), "")
            raise BadCell(column, f"{text!r} is not a number{advice}")
        return _number(text), "present"

    def count(self, column: str) -> tuple[float | None, State]:
        """A whole number of 0 or more, or no value and its state."""
        value, state = self.number_or_state(column)
        if value is not None and (value < 0 or not value.is_integer()):
            raise BadCell(column, f"{self.text(column)!r} is not a count: it must be a whole number, 0 or more")
        self._refuse_beyond_all(column, value)
        return value, state

    def rate(self, column: str) -> tuple[float | None, State]:
        """A number of 0 or more, whole or not, or no value and its state."""
        value, state = self.number_or_state(column)
        if value is not None and value < 0:
            raise BadCell(column, f"{self.text(column)!r} is not a rate: it must be 0 or more")
        self._refuse_beyond_all(column, value)
        return value, state

    def _refuse_beyond_all(self, column: str, value: float | None) -> None:
        """A slip of a key makes forty nines of one: beyond what there can be, it is no figure."""
        if value is not None and value > MOST:
            text = self.text(column)
            shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
            raise BadCell(column, f"{shown!r} is more than a thousand million: look whether a key was held down")

    def percent(self, column: str) -> tuple[float | None, State]:
        """A number from 0 to 100, with or without a percent sign, or no value and its state."""
        bare = self.text(column).removesuffix("%").rstrip()
        value, state = (_number(bare), "present") if NUMBER.fullmatch(bare) else self.number_or_state(column)
        if value is not None and not 0 <= value <= 100:  # noqa: PLR2004  (a percentage)
            raise BadCell(column, f"{self.text(column)!r} is not a percentage: it must be from 0 to 100")
        return value, state

    def one_of(self, column: str, known: Mapping[str, T]) -> T:
        """What a cell stands for, in the table of the words that its column has; any other word is refused."""
        text = self.text(column)
        if text not in known:
            raise BadCell(column, f"{text!r} is not one of {', '.join(known)}")
        return known[text]

    def group(self, column: str, scheme: str, *, wholes: Mapping[str, str] = EVERYONE) -> tuple[str, str]:
        """The classification and the group that a cell names: of ANY, where it counts a whole or the unknown.

        `wholes` are the words of this file that stand for everyone, or for everyone of whom a group was recorded.
        """
        text = self.text(column)
        if text in wholes:
            return ANY, wholes[text]
        found = read_faith(text) if scheme == FAITH else classification(scheme).read(text)
        return (ANY if found == UNKNOWN else scheme), found

    def sex(self, column: str) -> str:
        """The slug of the sex that a cell names, through the vocabulary; ALL where it counts everyone."""
        text = self.text(column)
        if text in EVERYONE:
            return ALL
        return {one.name: one.slug for one in sexes()}.get(read_sex(text), UNKNOWN)

    @property
    def source(self) -> Source:
        """The published table that this row names, or all do; a row without one is refused."""
        if self.origin:
            return self.origin
        source = Source(*(self.text(column) for column in SOURCE_COLUMNS))
        for column, value in zip(SOURCE_COLUMNS, source, strict=True):
            if not value:
                raise BadCell(column, "the row does not say where it comes from")
        return source


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def rows(content: bytes, columns: Sequence[str], *, file: str) -> Iterator[Row]:
    """The lines of a CSV file with these columns and the four of the source; RefusedFile at the first bad line."""
    yield from named(lines(content, file=file), (*columns, *SOURCE_COLUMNS), file=file)


def lines(content: bytes, *, file: str) -> Iterator[Line]:
    """The cells of each line of a CSV file, with its number; RefusedFile at the first bad line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise RefusedFile(file, [Fault(line, "", "not UTF-8 text: save the file as UTF-8 CSV")]) from None
    if "\x00" in text:
        raise RefusedFile(file, [Fault(0, "", "holds NUL bytes: it is not a CSV file")])
    if text and not text.endswith("\n"):
        raise RefusedFile(file, [Fault(text.count("\n") + 1, "", "the line has no end: is the file cut short?")])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as fault:
        raise RefusedFile(file, [Fault(reader.line_num, "", f"is not good CSV ({fault})")]) from None


def named(
    lines: Iterable[Line],
    columns: Sequence[str],
    *,
    file: str,
    origin: Source | None = None,
    signs: Mapping[str, State] = SHORTHAND,
) -> Iterator[Row]:
    """Lines under a header as rows; RefusedFile for another header, and for a line that does not fit."""
    going = iter(lines)
    at, heading = next(going, (1, []))
    header = [cell.strip() for cell in heading]
    if differences := _header_differences(header, columns):
        raise RefusedFile(file, [Fault(at, "", differences)])
    for number, cells in going:
        if len(cells) != len(header):
            reason = f"has {len(cells)} cells where the header has {len(header)}: is the file cut short?"
            raise RefusedFile(file, [Fault(number, "", reason)])
        yield Row(number, dict(zip(header, cells, strict=True)), origin, signs)


def _header_differences(header: list[str], expected: Iterable[str]) -> str:
    wanted = list(expected)
    missing = [column for column in wanted if column not in header]
    extra = [column for column in header if column not in wanted]
    twice = [column for column, times in Counter(header).items() if times > 1]
    parts = (("missing", missing), ("not expected", extra), ("twice", twice))
    said = "; ".join(f"{word}: {', '.join(columns)}" for word, columns in parts if columns)
    return f"the columns differ from what this file always had ({said})" if said else ""
