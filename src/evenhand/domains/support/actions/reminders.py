"""What the clock tells people, and what it forgets."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from evenhand.core.access import Caller
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.files.actions import remove
from evenhand.core.journal.actions import record
from evenhand.core.journal.models import Line
from evenhand.core.notices.actions import post
from evenhand.domains.support.actions.letters import tell
from evenhand.domains.support.models import Application
from evenhand.domains.support.people import CLOCK
from evenhand.domains.support.queries.applications import files_of, overdue

AHEAD = dt.timedelta(days=3)
KEPT = dt.timedelta(days=730)
NOTHING_CAME = ("draft", "ineligible", "unsuccessful", "declined", "lapsed", "withdrawn")
REMINDED = "support.application.remind"


def remind_of_drafts(now: dt.datetime) -> int:
    """Write once to everybody with a draft in a round that closes within three days; how many applications."""
    soon = Application.objects.filter(
        status="draft", round__status="open", round__closes_at__gt=now, round__closes_at__lte=now + AHEAD
    )
    reminded = 0
    for one in soon.select_related("round", "organisation"):
        with transaction.atomic():
            locked = Application.objects.select_for_update().get(pk=one.pk)
            if locked.status != "draft" or Line.objects.filter(about=locked.ref, tag=REMINDED).exists():
                continue
            tell(one, "reminder", closes=timezone.localtime(one.round.closes_at))
            record(REMINDED, locked.ref, by=CLOCK)
            reminded += 1
    return reminded


@transaction.atomic
def tell_of_overdue(now: dt.datetime) -> int:
    """Write to each officer which decisions are overdue; how many there are. Nothing is written where none is."""
    late = list(overdue(timezone.localdate(now)))
    holding = RoleHeld.objects.filter(role="programme-officer").holding()
    officers = Person.objects.filter(pk__in=holding.values("person"), is_active=True)
    if late:
        for person in officers:
            post("support/overdue.txt", to=person.email, applications=late, path=reverse("staff_support:desk"))
    return len(late)


def forget_old(now: dt.datetime, *, by: Caller = CLOCK) -> int:
    """Forget what was written in applications that came to nothing long ago; how many. How each ended stays."""
    old = Application.objects.filter(status__in=NOTHING_CAME, touched_at__lt=now - KEPT).exclude(answers={}, facts={})
    forgotten = 0
    for one in old:
        with transaction.atomic():
            for file in files_of(one):
                remove(file, by=by, why="kept for as long as it may be")
            Application.objects.filter(pk=one.pk).update(
                answers={},
                facts={},
                query="",
                question="",
                reply="",
                touched_at=one.touched_at,
            )
            one.participants.update(email="", key="")
            for assessment in one.assessments.all():
                assessment.reasons = {}
                assessment.save(update_fields=["reasons"])
            record("support.application.forget", one.ref, by=by)
            forgotten += 1
    return forgotten
