"""Periods that a report may be of: whole quarters, joined until nothing that is counted in them is small."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

SMALL: Final = 5  # 1 to 5 are "fewer than 6"
MONTHS: Final = 3  # of a quarter
APRIL: Final = 4
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """From one day to another, both within it."""

    begins: dt.date
    ends: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.begins <= day <= self.ends


def quarter_of(day: dt.date) -> Period:
    """The quarter of the calendar, as of the financial year, in which a day lies."""
    first = day.replace(month=(day.month - 1) // MONTHS * MONTHS + 1, day=1)
    later = (first + dt.timedelta(days=31 * MONTHS)).replace(day=1)
    return Period(first, later - DAY)


def financial_year(day: dt.date) -> dt.date:
    """The first of April of the financial year in which a day lies."""
    return dt.date(day.year if day.month >= APRIL else day.year - 1, APRIL, 1)


def periods(first: dt.date, today: dt.date, counts: Callable[[Period], Sequence[int]]) -> tuple[Period, ...]:
    """The periods that are over, from a first day on, and that may be told.

    Each ends with the first quarter by which every count is none, or six and more. So what is told of one never holds
    a small number, and neither does any sum or difference of several. What is small waits, and is told with the next.
    """
    found: list[Period] = []
    begins, quarter = quarter_of(first).begins, quarter_of(first)
    while quarter.ends < today:
        so_far = Period(begins, quarter.ends)
        counted = counts(so_far)
        if any(counted) and not any(map(is_small, counted)):
            found.append(so_far)
            begins = so_far.ends + DAY
        quarter = quarter_of(quarter.ends + DAY)
    return tuple(found)


def since(day: dt.date, told: Iterable[Period]) -> tuple[Period, ...]:
    """Those that begin on a day or later."""
    return tuple(one for one in told if one.begins >= day)


def is_small(count: int) -> bool:
    """Whether a count could tell of one organisation: from one to five."""
    return 1 <= count <= SMALL
