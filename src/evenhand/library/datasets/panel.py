"""Every cell of one measure at once: all places, periods and groups against one reference, worked out in one pass."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.catalogue import Answer, Measure
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison, Flag, NotRecorded
from evenhand.library.datasets.engine import Engine, Figure, Remark
from evenhand.library.datasets.loader import ALL, ANY, KNOWN, adds_up
from evenhand.library.datasets.periods import in_order
from evenhand.library.datasets.published import absent, number, rates, shares
from evenhand.library.datasets.store import Versions
from evenhand.library.places import places
from evenhand.library.vocabulary.ethnicity import UNKNOWN, IllegalJoin, classification, crosswalk, require_comparable


@dataclass(frozen=True)
class Cell:
    """One place in one period: a row for each group, in the order of the classification."""

    rows: tuple[Comparison, ...]
    gaps: int
    unknown: NotRecorded | None


class Part(NamedTuple):
    """Which part of a series is meant: one detail or any, one sex and one age or all together."""

    detail: str | None = None
    sex: str = ALL
    age: str = ALL


class Behind(NamedTuple):
    """The figures that one row was made from: of the measure's own series, and of what stands beside it.

    `counted` and `asked` are the events and the people asked that were published beside a rate.
    """

    own: Figure | None = None
    population: Figure | None = None
    counted: Figure | None = None
    asked: Figure | None = None


Key = tuple[str, str]
Figures = Mapping[tuple[str, str, str], Figure]
Floats = np.ndarray[Any, np.dtype[np.float64]]
ONLY = ""  # the period of a population that was counted once


class Panel:
    """The cells of one measure at one level of detail, against one reference, in one release."""

    def __init__(self, measure: Measure, detail: Answer, reference: str, *, engine: Engine, versions: Versions) -> None:
        """Read every count, compare every group with the reference, and keep the result.

        IllegalJoin where the events' ethnicity was recorded on another basis than the population's.
        """
        catalogue = engine.catalogue_of(versions)
        for population in detail.populations.values():
            require_comparable(catalogue.loader(detail.events).basis, catalogue.loader(population).basis)
        self.measure = measure
        self.detail = detail
        self.reference = reference
        self._engine = engine
        self._versions = versions
        self._counts: Figures = {}
        self._residents: Figures = {}
        self._published_beside: tuple[Figures, Figures] = ({}, {})
        self._of_everyone: dict[str, dict[Key, dict[str, Figure]]] = {}
        self.cells = self._cells()

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The periods that there are figures for, in order."""
        return in_order({period for _, period in self.cells})

    def place_periods(self, place: str) -> tuple[str, ...]:
        """The periods that there are figures for in one place, in order."""
        return tuple(period for period in self.periods if (place, period) in self.cells)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups of every cell, in order; a whole that serves as the reference comes last."""
        names = classification(self.detail.classification).names
        return names if self.reference in names else (*names, self.reference)

    @cached_property
    def remarks(self) -> dict[Key, list[Remark]]:
        """What must be said of single figures, by place and period."""
        detail = self.detail
        part = Part(detail.detail, detail.sex, detail.age)
        found: dict[Key, list[Remark]] = {}
        for one in self._engine.remarks(
            detail.events, detail.series, detail.classification, versions=self._versions, **part._asdict()
        ):
            found.setdefault((one.place, one.period), []).append(one)
        return found

    def behind(self, key: Key, group: str) -> Behind:
        """What the row of one group in one place and period was made from."""
        at = (*key, group)
        population = self._residents.get(at) or self._residents.get((key[0], ONLY, group))
        return Behind(self._counts.get(at), population, *(beside.get(at) for beside in self._published_beside))

    def everyone(self, dataset: str) -> dict[Key, dict[str, Figure]]:
        """All events, those of known ethnicity and those of none, as far as a dataset counts them."""
        if dataset not in self._of_everyone:
            own = dataset == self.detail.events
            part = Part(self.detail.detail, self.detail.sex, self.detail.age) if own else Part()
            series = self.detail.counted or self.detail.series
            made: dict[Key, dict[str, Figure]] = {}
            for one in self._engine.figures(dataset, series, ANY, versions=self._versions, **part._asdict()):
                if one.value is not None:
                    made.setdefault((one.place, one.period), {})[one.group] = one
            self._of_everyone[dataset] = made
        return self._of_everyone[dataset]

    def _cells(self) -> dict[Key, Cell]:
        own = Part(self.detail.detail, self.detail.sex, self.detail.age)
        events = self._figures(self.detail.events, self.detail.series, own)
        self._counts = counted = {(one.place, one.period, one.group): one for one in events}
        self._residents = residents = self._populations({one.period for one in events})
        unknown = self._not_recorded()
        covered = {(place, period) for place, period, _ in residents}
        keys = sorted(
            {
                (one.place, one.period)
                for one in events
                if not self.detail.populations or {(one.place, one.period), (one.place, ONLY)} & covered
            }
        )
        rows = self._compared(keys) if self.detail.kind == "counts" else self._published(keys)
        return {
            key: Cell(
                rows[i],
                max((counted[(*key, row.group)].gaps for row in rows[i] if (*key, row.group) in counted), default=0),
                unknown.get(key),
            )
            for i, key in enumerate(keys)
        }

    def _populations(self, periods: set[str]) -> dict[tuple[str, str, str], Figure]:
        """What the events are divided by: of their own period where there is one, else of the only period there is."""
        made = {}
        detail = self.detail
        for kind, dataset in detail.populations.items():
            own = dataset == detail.events
            part = Part(
                detail.population_detail or (detail.detail if own else None),
                detail.sex if own else ALL,
                detail.population_age or (detail.age if own else ALL),
            )
            of_kind = {place.code for place in places(kind)}
            found = [one for one in self._figures(dataset, detail.population_series, part) if one.place in of_kind]
            matched = bool(periods & {one.period for one in found})
            made.update({(one.place, one.period if matched else ONLY, one.group): one for one in found})
        return made

    def _figures(self, dataset: str, series: str, part: Part) -> list[Figure]:
        """The figures of the classification, and of the one outside it where that holds the reference."""
        schemes = [self.detail.classification]
        if self.reference in self.detail.outside:
            schemes.append(self.detail.outside[self.reference])
        return [
            figure
            for scheme in schemes
            for figure in self._engine.figures(dataset, series, scheme, versions=self._versions, **part._asdict())
            if figure.group in self.groups
        ]

    def _compared(self, keys: Sequence[Key]) -> list[tuple[Comparison, ...]]:
        """Statistics in one pass over arrays of cells by groups; then whatever a flag forbids is taken out."""
        if not keys:
            return []
        base = self.groups.index(self.reference)
        barred_groups = self._parts | set(self.detail.not_separate)
        behind = [[self.behind(key, group) for group in self.groups] for key in keys]
        a_figures = [[one.own for one in row] for row in behind]
        n_figures = [[one.population for one in row] for row in behind]
        a = np.array([[number(one) for one in row] for row in a_figures])
        n = np.array([[number(one) for one in row] for row in n_figures])
        table = self._statistics(a, n, base)
        rate = statistics.rate(a, n, per=self.measure.rate_per).rate
        rows = []
        for i, key in enumerate(keys):
            barred = key[0] in self.measure.not_comparable
            cell = []
            for j, group in enumerate(self.groups):
                flag = _flag(
                    a_figures[i][j],
                    n_figures[i][j],
                    (a_figures[i][base], n_figures[i][base]),
                    reference=j == base,
                    barred=barred or group in barred_groups,
                )
                compared = map(_real, table[i, j]) if flag in (None, "small-base") else (None,) * table.shape[-1]
                own_rate = None if barred else _real(rate[i, j])
                counts = (_whole(a[i, j]), _whole(n[i, j]))
                cell.append(Comparison(group, flag, *counts, own_rate, *compared))
            rows.append(tuple(cell))
        return rows

    def _statistics(self, a: Floats, n: Floats, base: int) -> Floats:
        """Ratio, difference and excess, each with the ends of its interval, on a last axis of nine."""
        against = (a[:, [base]], n[:, [base]])
        ratio = statistics.rate_ratio(a, n, *against)
        difference = statistics.rate_difference(a, n, *against, per=self.measure.rate_per)
        excess = statistics.excess(a, n, *against)
        columns = (
            *(ratio.ratio, ratio.lower, ratio.upper),
            *(difference.difference, difference.lower, difference.upper),
            *(excess.excess, excess.lower, excess.upper),
        )
        return np.stack([np.broadcast_to(column, a.shape) for column in columns], axis=-1)

    def _published(self, keys: Sequence[Key]) -> list[tuple[Comparison, ...]]:
        """Rows of shares, rates or ratios that nothing is divided by: no interval, and nothing derived from counts."""
        detail, base = self.detail, self.groups.index(self.reference)
        part = Part(None, detail.sex, detail.age)
        counted, bases = (
            {(one.place, one.period, one.group): one for one in self._figures(detail.events, series, part)}
            if series
            else {}
            for series in (detail.counted, detail.bases)
        )
        self._published_beside = (counted, bases)
        rows = []
        for key in keys:
            behind = [self.behind(key, group) for group in self.groups]
            figures = [one.own for one in behind]
            if detail.kind == "shares":
                everyone = {name: number(one) for name, one in self.everyone(detail.events).get(key, {}).items()}
                rows.append(shares(self.groups, figures, everyone, counted=adds_up(detail.series)))
                continue
            beside = [(_whole(number(one.counted)), _whole(number(one.asked))) for one in behind]
            rows.append(rates(self.groups, figures, beside, base, ratios=detail.kind == "ratios"))
        return rows

    @property
    def _parts(self) -> frozenset[str]:
        """The groups that are part of the reference: a part is not compared with the whole that it is in."""
        if self.reference not in self.detail.outside:
            return frozenset()
        try:
            into = crosswalk(self.detail.classification, self.detail.outside[self.reference]).mapping
        except IllegalJoin:  # the reference is itself a part of one of the groups
            return frozenset()
        return frozenset(part for part, whole in into.items() if whole == self.reference)

    def _not_recorded(self) -> dict[Key, NotRecorded]:
        """The events with no ethnicity out of all; where the source does not add them up, its parts are."""
        if self.detail.unknowns is None:
            return {}
        made = {}
        for key, found in self.everyone(self.detail.unknowns).items():
            if UNKNOWN not in found:
                continue
            unknown, whole = number(found[UNKNOWN]), sum(number(one) for one in self.all_events(key))
            if whole > 0:
                made[key] = NotRecorded(int(unknown), int(whole))
        return made

    def all_events(self, key: Key) -> tuple[Figure | None, ...]:
        """The figures that add up to all events: one, or those of known ethnicity and those of none."""
        found = self.everyone(self.detail.unknowns or self.detail.events).get(key, {})
        if ALL in found:
            return (found[ALL],)
        if KNOWN in found:
            return (found[KNOWN], found.get(UNKNOWN))
        groups = classification(self.detail.classification).names
        return (*(self.behind(key, group).own for group in groups), found.get(UNKNOWN))


def _flag(
    events: Figure | None,
    population: Figure | None,
    against: tuple[Figure | None, Figure | None],
    *,
    reference: bool,
    barred: bool,
) -> Flag | None:
    if barred:
        return "not-comparable"
    if events is None or events.value is None:
        return absent(events)
    if population is None or not population.value:
        return "no-denominator"
    if reference:
        return "reference"
    ref_events, ref_population = map(number, against)
    if math.isnan(ref_events) or not ref_population > 0:
        return "not-comparable"
    return None if min(events.value, ref_events) >= SMALL_BASE else "small-base"


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _real(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
