"""Who could help with an engagement, the best first, each with its reasons."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenhand.core.accounts.models import RoleHeld
from evenhand.core.organisations.models import Area
from evenhand.domains.support.lifecycle.engagements import MATCHED
from evenhand.domains.support.models import Consultant, Engagement, Participant, Shortlisted
from evenhand.domains.support.rules import capacity
from evenhand.domains.support.rules.matching import Match, Offered, Wanted, explain, ranked
from evenhand.library.places import UnknownPlace, place

MOST = 12


def explained(engagement: Engagement, consultant: Consultant) -> Match:
    """How one consultant fits, point by point."""
    return explain(wanted_of(engagement), offered_by(consultant), _names())


def candidates(engagement: Engagement) -> list[tuple[Consultant, Match]]:
    """Consultants who are available and have not said no to it, the best first."""
    gone = engagement.shortlist.filter(outcome=Shortlisted.Outcome.DECLINED).values("consultant")
    pool = {
        str(one.pk): one
        for one in Consultant.objects.filter(status="available", kind=Consultant.Kind.CONSULTANT)
        .exclude(pk__in=gone)
        .exclude(pk__in=from_within(engagement).values("pk"))
        .select_related("person")
    }
    wanted, names = wanted_of(engagement), _names()
    matches = ((key, explain(wanted, offered_by(one), names)) for key, one in pool.items())
    return [(pool[key], match) for key, match in ranked(matches, MOST)]


def from_within(engagement: Engagement) -> QuerySet[Consultant]:
    """Consultants who have, or had, a part in the organisation or in its application."""
    roles = RoleHeld.objects.filter(organisation=engagement.organisation_id).values("person")
    parts = Participant.objects.filter(application=engagement.application_id).exclude(person=None).values("person")
    return Consultant.objects.filter(Q(person__in=roles) | Q(person__in=parts))


def wanted_of(engagement: Engagement) -> Wanted:
    """What the organisation wants: what was asked for, or else what it is least sure of."""
    skills = tuple(engagement.skills)
    if not skills and (before := engagement.checks.filter(moment="before").first()):
        skills = capacity.weakest(before.answers)
    areas = frozenset(Area.objects.filter(organisation=engagement.organisation_id).values_list("code", flat=True))
    around = frozenset(code for area in areas for code in _around(area))
    return Wanted(frozenset(skills), areas, around, engagement.quarters_awarded - engagement.quarters_used)


def offered_by(consultant: Consultant) -> Offered:
    """What matching may know of a consultant."""
    today = timezone.localdate()
    wait = (consultant.free_from - today).days if consultant.free_from else 0
    return Offered(
        frozenset(consultant.skills),
        frozenset(consultant.areas),
        consultant.remote,
        bool(consultant.lived_experience_shown),
        max(wait, 0),
        consultant.engagements.filter(status__in=MATCHED).count(),
    )


def _around(code: str) -> tuple[str, ...]:
    try:
        return tuple(place(code).parents)
    except UnknownPlace:
        return ()


def _names() -> dict[str, str]:
    return {one.slug: one.name for one in capacity.skills()}
