"""How many would be counted under a named question: a fixed-total swap, an equal rate, or one stage only."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.catalogue import Caveat, Measure, Unknown, caveats, counted
from evenhand.library.datasets.compare import LONGEST, Answered, NoAnswer, Question, question
from evenhand.library.datasets.comparison import Comparison, Flag
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.store import Versions, release_name
from evenhand.library.statistics.errors import Floats


@dataclass(frozen=True)
class Scenario:
    """A question that begins with "what if": what it holds fixed, and its arithmetic in words.

    It can be asked of measures with these `denominators`: a swap and an equal rate of people counted on one day, one
    stage of decisions. `%(…)s` stands for a word of the measure.
    """

    slug: str
    name: str
    held_fixed: str
    formula: str
    denominators: tuple[str, ...]
    work: Callable[[Floats, Floats, int], statistics.Counterfactual]


BY_RATE = (
    "The group's %(events)s, less the group's %(population)s × %(reference)s %(events)s ÷ %(reference)s %(population)s."
)
SWAP = Scenario(
    "swap",
    "Fixed-total swap",
    "The total stays as recorded, and each group's share of it becomes its share of all %(population)s.",
    "The group's %(events)s, less all %(events)s × the group's %(population)s ÷ all %(population)s.",
    ("stock",),
    lambda events, among, base: statistics.fixed_total_swap(events, among, reference=base),
)
EQUAL_RATE = Scenario(
    "equal-rate",
    "Equal rate",
    "Every group has the %(reference)s rate, and the total changes with it.",
    BY_RATE,
    ("stock",),
    statistics.equal_rate,
)
ONE_STAGE = Scenario(
    "one-stage",
    "One stage only",
    "Every group has the %(reference)s rate at this stage alone; everything before it stays as recorded.",
    BY_RATE,
    ("population", "stage-before"),
    statistics.one_stage,
)
ALWAYS_SAID = ("named-question", "no-forecast", "full-count")
SCENARIOS: Mapping[str, Scenario] = {one.slug: one for one in (SWAP, EQUAL_RATE, ONE_STAGE)}


@dataclass(frozen=True)
class Line:
    """One group: what was recorded, what the question gives, and the difference with its interval.

    The difference is what was recorded less what the question gives: above 0 fewer would be counted, below 0 more.
    """

    group: str
    events: int | None
    population: int | None
    expected: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    ratio: float | None = None
    flag: Flag | None = None

    @property
    def clear(self) -> bool:
        """Whether the interval of the difference leaves out 0."""
        return self.lower is not None and self.upper is not None and not self.lower <= 0 <= self.upper


@dataclass(frozen=True)
class Extent:
    """How far the events with no ethnicity could move one difference, however they are shared out."""

    group: str
    lower: float
    upper: float


@dataclass(frozen=True)
class Counterfactual:
    """The whole answer to one question, with what it was worked out from and everything that must be said beside it.

    `total` is the line of all groups but the reference together. `extents` has one for each group that the question
    could move and `total_extent` that of the total; there are none where the unrecorded are not published, or where
    nobody knows how many of them came to the stage.
    """

    scenario: Scenario
    question: Question
    answered: Answered
    lines: tuple[Line, ...]
    total: Line
    extents: tuple[Extent, ...]
    total_extent: Extent | None
    release: str
    current: bool

    def line(self, group: str) -> Line:
        """The line of one group."""
        return next(line for line in self.lines if line.group == group)

    def extent(self, group: str) -> Extent | None:
        """How far the unrecorded could move the line of one group, where that is known and the group does not stay."""
        return next((extent for extent in self.extents if extent.group == group), None)

    @property
    def others(self) -> tuple[str, ...]:
        """The groups that the total is of."""
        return tuple(line.group for line in self.lines if line.group != self.answered.reference)

    @property
    def events(self) -> int | None:
        """All that was recorded, of known ethnicity."""
        return _added(line.events for line in self.lines)

    @property
    def population(self) -> int | None:
        """All that it is counted out of."""
        return _added(line.population for line in self.lines)

    @property
    def held_fixed(self) -> str:
        """What the question holds fixed, in a sentence."""
        return self.scenario.held_fixed % self._words

    @property
    def formula(self) -> str:
        """The arithmetic in words."""
        return self.scenario.formula % self._words

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What must be said beside any counterfactual, then what must be said of the measure."""
        known = caveats()
        return (*(known[key] for key in ALWAYS_SAID), *self.answered.caveats)

    @property
    def permalink(self) -> str:
        """The path of the page that shows this answer, and goes on showing it when figures are revised."""
        answered = self.answered
        asked = {
            "measure": answered.measure.slug,
            "period": answered.period,
            "reference": answered.reference,
            "release": self.release,
        }
        return f"/evidence/counterfactual/?{urlencode(asked)}"

    def as_json(self) -> dict[str, Any]:
        """The answer in the shape that the library, the terminal and the JSON address share."""
        answered = self.answered.as_json()
        asked = ("period", "place", "reference", "ethnicity_basis", "classification", "counts_what")
        of_total = ("events", "population", "expected", "difference", "lower", "upper")
        return {
            "measure": answered["measure"],
            "scenario": self.scenario.slug,
            "held_fixed": self.held_fixed,
            "formula": self.formula,
            **{name: answered[name] for name in asked},
            "events": self.events,
            "population": self.population,
            "rows": [asdict(line) for line in self.lines],
            "total": {"groups": list(self.others), **{name: getattr(self.total, name) for name in of_total}},
            "unknown": answered["unknown"],
            "bounds": [asdict(extent) for extent in self.extents],
            "total_bounds": {"lower": self.total_extent.lower, "upper": self.total_extent.upper}
            if self.total_extent
            else None,
            "caveats": [*(f"{one.heading} {one.text}" for one in self.caveats), *self.answered.notes],
            "sources": answered["sources"],
            "release": self.release,
            "permalink": self.permalink,
        }

    @property
    def _words(self) -> Mapping[str, str]:
        asked = self.answered.measure
        return {"events": asked.events, "population": asked.population, "reference": self.answered.reference}


