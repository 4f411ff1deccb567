"""When clocks are looked at, and addresses forgotten."""

from datetime import datetime, time

from evenhand.core.jobs import Daily, job
from evenhand.domains.reviews.actions.clocks import chase
from evenhand.domains.reviews.actions.evidence import forget_addresses


@job(Daily(time(8, 20)))
def chase_what_is_due(now: datetime) -> None:
    """Tell staff of updates, replies and promises that are due within 14 days, and of those that are overdue."""
    chase(now)


@job(Daily(time(3, 40)))
def forget_who_wrote(now: datetime) -> None:
    """Forget the addresses of those who asked or sent evidence more than 180 days ago."""
    forget_addresses(now)
