"""When lines of the ledger are asked about again, and when it is asked what changed."""

from datetime import datetime, time

from evenhand.core.jobs import Daily, Every, job
from evenhand.domains.support.actions.awarding import award_what_was_accepted
from evenhand.domains.support.actions.following import ask_what_changed
from evenhand.domains.support.actions.links import remind
from evenhand.domains.support.actions.reports import draft_what_is_due


@job(Daily(time(9, 30)))
def ask_again_about_days(now: datetime) -> None:
    """Ask once more for days that the organisation has not confirmed for a week, each week for a month."""
    remind(now)


@job(Daily(time(9, 40)))
def follow_up(now: datetime) -> None:
    """Ask what changed six months after the end, and remind twice, four weeks apart."""
    ask_what_changed(now)


@job(Every(1))
def award_days(_now: datetime) -> None:
    """Award days to whoever accepted an offer of them, and stop what was withdrawn."""
    award_what_was_accepted()


@job(Daily(time(6, 20)))
def draft_reports(now: datetime) -> None:
    """Draft the report of each programme for the quarter that is over."""
    draft_what_is_due(now)
