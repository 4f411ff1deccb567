"""Asking the index: what matches, in which order, and how much there is."""

import datetime as dt
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from evenhand.domains.directory.models import IndexedWord, Service
from evenhand.domains.directory.queries.index.asking import MILES_A_DEGREE, Asked, Clause
from evenhand.domains.directory.queries.index.dialects import Sql, entries_matching, matches_too
from evenhand.domains.directory.queries.index.entries import EPOCH, WITH, card_of
from evenhand.domains.directory.queries.index.facets import any_of, known_bits
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


class _Row(NamedTuple):
    """One of the best, as the database gives it, with what is true of all that was found."""

    id: int
    total: int
    made_for: int
    card: str
    service: UUID | str
    miles: float | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, and how many there are in all."""

    total: int
    results: tuple[Result, ...] = field(default=())
    made_for: int = 0  # how many of all are made for who asks


def search(wanted: Wanted, *, today: dt.date, first: int = 0, most: int = 20) -> Found:
    """The best `most` entries from `first` on: what is near, checked of late and made for who asks comes before."""
    sql, values = _best(wanted, today)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, most, first])
        best = [_Row(*row) for row in cursor.fetchall()]
    if not best:
        return Found(count(wanted.all) if first else 0)
    stale = {UUID(str(row.service)) for row in best if row.stale}
    anew = {one.pk: one for one in listed_services(today).filter(pk__in=stale).prefetch_related(*WITH)} if stale else {}
    results = (_result(row, anew) for row in best)
    return Found(best[0].total, tuple(one for one in results if one), int(best[0].made_for))


def _result(row: _Row, anew: Mapping[UUID, Service]) -> Result | None:
    """What changed in the last minute is shown as it stands now, and what was taken off is not shown."""
    if not row.stale:
        return Result(row.id, row.card, row.miles)
    service = anew.get(UUID(str(row.service)))
    return Result(row.id, json.dumps(card_of(service)), row.miles) if service else None


def count(asked: Asked) -> int:
    """How many entries match."""
    found = entries_matching(connection.vendor, asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT id) FROM ({found.ids}) AS found", found.values)  # noqa: S608  (values apart)
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


def _best(wanted: Wanted, today: dt.date) -> Sql:
    """Entries by cost: how far each counts, twice as far for every half-life that its check is over, and so on."""
    found = entries_matching(connection.vendor, wanted.asked)
    clauses = (*dict(wanted.forward), *wanted.made_for, *wanted.open_to)
    bits = known_bits(word.text for clause in clauses for word in clause if word.part == "tags")
    moved, factors = _moved(wanted, bits)
    open_to = "".join(f" AND ({any_of(_known(clause, bits))})" for clause in wanted.open_to)
    made_for = " AND ".join(f"({any_of(_known(clause, bits))})" for clause in wanted.made_for) or "1 = 0"
    card = "entry.card" if connection.vendor == "sqlite" else "entry.card::text"
    # SQLite gives what it found in the order of ids, so that nothing is sorted to be grouped by them.
    sql = f"""
        WITH ranked AS MATERIALIZED (
            SELECT {found.id} AS id, min(({_far(wanted.around)} + {DOORSTEP}) * {_age(today)}{moved}) AS cost,
                max(CASE WHEN {made_for} THEN 1 ELSE 0 END) AS made_for
            FROM {found.spots}{open_to}
            GROUP BY {found.id}
        ),
        best AS (
            SELECT id, cost, total, made
            FROM ranked, (SELECT count(*) AS total, sum(made_for) AS made FROM ranked) AS every
            ORDER BY cost, id LIMIT %s OFFSET %s
        )
        SELECT best.id, total, made, {card}, entry.service_id,
            (SELECT min({_miles(wanted.around)}) FROM directory_spot AS spot WHERE spot.entry_id = best.id),
            EXISTS (SELECT 1 FROM directory_stale AS stale WHERE stale.service = entry.service_id)
        FROM best CROSS JOIN directory_entry AS entry WHERE entry.id = best.id ORDER BY cost, best.id
    """  # noqa: S608  (names and numbers of ours; values apart)
    return sql, [*factors, *found.values]


def _miles(around: Around | None) -> str:
    """How many miles away a spot is, if that can be known."""
    return f"sqrt({_squared(around)})" if around is not None and around.latitude is not None else "NULL"


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
