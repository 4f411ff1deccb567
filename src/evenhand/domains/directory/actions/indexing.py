"""Keeping the index in step with the services: what the database marked as changed, or everything anew."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from evenhand.core.measuring import measure_tables
from evenhand.domains.directory.models import Entry, Facet, IndexedWord, Service, Spot, Stale, watching
from evenhand.domains.directory.queries.index.entries import Indexed, indexed
from evenhand.domains.directory.queries.index.facets import MOST, bits_of, faceted, masks
from evenhand.domains.directory.queries.index.whole import whole
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
    measure_tables()  # all of them may have been written a moment ago
    with transaction.atomic():
        marks = Stale.objects.order_by("-pk").values_list("pk", flat=True).first()
        words: set[str] = set()
        with watching.words_left_alone():
            _empty()
            listed = list(listed_services(today).values_list("pk", flat=True))
            for some in _batches(listed):
                words |= write(_found(some, today))
        IndexedWord.objects.bulk_create(IndexedWord(word=word) for word in sorted(words))
        if marks is not None:
            Stale.objects.filter(pk__lte=marks).delete()
    measure_tables(replaced=True)
    return len(listed)


def _empty() -> None:
    """All of it at once: nothing hangs on these rows that has to be looked for first."""
    with connection.cursor() as cursor:
        for table in (Spot, Entry, IndexedWord):
            cursor.execute(f"DELETE FROM {table._meta.db_table}")  # noqa: S608, SLF001  (Django's own name)


def _index(services: Iterable[UUID], today: dt.date) -> None:
    wanted = list(services)
    Spot.objects.filter(entry__service__in=wanted).delete()
    Entry.objects.filter(service__in=wanted).delete()
    words = write(_found(wanted, today))
    known = {
        word
        for some in _batches(sorted(words))
        for word in IndexedWord.objects.filter(word__in=some).values_list("word", flat=True)
    }
    IndexedWord.objects.bulk_create((IndexedWord(word=word) for word in sorted(words - known)), ignore_conflicts=True)


def _found(services: list[UUID], today: dt.date) -> list[tuple[Service, Indexed]]:
    return [(service, indexed(service)) for service in whole(listed_services(today).filter(pk__in=services))]


def write(found: list[tuple[Service, Indexed]]) -> set[str]:
    """Write entries that are not there yet, with their points. The words by which they may be found."""
    entries = Entry.objects.bulk_create(
        Entry(service=service, name=each.name, said=each.said, tags=each.tags, card=each.card)
        for service, each in found
    )
    tags = [faceted(each.tags.split()) for _, each in found]
    bits = _bits({tag for some in tags for tag in some})
    Spot.objects.bulk_create(
        Spot(entry=entry, latitude=latitude, longitude=longitude, assured=each.assured, reach=each.reach, **facets)
        for entry, (_, each), some in zip(entries, found, tags, strict=True)
        for facets in [masks(bits[tag] for tag in some if tag in bits)]
        for latitude, longitude in (each.points or ((None, None),))
    )
    return {word for _, each in found for word in each.words if len(word) <= LONGEST_WORD}


def _bits(tags: set[str]) -> Mapping[str, int]:
    """The bit of each tag; a new one is given the next. There are more than the vocabulary needs, as a test holds."""
    bits = bits_of(tags)
    if new := sorted(tags - bits.keys()):
        used = Facet.objects.count()  # none is ever taken away
        Facet.objects.bulk_create(Facet(tag=tag, bit=bit) for bit, tag in zip(range(used, MOST), new, strict=False))
        bits = bits_of(tags)
    return bits


def _batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    waiting = iter(things)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
