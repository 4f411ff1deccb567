"""Disclosure control for counts that any sums link, across tables, totals and releases: what to hide besides."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenhand.library.statistics.errors import Booleans, Floats, listed, refuse, whole
from evenhand.library.statistics.suppress import FeasibleRanges, Suppressed

NEARLY = 1e-6  # of what a linear program finds, so much is its own rounding
FAR = 10  # thresholds, beyond which no count need move to be shown to be safe
ROUNDS = 4  # of moving all counts together, before they are tried one by one


class CannotHide(ValueError):
    """A small count can be worked out from what readers have been told already; `position` says which."""

    def __init__(self, position: int) -> None:
        """Keep the position in the list of counts."""
        self.position = position
        super().__init__(f"the count at position {position} can be worked out from what is told already")


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is the sum of others, by their positions in a list; unless exact, it is that much or more."""

    whole: int
    parts: tuple[int, ...]
    exact: bool = True


def suppress_linked(
    counts: ArrayLike,
    sums: Sequence[Sum],
    *,
    threshold: int = 5,
    told: ArrayLike | None = None,
    earlier: Suppressed | None = None,
) -> Suppressed:
    """Hide every small count, and as many others as keep it from being worked out from sums, or from earlier releases.

    Shape
        a list of counts, those of every release side by side, and the sums that hold among them; out: arrays
        `counts`, `small`, `withheld`, `hidden` of the same length
    Units
        those of the counts; small is 1 to `threshold`, and zero is shown as zero
    Missing
        hidden counts are NaN in the result; a count missing from the input is refused
    Errors
        ValueError for what is no list of known counts, for a sum that does not hold, and for a threshold under 2;
        CannotHide where what is `told` already gives a small count away
    Source
        as for a plain table, with the ranges of `feasible_linked` in the place of flows. What an earlier release has
        hidden stays hidden; what it has `told` is known to every reader, and hiding it protects nothing. A small
        whole is withheld without a hint, since a hint at the sum is one at its parts.
    """
    table = _known(counts)
    if threshold <= 1:
        raise ValueError(f"threshold must be 2 or more; got {threshold}")
    _check(table, sums)
    no = np.zeros(table.shape, bool)
    tiny, totals = (table > 0) & (table <= threshold), _wholes(table, sums)
    before = earlier or Suppressed(table, no, no, threshold)
    small = before.small | (tiny & ~totals & ~before.withheld)
    known = Suppressed(table, small, before.withheld | (tiny & ~small), threshold)
    open_to_all = no if told is None else np.asarray(told, bool)
    network = _Network(known, sums, open_to_all)
    network.close_each_sum()
    network.close_all_sums()
    return replace(known, counts=np.where(known.hidden, np.nan, table))


def feasible_linked(
    counts: ArrayLike, sums: Sequence[Sum], suppressed: Suppressed, *, told: ArrayLike | None = None
) -> FeasibleRanges:
    """Work out, as a reader with a solver would, what every one of some linked counts can be.

    Shape
        the counts, the sums and what was suppressed, as for `suppress_linked`; out: arrays `lower`, `upper` of the
        same length
    Units
        those of the counts; what is shown or `told` has lower = upper, and so has what is not hidden after all
    Missing
        upper is infinite where nothing printed bounds a count
    Errors
        as for `suppress_linked`
    Source
        linear programs over real numbers, so that whole numbers may be a little more bound than this says. The reader
        is taken to know that zeros are shown, that small counts are 1 to the threshold, that others hidden are above
        it, and that hidden wholes are not zero.
    """
    table = _known(counts)
    _check(table, sums)
    known = replace(suppressed, counts=table)
    network = _Network(known, sums, np.zeros(table.shape, bool) if told is None else np.asarray(told, bool))
    lower, upper = table.copy(), table.copy()
    for part in network.components():
        for cell in part:
            lower[cell], upper[cell] = network.range_of(cell, part)
    return FeasibleRanges(lower, upper)


