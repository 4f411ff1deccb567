"""When lines of the ledger are asked about again, and when it is asked what changed."""

from datetime import datetime, time

from evenhand.core.jobs import Daily, job
from evenhand.domains.support.actions.following import ask_what_changed
from evenhand.domains.support.actions.links import remind


@job(Daily(time(9, 30)))
def ask_again_about_days(now: datetime) -> None:
    """Ask once more for days that the organisation has not confirmed for a week, each week for a month."""
    remind(now)


@job(Daily(time(9, 40)))
def follow_up(now: datetime) -> None:
    """Ask what changed six months after the end, and remind twice, four weeks apart."""
    ask_what_changed(now)
