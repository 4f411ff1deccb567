"""The one answer: how often each group meets a measure in a place and period, compared with a reference group."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.catalogue import Answer, Catalogue, Caveat, Kind, Measure, Unknown, caveats
from evenhand.library.datasets.comparison import Comparison, NotRecorded
from evenhand.library.datasets.engine import Engine, Remark, shipped_engine
from evenhand.library.datasets.loader import Basis, Counts
from evenhand.library.datasets.panel import Cell, Panel
from evenhand.library.datasets.store import Versions, release_name
from evenhand.library.places import Place, UnknownPlace, find

NATION = "K04000001"
KINDS = ("police-force", "nation", "region", "council", "probation-region", "prison")
LONGEST = 60  # of what was asked for, so much is said back
DETAILED = "census-2021-19"
PROVISIONAL = "The publisher calls these figures provisional: they may still change."


class NoAnswer(LookupError):
    """A question that has no answer: a code for machines, a sentence for people, and the near matches."""

    def __init__(self, code: str, message: str, near: Sequence[str] = ()) -> None:
        """Keep all three."""
        self.code = code
        self.message = message
        self.near = tuple(near)
        super().__init__(message)


@dataclass(frozen=True)
class Bounds:
    """How far the events with no ethnicity could move one group's ratio.

    `lower` if they were all of the reference group, `upper` if all of this group. `tipping_share` is the share of
    them that would have to be of this group for the rates to be equal: below 0 or above 1, no share would do it.
    """

    group: str
    lower: float | None
    upper: float | None
    tipping_share: float | None


@dataclass(frozen=True)
class SourceTable:
    """A published table that an answer was read from, and the release of it that was used."""

    dataset: str
    version: str
    publisher: str
    title: str
    url: str
    table: str
    licence: str


@dataclass(frozen=True)
class Answered:
    """The whole answer to one question, with everything that must be said beside it."""

    measure: Measure
    period: str
    place: Place
    groups: int
    reference: str
    ethnicity_basis: Basis
    classification: str
    counts_what: Counts
    rows: tuple[Comparison, ...]
    unknown: NotRecorded | None
    bounds: tuple[Bounds, ...]
    caveats: tuple[Caveat, ...]
    sources: tuple[SourceTable, ...]
    release: str
    current: bool
    kind: Kind = "counts"
    unsafe: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def row(self, group: str) -> Comparison:
        """The row of one group."""
        return next(row for row in self.rows if row.group == group)

    def bound(self, group: str) -> Bounds | None:
        """The bounds of one group, where unknowns are published."""
        return next((bound for bound in self.bounds if bound.group == group), None)

    @property
    def permalink(self) -> str:
        """The path of the page that shows this answer, and goes on showing it when figures are revised."""
        return permalink(self.measure, self.place, self.period, self.groups, self.reference, self.release)

    def as_json(self) -> dict[str, Any]:
        """The answer in the shape that the library, the terminal, the JSON address and the page share."""
        return {
            "measure": self.measure.slug,
            "period": self.period,
            "place": {"code": self.place.code, "name": self.place.name, "kind": self.place.kind},
            "reference": self.reference,
            "ethnicity_basis": self.ethnicity_basis,
            "classification": self.classification,
            "counts_what": self.counts_what,
            "rate_per": self.measure.rate_per,
            "unit": self.measure.unit,
            "rows": [row.as_json() for row in self.rows],
            "unknown": {"events": self.unknown.events, "share": self.unknown.share} if self.unknown else None,
            "bounds": [asdict(bound) for bound in self.bounds],
            "caveats": [*(f"{caveat.heading} {caveat.text}" for caveat in self.caveats), *self.notes],
            "sources": [asdict(source) for source in self.sources],
            "release": self.release,
            "permalink": self.permalink,
        }


def compare(
    measure_slug: str,
    *,
    place: str | None = None,
    period: str | None = None,
    groups: int | None = None,
    reference: str | None = None,
    release: str | None = None,
    engine: Engine | None = None,
    versions: Versions | None = None,
) -> Answered:
    """Compare the groups of one measure in one place and period with a reference group.

    `place` is a code or a name (England and Wales if left out, or else the first place that has figures), `period`
    such as "2024/25" (the latest if left out), `groups` 5 or 19. The reference is White among five groups and White
    British among 19, unless another is named. NoAnswer says what is wrong and names the near matches, or says what is
    published instead.
    """
    asked = question(
        measure_slug,
        place=place,
        period=period,
        groups=groups,
        reference=reference,
        release=release,
        engine=engine,
        versions=versions,
    )
    return asked.answer()


@dataclass(frozen=True)
class Question:
    """A question whose every part exists: it can be answered, for its own period and place or for others."""

    measure: Measure
    detail: Answer
    place: Place
    period: str
    reference: str
    panel: Panel
    engine: Engine
    versions: Versions

    def answer(self, *, place: Place | None = None, period: str | None = None) -> Answered:
        """The whole answer; with `place` or `period`, the answer to the same question elsewhere or at another time."""
        place, period = place or self.place, period or self.period
        cell = self.panel.cells[place.code, period]
        remarks = self.panel.remarks.get((place.code, period), [])
        release = release_name(self.measure, self.versions)
        return Answered(
            measure=self.measure,
            period=period,
            place=place,
            groups=self.detail.groups,
            reference=self.reference,
            ethnicity_basis=self.catalogue.loader(self.detail.events).basis,
            classification=self.detail.classification,
            counts_what=self.measure.counts_what,
            rows=cell.rows,
            unknown=cell.unknown,
            bounds=_bounds(cell, self.reference),
            caveats=self._caveats(),
            sources=self._sources(place, with_unknowns=cell.unknown is not None),
            release=release,
            current=release == release_name(self.measure, self.engine.versions),
            kind=self.detail.kind,
            unsafe=tuple(one.group for one in remarks if one.unsafe),
            notes=self._notes(place, remarks, cell.gaps),
        )

    @property
    def catalogue(self) -> Catalogue:
        """What was declared of the figures, in the release that answers."""
        return self.engine.catalogue_of(self.versions)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods that this question can be asked of, in this place."""
        return self.panel.place_periods(self.place.code)

    @property
    def cumulative_panel(self) -> Panel | None:
        """The same events counted out of residents, so with every earlier difference; None where they cannot be."""
        over = self.measure.cumulative
        if over is None or self.detail is not self.measure.answers[0]:
            return None
        return self.engine.kept(
            (self.measure.slug, "cumulative", self.reference, tuple(sorted(self.versions.items()))),
            lambda: Panel(self.measure, over, self.reference, engine=self.engine, versions=self.versions),
        )

    @property
    def cumulative(self) -> tuple[Comparison, ...]:
        """Each group's row out of residents, here and in this period; empty where there is none."""
        panel = self.cumulative_panel
        cell = panel.cells.get((self.place.code, self.period)) if panel else None
        return cell.rows if cell else ()

    def _caveats(self) -> tuple[Caveat, ...]:
        known = caveats()
        extra = (known["any-other"], known["roma"]) if self.detail.classification == DETAILED else ()
        return (*self.measure.caveats, *(one for one in extra if one not in self.measure.caveats))

    def _notes(self, place: Place, remarks: Sequence[Remark], gaps: int) -> tuple[str, ...]:
        unsafe: dict[str, list[str]] = {}
        for one in remarks:
            if one.unsafe:
                unsafe.setdefault(one.unsafe, []).append(one.group)
        notes = [f"Unsafe ({', '.join(groups)}): {why}" for why, groups in unsafe.items()]
        if any(one.state == "provisional" for one in remarks):
            notes.append(PROVISIONAL)
        if reason := self.measure.not_comparable.get(place.code):
            notes.append(f"{place.name} is not compared. {reason}")
        if gaps:
            areas = "police force area has" if gaps == 1 else "police force areas have"
            notes.append(
                f"For at least one group, {gaps} {areas} no row in the source. What is summed here is what the others "
                "recorded."
            )
        return tuple(notes)

    def _sources(self, place: Place, *, with_unknowns: bool) -> tuple[SourceTable, ...]:
        detail = self.detail
        others = (detail.populations.get(place.kind), detail.unknowns if with_unknowns else None, detail.beside)
        used = dict.fromkeys((detail.events, *(name for name in others if name)))
        return tuple(
            SourceTable(dataset, self.versions[dataset], self.catalogue.loader(dataset).publisher, *published)
            for dataset in used
            for published in self.engine.sources(dataset, versions=self.versions)
        )


