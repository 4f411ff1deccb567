"""The lead group through the years, beside the nation."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import times, whole
from evenhand.core.design.parts import Column, Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, ranges, ratio_cells
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.panel import Comparison


def trend(shown: Shown) -> Exhibit | None:
    """The lead group through the years, beside the nation."""
    question, answered, lead = shown.question, shown.answered, shown.lead
    periods = question.periods
    if lead is None or len(periods) < 2:  # noqa: PLR2004  (one point is no trend)
        return None
    here = {period: question.answer(period=period) for period in periods}
    rows = {period: one.row(lead.group) for period, one in here.items()}
    if sum(row.ratio is not None for row in rows.values()) < 2:  # noqa: PLR2004
        return None
    nation = {}
    if shown.nation:
        nation = {
            period: question.answer(place=shown.nation.place, period=period).row(lead.group) for period in periods
        }
    group = words.people(answered, lead.group)
    reference = words.people(answered, answered.reference)
    said = {
        "group": group,
        "reference": reference,
        "place": answered.place.name,
        "verb": _(answered.measure.verb),
        "first": times(rows[periods[0]].ratio),
        "last": times(rows[periods[-1]].ratio),
        "from": periods[0],
        "to": periods[-1],
    }
    heading = _("Over %(count)s years, the ratio in %(place)s went from %(first)s to %(last)s")
    if rows[periods[0]].ratio is None or rows[periods[-1]].ratio is None:
        heading = _("The ratio in %(place)s over %(count)s years")
    heading = heading % {**said, "count": len(periods)}
    series = [charts.TrendSeries(answered.place.name, tuple(_point(rows[period]) for period in periods), lead=True)]
    if nation:
        series.append(
            charts.TrendSeries(_("England and Wales"), tuple(_value_only(nation[period]) for period in periods))
        )
    subtitle = _("How many times as often %(group)s were %(verb)s as %(reference)s, years to March.") % said
    plot = charts.TrendPlot(
        title=subtitle,
        description="; ".join(
            f"{one.label}: "
            + ", ".join(
                f"{period} {times(point[0]) if point else _('no figure')}"
                for period, point in zip(periods, one.points, strict=True)
            )
            for one in series
        )
        + ".",
        periods=periods,
        series=tuple(series),
        parity_label=_("same as %(reference)s") % said,
    )
    return Exhibit(
        "trend",
        heading,
        subtitle,
        charts.trend(plot, name="trend-chart"),
        _trend_table(shown, here, nation),
        receipt(shown, "trend", period=_("%(from)s to %(to)s, years to March") % said),
        (
            _last_step(rows, periods),
            Note(
                _("One population for all years"),
                _(
                    "Every year is divided by the residents whom the 2021 Census counted. If the area’s population "
                    "has changed since, later years are a little out."
                ),
            ),
        ),
    )


def _trend_table(shown: Shown, here: Mapping[str, Answered], nation: Mapping[str, Comparison]) -> Table:
    answered = shown.answered
    group = shown.lead.group if shown.lead else ""
    said = {
        "group": words.display(answered, group),
        "reference": words.display(answered, answered.reference),
        "events": _(answered.measure.events),
    }
    ratio = _("Times %(reference)s rate") % said
    columns = (
        Column(_("Year to March")),
        figures(_("%(group)s: %(events)s") % said),
        figures(_("%(reference)s: %(events)s") % said),
        figures(ratio),
        ranges(ratio),
        *([figures(_("England and Wales, times"))] if nation else []),
    )
    rows = []
    for period, one in here.items():
        row, base = one.row(group), one.row(one.reference)
        why = words.reason(row.flag)
        cells = [cell(whole, row.events, why), cell(whole, base.events, why), *ratio_cells(row, why)]
        if nation:
            cells.append(cell(times, nation[period].ratio, words.reason(nation[period].flag)))
        rows.append(Row(period, tuple(cells), lead=period == answered.period))
    caption = _("%(group)s compared with %(reference)s, by year") % said
    return Table(caption, columns, tuple(rows), name="trend")


def _last_step(rows: Mapping[str, Comparison], periods: tuple[str, ...]) -> Note:
    before, after = rows[periods[-2]], rows[periods[-1]]
    heading = _("Is the last change real?")
    if None in (before.lower, before.upper, after.lower, after.upper):
        return Note(heading, _("One of the last two years has no figure to compare."))
    apart = (before.upper or 0) < (after.lower or 0) or (after.upper or 0) < (before.lower or 0)
    said = {
        "before": periods[-2],
        "after": periods[-1],
        "first": times(before.ratio),
        "last": times(after.ratio),
    }
    if apart:
        return Note(
            heading,
            _(
                "The ranges for %(before)s and %(after)s do not overlap: the change from %(first)s to %(last)s is more "
                "than chance from year to year would usually give."
            )
            % said,
        )
    return Note(
        heading,
        _(
            "The ranges for %(before)s and %(after)s overlap. Treat the change from %(first)s to %(last)s with care "
            "until another year is in."
        )
        % said,
    )


def _point(row: Comparison) -> tuple[float, float | None, float | None] | None:
    return None if row.ratio is None else (row.ratio, row.lower, row.upper)


def _value_only(row: Comparison) -> tuple[float, float | None, float | None] | None:
    return None if row.ratio is None else (row.ratio, None, None)
