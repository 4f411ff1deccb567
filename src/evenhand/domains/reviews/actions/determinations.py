"""Asking a panel of experts where those who assess disagree, recording what it determined, and publishing that."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.reviews.lifecycle import DETERMINATION
from evenhand.domains.reviews.lifecycle.determinations import OPEN
from evenhand.domains.reviews.lifecycle.recommendations import CURRENT
from evenhand.domains.reviews.models import Determination, Recommendation
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries.shown import shown_of
from evenhand.domains.reviews.rules.labels import LABELS


@transaction.atomic
def draft(made: Determination, *, by: Caller) -> Determination:
    """Write down what a panel is to be asked, where those who assess a recommendation disagree on it."""
    if not keeper.admits(by):
        raise NotAllowed(keeper.sentence)
    one = Recommendation.objects.select_for_update().get(pk=made.recommendation_id)
    if one.status not in CURRENT:
        raise NotPossible(_("Publish the recommendation first: nothing is said of what nobody can see."))
    if Determination.objects.filter(recommendation=one, status__in=OPEN).exists():
        raise NotPossible(_("A panel is being asked already. Publish that or give it up first."), code="waits")
    if not shown_of(one, timezone.localdate()).disputed:
        raise NotPossible(
            _("Nobody disagrees on it: no two of those who assess it say different things."), code="no-dispute"
        )
    made.written_by, made.status = by.ref, DETERMINATION.first
    made.full_clean()
    made.save()
    record("reviews.determination.draft", made.ref, by=by, details={"of": str(one.ref), "panel": made.panel})
    return made


@DETERMINATION.on("ask")
def _asked(made: Determination, *, by: Caller, on: dt.date) -> None:
    del by
    if on > timezone.localdate():
        raise Refused(_("That day has not come yet."), code="not-yet")
    made.asked_on = on


@DETERMINATION.on("record")
def _recorded(made: Determination, *, by: Caller, words: str, on: dt.date, label: str = "", url: str = "") -> None:
    if on > timezone.localdate() or (made.asked_on and on < made.asked_on):
        raise Refused(_("It determines that after it was asked, and on no day to come."), code="on")
    if label and label not in LABELS:
        raise Refused(_("Choose one of our labels, or none where it settles nothing."), near=LABELS, code="no-label")
    made.words, made.on, made.label, made.url, made.recorded_by = words, on, label, url, by.ref


@DETERMINATION.on("publish")
def _published(made: Determination, *, by: Caller) -> None:
    made.published_on = timezone.localdate()
    others = Determination.objects.filter(recommendation=made.recommendation_id, status="published")
    for older in others.exclude(pk=made.pk):
        DETERMINATION.move(older, "supersede", by=by)


@DETERMINATION.on("abandon")
@DETERMINATION.on("withdraw")
def _given_up(made: Determination, *, by: Caller, why: str) -> None:
    del by
    made.why = why
