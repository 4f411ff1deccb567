"""Days on which offices of England and Wales work, for clocks that are counted in working days or in months."""

import csv
import datetime as dt
from calendar import monthrange
from functools import cache
from pathlib import Path
from typing import Final

BANK_HOLIDAYS: Final = Path(__file__).with_name("bank_holidays.csv")
SATURDAY: Final = 5
MONTHS: Final = 12


class UnknownYear(LookupError):
    """A day in a year whose bank holidays are not in the table."""


@cache
def bank_holidays() -> dict[dt.date, str]:
    """The name of every bank holiday of England and Wales in the table, by its day."""
    with BANK_HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return {dt.date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(file)}


@cache
def years() -> tuple[int, int]:
    """The first and the last year that the table holds."""
    known = [day.year for day in bank_holidays()]
    return min(known), max(known)


def is_working_day(day: dt.date) -> bool:
    """Whether it is neither at a weekend nor a bank holiday; UnknownYear where the table does not say."""
    first, last = years()
    if not first <= day.year <= last:
        raise UnknownYear(f"bank holidays are known for {first} to {last}: add those of {day.year} to the table")
    return day.weekday() < SATURDAY and day not in bank_holidays()


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The day that many working days after another, which itself is not counted.

    ValueError for fewer than one; UnknownYear where the count leads into a year that is not in the table.
    """
    if count < 1:
        raise ValueError(f"{count} working days lead nowhere: count one or more")
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def months_after(day: dt.date, count: int) -> dt.date:
    """The same day that many months later, or the last of a month that is too short for it."""
    years_on, month = divmod(day.month - 1 + count, MONTHS)
    year, month = day.year + years_on, month + 1
    return dt.date(year, month, min(day.day, monthrange(year, month)[1]))
