"""When clocks are looked at."""

from datetime import datetime, time

from evenhand.core.jobs import Daily, job
from evenhand.domains.reviews.actions.clocks import chase


@job(Daily(time(8, 20)))
def chase_what_is_due(now: datetime) -> None:
    """Tell staff of updates, replies and promises that are due within 14 days, and of those that are overdue."""
    chase(now)
