"""How far the totals that an assessor published can be found again in what is held of each recommendation."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["found-again", "in-part", "none-named", "not-counted"]


@dataclass(frozen=True)
class Named:
    """A claim that names one recommendation."""

    recommendation: str
    assessor: str
    capacity: str
    position: str
    day: dt.date | None = None


@dataclass(frozen=True)
class Line:
    """One part of a total: what was claimed, and how many recommendations a claim of that assessor names."""

    position: str
    claimed: int
    found: int


@dataclass(frozen=True)
class Reproduced:
    """A total beside what can be found again."""

    lines: tuple[Line, ...]
    verdict: Verdict

    @property
    def claimed(self) -> int:
        """How many were counted in all."""
        return sum(line.claimed for line in self.lines)

    @property
    def found(self) -> int:
        """How many of them are named."""
        return sum(min(line.found, line.claimed) for line in self.lines)


def reproduce(
    tally: Mapping[str, int], *, assessor: str, capacity: str, day: dt.date | None, named: Iterable[Named]
) -> Reproduced:
    """Count anew, from the latest that the same assessor had said of each recommendation by then.

    Those who were asked speak with many voices, of ministers and departments: theirs are counted together.
    """
    latest: dict[str, Named] = {}
    known = [one for one in named if day is None or one.day is None or one.day <= day]
    for one in sorted(known, key=lambda one: (one.day or dt.date.min, one.position)):
        if one.assessor == assessor or (capacity == one.capacity == "addressee"):
            latest[one.recommendation] = one
    lines = tuple(
        Line(position, claimed, sum(one.position == position for one in latest.values()))
        for position, claimed in tally.items()
    )
    if not lines:
        return Reproduced((), "not-counted")
    if all(line.found == line.claimed for line in lines):
        return Reproduced(lines, "found-again")
    return Reproduced(lines, "in-part" if any(line.found for line in lines) else "none-named")
