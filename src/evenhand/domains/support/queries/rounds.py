"""Rounds as the public sees them: what is open, what comes, what is over and what came of it."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from evenhand.domains.support.lifecycle.rounds import ANNOUNCED, OVER
from evenhand.domains.support.models import Application, FunderReport, Round
from evenhand.domains.support.queries.reports import in_plain_words
from evenhand.domains.support.rules.programmes import Programme, programmes
from evenhand.domains.support.rules.reporting import at_least


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


def rounds_over() -> QuerySet[Round]:
    """Every round that took applications and takes no more."""
    return Round.objects.filter(status__in=OVER)


def open_instead_of(declared: Programme) -> tuple[Programme, ...]:
    """The other programmes that take applications now."""
    return tuple(one.programme for one in standings() if one.takes and one.programme != declared)


@dataclass(frozen=True)
class Outcome:
    """What came of a round, in sixes: rounds and the periods of reports cut across each other, and share people."""

    round: Round
    applied: str
    supported: str


def outcome_of(one: Round) -> Outcome:
    """What came of a round: at least how many applied, and at least how many took support up."""
    counted = Application.objects.filter(round=one, sent_at__isnull=False).aggregate(
        applied=Count("pk"), supported=Count("pk", filter=Q(status="accepted"))
    )
    return Outcome(one, in_plain_words(at_least(counted["applied"])), in_plain_words(at_least(counted["supported"])))


def state() -> Hashable:
    """What every public page of rounds and reports depends on."""
    found = Round.objects.aggregate(touched=Max("touched_at"), count=Count("pk"))
    told = FunderReport.objects.aggregate(last=Max("published_at"), count=Count("published_at"))
    return found["touched"], found["count"], told["last"], told["count"]
