"""Makes typed records of the cells that were found, in batches, with what was rejected and where to go on from."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple

from evenhand.library.registers.cells import Reader
from evenhand.library.registers.files import RefusedFile, Source
from evenhand.library.registers.forms import Found, Unreadable, begins
from evenhand.library.registers.table import Record, Table

# What a cell raises that is not what it must be; a list in it is no key to look up, which is a TypeError.
CANNOT_BE_READ: Final = (ValueError, TypeError)
# A file of which so much is rejected is another file, or a broken one, and its rejections could fill the memory.
MANY_REJECTED: Final = 1_000
MOST_REJECTED: Final = 0.1


class Position(NamedTuple):
    """How far a file has been read: plain values, fit to be kept anywhere and handed back to go on.

    `offset` counts the bytes of the unpacked file, of `size`; `records` counts those kept, those rejected and those
    that were not wanted.
    """

    fingerprint: str
    size: int
    offset: int = 0
    records: int = 0
    kept: int = 0
    rejected: int = 0

    @property
    def share(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return min(1.0, self.offset / self.size) if self.size else 1.0


class Rejected(NamedTuple):
    """One record that is left out: its number from 1, how it begins, and why."""

    number: int
    begins: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch(Generic[Record]):
    """Some records of one table, about a hundred, ready for a bulk write, in the order of the file.

    It is small so that a record is written while it is still at hand: batches of two thousand took half as long again
    to read. `position` is where the next batch begins: keep it in the transaction that writes the rows. `extracted` is
    the day on which the publisher took the extract, where the file says it.
    """

    table: Table[Record]
    rows: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    position: Position
    extracted: dt.date | None = None

    def columns(self) -> dict[str, tuple[Any, ...]]:
        """The same rows as one tuple for each field."""
        columns = zip(*self.rows, strict=True) if self.rows else (() for _ in self.table.fields)
        return dict(zip(self.table.fields, columns, strict=True))


def resumed(source: Source, after: Position | None) -> Position:
    """Where to begin; RefusedFile where the position was reached in another file."""
    if after is None:
        return Position(source.fingerprint, source.size)
    if after.fingerprint != source.fingerprint:
        raise RefusedFile(f"{source.path.name} is not the file that was begun. Start from its beginning.")
    return after


def batches(
    table: Table[Record],
    found: Iterable[Found],
    *,
    header: Sequence[str],
    read_each: Sequence[Reader],
    position: Position,
    extracted: dt.date | None = None,
) -> Iterator[Batch[Record]]:
    """The records that were found, in batches; RefusedFile where too many of them have to be rejected."""
    for block in found:
        rows, rejected = _made(table, block, header, read_each)
        position = position._replace(
            offset=block.end,
            records=position.records + block.count,
            kept=position.kept + len(rows),
            rejected=position.rejected + len(rejected),
        )
        if position.rejected > MANY_REJECTED and position.rejected > MOST_REJECTED * position.records:
            raise RefusedFile(
                f"{position.rejected:,} of the first {position.records:,} records cannot be read as {table.name}: the "
                f"file is broken, or it is another. Fetch it again."
            )
        yield Batch(table, tuple(rows), tuple(rejected), position, extracted)


def _made(
    table: Table[Record], block: Found, header: Sequence[str], read_each: Sequence[Reader]
) -> tuple[Sequence[Record], list[Rejected]]:
    """The records of a block: by columns where all is well, which takes half the time, else one by one."""
    try:
        return _records(table, [cells for _, cells in block.records], header, read_each), []
    except CANNOT_BE_READ:
        pass
    rows: list[Record] = []
    rejected: list[Rejected] = []
    for number, cells in block.records:
        try:
            rows += _records(table, [cells], header, read_each)
        except CANNOT_BE_READ:
            rejected.append(_rejected(table, number, cells, header, read_each))
    return rows, rejected


def _records(
    table: Table[Record], records: Sequence[Sequence[Any]], header: Sequence[str], read_each: Sequence[Reader]
) -> Sequence[Record]:
    columns = list(zip(*records, strict=True))
    if not records:
        return []
    if len(columns) != len(header):
        raise ValueError(f"{len(columns)} columns, not {len(header)}")
    read = (reader(columns[header.index(column)]) for column, reader in zip(table.columns, read_each, strict=True))
    made = map(table.make, zip(*read, strict=True))
    return list(map(table.settle, made) if table.settle else made)


def _rejected(
    table: Table[Any], number: int, cells: Sequence[Any], header: Sequence[str], read_each: Sequence[Reader]
) -> Rejected:
    if isinstance(cells, Unreadable):
        return Rejected(number, cells.begins, cells.why)
    if len(cells) != len(header):
        return Rejected(number, begins(cells), f"it has {len(cells)} columns, not {len(header)}")
    for column, reader in zip(table.columns, read_each, strict=True):
        try:
            reader([cells[header.index(column)]])
        except CANNOT_BE_READ as error:
            return Rejected(number, begins(cells), f"{column}: {str(error)[:120]}")
    return Rejected(number, begins(cells), "it cannot be read")
