"""Events with no ethnicity recorded, and how far they could move the answer."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent, times, whole
from evenhand.core.design.parts import Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, heads
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered, Bounds
from evenhand.library.datasets.comparison import Comparison, NotRecorded

MOST_PARTS = 5  # more do not fit one bar


def not_recorded(shown: Shown) -> Exhibit | None:
    """The events with no ethnicity, and how far they could move the answer where there is one."""
    answered, lead, unknown = shown.answered, shown.lead, shown.answered.unknown
    if unknown is None or not unknown.events:
        return None
    said = {
        "share": percent(unknown.share),
        "events": _(answered.measure.events),
        "all": whole(unknown.of),
        "some": whole(unknown.events),
        "place": answered.place.name,
        "period": answered.period,
        "reference": words.people(answered, answered.reference),
        "reference_group": words.display(answered, answered.reference),
    }
    bar = charts.BarPlot(
        title=_("All %(all)s %(events)s, by recorded ethnicity") % said,
        description="",
        parts=_parts(answered, lead, unknown),
        unknown=charts.BarPart(_("Not recorded"), unknown.events, whole(unknown.events)),
    )
    counts = _("%(all)s %(events)s, %(some)s with no ethnicity") % said
    recorded = charts.bar_with_unknowns(bar, name="recorded-chart")
    bound = answered.bound(lead.group) if lead else None
    if lead is None or bound is None:
        return Exhibit(
            "not-recorded",
            _("%(share)s of %(events)s have no ethnicity recorded") % said,
            _("All %(all)s %(events)s in %(place)s, %(period)s.") % said,
            recorded,
            _counts_table(shown, unknown, said),
            receipt(shown, "not-recorded", counts=counts),
        )
    extent = _extent(
        lead, bound, {**said, "group": words.people(answered, lead.group), "parity": words.parity(answered)}
    )
    return Exhibit(
        "not-recorded",
        _message(said, lead, bound),
        _("All %(all)s %(events)s in %(place)s, %(period)s, and what the headline would be if we knew the rest.")
        % said,
        recorded,
        _bounds_table(shown, lead, said),
        receipt(shown, "not-recorded", counts=counts, method=_("bounds under full allocation")),
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
                    "It is very unlikely that all of them belonged to one group. The ends only show how far the "
                    "answer could move."
                ),
            ),
        ),
        further=(charts.dot_and_interval(extent, name="bounds-chart"),),
    )


def _parts(answered: Answered, lead: Comparison | None, unknown: NotRecorded) -> tuple[charts.BarPart, ...]:
    """Every group as a stretch of the bar; of many groups, the lead, the reference and all others together."""
    shown = [row for row in answered.rows if row.events is not None]
    if lead and len(shown) > MOST_PARTS:
        shown = [answered.row(answered.reference), lead]
    parts = [
        charts.BarPart(
            words.display(answered, row.group),
            row.events or 0,
            whole(row.events),
            lead=bool(lead and row.group == lead.group),
        )
        for row in sorted(shown, key=lambda row: -(row.events or 0))
    ]
    rest = unknown.of - unknown.events - sum(row.events or 0 for row in shown)
    # Two tables revised on different days may not add up: a part is drawn only where there is one.
    return (*parts, charts.BarPart(_("All other groups"), rest, whole(rest))) if rest > 0 else tuple(parts)


def _extent(lead: Comparison, bound: Bounds, said: Mapping[str, str]) -> charts.DotPlot:
    def extreme(label: str, value: float | None) -> charts.DotRow:
        return charts.DotRow(label, value, kind="extreme", shown=times(value), empty=_("not enough data"))

    known = bound.lower is not None and bound.upper is not None
    return charts.DotPlot(
        title=_("How far the missing records could move the answer"),
        description=words.could_be(lead, bound),
        rows=(
            extreme(_("If all %(some)s were %(reference)s") % said, bound.lower),
            charts.DotRow(
                _("Recorded ethnicity only"),
                lead.ratio,
                lead.lower,
                lead.upper,
                kind="lead",
                shown=times(lead.ratio),
                span_of_doubt=(bound.lower or 0, bound.upper or 0) if known else None,
            ),
            extreme(_("If all %(some)s were %(group)s") % said, bound.upper),
        ),
        parity_label=said["parity"],
        width="long",
    )


def _counts_table(shown: Shown, unknown: NotRecorded, said: Mapping[str, str]) -> Table:
    answered, origin = shown.answered, shown.origin
    rows = [
        Row(words.display(answered, row.group), (cell(whole, row.events, "", origin("events", row.group)),))
        for row in answered.rows
    ]
    return Table(
        _("%(place)s, %(period)s") % said,
        (heads(_("Group"), "group"), figures(_(answered.measure.events).capitalize(), "events", "whole")),
        (*rows, Row(_("Not recorded"), (cell(whole, unknown.events, "", origin("unknown")),))),
        name="not-recorded",
    )


def _bounds_table(shown: Shown, lead: Comparison, said: Mapping[str, str]) -> Table:
    answered = shown.answered
    columns = (
        heads(_("Group"), "group"),
        figures(_("All %(some)s %(reference_group)s") % said, "ratio_if_all_reference"),
        figures(_("Recorded only"), "ratio"),
        figures(_("All %(some)s this group") % said, "ratio_if_all_group"),
        figures(
            _("Share that would close the gap"),
            "tipping_share",
            "share",
            _("Of those with no ethnicity recorded, the share that would have to be of this group for equal rates"),
        ),
    )
    none = _("not enough data")
    rows = []
    for bound in answered.bounds:
        row = answered.row(bound.group)
        origin = partial(shown.origin, group=bound.group)
        cells = (
            cell(times, bound.lower, none, origin("lower-bound")),
            cell(times, row.ratio, words.reason(row.flag), origin("ratio")),
            cell(times, bound.upper, none, origin("upper-bound")),
            cell(words.tipping, bound.tipping_share, none, origin("tipping-share")),
        )
        rows.append(Row(words.display(answered, bound.group), cells, lead=bound.group == lead.group))
    return Table(
        _("Times the %(reference_group)s rate, under three assumptions") % said,
        columns,
        tuple(rows),
        name="not-recorded",
    )


def _message(said: Mapping[str, str], lead: Comparison, bound: Bounds) -> str:
    if not lead.clear:
        text = _("%(share)s of %(events)s have no ethnicity recorded")
    elif bound.tipping_share is not None and not 0 <= bound.tipping_share <= 1:
        text = _(
            "%(share)s of %(events)s have no ethnicity recorded, yet no way of filling the gaps closes the difference"
        )
    else:
        text = _(
            "%(share)s of %(events)s have no ethnicity recorded: enough, if filled in one way, to close the difference"
        )
    return text % said
