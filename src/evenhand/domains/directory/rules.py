"""How old a check may be, what a service's age does to it, which pages need an exit button: plain arithmetic."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

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
    renew: int = 1  # for so long no second link is sent in place of one that ran out

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

    def hides_on(self, assured_on: dt.date) -> dt.date:
        """The day from which it is shown no more, if nobody checks it."""
        return assured_on + dt.timedelta(days=self.hidden)

    def next_check(self, assured_on: dt.date) -> dt.date:
        """By when it should be checked again."""
        return assured_on + dt.timedelta(days=self.current)


CLOCK: Final = Clock()
HALF_LIFE: Final = 180  # days without a check that take half of a listing's weight among others

# Somebody may be watched while they look for this: the page can be left at once.
EXIT_NEEDS: Final = frozenset({"domestic-abuse", "gangs-exit", "hate-crime-support"})


def exits(needs: Iterable[str], flags: Iterable[str]) -> bool:
    """Whether the page of a service with these needs and flags has an exit button."""
    return bool(set(flags) or EXIT_NEEDS & set(needs))


VISIBILITY: Final = ("full", "area", "hidden")  # from the widest to the narrowest
ADDRESS: Final = ("name", "line_1", "line_2")
WHERE: Final = (*ADDRESS, "town", "county", "postcode")


def narrowest(visibilities: Iterable[str]) -> str:
    """The narrowest of several visibilities; the widest, if there are none."""
    return max(visibilities, key=VISIBILITY.index, default=VISIBILITY[0])


def narrowed(location: Mapping[str, Any], visibility: str) -> dict[str, Any]:
    """A location with no more in it than it may show, and than `visibility` allows: what is not shown is not held."""
    shown = narrowest((str(location.get("visibility", VISIBILITY[0])), visibility))
    kept = {**location, "visibility": shown}
    if shown == "full":
        return kept
    gone = WHERE if shown == "hidden" else ADDRESS
    kept |= dict.fromkeys(gone, "")
    if shown == "hidden":
        return kept | {"latitude": None, "longitude": None}
    return kept | {"postcode": str(kept.get("postcode", "")).partition(" ")[0]}
