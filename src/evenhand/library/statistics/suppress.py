"""Disclosure control for counts of our own: which cells to hide, what can still be worked out, and derived figures."""

from collections import deque
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Booleans, Floats, listed, refuse, together, whole
from evenhand.library.statistics.intervals import Proportion
from evenhand.library.statistics.rates import Excess, Rate, RateDifference, RateRatio

Cell = tuple[int, ...]
Derived = TypeVar("Derived", Rate, RateRatio, RateDifference, Excess, Proportion)


@dataclass(frozen=True, slots=True, eq=False)
class Suppressed:
    """A table with its totals as it may be printed; `small` cells read "fewer than", `withheld` cells give no hint."""

    counts: Floats
    small: Booleans
    withheld: Booleans
    threshold: int

    @property
    def hidden(self) -> Booleans:
        """Where no count may be printed, nor anything derived from it."""
        return self.small | self.withheld


@dataclass(frozen=True, slots=True, eq=False)
class FeasibleRanges:
    """The least and the greatest that each cell can be, to a reader of the printed table."""

    lower: Floats
    upper: Floats


def suppress(counts: ArrayLike, *, threshold: int = 5) -> Suppressed:
    """Hide every small count, and as many others as keep it from being worked out from rows, columns and totals.

    Shape
        an array-like of counts, a list or a table of rows and columns, without totals; out: arrays `counts`, `small`,
        `withheld`, `hidden`, each with its totals added as a last entry, or as a last row and a last column
    Units
        those of the counts; small is 1 to `threshold`, and zero is shown as zero
    Missing
        hidden counts are NaN in the result; a count missing from the input is refused
    Errors
        ValueError for missing, negative, fractional, infinite or non-numeric counts, for more than two dimensions,
        for an empty list, and for a threshold under 2
    Source
        primary suppression, then in turn the next smallest cell of the row or column that has fewest hidden, until
        `feasible_ranges` leaves a small cell every value from 1 to `threshold` and any other hidden cell a range as
        wide. Small totals are withheld without a hint, since a hint at the total is one at its parts. Holds for one
        table at a time: two tables of the same people may be subtracted from one another.
    """
    table = _with_totals(counts)
    # "Fewer than 2", where zeros are shown, is 1.
    if threshold <= 1:
        raise ValueError(f"threshold must be 2 or more; got {threshold}")
    tiny, totals = (table > 0) & (table <= threshold), _are_totals(table)
    known = Suppressed(table, small=tiny & ~totals, withheld=tiny & totals, threshold=threshold)
    waiting = deque(_cells(tiny))
    # Hiding more never narrows a range: a cell once safe is safe for good. With every count hidden all are safe.
    while waiting:
        cell = waiting.popleft()
        while sum(_slack(known, cell, enough=threshold - 1)) < threshold - 1:
            extra = _next_smallest(known, cell)
            known.withheld[extra] = True
            waiting.append(extra)
    return replace(known, counts=np.where(known.hidden, np.nan, table))


def feasible_ranges(counts: ArrayLike, suppressed: Suppressed) -> FeasibleRanges:
    """Work out, as a reader with a solver would, what every cell of a printed table can be.

    Shape
        the counts, without totals, and their suppressed table; out: arrays `lower`, `upper` of that table's shape
    Units
        those of the counts; a shown cell has lower = upper, and so has a hidden one that is not hidden after all
    Missing
        upper is infinite where nothing printed bounds a cell
    Errors
        as for suppressing the counts, and ValueError where the suppressed table is not one of these counts
    Source
        Gusfield 1988: the greatest flow around the cell in the network of rows and columns. The reader is taken to
        know that counts are whole, that zeros are shown, that small cells are 1 to the threshold, that other hidden
        cells are above it, and that hidden totals are not zero.
    """
    table = _with_totals(counts)
    if table.shape != suppressed.hidden.shape:
        raise ValueError(f"the suppressed table has the shape {suppressed.hidden.shape}, not {table.shape}")
    known = replace(suppressed, counts=table)
    lower, upper = table.copy(), table.copy()
    for cell in _cells(known.hidden):
        fall, rise = _slack(known, cell)
        lower[cell] -= fall
        upper[cell] += rise
    return FeasibleRanges(lower, upper)


