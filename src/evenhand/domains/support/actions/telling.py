"""Who is written to about an engagement, and at which address."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from evenhand.core.notices.actions import post
from evenhand.domains.support.actions.letters import addresses, doors
from evenhand.domains.support.models import Engagement


def tell_organisation(engagement: Engagement, template: str, **said: Any) -> int:
    """Write to everybody who applied for the organisation or looks after it; to how many."""
    page = reverse("support:engagement", args=[engagement.reference])
    boxes = [(box, page) for box in addresses(engagement.application)] + doors(engagement.application)
    for box, where in boxes:
        _tell(engagement, template, box, where, **said)
    return len(boxes)


def tell_consultant(engagement: Engagement, template: str, **said: Any) -> int:
    """Write to the consultant, if there is one; to how many."""
    if engagement.consultant is None:
        return 0
    where = reverse("support:engagement", args=[engagement.reference])
    _tell(engagement, template, engagement.consultant.person.email, where, **said)
    return 1


def _tell(engagement: Engagement, template: str, to: str, where: str, **said: Any) -> None:
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
