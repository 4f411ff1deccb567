"""Asking the index: what matches, in which order, and how much there is."""

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from evenhand.domains.directory.models import IndexedWord
from evenhand.domains.directory.queries.index.asking import MILES_A_DEGREE, Asked, Clause
from evenhand.domains.directory.queries.index.dialects import Sql, entries_matching, matches_too
from evenhand.domains.directory.queries.index.entries import EPOCH, WITH, card_of
from evenhand.domains.directory.queries.index.facets import any_of, bits_of
from evenhand.domains.directory.queries.listed import listed_services
from evenhand.domains.directory.rules import CLOCK, HALF_LIFE
from evenhand.library.vocabulary.spelling import Speller

# What is next door is not infinitely nearer than what is a mile away.
DOORSTEP: Final = 2
EDGE: Final = 6  # a cell whose middle is near may reach so many miles farther
# What is made for who asks comes before everything that is not, however near that is.
MADE_FOR, SOUGHT, NAMED = 0.001, 0.5, 0.4


@dataclass(frozen=True, slots=True)
class Around:
    """Where a search is near to: a point, if there is one, and within how many miles."""

    latitude: float | None
    longitude: float | None
    within: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search: what must hold, and what brings an entry forward, by a factor to its distance.

    What it is `open_to` must hold too. Nearly everything is open to everyone, so that it is looked at last, in the few
    entries that are left.
    """

    asked: Asked
    open_to: tuple[Clause, ...] = ()
    around: Around | None = None
    forward: tuple[tuple[Clause, float], ...] = ()
    made_for: tuple[Clause, ...] = ()  # what an entry must have, all of it, to be made for who asks

    @property
    def all(self) -> Asked:
        """Everything that must hold."""
        return self.asked.also(*self.open_to)


@dataclass(frozen=True, slots=True)
class Result:
    """One entry: all that is shown of it, and how far it is, if that can be known."""

    id: int
    card: str
    miles: float | None = None

    @property
    def shown(self) -> Mapping[str, Any]:
        """The card as values."""
        found: Mapping[str, Any] = json.loads(self.card)
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, and how many there are in all."""

    total: int
    results: tuple[Result, ...] = field(default=())
    made_for: int = 0  # how many of all are made for who asks


def search(wanted: Wanted, *, today: dt.date, first: int = 0, most: int = 20) -> Found:
    """The best `most` entries from `first` on: what is near, checked of late and made for who asks comes before."""
    sql, values = _ranked(wanted, today)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*values, most, first])
        ranked = cursor.fetchall()
    if not ranked:
        return Found(count(wanted.all) if first else 0)
    results = _results([row[0] for row in ranked], wanted.around, today)
    _entry, total, made_for = ranked[0]
    return Found(total, tuple(results[row[0]] for row in ranked if row[0] in results), int(made_for))


