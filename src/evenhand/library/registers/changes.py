"""What changed between two extracts of a register: new, changed, gone, and what to be warned of."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, get_type_hints

from evenhand.library.registers.table import Record, Table

Kind = Literal["new", "changed", "gone"]
Danger = Literal["removed", "overdue", "dissolved", "insolvent"]


class Warned(NamedTuple):
    """Something that a register says against listing a body as it stands: the kind, its own words, and the day."""

    danger: Danger
    said: str
    on: dt.date | None = None


class ListedTwice(ValueError):
    """One extract holds two records with the same key that say different things: nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Change(Generic[Record]):
    """One record that is not as it was: `before` is None for a new one, `after` for one that is gone."""

    key: tuple[Any, ...]
    before: Record | None
    after: Record | None

    @property
    def kind(self) -> Kind:
        """Whether the record is new, changed or gone."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "changed"

    @property
    def differences(self) -> dict[str, tuple[Any, Any]]:
        """Each field that changed, with what it was and what it is; none for a record that is new or gone."""
        if self.before is None or self.after is None:
            return {}
        fields: tuple[str, ...] = self.before._fields  # type: ignore[attr-defined]  # records are NamedTuples
        pairs = zip(fields, self.before, self.after, strict=True)
        return {field: (was, now) for field, was, now in pairs if was != now}


def changes(table: Table[Record], before: Iterable[Record], after: Iterable[Record]) -> Iterator[Change[Record]]:
    """Every change from one extract to another: new and changed records in the order of `after`, then those gone.

    `before` is read whole before the first change is given, and kept on disc, so that neither extract has to fit in
    memory and the table that `before` comes from may be written to meanwhile. Records that are the same are passed
    over; a record that stands twice raises ListedTwice, unless both are the same.
    """
    restore = _restorer(table)
    with closing(sqlite3.connect("", isolation_level=None)) as shelf:
        _put(shelf, table, before)
        # What was seen: to tell what is gone, and what stands twice.
        seen: dict[str, int] = {}
        for record in after:
            key, now = _written(table.key_of(record)), _written(record)
            if key in seen:
                if seen[key] != hash(now):
                    raise _twice(table, key)
                continue
            seen[key] = hash(now)
            found = shelf.execute("SELECT record FROM before WHERE key = ?", (key,)).fetchone()
            if found is None:
                yield Change(table.key_of(record), None, record)
            elif found[0] != now:
                yield Change(table.key_of(record), restore(found[0]), record)
        for key, was in shelf.execute("SELECT key, record FROM before ORDER BY rowid"):
            if key not in seen:
                gone = restore(was)
                yield Change(table.key_of(gone), gone, None)


def new_warnings(change: Change[Record], warnings: Callable[[Record], Iterable[Warned]]) -> tuple[Warned, ...]:
    """The warnings that this change brings: what `warnings` says now and did not say before.

    A record that is gone from a register counts as removed.
    """
    before = tuple(warnings(change.before)) if change.before is not None else ()
    if change.after is None:
        return () if any(each.danger == "removed" for each in before) else (Warned("removed", "No longer listed"),)
    # A day that moves is no news.
    said = {each[:2] for each in before}
    return tuple(each for each in warnings(change.after) if each[:2] not in said)


def _put(shelf: sqlite3.Connection, table: Table[Record], before: Iterable[Record]) -> None:
    shelf.execute("PRAGMA synchronous = OFF")
    shelf.execute("PRAGMA journal_mode = OFF")
    shelf.execute("CREATE TABLE before (key TEXT UNIQUE, record TEXT)")
    shelf.execute("BEGIN")
    # The same record twice is put once; the same key with another record is found below.
    rows = ((_written(table.key_of(record)), _written(record)) for record in before)
    put = (
        "INSERT INTO before VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET record = NULL WHERE record <> excluded.record"
    )
    shelf.executemany(put, rows)
    shelf.execute("COMMIT")
    doubtful = shelf.execute("SELECT key FROM before WHERE record IS NULL").fetchone()
    if doubtful:
        raise _twice(table, doubtful[0])


def _twice(table: Table[Any], key: str) -> ListedTwice:
    said = ", ".join(f"{field} {value}" for field, value in zip(table.key, json.loads(key), strict=True))
    return ListedTwice(f"The {table.name} table lists {said} twice, with different records.")


def _written(values: tuple[Any, ...]) -> str:
    return json.dumps(values, default=dt.date.isoformat, ensure_ascii=False)


def _restorer(table: Table[Record]) -> Callable[[str], Record]:
    hints = get_type_hints(table.record).values()
    days = [number for number, hint in enumerate(hints) if hint == dt.date | None]

    def restore(written: str) -> Record:
        values = json.loads(written)
        for number in days:
            values[number] = values[number] and dt.date.fromisoformat(values[number])
        return table.make(values)

    return restore
