"""The commitments of a demonstration: nobody has made them, and each says so wherever it is shown."""

import datetime as dt
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.journal.actions import record
from evenhand.core.references import Ref
from evenhand.domains.reviews.models import Challenge, Clock, Commitment, Update, Wording
from evenhand.domains.reviews.rules.clocks import QUARTER, REPLY
from evenhand.library.calendar import months_after, working_days_after
from evenhand.library.discover import read_table

DECLARED: Final = Path(__file__).with_name("demonstration.toml")
BY: Final = machine("demonstration")
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
    """Take every commitment of the demonstration away; how many. The journal keeps what was done."""
    made = Commitment.objects.filter(demonstration=True)
    refs = [one.ref for one in made] + [one.ref for one in Challenge.objects.filter(commitment__in=made)]
    Clock.objects.filter(of__in=refs).delete()
    _all, by_kind = made.delete()
    removed = int(by_kind.get("reviews.Commitment", 0))
    if removed:
        record("reviews.demonstration.remove", ALL, by=BY, details={"removed": removed})
    return removed


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


def _clock(of: Ref, kind: str, begins_on: dt.date, due_on: dt.date, met_on: dt.date | None = None) -> None:
    Clock.objects.create(of=of, kind=kind, begins_on=begins_on, due_on=due_on, met_on=met_on)


def _before(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(days=days)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