class _Network:
    """Counts, the sums among them, and what a reader is told of each; hiding goes on in `known.withheld`."""

    def __init__(self, known: Suppressed, sums: Sequence[Sum], told: Booleans) -> None:
        self.known, self.sums, self.told = known, sums, told
        self.table, self.threshold = known.counts, known.threshold
        self.totals = _wholes(self.table, sums)
        self.of: list[list[int]] = [[] for _ in self.table]
        for at, each in enumerate(sums):
            for cell in (each.whole, *each.parts):
                self.of[cell].append(at)

    @property
    def unknown(self) -> Booleans:
        """What a reader has to work out."""
        return self.known.hidden & ~self.told

    def bounds(self, cell: int) -> tuple[float, float]:
        """What the label of a hidden count tells: never less than the truth allows."""
        value = float(self.table[cell])
        if self.known.small[cell]:
            return min(value, 1.0), max(value, float(self.threshold))
        return min(value, 1.0 if self.totals[cell] else self.threshold + 1.0), np.inf

    # One sum at a time

    def close_each_sum(self) -> None:
        """Hide until no single sum gives a count away."""
        waiting = deque(range(len(self.sums)))
        while waiting:
            at = waiting.popleft()
            unknown = self.unknown
            members = [cell for cell in (self.sums[at].whole, *self.sums[at].parts) if unknown[cell]]
            if all(self._wide_in(at, cell, members) for cell in members):
                continue
            extra = self._next_smallest([at])
            if extra is None:
                # The other sums of its counts may still protect it: the solver will tell.
                continue
            self.known.withheld[extra] = True
            waiting.extend({*self.of[extra], at})

    def _wide_in(self, at: int, cell: int, members: Sequence[int]) -> bool:
        each = self.sums[at]
        if cell == each.whole and not each.exact:
            return True
        rest = self.table[each.whole] - self.table[list(each.parts)].sum()
        rise, fall = (rest, np.inf) if not each.exact else (0.0, 0.0)
        for other in members:
            if other == cell:
                continue
            least, most = self.bounds(other)
            down, up = self.table[other] - least, most - self.table[other]
            same_side = (other == each.whole) == (cell == each.whole)
            rise, fall = (rise + down, fall + up) if same_side else (rise + up, fall + down)
        least, most = self.bounds(cell)
        value = self.table[cell]
        return bool(min(rise, most - value) + min(fall, value - least) >= self.threshold - 1)

    # All sums together

    def close_all_sums(self) -> None:
        """Hide until no solver, with every sum before it, gives a count away."""
        while (cell := self._narrow()) is not None:
            extra = self._next_smallest(self.of[cell])
            if extra is None:
                extra = self._next_smallest(self._around(cell))
            if extra is None:
                raise CannotHide(cell)
            self.known.withheld[extra] = True

    def _narrow(self) -> int | None:
        """A hidden count whose range is too narrow, if there is one."""
        enough = self.threshold - 1 - NEARLY
        for part in self.components():
            # To be wide enough no count need go far: with an end to every move, each program has an answer.
            program = _Program(self, part, farthest=FAR * self.threshold)
            least, most = self.table[part].copy(), self.table[part].copy()
            turn = 0
            while (narrow := np.flatnonzero(most - least < enough)).size:
                # Every solution is a world that fits all that is printed. One that moves all narrow counts at once,
                # this way and that, widens most of them; those that it leaves are then tried one by one.
                together = turn < ROUNDS
                moved = narrow if together else narrow[:1]
                signs = np.where((np.arange(moved.size) * (turn // 2 + 1) + turn) % 2, -1.0, 1.0)
                for sign in (1.0, -1.0):
                    found = program.farthest(moved, sign * signs)
                    if found is not None:
                        least, most = np.minimum(least, found), np.maximum(most, found)
                if not together and most[narrow[0]] - least[narrow[0]] < enough:
                    return part[int(narrow[0])]
                turn += 1
        return None

    def components(self) -> list[list[int]]:
        """The unknown counts, those that sums link together in one list; alone, a count has no more than its label."""
        unknown = self.unknown
        left, found = set(np.flatnonzero(unknown).tolist()), []
        while left:
            part, waiting = [], [left.pop()]
            while waiting:
                cell = waiting.pop()
                part.append(cell)
                near = {other for at in self.of[cell] for other in (self.sums[at].whole, *self.sums[at].parts)}
                waiting += near & left
                left -= near
            found.append(sorted(part))
        return found

    def range_of(self, cell: int, part: list[int]) -> tuple[float, float]:
        """The least and the greatest that one unknown count can be."""
        program, at = _Program(self, part), part.index(cell)
        least, most = (program.farthest(np.array([at]), np.array([sign])) for sign in (-1.0, 1.0))
        lower = self.bounds(cell)[0] if least is None else float(least[at])
        return lower, np.inf if most is None else float(most[at])

    def _around(self, cell: int) -> list[int]:
        part = next(part for part in self.components() if cell in part)
        return sorted({at for each in part for at in self.of[each]})

    def _next_smallest(self, among: Sequence[int]) -> int | None:
        """What to hide next in some sums: the smallest, rather a part than a whole, and where it closes a ring."""
        hidden = self.known.hidden
        choice = {
            cell
            for at in among
            for cell in (self.sums[at].whole, *self.sums[at].parts)
            if self.table[cell] > 0 and not hidden[cell] and not self.told[cell]
        }
        here = set(among)

        def closes(cell: int) -> bool:
            others = (self.sums[at] for at in self.of[cell] if at not in here)
            return all(any(hidden[each] for each in (one.whole, *one.parts)) for one in others)

        return min(choice, key=lambda cell: (self.totals[cell], not closes(cell), self.table[cell], cell), default=None)


class _Program:
    """The linear program of one linked part: moves away from the truth that leave every printed figure as it is."""

    def __init__(self, network: _Network, part: list[int], farthest: float = np.inf) -> None:
        # Only who protects figures waits for the solver, which takes a second to import.
        from scipy.optimize import linprog  # noqa: PLC0415
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        self._solve, self._truth = linprog, network.table[part]
        column = {cell: at for at, cell in enumerate(part)}
        equal: list[dict[int, float]] = []
        at_most: list[tuple[dict[int, float], float]] = []
        for at in sorted({at for cell in part for at in network.of[cell]}):
            each = network.sums[at]
            row = {column[cell]: 1.0 for cell in each.parts if cell in column}
            if each.whole in column:
                row[column[each.whole]] = -1.0
            if each.exact:
                equal.append(row)
            else:
                rest = network.table[each.whole] - network.table[list(each.parts)].sum()
                at_most.append((row, float(rest)))
        self._equal = csr_matrix(_dense(equal, len(part))) if equal else None
        self._at_most = csr_matrix(_dense([row for row, _ in at_most], len(part))) if at_most else None
        self._rest = [rest for _, rest in at_most] or None
        bounds = np.array([network.bounds(cell) for cell in part])
        self._bounds = np.clip(bounds - self._truth[:, None], -farthest, farthest)

    def farthest(self, at: NDArray[np.intp], signs: Floats) -> Floats | None:
        """A world that fits what is printed, with some counts as far up or down as they go; None if without end."""
        goal = np.zeros(len(self._truth))
        goal[at] = -signs
        answer = self._solve(
            goal,
            A_ub=self._at_most,
            b_ub=self._rest,
            A_eq=self._equal,
            b_eq=None if self._equal is None else np.zeros(self._equal.shape[0]),
            bounds=self._bounds,
            method="highs",
        )
        return None if answer.x is None else np.asarray(self._truth + answer.x)


def _dense(rows: Sequence[dict[int, float]], width: int) -> NDArray[np.float64]:
    made = np.zeros((len(rows), width))
    for at, row in enumerate(rows):
        for column, value in row.items():
            made[at, column] = value
    return made


def _known(counts: ArrayLike) -> Floats:
    table = listed("counts", whole("counts", counts))
    refuse("counts", "known", table, np.isnan(table))
    if table.ndim != 1:
        raise ValueError(f"a list of counts is needed; got the shape {table.shape}")
    return table


def _check(table: Floats, sums: Sequence[Sum]) -> None:
    for each in sums:
        if not all(0 <= cell < len(table) for cell in (each.whole, *each.parts)):
            raise ValueError(f"a sum names the positions {(each.whole, *each.parts)}, of {len(table)} counts")
        added, value = table[list(each.parts)].sum(), table[each.whole]
        if (added > value) or (each.exact and added < value):
            raise ValueError(f"a sum does not hold: {value:.15g} is not {added:.15g}")


def _wholes(table: Floats, sums: Sequence[Sum]) -> Booleans:
    found = np.zeros(table.shape, bool)
    found[[each.whole for each in sums]] = True
    return found
