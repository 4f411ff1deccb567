"""Confirming a line of the ledger from an e-mail: a link that shows it, a button that acts, once."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import machine
from evenhand.core.errors import NotPossible
from evenhand.core.notices.actions import post
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.actions.letters import addresses
from evenhand.domains.support.models import DayEntry, DayLink

LINK = machine("support-link")  # whoever holds the link that was sent to the organisation
HOLDS = dt.timedelta(days=60)


@transaction.atomic
def ask_to_confirm(entry: DayEntry, *, again: bool = False) -> int:
    """Send everybody who speaks for the organisation, and did not do the work, a link of their own; to how many."""
    helped = entry.consultant.person.email if entry.consultant else ""
    boxes = [box for box in addresses(entry.engagement.application) if box != helped]
    for box in boxes:
        token = secrets.token_urlsafe(32)
        link = DayLink.objects.create(entry=entry, digest=digest_of(token), to=box, expires_at=timezone.now() + HOLDS)
        post(
            "support/engagements/confirm.txt",
            to=box,
            about=entry.engagement.ref,
            entry=entry,
            again=again,
            where=settings.SITE_URL + reverse("support:confirm-day", args=[token]),
            until=link.expires_at,
        )
    return len(boxes)


@transaction.atomic
def answer_link(link: DayLink, *, right: bool, why: str = "") -> DayLink:
    """Confirm the line, or take it back; every link to it ends with that."""
    ledger.locked(link.entry.engagement)
    link = DayLink.objects.select_for_update().select_related("entry__engagement__application").get(pk=link.pk)
    now = timezone.now()
    if link.used_at is not None:
        raise NotPossible(_("This was answered already. Thank you: there is nothing more to do."), code="used")
    if link.expires_at <= now:
        raise NotPossible(_("This link has run out. Sign in to confirm the days."), code="expired")
    if right:
        ledger.confirm(link.entry, by=LINK, link=True)
    else:
        ledger.correct(link.entry, by=LINK, why=why, link=True)
    DayLink.objects.filter(entry=link.entry, used_at=None).update(used_at=now)
    link.used_at = now
    return link


def digest_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def remind(now: dt.datetime) -> int:
    """Ask once more for every line that nobody answered for a week, and again each week for a month; how many."""
    asked = 0
    for weeks in range(1, 5):
        day = timezone.localdate(now) - dt.timedelta(weeks=weeks)
        waiting = DayEntry.objects.filter(at__date=day, corrects=None, agreement=None, correction=None)
        for entry in waiting.select_related("engagement__application__organisation"):
            if not DayLink.objects.filter(entry=entry, asked_at__date=timezone.localdate(now)).exists():
                asked += bool(ask_to_confirm(entry, again=True))
    return asked
