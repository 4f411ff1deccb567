"""What was last read of the feed elsewhere."""

from collections.abc import Hashable

from django.conf import settings
from django.db.models import Count, Max

from evenhand.domains.publishing.models import OutsidePost

SHOWN = 5


def posts() -> list[OutsidePost]:
    """The newest posts of the feed that is listed now; none where none is."""
    if not settings.OUTSIDE_FEED:
        return []
    return list(OutsidePost.objects.filter(feed__address=settings.OUTSIDE_FEED)[:SHOWN])


def state() -> Hashable:
    """What they depend on."""
    if not settings.OUTSIDE_FEED:
        return None
    return tuple(OutsidePost.objects.aggregate(Count("pk"), Max("pk")).values())
