"""What the areas of a nation show together: how each compares, how sure its rank is, the nation adjusted for area."""

from dataclasses import dataclass

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.compare import Question
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.loader import ALL
from evenhand.library.datasets.store import Versions
from evenhand.library.places import Place, within


@dataclass(frozen=True)
class AreaRow:
    """One area: its comparison for the group asked about, and between which ranks it lies (1 is the highest)."""

    place: Place
    row: Comparison
    rank: float | None
    rank_lower: float | None
    rank_upper: float | None


@dataclass(frozen=True)
class Adjusted:
    """A national ratio as it is, and with the areas where people live taken into account in two ways."""

    group: str
    crude: float
    crude_lower: float
    crude_upper: float
    indirect: float
    indirect_lower: float
    indirect_upper: float
    mantel_haenszel: float
    mantel_haenszel_lower: float
    mantel_haenszel_upper: float
    areas: int


@dataclass(frozen=True)
class OutcomeRow:
    """Of all the events of one group, how many ended in one outcome."""

    group: str
    outcome: str
    events: int
    of: int
    share: float
    lower: float
    upper: float


def areas(question: Question, group: str) -> tuple[AreaRow, ...]:
    """Every police force area of the place asked about, by name; a base under 30 is not ranked."""
    cells = [
        (force, next(row for row in cell.rows if row.group == group), cell.rows)
        for force in within(question.place, "police-force")
        if (cell := question.panel.cells.get((force.code, question.period)))
    ]
    ranked = [i for i, (_, row, _) in enumerate(cells) if row.flag is None]
    ranks: dict[int, tuple[float, float, float]] = {}
    if len(ranked) > 1:
        counts = np.array([_counts(cells[i][1], cells[i][2], question.reference) for i in ranked]).T
        found = statistics.rank_intervals(*counts, floor=SMALL_BASE)
        ranks = {
            i: (float(found.median[at]), float(found.lower[at]), float(found.upper[at])) for at, i in enumerate(ranked)
        }
    return tuple(AreaRow(force, row, *ranks.get(i, (None, None, None))) for i, (force, row, _) in enumerate(cells))


def adjusted(question: Question) -> tuple[Adjusted, ...]:
    """Each group's ratio in the place asked about, crude beside adjusted for the areas that lie in it.

    Indirect: what the group would have met at the reference group's rate of each area. Mantel–Haenszel: one ratio
    common to all areas. An area counts for a group only when both the group and the reference have a row there.
    """
    whole = question.panel.cells[question.place.code, question.period].rows
    made = []
    for crude in whole:
        if crude.ratio is None or crude.lower is None or crude.upper is None:
            continue
        within_areas = strata(question, crude.group)
        if len(within_areas) < 2:  # noqa: PLR2004  (one area is no adjustment)
            continue
        columns = np.array(list(within_areas.values()), dtype=float).T
        indirect = statistics.indirectly_standardised_ratio(*columns)
        pooled = statistics.mantel_haenszel_rate_ratio(*columns)
        made.append(
            Adjusted(
                crude.group,
                *(crude.ratio, crude.lower, crude.upper),
                *(float(indirect.ratio), float(indirect.lower), float(indirect.upper)),
                *(float(pooled.ratio), float(pooled.lower), float(pooled.upper)),
                areas=len(within_areas),
            )
        )
    return tuple(made)


def strata(question: Question, group: str) -> dict[Place, tuple[int | None, ...]]:
    """The areas in which a group and the reference can be set side by side: events and population of each."""
    found = {}
    for force in within(question.place, "police-force"):
        if cell := question.panel.cells.get((force.code, question.period)):
            counts = _counts(next(row for row in cell.rows if row.group == group), cell.rows, question.reference)
            if None not in counts:
                found[force] = counts
    return found


def outcomes(engine: Engine, dataset: str, *, versions: Versions) -> tuple[str, tuple[OutcomeRow, ...]]:
    """The period, and every outcome of every group as a share of that group's events, with Wilson's interval."""
    figures = engine.figures(dataset, "outcomes", "five", versions=versions)
    totals: dict[str, float] = {}
    for one in figures:
        totals[one.group] = totals.get(one.group, 0) + (one.value or 0)
    kept = [one for one in figures if one.value is not None and one.detail != ALL]
    found = statistics.proportion([one.value or 0 for one in kept], [totals[one.group] for one in kept])
    rows = tuple(
        OutcomeRow(
            one.group,
            one.detail,
            int(one.value or 0),
            int(totals[one.group]),
            *(float(column[i]) for column in (found.proportion, found.lower, found.upper)),
        )
        for i, one in enumerate(kept)
    )
    return (kept[0].period if kept else ""), rows


def _counts(row: Comparison, rows: tuple[Comparison, ...], reference: str) -> tuple[int | None, ...]:
    base = next(one for one in rows if one.group == reference)
    return (row.events, row.population, base.events, base.population)
