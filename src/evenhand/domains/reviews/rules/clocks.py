"""How long somebody has for what, and where a clock stands on a day."""

import datetime as dt
from typing import Final, Literal

Standing = Literal["running", "overdue", "kept", "late", "ended"]
QUARTER: Final = 3  # months between two updates
REPLY: Final = 20  # working days for a reply in public
RIGHT_OF_REPLY: Final = 14  # days before an assessment is published
ANSWER: Final = 56  # days to answer a recommendation
FORGOTTEN: Final = 180  # days after which the address of who wrote is forgotten, whatever became of it
WARNED: Final = 14  # days before it is due, on which we are told of what is ours


def standing(due_on: dt.date, *, met_on: dt.date | None, ended_on: dt.date | None, today: dt.date) -> Standing:
    """Where a clock stands: what is done on the very day is kept, and only the day after is late."""
    if ended_on is not None:
        return "ended"
    if met_on is not None:
        return "kept" if met_on <= due_on else "late"
    return "running" if today <= due_on else "overdue"


def days_late(due_on: dt.date, *, met_on: dt.date | None, today: dt.date) -> int:
    """By how many days it was late, or is overdue; 0 for what is neither."""
    return max(0, ((met_on or today) - due_on).days)
