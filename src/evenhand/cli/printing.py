"""Tables for people, JSON and CSV for machines: how the command writes what it found."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

MISSING = "–"
PIPED = 110  # columns of a table that goes to a file or another program
WIDEST_HEADING = 18  # letters of a heading over figures, before it goes on below


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Iterable[int] = ()) -> None:
    """Print a table for a person; the columns at these positions hold figures."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    right = set(numeric)
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        figures = place in right
        heading = "\n".join(wrap(column, WIDEST_HEADING)) if figures else column
        table.add_column(heading, justify="right" if figures else "left", no_wrap=figures, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False, markup=False)
    console.width = console.width if console.is_terminal else max(console.width, PIPED)
    console.print(table)


def number(value: float | None, places: int) -> str:
    """A number rounded half up, as on the pages."""
    if value is None:
        return MISSING
    from decimal import ROUND_HALF_UP, Context, Decimal

    wide = Context(prec=400)  # the widest number there is, and its decimal places
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, wide):,f}"


def finite(value: float) -> float | None:
    """The number, or none where it is no number that JSON knows."""
    return value if abs(value) < float("inf") else None


def write_json(content: Any) -> None:
    """Write one JSON document, by its escapes where the reader knows too few letters."""
    every = "utf" in (getattr(sys.stdout, "encoding", None) or "utf").lower()
    print(json.dumps(content, indent=2, ensure_ascii=not every, allow_nan=False, default=str))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write headings and rows as CSV, blanks for what is not there."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    sys.stdout.write(text.getvalue())
