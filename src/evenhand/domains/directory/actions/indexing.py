"""Keeping the index in step with the services: what the database marked as changed, or everything anew."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from evenhand.domains.directory.models import Entry, IndexedWord, Service, Spot, Stale
from evenhand.domains.directory.queries.index.entries import WITH, Indexed, indexed
from evenhand.domains.directory.queries.listed import listed_services

Thing = TypeVar("Thing")
AT_ONCE = 500
LONGEST_WORD = 60


def refresh(*, today: dt.date, most: int = 5000) -> int:
    """Index anew every service that was marked, and take its marks away: all in one transaction. How many it was.

    Marks are written by the database in the transaction of each change. One that is not seen yet is of a change that
    is not seen either, so it stays for the next time: nothing is lost, whoever writes meanwhile.
    """
    with transaction.atomic():
        marks = list(Stale.objects.order_by("pk").values_list("pk", "service")[:most])
        services = list(dict.fromkeys(service for _, service in marks))
        for some in _batches(services):
            _index(some, today)
        for pks in _batches([pk for pk, _ in marks]):
            Stale.objects.filter(pk__in=pks).delete()
    return len(services)


def rebuild(*, today: dt.date) -> int:
    """Make the whole index anew, in one transaction: searches read the old one until it stands. How many entries."""
    with transaction.atomic():
        marks = Stale.objects.order_by("-pk").values_list("pk", flat=True).first()
        Spot.objects.all().delete()
        Entry.objects.all().delete()
        IndexedWord.objects.all().delete()
        listed = list(listed_services(today).values_list("pk", flat=True))
        for some in _batches(listed):
            _index(some, today)
        if marks is not None:
            Stale.objects.filter(pk__lte=marks).delete()
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO directory_words(directory_words) VALUES ('optimize')")
    return Entry.objects.count()


def _index(services: Iterable[UUID], today: dt.date) -> None:
    wanted = list(services)
    Spot.objects.filter(entry__service__in=wanted).delete()
    Entry.objects.filter(service__in=wanted).delete()
    shown = listed_services(today).filter(pk__in=wanted).prefetch_related(*WITH)
    write([(service, indexed(service)) for service in shown])


def write(found: list[tuple[Service, Indexed]]) -> None:
    """Write entries that are not there yet, with their points and words."""
    entries = Entry.objects.bulk_create(
        Entry(service=service, name=each.name, said=each.said, tags=each.tags, card=each.card)
        for service, each in found
    )
    Spot.objects.bulk_create(
        Spot(entry=entry, latitude=latitude, longitude=longitude, assured=each.assured, reach=each.reach)
        for entry, (_, each) in zip(entries, found, strict=True)
        for latitude, longitude in (each.points or ((None, None),))
    )
    words = {word for _, each in found for word in each.words if len(word) <= LONGEST_WORD}
    known = {
        word
        for some in _batches(sorted(words))
        for word in IndexedWord.objects.filter(word__in=some).values_list("word", flat=True)
    }
    IndexedWord.objects.bulk_create((IndexedWord(word=word) for word in sorted(words - known)), ignore_conflicts=True)


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    waiting = iter(things)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
