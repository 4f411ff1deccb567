"""One stage at a time for every stage that has counts, and the stages that have none."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import change, times, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Field, Receipt, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.counterfactuals import words as said_of
from evenhand.domains.evidence.queries.counterfactuals.shown import Supposed
from evenhand.domains.evidence.queries.exhibits.cells import NOTHING, cell, figures, heads, ranges, small_tag
from evenhand.domains.evidence.queries.exhibits.receipts import basis, quoted, take_away
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.catalogue import Measure, counted, measures
from evenhand.library.datasets.comparison import SMALL_BASE
from evenhand.library.datasets.counterfactuals import Counterfactual, Line
from evenhand.library.vocabulary import stages

TWO = 2  # stages that a heading has room for


def one_at_a_time(shown: Supposed) -> Exhibit | None:
    """Every stage with counts and something to divide them by, each alone at the reference group's rate."""
    answers = shown.stages
    if not answers:
        return None
    first = answers[0].answered
    group = (_leader(answers[0]) or answers[0].lines[0]).group
    publishers = dict.fromkeys(source.publisher for answer in answers for source in answer.answered.sources)
    said = {
        "reference": words.people(first, first.reference),
        "group": words.people(first, group),
    }
    return Exhibit(
        "stages",
        _message(answers, group),
        _(
            "One stage only, again and again: every group has the rate of %(reference)s there, and all before it stays "
            "as recorded. Each stage starts from those who came to it, so the numbers are never added up."
        )
        % said,
        charts.dot_and_interval(_plot(answers, group), name="stages-chart"),
        _table(answers),
        Receipt(
            (
                (_("Unit"), _("what was recorded, less what the question gives; beside it, times the reference rate")),
                (_("Counts"), _("searches, arrests, remands or custodial sentences, as each row says")),
                (_("Out of"), _("residents, or the children who came to that stage, as each row says")),
                (_("Ethnicity"), basis(first.ethnicity_basis)),
                (_("Period"), _("as each row says")),
                (_("Source"), _("%(publishers)s: each table stands below") % {"publishers": "; ".join(publishers)}),
                (_("Range"), _("95%: difference, Zou and Donner; ratio, exact conditional Poisson")),
            ),
            quoted(shown),
            take_away(shown, "stages"),
        ),
        folded=True,
        period=_("as each row says"),
    )


def _plot(answers: tuple[Counterfactual, ...], group: str) -> charts.DotPlot:
    first = answers[0].answered
    rows = tuple(_dot(answer, group) for answer in answers)
    said = {"group": words.people(first, group), "reference": words.people(first, first.reference)}
    return charts.DotPlot(
        title=_("%(group)s at each stage with counts, compared with %(reference)s") % said,
        description="",
        rows=rows,
        parity_label=words.parity(first),
        lead_label=_("%(group)s, with likely range") % said,
        few_label=_("A count under %(base)s") % {"base": SMALL_BASE},
        empty_label=_("No figure"),
    )


def _dot(answer: Counterfactual, group: str) -> charts.DotRow:
    answered = answer.answered
    row, line = answered.row(group), answer.line(group)
    said = {
        "change": said_of.fewer_or_more(line.difference),
        "period": answered.period,
    }
    return charts.DotRow(
        _(answered.measure.title),
        row.ratio,
        row.lower,
        row.upper,
        kind="few" if row.flag == "small-base" else "lead",
        note=_("%(change)s, %(period)s") % said,
        shown=times(row.ratio),
        range_shown=words.interval(row.lower, row.upper),
        remark="" if row.clear else _("no clear difference"),
        empty="" if row.ratio is not None else words.reason(row.flag),
        lead=True,
    )


