"""How one official file is read, and what a reader of its figures must be told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evenhand.library.datasets.loader.checks import Axis, Total, duplicates, fractions, holes, sums
from evenhand.library.datasets.loader.faults import BadCell, Fault, RefusedFile
from evenhand.library.datasets.loader.observation import Basis, Counts, Observation, Source, State
from evenhand.library.datasets.loader.row import SHORTHAND, SOURCE_COLUMNS, Line, Row, lines, named
from evenhand.library.places import Kind


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
    source: Source | None = None  # of every row, where the rows do not each name their own
    signs: Mapping[str, State] = field(default_factory=dict)  # how this file, too, writes that a cell holds no number

    def load(self, content: bytes, *, name: str = "") -> tuple[Observation, ...]:
        """Every observation of a CSV file; RefusedFile with every fault if a single row is wrong."""
        file = name or self.file
        return self.load_lines(lines(content, file=file), name=file)

    def load_lines(self, lines: Iterable[Line], *, name: str = "") -> tuple[Observation, ...]:
        """As `load`, from the lines of a table, of which the first is the header."""
        file = name or self.file
        faults: list[Fault] = []
        found: list[Observation] = []
        columns = self.columns if self.source else (*self.columns, *SOURCE_COLUMNS)
        signs = {**SHORTHAND, **self.signs}
        for row in named(lines, columns, file=file, origin=self.source, signs=signs):
            try:
                row.source  # noqa: B018  (a row without a source is refused before it is read)
                found.extend(self.read(row))
            except BadCell as fault:
                faults.append(Fault(row.number, fault.column, str(fault)))
            except LookupError as fault:
                faults.append(Fault(row.number, "", str(fault)))
        faults.extend(duplicates(found))
        faults.extend(fractions(found))
        faults.extend(sums(found, self.totals))
        faults.extend([] if faults else holes(found, self.covers, self.apart))
        if not found and not faults:
            faults.append(Fault(0, "", "there are no figures in it"))
        if faults:
            raise RefusedFile(file, sorted(faults, key=lambda fault: fault.row))
        return tuple(found)

    def load_path(self, path: Path) -> tuple[Observation, ...]:
        """As `load`, from a file on disk."""
        return self.load(path.read_bytes(), name=path.name)
