"""What a table of an official register holds, and how its header is held to that."""

import difflib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from evenhand.library.registers.files import RefusedFile

Record = TypeVar("Record", bound=tuple[Any, ...])


@dataclass(frozen=True)
class Table(Generic[Record]):
    """One table of a register: the record that is made of a row, and the columns that are passed over.

    The record is a NamedTuple: typed, immutable, and ready for a bulk write as it is. `key` names the fields that tell
    two records apart. `settle` puts a record right that its columns alone would get wrong.
    """

    name: str
    record: type[Record]
    columns: tuple[str, ...]
    passed_over: tuple[str, ...]
    key: tuple[str, ...]
    settle: Callable[[Record], Record] | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """Every column that the file must have, and no other."""
        return (*self.columns, *self.passed_over)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a record, in order."""
        return tuple(self.record._fields)  # type: ignore[attr-defined]  # a NamedTuple has them

    @property
    def make(self) -> Callable[[Iterable[Any]], Record]:
        """What makes a record of its values in order."""
        return partial(tuple.__new__, self.record)

    def key_of(self, record: Record) -> tuple[Any, ...]:
        """What tells this record from every other of the table."""
        return tuple(getattr(record, field) for field in self.key)


def whose(header: Collection[str], tables: Iterable[Table[Any]], *, name: str) -> Table[Any]:
    """The table whose header this is; RefusedFile says what changed in the header that is most like it.

    Columns are read by name, so that a column that moved is no change.
    """
    found = set(header)
    known = sorted(tables, key=lambda table: -len(found & set(table.header)) / len(found | set(table.header)))
    nearest = known[0]
    if found == set(nearest.header) and len(header) == len(found):
        return nearest
    if not found & set(nearest.header):
        raise RefusedFile(f"{name} has none of the columns that are known here. It begins: {', '.join(header)[:200]}.")
    raise RefusedFile(f"{name} is not the {nearest.name} table as it is known here: {_changed(header, nearest)}.")


def _changed(header: Collection[str], table: Table[Any]) -> str:
    gone = [column for column in table.header if column not in header]
    new = [column for column in header if column not in table.header]
    said = []
    for column in list(gone):
        meant = difflib.get_close_matches(column, new, n=1, cutoff=0.8)
        if meant:
            said.append(f"{column} is now {meant[0]}")
            gone.remove(column)
            new.remove(meant[0])
    said += [f"{column} is gone" for column in gone] + [f"{column} is new" for column in new]
    twice = sorted({column for column in header if list(header).count(column) > 1})
    return "; ".join([*said, *(f"{column} stands twice" for column in twice)])
