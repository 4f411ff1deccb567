"""What scores come to, how far two assessors are apart, and whether a panel has to talk it over."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

from evenhand.domains.support.rules.programmes import Programme

LOWEST: Final = 0
HIGHEST: Final = 4
Scores = Mapping[str, int]


class BadScores(ValueError):
    """Scores that are not whole, or not of this programme: which criteria are wrong."""

    def __init__(self, criteria: Iterable[str]) -> None:
        """Keep which."""
        self.criteria = tuple(criteria)
        super().__init__(f"not scored from {LOWEST} to {HIGHEST}: {', '.join(self.criteria)}")


def total(programme: Programme, scores: Scores) -> Fraction:
    """Scores as weighted points out of 100, exactly; BadScores unless every criterion has one from 0 to 4."""
    bad = [one.slug for one in programme.criteria if not _good(scores.get(one.slug))]
    bad += sorted(set(scores) - {one.slug for one in programme.criteria})
    if bad:
        raise BadScores(bad)
    return sum((Fraction(one.weight * scores[one.slug], HIGHEST) for one in programme.criteria), Fraction(0))


def gap(programme: Programme, scored: Iterable[Scores]) -> Fraction:
    """How many points the highest is above the lowest; 0 of one assessor or none."""
    totals = [total(programme, scores) for scores in scored]
    return max(totals) - min(totals) if totals else Fraction(0)


def needs_moderation(programme: Programme, scored: Iterable[Scores]) -> bool:
    """Whether assessors are further apart than the programme allows: at the threshold itself they are not."""
    return gap(programme, scored) > programme.assessment.gap


def mean(programme: Programme, scored: Iterable[Scores]) -> Fraction | None:
    """The points of all assessors together, each counting the same; None of none."""
    totals = [total(programme, scores) for scores in scored]
    return sum(totals, Fraction(0)) / len(totals) if totals else None


def _good(score: object) -> bool:
    return isinstance(score, int) and not isinstance(score, bool) and LOWEST <= score <= HIGHEST