def withhold(statistic: Derived, *hidden: ArrayLike) -> Derived:
    """Take a derived figure out, interval and all, wherever a count that it rests on is hidden.

    Shape
        a rate, ratio, difference, excess or proportion, and boolean array-likes that fit its shape; out: the same
        statistic
    Units
        those of the statistic
    Missing
        NaN where any of the arrays is true, since a rate times a public population is the hidden count
    Errors
        ValueError for shapes that do not fit together
    Source
        PRISM-R's rule for derived fields
    """
    values = {field.name: getattr(statistic, field.name) for field in fields(statistic)}
    masks = {f"hidden {number}": np.asarray(each, bool) for number, each in enumerate(hidden, 1)}
    anywhere = np.logical_or.reduce(together(**values, **masks)[len(values) :])
    return replace(statistic, **{name: np.where(anywhere, np.nan, each) for name, each in values.items()})


def _with_totals(values: ArrayLike) -> Floats:
    table = listed("counts", whole("counts", values))
    refuse("counts", "known", table, np.isnan(table))
    if table.ndim not in {1, 2} or not table.size:
        raise ValueError(f"counts must be a list or a table of rows and columns; got the shape {table.shape}")
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def _cells(where: Booleans) -> list[Cell]:
    return [tuple(cell) for cell in np.argwhere(where).tolist()]


def _are_totals(table: Floats) -> Booleans:
    totals = np.zeros(table.shape, bool)
    for axis in range(table.ndim):
        np.moveaxis(totals, axis, 0)[-1] = True
    return totals


def _lines(table: Floats) -> list[Booleans]:
    """Give every row and every column, or the one line of a list."""
    if table.ndim == 1:
        return [np.ones(table.shape, bool)]
    return [place == at for place in np.indices(table.shape) for at in range(place.max() + 1)]


def _next_smallest(known: Suppressed, cell: Cell) -> Cell:
    """Choose what to hide next: in a line with one hidden cell, or else in the cell's own barer line."""
    table, hidden = known.counts, known.hidden
    shown = (table > 0) & ~hidden
    open_lines = [line for line in _lines(table) if (line & shown).any()]
    bare = [line for line in open_lines if (line & hidden).sum() == 1]
    own = sorted((line for line in open_lines if line[cell]), key=lambda line: (line & hidden).sum())
    choice = shown & next(iter(bare + own), True)
    # A cell whose other line holds a hidden one already closes a ring, and asks for no further cell there.
    ring = np.logical_and.reduce([hidden.any(axis=axis, keepdims=True) & shown for axis in range(table.ndim)])
    return min(_cells(choice), key=lambda each: (_are_totals(table)[each], not ring[each], table[each]))


def _slack(known: Suppressed, cell: Cell, enough: float = np.inf) -> tuple[float, float]:
    """Give how far a hidden cell can fall and rise, up to `enough`, while all that is printed stays true."""
    table, hidden, small = known.counts, known.hidden, known.small
    totals = _are_totals(table)
    least = np.minimum(table, np.where(small | totals, 1, known.threshold + 1))
    most = np.maximum(table, np.where(small, known.threshold, np.inf))
    up, down = np.where(hidden, most - table, 0), np.where(hidden, table - least, 0)
    # Each line of the table is a node, where as much must flow in as out; each cell is an edge from its row to its
    # column, and a total an edge back.
    places = np.indices(table.shape)
    rows, columns = (places[0], places[1] + len(table)) if table.ndim > 1 else (0 * places[0], 0 * places[0] + 1)
    back = np.logical_xor.reduce([place == size - 1 for place, size in zip(places, table.shape, strict=True)])
    start, end = np.where(back, columns, rows), np.where(back, rows, columns)
    others = np.ones(table.shape, bool)
    others[cell] = False
    room = np.zeros((columns.max() + 1, columns.max() + 1))
    np.add.at(room, (start[others], end[others]), up[others])
    np.add.at(room, (end[others], start[others]), down[others])
    rise = _flow(room.copy(), end[cell], start[cell], min(up[cell], enough))
    fall = _flow(room, start[cell], end[cell], min(down[cell], enough))
    return fall, rise


def _flow(room: Floats, source: int, sink: int, limit: float) -> float:
    """Push flow along shortest ways with room (Edmonds and Karp), up to a limit."""
    sent = 0.0
    while sent < limit and (way := _way(room, source, sink)):
        step = float(min(limit - sent, *(room[edge] for edge in way)))
        if step == np.inf:
            return step
        for start, end in way:
            room[start, end] -= step
            room[end, start] += step
        sent += step
    return sent


def _way(room: Floats, source: int, sink: int) -> list[tuple[int, int]]:
    came_from = {source: source}
    waiting = deque([source])
    while waiting and sink not in came_from:
        node = waiting.popleft()
        for neighbour in np.flatnonzero(room[node] > 0).tolist():
            if neighbour not in came_from:
                came_from[neighbour] = node
                waiting.append(neighbour)
    way = []
    while sink in came_from and sink != source:
        way.append((came_from[sink], sink))
        sink = came_from[sink]
    return way
