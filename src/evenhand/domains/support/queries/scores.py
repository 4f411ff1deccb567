"""Scores that are in, what they come to, and whether a panel has to talk them over."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from evenhand.domains.support.models import Application, Assessment
from evenhand.domains.support.rules.programmes import Programme, programme
from evenhand.domains.support.rules.scoring import gap, mean, needs_moderation, total

SCALE = (
    (0, _("0: nothing said")),
    (1, _("1: weak")),
    (2, _("2: fair")),
    (3, _("3: good")),
    (4, _("4: very good")),
)


@dataclass(frozen=True)
class Scored:
    """What the scores of an application come to: how far apart they are, and all together."""

    gap: Fraction
    together: Fraction | None
    to_moderate: bool


def scores_in(application: Application) -> list[Assessment]:
    """The assessments that were handed in, in the order in which they were asked for."""
    # Of all, since a desk that shows many applications has read them all at once.
    return [one for one in application.assessments.all() if one.status == "in"]


def moderation_due(application: Application) -> bool:
    """Whether the assessors are further apart than the programme allows, and no panel has talked it over."""
    if application.agreed_scores is not None:
        return False
    return needs_moderation(_programme(application), [one.scores for one in scores_in(application)])


def scored(application: Application) -> Scored:
    """What they come to; of a panel that moderated, what it agreed."""
    declared, found = _programme(application), scores_in(application)
    every = [one.scores for one in found]
    agreed = application.agreed_scores
    return Scored(
        gap(declared, every),
        mean(declared, every) if agreed is None else total(declared, agreed),
        moderation_due(application),
    )


def _programme(application: Application) -> Programme:
    return programme(application.programme)
