"""How often one address on the network may use a form that is open to everyone."""

import math
import time

from allauth.core.internal.ratelimit import consume, get_cache_key, get_ip, parse_rates
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.errors import Refused

MINUTE, HOUR = 60, 3600


def limited(request: HttpRequest, action: str, rates: str, *, about: str = "") -> None:
    """Count one use of a form, and refuse it with Refused, and the time to wait, if there were too many.

    `rates` are such as "5/m/ip,20/d/ip"; those that end in `key` count what one address sends about one thing.
    """
    key = f"{get_ip(request)}:{about}"
    if not consume(request, app="evenhand", action=action, config={action: rates}, key=key):
        said = {"wait": _in_words(_wait(request, action, rates, key))}
        message = _("That was sent too often in a short time. Wait %(wait)s, then send it again.")
        raise Refused(message % said, code="too-many", status=429)


def _wait(request: HttpRequest, action: str, rates: str, key: str) -> float:
    """The seconds until every limit that is met now has room for one more."""
    now, waits = time.time(), [0.0]
    for rate in parse_rates(rates):
        kept = cache.get(get_cache_key(request, app="evenhand", action=action, rate=rate, key=key), [])
        used = [at for at in kept if at > now - rate.duration]
        if len(used) >= rate.amount:
            waits.append(used[rate.amount - 1] + rate.duration - now)
    return max(waits)


def _in_words(seconds: float) -> str:
    minutes = max(1, math.ceil(seconds / MINUTE))
    if seconds <= HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = math.ceil(seconds / HOUR)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
