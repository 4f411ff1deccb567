"""What is promised by which day: decisions in working days of England and Wales, all else in days of the calendar.

Bank holidays are those of the one table. Nothing is promised in a year that it does not hold: `UnknownYear` is raised,
and whoever drafts a round is told to add that year first.
"""

import datetime as dt
from typing import Final

from evenhand.domains.support.rules.programmes import Clocks
from evenhand.library.calendar import SATURDAY, UnknownYear, is_working_day, working_days_after

DAY: Final = dt.timedelta(days=1)


def working_days_late(due: dt.date, today: dt.date) -> int:
    """How many working days a promise is overdue; 0 on its last day and before.

    Beyond the table every weekday counts, so that a desk is never without its figure: rather a day too late than too
    early for ourselves.
    """
    days = (due + number * DAY for number in range(1, (today - due).days + 1))
    return sum(_counts(day) for day in days)


def decision_due(clocks: Clocks, *, sent: dt.date, closes: dt.date) -> dt.date:
    """By when a decision is promised: counted from when it was sent, or from the end of the round.

    UnknownYear where that leads beyond the table of bank holidays.
    """
    begins = sent if clocks.counts_from == "sent" else max(sent, closes)
    return working_days_after(begins, clocks.decision)


def answer_by(clocks: Clocks, asked: dt.date) -> dt.date:
    """The last day on which an answer to a question of ours is waited for."""
    return asked + clocks.more_information * DAY


def accept_by(clocks: Clocks, offered: dt.date) -> dt.date:
    """The last day on which an offer stands."""
    return offered + clocks.answer_offer * DAY


def _counts(day: dt.date) -> bool:
    try:
        return is_working_day(day)
    except UnknownYear:
        return day.weekday() < SATURDAY
