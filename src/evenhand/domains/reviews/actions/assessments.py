"""Assessing how far something was done: drafted by one, reviewed by another, shown to the body before everyone."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.days import last_day
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.reviews.actions import clocks
from evenhand.domains.reviews.lifecycle import ASSESSMENT
from evenhand.domains.reviews.lifecycle.recommendations import PUBLIC
from evenhand.domains.reviews.models import Assessment, Clock, Recommendation
from evenhand.domains.reviews.models.assessments import US
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.rules.clocks import RIGHT_OF_REPLY
from evenhand.domains.reviews.rules.labels import LABELS


@transaction.atomic
def draft(one: Recommendation, made: Assessment, *, by: Caller) -> Assessment:
    """Write an assessment of a recommendation: our own, or what somebody else said. Nobody outside sees it yet."""
    if not keeper.admits(by):
        raise NotAllowed(keeper.sentence)
    if one.status not in PUBLIC:
        raise NotPossible(_("Publish the recommendation first: nothing is said of what nobody can see."))
    if made.capacity == US:
        made.assessor = "Evenhand"
        made.on = made.on or timezone.localdate().isoformat()
        if made.position not in LABELS:
            raise Refused(_("Choose one of our labels for what we say ourselves."), code="no-label")
        if not made.rationale:
            raise Refused(_("Say why: an assessment of ours gives its reasons."), code="no-reasons")
    elif made.position in LABELS and made.position != "stalled":
        raise Refused(_("Choose what they said: our labels are for what we say ourselves."), code="not-their-words")
    made.review, made.about, made.day = one.review, one.number or one.slug, last_day(made.on)
    made.written_by = by.ref
    made.full_clean()
    made.save()
    made.recommendations.set([one])
    record("reviews.assessment.draft", made.ref, by=by, details={"of": str(one.ref)})
    return made


@ASSESSMENT.on("review")
def _review(made: Assessment, *, by: Caller) -> None:
    made.reviewed_by = by.ref


@ASSESSMENT.on("ask")
def _ask(made: Assessment, *, by: Caller, on: dt.date) -> None:
    if not made.ours:
        raise NotPossible(_("What others said is theirs: the right of reply is to what we say ourselves."))
    if on != timezone.localdate():
        raise Refused(_("Give today: the body has its full time from the day on which you write this."), code="on")
    made.asked_on, made.reply_due = on, on + dt.timedelta(days=RIGHT_OF_REPLY)
    first = made.recommendations.first()
    body = first.bodies.first() if first else None
    clocks.start(made.ref, Clock.Kind.RIGHT_OF_REPLY, due_on=made.reply_due, by=by, on=on, body=body)


@ASSESSMENT.on("reply")
def _reply(made: Assessment, *, by: Caller, reply: str, on: dt.date) -> None:
    made.reply, made.replied_on = reply, on
    clocks.keep(made.ref, Clock.Kind.RIGHT_OF_REPLY, by=by, on=on)


@ASSESSMENT.on("quote")
def _quote(made: Assessment, *, by: Caller) -> None:
    del by
    if made.ours:
        raise NotPossible(_("This is ours: the body has a right of reply before it is published."))
    made.published_at = timezone.now()


@ASSESSMENT.on("publish")
def _publish(made: Assessment, *, by: Caller) -> None:
    today = timezone.localdate()
    if not made.replied_on and made.reply_due and today <= made.reply_due:
        said = {"day": made.reply_due.isoformat()}
        raise NotPossible(_("The body may reply until %(day)s. Publish it after that, or when it has replied.") % said)
    if not made.replied_on:
        clocks.end(made.ref, Clock.Kind.RIGHT_OF_REPLY, by=by)
    made.published_at = timezone.now()
    named = list(made.recommendations.all())
    older = Assessment.objects.filter(capacity=US, status="published", recommendations__in=named).exclude(pk=made.pk)
    for one in older.distinct():
        made.supersedes = ASSESSMENT.move(one, "supersede", by=by)


@ASSESSMENT.on("abandon")
def _abandon(made: Assessment, *, by: Caller, why: str) -> None:
    del why  # the journal keeps it
    clocks.end(made.ref, Clock.Kind.RIGHT_OF_REPLY, by=by)


@ASSESSMENT.on("withdraw")
def _withdraw(made: Assessment, *, by: Caller, why: str) -> None:
    made.changed_by = by.ref
    made.note = _("Withdrawn: %(why)s") % {"why": why}
