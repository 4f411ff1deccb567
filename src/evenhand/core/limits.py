"""How often one address on the network may use a form that is open to everyone."""

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest
from django.utils.translation import gettext as _

from evenhand.core.errors import Refused


def limited(request: HttpRequest, action: str, rates: str) -> None:
    """Count one use of a form, and refuse it with Refused if there were too many: `rates` such as "5/m/ip,20/d/ip"."""
    if not consume(request, app="evenhand", action=action, config={action: rates}):
        message = _("That was sent too often in a short time. Wait an hour, then try again.")
        raise Refused(message, code="too-many", status=429)
