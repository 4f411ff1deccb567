"""What the page of one traced number holds, ready for its template."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import whole
from evenhand.core.design.parts import Cell, Chooser, Column, Link, Notice, Row, Table
from evenhand.domains.evidence.queries import citations, words
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.domains.evidence.queries.exhibits.receipts import CITATIONS
from evenhand.domains.evidence.queries.shown import row_url
from evenhand.domains.evidence.queries.traces import sentences
from evenhand.domains.evidence.queries.traces.trace import Today, today
from evenhand.library.datasets.compare import NATION, Question
from evenhand.library.datasets.loader import ALL
from evenhand.library.datasets.trace import (
    Count,
    SourceCell,
    Step,
    Trace,
    figures_of,
    groups_of,
    written_out,
)
from evenhand.library.datasets.trace.ways import WAYS
from evenhand.library.places import place

SHORT = 2  # letters of a symbol
FEW = 8  # rows of a table that is not folded away


@dataclass(frozen=True)
class Line:
    """One line of the working: a symbol and what it stands for; how it is made, of which numbers; and what it is."""

    symbol: str
    what: str
    number: str
    formula: str = ""
    numbers: str = ""
    lead: bool = False


@dataclass(frozen=True)
class Part:
    """The cells of one count, or of all, in a table, with what must be said of how they were added up."""

    table: Table
    notes: tuple[str, ...]
    folded: bool


@dataclass(frozen=True)
class Published:
    """One file that cells stand in, with the published tables that it was made from."""

    dataset: str
    title: str
    publisher: str
    file: str
    version: str
    url: str
    tables: tuple[SourceCell, ...]


def trace_page(question: Question, trace: Trace) -> dict[str, Any]:
    """One number: its sentence, how it is worked out, and every cell that it was read from."""
    answered = trace.answered
    told = sentences.sentence(trace)
    name = f"{_(answered.measure.title)}, {answered.place.name}, {words.years(trace.period)}"
    by_area = any(count.symbol.endswith("ₖ") for count in trace.counts)
    lines, range_lines = _working(trace)
    return {
        "trace": trace,
        "told": told,
        "title": f"{told}: {name}",
        "kicker": _("Where a number comes from: %(name)s") % {"name": name},
        "number": sentences.number(trace),
        "range": sentences.doubt(trace),
        "in_full": _in_full(trace),
        "notices": _notices(trace, today(trace)),
        "areas": _areas(trace) if by_area else None,
        "lines": (*(() if by_area else (_counted(trace, count) for count in trace.counts)), *lines),
        "range_lines": range_lines,
        "way": _(trace.way.words),
        "way_of_range": _(trace.way.range),
        "parts": (_every_cell(trace),) if by_area else tuple(_part(trace, count) for count in trace.counts),
        "cells": len(trace.cells),
        "files": tuple(_files(trace)),
        "choosers": tuple(_choosers(question, trace)),
        "citation": citations.of_trace(trace, question.versions),
        "citation_links": [Link(said, _url(trace, f"trace.{form}")) for form, said in CITATIONS.items()],
        "permalink": trace.permalink,
        "json_url": f"{reverse('api:trace')}?{urlencode(_asked_of_api(trace))}",
        "back": _back(trace),
        "crumbs": _crumbs(trace),
        "canonical": settings.SITE_URL + trace.permalink.rpartition("&release=")[0],
        "alternates": [],
    }


def _url(trace: Trace, name: str = "trace/", **change: str) -> str:
    """The address of this number, or of its citation; or of another number of the same answer."""
    answered = trace.answered
    asked = {key: value for key, value in {**trace.asked, **change}.items() if value and key != "place"}
    code = change.get("place", answered.place.code)
    return f"/evidence/{answered.measure.slug}/{code}/{name}?{urlencode(asked)}"


def _asked_of_api(trace: Trace) -> dict[str, str]:
    return {"measure": trace.answered.measure.slug, "place": trace.answered.place.code, **trace.asked}


def _in_full(trace: Trace) -> str:
    """The number and its range with every digit."""
    value = sentences.in_full(trace.value)
    if trace.lower is None or trace.upper is None:
        return _("With every digit: %(value)s.") % {"value": value} if value else ""
    ends = {"lower": sentences.in_full(trace.lower), "upper": sentences.in_full(trace.upper), "value": value}
    if not any(ends.values()):
        return ""
    ends = {name: text or whole(getattr(trace, name)) for name, text in ends.items()}
    return _("With every digit: %(value)s, range %(lower)s to %(upper)s.") % ends


def _notices(trace: Trace, now: Today | None) -> tuple[Notice, ...]:
    if now is None:
        return ()
    heading, link = _("An earlier release"), None
    if now.trace is None:
        text = _("This number is of the release that was quoted. Today’s release has no such number: %(why)s")
        return (Notice(text % {"why": now.why}, heading, "care"),)
    link = Link(_("See today’s number"), now.trace.permalink.rpartition("&release=")[0])
    if now.same(trace):
        text = _(
            "Figures were revised since this release was quoted. This number is the same in today’s, digit by digit."
        )
        return (Notice(text, heading, "note", link),)
    text = _(
        "This number has changed since. In release %(then)s, which was quoted, it is %(before)s; in today’s, %(now)s, "
        "it is %(after)s."
    )
    said = {"then": trace.answered.release, "now": now.trace.answered.release}
    said |= {"before": _told_apart(trace, now.trace), "after": _told_apart(now.trace, trace)}
    return (Notice(text % said, heading, "care", link),)


def _told_apart(trace: Trace, other: Trace) -> str:
    """A number as shown, with every digit where it would look the same as the other."""
    shown = sentences.number(trace)
    if shown != sentences.number(other):
        return shown
    return f"{shown} ({sentences.in_full(trace.value) or shown})"


def _counted(trace: Trace, count: Count) -> Line:
    number = written_out(count.value) if count.value is not None else ""
    return Line(count.symbol, sentences.of_count(trace, count), number, lead=not trace.steps)


def _working(trace: Trace) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The steps to the number, and those from there to the ends of its range."""
    if trace.figure == "rank":
        # Nothing is worked out from the counts: they are drawn anew, and the ranks looked at.
        ends = {_("the middle of the ranks"): trace.value, _("lowest"): trace.lower, _("highest"): trace.upper}
        return tuple(Line("", what, whole(rank)) for what, rank in ends.items()), ()
    reached = [place for place, step in enumerate(trace.steps) if math.isclose(step.value, trace.value, rel_tol=1e-9)]
    last = reached[0] if reached else -1
    lines = tuple(_line(trace, step, lead=place == last) for place, step in enumerate(trace.steps))
    return lines[: last + 1], lines[last + 1 :]