def question(
    measure_slug: str,
    *,
    place: str | None = None,
    period: str | None = None,
    groups: int | None = None,
    reference: str | None = None,
    release: str | None = None,
    engine: Engine | None = None,
    versions: Versions | None = None,
) -> Question:
    """A question, or NoAnswer saying which part of it does not exist. `versions` are those of a named release."""
    engine = engine or shipped_engine()
    try:
        asked = engine.catalogue_of(versions or engine.versions).measure(measure_slug)
    except Unknown as fault:
        raise NoAnswer("unknown-measure", str(fault), fault.near) from None
    if not asked.answers:
        raise NoAnswer("not-published", f"{asked.title}: no open count by ethnicity. {asked.not_published}")
    try:
        detail = asked.answer(groups)
    except Unknown as fault:
        raise NoAnswer("unknown-groups", str(fault), fault.near) from None
    held = versions or engine.versions
    if missing := sorted(asked.datasets - held.keys()):
        message = f"{asked.title} cannot be answered until these are released: {', '.join(missing)}. Run: evenhand load"
        raise NoAnswer("not-released", message)
    used = {dataset: held[dataset] for dataset in asked.datasets}
    if release is not None and release_name(asked, used) != release:
        raise NoAnswer("unknown-release", f"No release of {asked.title} is called {release!r} here.")
    against = _reference(reference, detail)
    panel = engine.kept(
        (asked.slug, detail.groups, against, tuple(sorted(used.items()))),
        lambda: Panel(asked, detail, against, engine=engine, versions=used),
    )
    where = _place(place, panel)
    if not panel.place_periods(where.code):
        message = f"Not published here: {asked.title}, {detail.groups} groups, {where.name}. {asked.not_published}"
        raise NoAnswer("not-published", message)
    published = _period(period, panel.place_periods(where.code), asked)
    return Question(asked, detail, where, published, against, panel, engine, used)


