"""Days that count: working days of England and Wales, and what is promised by them."""

import datetime as dt
from functools import cache
from typing import Final

from evenhand.domains.support.rules.programmes import Clocks

SATURDAY: Final = 5
DAY: Final = dt.timedelta(days=1)
# Days that were appointed besides the standing ones. Source: https://www.gov.uk/bank-holidays
APPOINTED: Final[frozenset[dt.date]] = frozenset()


def is_working_day(day: dt.date) -> bool:
    """Whether offices are open: neither a weekend nor a bank holiday of England and Wales."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_days_after(day: dt.date, days: int) -> dt.date:
    """The day on which so many working days have passed since a day, which itself does not count."""
    if days < 0:
        raise ValueError(f"{days} working days after a day is before it")
    while days:
        day += DAY
        days -= is_working_day(day)
    return day


def working_days_late(due: dt.date, today: dt.date) -> int:
    """How many working days a promise is overdue; 0 on its last day and before."""
    late, day = 0, due
    while day < today:
        day += DAY
        late += is_working_day(day)
    return late


def decision_due(clocks: Clocks, *, sent: dt.date, closes: dt.date) -> dt.date:
    """By when a decision is promised: counted from when it was sent, or from the end of the round."""
    begins = sent if clocks.counts_from == "sent" else max(sent, closes)
    return working_days_after(begins, clocks.decision)


def answer_by(clocks: Clocks, asked: dt.date) -> dt.date:
    """The last day on which an answer to a question of ours is waited for."""
    return asked + clocks.more_information * DAY


def accept_by(clocks: Clocks, offered: dt.date) -> dt.date:
    """The last day on which an offer stands."""
    return offered + clocks.answer_offer * DAY


@cache
def bank_holidays(year: int) -> frozenset[dt.date]:
    """The bank holidays of England and Wales in a year, as they stand since 1978, each moved on from a weekend."""
    easter = _easter(year)
    found = {easter - 2 * DAY, easter + DAY, _monday(year, 5, 1), _last_monday(year, 5), _last_monday(year, 8)}
    for day in (dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)):
        moved = day
        while moved.weekday() >= SATURDAY or moved in found:
            moved += DAY
        found.add(moved)
    return frozenset(found | {day for day in APPOINTED if day.year == year})


def _monday(year: int, month: int, day: int) -> dt.date:
    first = dt.date(year, month, day)
    return first + (-first.weekday() % 7) * DAY


def _last_monday(year: int, month: int) -> dt.date:
    last = dt.date(year, month + 1, 1) - DAY
    return last - last.weekday() * DAY


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    offset = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * offset) // 451
    month, day = divmod(h + offset - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)