def _line(trace: Trace, step: Step, *, lead: bool) -> Line:
    numbers = step.numbers if step.numbers != step.formula else ""
    # A word needs no symbol beside it.
    symbol = step.symbol if len(step.symbol) <= SHORT else ""
    lead = lead or step.symbol in {"lower", "upper"}
    return Line(symbol, sentences.of_step(trace, step), written_out(step.value), step.formula, numbers, lead)


def _areas(trace: Trace) -> Table:
    """The counts of every area: each leads to its own cells."""
    by_place: dict[str, list[Count]] = {}
    for count in trace.counts:
        by_place.setdefault(count.place, []).append(count)
    first = next(iter(by_place.values()))
    figure_of = ("events", "population", "events", "population")
    groups = (trace.group, trace.group, trace.answered.reference, trace.answered.reference)

    def cell(code: str, count: Count, figure: str, group: str) -> Cell:
        return Cell(whole(count.value), count.value, origin=_url(trace, place=code, figure=figure, group=group))

    return Table(
        _("The counts of %(count)s police force areas") % {"count": len(by_place)},
        (
            Column(_("Force area")),
            *(Column(f"{count.symbol}: {sentences.of_count(trace, count)}", numeric=True) for count in first),
        ),
        tuple(
            Row(
                place(code).name,
                tuple(
                    cell(code, count, figure, group)
                    for count, figure, group in zip(counts, figure_of, groups, strict=True)
                ),
                lead=code == trace.answered.place.code,
            )
            for code, counts in by_place.items()
        ),
        name="areas",
    )


def _part(trace: Trace, count: Count) -> Part:
    """The cells of one count."""
    said = {
        "symbol": count.symbol,
        "what": sentences.of_count(trace, count),
        "place": place(count.place).name,
        "period": count.period,
    }
    table = Table(
        _("%(symbol)s: %(what)s, %(place)s, %(period)s") % said,
        _columns(),
        tuple(_row(trace, cell, count) for cell in count.cells),
        name=f"cells-{count.role}",
    )
    return Part(table, (*map(sentences.of_roll_up, count.roll_ups), *_in_files(count.cells)), len(count.cells) > FEW)


