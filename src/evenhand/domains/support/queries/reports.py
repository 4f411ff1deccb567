"""A report as a page, a spreadsheet and a document show it: one shape for all three, from figures that were kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.design.parts import Cell, Column, Field, KeyFigure, Missing, Note, Row, Table
from evenhand.core.exports import About, Bullets, Document, Facts, Grid, Licence, Paragraph, Section, Sheet
from evenhand.core.organisations.demonstration import SCHEME
from evenhand.domains.support.models import FunderReport
from evenhand.domains.support.rules.periods import Period, financial_year, since
from evenhand.domains.support.rules.programmes import Programme
from evenhand.domains.support.rules.reporting import FEW, HELD, LEAST, as_number, differences

LICENCE = Licence("Creative Commons Attribution 4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")


PARTS = {
    "reach": gettext_lazy("Reach"),
    "success": gettext_lazy("Success"),
    "unmet": gettext_lazy("Who was not reached"),
    "reasons": gettext_lazy("Why not eligible"),
    "help": gettext_lazy("Help asked for"),
    "given": gettext_lazy("What was given"),
    "change": gettext_lazy("What changed"),
    "area": gettext_lazy("Region"),
    "size": gettext_lazy("Income"),
    "led-by": gettext_lazy("Led by"),
}
CALLED = {
    "decided": gettext_lazy("had an answer"),
    "supported": gettext_lazy("were offered support"),
    "not-supported": gettext_lazy("were not"),
    "helped": gettext_lazy("had days with a consultant"),
    "delivered": gettext_lazy("Organisations that have had all their days"),
    "ineligible": gettext_lazy("Not eligible, of those who were not offered support"),
    "days-awarded": gettext_lazy("Days offered"),
    "days-confirmed": gettext_lazy("Days given, and confirmed by the organisations"),
    "pounds-awarded": gettext_lazy("Pounds offered"),
    "success": gettext_lazy("Offered support, of those who had an answer"),
}


PUBLISHED = "published"


@dataclass(frozen=True)
class Shown:
    """The parts of a report, as components take them."""

    keys: tuple[KeyFigure, ...]
    given: tuple[tuple[str, str], ...]
    success: str
    unmet: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    help: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    hidden: tuple[str, ...]
    change: Table | None
    whole: bool  # with all that is told of a single period; a longer time has sums alone


@dataclass(frozen=True)
class Told:
    """A time whose figures may be told: how an address names it, what people call it, and the periods within it."""

    key: str
    name: str
    periods: tuple[Period, ...]

    @property
    def period(self) -> Period:
        """From the first day of it to the last."""
        return Period(self.periods[0].begins, self.periods[-1].ends)


def times_told(periods: tuple[Period, ...], today: dt.date) -> tuple[Told, ...]:
    """What a dashboard may be asked for: each period, the latest first; the year so far; and all of it."""
    found = [Told(one.begins.isoformat(), in_words(one), (one,)) for one in reversed(periods)]
    year = since(financial_year(today), periods)
    if year:
        found.append(Told("year", _("This financial year so far"), year))
    if periods:
        found.append(Told("whole", _("Since the programme began"), periods))
    return tuple(found)


def in_words(period: Period) -> str:
    """A period by its days."""
    return f"{period.begins:%-d %B %Y} – {period.ends:%-d %B %Y}"


def published_reports(slug: str) -> tuple[FunderReport, ...]:
    """What everybody may read: of each period the latest issue that is published, the latest period first."""
    latest: dict[dt.date, FunderReport] = {}
    for one in FunderReport.objects.filter(programme=slug, status=PUBLISHED):
        latest.setdefault(one.begins_on, one)
    return tuple(latest.values())


def shown(figures: dict[str, Any]) -> Shown:
    """Figures that were worked out, as they are shown."""

    def named(part: str) -> tuple[tuple[str, str], ...]:
        return tuple((str(CALLED.get(name) or _(name)), in_plain_words(value)) for name, value in figures.get(part, ()))

    breakdowns = (("area", _("By region")), ("size", _("By income")), ("led-by", _("By who leads the organisation")))
    return Shown(
        tuple(
            KeyFigure(in_plain_words(value), "", str(CALLED.get(name, name)), lead=not at)
            for at, (name, value) in enumerate(figures["reach"])
        ),
        named("given"),
        in_plain_words(figures["success"]),
        named("unmet"),
        named("reasons"),
        named("help"),
        tuple(_table(key, caption, figures[key]) for key, caption in breakdowns if figures.get(key)),
        tuple(caption for key, caption in breakdowns if key in figures and not figures[key]),
        _change(figures["change"]) if figures.get("change") else None,
        "area" in figures,
    )


def changed(before: dict[str, Any], after: dict[str, Any]) -> Table:
    """What two issues of one report say otherwise."""
    rows = tuple(
        Row(
            f"{PARTS.get(part, part)}: {CALLED.get(name) or _(name)}",
            tuple(Cell(in_plain_words(value) or _("nothing"), value) for value in values),
        )
        for part, name, *values in differences(before, after)
    )
    columns = (Column(_("What is counted")), Column(_("Before")), Column(_("Now")))
    return Table(_("What this issue says otherwise than the one before"), columns, rows, name="changed")


def sheet_of(programme: Programme, figures: dict[str, Any], told: Told, drafted: dt.date) -> Sheet:
    """Every figure on one line each: the part, the line, the column, the number, and of how many where it is a part."""
    lines = [
        (part, str(CALLED.get(name) or _(name)), "", value)
        for part in ("reach", "unmet", "reasons", "help", "given")
        for name, value in figures.get(part, ())
    ]
    lines.append(("success", str(CALLED["success"]), "", figures["success"]))
    lines += [
        (part, _(row[0]), column, value)
        for part in ("area", "size", "led-by")
        for row in figures.get(part, ())
        for column, value in zip(_columns(), row[1:], strict=False)
    ]
    columns = (_("before"), _("after"), _("answered both times"))
    lines += [
        ("change", _(name), column, value)
        for name, *values in figures.get("change", ())
        for column, value in zip(columns, values, strict=True)
    ]
    rows = tuple((str(PARTS[part]), line, column, *_numbers(value)) for part, line, column, value in lines)
    fields = (
        Field("part", _("Part")),
        Field("line", _("What is counted")),
        Field("column", _("Column")),
        Field("value", _("Value"), "number", description=_("A count, pounds, days, or a mean as it may be shown.")),
        Field("whole", _("Of how many"), "whole", description=_("Where the value is a part: of how many it is one.")),
    )
    notes = [Note(_("Small numbers"), small_numbers())]
    if invented(programme):
        notes.insert(0, Note(_("Demonstration"), demonstration()))
    about = About(
        _("%(title)s: report") % {"title": _(programme.title)},
        _("What the programme did, who was supported, who was not, and what changed."),
        settings.BODY or "Evenhand",
        LICENCE,
        notes=tuple(notes),
        period=told.name if told.key == "report" else f"{told.name}: {in_words(told.period)}",
        issued=drafted,
    )
    return Sheet(f"report_{programme.slug.replace('-', '_')}", fields, rows, about, key=("part", "line", "column"))


def document_of(programme: Programme, figures: dict[str, Any], told: Told, *, words: str = "") -> Document:
    """The report as a document."""
    of, period = shown(figures), in_words(told.period)
    sections = [
        Section(_("Reach"), (Facts(tuple((one.term, one.figure) for one in of.keys)),)),
        Section(str(PARTS["success"]), (Facts(((str(CALLED["success"]), of.success or _("nothing")),)),)),
    ]
    if words:
        paragraphs = tuple(Paragraph(one) for one in words.split("\n") if one.strip())
        sections.insert(0, Section(_("In our words"), paragraphs))
    for heading, pairs in (
        (PARTS["unmet"], of.unmet),
        (_("Why organisations were not eligible"), of.reasons),
        (PARTS["help"], of.help),
        (PARTS["given"], of.given),
    ):
        if pairs:
            sections.append(Section(str(heading), (Facts(pairs),)))
    for table in (*of.tables, *((of.change,) if of.change else ())):
        headings = tuple(column.name for column in table.columns)
        rows = tuple((row.heading.text, *(cell.text for cell in row.cells)) for row in table.rows)
        sections.append(Section(table.caption, (Grid(headings, rows, table.caption, tuple(range(1, len(headings)))),)))
    if of.hidden:
        sections.append(Section(_("Not shown"), (Bullets(of.hidden), Paragraph(too_few()))))
    sections.append(Section(_("Small numbers"), (Paragraph(small_numbers()),)))
    for_whom = _("For %(funder)s.") % {"funder": programme.funder}
    return Document(
        _("%(title)s: report, %(period)s") % {"title": _(programme.title), "period": period},
        (Paragraph(f"{for_whom} {demonstration()}" if invented(programme) else for_whom),),
        tuple(sections),
        description=_("What the programme did, who was supported, who was not, and what changed."),
        foot=period,
        publisher=settings.BODY or "Evenhand",
    )


def small_numbers() -> str:
    """How small numbers are protected, in words."""
    return _(
        "One to five is shown as “fewer than 6”, and whatever would give that away is withheld. Zero is shown as zero. "
        "A part of fewer than 30 has no percentage. A quarter in which fewer than six were offered support, were not "
        "offered it, or had days is counted with the next; a longer time adds up what single periods tell."
    )


def demonstration() -> str:
    """That nothing of it is real, in words."""
    return _("This is a demonstration: no organisation, no fund and no figure in it is real.")


def invented(declared: Programme) -> bool:
    """Whether who pays for a programme is invented."""
    return declared.funder_id.startswith(f"{SCHEME}-")


def too_few() -> str:
    """Why a table is not shown."""
    return _("So few had an answer that a table could tell of one organisation.")


def words_on_numbers() -> dict[str, str]:
    """How numbers are protected, in the words of every page that shows them."""
    return {"small_numbers": small_numbers(), "too_few": too_few(), "none_yet": none_yet()}


def none_yet() -> str:
    """Why there are no figures at all."""
    return _(
        "No period can be told yet. One is told once a quarter is over by which six or more were offered support, six "
        "or more were not, and six or more had days; or none."
    )


def _columns() -> tuple[str, ...]:
    return _("Offered support"), _("Not offered it")


def _table(key: str, caption: str, rows: list[list[str]]) -> Table:
    columns = (Column(caption), *(Column(name, numeric=True) for name in _columns()))
    return Table(
        caption,
        columns,
        tuple(Row(_(row[0]), tuple(Cell(in_plain_words(value), value) for value in row[1:])) for row in rows),
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


def in_plain_words(value: str) -> str:
    """A value in words: what is held back, what is at least so many, or the number itself."""
    if value.startswith(HELD + ", of "):
        return _("withheld, of %(whole)s") % {"whole": value.rpartition(" ")[2]}
    if value.startswith(LEAST):
        return _("at least %(count)s") % {"count": value.removeprefix(LEAST)}
    return {FEW: _("fewer than 6"), HELD: _("withheld")}.get(value, value)


def _numbers(value: str) -> tuple[float | Missing, int | Missing]:
    """A value as numbers: how many, and of how many; or why there is none."""
    part, _of, whole = value.partition(" of ")
    known = int(whole.split()[0].replace(",", "")) if whole else Missing(_("no part of anything"))
    if value.startswith((FEW, HELD)) or not value:
        return Missing(in_plain_words(value.partition(",")[0]) or _("nothing to count")), known
    return as_number(part), known
