"""Starting, keeping and ending clocks, and telling staff of what is due and of what nobody did."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, machine
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.errors import Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.references import Ref, resolve
from evenhand.domains.reviews.models import Body, Clock
from evenhand.domains.reviews.people import KEEPERS
from evenhand.domains.reviews.rules.clocks import WARNED
from evenhand.library.calendar import UnknownYear, working_days_after

CLOCKWORK = machine("progress-clock")


@transaction.atomic
def start(
    of: Ref,
    kind: str,
    *,
    due_on: dt.date,
    by: Caller,
    on: dt.date | None = None,
    body: Body | None = None,
) -> Clock:
    """Let a clock run; one of the same kind about the same thing, owed by the same body, is no longer due."""
    begins_on = on or timezone.localdate()
    _end(_running(of).filter(kind=kind, body=body), by=by, on=begins_on)
    clock = Clock(of=of, kind=kind, begins_on=begins_on, due_on=max(due_on, begins_on), body=body)
    clock.full_clean()
    clock.save()
    record("reviews.clock.start", of, by=by, details=_details(clock, due_on=str(clock.due_on)))
    return clock


@transaction.atomic
def start_each(
    of: Ref, kind: str, *, due_on: dt.date, by: Caller, bodies: Iterable[Body], on: dt.date | None = None
) -> list[Clock]:
    """Let a clock run for each body that was asked, or for those that took over from it where it ended.

    Of a body that ended and that nobody took over from, nothing is due.
    """
    heirs = {heir.pk: heir for body in bodies for heir in body.heirs}
    owed = sorted(heirs.values(), key=lambda one: one.name)
    return [start(of, kind, due_on=due_on, by=by, on=on, body=body) for body in owed]


@transaction.atomic
def keep(of: Ref, kind: str, *, by: Caller, on: dt.date | None = None, body: Body | None = None) -> list[Clock]:
    """What was due was done, on time or late: by one body if it is named, else by all who owed it."""
    running = _running(of).filter(kind=kind)
    kept = list((running.filter(body=body) if body else running).select_for_update(of=("self",)))
    for clock in kept:
        clock.met_on = max(on or timezone.localdate(), clock.begins_on)
        clock.save()
        record("reviews.clock.keep", of, by=by, details=_details(clock, met_on=str(clock.met_on)))
    return kept


@transaction.atomic
def end(of: Ref, kind: str, *, by: Caller, on: dt.date | None = None) -> list[Clock]:
    """What was due is not due any more, from anybody."""
    return _end(_running(of).filter(kind=kind), by=by, on=on or timezone.localdate())


@transaction.atomic
def reopen(of: Ref, kind: str, *, by: Caller, on: dt.date | None = None, body: Body | None = None) -> Clock | None:
    """What was written down as done, on a day if it is named, was not: its last clock runs on to the day it had."""
    every = Clock.objects.filter(of=of, kind=kind, body=body).select_for_update(of=("self",))
    if every.running().exists():
        return None
    kept = every.filter(met_on=on) if on else every.exclude(met_on=None)
    clock = kept.order_by("-met_on", "-pk").first()
    if clock:
        clock.met_on = None
        clock.save()
        record("reviews.clock.reopen", of, by=by, details=_details(clock, due_on=str(clock.due_on)))
    return clock


@transaction.atomic
def hand_over(*, by: Caller) -> int:
    """Let what an ended body still owes be owed by those that took over, by the same day; how many clocks changed."""
    found = Clock.objects.running().exclude(body=None).exclude(body__ended="")
    clocks = list(found.select_for_update(of=("self",)).select_related("body"))
    for clock in clocks:
        today = timezone.localdate()
        _end(Clock.objects.filter(pk=clock.pk), by=by, on=max(today, clock.begins_on))
        for heir in clock.body.heirs if clock.body else ():
            owes = _running(clock.of).filter(kind=clock.kind, body=heir)
            if not owes.exists():
                start(clock.of, clock.kind, due_on=clock.due_on, by=by, on=clock.begins_on, body=heir)
    return len(clocks)


def reply_due(on: dt.date, days: int) -> dt.date:
    """So many working days after a day; Refused where bank holidays are not known that far."""
    try:
        return working_days_after(on, days)
    except UnknownYear:
        raise Refused(
            _("Bank holidays of that year are not known here yet. Give the day itself."), code="unknown-year"
        ) from None


def chase(now: dt.datetime) -> int:
    """Tell staff of each clock that will soon run out and is ours, and of each that has run out; once each."""
    today = timezone.localdate(now)
    hand_over(by=CLOCKWORK)
    running = Clock.objects.running()
    soon = running.filter(body=None, warned_on=None, due_on__gte=today, due_on__lte=today + dt.timedelta(days=WARNED))
    late = running.filter(chased_on=None, due_on__lt=today)
    return sum(_tell(pk, "warned_on", today) for pk in soon.values_list("pk", flat=True)) + sum(
        _tell(pk, "chased_on", today) for pk in late.values_list("pk", flat=True)
    )


def keepers() -> QuerySet[Person]:
    """Everybody who keeps track of what was promised."""
    now = RoleHeld.objects.filter(role__in=KEEPERS).holding()
    return Person.objects.filter(pk__in=now.values("person"), is_active=True)


@transaction.atomic
def _tell(pk: int, column: str, today: dt.date) -> bool:
    """The letters and the mark that they were written, in one transaction; nothing if it was done meanwhile."""
    clock = Clock.objects.running().select_for_update().filter(pk=pk, **{column: None}).first()
    if clock is None:
        return False
    setattr(clock, column, today)
    clock.save()
    known = resolve([clock.of])[clock.of]
    overdue = column == "chased_on"
    for person in keepers():
        post(
            "reviews/clock.txt",
            to=person.email,
            about=clock.of,
            clock=clock,
            known=known,
            overdue=overdue,
            whose=str(clock.body or "") or settings.BODY or "Evenhand",
        )
    tag = "reviews.clock.overdue" if overdue else "reviews.clock.warn"
    record(tag, clock.of, by=CLOCKWORK, details={"kind": clock.kind, "due_on": str(clock.due_on)})
    return True


def _end(running: QuerySet[Clock], *, by: Caller, on: dt.date) -> list[Clock]:
    ended = list(running.select_for_update(of=("self",)).select_related("body"))
    for clock in ended:
        clock.ended_on = on
        clock.save()
        record("reviews.clock.end", clock.of, by=by, details=_details(clock))
    return ended


def _details(clock: Clock, **said: str) -> dict[str, str]:
    return {"kind": clock.kind, "body": clock.body.slug if clock.body else "", **said}


def _running(of: Ref) -> QuerySet[Clock]:
    return Clock.objects.running().filter(of=of)