def counterfactual(
    measure_slug: str,
    scenario: str,
    *,
    period: str | None = None,
    reference: str | None = None,
    release: str | None = None,
    engine: Engine | None = None,
    versions: Versions | None = None,
) -> Counterfactual:
    """Answer one named question of one measure, for England and Wales and the broadest groups.

    `scenario` is "swap", "equal-rate" or "one-stage"; the measure, period and reference are as in `compare`, and
    `versions` those of a named release. NoAnswer names the near matches, or the question that fits the measure, or,
    where a measure has no counts, what is published instead.
    """
    asked = _scenario(scenario)
    engine = engine or shipped_engine()
    found = question(measure_slug, period=period, reference=reference, engine=engine, versions=versions)
    if asked not in (fitting := questions(found.measure)):
        raise _unfit(found.measure, asked, fitting)
    held = release_of(versions or engine.versions)
    if release not in (None, held):
        raise NoAnswer("unknown-release", f"No release of {counted().title} is called {release!r} here.")
    return _worked(asked, found, release=held, current=held == release_of(engine.versions))


def questions(asked: Measure) -> tuple[Scenario, ...]:
    """The questions that can be asked of a measure; none where it has no counts."""
    if asked not in counted().measures:
        return ()
    return tuple(one for one in SCENARIOS.values() if asked.denominator in one.denominators)


def release_of(versions: Versions) -> str:
    """The name of the release of all counterfactuals at these versions."""
    return release_name(counted(), versions)


def _scenario(named: str) -> Scenario:
    if not named:
        told = "; ".join(f"{one.slug} ({one.name.lower()})" for one in SCENARIOS.values())
        raise NoAnswer("unknown-scenario", f"Name the question, for each has its own answer: {told}.", tuple(SCENARIOS))
    if named not in SCENARIOS:
        fault = Unknown("question", named[:LONGEST], list(SCENARIOS))
        raise NoAnswer("unknown-scenario", str(fault), fault.near)
    return SCENARIOS[named]


def _unfit(asked: Measure, scenario: Scenario, fitting: Sequence[Scenario]) -> NoAnswer:
    if fitting:
        said = " or ".join(f"{one.slug} ({one.name.lower()})" for one in fitting)
        counts = "people on one day" if asked.denominator == "stock" else "what happened at one stage"
        text = f"{asked.title} counts {counts}, which {scenario.slug} does not fit. Ask: {said}."
        return NoAnswer("other-question", text, tuple(one.slug for one in fitting))
    beside = tuple(one.slug for one in counted().measures if one.stage == asked.stage)
    there = ", ".join(one.slug for one in counted().measures)
    text = f"{asked.title}: there are no open counts with something to divide them by. {asked.not_published}"
    return NoAnswer("no-counts", f"{text} It can be asked of: {there}.", beside)


def _worked(asked: Scenario, of: Question, *, release: str, current: bool) -> Counterfactual:
    answered = of.answer()
    rows = [row for row in answered.rows if row.flag != "not-comparable"]
    base = next(place for place, row in enumerate(rows) if row.group == answered.reference)
    events = np.array([_float(row.events) for row in rows])
    among = np.array([_float(row.population) for row in rows])
    found = asked.work(events, among, base)
    columns = (found.expected, found.difference, found.lower, found.upper)
    lines = tuple(_line(row, *(_real(column[place]) for column in columns)) for place, row in enumerate(rows))
    rest = [row for row in rows if row.group != answered.reference]
    total = Line(
        "",
        _added(row.events for row in rest),
        _added(row.population for row in rest),
        _real(np.delete(found.expected, base).sum()),
        _real(found.total),
        _real(found.total_lower),
        _real(found.total_upper),
    )
    extents = _extents(asked, answered, (events, among, base))
    return Counterfactual(asked, of, answered, lines, total, *extents, release, current)


def _line(
    row: Comparison, expected: float | None, difference: float | None, lower: float | None, upper: float | None
) -> Line:
    return Line(row.group, row.events, row.population, expected, difference, lower, upper, row.ratio, row.flag)


def _extents(
    asked: Scenario, answered: Answered, counts: tuple[Floats, Floats, int]
) -> tuple[tuple[Extent, ...], Extent | None]:
    """How far the unrecorded could move each line; nothing where nobody knows how many of them came to a stage."""
    if answered.unknown is None or answered.measure.denominator == "stage-before":
        return (), None
    events, among, base = counts
    unknown = answered.unknown.events
    if asked is SWAP:
        found = statistics.fixed_total_swap_bounds(events, among, unknown, reference=base)
    else:
        found = statistics.equal_rate_bounds(events, among, unknown, base)
    groups = [row.group for row in answered.rows if row.flag != "not-comparable"]
    moved = [place for place in range(len(groups)) if asked is SWAP or place != base]
    made = tuple(Extent(groups[place], float(found.lower[place]), float(found.upper[place])) for place in moved)
    if not all(math.isfinite(end) for extent in made for end in (extent.lower, extent.upper)):
        return (), None
    return made, Extent("", float(found.total_lower), float(found.total_upper))


def _added(counts: Iterable[int | None]) -> int | None:
    """The sum of counts; none where one of them is missing."""
    known = list(counts)
    return None if None in known else sum(count for count in known if count is not None)


def _float(value: float | None) -> float:
    return math.nan if value is None else value


def _real(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None
