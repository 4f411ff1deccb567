"""Reads a register beside the writing of it: a large file in a process of its own, so that neither waits for long."""

import multiprocessing
from collections.abc import Iterator
from datetime import date
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.core.organisations.loading.shapes import shape_of
from evenhand.library.registers import Batch, Position, RefusedFile, Rejected, charity_commission, companies_house
from evenhand.library.registers.files import find_source

AT_ONCE: Final = 50  # batches of a hundred records that are written, and kept as read, together
LARGE: Final = 16 * 1024 * 1024  # from which on a process of its own is worth its start


class Chunk(NamedTuple):
    """Some records as rows, what was rejected among them, and where the next chunk begins: plain values."""

    table: str
    rows: list[tuple[Any, ...]]
    rejected: list[Rejected]
    position: Position
    extracted: date | None


def check(register: str, path: Path) -> None:
    """RefusedFile for what is not to be read, or is not what it should be, as far as its beginning and end say."""
    _batches(register, path, None)


def chunks(register: str, path: Path, *, after: Position | None = None) -> Iterator[Chunk]:
    """The records of a file as rows; RefusedFile as by the library's readers."""
    if find_source(path).size < LARGE:
        return _chunks(register, path, after)
    return _apart(register, path, after)


def _chunks(register: str, path: Path, after: Position | None) -> Iterator[Chunk]:
    every = _batches(register, path, after)
    while some := list(islice(every, AT_ONCE)):
        shape = shape_of(some[0].table)
        rows = [shape.row(row) for each in some for row in each.rows if shape.wanted is None or shape.wanted(row)]
        rejected = [one for each in some for one in each.rejected]
        yield Chunk(some[0].table.name, rows, rejected, some[-1].position, some[0].extracted)


def _batches(register: str, path: Path, after: Position | None) -> Iterator[Batch[Any]]:
    reader = charity_commission.read if register == "charities" else companies_house.read
    return reader(path, after=after)


def _apart(register: str, path: Path, after: Position | None) -> Iterator[Chunk]:
    """The same, read in another process; it ends with this one, and reads no further ahead than a pipe holds."""
    context = multiprocessing.get_context("spawn")  # which takes no open database with it
    ours, theirs = context.Pipe(duplex=False)
    with ours:
        reader = context.Process(target=_send, args=(theirs, register, path, after), daemon=True)
        reader.start()
        theirs.close()
        try:
            while True:
                said = ours.recv()
                if said is None:
                    return
                if isinstance(said, RefusedFile):
                    raise said
                yield said
        except EOFError:
            raise RefusedFile(f"{path.name} could not be read to its end. Try again.") from None
        finally:
            reader.terminate()
            reader.join()


def _send(to: Connection, register: str, path: Path, after: Position | None) -> None:
    """What the other process does."""
    try:
        for chunk in _chunks(register, path, after):
            to.send(chunk)
        to.send(None)
    except RefusedFile as fault:
        to.send(fault)
    except BrokenPipeError:  # nobody listens any more
        return
