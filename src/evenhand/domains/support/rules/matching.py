"""Which consultant fits which need, and why: every point is a sentence that a person can agree with or not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

NEAR = 2
SKILL, OWN_AREA, AT_A_DISTANCE, LIVED, FREE, LATER, NEW = 5, 3, 1, 2, 2, -2, 1


@dataclass(frozen=True)
class Wanted:
    """What an organisation wants help with, where it works (with every place around), and how many quarters."""

    skills: frozenset[str]
    areas: frozenset[str]
    around: frozenset[str] = frozenset()
    quarters: int = 0


@dataclass(frozen=True)
class Offered:
    """What a consultant says of themselves, as far as matching may know it: no rate, and no words about their life."""

    skills: frozenset[str]
    areas: frozenset[str]
    remote: bool = False
    lived_experience: bool = False
    free_in_days: int = 0
    engaged: int = 0


@dataclass(frozen=True)
class Point:
    """One reason for or against, as a sentence with its blanks, and how much it weighs."""

    words: str
    weight: int
    said: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.words % self.said


@dataclass(frozen=True)
class Match:
    """How well somebody fits: the points, and what they add up to."""

    points: tuple[Point, ...]

    @property
    def weight(self) -> int:
        """The sum."""
        return sum(point.weight for point in self.points)


COVERS = "Can help with: %(skills)s."
LACKS = "Does not name among their skills: %(skills)s."
SAME_AREA = "Works where the organisation works."
REMOTE = "Works at a distance, and not where the organisation is."
ELSEWHERE = "Works neither where the organisation is nor at a distance."
BRINGS_LIFE = "Brings lived experience, and says so in their own words."
FREE_NOW = "Is free now."
FREE_SOON = "Is free in %(days)s days."
FREE_LATE = "Is free only in %(days)s days."
NO_OTHER = "Has no other engagement just now."
SOON = 28


def explain(wanted: Wanted, offered: Offered, names: Mapping[str, str]) -> Match:
    """Say, point by point, how somebody fits. The same answers always give the same points."""
    covers, lacks = wanted.skills & offered.skills, wanted.skills - offered.skills
    points = []
    if covers:
        points.append(Point(COVERS, SKILL * len(covers), {"skills": _listed(covers, names)}))
    if lacks:
        points.append(Point(LACKS, 0, {"skills": _listed(lacks, names)}))
    if offered.areas & (wanted.areas | wanted.around):
        points.append(Point(SAME_AREA, OWN_AREA))
    elif offered.remote:
        points.append(Point(REMOTE, AT_A_DISTANCE))
    else:
        points.append(Point(ELSEWHERE, -OWN_AREA))
    if offered.lived_experience:
        points.append(Point(BRINGS_LIFE, LIVED))
    if offered.free_in_days <= 0:
        points.append(Point(FREE_NOW, FREE))
    else:
        soon = offered.free_in_days <= SOON
        points.append(
            Point(FREE_SOON if soon else FREE_LATE, 0 if soon else LATER, {"days": str(offered.free_in_days)})
        )
    if not offered.engaged:
        points.append(Point(NO_OTHER, NEW))
    return Match(tuple(points))


def ranked(matches: Iterable[tuple[str, Match]], most: int) -> tuple[tuple[str, Match], ...]:
    """The best, at most so many; of equals, the one that stands first."""
    return tuple(sorted(matches, key=lambda one: -one[1].weight)[:most])


def _listed(slugs: Collection[str], names: Mapping[str, str]) -> str:
    return ", ".join(name for slug, name in names.items() if slug in slugs)
