"""Which services the public may see."""

import datetime as dt

from django.db.models import QuerySet

from evenhand.domains.directory.lifecycle import SHOWN
from evenhand.domains.directory.models import Service
from evenhand.domains.directory.rules import CLOCK

RELATED = ("terms", "audiences", "coverage", "locations", "openings")


def listed_services(today: dt.date) -> QuerySet[Service]:
    """The services that the public may see today.

    What is older than the clock allows is left out by its date, so that a worker that stands still shows nothing
    as current that is not.
    """
    oldest = today - dt.timedelta(days=CLOCK.hidden)
    listed = Service.objects.filter(status__in=SHOWN, assured_on__gt=oldest, organisation__closed_on=None)
    return listed.select_related("organisation")
