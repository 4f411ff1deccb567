"""Writing to those who take part in an application, in the transaction of what it tells of."""

from typing import Any

from django.urls import reverse

from evenhand.core.accounts.models import Person
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
    """Where we write to about an application: those who joined it, or else those who keep the organisation's entry."""
    joined = application.participants.filter(ended_at=None, joined_at__isnull=False, person__is_active=True)
    found = list(joined.values_list("person__email", flat=True).order_by("person__email").distinct())
    if found:
        return found
    keepers = Person.objects.filter(roles__organisation=application.organisation_id, roles__role__in=ROLES)
    return list(keepers.filter(roles__ends_at=None, is_active=True).values_list("email", flat=True).distinct())
