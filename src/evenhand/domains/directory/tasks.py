"""When listings are asked about, marked, hidden and indexed anew."""

from datetime import datetime, time

from django.utils import timezone

from evenhand.core.jobs import Daily, Every, job
from evenhand.domains.directory.actions.checks import age, ask_who_is_due
from evenhand.domains.directory.actions.indexing import refresh


@job(Daily(time(9, 10)))
def ask_whether_right(now: datetime) -> None:
    """Ask who keeps a listing whether it is still right, 80, 87, 101 and 335 days after the last check."""
    ask_who_is_due(now)


@job(Daily(time(4, 10)))
def mark_and_hide(now: datetime) -> None:
    """Mark what was not checked for 122 days, and hide what was not checked for a year."""
    age(now)


@job(Every(1))
def index_what_changed(now: datetime) -> None:
    """Index anew every service that was changed since the last minute."""
    refresh(today=timezone.localdate(now))