def no_open_count(shown: Supposed) -> Exhibit | None:
    """The stages where the question cannot be asked, and what is published there instead."""
    journey = [stage for stage in stages() if not stage.beside]
    with_counts = {measure.stage for measure in counted().measures}
    gaps = [measure for measure in measures() if measure not in counted().measures]
    there = {stage.slug: _(stage.name) for stage in journey}
    rows = tuple(_gap(there[measure.stage], measure) for measure in gaps if measure.stage in there)
    if not rows:
        return None
    said = {"count": sum(stage.slug not in with_counts for stage in journey), "all": len(journey)}
    return Exhibit(
        "no-open-count",
        _("At %(count)s of %(all)s stages there is no open count, so the question cannot be asked") % said,
        _("What is published there instead. Rates, ratios and shares without counts to divide cannot say how many."),
        None,
        Table(
            _("What has no open count, stage by stage"),
            (
                heads(_("Measure"), "measure"),
                heads(_("Stage"), "stage"),
                heads(_("Published instead"), "published_instead"),
            ),
            rows,
            name="no-open-count",
        ),
        Receipt(
            (
                (_("Unit"), _("none: nothing is counted here")),
                (_("Counts"), _("no open count by ethnicity with something to divide it by")),
                (_("Out of"), _("nothing")),
                (_("Period"), _("as the page of each measure says")),
                (_("Source"), _("the measures of this site")),
                (_("Range"), _("none")),
            ),
            quoted(shown),
            take_away(shown, "no-open-count", with_chart=False),
        ),
        period=_("as the page of each measure says"),
    )


def _message(answers: tuple[Counterfactual, ...], group: str) -> str:
    """The first stages of the journey in one sentence, for the group that stands out there."""
    told = [
        _("%(change)s %(events)s")
        % {
            "change": said_of.fewer_or_more(answer.line(group).difference),
            "events": _(answer.answered.measure.events),
        }
        for answer in answers
        if answer.line(group).clear and answer.answered.measure.people == "people"
    ][:TWO]
    if not told:
        return _("At each stage alone, how many fewer or more there would be at the rate of the reference group")
    said = {
        "told": words.listed(told),
        "group": words.people(answers[0].answered, group),
        "reference": words.people(answers[0].answered, answers[0].answered.reference),
    }
    return _("At the rate of %(reference)s at one stage alone: %(told)s of %(group)s") % said


def _leader(answer: Counterfactual) -> Line | None:
    clear = [line for line in answer.lines if line.clear]
    return max(clear, key=lambda line: abs(line.difference or 0), default=None)


def _table(answers: tuple[Counterfactual, ...]) -> Table:
    difference = _("Difference")
    said = {"reference": words.display(answers[0].answered, answers[0].answered.reference)}
    heading = _("Stage, years and group")
    columns = (
        Column(heading, fields=(Field("stage_and_group", heading), Field("period", _("Period")))),
        figures(_("Recorded"), "events", "whole"),
        figures(_("Out of"), "population", "whole"),
        heads(_("Who they are"), "population_of"),
        figures(_("At the %(reference)s rate") % said, "expected"),
        figures(difference, "difference", about=said_of.sign()),
        ranges(difference, name="difference"),
        figures(_("Times %(reference)s rate") % said, "ratio"),
    )
    rows = tuple(
        _row(answer, line) for answer in answers for line in answer.lines if line.group != answer.answered.reference
    )
    return Table(_("One stage at a time, group by group"), columns, rows, name="stages")


def _row(answer: Counterfactual, line: Line) -> Row:
    answered = answer.answered
    why = words.reason(line.flag)
    here = Shown(answer.question, answered, None, None)
    name = _("%(measure)s, %(period)s: %(group)s") % {
        "measure": _(answered.measure.title),
        "period": answered.period,
        "group": words.display(answered, line.group),
    }
    url = reverse("evidence:measure", args=[answered.measure.slug])
    cells = (
        cell(whole, line.events, why, here.origin("events", line.group)),
        cell(whole, line.population, why, here.origin("population", line.group)),
        Cell(_(answered.measure.population), _(answered.measure.population)),
        cell(whole, line.expected, why),
        cell(change, line.difference, why, here.origin("excess", line.group)),
        Cell(said_of.interval(line) or NOTHING, (line.lower, line.upper)),
        cell(times, line.ratio, why, here.origin("ratio", line.group)),
    )
    tag = small_tag(answered.row(line.group))
    return Row(Cell(name, (name, answered.period), url=url, tag=tag), cells, flag=line.flag or "")


def _gap(stage: str, measure: Measure) -> Row:
    kind = measure.answers[0].kind if measure.answers else ""
    instead = {"rates": _("rates only"), "ratios": _("ratios only"), "shares": _("shares only")}.get(
        kind, _("nothing open")
    )
    url = reverse("evidence:measure", args=[measure.slug])
    title = capfirst(_(measure.title))
    return Row(Cell(title, title, url=url), (Cell(stage, stage), Cell(instead, instead)))
