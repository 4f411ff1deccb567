"""One sheet of a spreadsheet as rows of text, and what was found beside the table; read in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import evenhand
from evenhand.library.datasets.loader import Fault, RefusedFile

ENDINGS = (".xlsx", ".ods")
PACKAGES = str(Path(evenhand.__file__).resolve().parents[1])
CHILD = f"import sys; sys.path.insert(0, {PACKAGES!r}); from {__package__}.child import main; main()"
MEGABYTE = 1_000_000
SHOWN = 20  # cells named one by one


@dataclass(frozen=True)
class Limits:
    """What reading one workbook may cost; beyond any of these it is refused."""

    size: int = 20 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    parts: int = 1_000
    cells: int = 1_000_000
    memory: int = 1_000 * MEGABYTE
    seconds: int = 20


@dataclass(frozen=True)
class Sheet:
    """A table read from a workbook: its lines with the number of each, and remarks for whoever approves it."""

    lines: tuple[tuple[int, tuple[str, ...]], ...]
    remarks: tuple[str, ...]


def read_sheet(content: bytes, sheet: str, *, file: str, header: int = 1, limits: Limits | None = None) -> Sheet:
    """The table of one sheet, from its header row on; RefusedFile for whatever could be read wrongly."""
    most = limits or Limits()
    if len(content) > most.size:
        why = f"is larger than {most.size // MEGABYTE} MB. Save the sheet as CSV"
        raise RefusedFile(file, [Fault(0, "", why)])
    found = _ask(content, sheet, file, most)
    if "refused" in found:
        raise RefusedFile(file, [Fault(0, "", found["refused"])])
    lines = [(number, row) for number, row in enumerate(found["rows"], start=1) if number >= header]
    if faults := [*_faults(found, header), *_gaps(lines, header)]:
        raise RefusedFile(file, sorted(faults, key=lambda fault: fault.row))
    width = len(_trimmed(lines[0][1]))
    return Sheet(tuple((number, tuple(row[:width])) for number, row in lines), tuple(_remarks(found)))


def _ask(content: bytes, sheet: str, file: str, most: Limits) -> dict[str, Any]:
    wanted = {**vars(most), "sheet": sheet}
    command = [sys.executable, "-I", "-c", CHILD, json.dumps(wanted)]
    try:
        done = subprocess.run(  # noqa: S603  (of what comes from outside it has the name of the sheet, in JSON)
            command, input=content, capture_output=True, timeout=2 * most.seconds, check=False, env={}
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        why = f"took more than {2 * most.seconds} seconds to read"
    except ValueError:
        why = f"took more than {most.memory // MEGABYTE:,} MB of memory or {most.seconds} seconds to read"
    else:
        return answer
    raise RefusedFile(file, [Fault(0, "", f"{why}: nothing of it was read. Save the sheet as CSV")])


def _faults(found: dict[str, Any], header: int) -> Iterator[Fault]:
    """Cells that would be read as something that nobody wrote."""
    names = found["rows"][header - 1] if len(found["rows"]) >= header else []
    for key, why in (
        ("failed", "the formula in this cell failed: mend it, and save the file again"),
        ("unsaved", "the formula in this cell was saved without its value: open the file, and save it again"),
        ("merged", "cells are merged here: give every cell its own value, and every column one heading"),
    ):
        cells = [(row, column) for row, column in found[key] if row >= header]
        for row, column in cells[:SHOWN]:
            name = names[column - 1].strip() if column <= len(names) else ""
            yield Fault(row, name or f"column {column}", why)
        if len(cells) > SHOWN:
            yield Fault(0, "", f"and {len(cells) - SHOWN} more cells of that kind")


def _gaps(lines: list[tuple[int, list[str]]], header: int) -> Iterator[Fault]:
    """Headings and rows that are not there, and cells that stand beside the table."""
    if not lines:
        yield Fault(header, "", "there is no header row: the sheet ends before it")
        return
    names = _trimmed(lines[0][1])
    for at, name in enumerate(names, start=1):
        if not name.strip():
            yield Fault(header, f"column {at}", "has no heading: give every column one, in one row")
    for number, row in lines[1:]:
        if not any(cell.strip() for cell in row):
            yield Fault(number, "", "is empty: a table has no gaps. Put what is no part of it on another sheet")
        elif any(cell.strip() for cell in row[len(names) :]):
            yield Fault(number, f"column {len(_trimmed(row))}", "stands beside the table, under no heading")


def _trimmed(row: list[str]) -> list[str]:
    last = max((at for at, cell in enumerate(row, start=1) if cell.strip()), default=0)
    return row[:last]


def _remarks(found: dict[str, Any]) -> Iterator[str]:
    """What the person who approves the figures should know, since the table alone does not show it."""
    if found["formulas"]:
        yield f"{found['formulas']:,} cells are worked out by formulas: the values saved with the file were read."
    if found["outside"]:
        yield f"The workbook draws on {found['outside']} other files, which were not opened."
    if found["hidden_sheets"]:
        yield f"Hidden sheets: {', '.join(found['hidden_sheets'])}."
    for key, what in (("hidden_rows", "rows"), ("hidden_columns", "columns")):
        if found[key]:
            yield f"{found[key]:,} {what} of the sheet are hidden; they were read like the others."
    yield from (f"Comment at {cell or 'a cell'}: {words}" for cell, words in found["comments"])
    if found["more_comments"]:
        yield f"And {found['more_comments']:,} more comments."
