"""Proposing a commitment, writing down what the board decided, and telling in public where it stands."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.reviews.actions.clocks import keep, reopen, start
from evenhand.domains.reviews.lifecycle import COMMITMENT, UPDATE
from evenhand.domains.reviews.lifecycle.commitments import ADOPTED
from evenhand.domains.reviews.models import Clock, Commitment, Update, Wording
from evenhand.domains.reviews.models.commitments import WORDED
from evenhand.domains.reviews.people import clerk, keeper
from evenhand.domains.reviews.rules.clocks import QUARTER
from evenhand.library.calendar import months_after


@transaction.atomic
def propose(made: Commitment, *, by: Caller) -> Commitment:
    """Put a commitment forward for the board; nobody outside sees it before it is adopted."""
    _only_keepers(by)
    made.written_by, made.status = by.ref, COMMITMENT.first
    made.full_clean()
    made.save()
    record("reviews.commitment.propose", made.ref, by=by, details={"due_on": str(made.due_on)})
    return made


def adopt(made: Commitment, *, by: Caller, decided_on: dt.date) -> Commitment:
    """Write down that the board adopted it: from now on everybody sees it, and its clocks run."""
    adopted: Commitment = COMMITMENT.move(made, "adopt", by=by, decided_on=decided_on)
    return adopted


def decline(made: Commitment, *, by: Caller, why: str) -> Commitment:
    """Write down that the board did not adopt it, and why."""
    declined: Commitment = COMMITMENT.move(made, "decline", by=by, why=why)
    return declined


@transaction.atomic
def write_update(update: Update, *, by: Caller) -> Update:
    """Write what is to be told of a commitment; a second person publishes it."""
    _only_keepers(by)
    fit_update(update, by=by)
    made = Commitment.objects.select_for_update().get(pk=update.commitment_id)
    if made.status not in ADOPTED:
        raise NotPossible(_("The board has not adopted it: there is nothing to tell of it yet."), code="not-adopted")
    if made.updates.filter(status=UPDATE.first).exists():
        raise NotPossible(_("Another update waits to be published. Publish it or take it back first."), code="waits")
    update.written_by, update.status = by.ref, UPDATE.first
    update.full_clean()
    update.save()
    record("reviews.update.write", made.ref, by=by, details={"standing": update.standing, "update": str(update.pk)})
    return update


def fit_update(update: Update, *, by: Caller) -> None:
    """Refuse what somebody may not tell."""
    if update.standing == Update.Standing.CHANGED and not clerk.admits(by):
        raise NotAllowed(clerk.sentence)


def publish_update(update: Update, *, by: Caller) -> Update:
    """Publish what somebody else wrote: the commitment stands as it says, and the clock for the next one runs."""
    published: Update = UPDATE.move(update, "publish", by=by)
    return published


def withdraw_update(update: Update, *, by: Caller) -> Update:
    """Take back what was not yet published."""
    withdrawn: Update = UPDATE.move(update, "withdraw", by=by)
    return withdrawn


@COMMITMENT.on("adopt")
def _adopted(made: Commitment, *, by: Caller, decided_on: dt.date) -> None:
    if decided_on > timezone.localdate():
        raise Refused(_("The day of the decision has not come yet."), code="not-yet")
    made.adopted_on = decided_on
    start(made.ref, Clock.Kind.UPDATE, due_on=months_after(decided_on, QUARTER), on=decided_on, by=by)
    start(made.ref, Clock.Kind.PROMISE, due_on=made.due_on, on=decided_on, by=by)


@COMMITMENT.on("decline")
def _declined(made: Commitment, *, by: Caller, why: str) -> None:
    del by
    made.why = why


@UPDATE.on("publish")
def _published(update: Update, *, by: Caller) -> None:
    """The update, where the commitment stands and its clocks change together."""
    today = timezone.localdate()
    update.published_on = today
    made = Commitment.objects.get(pk=update.commitment_id)
    COMMITMENT.move(made, update.standing, by=by, update=update)
    keep(made.ref, Clock.Kind.UPDATE, by=by, on=today)
    if update.standing == Update.Standing.MET:
        keep(made.ref, Clock.Kind.PROMISE, by=by, on=today)
    else:
        # What was said to be met and was not is due again, by the day that was promised.
        reopen(made.ref, Clock.Kind.PROMISE, by=by)
        start(made.ref, Clock.Kind.UPDATE, due_on=months_after(today, QUARTER), on=today, by=by)


@COMMITMENT.on("changed")
def _changed(made: Commitment, *, by: Caller, update: Update) -> None:
    """What it said before is kept, and shown below what it says now."""
    today = timezone.localdate()
    Wording.objects.create(
        commitment=made, until=today, why=update.words, **{name: getattr(made, name) for name in WORDED}
    )
    due_before = made.due_on
    for name in ("text", "measure", "target", "due_on"):
        setattr(made, name, getattr(update, name) or getattr(made, name))
    if made.due_on != due_before:
        start(made.ref, Clock.Kind.PROMISE, due_on=made.due_on, on=today, by=by)


def _only_keepers(by: Caller) -> None:
    if not keeper.admits(by):
        raise NotAllowed(keeper.sentence)
