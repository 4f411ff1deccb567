"""What goes into the questions, what is left out, and how far that could move the answers."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import change, percent, rate, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Field, Note, Row, Table, machine_name
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.counterfactuals import words as said_of
from evenhand.domains.evidence.queries.counterfactuals.scenarios import ordered, traced
from evenhand.domains.evidence.queries.counterfactuals.shown import Supposed
from evenhand.domains.evidence.queries.exhibits.cells import between, cell, figures, heads
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.library.datasets.counterfactuals import ONE_STAGE, Counterfactual, Extent, Line


def inputs(shown: Supposed) -> Exhibit | None:
    """Every number that the questions use, with the shares that it makes, and the records left out."""
    answer, answered = shown.first, shown.answered
    total = answer.total
    if total.events is None or total.population is None or not answer.events or not answer.population:
        return None
    said = {
        "others": said_of.others(answer),
        "share": percent(total.events / answer.events),
        "residents": percent(total.population / answer.population),
        "events": _(answered.measure.events),
        "population": _(answered.measure.population),
        "all": whole(answer.events),
        "of": whole(answer.population),
        "place": answered.place.name,
        "period": answered.period,
        "unknown": whole(answered.unknown.events) if answered.unknown else "",
    }
    left_out = (
        _("%(unknown)s %(events)s with no ethnicity recorded are in none of the figures.") % said
        if answered.unknown
        else _("How many %(events)s had no ethnicity recorded is not published here.") % said
    )
    return Exhibit(
        "inputs",
        _("%(others)s were %(share)s of %(events)s and %(residents)s of %(population)s") % said,
        _("All that goes in: %(all)s %(events)s of known ethnicity, and %(of)s %(population)s. %(place)s, %(period)s.")
        % said,
        charts.bar_with_unknowns(_bar(shown), name="inputs-chart"),
        _table(shown),
        receipt(
            shown,
            "inputs",
            unit=_("%(events)s and %(population)s, and the share of each group in both") % said,
            ranges=_("none: these are the counts themselves"),
        ),
        (
            Note(_("Left out"), left_out),
            *(Note(_(one.heading), _(one.text)) for one in answered.measure.caveats if one.key in SCOPE),
        ),
    )


SCOPE = ("prison-scope", "children-aged")  # caveats that say who is in the counts


def _bar(shown: Supposed) -> charts.BarPlot:
    answered, unknown = shown.answered, shown.answered.unknown
    whole_of = unknown.of if unknown else shown.first.events
    said = {"all": whole(whole_of), "events": _(answered.measure.events)}
    known = sorted(shown.first.lines, key=lambda line: -(line.events or 0))
    return charts.BarPlot(
        title=_("All %(all)s %(events)s, by recorded ethnicity") % said,
        description="",
        parts=tuple(
            charts.BarPart(
                words.display(answered, line.group),
                line.events or 0,
                whole(line.events),
                lead=line.group == shown.leader.group,
            )
            for line in known
        ),
        unknown=charts.BarPart(_("Not recorded"), unknown.events, whole(unknown.events)) if unknown else None,
    )


def _table(shown: Supposed) -> Table:
    answer, measure = shown.first, shown.answered.measure
    per = {"per": whole(measure.rate_per)}
    columns = (
        heads(_("Group"), "group"),
        figures(capfirst(_(measure.events)), "events", "whole"),
        figures(_("Share of them"), "events_share", "share"),
        figures(capfirst(_(measure.population)), "population", "whole"),
        figures(_("Share of those"), "population_share", "share"),
        figures(_("For every %(per)s") % per, "rate", about=_(measure.unit)),
    )
    everyone = Line("", answer.events, answer.population, None, None, None, None)
    lines = [(words.display(shown.answered, line.group), line) for line in ordered(answer)]
    lines += [(said_of.together(answer), answer.total), (_("Everyone"), everyone)]
    rows = tuple(
        Row(name, (*_figures(shown, line), _rate(shown, line, measure.rate_per)), lead=line.group == shown.leader.group)
        for name, line in lines
    )
    return Table(_("What goes into the questions"), columns, rows, name="inputs")


def _figures(shown: Supposed, line: Line) -> tuple[Cell, ...]:
    answer, events, population = shown.first, line.events, line.population
    why = words.reason(line.flag)
    return (
        cell(whole, events, why, traced(shown, "events", line)),
        cell(percent, events / answer.events if events is not None and answer.events else None, why),
        cell(whole, population, why, traced(shown, "population", line)),
        cell(percent, population / answer.population if population is not None and answer.population else None, why),
    )


def _rate(shown: Supposed, line: Line, per: int) -> Cell:
    """The rate of one group; of several together there is none, since groups differ."""
    if not line.group:
        return Cell("", None, _("groups differ"))
    value = per * line.events / line.population if line.events is not None and line.population else None
    return cell(rate, value, words.reason(line.flag), traced(shown, "rate", line))


def not_recorded(shown: Supposed) -> Exhibit | None:
    """How far the records with no ethnicity could move each answer; none where they are not published."""
    answered, unknown = shown.answered, shown.answered.unknown
    bounded = [answer for answer in shown.answers if answer.total_extent]
    if unknown is None or not bounded:
        return None
    first = bounded[0]
    line, extent = first.total, first.total_extent
    if first.scenario is ONE_STAGE:
        line, extent = shown.leader, first.extent(shown.leader.group)
    ends = (line.difference, extent.lower, extent.upper) if extent else (line.difference, None, None)
    told = change if min(end or 0 for end in ends) < 0 else whole
    said = {
        "some": whole(unknown.events),
        "share": percent(unknown.share),
        "events": _(answered.measure.events),
        "reference": words.people(answered, answered.reference),
        "figure": told(ends[0]),
        "least": told(ends[1]),
        "most": told(ends[2]),
    }
    return Exhibit(
        "not-recorded",
        _(
            "However the %(some)s %(events)s with no ethnicity recorded are shared out, %(figure)s lies between "
            "%(least)s and %(most)s"
        )
        % said,
        _("The least and the most that each difference could be, however those %(share)s are shared out.") % said,
        None,
        _bounds(shown, bounded),
        receipt(
            shown,
            "not-recorded",
            unit=_("%(events)s recorded, less those that the question gives") % said,
            ranges=_("none: the ends are bounds, not chance"),
            method=_("bounds under full allocation"),
            with_chart=False,
        ),
        (
            Note(
                _("How the ends are made"),
                _(
                    "The least: none of them belong to the group, and where rates are compared all to %(reference)s. "
                    "The most: all of them belong to the group."
                )
                % said,
            ),
            Note(
                _("Two kinds of doubt"),
                _("The bounds are what nobody wrote down, the likely range is chance. We never add the two together."),
            ),
        ),
    )


def _bounds(shown: Supposed, bounded: list[Counterfactual]) -> Table:
    columns = [heads(_("Group"), "group")]
    for answer in bounded:
        said, key = {"name": _(answer.scenario.name)}, machine_name(answer.scenario.slug.replace("-", " "))
        columns.append(figures(said["name"], key, about=said_of.sign()))
        ends = (
            Field(f"{key}_least", _("%(name)s, least") % said, "number"),
            Field(f"{key}_most", _("%(name)s, most") % said, "number"),
        )
        columns.append(Column(_("Could be"), numeric=True, fields=ends))
    rows = []
    for line in ordered(shown.first):
        cells = [made for answer in bounded for made in _bound(answer, answer.line(line.group))]
        name = words.display(shown.answered, line.group)
        rows.append(Row(name, tuple(cells), lead=line.group == shown.leader.group))
    cells = [made for answer in bounded for made in _pair(answer.total, answer.total_extent)]
    rows.append(Row(said_of.together(shown.first), tuple(cells)))
    caption = _("Every difference, were the missing records known")
    return Table(caption, tuple(columns), tuple(rows), name="not-recorded")


def _bound(answer: Counterfactual, line: Line) -> tuple[Cell, Cell]:
    return _pair(line, answer.extent(line.group))


def _pair(line: Line, extent: Extent | None) -> tuple[Cell, Cell]:
    figure = cell(change, line.difference, words.reason(line.flag))
    if extent is None:
        return figure, Cell("", (None, None), _("stays"))
    return figure, Cell(between(change(extent.lower), change(extent.upper)), (extent.lower, extent.upper))
