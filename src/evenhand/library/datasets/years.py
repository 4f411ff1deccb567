"""How a ratio moved between two years, and whether by more than chance."""

from dataclasses import dataclass

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.compare import Question


@dataclass(frozen=True)
class Change:
    """A later ratio over an earlier one: 1 is no change."""

    first: str
    last: str
    ratio: float
    lower: float
    upper: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out no change."""
        return not self.lower <= 1 <= self.upper


def change(question: Question, group: str, first: str, last: str) -> Change | None:
    """The change of one group's ratio between two periods, taken as independent; None where either has no ratio."""
    counts = []
    for period in (first, last):
        cell = question.panel.cells[question.place.code, period]
        row = next(row for row in cell.rows if row.group == group)
        base = next(row for row in cell.rows if row.group == question.reference)
        if row.lower is None or not row.events:
            return None
        counts.append((row.events, row.population, base.events, base.population))
    found = statistics.ratio_of_ratios(*np.array(counts, dtype=float).T, first=0, last=1)
    return Change(first, last, *(float(value) for value in (found.ratio, found.lower, found.upper)))
