"""Areas around the nation's ratio: which lie farther from it than chance alone would often bring them."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.compare import NATION, Question
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.places import Place, place, within

INNER, OUTER = 0.95, 0.998
STEPS = 40  # points along each line, as many as look smooth
AIR = 1.25  # how far the lines run beyond the outermost area
FEWEST = 2  # areas that can be said to vary

Ends = tuple[float, float | None]
Standing = Literal["inside", "beyond-inner", "beyond-outer", "beyond-widened"]


@dataclass(frozen=True)
class FunnelArea:
    """One area: its comparison, how much that rests on, and the lines at that point; none of it where nothing is known.

    `standing` is None for an area whose base is too small to say, or that is not compared.
    """

    place: Place
    row: Comparison
    precision: float | None = None
    z: float | None = None
    inner: Ends | None = None
    outer: Ends | None = None
    widened: Ends | None = None
    standing: Standing | None = None

    @property
    def above(self) -> bool:
        """Whether the area's ratio is higher than the nation's."""
        return (self.z or 0) > 0


@dataclass(frozen=True)
class Line:
    """One pair of control limits along the precision: points from the fewest events to the most."""

    precision: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True)
class Funnel:
    """Every area of the nation around the nation's ratio.

    `dispersion` is how many times the variance that chance alone gives the areas show; where it is 1, `widened` is the
    same line as `outer`.
    """

    target: float
    areas: tuple[FunnelArea, ...]
    dispersion: float
    inner: Line
    outer: Line
    widened: Line

    @property
    def compared(self) -> tuple[FunnelArea, ...]:
        """The areas of which it is said where they stand."""
        return tuple(one for one in self.areas if one.standing)

    def beyond(self, standing: Standing) -> tuple[FunnelArea, ...]:
        """The areas that lie so far out or farther, the farthest first."""
        order = get_args(Standing)
        far = order[order.index(standing) :]
        return tuple(sorted((one for one in self.compared if one.standing in far), key=lambda one: -abs(one.z or 0)))


def funnel(question: Question, group: str) -> Funnel | None:
    """The police force areas of the nation around its ratio for one group; None where there is nothing to compare.

    An area lies outside a pair of lines where its own exact interval of that confidence leaves out the nation's ratio,
    which counts as known. Areas with a base under 30 have lines, but are neither judged nor counted.
    """
    nation = question.panel.cells.get((NATION, question.period))
    if nation is None or question.detail.kind != "counts":
        return None
    target = next(row.ratio for row in nation.rows if row.group == group)
    cells = [
        (force, {row.group: row for row in cell.rows})
        for force in within(place(NATION), "police-force")
        if (cell := question.panel.cells.get((force.code, question.period)))
    ]
    drawn = [i for i, (_, rows) in enumerate(cells) if rows[group].ratio is not None]
    judged = np.array([cells[i][1][group].flag is None for i in drawn], dtype=bool)
    if not target or judged.sum() < FEWEST:
        return None
    counts = np.array([_counts(cells[i][1], group, question.reference) for i in drawn], dtype=float).T
    shared = statistics.expected_events(*counts, target=target)
    spread = statistics.over_dispersion(counts[0], shared.expected, shared.ref_expected)
    among = statistics.over_dispersion(counts[0][judged], shared.expected[judged], shared.ref_expected[judged])
    dispersion = float(among.factor)
    ways = ((INNER, 1.0), (OUTER, 1.0), (OUTER, dispersion))
    inner, outer, widened = (
        statistics.funnel_limits(
            shared.expected, shared.ref_expected, target=target, confidence=confidence, dispersion=widening
        )
        for confidence, widening in ways
    )
    found = {}
    for at, i in enumerate(drawn):
        force, rows = cells[i]
        lines = [_ends(one, at) for one in (inner, outer, widened)]
        found[i] = FunnelArea(
            force,
            rows[group],
            float(shared.precision[at]),
            float(spread.z[at]),
            lines[0],
            lines[1],
            lines[2],
            _standing(rows[group].ratio or 0.0, lines) if judged[at] else None,
        )
    along = np.geomspace(shared.precision.min() / AIR, shared.precision.max() * AIR, STEPS)
    curves = [
        statistics.funnel_limits(along, target=target, confidence=confidence, dispersion=widening)
        for confidence, widening in ways
    ]
    areas = tuple(found.get(i) or FunnelArea(force, rows[group]) for i, (force, rows) in enumerate(cells))
    return Funnel(
        target,
        areas,
        dispersion,
        *(Line(tuple(along.tolist()), tuple(one.lower.tolist()), tuple(one.upper.tolist())) for one in curves),
    )


def _standing(ratio: float, lines: list[Ends]) -> Standing:
    inner, outer, widened = (ratio < lower or (upper is not None and ratio > upper) for lower, upper in lines)
    if widened:
        return "beyond-widened"
    return "beyond-outer" if outer else "beyond-inner" if inner else "inside"


def _ends(limits: statistics.FunnelLimits, at: int) -> Ends:
    lower, upper = float(limits.lower[at]), float(limits.upper[at])
    return lower, None if math.isnan(upper) else upper


def _counts(rows: dict[str, Comparison], group: str, reference: str) -> tuple[int | None, ...]:
    own, base = rows[group], rows[reference]
    return own.events, own.population, base.events, base.population