def _every_cell(trace: Trace) -> Part:
    """The cells of every count of every area, in one table."""
    rows = tuple(_row(trace, cell, count, symbol=True) for count in trace.counts for cell in count.cells)
    notes = dict.fromkeys(sentences.of_roll_up(roll_up) for count in trace.counts for roll_up in count.roll_ups)
    table = Table(_("Every cell, area by area"), _columns(), rows, name="cells")
    return Part(table, (*notes, *_in_files(trace.cells)), folded=True)


def _in_files(cells: Iterable[SourceCell]) -> Iterator[str]:
    for name in dict.fromkeys(cell.file for cell in cells):
        yield _("In the file %(name)s.") % {"name": name}


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("What it counts")),
        Column(_("As it stands"), numeric=True),
        Column(_("Row"), numeric=True),
        Column(_("Column")),
    )


def _row(trace: Trace, cell: SourceCell, count: Count, *, symbol: bool = False) -> Row:
    """One cell: whom it counts, what stands in it, and where."""
    answered = trace.answered
    whom = [] if cell.place == count.place and not symbol else [place(cell.place).name]
    if cell.group != count.group or not whom:
        whom.append(_("Everyone") if cell.group == ALL else words.display(answered, cell.group))
    if cell.detail and trace.figure == "outcome-share":
        whom.append(_(cell.detail))
    blank = _("blank: no row in the source")
    text = Cell(cell.text, cell.text) if cell.text.strip() else Cell("", None, blank)
    url = row_url(cell.dataset, cell.version, cell.row, cell.column)
    name = ", ".join(([f"{count.symbol}, {words.display(answered, count.group)}"] if symbol else []) + whom)
    return Row(Cell(name, name), (text, Cell(whole(cell.row), cell.row, url=url), Cell(cell.column, cell.column)))


def _files(trace: Trace) -> Iterator[Published]:
    """Each file once, with each published table that its cells name."""
    by_file: dict[tuple[str, str], dict[tuple[str, ...], SourceCell]] = {}
    for cell in trace.cells:
        tables = by_file.setdefault((cell.dataset, cell.version), {})
        tables.setdefault((cell.title, cell.url, cell.table, cell.licence), cell)
    for (dataset, version), tables in by_file.items():
        one, file = catalogue().loader(dataset), next(iter(tables.values())).file
        url = f"/evidence/data/{dataset}/"
        yield Published(dataset, _(one.title), one.publisher, file, version, url, tuple(tables.values()))


def _choosers(question: Question, trace: Trace) -> Iterator[Chooser]:
    """The other numbers of the same answer: of this group, of other groups, and of the nation."""
    answered, group = trace.answered, trace.group
    figures = figures_of(question, group or question.reference)
    if trace.figure != "outcome-share" and len(figures) > 1:
        whose = group or question.reference
        yield Chooser(
            _("Figure"),
            tuple(
                Link(
                    sentences.figure_name(trace, figure),
                    _url(trace, figure=figure, group=whose if WAYS[figure].of_group else ""),
                    current=figure == trace.figure,
                )
                for figure in figures
            ),
        )
    groups = groups_of(question, trace.figure)
    if len(groups) > 1:
        yield Chooser(
            _("Group"),
            tuple(
                Link(words.display(answered, name), _url(trace, group=name), current=name == group) for name in groups
            ),
        )
    if answered.place.code != NATION and (NATION, question.period) in question.panel.cells:
        whole_nation = replace(question, place=place(NATION))
        if trace.figure in figures_of(whole_nation, group):
            yield Chooser(
                _("Place"),
                (
                    Link(answered.place.name, _url(trace), current=True),
                    Link(place(NATION).name, _url(trace, place=NATION)),
                ),
            )


def _back(trace: Trace) -> Link:
    answered = trace.answered
    group = f"&{urlencode({'group': trace.group})}" if trace.group else ""
    name = _("All the figures: %(measure)s, %(place)s, %(period)s") % {
        "measure": _(answered.measure.title),
        "place": answered.place.name,
        "period": answered.period,
    }
    return Link(name, answered.permalink + group)


def _crumbs(trace: Trace) -> list[Link]:
    measure, where = trace.answered.measure, trace.answered.place
    crumbs = [
        Link(_("Home"), "/"),
        Link(_("Evidence"), reverse("evidence:journey")),
        Link(_(measure.title), reverse("evidence:measure", args=[measure.slug])),
    ]
    if where.code != NATION:
        crumbs.append(Link(where.name, reverse("evidence:place", args=[measure.slug, where.code])))
    return [*crumbs, Link(_("Where a number comes from"), "", current=True)]
