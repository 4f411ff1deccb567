"""Days are awarded as soon as an offer of days is accepted, and stopped where the organisation withdraws."""

import logging

from evenhand.core.errors import NotPossible
from evenhand.domains.support.actions.days import ACCEPTED, open_engagement
from evenhand.domains.support.actions.engagements import move
from evenhand.domains.support.lifecycle import ENGAGEMENT
from evenhand.domains.support.models import Application, Engagement
from evenhand.domains.support.people import LEDGER
from evenhand.domains.support.rules.programmes import programme

logger = logging.getLogger(__name__)


def award_what_was_accepted() -> int:
    """Open an engagement for each accepted offer of days that has none, and stop what was withdrawn; how many.

    Done by the clock and not by the click that accepts, so that neither can be without the other for long: whatever
    broke on the way, the next minute does it.
    """
    done = 0
    waiting = Application.objects.filter(status=ACCEPTED, engagement=None, days_awarded__gt=0).select_related("round")
    for one in waiting:
        if programme(one.programme).award.kind == "days" and one.days_awarded is not None:
            open_engagement(one, by=LEDGER, days=one.days_awarded)
            done += 1
    ended = [state.name for state in ENGAGEMENT.states if state.ends]
    for engagement in Engagement.objects.filter(application__status="withdrawn").exclude(status__in=ended):
        try:
            move(engagement, "stop", by=LEDGER)
        except NotPossible:  # all was delivered before
            logger.info("%s is over already", engagement.ref)
        else:
            done += 1
    return done
