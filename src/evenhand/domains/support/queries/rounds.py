"""Rounds as the public sees them: what is open, what comes, what is over and what came of it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet, Sum

from evenhand.domains.support.lifecycle.rounds import ANNOUNCED, OVER
from evenhand.domains.support.models import Application, Round
from evenhand.domains.support.rules.programmes import Programme, programmes

FEW = 6  # fewer than this many are not counted out: on a small round a number would tell who


@dataclass(frozen=True)
class Standing:
    """How a programme stands today: its round that is open, paused or to come, and those that are over."""

    programme: Programme
    now: Round | None
    over: tuple[Round, ...]

    @property
    def takes(self) -> bool:
        """Whether somebody can apply now."""
        return self.now is not None and self.now.status == "open"


def rounds_announced() -> QuerySet[Round]:
    """Every round that the public may know of."""
    return Round.objects.filter(status__in=ANNOUNCED)


def standing_of(declared: Programme) -> Standing:
    """How one programme stands."""
    rounds = list(rounds_announced().filter(programme=declared.slug).order_by("opens_at"))
    current = [one for one in rounds if one.status not in OVER]
    first = next((one for one in current if one.status in {"open", "paused"}), current[0] if current else None)
    return Standing(declared, first, tuple(one for one in reversed(rounds) if one.status in OVER))


def standings() -> tuple[Standing, ...]:
    """How every programme stands, those that take applications first."""
    return tuple(sorted(map(standing_of, programmes()), key=lambda one: not one.takes))


@dataclass(frozen=True)
class Outcome:
    """What came of a round, in numbers that tell nobody's business; None is fewer than six."""

    round: Round
    applied: int | None
    supported: int | None
    given: str


def outcomes_of(rounds: Iterable[Round]) -> tuple[Outcome, ...]:
    """What came of rounds that are decided."""
    return tuple(_outcome(one) for one in rounds)


def _outcome(one: Round) -> Outcome:
    sent = Application.objects.filter(round=one, sent_at__isnull=False)
    counted = sent.aggregate(
        applied=Count("pk"),
        supported=Count("pk", filter=Q(status="accepted")),
        days=Sum("days_awarded", filter=Q(status="accepted")),
        pounds=Sum("pounds_awarded", filter=Q(status="accepted")),
    )
    applied, supported = _guarded(counted["applied"]), _guarded(counted["supported"])
    given = counted["days"] or counted["pounds"]
    return Outcome(one, applied, supported, f"{given:g}" if given and supported else "")


def _guarded(count: int) -> int | None:
    return count if count == 0 or count >= FEW else None


def state() -> Hashable:
    """What every public page of rounds depends on."""
    found = Round.objects.aggregate(touched=Max("touched_at"), count=Count("pk"))
    return found["touched"], found["count"]
