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
from evenhand.domains.reviews.lifecycle import ASSESSMENT, RECOMMENDATION
from evenhand.domains.reviews.lifecycle.recommendations import PUBLIC
from evenhand.domains.reviews.models import Assessment, Body, Clock, Recommendation
from evenhand.domains.reviews.models.assessments import US
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.rules.clocks import RIGHT_OF_REPLY
from evenhand.domains.reviews.rules.labels import ASKED, LABELS


@transaction.atomic
def draft(one: Recommendation, made: Assessment, *, by: Caller) -> Assessment:
    """Write an assessment of a recommendation: our own, or what somebody else said. Nobody outside sees it yet."""
    if not keeper.admits(by):
        raise NotAllowed(keeper.sentence)
    if one.status not in PUBLIC:
        raise NotPossible(_("Publish the recommendation first: nothing is said of what nobody can see."))
    made.review, made.about = one.review, one.number or one.slug
    made.written_by = by.ref
    fit(made, by=by)
    made.full_clean()
    made.save()
    made.recommendations.set([one])
    record("reviews.assessment.draft", made.ref, by=by, details={"of": str(one.ref), "answers": made.answers})
    return made


def fit(made: Assessment, *, by: Caller) -> None:
    """Refuse what nobody may say so, whoever wrote it; and complete what follows from it."""
    del by
    if made.capacity != ASKED:
        made.body = None
    if made.capacity == US:
        made.assessor = "Evenhand"
        made.on = made.on or timezone.localdate().isoformat()
        if made.position not in LABELS:
            raise Refused(_("Choose one of our labels for what we say ourselves."), code="no-label")
        if not made.rationale:
            raise Refused(_("Say why: an assessment of ours gives its reasons."), code="no-reasons")
    elif made.position in LABELS and made.position != "stalled":
        raise Refused(_("Choose what they said: our labels are for what we say ourselves."), code="not-their-words")
    made.day = last_day(made.on)
    if made.answers:
        if not made.rationale:
            raise Refused(_("Write what was answered, in our words."), code="no-words")
        if made.day is None or made.day > timezone.localdate():
            raise Refused(_("Give the day on which it was answered; it cannot be a day to come."), code="not-yet")
        made.assessor = made.body.name if made.body else made.assessor


@transaction.atomic
def answer(one: Recommendation, made: Assessment, *, by: Caller) -> Assessment:
    """Write down what a body that was asked answered: a claim of its own, which a second person publishes.

    It stands beside whatever was answered before, and overwrites nothing.
    """
    heirs = {heir.pk for body in one.bodies.all() for heir in (body, *body.heirs)}
    if made.body is None or made.body.pk not in heirs:
        raise Refused(_("Choose a body that it asks, or one that took over from it."), code="not-asked")
    made.capacity, made.answers = ASKED, True
    return draft(one, made, by=by)


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
    bodies = [body for one in made.recommendations.all() for body in one.bodies.all()]
    clocks.start_each(made.ref, Clock.Kind.RIGHT_OF_REPLY, due_on=made.reply_due, by=by, on=on, bodies=bodies)


@ASSESSMENT.on("reply")
def _reply(made: Assessment, *, by: Caller, reply: str, on: dt.date, body: Body | None = None) -> None:
    asked = Clock.objects.filter(of=made.ref, kind=Clock.Kind.RIGHT_OF_REPLY).select_related("body")
    waiting = list(asked.running())
    if body is None and len(waiting) > 1:
        raise Refused(_("Say which of the bodies replied: each has its own time."), code="which-body")
    if body is None and waiting and len(asked) > 1:
        body = waiting[0].body  # the only one that has not replied yet
    if made.asked_on and not made.asked_on <= on <= timezone.localdate():
        raise Refused(_("A reply comes after it was sent to the body, and not on a day to come."), code="on")
    said = f"{body.name}: {reply}" if body else reply
    made.reply = f"{made.reply}\n\n{said}" if made.reply else said
    made.replied_on = on
    clocks.keep(made.ref, Clock.Kind.RIGHT_OF_REPLY, by=by, on=on, body=body)


@ASSESSMENT.on("quote")
def _quote(made: Assessment, *, by: Caller) -> None:
    """What others said; an answer moves what it answers with it, and keeps the clock of the body that gave it."""
    if made.ours:
        raise NotPossible(_("This is ours: the body has a right of reply before it is published."))
    made.published_at = timezone.now()
    if not made.answers or made.body is None:
        return
    for one in made.recommendations.all():
        # What was answered before it was asked for last keeps no clock: an answer to that is still awaited.
        if made.day and one.askings.filter(status="published", on__gt=made.day).exists():
            continue
        RECOMMENDATION.move(one, "respond", by=by)
        for body in (made.body, *made.body.heirs):
            clocks.keep(one.ref, Clock.Kind.REPLY, by=by, on=made.day, body=body)


@ASSESSMENT.on("publish")
def _publish(made: Assessment, *, by: Caller) -> None:
    today = timezone.localdate()
    waiting = Clock.objects.running().filter(of=made.ref, kind=Clock.Kind.RIGHT_OF_REPLY)
    owed = waiting.exists() or not made.replied_on
    if owed and made.reply_due and today <= made.reply_due:
        said = {"day": made.reply_due.isoformat()}
        raise NotPossible(
            _("Whoever was sent it may reply until %(day)s. Publish it after that, or when each has replied.") % said
        )
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
    if not made.answers:
        return
    for one in made.recommendations.all():
        for body in {made.body, *(made.body.heirs if made.body else ())}:
            clocks.reopen(one.ref, Clock.Kind.REPLY, by=by, on=made.day, body=body)
        others = one.assessments.filter(answers=True, status="published").exclude(pk=made.pk)
        if one.status == "responded" and not one.was_answered and not others.exists():
            RECOMMENDATION.move(one, "retract", by=by)
