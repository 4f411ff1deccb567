"""What was done to a thing, and what somebody did."""

from django.db.models import QuerySet

from evenhand.core.journal.models import Line
from evenhand.core.references import Ref


def lines_about(ref: Ref) -> QuerySet[Line]:
    """What was done to a thing, the newest first, with what is personal."""
    return Line.objects.filter(about=ref).prefetch_related("personal")


def lines_by(ref: Ref) -> QuerySet[Line]:
    """What somebody did, the newest first, with what is personal."""
    return Line.objects.filter(by=ref).prefetch_related("personal")
