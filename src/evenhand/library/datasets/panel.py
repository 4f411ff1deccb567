"""Every cell of one measure at once: all places, periods and groups against one reference, worked out in one pass."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.catalogue import Answer, Measure, loader
from evenhand.library.datasets.engine import Engine, Figure
from evenhand.library.datasets.loader import ALL, ANY
from evenhand.library.datasets.store import Versions
from evenhand.library.places import places
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification, crosswalk, require_comparable

Flag = Literal["reference", "small-base", "no-row", "suppressed", "no-denominator", "rates-only", "not-comparable"]
SMALL_BASE = 30
WHOLES = "five"  # the classification in which a whole such as White, set beside its parts, is counted


@dataclass(frozen=True)
class Comparison:
    """One group in one place and period: counts, rate, and how it compares with the reference group.

    `rate` and the differences are per `rate_per` of the measure. Whatever a flag forbids is None.
    """

    group: str
    flag: Flag | None
    events: int | None
    population: int | None
    rate: float | None
    ratio: float | None
    lower: float | None
    upper: float | None
    difference: float | None
    difference_lower: float | None
    difference_upper: float | None
    excess: float | None
    excess_lower: float | None
    excess_upper: float | None

    def as_json(self) -> dict[str, Any]:
        """The row as the library, the terminal and the JSON address give it."""
        record = asdict(self)
        flag = record.pop("flag")
        return {**record, "flag": flag}

    @property
    def clear(self) -> bool:
        """Whether the interval of the ratio leaves out parity."""
        return self.lower is not None and self.upper is not None and not self.lower <= 1 <= self.upper


@dataclass(frozen=True)
class NotRecorded:
    """Events with no ethnicity recorded, out of all events."""

    events: int
    of: int

    @property
    def share(self) -> float:
        """Their share of all events, from 0 to 1."""
        return self.events / self.of


@dataclass(frozen=True)
class Cell:
    """One place in one period: a row for each group, in the order of the classification."""

    rows: tuple[Comparison, ...]
    gaps: int
    unknown: NotRecorded | None


Key = tuple[str, str]
Floats = np.ndarray[Any, np.dtype[np.float64]]
ONLY = ""  # the period of a population that was counted once


class Panel:
    """The cells of one measure at one level of detail, against one reference, in one release."""

    def __init__(self, measure: Measure, detail: Answer, reference: str, *, engine: Engine, versions: Versions) -> None:
        """Read every count, compare every group with the reference, and keep the result.

        IllegalJoin where the events' ethnicity was recorded on another basis than the population's.
        """
        for population in detail.populations.values():
            require_comparable(loader(detail.events).basis, loader(population).basis)
        self.measure = measure
        self.detail = detail
        self.reference = reference
        self._engine = engine
        self._versions = versions
        self.cells = self._cells()

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The periods that there are figures for, in order."""
        return tuple(sorted({period for _, period in self.cells}))

    def place_periods(self, place: str) -> tuple[str, ...]:
        """The periods that there are figures for in one place, in order."""
        return tuple(period for period in self.periods if (place, period) in self.cells)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups of every cell, in order; a whole that serves as the reference comes last."""
        names = classification(self.detail.classification).names
        return names if self.reference in names else (*names, self.reference)

    def _cells(self) -> dict[Key, Cell]:
        events = self._figures(self.detail.events, self.detail.series)
        unknown = self._not_recorded()
        counted = {(one.place, one.period, one.group): one for one in events}
        residents = self._populations({one.period for one in events})
        covered = {(place, period) for place, period, _ in residents}
        keys = sorted(
            {
                (one.place, one.period)
                for one in events
                if not self.detail.populations or {(one.place, one.period), (one.place, ONLY)} & covered
            }
        )
        rows = self._compared(keys, counted, residents)
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
        for kind, dataset in self.detail.populations.items():
            of_kind = {place.code for place in places(kind)}
            found = [one for one in self._figures(dataset, self.detail.population_series) if one.place in of_kind]
            matched = bool(periods & {one.period for one in found})
            made.update({(one.place, one.period if matched else ONLY, one.group): one for one in found})
        return made

    def _figures(self, dataset: str, series: str) -> list[Figure]:
        """The figures of the classification, and of the whole where one is the reference."""
        schemes = [self.detail.classification]
        if self.reference in self.detail.wholes:
            schemes.append(WHOLES)
        detail = self.detail
        own = dataset == detail.events
        return [
            figure
            for scheme in schemes
            for figure in self._engine.figures(
                dataset,
                series,
                scheme,
                versions=self._versions,
                detail=detail.detail if own else None,
                sex=detail.sex if own else ALL,
                age=detail.age if own else ALL,
            )
            if figure.group in self.groups
        ]

    def _compared(
        self,
        keys: Sequence[Key],
        counted: Mapping[tuple[str, str, str], Figure],
        residents: Mapping[tuple[str, str, str], Figure],
    ) -> list[tuple[Comparison, ...]]:
        """Statistics in one pass over arrays of cells by groups; then whatever a flag forbids is taken out."""
        if not keys:
            return []
        base = self.groups.index(self.reference)
        barred_groups = self._parts | set(self.detail.not_separate)
        a_figures = [[counted.get((*key, group)) for group in self.groups] for key in keys]
        n_figures = [
            [residents.get((*key, group)) or residents.get((key[0], ONLY, group)) for group in self.groups]
            for key in keys
        ]
        a = np.array([[_value(one) for one in row] for row in a_figures])
        n = np.array([[_value(one) for one in row] for row in n_figures])
        if self.detail.kind != "counts":
            return [self._published(values, figures, base) for values, figures in zip(a, a_figures, strict=True)]
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

    def _published(self, values: Floats, figures: Sequence[Figure | None], base: int) -> tuple[Comparison, ...]:
        """Rows of rates or ratios that were published without counts: no interval, and nothing derived from counts."""
        rated = self.detail.kind == "rates"
        rows = []
        for j, group in enumerate(self.groups):
            value = _real(values[j])
            flag: Flag = "reference" if j == base else "rates-only"
            if value is None and j != base:
                flag = "suppressed" if (one := figures[j]) and one.state == "suppressed" else "no-row"
            ratio = difference = None
            if flag == "rates-only" and value is not None:
                reference = _real(values[base])
                ratio = value if not rated else value / reference if reference else None
                difference = value - reference if rated and reference is not None else None
            blank = (None,) * 2
            own_rate = value if rated else None
            rows.append(Comparison(group, flag, *blank, own_rate, ratio, *blank, difference, *blank, None, *blank))
        return tuple(rows)

    @property
    def _parts(self) -> frozenset[str]:
        """The groups that are part of the reference: a part is not compared with the whole that it is in."""
        if self.reference not in self.detail.wholes:
            return frozenset()
        into = crosswalk(self.detail.classification, WHOLES).mapping
        return frozenset(part for part, whole in into.items() if whole == self.reference)

    def _not_recorded(self) -> dict[Key, NotRecorded]:
        if self.detail.unknowns is None:
            return {}
        figures = self._engine.figures(self.detail.unknowns, self.detail.series, ANY, versions=self._versions)
        found = {(one.place, one.period, one.group): one.value for one in figures}
        return {
            (place, period): NotRecorded(int(value), int(whole))
            for (place, period, group), value in found.items()
            if group == UNKNOWN and value is not None and (whole := found.get((place, period, ALL)))
        }


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
        return "suppressed" if events is not None and events.state == "suppressed" else "no-row"
    if population is None or not population.value:
        return "no-denominator"
    if reference:
        return "reference"
    ref_events, ref_population = map(_value, against)
    if math.isnan(ref_events) or not ref_population > 0:
        return "not-comparable"
    return None if min(events.value, ref_events) >= SMALL_BASE else "small-base"


def _value(figure: Figure | None) -> float:
    return math.nan if figure is None or figure.value is None else figure.value


def _whole(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _real(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
