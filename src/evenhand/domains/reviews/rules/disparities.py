"""When a difference between groups may be called clear, and when lasting."""

from collections.abc import Sequence
from typing import Final, Literal

Interval = tuple[float, float] | None
Found = Literal["lasting", "clear", "none"]
YEARS: Final = 2  # the fewest periods of which it can be said that a difference lasts


def clear(interval: Interval, harm: str) -> bool:
    """Whether an interval of a ratio leaves out parity on the side that is to the group's harm."""
    if interval is None:
        return False
    lower, upper = interval
    return lower > 1 if harm == "higher" else upper < 1


def found(intervals: Sequence[Interval], harm: str) -> Found:
    """What the published periods show of one group, the last of them last.

    Lasting where each of two or more periods is clear to the group's harm; clear where the last one is, but not all, or
    there is but one; none otherwise. A period without an interval counts as not clear.
    """
    if not intervals or not clear(intervals[-1], harm):
        return "none"
    every = all(clear(one, harm) for one in intervals)
    return "lasting" if every and len(intervals) >= YEARS else "clear"
