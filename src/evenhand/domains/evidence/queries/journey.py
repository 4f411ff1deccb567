"""The whole journey on one page: every stage in order, every measure of it, the groups side by side."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import times, whole
from evenhand.core.design.parts import Cell, Column, Field, Link, LinkGroup, Note, Receipt, Row, Table
from evenhand.core.exports import About, Licence, Sheet, Source, sheet_of
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask, catalogue
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, heads, ranges, ratio_ends
from evenhand.domains.evidence.queries.exhibits.downloads import PUBLISHER
from evenhand.domains.evidence.queries.exhibits.receipts import TABLES
from evenhand.domains.evidence.queries.lines import COLUMNS, GROUND, axis_of, line_of
from evenhand.library.datasets.compare import NATION, Answered
from evenhand.library.places import place
from evenhand.library.vocabulary import stages

if TYPE_CHECKING:
    from evenhand.library.datasets.catalogue import Measure

HEADLINE = ("stop-and-search", "arrests", "prison-population")


def journey() -> dict[str, Any]:
    """Everything that the page of the whole journey shows."""
    answers = _answers()
    axis = axis_of(answers.values())
    by_stage: dict[str, list[Measure]] = {}
    for measure in catalogue().measures:
        by_stage.setdefault(measure.stage, []).append(measure)
    titles = {slug: words.titled(answered) for slug, answered in answers.items()}
    lines = {
        stage.slug: tuple(
            line_of(measure, answers.get(measure.slug), axis, title=titles.get(measure.slug, ""))
            for measure in by_stage.get(stage.slug, ())
        )
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
    return {measure.slug: ask(measure.slug).answer() for measure in catalogue().measures if measure.answers}


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
                "title": words.titled(answered),
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
            title = words.titled(answered)
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