def count(asked: Asked) -> int:
    """How many entries match."""
    found = entries_matching(connection.vendor, asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {found.table} WHERE {found.holds}", found.values)  # noqa: S608  (values apart)
        return int(cursor.fetchone()[0])


def state() -> tuple[int, int, dt.date]:
    """What everything that is said of the index depends on: its newest entry, how many there are, and the day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0), count(*) FROM directory_entry")
        newest, number = cursor.fetchone()
        return newest, number, timezone.localdate()


def speller() -> Speller:
    """The words of the index, as they stand now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM directory_indexedword")
        latest = cursor.fetchone()[0]
    return _speller(connection.settings_dict["NAME"], latest)


@cache
def _held() -> dict[str, tuple[int | None, Speller]]:
    return {}


def _speller(database: str, latest: int | None) -> Speller:
    held = _held().get(database)
    if held is None or held[0] != latest:
        held = (latest, Speller(IndexedWord.objects.order_by("pk").values_list("word", flat=True)))
        _held()[database] = held
    return held[1]


def _ranked(wanted: Wanted, today: dt.date) -> Sql:
    """Entries by cost: how far each counts, twice as far for every half-life that its check is over, and so on."""
    found = entries_matching(connection.vendor, wanted.asked)
    clauses = (*dict(wanted.forward), *wanted.made_for, *wanted.open_to)
    bits = bits_of({word.text for clause in clauses for word in clause if word.part == "tags"})
    moved, factors = _moved(wanted, bits)
    open_to = "".join(f" AND ({any_of(_known(clause, bits))})" for clause in wanted.open_to)
    made_for = " AND ".join(f"({any_of(_known(clause, bits))})" for clause in wanted.made_for) or "1 = 0"
    # SQLite gives what it found in the order of ids, so that nothing is sorted to be grouped by them.
    sql = f"""
        WITH ranked AS MATERIALIZED (
            SELECT {found.id} AS id, min(({_far(wanted.around)} + {DOORSTEP}) * {_age(today)}{moved}) AS cost,
                max(CASE WHEN {made_for} THEN 1 ELSE 0 END) AS made_for
            FROM {found.table} CROSS JOIN directory_spot AS spot
            WHERE {found.holds} AND spot.entry_id = {found.id}{open_to}
            GROUP BY {found.id}
        )
        SELECT id, (SELECT count(*) FROM ranked), (SELECT sum(made_for) FROM ranked) FROM ranked ORDER BY cost, id
    """  # noqa: S608  (names and numbers of ours; values apart)
    return sql, [*factors, *found.values]


def _far(around: Around | None) -> str:
    """How far away a spot counts: what is not near was found because it covers."""
    if around is None:
        return "0"
    if around.latitude is None:
        return "spot.reach"
    squared = _squared(around)
    return f"CASE WHEN {squared} <= {(around.within + EDGE) ** 2} THEN sqrt({squared}) ELSE spot.reach END"


def _squared(around: Around) -> str:
    """The square of how many miles away a spot is."""
    wide = MILES_A_DEGREE * math.cos(math.radians(around.latitude or 0))
    rise, run = f"(spot.latitude - ({around.latitude!r}))", f"(spot.longitude - ({around.longitude!r}))"
    return f"({rise} * {rise} * {MILES_A_DEGREE**2!r} + {run} * {run} * {wide**2!r})"


def _age(today: dt.date) -> str:
    """By how much a check that is over makes a spot count as farther."""
    day = (today - EPOCH).days - CLOCK.current
    over = f"CAST({day} - spot.assured AS DOUBLE PRECISION) / {HALF_LIFE}"
    return f"CASE WHEN spot.assured < {day} THEN power(CAST(2 AS DOUBLE PRECISION), {over}) ELSE 1 END"


def _known(clause: Clause, bits: Mapping[str, int]) -> list[int]:
    return [bits[word.text] for word in clause if word.text in bits]


def _moved(wanted: Wanted, bits: Mapping[str, int]) -> tuple[str, list[str]]:
    """By what an entry's cost is multiplied, with the values that this asks for."""
    parts: list[str] = []
    values: list[str] = []
    for clause, factor in wanted.forward:
        if all(word.part == "tags" for word in clause):
            parts.append(f" * CASE WHEN {any_of(_known(clause, bits))} THEN {factor} ELSE 1.0 END")
            continue
        holds, its = matches_too(connection.vendor, clause)
        parts.append(f" * CASE WHEN {holds} THEN {factor} ELSE 1.0 END")
        values += its
    return "".join(parts), values


def _results(entries: Sequence[int], around: Around | None, today: dt.date) -> dict[int, Result]:
    """What is shown of these entries, by entry."""
    known = around is not None and around.latitude is not None
    miles = f"sqrt({_squared(around)})" if known and around is not None else "NULL"
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(entries))
        column = "entry.card" if connection.vendor == "sqlite" else "entry.card::text"
        cursor.execute(
            f"""
            SELECT entry.id, {column}, service.id,
                (SELECT min({miles}) FROM directory_spot AS spot WHERE spot.entry_id = entry.id),
                EXISTS (SELECT 1 FROM directory_stale AS stale WHERE stale.service = service.id)
            FROM directory_entry AS entry JOIN directory_service AS service ON service.id = entry.service_id
            WHERE entry.id IN ({places})
            """,  # noqa: S608  (names of ours; values apart)
            list(entries),
        )
        rows = cursor.fetchall()
    found = {entry: Result(entry, card, miles) for entry, card, _service, miles, stale in rows if not stale}
    if changed := {UUID(str(service)): (entry, miles) for entry, _card, service, miles, stale in rows if stale}:
        # What changed in the last minute is shown as it stands now, and what was taken off is not shown.
        for each in listed_services(today).filter(pk__in=changed).prefetch_related(*WITH):
            entry, miles = changed[each.pk]
            found[entry] = Result(entry, json.dumps(card_of(each)), miles)
    return found
