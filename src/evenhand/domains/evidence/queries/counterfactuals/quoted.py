"""A number that others quote beside today's: the same arithmetic on what they print, and on what is published now."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import change, percent, rate, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Field, Note, Receipt, Row, Table
from evenhand.domains.evidence.queries.counterfactuals import words as said_of
from evenhand.domains.evidence.queries.counterfactuals.shown import PRISON, Supposed
from evenhand.domains.evidence.queries.exhibits.cells import between, cell, figures
from evenhand.domains.evidence.queries.exhibits.receipts import quoted as links_of
from evenhand.domains.evidence.queries.exhibits.receipts import take_away
from evenhand.library.datasets.counterfactuals import EQUAL_RATE, SWAP, Counterfactual
from evenhand.library.datasets.quoted_counterfactuals import Quoted, quoted_counterfactuals

REFERENCE = "White"  # whom the quoted numbers set all others beside


def side_by_side(shown: Supposed) -> Exhibit | None:
    """What others quote of people in prison beside the answers of today, where they ask the same question."""
    answered = shown.answered
    by = {answer.scenario.slug: answer for answer in shown.answers}
    if answered.measure.slug != PRISON or answered.reference != REFERENCE or shown.first.total.difference is None:
        return None
    swap, equal = by[SWAP.slug], by[EQUAL_RATE.slug]
    quoted = quoted_counterfactuals()
    first = quoted[0]
    said = {
        "said": capfirst(_(first.said)),
        "swap": said_of.counted(swap.total.difference),
        "equal": said_of.counted(equal.total.difference),
        "period": answered.period,
    }
    return Exhibit(
        "side-by-side",
        _("“%(said)s” and today’s %(swap)s are one question at two times; %(equal)s answers another question") % said,
        _("The same two sums, from the percentages that others print and from the counts of %(period)s.") % said,
        charts.difference_bars(_plot(swap, equal, quoted), name="side-by-side-chart"),
        _table(swap, equal, quoted),
        _receipt(shown, quoted),
        _notes(swap, quoted),
        period=_("as each row says"),
    )


def _plot(swap: Counterfactual, equal: Counterfactual, quoted: tuple[Quoted, ...]) -> charts.DifferencePlot:
    rows = [
        charts.DifferenceRow(
            _(one.title),
            value,
            shown=change(value),
            note=name,
        )
        for one in quoted
        for name, value in ((_(SWAP.name), one.swap), (_(EQUAL_RATE.name), one.equal_rate))
    ]
    for answer in (swap, equal):
        total = answer.total
        rows.append(
            charts.DifferenceRow(
                answer.answered.period,
                total.difference,
                total.lower,
                total.upper,
                shown=change(total.difference),
                range_shown=said_of.interval(total),
                note=_(answer.scenario.name),
                lead=True,
            )
        )
    return charts.DifferencePlot(
        title=_("How many fewer people in prison, by two questions and three sets of numbers"),
        description="",
        rows=tuple(rows),
        below=_("more"),
        above=_("fewer"),
        lead_label=_("From counts, with likely range"),
        other_label=_("From percentages that others print"),
        range_label=_("Likely range"),
    )


def _table(swap: Counterfactual, equal: Counterfactual, quoted: tuple[Quoted, ...]) -> Table:
    whose, rounded = _("Whose numbers"), _("If rounded shares")
    about = _("How far rounding of the two percentages to whole ones leaves it open")
    columns = (
        Column(whose, fields=(Field("whose_numbers", whose), Field("period", _("Period")))),
        figures(_("In prison"), "events", "whole"),
        figures(_("Share of them"), "events_share", "share"),
        figures(_("Share of residents"), "population_share", "share"),
        figures(_(SWAP.name), "swap", about=said_of.sign()),
        Column(
            rounded,
            numeric=True,
            fields=(
                Field("swap_least", _("Swap, least"), "number", about),
                Field("swap_most", _("Swap, most"), "number", about),
            ),
        ),
        figures(_(EQUAL_RATE.name), "equal_rate", about=said_of.sign()),
    )
    return Table(
        _("All groups but White together, in prison and among residents"),
        columns,
        (*(_of_others(one) for one in quoted), _of_today(swap, equal)),
        name="side-by-side",
    )


def _of_others(one: Quoted) -> Row:
    name = _("%(title)s: “%(said)s”") % {"title": _(one.title), "said": _(one.said)}
    cells = (
        cell(whole, one.total),
        Cell(f"{one.share}%", one.share / 100),
        Cell(f"{one.residents}%", one.residents / 100),
        cell(change, one.swap),
        Cell(between(*(change(end) for end in one.swap_rounded)), one.swap_rounded),
        cell(change, one.equal_rate),
    )
    return Row(Cell(name, (name, _(one.period))), cells)


def _of_today(swap: Counterfactual, equal: Counterfactual) -> Row:
    total, events, population = swap.total, swap.events or 0, swap.population or 0
    in_prison, residents = (total.events or 0) / events, (total.population or 0) / population
    cells = (
        cell(whole, events),
        cell(_two_places, in_prison),
        cell(_two_places, residents),
        cell(change, total.difference),
        Cell("", (None, None), _("counted, not rounded")),
        cell(change, equal.total.difference),
    )
    name = _("%(period)s: this page") % {"period": swap.answered.period}
    return Row(Cell(name, (name, swap.answered.period)), cells, lead=True)


def _two_places(share: float | None) -> str:
    return percent(share, 2)


def _receipt(shown: Supposed, quoted: tuple[Quoted, ...]) -> Receipt:
    answered = shown.answered
    published = "; ".join(dict.fromkeys(f"{source.publisher}, {source.title}" for source in answered.sources))
    pairs = (
        (_("Unit"), _("people in prison, recorded less those that the question gives")),
        (
            _("Counts"),
            _("people in prison: as others print them, and as counted on %(day)s") % {"day": answered.period},
        ),
        (_("Out of"), _("residents: the share that others print, and the 2021 Census")),
        (_("Period"), _("as each row says")),
        (_("Source"), "; ".join((*(f"{one.source_title}, {one.table}" for one in quoted), published))),
        (_("Range"), _("of the counts alone; whole percentages have the range that rounding leaves")),
        (_("Checked"), _(quoted[0].checked)),
    )
    return Receipt(pairs, links_of(shown), take_away(shown, "side-by-side"))


def _notes(swap: Counterfactual, quoted: tuple[Quoted, ...]) -> tuple[Note, ...]:
    total, first = swap.total, quoted[0]
    in_prison = 100 * (total.events or 0) / (swap.events or 1)
    residents = 100 * (total.population or 0) / (swap.population or 1)
    said = {
        "then": f"{first.share}%",
        "now": percent(in_prison / 100),
        "residents_then": f"{first.residents}%",
        "residents_now": percent(residents / 100),
        "distance_then": whole(first.share - first.residents),
        "distance_now": rate(in_prison - residents),
        "said": first.said,
        "swap": said_of.counted(total.difference),
    }
    return (
        Note(
            _("Why the two swaps differ"),
            _(
                "The share in prison rose from %(then)s to %(now)s, and the share of residents from "
                "%(residents_then)s to %(residents_now)s. The distance between the two, which a swap multiplies, went "
                "from %(distance_then)s points to %(distance_now)s. So %(swap)s is no sign by itself that things are "
                "nearer to even, and “%(said)s” is no longer today’s figure."
            )
            % said,
        ),
        *(Note(_(one.title), _(one.note)) for one in quoted),
        Note(
            _("£309 million a year"),
            _(
                "The Review also gives this as a cost. Its workings are not available, and we hold no costs: it is not "
                "worked out again here, and must not be scaled with any of these numbers."
            ),
        ),
    )
