"""One named question as an exhibit: what is held fixed, each group's difference, and the arithmetic."""

from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import change, whole
from evenhand.core.design.parts import Cell, Exhibit, Note, Receipt, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.counterfactuals import words as said_of
from evenhand.domains.evidence.queries.counterfactuals.shown import Supposed
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, heads, ranges, small_tag
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.counterfactuals import ONE_STAGE, SWAP, Counterfactual, Line


def scenario(shown: Supposed, slug: str) -> Exhibit | None:
    """The exhibit of one question, if it is one of those that fit the measure."""
    answer = next((one for one in shown.answers if one.scenario.slug == slug), None)
    if answer is None:
        return None
    answered, leader = answer.answered, answer.line(shown.leader.group)
    subtitle = _("%(name)s. %(held)s %(place)s, %(period)s.") % {
        "name": _(answer.scenario.name),
        "held": said_of.held_fixed(answer),
        "place": answered.place.name,
        "period": answered.period,
    }
    return Exhibit(
        slug,
        said_of.message(answer, leader),
        subtitle,
        charts.difference_bars(_plot(answer, leader), name=f"{slug}-chart"),
        _table(shown, answer, leader),
        _receipt(shown, answer),
        _notes(answer, leader),
    )


def ordered(answer: Counterfactual) -> list[Line]:
    """The lines from the most that would be fewer to the most that would be more, the reference last."""
    base = answer.answered.reference
    return sorted(answer.lines, key=lambda line: (line.group == base, -(line.difference or 0)))


def _plot(answer: Counterfactual, leader: Line) -> charts.DifferencePlot:
    events = _(answer.answered.measure.events)
    name = words.display(answer.answered, leader.group)
    return charts.DifferencePlot(
        title=_("%(name)s: %(events)s recorded, less those that the question gives")
        % {"name": _(answer.scenario.name), "events": events},
        description=" ".join(said_of.line_in_words(answer, line) for line in ordered(answer)),
        rows=tuple(_bar(answer, line, lead=line.group == leader.group) for line in ordered(answer)),
        below=_("more"),
        above=_("fewer"),
        lead_label=name,
        other_label=_("Other groups"),
        reference_label=_("The rate that the others are given"),
    )


def _bar(answer: Counterfactual, line: Line, *, lead: bool) -> charts.DifferenceRow:
    stays = line.group == answer.answered.reference and line.lower is None
    doubtful = line.difference is not None and not stays and not line.clear
    return charts.DifferenceRow(
        words.display(answer.answered, line.group),
        line.difference,
        line.lower,
        line.upper,
        shown=change(line.difference),
        range_shown=_("stays") if stays else said_of.interval(line),
        remark=_("no clear difference") if doubtful else "",
        empty="" if line.difference is not None else words.reason(line.flag),
        lead=lead,
        reference=stays,
    )


def _table(shown: Supposed, answer: Counterfactual, leader: Line) -> Table:
    answered = answer.answered
    difference = _("Difference")
    columns = (
        heads(_("Group"), "group"),
        figures(capfirst(_(answered.measure.events)), "events", "whole"),
        figures(capfirst(_(answered.measure.population)), "population", "whole"),
        figures(_("By this question"), "expected", about=said_of.formula(answer)),
        figures(difference, "difference", about=said_of.sign()),
        ranges(difference, name="difference"),
    )
    rows = [_row(shown, answer, line, lead=line.group == leader.group) for line in ordered(answer)]
    return Table(
        _("%(name)s, group by group") % {"name": _(answer.scenario.name)},
        columns,
        (*rows, *_sums(answer)),
        name=answer.scenario.slug,
    )


def _row(shown: Supposed, answer: Counterfactual, line: Line, *, lead: bool) -> Row:
    why = words.reason(line.flag)
    name = words.display(answer.answered, line.group)
    tag = small_tag(answer.answered.row(line.group))
    return Row(
        Cell(name, name, tag=tag), _cells(line, why, _origins(shown, answer, line)), lead=lead, flag=line.flag or ""
    )


def _sums(answer: Counterfactual) -> tuple[Row, ...]:
    """The other groups together, and everyone: the total that is held fixed, or what becomes of it."""
    if answer.total.difference is None:
        return ()
    others = Row(said_of.together(answer), _cells(answer.total, ""))
    if answer.scenario is ONE_STAGE:
        return (others,)
    swap = answer.scenario is SWAP
    fewer = 0.0 if swap else answer.total.difference
    everyone = Line(
        "",
        answer.events,
        answer.population,
        (answer.events or 0) - fewer,
        fewer,
        None if swap else answer.total.lower,
        None if swap else answer.total.upper,
    )
    return (others, Row(_("Everyone"), _cells(everyone, "")))


def traced(shown: Shown, figure: str, line: Line) -> str:
    """Where a figure of one group comes from; blank for several groups together, which no file counts."""
    return shown.origin(figure, line.group) if line.group else ""


def _origins(shown: Supposed, answer: Counterfactual, line: Line) -> tuple[str, str, str]:
    """Where the two counts and the difference come from: that of a swap is worked out in the notes alone."""
    compared = answer.scenario is not SWAP and line.group != answer.answered.reference
    events, population = (traced(shown, figure, line) for figure in ("events", "population"))
    return events, population, traced(shown, "excess", line) if compared else ""


def _cells(line: Line, why: str, origins: tuple[str, str, str] = ("", "", "")) -> tuple[Cell, ...]:
    """The figures of a line; what has no range of its own is what the question leaves as it is."""
    shown, (events, population, difference) = partial(cell, why=why), origins
    no_range = "" if line.lower is not None else _("stays") if line.difference is not None else why
    return (
        shown(whole, line.events, origin=events),
        shown(whole, line.population, origin=population),
        shown(whole, line.expected),
        shown(change, line.difference, origin=difference),
        Cell(said_of.interval(line), (line.lower, line.upper), no_range),
    )


def _receipt(shown: Supposed, answer: Counterfactual) -> Receipt:
    events = {"events": _(answer.answered.measure.events)}
    ranges = _("95%: Zou and Donner, over exact Poisson limits")
    if answer.scenario is SWAP:
        ranges = _("95%: Wilson’s, of the group’s share of the total")
    return receipt(
        shown,
        answer.scenario.slug,
        unit=_("%(events)s recorded, less those that the question gives") % events,
        ranges=ranges,
        method=_("shown rounded half up; worked out and downloaded in full"),
    )


def _notes(answer: Counterfactual, leader: Line) -> tuple[Note, ...]:
    return (
        Note(_("The arithmetic"), f"{said_of.formula(answer)} {said_of.worked(answer, leader)}"),
        Note(_("Plus and minus"), said_of.signs(answer)),
        Note(
            _("What the range is"),
            _(
                "These are full counts, not samples. The range says only how far counts of this size move by "
                "chance. Age, nationality and the kinds of offence are left out of it, as of the figure itself."
            ),
        ),
    )
