"""When a difference between groups may be called clear, when it persists, and when it lasts."""

from collections.abc import Collection, Sequence
from typing import Final, Literal

Interval = tuple[float, float] | None
Found = Literal["lasting", "persistent", "none"]
RECENT: Final = 3  # so many of the latest comparable periods are looked at
CLEAR: Final = 2  # in so many of these, the latest among them, it has to be clear


def clear(interval: Interval, harm: str) -> bool:
    """Whether an interval of a ratio leaves out parity on the side that is to the group's harm."""
    if interval is None:
        return False
    lower, upper = interval
    return lower > 1 if harm == "higher" else upper < 1


def found(intervals: Sequence[Interval], harm: str) -> Found:
    """What comparable periods show of one group, the last of them last.

    Persistent where the latest is clear to the group's harm, and at least two of the latest three are; lasting where
    each of two or more is; none otherwise. A period without an interval counts as not clear.
    """
    flags = [clear(one, harm) for one in intervals]
    if not flags or not flags[-1] or sum(flags[-RECENT:]) < CLEAR:
        return "none"
    return "lasting" if all(flags) else "persistent"


def comparable(periods: Sequence[str], breaks: Collection[str]) -> tuple[str, ...]:
    """The periods since the last break of a series: those before it were counted in another way."""
    last = max((place for place, period in enumerate(periods) if period in breaks), default=0)
    return tuple(periods[last:])
