"""Counting searches that found nothing: by area and term and month, and never by who asked or in which words."""

import datetime as dt
import re
from contextlib import suppress

from django.db import DatabaseError, transaction
from django.db.models import F

from evenhand.domains.directory.models import Unmet
from evenhand.domains.directory.queries.finding import Answer


def count_unmet(answer: Answer, *, today: dt.date) -> None:
    """Count one search that found nothing. Of a postcode its first half is kept, of a place its code, of words none.

    That a count could not be written is no reason to fail whoever asked.
    """
    need = answer.needs[0] if answer.needs else ""
    community = next((term for kind, term in answer.people if kind == "community"), "")
    area = area_of(answer)
    if not (need or community or area):
        return
    key = {"month": today.replace(day=1), "area": area, "need": need, "community": community}
    with suppress(DatabaseError), transaction.atomic():
        Unmet.objects.bulk_create([Unmet(**key, times=0)], ignore_conflicts=True)
        Unmet.objects.filter(**key).update(times=F("times") + 1)


def area_of(answer: Answer) -> str:
    """What may be kept of where it was: an outward code, or the code of a place."""
    area = answer.where.area if answer.where else ""
    return area if re.fullmatch(r"[A-Z0-9]{1,9}", area) else ""
