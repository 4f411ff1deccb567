"""The whole journey on one page: every stage in order, every measure of it, the groups side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import times, whole
from evenhand.core.design.parts import Cell, Column, Field, Link, LinkGroup, Note, Receipt, Row, Table
from evenhand.core.exports import About, Licence, Sheet, Source, sheet_of
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, heads, ranges, ratio_ends
from evenhand.domains.evidence.queries.exhibits.downloads import PUBLISHER
from evenhand.domains.evidence.queries.exhibits.receipts import TABLES
from evenhand.library.datasets.catalogue import Measure, measures
from evenhand.library.datasets.compare import NATION, Answered
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.places import place
from evenhand.library.vocabulary import stages

COLUMNS = ("Black", "Mixed", "Asian", "Other")
IN_OTHER = {"Chinese or other": "Other", "Any other": "Other"}  # how older classifications name their last group
GROUND = "sg"
HEADLINE = ("stop-and-search", "arrests", "prison-population")


@dataclass(frozen=True)
class Mark:
    """One group at one measure: its ratio as a number and as a drawing, or why there is none."""

    group: str
    shown: str
    doubt: str
    strip: SafeString | None
    why: str
    lead: bool


@dataclass(frozen=True)
class Line:
    """One measure of a stage: its marks, or in words what there is instead of ratios."""

    title: str
    url: str
    period: str
    out_of: str
    against: str
    marks: tuple[Mark, ...]
    said: str
    gap: bool = False


def journey() -> dict[str, Any]:
    """Everything that the page of the whole journey shows."""
    answers = _answers()
    axis = charts.strip_axis(
        tuple(
            charts.StripMark(row.ratio, row.lower, row.upper)
            for answered in answers.values()
            for row in answered.rows
            if row.ratio is not None and _column(row.group) in COLUMNS
        )
    )
    by_stage: dict[str, list[Measure]] = {}
    for measure in measures():
        by_stage.setdefault(measure.stage, []).append(measure)
    lines = {
        stage.slug: tuple(_line(measure, answers.get(measure.slug), axis) for measure in by_stage.get(stage.slug, ()))
        for stage in stages()
    }
    ordered = [(stage, lines[stage.slug]) for stage in stages()]
    return {
        "journey": [one for one in ordered if not one[0].beside],
        "beside": [one for one in ordered if one[0].beside],
        "columns": COLUMNS,
        "scale": charts.strip_scale(axis),
        "ground": charts.strip_ground(axis, name=GROUND),
        "headline": [
            {"verb": _(answers[slug].measure.verb), "times": times(answers[slug].row("Black").ratio)}
            for slug in HEADLINE
        ],
        "stages": sum(not stage.beside for stage in stages()),
        "gaps": sum(not stage.beside and not any(line.marks for line in lines[stage.slug]) for stage in stages()),
        "turns": list(_turns(answers)),
        "table": journey_table(answers),
        "receipt": _receipt(answers),
        "crumbs": [Link(_("Home"), "/"), Link(_("Evidence"), "", current=True)],
        "canonical": settings.SITE_URL + reverse("evidence:journey"),
        "alternates": [],
    }


def _answers() -> Mapping[str, Answered]:
    """The latest answer for England and Wales to each measure that has one."""
    return {measure.slug: ask(measure.slug).answer() for measure in measures() if measure.answers}


def _column(group: str) -> str:
    return IN_OTHER.get(group, group)


def _line(measure: Measure, answered: Answered | None, axis: Any) -> Line:
    url = reverse("evidence:measure", args=[measure.slug])
    if answered is None:
        return Line(_(measure.title), url, "", "", "", (), _(measure.not_published), gap=True)
    out_of = {
        "population": _("out of %(population)s"),
        "stock": _("on one day, out of %(population)s") if answered.kind == "counts" else _("out of %(population)s"),
        "stage-before": _("out of those who came this far: %(population)s"),
        "share": _("shares only"),
    }[measure.denominator] % {"population": _(measure.population)}
    against = "" if answered.reference == "White" else words.display(answered, answered.reference)
    if answered.kind == "shares":
        return Line(_(measure.title), url, answered.period, out_of, "", (), words.groups_message(answered) + ".")
    by = {_column(row.group): row for row in answered.rows}
    return Line(
        _(measure.title),
        url,
        answered.period,
        out_of,
        against,
        tuple(_mark(answered, group, by.get(group), axis) for group in COLUMNS),
        "",
    )


def _mark(answered: Answered, group: str, row: Comparison | None, axis: Any) -> Mark:
    name = _(group)
    if row is None:
        return Mark(name, "", "", None, _("within Other") if group == "Mixed" else _("not published"), lead=False)
    if row.ratio is None:
        return Mark(name, "", "", None, words.reason(row.flag), lead=False)
    published = row.lower is None
    kind = "published" if published else "few" if row.flag == "small-base" else "other"
    leads = group == "Black"  # one colour down the page: the same group, not the largest figure of each row
    return Mark(
        name,
        times(row.ratio),
        words.interval(row.lower, row.upper) or _("published without counts"),
        charts.strip(charts.StripMark(row.ratio, row.lower, row.upper, kind=kind, lead=leads), axis, ground=GROUND),  # type: ignore[arg-type]
        _("unsafe") if row.group in answered.unsafe else "",
        lead=leads,
    )


def _turns(answers: Mapping[str, Answered]) -> Iterator[dict[str, str]]:
    """Where the pattern turns round: measures at which some group met it less often than the reference group."""
    for slug, answered in answers.items():
        compared = [row for row in answered.rows if row.ratio is not None]
        below = [row for row in compared if (row.ratio or 0) < 1 and (row.clear or row.lower is None)]
        if answered.kind in ("counts", "rates") and below and answered.measure.harm == "higher":
            yield {
                "said": words.groups_message(answered),
                "period": answered.period,
                "url": reverse("evidence:measure", args=[slug]),
                "title": _(answered.measure.title),
            }


def journey_sheet() -> Sheet:
    """Every figure of the journey, to take away."""
    answers = _answers()
    tables = [source for answered in answers.values() for source in answered.sources]
    about = About(
        title=_("The justice journey, group by group, England and Wales"),
        description=_("Every ratio of the journey with its range and its counts: the latest of each measure."),
        publisher=PUBLISHER,
        licence=Licence(_("Each figure has the licence of its source")),
        sources=tuple(
            dict.fromkeys(Source(one.publisher, one.title, one.url, one.table, one.licence) for one in tables)
        ),
        notes=tuple(Note(_(answered.measure.title), _(answered.measure.unit)) for answered in answers.values()),
        place=place(NATION).name,
        permalink=settings.SITE_URL + reverse("evidence:journey"),
    )
    return sheet_of(journey_table(answers), about, key=("measure", "group", "period"))


def journey_table(answers: Mapping[str, Answered]) -> Table:
    """Every ratio of the page with its range and counts, a row for each measure and group."""
    rows = []
    for answered in answers.values():
        for row in answered.rows:
            if row.flag == "reference" or (row.ratio is None and row.rate is None):
                continue
            title = _(answered.measure.title)
            cells = (
                *(Cell(text, text) for text in (words.display(answered, row.group), answered.period)),
                *(Cell(text, text) for text in (words.display(answered, answered.reference), answered.release)),
                cell(times, row.ratio, words.reason(row.flag)),
                ratio_ends(row.lower, row.upper),
                cell(whole, row.events, _("not published")),
                cell(whole, row.population, _("not published")),
            )
            named = Cell(title, (title, answered.measure.slug))
            rows.append(Row(named, cells, flag=row.flag or ""))
    times_rate = _("Times the reference group’s rate")
    return Table(
        _("Every figure, with its range and its counts"),
        (
            Column(
                _("Measure"), fields=(Field("measure_title", _("Measure")), Field("measure", _("Name of the measure")))
            ),
            heads(_("Group"), "group"),
            heads(_("Period"), "period"),
            heads(_("Compared with"), "reference"),
            heads(_("Release"), "release"),
            figures(times_rate, "ratio"),
            ranges(times_rate, name="ratio"),
            figures(_("Counted"), "events", "whole"),
            figures(_("Out of"), "population", "whole"),
        ),
        tuple(rows),
        name="journey",
    )


def _receipt(answers: Mapping[str, Answered]) -> Receipt:
    publishers: dict[str, list[str]] = {}
    for answered in answers.values():
        for source in answered.sources:
            publishers.setdefault(source.publisher, [])
            if (title := _(answered.measure.title)) not in publishers[source.publisher]:
                publishers[source.publisher].append(title)
    return Receipt(
        tuple((publisher, ", ".join(titles)) for publisher, titles in publishers.items()),
        files=(LinkGroup(_("Table"), tuple(Link(said, _file(form)) for form, said in TABLES.items())),),
    )


def _file(form: str) -> str:
    return reverse("evidence:journey-table", args=[form])