def permalink(measure: Measure, place: Place, period: str, groups: int, reference: str, release: str) -> str:
    """The path that shows one answer for ever."""
    asked = {"period": period, "groups": groups, "reference": reference, "release": release}
    return f"/evidence/{measure.slug}/{place.code}/?{urlencode(asked)}"


def _place(place: str | None, panel: Panel) -> Place:
    """The place that is meant; if none is, England and Wales, or else the first by name that has figures."""
    if place is None:
        codes = {code for code, _ in panel.cells} or {NATION}
        return find(NATION) if NATION in codes else min(map(find, codes), key=lambda one: one.name)
    try:
        return find(place, kinds=KINDS)
    except UnknownPlace as fault:
        near = tuple(name for name in fault.near if find(name, kinds=KINDS).kind in panel.detail.place_kinds)
        said = UnknownPlace(place[:LONGEST], near, near[:1])
        raise NoAnswer("unknown-place", str(said), near) from None


def _period(period: str | None, published: Sequence[str], asked: Measure) -> str:
    if period is None:
        return published[-1]
    written = period.strip().replace("-", "/").replace("–", "/")
    if written not in published:
        shown = ", ".join(published)
        message = f"{asked.title} has no figures here for {period!r}. There are figures for: {shown}."
        raise NoAnswer("unknown-period", message, get_close_matches(written, published, n=3, cutoff=0.5))
    return written


def _reference(reference: str | None, detail: Answer) -> str:
    if reference is None:
        return detail.reference
    known = detail.references
    for name in known:
        if name.casefold() == reference.strip().casefold():
            return name
    fault = Unknown("group to compare with", reference, list(known))
    raise NoAnswer("unknown-group", str(fault), fault.near)


def _bounds(cell: Cell, reference: str) -> tuple[Bounds, ...]:
    base = next(row for row in cell.rows if row.group == reference)
    compared = [row for row in cell.rows if row.flag in (None, "small-base")]
    if cell.unknown is None or not compared:
        return ()
    found = statistics.missingness_bounds(
        np.array([row.events for row in compared], dtype=float),
        np.array([row.population for row in compared], dtype=float),
        np.array(base.events, dtype=float),
        np.array(base.population, dtype=float),
        cell.unknown.events,
    )
    columns = (found.lower, found.upper, found.tipping_share)
    return tuple(
        Bounds(row.group, *(float(column[i]) if math.isfinite(column[i]) else None for column in columns))
        for i, row in enumerate(compared)
    )
