"""Reading one official file into tidy observations, and refusing it whole when any row is wrong."""

import csv
import io
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from evenhand.library.places import Kind, places
from evenhand.library.vocabulary import UNKNOWN, read_faith, read_sex, sexes
from evenhand.library.vocabulary.ethnicity import classification

T = TypeVar("T")

State = Literal["present", "no-row", "suppressed", "not-available", "not-applicable", "provisional", "revised"]
Basis = Literal["self-defined", "officer-observed", "mixed", "unknown"]
Counts = Literal["people", "events", "outcomes"]

ALL = "All"
EVERYONE = (ALL, "Total")  # how publishers write that a cell counts everyone
FAITH = "faith"  # the classification of a row whose group is an answer about religion
KNOWN = "Known"  # everyone of whom a group was recorded, where the source also counts everyone
ANY = "any"  # the classification of a row that counts everyone, or those of whom no group was recorded
# The classification of rows that part the unknown by why no group was recorded; they add up to Unknown, of any.
UNRECORDED = "unrecorded"
KINDS_OF_UNKNOWN = ("Blank", "Don't know", "Not reported", "Not stated", "Older codes", "Unrecorded")
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
# How the name of a series ends that holds rates, shares, indices or averages: these are never added up.
NOT_ADDED = ("-index", "-lower", "-upper", "-months", "-nights", "-ratio", "percent", "share")
PER = re.compile(r"(^|-)per-")
# How the note of a figure begins that must never be shown without it.
UNSAFE = "Unsafe: "
ENDING = re.compile(r"(year[ _]ending[ _]march[ _])?(?P<year>\d{4})", re.IGNORECASE)
NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")


def adds_up(series: str) -> bool:
    """Whether figures of this series may be added up over groups and places: counts may, rates and shares may not."""
    return not series.endswith(NOT_ADDED) and not PER.search(series)


def financial_year(text: str) -> str:
    """The financial year, as people say it, of "year ending March 2025" or of the year alone in which it ends."""
    written = ENDING.fullmatch(text.strip())
    if not written:
        raise LookupError(f"{text!r} does not say in which year a financial year ends")
    year = int(written["year"])
    return f"{year - 1}/{year % 100:02d}"


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
    note: str = ""  # what the source says of this figure alone

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

    def rate(self, column: str) -> tuple[float | None, State]:
        """A number of 0 or more, whole or not, or no value and its state."""
        value, state = self.number_or_state(column)
        if value is not None and value < 0:
            raise BadCell(column, f"{self.text(column)!r} is not a rate: it must be 0 or more")
        return value, state

    def percent(self, column: str) -> tuple[float | None, State]:
        """A number from 0 to 100, or no value and its state."""
        value, state = self.number_or_state(column)
        if value is not None and not 0 <= value <= 100:  # noqa: PLR2004  (a percentage)
            raise BadCell(column, f"{self.text(column)!r} is not a percentage: it must be from 0 to 100")
        return value, state

    def one_of(self, column: str, known: Mapping[str, T]) -> T:
        """What a cell stands for, in the table of the words that its column has; any other word is refused."""
        text = self.text(column)
        if text not in known:
            raise BadCell(column, f"{text!r} is not one of {', '.join(known)}")
        return known[text]

    def group(self, column: str, scheme: str) -> tuple[str, str]:
        """The classification and the group that a cell names: of ANY, where it counts everyone or the unknown."""
        text = self.text(column)
        if text in EVERYONE:
            return ANY, ALL
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
        """The published table that this row names; a row without one is refused."""
        source = Source(*(self.text(column) for column in SOURCE_COLUMNS))
        for column, value in zip(SOURCE_COLUMNS, source, strict=True):
            if not value:
                raise BadCell(column, "the row does not say where it comes from")
        return source


SOURCE_COLUMNS = ("source_title", "source_url", "table", "licence")


AXES = ("series", "period", "place", "group", "detail", "sex", "age")
Axis = Literal["period", "place", "group", "detail", "sex", "age"]
SHOWN_PARTS = 12


