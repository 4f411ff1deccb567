"""Which figure of ours a claim is set beside, and that figure worked out from what is released."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evenhand.library import statistics
from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.loader import ALL, ANY
from evenhand.library.vocabulary.ethnicity import classification, require_comparable

NATION = "K04000001"

Kind = Literal["share", "rest", "count", "figure", "ratio", "fixed-total-swap"]
Unit = Literal["percent", "count", "ratio", "per-100", "nights"]
# In what our figure may differ from the claim: each has words of its own on the page.
Difference = Literal["period", "ages", "base", "definition", "place", "population"]
UNITS: Mapping[Kind, Unit] = {
    "share": "percent",
    "rest": "percent",
    "count": "count",
    "ratio": "ratio",
    "fixed-total-swap": "count",
}


class NoFigure(LookupError):
    """Our figure cannot be worked out: nothing of it is released here, or a part of it is withheld."""


@dataclass(frozen=True)
class Tie:
    """One figure of ours, named by the published cells that it is worked out from, and how it differs from a claim.

    `kind` says how: the groups' `share` of everyone or of those whose group is known, in percent; the `rest` that the
    groups' published shares leave of 100; their `count`; a published `figure` as it stands, `times` a constant; the
    `ratio` of their rate to that of the group `against`; or, by a `fixed-total-swap`, how many more of them there are
    than if the total were shared out as the population is. `number` is what is compared where the source prints it
    beside the value. The period is the nearest to the claim's that is held, or the `latest`. `why` says in words
    whatever differs besides it. `measure` is where more is to be seen.
    """

    kind: Kind
    dataset: str
    series: str
    classification: str
    period: str
    groups: tuple[str, ...]
    place: str = NATION
    detail: str = ""
    sex: str = ALL
    age: str = ALL
    of: Literal["known", "everyone"] = "known"
    population: str = ""
    against: str = "White"
    times: float = 1
    unit: Unit | None = None
    number: str = ""
    measure: str = ""
    differs: tuple[Difference, ...] = ()
    why: str = ""
    same_source: bool = False
    latest: bool = False

    @property
    def shown_in(self) -> Unit:
        """The unit of the figure."""
        return self.unit or UNITS[self.kind]

    def faults(self) -> list[str]:
        """What contradicts itself in the declaration."""
        found = []
        if self.kind in {"ratio", "fixed-total-swap"} and not self.population:
            found.append(f"a {self.kind} needs a 'population'")
        if self.kind == "figure" and (self.unit is None or len(self.groups) != 1):
            found.append("a figure needs a 'unit' and one group")
        if set(self.differs) - {"period"} and not self.why:
            found.append(f"'why' is missing: it differs in {', '.join(self.differs)}")
        if self.why and not set(self.differs) - {"period"}:
            found.append("'why' says that something differs, and 'differs' does not say what")
        return found


@dataclass(frozen=True)
class OurFigure:
    """A figure of ours beside a claim: its value and interval, the same for each group alone, and its release.

    `equal_rate` stands beside a fixed-total swap: how many more there are than at the rate of the group compared with.
    """

    value: float
    lower: float | None
    upper: float | None
    parts: tuple[tuple[str, float], ...]
    dataset: str
    version: str
    equal_rate: float | None = None


Counted = Mapping[str, float | None]


@dataclass(frozen=True)
class _Cells:
    """The published cells of one tie, by group: what is counted, of everyone, and out of whom."""

    events: Counted
    everyone: float | None
    among: Counted


def our_figure(tie: Tie, engine: Engine) -> OurFigure:
    """The figure worked out from what is released now; NoFigure says why it cannot be."""
    missing = sorted({tie.dataset, *filter(None, [tie.population])} - engine.versions.keys())
    if missing:
        raise NoFigure(f"not released here: {', '.join(missing)}")
    cells = _read(tie, engine)
    value, lower, upper = _worked_out(tie, tie.groups, cells)
    alone = tie.groups if len(tie.groups) > 1 and tie.kind != "rest" else ()
    return OurFigure(
        value,
        lower,
        upper,
        tuple((group, _worked_out(tie, (group,), cells)[0]) for group in alone),
        tie.dataset,
        engine.versions[tie.dataset],
        _more_than(tie, tie.groups, cells, statistics.equal_rate) if tie.kind == "fixed-total-swap" else None,
    )


def _worked_out(tie: Tie, groups: Sequence[str], cells: _Cells) -> tuple[float, float | None, float | None]:
    if tie.kind == "fixed-total-swap":
        return _more_than(tie, groups, cells, statistics.fixed_total_swap), None, None
    chosen = _total(cells.events, groups)
    if tie.kind == "rest":
        return 100 - chosen, None, None
    if tie.kind == "share":
        whole = _total(cells.events, cells.events) if tie.of == "known" else _known(cells.everyone, ALL)
        return 100 * chosen / whole, None, None
    if tie.kind == "ratio":
        against = (_total(cells.events, [tie.against]), _total(cells.among, [tie.against]))
        found = statistics.rate_ratio(chosen, _total(cells.among, groups), *against)
        return float(found.ratio), float(found.lower), float(found.upper)
    return tie.times * chosen, None, None


def _more_than(
    tie: Tie, groups: Sequence[str], cells: _Cells, world: Callable[..., statistics.Counterfactual]
) -> float:
    """How many more of the groups there are than in a world that differs in one thing."""
    names = [name for name in classification(tie.classification).names if name in cells.events]
    counts, people = ([_total(of, [name]) for name in names] for of in (cells.events, cells.among))
    found = world(counts, people, reference=names.index(tie.against))
    return float(sum(found.difference[names.index(group)] for group in groups))


def _read(tie: Tie, engine: Engine) -> _Cells:
    events = _counted(tie, engine, tie.classification)
    everyone = _counted(tie, engine, ANY).get(ALL) if tie.of == "everyone" else None
    among: Counted = {}
    if tie.population:
        require_comparable(loader(tie.dataset).basis, loader(tie.population).basis)
        found = engine.figures(tie.population, "residents", tie.classification, places=[tie.place])
        among = {one.group: one.value for one in found}
    return _Cells(events, everyone, among)


def _counted(tie: Tie, engine: Engine, scheme: str) -> Counted:
    """The cells of one tie by group. Many claims are tied to the same: they are read once."""
    which = (tie.period, tie.place, tie.detail, tie.sex, tie.age)

    def read() -> Counted:
        found = engine.figures(
            tie.dataset,
            tie.series,
            scheme,
            period=tie.period,
            places=[tie.place],
            detail=tie.detail,
            sex=tie.sex,
            age=tie.age,
        )
        return {one.group: one.value for one in found}

    return engine.kept(("claims", tie.dataset, engine.versions[tie.dataset], tie.series, scheme, *which), read)


def _total(cells: Counted, groups: Iterable[str]) -> float:
    return math.fsum(_known(cells.get(group), group) for group in groups)


def _known(value: float | None, group: str) -> float:
    if value is None:
        raise NoFigure(f"there is no figure for {group} in what is released now")
    return value
