"""What is due from one body or about one thing, for the pages of bodies and recommendations."""

import datetime as dt
from dataclasses import dataclass

from evenhand.domains.reviews.models import Body
from evenhand.domains.reviews.queries.clocks import ShownClock, overdue
from evenhand.domains.reviews.queries.disparities import ShownDisparity, register, shown


@dataclass(frozen=True)
class Due:
    """What a body owes and has not done, and the differences that it answers for."""

    overdue: tuple[ShownClock, ...]
    disparities: tuple[ShownDisparity, ...]


def due_from(body: Body, today: dt.date) -> Due:
    """What is overdue from a body, and what it is asked to explain or to reform."""
    late = tuple(clock for owed in overdue(today, body=body.slug) for clock in owed.clocks)
    return Due(late, tuple(shown(register().filter(body=body))))
