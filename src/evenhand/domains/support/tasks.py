"""When rounds open and close, who is reminded, what is overdue, asked about again, and forgotten."""

from datetime import datetime, time

from evenhand.core.jobs import Daily, Every, job
from evenhand.domains.support.actions.awarding import award_what_was_accepted
from evenhand.domains.support.actions.following import ask_what_changed
from evenhand.domains.support.actions.links import remind
from evenhand.domains.support.actions.reminders import forget_old, remind_of_drafts, tell_of_overdue
from evenhand.domains.support.actions.reports import draft_what_is_due
from evenhand.domains.support.actions.rounds import keep_rounds
from evenhand.domains.support.actions.silence import go_on_without_answers, let_offers_lapse, remind_of_offers


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


@job(Every(1))
def open_and_close(now: datetime) -> None:
    """Open the rounds whose hour has come, close those whose hour has passed, and move on what is all decided."""
    keep_rounds(now)


@job(Daily(time(9, 20)))
def remind_of_the_end(now: datetime) -> None:
    """Remind who has not sent a draft, three days before the round closes."""
    remind_of_drafts(now)


@job(Daily(time(9, 10)))
def end_silences(now: datetime) -> None:
    """Go on where a question was not answered in its days, remind of offers, and let those lapse that nobody took."""
    go_on_without_answers(now)
    let_offers_lapse(now)
    remind_of_offers(now)


@job(Daily(time(8, 30)))
def say_what_is_overdue(now: datetime) -> None:
    """Tell officers which decisions are overdue."""
    tell_of_overdue(now)


@job(Daily(time(3, 50)))
def forget(now: datetime) -> None:
    """Forget the words of applications that came to nothing, 24 months after the last thing that was done to them."""
    forget_old(now)