@dataclass(frozen=True)
class Total:
    """A figure that must equal the sum of others: `whole` stands for the parts named in `parts`.

    The parts are groups, unless they lie `along` another axis. With `series`, only that series is held to it. Where
    it may stand `alone`, the source gives some totals with none of their parts.
    """

    whole: str
    parts: tuple[str, ...]
    tolerance: float = 0
    along: Axis = "group"
    series: str = ""
    alone: bool = False

    def __str__(self) -> str:
        """The sum as one line for a person."""
        parts = " + ".join(self.parts) if len(self.parts) <= SHOWN_PARTS else f"the sum of {len(self.parts)} parts"
        return f"{self._named} = {parts}"

    def fault(self, whole: Observation, family: Mapping[str, Observation]) -> str:
        """Why the total does not hold, or nothing; a total with a withheld part cannot be checked, and passes."""
        missing = [part for part in self.parts if part not in family]
        if self.series not in ("", whole.series) or (self.alone and len(missing) == len(self.parts)):
            return ""
        if missing:
            return f"{self._named} has no row for {', '.join(missing)}"
        values = [family[part].value for part in self.parts]
        if whole.value is None or None in values:
            return ""
        added = math.fsum(value for value in values if value is not None)
        if abs(added - whole.value) <= self.tolerance:
            return ""
        return f"{self._named} is {whole.value:,.10g}, but its parts add to {added:,.10g}"

    @property
    def _named(self) -> str:
        return self.whole or f"every {self.along}"


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
    # A table has a row for every period, place and group. Along these axes, the file holds tables of unlike shape.
    apart: tuple[Axis, ...] = ()
    revision: int = 1  # raised when the reading changes, so that old releases keep what they said

    def load(self, content: bytes, *, name: str = "") -> tuple[Observation, ...]:
        """Every observation of a file; RefusedFile with every fault if a single row is wrong."""
        file = name or self.file
        faults: list[Fault] = []
        found: list[Observation] = []
        for row in rows(content, self.columns, file=file):
            try:
                row.source  # noqa: B018  (a row without a source is refused before it is read)
                found.extend(self.read(row))
            except BadCell as fault:
                faults.append(Fault(row.number, fault.column, str(fault)))
            except LookupError as fault:
                faults.append(Fault(row.number, "", str(fault)))
        faults.extend(_duplicates(found))
        faults.extend(_fractions(found))
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

    def _sums(self, found: list[Observation]) -> Iterator[Fault]:
        for along in dict.fromkeys(total.along for total in self.totals):
            families: dict[tuple[str, ...], dict[str, Observation]] = defaultdict(dict)
            others = [axis for axis in AXES if axis != along]
            for one in found:
                families[tuple(getattr(one, axis) for axis in others)][getattr(one, along)] = one
            totals = [total for total in self.totals if total.along == along]
            for family in families.values():
                for total in totals:
                    if (whole := family.get(total.whole)) and (reason := total.fault(whole, family)):
                        yield Fault(whole.row, whole.column, reason)

    def _holes(self, found: list[Observation]) -> Iterator[Fault]:
        """Figures that should have a row and have none: a sum would pass over them in silence."""
        every_kind = [{place.code for place in places(kind) if place.has_residents} for kind in self.covers]
        tables: dict[tuple[str, ...], set[tuple[str, str, tuple[str, ...]]]] = defaultdict(set)
        for one in found:
            group = (one.group, one.detail, one.sex, one.age)
            table = (one.series, one.classification, *(getattr(one, axis) for axis in self.apart))
            tables[table].add((one.period, one.place, group))
        for cells in tables.values():
            periods, known, groups = (set(axis) for axis in zip(*cells, strict=True))
            expected = known.union(*(codes for codes in every_kind if codes & known))
            every = itertools.product(sorted(periods), sorted(expected), sorted(groups))
            for period, place, group in (cell for cell in every if cell not in cells):
                what = ", ".join(part for part in (period, place, *group) if part and part != ALL)
                yield Fault(0, "", f"there is no row for {what}; what was not published is a row with a blank cell")


def rows(content: bytes, columns: Sequence[str], *, file: str) -> Iterator[Row]:
    """The lines of a CSV file with these columns and the four of the source; RefusedFile at the first bad line."""
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
        if differences := _header_differences(header, (*columns, *SOURCE_COLUMNS)):
            raise RefusedFile(file, [Fault(1, "", differences)])
        for cells in reader:
            if len(cells) != len(header):
                reason = f"has {len(cells)} cells where the header has {len(header)}: is the file cut short?"
                raise RefusedFile(file, [Fault(reader.line_num, "", reason)])
            yield Row(reader.line_num, dict(zip(header, cells, strict=True)))
    except csv.Error as fault:
        raise RefusedFile(file, [Fault(reader.line_num, "", f"is not good CSV ({fault})")]) from None


def _duplicates(found: list[Observation]) -> Iterator[Fault]:
    times = Counter(one.key for one in found)
    first: dict[tuple[str, ...], int] = {}
    for one in found:
        if times[one.key] > 1 and first.setdefault(one.key, one.row) != one.row:
            what = ", ".join(part for part in one.key if part and part != ALL)
            yield Fault(one.row, one.column, f"the same figure stands in row {first[one.key]} already ({what})")


def _fractions(found: list[Observation]) -> Iterator[Fault]:
    """Rates under the name of a count: whoever adds them up would be wrong, and nothing would show it."""
    for one in found:
        if one.value is not None and not one.value.is_integer() and adds_up(one.series):
            yield Fault(one.row, one.column, f"{one.value:g} is no count, and {one.series!r} is a series of counts")


def _header_differences(header: list[str], expected: Iterable[str]) -> str:
    wanted = list(expected)
    missing = [column for column in wanted if column not in header]
    extra = [column for column in header if column not in wanted]
    twice = [column for column, times in Counter(header).items() if times > 1]
    parts = (("missing", missing), ("not expected", extra), ("twice", twice))
    said = "; ".join(f"{word}: {', '.join(columns)}" for word, columns in parts if columns)
    return f"the columns differ from what this file always had ({said})" if said else ""
