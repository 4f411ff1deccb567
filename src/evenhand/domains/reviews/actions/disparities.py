"""Putting a disparity forward, opening it with the body that answers for it, and writing down each turn since."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.reviews.actions.clocks import end, keep, reply_due, start_each
from evenhand.domains.reviews.lifecycle import DISPARITY, EXCHANGE
from evenhand.domains.reviews.lifecycle.disparities import PUBLIC
from evenhand.domains.reviews.models import Body, Clock, Disparity, Exchange
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.rules.clocks import REPLY

Kind = Exchange.Kind
STANDS = {"figure", "group", "reference", "groups"}  # what makes it this difference and no other


@transaction.atomic
def propose(made: Disparity, *, by: Caller) -> Disparity:
    """Put a difference forward, as of the release that shows it; nobody outside sees it before it is opened."""
    _only_keepers(by)
    there = Disparity.objects.exclude(status="dismissed").filter(**{name: getattr(made, name) for name in STANDS})
    if there.exists():
        raise NotPossible(_("This difference is on the register already."), code="on-the-register")
    made.written_by, made.status = by.ref, DISPARITY.first
    made.full_clean()
    made.save()
    about = {"figure": str(made.figure), "group": made.group, "release": made.release}
    record("reviews.disparity.propose", made.ref, by=by, details=about)
    return made


def open_it(made: Disparity, *, by: Caller, body: Body) -> Disparity:
    """Open it, as a second person, and say which body answers for it: from now on everybody sees it."""
    opened: Disparity = DISPARITY.move(made, "open", by=by, body=body)
    return opened


def dismiss(made: Disparity, *, by: Caller, why: str) -> Disparity:
    """Do not open it, and say why."""
    dismissed: Disparity = DISPARITY.move(made, "dismiss", by=by, why=why)
    return dismissed


@transaction.atomic
def write_turn(turn: Exchange, *, by: Caller) -> Exchange:
    """Write down what happened; a second person publishes it."""
    _only_keepers(by)
    made = Disparity.objects.select_for_update().get(pk=turn.disparity_id)
    fit_turn(turn, by=by)
    if made.exchanges.filter(status=EXCHANGE.first).exists():
        raise NotPossible(_("Another turn waits to be published. Publish it or take it back first."), code="waits")
    turn.written_by, turn.status = by.ref, EXCHANGE.first
    turn.full_clean()
    turn.save()
    record("reviews.exchange.write", made.ref, by=by, details={"kind": turn.kind, "turn": str(turn.pk)})
    return turn


def fit_turn(turn: Exchange, *, by: Caller) -> None:
    """Refuse a turn that cannot have happened so."""
    made = Disparity.objects.get(pk=turn.disparity_id)
    if turn.kind not in {move.name for move in DISPARITY.open_to(made, by)} or made.status not in PUBLIC:
        raise NotPossible(_("That cannot have happened now: look at where it stands."), code="not-now")
    if turn.on > timezone.localdate():
        raise Refused(_("That day has not come yet."), code="not-yet")
    if turn.kind == Kind.PROMISE and turn.due_on is None:
        raise Refused(_("Say by when the reform is promised. A promise without a day is no promise."), code="no-day")
    if turn.due_on is not None and turn.due_on < turn.on:
        raise Refused(_("What is due cannot be due before it was asked or promised."), code="due-before")
    if turn.kind == Kind.ASK and turn.due_on is not None and turn.due_on < timezone.localdate():
        raise Refused(_("That day is over. Give the body a day to come, or leave it empty."), code="due-over")


def publish_turn(turn: Exchange, *, by: Caller) -> Exchange:
    """Publish what somebody else wrote: the disparity stands where it says, and the clocks with it."""
    published: Exchange = EXCHANGE.move(turn, "publish", by=by)
    return published


def withdraw_turn(turn: Exchange, *, by: Caller) -> Exchange:
    """Take back what was not yet published."""
    withdrawn: Exchange = EXCHANGE.move(turn, "withdraw", by=by)
    return withdrawn


@DISPARITY.on("open")
def _opened(made: Disparity, *, by: Caller, body: Body) -> None:
    del by
    made.body, made.opened_on = body, timezone.localdate()


@DISPARITY.on("dismiss")
def _dismissed(made: Disparity, *, by: Caller, why: str) -> None:
    del by
    made.why = why


@EXCHANGE.on("publish")
def _published(turn: Exchange, *, by: Caller) -> None:
    """The turn, where the disparity stands and its clocks change together."""
    turn.published_on = timezone.localdate()
    made = Disparity.objects.select_related("body").get(pk=turn.disparity_id)
    DISPARITY.move(made, turn.kind, by=by, turn=turn)
    owed = (made.body,) if made.body else ()
    if turn.kind == Kind.ASK:
        turn.due_on = _due(turn)
        start_each(made.ref, Clock.Kind.REPLY, due_on=turn.due_on, on=turn.on, by=by, bodies=owed)
    if turn.kind in {Kind.EXPLAIN, Kind.PROMISE}:
        keep(made.ref, Clock.Kind.REPLY, by=by, on=turn.on)
    if turn.kind == Kind.PROMISE and turn.due_on:
        start_each(made.ref, Clock.Kind.PROMISE, due_on=turn.due_on, on=turn.on, by=by, bodies=owed)
    if turn.kind == Kind.CLOSE:
        close = keep if turn.done else end
        close(made.ref, Clock.Kind.PROMISE, by=by, on=turn.on)
        end(made.ref, Clock.Kind.REPLY, by=by, on=turn.on)


def _due(turn: Exchange) -> dt.date:
    """By when an answer is due. Nobody is shown as late on the day that it is first said that they were asked."""
    today = timezone.localdate()
    due_on = turn.due_on or reply_due(turn.on, REPLY)
    return due_on if due_on >= today else reply_due(today, REPLY)


def _only_keepers(by: Caller) -> None:
    if not keeper.admits(by):
        raise NotAllowed(keeper.sentence)
