"""Reading one official file into tidy observations, and refusing it whole when any row is wrong."""

import csv
import io
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from evenhand.library.places import Kind, places

State = Literal["present", "no-row", "suppressed", "not-available", "not-applicable", "provisional", "revised"]
Basis = Literal["self-defined", "officer-observed", "mixed", "unknown"]
Counts = Literal["people", "events", "outcomes"]

ALL = "All"
ANY = "any"  # the classification of a row that counts everyone, or those of whom no group was recorded
SHOWN_FAULTS = 20

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


class Source(NamedTuple):
    """Where one figure was published: the four columns that every row of every file carries."""

    title: str
    url: str
    table: str
    licence: str


class Observation(NamedTuple):
    """One figure: what it is of, what it is, and where in the source file it stands."""

    series: str
    period: str
    place: str
    classification: str
    group: str
    value: float | None
    state: State
    row: int
    column: str
    source: Source
    detail: str = ""
    sex: str = ALL
    age: str = ALL

    @property
    def key(self) -> tuple[str, ...]:
        """What makes this figure the only one of its kind in a file."""
        return (self.series, self.period, self.place, self.classification, self.group, self.detail, self.sex, self.age)


class Fault(NamedTuple):
    """Something wrong in a file: the row (1 is the header), the column and the reason."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """The fault as one line for a person."""
        where = f"row {self.row}" if self.row else "the whole file"
        return f"{where}, {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


class RefusedFile(ValueError):
    """A file was refused whole: nothing of it was kept. `faults` has every row and reason."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        """Keep the faults; the message shows the first twenty."""
        self.file = file
        self.faults = tuple(faults)
        shown = "\n".join(f"  {fault}" for fault in faults[:SHOWN_FAULTS])
        rest = f"\n  and {len(faults) - SHOWN_FAULTS} more" if len(faults) > SHOWN_FAULTS else ""
        super().__init__(f"{file} was refused, and nothing was changed.\n{shown}{rest}")


class BadCell(ValueError):
    """One cell cannot be read; the column is named and the message is the reason."""

    def __init__(self, column: str, reason: str) -> None:
        """Keep which column, and why."""
        self.column = column
        super().__init__(reason)


@dataclass(frozen=True)
class Row:
    """One line of a source file, read by column name and never by position."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell without white space around it; never None."""
        return self.cells[column].strip()

    def number_or_state(self, column: str) -> tuple[float | None, State]:
        """The value of a cell and its state; a blank is "no-row", and shorthand is never read as zero."""
        text = self.text(column)
        if not text:
            return None, "no-row"
        if state := SHORTHAND.get(text.lower()):
            return None, state
        if not NUMBER.fullmatch(text):
            raise BadCell(column, f"{text!r} is not a number")
        return float(text.replace(",", "")), "present"

    def count(self, column: str) -> tuple[float | None, State]:
        """A whole number of 0 or more, or no value and its state."""
        value, state = self.number_or_state(column)
        if value is not None and (value < 0 or not value.is_integer()):
            raise BadCell(column, f"{self.text(column)!r} is not a count: it must be a whole number, 0 or more")
        return value, state

    @property
    def source(self) -> Source:
        """The published table that this row names; a row without one is refused."""
        source = Source(*(self.text(column) for column in SOURCE_COLUMNS))
        for column, value in zip(SOURCE_COLUMNS, source, strict=True):
            if not value:
                raise BadCell(column, "the row does not say where it comes from")
        return source


SOURCE_COLUMNS = ("source_title", "source_url", "table", "licence")


@dataclass(frozen=True)
class Total:
    """A figure that must equal the sum of others: `whole` stands for the parts named in `parts`."""

    whole: str
    parts: tuple[str, ...]
    tolerance: float = 0

    def fault(self, whole: Observation, family: Mapping[str, Observation]) -> str:
        """Why the total does not hold, or nothing; a total with a withheld part cannot be checked, and passes."""
        if missing := [part for part in self.parts if part not in family]:
            return f"{self.whole} has no row for {', '.join(missing)}"
        values = [family[part].value for part in self.parts]
        if whole.value is None or None in values:
            return ""
        added = math.fsum(value for value in values if value is not None)
        if abs(added - whole.value) <= self.tolerance:
            return ""
        return f"{self.whole} is {whole.value:,.0f}, but its parts add to {added:,.0f}"


