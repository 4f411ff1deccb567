"""The declaration beside a table of one's own: all that a loader says, and a measure over the figures, if any."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from evenhand.library.datasets.catalogue import RESERVED, Catalogue, Measure, made_measure, shipped_catalogue
from evenhand.library.datasets.loader import (
    Axis,
    Basis,
    Column,
    Counts,
    Fault,
    Loader,
    Observation,
    RefusedFile,
    Source,
    State,
    Total,
    adds_up,
)
from evenhand.library.datasets.loader.row import Line, lines
from evenhand.library.datasets.own.columns import read_columns
from evenhand.library.datasets.workbook.sheet import ENDINGS, read_sheet
from evenhand.library.discover import Fault as BadDeclaration
from evenhand.library.discover import made
from evenhand.library.places import Kind

# Either the publisher has hidden what must be hidden, or there is no publisher yet, and it is done here.
SmallCounts = Literal["suppress", "as-published"]
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 60
STATES: tuple[State, ...] = ("suppressed", "not-available", "not-applicable")


@dataclass(frozen=True)
class _Said:
    """The keys of a declaration."""

    name: str
    title: str
    publisher: str
    landing_page: str
    licence: str
    basis: Basis
    counts: Counts
    one_row: str
    small_counts: SmallCounts
    columns: Mapping[str, Any]
    checked: str
    look_again: date
    published: date | None = None
    table: str = ""
    sheet: str = ""
    header: int = 1
    totals: tuple[Any, ...] = ()
    covers: tuple[Kind, ...] = ()
    apart: tuple[Axis, ...] = ()
    signs: Mapping[str, Any] = field(default_factory=dict)
    measure: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Own:
    """A table that somebody brings: how it is read, what is done about small counts, and the measure over it, if any.

    Without a declaration it is a newer file of a table that the product ships.
    """

    loader: Loader
    small_counts: SmallCounts = "as-published"
    measure: Measure | None = None
    held: tuple[Column, ...] = ()
    left_out: frozenset[str] = frozenset()
    sheet: str = ""
    header: int = 1
    declaration: bytes = b""

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.loader.name

    @property
    def in_workbook(self) -> bool:
        """Whether the table stands in a spreadsheet."""
        return self.loader.file.lower().endswith(ENDINGS)

    def table(self, content: bytes) -> tuple[tuple[Line, ...], tuple[str, ...]]:
        """The lines of the table, and remarks on the workbook that it stands in; RefusedFile for what is no table."""
        if self.in_workbook:
            found = read_sheet(content, self.sheet, file=self.loader.file, header=self.header)
            return found.lines, found.remarks
        if self.sheet:
            why = "the declaration names a sheet, and this is no .xlsx or .ods file: leave the sheet out"
            raise RefusedFile(self.loader.file, [Fault(0, "", why)])
        return tuple(lines(content, file=self.loader.file)), ()

    def read(self, table: Sequence[Line]) -> tuple[Observation, ...]:
        """Every figure of the table; RefusedFile with every fault if a single row is wrong."""
        found = self.loader.load_lines(table)
        if faults := [*self._faults(found)]:
            raise RefusedFile(self.loader.file, faults)
        return found

    def _faults(self, found: Sequence[Observation]) -> Iterator[Fault]:
        """What a table of one's own is held to beyond what any table is."""
        values: dict[str, list[float]] = defaultdict(list)
        for one in found:
            if one.value is not None:
                values[one.column].append(one.value)
        for column in self.held:
            of = values[column.name]
            if column.reads == "percent" and any(0 < value < 1 for value in of) and max(of) <= 1:
                why = "no figure is above 1: are these proportions? Multiply them by 100, so that they are percentages"
                yield Fault(0, column.name, why)
            if self.small_counts == "suppress" and not adds_up(column.series):
                why = (
                    "a rate or share times its population is the count, so it cannot stand beside counts that are "
                    "hidden: leave the column out. Rates are worked out here"
                )
                yield Fault(0, column.name, why)

    def clashes(self, catalogue: Catalogue) -> Iterator[str]:
        """Why these figures cannot stand beside what can be asked already, and what to do."""
        ours = shipped_catalogue()
        if self.declaration and self.name in {one.name for one in ours.loaders}:
            yield (
                f"{self.name!r} is the name of a dataset that the product ships: choose another name. A newer file of "
                f"that same table is loaded without a declaration: evenhand load FILE --dataset {self.name}"
            )
        if self.measure is None:
            return
        slug, others = self.measure.slug, {one.slug: one for one in catalogue.measures}
        if slug in RESERVED:
            yield f"the measure cannot be called {slug!r}, which is a fixed address: choose another slug"
        if slug in {one.slug for one in ours.measures}:
            yield f"the measure is called {slug!r} like one that the product ships: choose another slug"
        elif slug in others and self.name not in others[slug].datasets:
            yield f"the measure is called {slug!r} like that over {min(others[slug].datasets)}: choose another slug"
        if self.name not in self.measure.datasets:
            yield f"the measure reads nothing of {self.name}: a measure is declared beside the figures that it counts"
        known = {self.name, *(one.name for one in catalogue.loaders)}
        for dataset in sorted(self.measure.datasets - known):
            yield f"the measure reads {dataset!r}, and no dataset is called that: see evenhand show datasets"


