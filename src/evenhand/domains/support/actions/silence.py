"""What happens where nobody answers: a question of ours, or an offer."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible
from evenhand.core.journal.actions import record
from evenhand.core.journal.models import Line
from evenhand.domains.support.actions.applications import move
from evenhand.domains.support.actions.letters import tell
from evenhand.domains.support.lifecycle import APPLICATION
from evenhand.domains.support.models import Application
from evenhand.domains.support.people import CLOCK
from evenhand.domains.support.rules.clocks import accept_by, answer_by
from evenhand.domains.support.rules.programmes import programme

AHEAD = dt.timedelta(days=3)  # between the reminder of an offer and its last day
REMINDED = "support.application.remind-of-offer"


@APPLICATION.on("resume")
def resumed(application: Application, *, by: Caller, on: dt.date | None = None) -> None:
    """It is read as it stands. An officer may say so at any time, the clock once the days for an answer are over."""
    asked = timezone.localdate(application.asked_at)
    last = answer_by(programme(application.programme).clocks, asked)
    if by.machine and (on or timezone.localdate()) <= last:
        raise NotPossible(_("There is still time for an answer."), code="not-yet")
    tell(application, "resumed")


@APPLICATION.on("lapse")
def lapsed(application: Application, *, by: Caller, on: dt.date | None = None) -> None:
    """What was offered goes back to the round, and they are told; never without a reminder before."""
    del by
    last = last_day(application)
    if last is None or (on or timezone.localdate()) <= last:
        raise NotPossible(_("There is still time to accept the offer."), code="not-yet")
    tell(application, "lapsed")


def last_day(application: Application) -> dt.date | None:
    """The day by which an offer was said to lapse in its reminder; None before there was one."""
    said = Line.objects.filter(about=application.ref, tag=REMINDED, at__gte=application.decided_at).first()
    return dt.date.fromisoformat(said.details["until"]) if said is not None else None


def go_on_without_answers(now: dt.datetime) -> int:
    """Go on with every application whose question was not answered in its days, as it stands; how many."""
    return _each("more-information", "resume", timezone.localdate(now))


def let_offers_lapse(now: dt.datetime) -> int:
    """Let every offer lapse that was not answered by the day that its reminder named; how many."""
    return _each("offered", "lapse", timezone.localdate(now))


def remind_of_offers(now: dt.datetime) -> int:
    """Remind once of each offer, three days before it lapses and in no case fewer; how many."""
    today, reminded = timezone.localdate(now), 0
    for one in Application.objects.filter(status="offered").select_related("round", "organisation"):
        with transaction.atomic():
            locked = Application.objects.select_for_update().select_related("round", "organisation").get(pk=one.pk)
            offered = timezone.localdate(locked.decided_at)
            until = accept_by(programme(locked.programme).clocks, offered)
            if locked.status != "offered" or until - AHEAD > today or last_day(locked) is not None:
                continue
            until = max(until, today + AHEAD)
            tell(locked, "offer_ends", until=until)
            record(REMINDED, locked.ref, by=CLOCK, details={"until": until.isoformat()})
            reminded += 1
    return reminded


def _each(status: str, name: str, today: dt.date) -> int:
    moved = 0
    for one in Application.objects.filter(status=status):
        try:
            move(one, name, by=CLOCK, on=today)
        except NotPossible:  # not yet, or somebody answered at this moment
            continue
        moved += 1
    return moved
