"""How far the totals that an assessor published can be found again in what is held of each recommendation."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["found-again", "in-part", "none-named", "not-counted"]


@dataclass(frozen=True)
class Named:
    """A dated claim about one recommendation, whose number and wording were checked."""

    recommendation: str
    assessor: str
    capacity: str
    position: str
    day: dt.date


@dataclass(frozen=True)
class Line:
    """One part of a total: what was claimed, and how many recommendations a claim of that assessor names."""

    position: str
    claimed: int
    found: int


@dataclass(frozen=True)
class Reproduced:
    """A total beside what can be found again."""

    lines: tuple[Line, ...]  # those of which it can be told: never more found than were counted
    verdict: Verdict
    pooled: bool = False  # what was found is of all who were asked, not of the assessor alone


def reproduce(
    tally: Mapping[str, int], *, assessor: str, capacity: str, day: dt.date | None, named: Iterable[Named]
) -> Reproduced:
    """Count anew, from the latest that the same assessor had said of each recommendation by then.

    Those who were asked speak with many voices, of ministers and departments: theirs are counted together.
    """
    latest: dict[str, Named] = {}
    known = [one for one in named if day is None or one.day <= day]
    for one in sorted(known, key=lambda one: (one.day, one.position)):
        if one.assessor == assessor or (capacity == one.capacity == "addressee"):
            latest[one.recommendation] = one
    if not tally:
        return Reproduced((), "not-counted")
    pooled = any(one.assessor != assessor for one in latest.values())
    every = tuple(
        Line(position, claimed, sum(one.position == position for one in latest.values()))
        for position, claimed in tally.items()
    )
    if all(line.found == line.claimed for line in every):
        return Reproduced(every, "found-again", pooled)
    # Where more are found than were counted, other recommendations are meant: which ones, cannot be told.
    lines = tuple(line for line in every if line.found <= line.claimed)
    return Reproduced(lines, "in-part" if any(line.found for line in lines) else "none-named", pooled)
