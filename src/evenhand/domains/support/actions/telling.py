"""Who is written to about an engagement, and at which address."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from evenhand.core.accounts.models import RoleHeld
from evenhand.core.notices.actions import post
from evenhand.core.organisations.people import ROLES
from evenhand.domains.support.models import Engagement


def mailboxes_of(engagement: Engagement) -> list[str]:
    """Who looks after the organisation here, or else the address that it gives the public."""
    holding = RoleHeld.objects.filter(organisation=engagement.organisation_id, role__in=ROLES).holding()
    found = holding.filter(person__is_active=True).values_list("person__email", flat=True).distinct()
    return sorted(set(found)) or [one for one in [engagement.application.organisation.email] if one]


def tell_organisation(engagement: Engagement, template: str, **said: Any) -> int:
    """Write to everybody who looks after the organisation; to how many."""
    boxes = mailboxes_of(engagement)
    for box in boxes:
        _tell(engagement, template, box, **said)
    return len(boxes)


def tell_consultant(engagement: Engagement, template: str, **said: Any) -> int:
    """Write to the consultant, if there is one; to how many."""
    if engagement.consultant is None:
        return 0
    _tell(engagement, template, engagement.consultant.person.email, **said)
    return 1


def _tell(engagement: Engagement, template: str, to: str, **said: Any) -> None:
    where = reverse("support:engagement", args=[engagement.reference])
    post(
        template,
        to=to,
        about=engagement.ref,
        engagement=engagement,
        organisation=engagement.application.organisation,
        consultant=engagement.consultant,
        where=settings.SITE_URL + where,
        **said,
    )
