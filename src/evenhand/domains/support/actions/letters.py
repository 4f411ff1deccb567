"""Writing to those who take part in an application, in the transaction of what it tells of."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.notices.actions import post
from evenhand.core.organisations.keys import digest, new_key
from evenhand.core.organisations.people import ROLES
from evenhand.domains.support.actions.participants import HOLDS
from evenhand.domains.support.models import Application, Participant
from evenhand.domains.support.rules.programmes import programme


def tell(application: Application, letter: str, **said: Any) -> int:
    """Write to everybody who takes part, and to whoever applied on the telephone and left an address; how many."""
    page = reverse("support:application", args=[application.reference])
    to = [(address, page) for address in addresses(application)] + doors(application)
    for address, path in to:
        post(
            f"support/{letter}.txt",
            to=address,
            about=application.ref,
            application=application,
            programme=programme(application.programme),
            path=path,
            **said,
        )
    return len(to)


def addresses(application: Application) -> list[str]:
    """Where we write to about an application: those who joined it, and those who look after the organisation now."""
    joined = application.participants.filter(ended_at=None, joined_at__isnull=False).values("person")
    keeping = RoleHeld.objects.filter(organisation=application.organisation_id, role__in=ROLES).holding()
    people = Person.objects.filter(Q(pk__in=joined) | Q(pk__in=keeping.values("person")), is_active=True)
    return list(people.order_by("email").values_list("email", flat=True))


def left_addresses(application: Application) -> QuerySet[Participant]:
    """The addresses that were said on the telephone, as long as nobody has taken the application up in writing."""
    invited = application.participants.filter(ended_at=None, person=None).exclude(email="")
    if application.way != Application.Way.CALL or application.participants.exclude(joined_at=None).exists():
        return invited.none()
    return invited


def doors(application: Application) -> list[tuple[str, str]]:
    """Those addresses, each with a fresh link by which its owner makes the application theirs."""
    found = []
    for one in left_addresses(application):
        key = new_key()
        one.key, one.until = digest(key), timezone.now() + HOLDS
        one.save(update_fields=["key", "until"])
        found.append((one.email, reverse("support:invitation", args=[key])))
    return found