def newer(dataset: str) -> Own:
    """How a newer file of a shipped table is read; Unknown with the near matches if none is called so."""
    return Own(shipped_catalogue().loader(dataset))


def declaration_beside(path: Path) -> Path:
    """Where the declaration of a table stands: beside it, under the same name."""
    return path.with_suffix(".toml")


def read_declaration(content: bytes, *, file: str, where: str = "") -> Own:
    """What a declaration says of the table in `file`; BadDeclaration names what is wrong in it."""
    where = where or declaration_beside(Path(file)).name
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadDeclaration(where, f"is not good TOML: {fault}") from None
    said = made(_Said, table, where=where)
    if faults := [*_faults(said)]:
        raise BadDeclaration(where, *faults)
    names, held, reading = read_columns(said.columns, where=where)
    loader = Loader(
        name=said.name,
        file=file,
        title=said.title,
        publisher=said.publisher,
        landing_page=said.landing_page,
        licence=said.licence,
        basis=said.basis,
        counts=said.counts,
        one_row=said.one_row,
        columns=names,
        read=reading,
        checked=said.checked,
        look_again=said.look_again,
        published=said.published,
        totals=tuple(made(Total, _mapping(one, where), where=f"{where}, totals") for one in said.totals),
        covers=said.covers,
        apart=said.apart,
        source=Source(said.title, said.landing_page, said.table or said.sheet or file, said.licence),
        signs={sign.lower(): state for sign, state in said.signs.items()},
    )
    return Own(
        loader,
        said.small_counts,
        _measure(said, where),
        held,
        frozenset(said.columns.get("left_out", ())),
        said.sheet,
        said.header,
        content,
    )


def _faults(said: _Said) -> Iterator[str]:
    if not NAME.fullmatch(said.name) or len(said.name) > LONGEST:
        yield f"'name' is {said.name!r}: write up to {LONGEST} small letters and figures, with hyphens between words"
    for key in ("title", "publisher", "licence", "one_row", "checked"):
        if not getattr(said, key).strip():
            yield f"{key!r} says nothing"
    if not re.fullmatch(r"https://[^\s]+", said.landing_page):
        yield f"'landing_page' is {said.landing_page!r}: give the https:// address that tells a reader of the figures"
    if said.header < 1:
        yield f"'header' is {said.header}: rows are counted from 1"
    for sign, state in said.signs.items():
        if state not in STATES:
            yield f"'signs' says {state!r} of {sign!r}, which is not one of {', '.join(STATES)}"


def _mapping(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise BadDeclaration(where, "'totals' is not a list of tables: write each as [[totals]]")
    return given


def _measure(said: _Said, where: str) -> Measure | None:
    if not said.measure:
        return None
    # What is true of the figures is true of the measure over them, unless it says otherwise.
    same = {"counts_what": said.counts, "checked": said.checked, "look_again": said.look_again, "title": said.title}
    table = {**same, **said.measure}
    slug = table.pop("slug", said.name)
    if not isinstance(slug, str) or not NAME.fullmatch(slug) or len(slug) > LONGEST:
        raise BadDeclaration(where, f"'slug' is {slug!r}: write small letters and figures, with hyphens between words")
    return made_measure(slug, table, where=f"{where}, measure")