@dataclass(frozen=True)
class Loader:
    """How one official file is read, and what a reader of its figures must be told."""

    name: str
    file: str
    title: str
    publisher: str
    landing_page: str
    licence: str
    basis: Basis
    counts: Counts
    one_row: str
    columns: tuple[str, ...]
    read: Callable[[Row], Iterable[Observation]]
    checked: str
    look_again: date
    published: date | None = None
    totals: tuple[Total, ...] = ()
    covers: tuple[Kind, ...] = ()  # the kinds of place of which every one that has residents must be in the file
    revision: int = 1  # raised when the reading changes, so that old releases keep what they said

    def load(self, content: bytes, *, name: str = "") -> tuple[Observation, ...]:
        """Every observation of a file; RefusedFile with every fault if a single row is wrong."""
        file = name or self.file
        faults: list[Fault] = []
        found: list[Observation] = []
        for row in self._rows(content, file):
            try:
                row.source  # noqa: B018  (a row without a source is refused before it is read)
                found.extend(self.read(row))
            except BadCell as fault:
                faults.append(Fault(row.number, fault.column, str(fault)))
            except LookupError as fault:
                faults.append(Fault(row.number, "", str(fault)))
        faults.extend(_duplicates(found))
        faults.extend(self._sums(found))
        faults.extend([] if faults else self._holes(found))
        if not found and not faults:
            faults.append(Fault(0, "", "there are no figures in it"))
        if faults:
            raise RefusedFile(file, sorted(faults, key=lambda fault: fault.row))
        return tuple(found)

    def load_path(self, path: Path) -> tuple[Observation, ...]:
        """As `load`, from a file on disk."""
        return self.load(path.read_bytes(), name=path.name)

    def _rows(self, content: bytes, file: str) -> Iterator[Row]:
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
            header = [cell.strip() for cell in next(reader, [])]
            if differences := _header_differences(header, (*self.columns, *SOURCE_COLUMNS)):
                raise RefusedFile(file, [Fault(1, "", differences)])
            for cells in reader:
                if len(cells) != len(header):
                    reason = f"has {len(cells)} cells where the header has {len(header)}: is the file cut short?"
                    raise RefusedFile(file, [Fault(reader.line_num, "", reason)])
                yield Row(reader.line_num, dict(zip(header, cells, strict=True)))
        except csv.Error as fault:
            raise RefusedFile(file, [Fault(reader.line_num, "", f"is not good CSV ({fault})")]) from None

    def _sums(self, found: list[Observation]) -> Iterator[Fault]:
        if not self.totals:
            return
        families: dict[tuple[str, ...], dict[str, Observation]] = defaultdict(dict)
        for one in found:
            families[(one.series, one.period, one.place, one.detail, one.sex, one.age)][one.group] = one
        for family in families.values():
            for total in self.totals:
                if (whole := family.get(total.whole)) and (reason := total.fault(whole, family)):
                    yield Fault(whole.row, whole.column, reason)

    def _holes(self, found: list[Observation]) -> Iterator[Fault]:
        """Figures that should have a row and have none: a sum would pass over them in silence."""
        expected = {place.code for kind in self.covers for place in places(kind) if place.has_residents}
        tables: dict[tuple[str, str], set[tuple[str, str, tuple[str, ...]]]] = defaultdict(set)
        for one in found:
            group = (one.group, one.detail, one.sex, one.age)
            tables[one.series, one.classification].add((one.period, one.place, group))
        for cells in tables.values():
            periods, known, groups = (set(axis) for axis in zip(*cells, strict=True))
            every = itertools.product(sorted(periods), sorted(known | expected), sorted(groups))
            for period, place, group in (cell for cell in every if cell not in cells):
                what = ", ".join(part for part in (period, place, *group) if part and part != ALL)
                yield Fault(0, "", f"there is no row for {what}; what was not published is a row with a blank cell")


def _duplicates(found: list[Observation]) -> Iterator[Fault]:
    times = Counter(one.key for one in found)
    first: dict[tuple[str, ...], int] = {}
    for one in found:
        if times[one.key] > 1 and first.setdefault(one.key, one.row) != one.row:
            what = ", ".join(part for part in one.key if part and part != ALL)
            yield Fault(one.row, one.column, f"the same figure stands in row {first[one.key]} already ({what})")


def _header_differences(header: list[str], expected: Iterable[str]) -> str:
    wanted = list(expected)
    missing = [column for column in wanted if column not in header]
    extra = [column for column in header if column not in wanted]
    twice = [column for column, times in Counter(header).items() if times > 1]
    parts = (("missing", missing), ("not expected", extra), ("twice", twice))
    said = "; ".join(f"{word}: {', '.join(columns)}" for word, columns in parts if columns)
    return f"the columns differ from what this file always had ({said})" if said else ""
