"""Writing to those who take part in an application, in the transaction of what it tells of."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.notices.actions import post
from evenhand.core.organisations.people import ROLES
from evenhand.domains.support.models import Application
from evenhand.domains.support.rules.programmes import programme


def tell(application: Application, letter: str, **said: Any) -> int:
    """Write to everybody who takes part; how many."""
    to = addresses(application)
    for address in to:
        post(
            f"support/{letter}.txt",
            to=address,
            about=application.ref,
            application=application,
            programme=programme(application.programme),
            path=reverse("support:application", args=[application.reference]),
            **said,
        )
    return len(to)


def addresses(application: Application) -> list[str]:
    """Where we write to about an application: those who joined it, and those who look after the organisation now."""
    joined = application.participants.filter(ended_at=None, joined_at__isnull=False).values("person")
    keeping = RoleHeld.objects.filter(organisation=application.organisation_id, role__in=ROLES).holding()
    people = Person.objects.filter(Q(pk__in=joined) | Q(pk__in=keeping.values("person")), is_active=True)
    return list(people.order_by("email").values_list("email", flat=True))
