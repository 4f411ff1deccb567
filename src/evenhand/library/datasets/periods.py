"""Periods as publishers write them: their order in time, and which of them may be joined up in one line."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
WRITTEN = re.compile(
    rf"(?:(?P<day>\d{{1,2}}) )?(?:(?P<month>{'|'.join(MONTHS)}) ?)?(?P<year>\d{{4}})?(?:/(?P<to>\d{{2}}))?"
)
BEFORE = re.compile(r"(\d+) years before ")
YEAR = timedelta(days=365)
MONTH = timedelta(days=31)


class Period(NamedTuple):
    """The first and the last day of a period; the same day for a count made on one day."""

    start: date
    end: date


@cache
def read_period(text: str) -> Period:
    """The days that a period runs over: "2024/25", "30 June 2025", "April to October 2014", "2015 to 2021".

    A text without a year has no place in time: it is taken to end before all others.
    """
    found = [match for match in WRITTEN.finditer(text) if match["month"] or match["year"]]
    if not any(match["year"] for match in found):
        return Period(date.min, date.min)
    end = _days(found[-1]["day"], found[-1]["month"], int(found[-1]["year"]), found[-1]["to"]).end
    if before := BEFORE.search(text):
        return Period(end - int(before[1]) * YEAR, end)
    first = found[0]
    year = int(first["year"] or end.year)
    return Period(_days(first["day"], first["month"], year, first["to"]).start, end)


def in_order(periods: Iterable[str]) -> tuple[str, ...]:
    """Periods from the earliest to the latest; of those that end together, the longer comes first."""
    return tuple(sorted(periods, key=lambda text: (read_period(text).end, read_period(text).start)))


def alike(periods: Sequence[str]) -> tuple[str, ...]:
    """The periods of the commonest length, in order: years pooled with others do not stand in one line with them."""
    lengths = {text: round((read_period(text).end - read_period(text).start) / MONTH) for text in periods}
    commonest = Counter(lengths.values()).most_common(1)
    return in_order(text for text in periods if lengths[text] == commonest[0][0]) if commonest else ()


def joined(before: str, after: str) -> bool:
    """Whether one period follows another with none left out between, so that a line may join them.

    Days on which people were counted are joined where they lie no more than a year and a month apart.
    """
    first, second = read_period(before), read_period(after)
    length = second.end - second.start
    return second.end - first.end <= (1.1 * YEAR if length < MONTH / 2 else 1.5 * length)


def _days(day: str | None, month: str | None, year: int, to: str | None) -> Period:
    if to:
        return Period(date(year, 4, 1), date(year + 1, 3, 31))
    if not month:
        return Period(date(year, 1, 1), date(year, 12, 31))
    number = MONTHS[month]
    if day:
        on = date(year, number, int(day))
        return Period(on, on)
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))
