"""What was done to a thing, and what somebody did."""

from django.db.models import Count, Max, QuerySet

from evenhand.core.journal.models import Line
from evenhand.core.references import Ref


def lines_about(ref: Ref) -> QuerySet[Line]:
    """What was done to a thing, the newest first, with what is personal."""
    return Line.objects.filter(about=ref).prefetch_related("personal")


def lines_by(ref: Ref) -> QuerySet[Line]:
    """What somebody did, the newest first, with what is personal."""
    return Line.objects.filter(by=ref).prefetch_related("personal")


def newest(part: str) -> tuple[int, int]:
    """The number of the newest line of a part of the platform, and how many there are: any change moves them.

    Every write leaves a line. Of two that are written at once the older may be seen last: then their number tells.
    `part` is what the tags begin with, such as "reviews".
    """
    lines = Line.objects.filter(tag__gt=f"{part}.", tag__lt=f"{part}/")  # "/" follows "."
    found = lines.aggregate(newest=Max("pk"), lines=Count("pk"))
    return found["newest"] or 0, found["lines"]
