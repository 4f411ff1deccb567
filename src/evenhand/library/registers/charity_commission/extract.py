"""Reads the files of the Charity Commission's public extract, in JSON or tab-separated text, zipped or not."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from evenhand.library.registers.cells import days, readers
from evenhand.library.registers.charity_commission.tables import TABLES
from evenhand.library.registers.files import RefusedFile, Source, beginning, find_source, refuse_cut_short
from evenhand.library.registers.forms import json_heading, json_objects, tab_separated, text_heading
from evenhand.library.registers.reading import Batch, Position, batches, resumed
from evenhand.library.registers.table import whose

NAMED: Final = re.compile(r"(?:publicextract\.)?(charity\w*)\.(?:zip|json|txt)", re.IGNORECASE)
# The file of trustees, and the column by which it is known under any other name.
TRUSTEES: Final = "charity_trustee"
TRUSTEES_COLUMN: Final = b"trustee_name"
FIRST_COLUMN: Final = "date_of_extract"


class NamesOfPeople(RefusedFile):
    """The file of trustees: it is not read, so that no name of a person is ever held."""


def read(path: Path, *, after: Position | None = None) -> Iterator[Batch[Any]]:
    """The records of one file of the extract, in batches; its header says which table it is.

    Give the position of a batch as `after` to go on behind it. What is wrong with the file as a whole raises
    RefusedFile: before the first batch for a header that has changed, a file that is cut short or a zip that is
    damaged or hostile; later where only reading shows it. The file of trustees raises NamesOfPeople, unread.
    """
    _refuse_trustees(path.name)
    source = find_source(path)
    _refuse_trustees(source.name)
    first = beginning(source)
    if TRUSTEES_COLUMN in first:
        raise NamesOfPeople(f"{source.name} holds the names of trustees. They are never read here: leave it out.")
    position = resumed(source, after)
    if first.removeprefix("\ufeff".encode()).lstrip()[:1] in {b"[", b"{"}:
        return _read_json(source, first, position)
    return _read_text(source, first, position)


def extract_files(folder: Path) -> dict[str, Path]:
    """The files of the extract in a folder, by table and in the order in which to read them, charities first.

    The file of trustees is left out. Where a table is there in several forms, a zip is taken before what is unpacked.
    """
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir(), key=lambda path: (path.suffix.lower() != ".zip", path.name)):
        named = NAMED.fullmatch(path.name)
        if named and path.is_file():
            found.setdefault(named[1].lower(), path)
    return {table.name: found[table.name] for table in TABLES if table.name in found}


def _refuse_trustees(name: str) -> None:
    if TRUSTEES in name.lower():
        raise NamesOfPeople(f"{name} holds the names of trustees. They are never read here: leave it out.")


def _read_text(source: Source, first: bytes, position: Position) -> Iterator[Batch[Any]]:
    heading, newline = text_heading(first, name=source.name, delimiter="\t")
    table = whose(heading.columns, TABLES, name=source.name)
    # A newline before a tab is taken for one inside a record, as no record begins with a blank: this column never is.
    if heading.columns[0] != FIRST_COLUMN:
        raise RefusedFile(
            f"{source.name} begins with {heading.columns[0]}, and with {FIRST_COLUMN} as it is known here."
        )
    refuse_cut_short(source, closed=(newline,))
    started = position._replace(offset=position.offset or heading.start)
    found = tab_separated(source, newline=newline, start=started.offset, number=started.records)
    taken = _taken(first[heading.start :].partition(b"\t")[0].decode("utf-8", "replace"))
    return batches(
        table, found, header=heading.columns, read_each=readers(table.record), position=started, extracted=taken
    )


def _read_json(source: Source, first: bytes, position: Position) -> Iterator[Batch[Any]]:
    heading, example = json_heading(first, name=source.name)
    table = whose(heading.columns, TABLES, name=source.name)
    refuse_cut_short(source, closed=(b"]", b"]\n", b"]\r\n"))
    started = position._replace(offset=position.offset or heading.start)
    found = json_objects(source, header=heading.columns, start=started.offset, number=started.records)
    taken = _taken(example[FIRST_COLUMN])
    return batches(
        table, found, header=heading.columns, read_each=readers(table.record), position=started, extracted=taken
    )


def _taken(cell: Any) -> dt.date | None:
    try:
        return days([cell])[0]
    except (ValueError, TypeError):
        return None
