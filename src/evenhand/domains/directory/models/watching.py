"""What the database does by itself: it keeps the index of words, and marks every service that is changed.

A service is marked in the transaction of the change, whoever makes it and by whatever way: no change can be lost
between a service and what is found of it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction

from evenhand.core.search.triggers import FOLDED

# table: the services that a changed row of it concerns
WATCHED = {
    "directory_service": "SELECT {row}.id",
    **{
        f"directory_{part}": "SELECT {row}.service_id"
        for part in ("term", "audience", "coverage", "location", "opening")
    },
    "organisations_organisation": "SELECT id FROM directory_service WHERE organisation_id = {row}.id",
    **{
        f"organisations_{part}": "SELECT id FROM directory_service WHERE organisation_id = {row}.organisation_id"
        for part in ("name", "fact")
    },
}
CHANGES = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
COLUMNS = "name, said, tags"
VECTORS = ("words", "terms")  # of PostgreSQL


def statements(vendor: str) -> tuple[str, ...]:
    """What makes the database do so."""
    return tuple(_sqlite() if vendor == "sqlite" else _postgres())


def undoing(vendor: str) -> tuple[str, ...]:
    """What ends it."""
    return tuple(_undoing_sqlite() if vendor == "sqlite" else _undoing_postgres())


def _sqlite() -> Iterator[str]:
    yield (
        f"CREATE VIRTUAL TABLE directory_words USING fts5({COLUMNS}, content='directory_entry', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2', detail=column, columnsize=0)"
    )
    yield from _keeping_words()
    for table, services in WATCHED.items():
        for change, row in CHANGES.items():
            mark = f"INSERT INTO directory_stale(service) {services.format(row=row)}"
            yield f"CREATE TRIGGER {table}_{change.lower()}_marks AFTER {change} ON {table} BEGIN {mark}; END"


def _keeping_words() -> Iterator[str]:
    put = f"INSERT INTO directory_words(rowid, {COLUMNS}) VALUES (NEW.id, NEW.name, NEW.said, NEW.tags)"  # noqa: S608  (names of ours)
    drop = (
        f"INSERT INTO directory_words(directory_words, rowid, {COLUMNS}) "  # noqa: S608  (names of ours)
        "VALUES ('delete', OLD.id, OLD.name, OLD.said, OLD.tags)"
    )
    for change, work in {"INSERT": put, "DELETE": drop, "UPDATE": f"{drop}; {put}"}.items():
        yield f"CREATE TRIGGER directory_words_{change.lower()} AFTER {change} ON directory_entry BEGIN {work}; END"


def _undoing_sqlite() -> Iterator[str]:
    for table in WATCHED:
        for change in CHANGES:
            yield f"DROP TRIGGER IF EXISTS {table}_{change.lower()}_marks"
    yield from _letting_words_be()
    yield "DROP TABLE IF EXISTS directory_words"


def _letting_words_be() -> Iterator[str]:
    for change in CHANGES:
        yield f"DROP TRIGGER IF EXISTS directory_words_{change.lower()}"


def _postgres() -> Iterator[str]:
    # Terms stand apart, without a weight: the index does not hold weights, so that each row would be looked at again.
    weighed = " || ".join(
        f"setweight(to_tsvector('english', {FOLDED.format(part=column)}), '{weight}')"
        for column, weight in (("name", "A"), ("said", "B"))
    )
    # With the spots, which hold all that orders entries: what is found need not be looked for in another table.
    made = f"{weighed}, to_tsvector('simple', tags)"
    for name in VECTORS:
        yield f"ALTER TABLE directory_spot ADD COLUMN {name} tsvector"
    yield (
        "CREATE FUNCTION directory_spot_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608  (names of ours)
        f"SELECT {made} INTO {', '.join(f'NEW.{name}' for name in VECTORS)} FROM directory_entry "
        "WHERE id = NEW.entry_id; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER directory_spot_words BEFORE INSERT ON directory_spot "
        "FOR EACH ROW EXECUTE FUNCTION directory_spot_words()"
    )
    yield (
        f"UPDATE directory_spot AS spot SET ({', '.join(VECTORS)}) = (SELECT {made} FROM directory_entry AS entry "  # noqa: S608  (names of ours)
        "WHERE entry.id = spot.entry_id)"
    )
    yield f"CREATE INDEX directory_words ON directory_spot USING gin ({', '.join(VECTORS)})"
    for table, services in WATCHED.items():
        for row in ("NEW", "OLD"):
            mark = f"INSERT INTO directory_stale(service) {services.format(row=row)}"
            name = f"{table}_{row.lower()}_marks"
            yield (f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {mark}; RETURN NULL; END $$")
            changes = " OR ".join(change for change, its in CHANGES.items() if its == row)
            yield f"CREATE TRIGGER {name} AFTER {changes} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _undoing_postgres() -> Iterator[str]:
    for table in WATCHED:
        for row in ("new", "old"):
            yield f"DROP TRIGGER IF EXISTS {table}_{row}_marks ON {table}"
            yield f"DROP FUNCTION IF EXISTS {table}_{row}_marks()"
    yield "DROP INDEX IF EXISTS directory_words"
    yield "DROP FUNCTION IF EXISTS directory_spot_words() CASCADE"
    for table in ("directory_spot", "directory_entry"):  # where they stood before
        for name in VECTORS:
            yield f"ALTER TABLE IF EXISTS {table} DROP COLUMN IF EXISTS {name}"


@contextmanager
def words_left_alone() -> Iterator[None]:
    """While entries are all made anew, within a transaction: on SQLite, the words are then read once at the end.

    That is five times as quick as keeping them row by row. PostgreSQL does it as quickly either way, and would have
    searches wait meanwhile.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        for statement in _letting_words_be():
            cursor.execute(statement)
        yield
        cursor.execute("INSERT INTO directory_words(directory_words) VALUES ('rebuild')")
        for statement in _keeping_words():
            cursor.execute(statement)


def end(using: str, plan: Sequence[object] = (), **_asked: Any) -> None:
    """Before tables are altered: SQLite cannot rename one that a trigger speaks of."""
    if plan:
        with connections[using].cursor() as cursor:
            for statement in undoing(connections[using].vendor):
                cursor.execute(statement)


def begin(using: str, **_asked: Any) -> None:
    """After tables were altered: altering one on SQLite makes it anew, without its triggers. All of them, or none."""
    database = connections[using]
    with transaction.atomic(using=using), database.cursor() as cursor:
        tables = set(database.introspection.table_names(cursor))
        if not {*WATCHED, "directory_entry", "directory_stale"} <= tables or _watches(cursor, database.vendor):
            return
        for statement in (*undoing(database.vendor), *statements(database.vendor)):
            cursor.execute(statement)
        if database.vendor == "sqlite":
            cursor.execute("INSERT INTO directory_words(directory_words) VALUES ('rebuild')")


def _watches(cursor: Any, vendor: str) -> bool:
    named = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_marks'"
        if vendor == "sqlite"
        else "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%_marks'"
    )
    cursor.execute(named)
    return bool(cursor.fetchone()[0])
