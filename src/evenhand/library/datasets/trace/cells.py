"""The cells of the source files: what stands in each, where, and how several are added up to one count."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from evenhand.library.datasets.engine import Engine, Figure, Observed
from evenhand.library.datasets.loader import ALL, UNRECORDED, State
from evenhand.library.places import place
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification

Role = Literal[
    "events",
    "population",
    "reference-events",
    "reference-population",
    "nation-events",
    "nation-population",
    "nation-reference-events",
    "nation-reference-population",
    "unknown",
    "all-events",
    "part",
    "whole",
    "rate",
    "reference-rate",
    "ratio",
]
Along = Literal["groups", "places", "unknown", "outcomes", "everyone"]


@dataclass(frozen=True)
class SourceCell:
    """One cell of a file as it was loaded: the text that stands in it, and what was read from it.

    `row` is the line of the file, 1 being its header.
    """

    dataset: str
    version: str
    file: str
    row: int
    column: str
    text: str
    value: float | None
    state: State
    period: str
    place: str
    classification: str
    group: str
    detail: str
    sex: str
    age: str
    note: str
    title: str
    url: str
    table: str
    licence: str


@dataclass(frozen=True)
class RollUp:
    """Cells added up to one count: how many parts, of what, into what, and how many of them are blank."""

    along: Along
    parts: int
    source: str
    into: str
    blank: int = 0

    def __str__(self) -> str:
        """The step as one line for a person."""
        if self.along == "groups":
            return f"{self.parts} groups of “{classification(self.source).name}” make up {self.into}"
        if self.along == "places":
            blank = f"; {self.blank} of the cells blank, adding nothing" if self.blank else ""
            return f"{self.parts} police force areas make up {place(self.into).name}{blank}"
        if self.along == "outcomes":
            return f"{self.parts} outcomes make up all"
        if self.along == "everyone":
            return f"{self.parts} counts make up all"
        return f"{self.parts} kinds of missing record make up all that are not known"


@dataclass(frozen=True)
class Count:
    """A number that was read and not worked out: from one cell, or added up from several."""

    symbol: str
    role: Role
    place: str
    period: str
    group: str
    detail: str
    value: float | None
    roll_ups: tuple[RollUp, ...]
    cells: tuple[SourceCell, ...]


@dataclass(frozen=True)
class SourceFile:
    """A file as it was loaded: its name, its columns, and every row by its number, each cell as it stands."""

    name: str
    columns: tuple[str, ...]
    rows: Mapping[int, tuple[str, ...]]

    def text(self, row: int, column: str) -> str:
        """What stands in one cell."""
        return self.rows[row][self.columns.index(column)]


def source_file(engine: Engine, dataset: str, version: str) -> SourceFile:
    """The file that a release was read from; LookupError if there is no such release here."""
    if not engine.holds(dataset, version):
        raise LookupError(f"no release of {dataset!r} is called {version!r}")
    return engine.kept(("source file", dataset, version), lambda: _read(*engine.source_file(dataset, version)))


def count(role: Role, symbol: str, figures: Iterable[Figure], cells: Mapping[Figure, tuple[SourceCell, ...]]) -> Count:
    """One count with its cells; of several figures, such as the outcomes of one group, their sum."""
    several = tuple(figures)
    first = several[0]
    values = [one.value for one in several if one.value is not None]
    return Count(
        symbol,
        role,
        first.place,
        first.period,
        first.group,
        first.detail if len(several) == 1 else "",
        _plain(math.fsum(values)) if values else None,
        tuple(_roll_ups(several, cells)),
        tuple(cell for one in several for cell in cells[one]),
    )


def _plain(number: float) -> float:
    """A whole number without a decimal point."""
    return int(number) if number.is_integer() else number


def cells_of(engine: Engine, figures: Iterable[Figure]) -> dict[Figure, tuple[SourceCell, ...]]:
    """The cells that each figure was read from or added up from, with the text that stands in them."""
    return {
        one: tuple(source_cell(each, one.series.dataset, one.series.version, engine) for each in observed)
        for one, observed in engine.cells(figures).items()
    }


def source_cell(observed: Observed, dataset: str, version: str, engine: Engine) -> SourceCell:
    """What was read from a cell, beside what stands in it."""
    file = source_file(engine, dataset, version)
    return SourceCell(
        dataset,
        version,
        file.name,
        observed.row,
        observed.column,
        file.text(observed.row, observed.column),
        None if observed.value is None else _plain(observed.value),
        observed.state,
        observed.period,
        observed.place,
        observed.classification,
        observed.group,
        observed.detail,
        observed.sex,
        observed.age,
        observed.note,
        *observed.source,
    )


def _read(name: str, content: bytes) -> SourceFile:
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    columns = tuple(column.strip() for column in next(reader))
    rows = {}
    for row in reader:
        rows[reader.line_num] = tuple(row)
    return SourceFile(name, columns, rows)


def _roll_ups(figures: tuple[Figure, ...], cells: Mapping[Figure, tuple[SourceCell, ...]]) -> Iterable[RollUp]:
    own = {figure.series.classification for figure in figures}
    parts = {(cell.classification, cell.group) for one in figures for cell in cells[one]}
    for scheme, number in sorted(Counter(scheme for scheme, _ in parts).items()):
        if scheme == UNRECORDED and number > 1:
            yield RollUp("unknown", number, scheme, UNKNOWN)
        elif scheme not in {*own, UNRECORDED}:
            yield RollUp("groups", number, scheme, figures[0].group if len(figures) == 1 else ALL)
    if inner := {cell.place for one in figures for cell in cells[one]} - {figures[0].place}:
        blank = sum(cell.value is None for one in figures for cell in cells[one])
        yield RollUp("places", len(inner), "police-force", figures[0].place, blank)
    if len(figures) > 1:
        alike = len({one.group for one in figures}) == 1
        yield RollUp("outcomes" if alike else "everyone", len(figures), "", figures[0].group if alike else ALL)
