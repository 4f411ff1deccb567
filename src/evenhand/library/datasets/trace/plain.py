"""A traced number as plain text, for a terminal: the number, its working, and its cells by file, row and column."""

from collections.abc import Iterator

from evenhand.library.datasets.trace import Trace, written_out
from evenhand.library.datasets.trace.cells import Count
from evenhand.library.places import place

CELL_COLUMNS = ("symbol", "role", "place", "period", "group", "value", "file", "row", "column", "text")


def lines(trace: Trace) -> Iterator[str]:
    """The whole derivation, line by line."""
    answered = trace.answered
    what = ", ".join(part for part in (trace.group, trace.outcome) if part)
    heading = f"{answered.measure.title}, {answered.place.name}, {trace.period}: {trace.figure.replace('-', ' ')}"
    yield f"{heading}, {what}" if what else heading
    ends = "" if trace.lower is None or trace.upper is None else f" ({trace.lower!r} to {trace.upper!r})"
    yield f"{trace.value!r}{ends}"
    yield ""
    yield trace.way.words
    for one in trace.counts:
        yield f"  {one.symbol} = {_number(one.value)}: {_of(one)}"
    for step in trace.steps:
        numbers = f" = {step.numbers}" if step.numbers != step.formula else ""
        yield f"  {step.symbol} = {step.formula}{numbers} = {written_out(step.value)}"
    if trace.way.range:
        yield f"Range: {trace.way.range}"
    yield ""
    yield from _cells(trace)
    yield ""
    for title, url, table, licence in dict.fromkeys((c.title, c.url, c.table, c.licence) for c in trace.cells):
        yield f"Source: {title}. Table: {table}. {url} ({licence})"
    yield f"Release {answered.release}. Page: {trace.permalink}"


def cell_rows(trace: Trace) -> list[tuple[object, ...]]:
    """Every cell as a row of a table, headed by CELL_COLUMNS."""
    return [
        (
            *(one.symbol, one.role, cell.place, cell.period, cell.group),
            *(cell.value, cell.file, cell.row, cell.column, cell.text),
        )
        for one in trace.counts
        for cell in one.cells
    ]


def _cells(trace: Trace) -> Iterator[str]:
    """Each count with the cells that it was read from, under the file that they stand in."""
    for one in trace.counts:
        for note in one.roll_ups:
            yield f"{one.symbol}: {note}."
        for cell in one.cells:
            whom = ", ".join(part for part in (place(cell.place).name, cell.group, cell.detail) if part)
            stands = repr(cell.text) if cell.text.strip() else "blank"
            yield f"{one.symbol}  {cell.file}, row {cell.row}, {cell.column}: {stands} ({whom}, {cell.period})"


def _number(value: float | None) -> str:
    return "not known" if value is None else written_out(value)


def _of(one: Count) -> str:
    parts = (one.role.replace("-", " "), one.group, place(one.place).name, one.period, one.detail)
    return ", ".join(part for part in parts if part)
