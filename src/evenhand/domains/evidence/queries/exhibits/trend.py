"""The lead group through the years, beside the nation."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import times, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, ranges, ratio_cells, small_tag
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered, Question
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.datasets.years import change


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
    over_all = change(question, lead.group, periods[0], periods[-1])
    heading = _("The ratio in %(place)s over %(count)s years")
    if over_all and over_all.clear:
        heading = _("Over %(count)s years, the ratio in %(place)s went from %(first)s to %(last)s")
    elif over_all:
        heading = _("Over %(count)s years, the ratio in %(place)s shows no clear change: %(first)s, then %(last)s")
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
        parity_label=words.parity(answered),
    )
    return Exhibit(
        "trend",
        heading,
        subtitle,
        charts.trend(plot, name="trend-chart"),
        _trend_table(shown, here, nation),
        receipt(shown, "trend", period=_("%(from)s to %(to)s, years to March") % said),
        (
            _last_step(question, lead.group, rows),
            Note(
                _("One population for all years"),
                _(
                    "Every year is divided by the residents whom the 2021 Census counted. If the area’s population "
                    "has changed since, later years are a little out."
                ),
            ),
        ),
        period=_("%(from)s to %(to)s") % said,
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
        header = Cell(period, period, tag=small_tag(row))
        rows.append(Row(header, tuple(cells), lead=period == answered.period, flag=row.flag or ""))
    caption = _("%(group)s compared with %(reference)s, by year") % said
    return Table(caption, columns, tuple(rows), name="trend")


def _last_step(question: Question, group: str, rows: Mapping[str, Comparison]) -> Note:
    before, after = list(rows)[-2:]
    heading = _("Is the last change more than chance?")
    found = change(question, group, before, after)
    if found is None:
        return Note(heading, _("One of the last two years has no figure to compare."))
    text = _(
        "The step from %(first)s in %(before)s to %(last)s in %(after)s is no bigger than chance often makes it. Treat "
        "it with care until another year is in."
    )
    if found.clear:
        text = _(
            "The step from %(first)s in %(before)s to %(last)s in %(after)s is bigger than chance from year to year "
            "would usually make it."
        )
    said = {"before": before, "after": after, "first": times(rows[before].ratio), "last": times(rows[after].ratio)}
    return Note(heading, text % said)


def _point(row: Comparison) -> tuple[float, float | None, float | None] | None:
    return None if row.ratio is None else (row.ratio, row.lower, row.upper)


def _value_only(row: Comparison) -> tuple[float, float | None, float | None] | None:
    return None if row.ratio is None else (row.ratio, None, None)
