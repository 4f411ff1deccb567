"""How old a check may be, what a service's age does to it, which pages need an exit button: plain arithmetic."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Freshness = Literal["checked", "due", "stale", "hidden", "never"]


@dataclass(frozen=True)
class Clock:
    """After how many days without a check something happens to a listing.

    Open Referral UK calls a service assured for three months. We ask in good time before that, ask again, mark what
    is 30 days over as stale, and hide it after a year at the latest, having said so a month before.
    """

    ask: tuple[int, ...] = (80, 87, 101, 335)
    current: int = 92
    stale: int = 122
    hidden: int = 365
    answer: int = 60  # for so long a link can be answered

    def freshness(self, assured_on: dt.date | None, today: dt.date) -> Freshness:
        """How far a check can be trusted today; what was never checked is not shown as current either."""
        if assured_on is None:
            return "never"
        age = (today - assured_on).days
        if age < self.current:
            return "checked"
        return "due" if age < self.stale else "stale" if age < self.hidden else "hidden"

    def step(self, assured_on: dt.date, today: dt.date) -> int | None:
        """Which asking is due: the latest whose day has come, from 0 up; none before the first, or once hidden."""
        age = (today - assured_on).days
        due = [number for number, after in enumerate(self.ask) if after <= age]
        return due[-1] if due and age < self.hidden else None

    def next_check(self, assured_on: dt.date) -> dt.date:
        """By when it should be checked again."""
        return assured_on + dt.timedelta(days=self.current)


CLOCK: Final = Clock()
HALF_LIFE: Final = 180  # days without a check that take half of a listing's weight among others

# Somebody may be watched while they look for this: the page can be left at once.
EXIT_NEEDS: Final = frozenset({"domestic-abuse", "gangs-exit", "hate-crime-support"})
FLAGS: Final = ("domestic-abuse", "honour-based-abuse", "hate-crime", "leaving-gangs", "modern-slavery")


def weight(assured_on: dt.date | None, today: dt.date) -> float:
    """By how much a listing counts among others as good: 1 while its check is current, then halved every 180 days."""
    if assured_on is None:
        return 0.25
    over = max((today - assured_on).days - CLOCK.current, 0)
    return float(0.5 ** (over / HALF_LIFE))


def exits(needs: Iterable[str], flags: Iterable[str]) -> bool:
    """Whether the page of a service with these needs and flags has an exit button."""
    return bool(set(flags) or EXIT_NEEDS & set(needs))
