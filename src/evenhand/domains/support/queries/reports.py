"""A report as a page, a spreadsheet and a document show it: one shape for all three, from figures that were kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Cell, Column, Field, KeyFigure, Missing, Note, Row, Table
from evenhand.core.exports import About, Bullets, Document, Facts, Grid, Licence, Paragraph, Section, Sheet
from evenhand.domains.support.rules.programmes import Programme
from evenhand.domains.support.rules.reporting import FEW, HELD

LICENCE = Licence("Creative Commons Attribution 4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


def words() -> dict[str, str]:
    """What each figure is called."""
    return {
        "applications": _("organisations asked"),
        "supported": _("were offered support"),
        "not-decided": _("are not decided yet"),
        "delivered": _("have had all their days"),
        "eligible-not-supported": _("Eligible, and not supported"),
        "reserve": _("of those, on the reserve list"),
        "ineligible": _("Not eligible"),
        "awarded": _("days awarded"),
        "used": _("days used"),
        "confirmed": _("of them confirmed by the organisations"),
        "left": _("days left"),
    }


@dataclass(frozen=True)
class Shown:
    """The parts of a report, as components take them."""

    keys: tuple[KeyFigure, ...]
    days: tuple[tuple[str, str], ...]
    success: str
    unmet: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    help: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    hidden: tuple[str, ...]
    change: Table | None

    @property
    def empty(self) -> bool:
        """Whether nobody asked."""
        return not self.keys or self.keys[0].figure == "0"


def shown(figures: dict[str, Any]) -> Shown:
    """Figures that were worked out, as they are shown."""
    called = words()

    def named(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
        return tuple((called.get(name, _(name)), _said(value)) for name, value in rows)

    breakdowns = (("area", _("By region")), ("size", _("By income")), ("led-by", _("By who leads the organisation")))
    return Shown(
        tuple(
            KeyFigure(_said(value), "", called[name], lead=not at) for at, (name, value) in enumerate(figures["reach"])
        ),
        named(figures["days"]),
        _said(figures["success"]),
        named(figures["unmet"]),
        named(figures["reasons"]),
        named(figures["help"]),
        tuple(_table(key, caption, figures[key]) for key, caption in breakdowns if figures[key]),
        tuple(caption for key, caption in breakdowns if not figures[key]),
        _change(figures["change"]) if figures["change"] else None,
    )


def sheet_of(programme: Programme, figures: dict[str, Any], begins: dt.date, ends: dt.date) -> Sheet:
    """Every figure on one line each: the part, the line, the column, and the value as it may be shown."""
    called = words()
    rows: list[tuple[Any, ...]] = []
    for part, heading in (
        ("reach", _("Reach")),
        ("unmet", _("Unmet demand")),
        ("reasons", _("Why not eligible")),
        ("help", _("Help asked for")),
        ("days", _("Days")),
    ):
        rows += [(heading, called.get(name, _(name)), "", _value(value)) for name, value in figures[part]]
    rows += [(_("Success"), _("offered support, of those decided"), "", _value(figures["success"]))]
    for part, heading in (("area", _("Region")), ("size", _("Income")), ("led-by", _("Led by"))):
        rows += [
            (heading, _(row[0]), column, _value(value))
            for row in figures[part]
            for column, value in zip(_columns(row), row[1:], strict=True)
        ]
    for name, before, after, answered in figures["change"]:
        rows += [(_("Change"), _(name), _("before"), before), (_("Change"), _(name), _("after"), after)]
        rows += [(_("Change"), _(name), _("answered both times"), answered)]
    fields = (
        Field("part", _("Part")),
        Field("line", _("What is counted")),
        Field("column", _("Column")),
        Field("value", _("Value"), description=_("A count as it may be shown; days may have quarters.")),
    )
    about = About(
        _("%(title)s: report") % {"title": programme.title},
        _("What the programme did, who asked, who was supported, and what changed."),
        settings.BODY or "Evenhand",
        LICENCE,
        notes=(Note(_("Small numbers"), small_numbers()),),
        period=f"{begins:%-d %B %Y} – {ends:%-d %B %Y}",
        issued=ends,
    )
    return Sheet(f"report_{programme.slug.replace('-', '_')}", fields, rows, about, key=("part", "line", "column"))


def document_of(
    programme: Programme, figures: dict[str, Any], begins: dt.date, ends: dt.date, *, words: str = ""
) -> Document:
    """The report as a document."""
    of = shown(figures)
    period = f"{begins:%-d %B %Y} – {ends:%-d %B %Y}"
    sections = [
        Section(_("Reach"), (Facts(tuple((one.term, one.figure) for one in of.keys)),)),
        Section(_("Who was not reached"), (Paragraph(of.success or _("Nothing is decided yet.")), Facts(of.unmet))),
        Section(_("Days"), (Facts(of.days),)),
    ]
    if words:
        paragraphs = tuple(Paragraph(one) for one in words.split("\n") if one.strip())
        sections.insert(0, Section(_("In our words"), paragraphs))
    for heading, pairs in ((_("Why organisations were not eligible"), of.reasons), (_("Help asked for"), of.help)):
        if pairs:
            sections.append(Section(heading, (Facts(pairs),)))
    for table in (*of.tables, *((of.change,) if of.change else ())):
        headings = tuple(column.name for column in table.columns)
        rows = tuple((row.heading.text, *(cell.text for cell in row.cells)) for row in table.rows)
        sections.append(Section(table.caption, (Grid(headings, rows, table.caption, tuple(range(1, len(headings)))),)))
    if of.hidden:
        sections.append(Section(_("Not shown"), (Bullets(of.hidden), Paragraph(too_few()))))
    sections.append(Section(_("Small numbers"), (Paragraph(small_numbers()),)))
    return Document(
        _("%(title)s: report, %(period)s") % {"title": _(programme.title), "period": period},
        (Paragraph(_("For %(funder)s.") % {"funder": programme.funder}),),
        tuple(sections),
        description=_("What the programme did, who asked, who was supported, and what changed."),
        foot=period,
        publisher=settings.BODY or "Evenhand",
    )


def small_numbers() -> str:
    """How small numbers are protected, in words."""
    return _(
        "One to five is shown as “fewer than 6”, and as many other cells are withheld as keep those from being "
        "worked out. Zero is shown as zero. A part of fewer than 30 has no percentage."
    )


def too_few() -> str:
    """Why a table is not shown."""
    return _("So few asked that a table could tell of one organisation.")


def _columns(row: list[str]) -> tuple[str, ...]:
    """The columns of a table, which is cut down to how many asked where more would tell too much."""
    every = (_("Supported"), _("Not supported"), _("Not decided"), _("All"))
    return every if len(row) > len(every) else (_("Asked"),)


def _table(key: str, caption: str, rows: list[list[str]]) -> Table:
    columns = (Column(caption), *(Column(name, numeric=True) for name in _columns(rows[0])))
    return Table(
        caption,
        columns,
        tuple(Row(_(row[0]), tuple(Cell(_said(value), value) for value in row[1:])) for row in rows),
        name=key.replace("-", "_"),
    )


def _change(rows: list[list[str]]) -> Table:
    columns = (
        Column(_("How sure they are of")),
        *(Column(name, numeric=True) for name in (_("Before"), _("After"), _("Answered both times"))),
    )
    return Table(
        _("What changed, from 1 (not at all sure) to 5 (very sure), in the mean"),
        columns,
        tuple(Row(_(row[0]), tuple(Cell(value, value) for value in row[1:])) for row in rows),
        name="change",
    )


def _said(value: str) -> str:
    if value.startswith(HELD + ", of "):
        return _("withheld, of %(whole)s") % {"whole": value.rpartition(" ")[2]}
    return {FEW: _("fewer than 6"), HELD: _("withheld")}.get(value, value)


def _value(value: str) -> str | Missing:
    return Missing(_said(value)) if value.startswith((FEW, HELD)) or not value else value
