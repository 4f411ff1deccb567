"""Asking what changed, half a year after the end, and reminding who has not said."""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from evenhand.core.errors import NotPossible
from evenhand.domains.support.actions.engagements import move
from evenhand.domains.support.actions.telling import tell_organisation
from evenhand.domains.support.models import Engagement
from evenhand.domains.support.people import CLOCK

logger = logging.getLogger(__name__)
AGAIN, REMINDERS = dt.timedelta(weeks=4), 2


def ask_what_changed(now: dt.datetime) -> int:
    """Ask for everything that was delivered six months ago, and remind of what has no answer; how many letters."""
    today = timezone.localdate(now)
    sent = 0
    for one in Engagement.objects.filter(status="delivered", follow_up_on__lte=today):
        try:
            move(one, "ask", by=CLOCK, on=today)
        except NotPossible:  # somebody asked in this very moment
            logger.info("%s was moved by somebody else", one.ref)
        else:
            sent += 1
    latest = today - AGAIN
    for one in Engagement.objects.filter(status="follow-up", changed="", asked_on__lte=latest):
        sent += _remind(one, today)
    return sent


@transaction.atomic
def _remind(engagement: Engagement, today: dt.date) -> int:
    """Remind once, unless it was done today or often enough."""
    one = Engagement.objects.select_for_update().get(pk=engagement.pk)
    last = (one.follow_up_on or today) + AGAIN * REMINDERS + dt.timedelta(weeks=1)
    if one.asked_on is None or one.asked_on > today - AGAIN or today > last:
        return 0
    one.asked_on = today
    one.save(update_fields=["asked_on"])
    tell_organisation(one, "support/engagements/follow_up.txt")
    return 1
