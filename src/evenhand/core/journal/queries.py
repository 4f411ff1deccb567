"""What was done to a thing, and what somebody did."""

from django.db.models import Max, QuerySet

from evenhand.core.journal.models import Line
from evenhand.core.references import Ref


def lines_about(ref: Ref) -> QuerySet[Line]:
    """What was done to a thing, the newest first, with what is personal."""
    return Line.objects.filter(about=ref).prefetch_related("personal")


def lines_by(ref: Ref) -> QuerySet[Line]:
    """What somebody did, the newest first, with what is personal."""
    return Line.objects.filter(by=ref).prefetch_related("personal")


def newest(part: str) -> int:
    """The number of the newest line of a part of the platform: since every write leaves one, it tells of any change.

    `part` is what its tags begin with, such as "reviews"; 0 where nothing was done yet.
    """
    lines = Line.objects.filter(tag__gt=f"{part}.", tag__lt=f"{part}/")  # "/" follows "."
    return lines.aggregate(newest=Max("pk"))["newest"] or 0
