"""Events with no ethnicity recorded, and how far they could move the answer."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent, times, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered, Bounds
from evenhand.library.datasets.panel import Comparison


def not_recorded(shown: Shown) -> Exhibit | None:
    """The events with no ethnicity, and how far they could move the answer."""
    answered, lead = shown.answered, shown.lead
    bound = answered.bound(lead.group) if lead else None
    if answered.unknown is None or lead is None or bound is None or lead.ratio is None:
        return None
    unknown = answered.unknown
    said = {
        "share": percent(unknown.share),
        "events": _(answered.measure.events),
        "all": whole(unknown.of),
        "some": whole(unknown.events),
        "place": answered.place.name,
        "period": answered.period,
        "group": words.people(answered, lead.group),
        "reference": words.people(answered, answered.reference),
        "reference_group": words.display(answered, answered.reference),
    }
    parts = sorted((row for row in answered.rows if row.events is not None), key=lambda row: -(row.events or 0))
    if answered.groups > 5:  # noqa: PLR2004  (nineteen parts do not fit one bar: the lead group, and the rest)
        rest = sum(row.events or 0 for row in parts if row.group != lead.group and row.flag != "reference")
        bar: tuple[charts.BarPart, ...] = (
            _part(answered, answered.row(answered.reference), lead),
            charts.BarPart(_("All other groups"), rest, whole(rest)),
            _part(answered, lead, lead),
        )
    else:
        bar = tuple(_part(answered, row, lead) for row in parts)
    everything = charts.BarPlot(
        title=_("All %(all)s %(events)s, by recorded ethnicity") % said,
        description="",
        parts=bar,
        unknown=charts.BarPart(_("Not recorded"), unknown.events, whole(unknown.events)),
    )
    lower, upper = bound.lower, bound.upper
    doubt = (lower, upper) if lower is not None and upper is not None else None
    extent = charts.DotPlot(
        title=_("How far the missing records could move the answer"),
        description=words.could_be(lead, bound),
        rows=(
            charts.DotRow(
                _("If all %(some)s were %(reference)s") % said,
                lower,
                kind="extreme",
                shown=times(lower),
                empty=_("not enough data"),
            ),
            charts.DotRow(
                _("Recorded ethnicity only"),
                lead.ratio,
                lead.lower,
                lead.upper,
                kind="lead",
                shown=times(lead.ratio),
                span_of_doubt=doubt,
            ),
            charts.DotRow(
                _("If all %(some)s were %(group)s") % said,
                upper,
                kind="extreme",
                shown=times(upper),
                empty=_("not enough data"),
            ),
        ),
        parity_label=_("same as %(reference)s") % said,
        width="long",
    )
    return Exhibit(
        "not-recorded",
        _not_recorded_message(said, bound),
        _("All %(all)s %(events)s in %(place)s, %(period)s, and what the headline would be if we knew the rest.")
        % said,
        charts.bar_with_unknowns(everything, name="recorded-chart"),
        _bounds_table(answered, lead, said),
        receipt(
            shown,
            "not-recorded",
            counts=_("%(all)s %(events)s, %(some)s with no ethnicity") % said,
            method=_("bounds under full allocation"),
        ),
        (
            Note(
                _("Two kinds of doubt"),
                _(
                    "The bar behind the dot is chance. The hatching is what nobody wrote down. We never add the two "
                    "together."
                ),
            ),
            Note(
                _("The extremes are not forecasts"),
                _(
                    "It is very unlikely that all these people belonged to one group. The ends only show how far the "
                    "answer could move."
                ),
            ),
        ),
        further=(charts.dot_and_interval(extent, name="bounds-chart"),),
    )


def _part(answered: Answered, row: Comparison, lead: Comparison) -> charts.BarPart:
    name = words.display(answered, row.group)
    return charts.BarPart(name, row.events or 0, whole(row.events), lead=row.group == lead.group)


def _bounds_table(answered: Answered, lead: Comparison, said: Mapping[str, str]) -> Table:
    names = (
        _("All %(some)s %(reference_group)s") % said,
        _("Recorded only"),
        _("All %(some)s this group"),
        _("Share that would close the gap"),
    )
    none = _("not enough data")
    rows = []
    for bound in answered.bounds:
        row = answered.row(bound.group)
        cells = (
            cell(times, bound.lower, none),
            cell(times, row.ratio, words.reason(row.flag)),
            cell(times, bound.upper, none),
            Cell(_tipping(bound), bound.tipping_share, "" if bound.tipping_share is not None else none),
        )
        rows.append(Row(words.display(answered, bound.group), cells, lead=bound.group == lead.group))
    return Table(
        _("Times the %(reference_group)s rate, under three assumptions") % said,
        (Column(_("Group")), *(figures(name % said) for name in names)),
        tuple(rows),
        name="not-recorded",
    )


def _not_recorded_message(said: Mapping[str, str], bound: Bounds) -> str:
    if bound.tipping_share is not None and not 0 <= bound.tipping_share <= 1:
        text = _(
            "%(share)s of %(events)s have no ethnicity recorded, yet no way of filling the gaps closes the difference"
        )
    else:
        text = _(
            "%(share)s of %(events)s have no ethnicity recorded: enough, if filled in one way, to close the difference"
        )
    return text % said


def _tipping(bound: Bounds) -> str:
    share = bound.tipping_share
    if share is None:
        return ""
    return percent(share) if 0 <= share <= 1 else _("None")
