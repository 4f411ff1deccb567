"""The pool of consultants as officers see it, and one's own entry."""

from django.db.models import Count, Q, QuerySet

from evenhand.core.access import Caller
from evenhand.domains.support.lifecycle import CONSULTANT
from evenhand.domains.support.lifecycle.engagements import MATCHED
from evenhand.domains.support.models import Consultant
from evenhand.domains.support.people import officer

ORDER = ("applied", "checked", "endorsed", "approved", "available", "unavailable", "paused", "removed")


def pool(state: str = "") -> QuerySet[Consultant]:
    """Everybody, or all at one state, with how many engagements they have just now."""
    found = Consultant.objects.select_related("person").annotate(
        under_way=Count("engagements", filter=Q(engagements__status__in=MATCHED))
    )
    return found.filter(status=state) if state else found


def tally() -> list[tuple[str, str, int]]:
    """How many stand where: the state, its words, and the number."""
    counted = dict(Consultant.objects.values_list("status").annotate(Count("pk")))
    return [(name, CONSULTANT.state(name).label, counted[name]) for name in ORDER if name in counted]


def consultants_seen_by(caller: Caller) -> QuerySet[Consultant]:
    """All for an officer, and one's own entry for everybody else."""
    found = Consultant.objects.select_related("person")
    if officer.admits(caller):
        return found
    trusted = caller.effective
    return found.filter(person=trusted.person) if trusted.person is not None else found.none()
