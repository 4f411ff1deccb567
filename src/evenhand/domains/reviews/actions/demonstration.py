"""The commitments and the register of a demonstration: nobody has made or said any of it, and each says so."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.journal.actions import record
from evenhand.core.references import Ref
from evenhand.domains.reviews.models import Body, Challenge, Clock, Commitment, Disparity, Exchange, Update, Wording
from evenhand.domains.reviews.rules.clocks import QUARTER, REPLY
from evenhand.library.calendar import months_after, working_days_after
from evenhand.library.discover import read_table

DECLARED: Final = Path(__file__).with_name("demonstration.toml")
BY: Final = machine("demonstration")
BODY: Final = "demo-authority"
ALL: Final = Ref("reviews.demonstration", "all")
Told = dict[str, Any]


@transaction.atomic
def load(today: dt.date | None = None) -> int:
    """Make the commitments that are missing, all at once; how many. Each day in them is counted from today."""
    day = today or timezone.localdate()
    there = set(Commitment.objects.values_list("slug", flat=True))
    made = [_commitment(told, day) for told in read_table(DECLARED)["commitment"] if told["slug"] not in there]
    if made:
        record("reviews.demonstration.load", ALL, by=BY, details={"made": len(made)})
    return len(made)


@transaction.atomic
def remove() -> int:
    """Take away every commitment and entry of the demonstration; how many. The journal keeps what was done."""
    made = Commitment.objects.filter(demonstration=True)
    entries = Disparity.objects.filter(demonstration=True)
    asked = Challenge.objects.filter(commitment__in=made)
    refs = [*(one.ref for one in made), *(one.ref for one in entries), *(one.ref for one in asked)]
    Clock.objects.filter(of__in=refs).delete()
    removed = 0
    for some in (made, entries):
        _all, by_kind = some.delete()
        removed += by_kind.get("reviews.Commitment", 0) + by_kind.get("reviews.Disparity", 0)
    Body.objects.filter(slug=BODY).delete()
    if removed:
        record("reviews.demonstration.remove", ALL, by=BY, details={"removed": removed})
    return removed


@transaction.atomic
def load_register(entries: Iterable[Disparity], today: dt.date | None = None) -> int:
    """Put figures that are real on the register, with a body that is not and turns that nobody took; how many."""
    day = today or timezone.localdate()
    if Disparity.objects.filter(demonstration=True).exists():
        return 0
    turns = read_table(DECLARED)["register"]
    body, _fresh = Body.objects.get_or_create(slug=BODY, defaults={"name": "An authority (demonstration)"})
    made = [_entered(entry, told, body, day) for entry, told in zip(entries, turns, strict=False)]
    if made:
        record("reviews.demonstration.load", ALL, by=BY, details={"made": len(made)})
    return len(made)


def _entered(entry: Disparity, told: Told, body: Body, day: dt.date) -> Disparity:
    """One entry as it would stand today, had it been exchanged about as the file says."""
    entry.status, entry.body, entry.demonstration = told["status"], body, True
    entry.written_by, entry.opened_on = BY.ref, _before(day, told["opened"])
    entry.save()
    for one in told.get("turn", ()):
        on = _before(day, one["ago"])
        due_on = _before(day, one["due"]) if "due" in one else None
        kept = {name: value for name, value in one.items() if name not in {"ago", "due", "met"}}
        Exchange.objects.create(
            disparity=entry,
            on=on,
            due_on=due_on,
            status="published",
            written_by=BY.ref,
            written_at=_noon(on),
            published_on=on,
            **kept,
        )
        if due_on:
            kind = Clock.Kind.REPLY if one["kind"] == "ask" else Clock.Kind.PROMISE
            met_on = _before(day, one["met"]) if "met" in one else None
            _clock(entry.ref, kind, on, due_on, met_on=met_on, body=body)
    return entry


def _commitment(told: Told, day: dt.date) -> Commitment:
    """One commitment as it would stand today, had it been kept as the file says."""
    words = {
        name: told[name] for name in ("slug", "title", "text", "owner", "sponsor", "measure", "baseline", "target")
    }
    adopted = _before(day, told["adopted"]) if "adopted" in told else None
    made = Commitment.objects.create(
        **words,
        due_on=_before(day, -told["due"]),
        status=told["status"],
        written_by=BY.ref,
        adopted_on=adopted,
        demonstration=True,
    )
    if adopted is None:
        return made
    _clocks(made, adopted, [_before(day, one["ago"]) for one in told.get("update", ())])
    for one in told.get("update", ()):
        kept = {name: value for name, value in one.items() if name != "ago"}
        on = _before(day, one["ago"])
        Update.objects.create(
            commitment=made, status="published", written_by=BY.ref, published_on=on, written_at=_noon(on), **kept
        )
    for one in told.get("wording", ()):
        kept = {name: value for name, value in one.items() if name not in {"ago", "due"}}
        until, due_on = _before(day, one["ago"]), _before(day, -one["due"])
        Wording.objects.create(commitment=made, until=until, due_on=due_on, **kept)
    for one in told.get("question", ()):
        _question(made, one, day)
    return made


def _clocks(made: Commitment, adopted: dt.date, told_on: list[dt.date]) -> None:
    """A clock from each update to the next, and one for the promise."""
    begins = adopted
    for on in told_on:
        _clock(made.ref, Clock.Kind.UPDATE, begins, months_after(begins, QUARTER), met_on=on)
        begins = on
    _clock(made.ref, Clock.Kind.UPDATE, begins, months_after(begins, QUARTER))
    _clock(made.ref, Clock.Kind.PROMISE, adopted, made.due_on)


def _question(made: Commitment, told: Told, day: dt.date) -> None:
    on = _before(day, told["ago"])
    answered = _before(day, told["answered"]) if "answered" in told else None
    asked = Challenge.objects.create(
        commitment=made,
        asked=told["asked"],
        answer=told.get("answer", ""),
        status="answered" if answered else "shown",
        screened_by=BY.ref,
        screened_on=on,
        made_at=_noon(on),
        answered_on=answered,
    )
    _clock(asked.ref, Clock.Kind.REPLY, on, working_days_after(on, REPLY), met_on=answered)


def _clock(
    of: Ref,
    kind: str,
    begins_on: dt.date,
    due_on: dt.date,
    met_on: dt.date | None = None,
    body: Body | None = None,
) -> None:
    Clock.objects.create(of=of, kind=kind, begins_on=begins_on, due_on=due_on, met_on=met_on, body=body)


def _before(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(days=days)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
