"""Drafting a round, and what moving it along does besides."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.support.lifecycle import ROUND
from evenhand.domains.support.lifecycle.applications import WAITING
from evenhand.domains.support.models import Application, Round
from evenhand.domains.support.people import CLOCK, clockwork, officer
from evenhand.domains.support.rules.clocks import decision_due
from evenhand.domains.support.rules.programmes import UnknownProgramme
from evenhand.domains.support.rules.programmes import programme as programme_of
from evenhand.library.calendar import UnknownYear


@transaction.atomic
def draft(
    programme: str,
    title: str,
    *,
    by: Caller,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    available: Decimal | None = None,
    demonstration: bool = False,
) -> Round:
    """Write down when a programme might open, and what it would have to give. Nobody outside sees it yet."""
    if not (officer | clockwork).admits(by):
        raise NotAllowed(officer.sentence)
    try:
        clocks, last = programme_of(programme).clocks, timezone.localdate(closes_at)
        decision_due(clocks, sent=last, closes=last)
    except UnknownProgramme as fault:
        raise Refused(str(fault), code="unknown-programme") from None
    except UnknownYear:
        message = _("Nothing can be promised so late: the bank holidays of that year are not in the calendar yet.")
        raise Refused(message, code="unknown-year") from None
    made = Round(
        programme=programme,
        title=" ".join(title.split()),
        opens_at=opens_at,
        closes_at=closes_at,
        available=available,
        drafted_by=by.ref,
        demonstration=demonstration,
    )
    made.full_clean()
    made.save()
    record("support.round.draft", made.ref, by=by, details={"programme": programme})
    return made


def move(one: Round, name: str, *, by: Caller, **details: Any) -> Round:
    """Take a step in the life of a round."""
    moved: Round = ROUND.move(one, name, by=by, **details)
    return moved


@ROUND.on("agree")
def agreed(one: Round, *, by: Caller) -> None:
    """The funder agrees to what was drafted."""
    one.agreed_by = by.ref


@ROUND.on("return")
def returned(one: Round, *, by: Caller, why: str) -> None:
    """What was agreed is agreed no more."""
    del by, why
    one.agreed_by = None


@ROUND.on("approve")
def approved(one: Round, *, by: Caller) -> None:
    """A second person approves it."""
    one.approved_by = by.ref


@ROUND.on("drop")
def dropped(one: Round, *, by: Caller, why: str) -> None:
    """It never opens: whoever drops it stands where nobody agreed or approved."""
    del why
    one.agreed_by, one.approved_by = one.agreed_by or by.ref, one.approved_by or by.ref


@ROUND.on("open")
def opened(one: Round, *, by: Caller) -> None:
    """From now on it takes applications; the day that was announced moves with it."""
    del by
    now = timezone.now()
    if one.closes_at <= now:
        raise NotPossible(_("Its last day has passed. Drop it, and draft another."), code="over")
    one.opened_at, one.opens_at = now, min(one.opens_at, now)


@ROUND.on("pause")
def paused(one: Round, *, by: Caller, why: str) -> None:
    """Its page says why."""
    del by
    one.notice = why


@ROUND.on("resume")
def resumed(one: Round, *, by: Caller) -> None:
    """As before."""
    del by
    if one.closes_at <= timezone.now():
        raise NotPossible(_("Its last day has passed while it was paused."), code="over")
    one.notice = ""


@ROUND.on("close")
def closed(one: Round, *, by: Caller) -> None:
    """Nothing more is taken."""
    del by
    if one.closes_at > timezone.now():
        raise NotPossible(_("It closes by itself on the day that was announced."), code="too-early")
    one.closed_at, one.notice = timezone.now(), ""


@ROUND.on("decide")
def decided(one: Round, *, by: Caller) -> None:
    """Everybody who applied has an answer."""
    del by
    if waiting := Application.objects.filter(round=one, status__in=WAITING).count():
        raise NotPossible(_("%(waiting)s applications have no decision yet.") % {"waiting": waiting}, code="undecided")


@ROUND.on("complete")
def completed(one: Round, *, by: Caller, outcome: str) -> None:
    """What came of it stands on the programme's page from now on."""
    del by
    one.outcome = outcome


def keep_rounds(now: dt.datetime) -> int:
    """Open and close what is due at a moment, and move on what the clock alone decides; how many steps were taken."""
    steps = 0
    due = {
        "open": Round.objects.filter(status="approved", opens_at__lte=now, closes_at__gt=now),
        "close": Round.objects.filter(status__in=("open", "paused"), closes_at__lte=now),
        "assess": Round.objects.filter(status="closed"),
        "decide": Round.objects.filter(status="assessing").exclude(applications__status__in=WAITING),
    }
    for name, rounds in due.items():
        for one in rounds:
            try:
                move(one, name, by=CLOCK)
            except NotPossible:  # somebody else took the step, or took it back
                continue
            steps += 1
    return steps
