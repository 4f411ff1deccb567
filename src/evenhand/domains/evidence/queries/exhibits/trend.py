"""The lead group through the years, beside the nation."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import times, whole
from evenhand.core.design.parts import Cell, Exhibit, Kind, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, heads, ranges, ratio_cells, small_tag
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.catalogue import Measure
from evenhand.library.datasets.compare import NATION, Answered, Question
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.datasets.periods import alike, joined
from evenhand.library.datasets.years import change


def trend(shown: Shown) -> Exhibit | None:
    """The lead group through the years, beside the nation."""
    question, answered, lead = shown.question, shown.answered, shown.lead
    periods = alike(question.periods)
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
    heading = _("The ratio in %(place)s, from %(first)s in %(from)s to %(last)s in %(to)s")
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
    subtitle = {
        "often": _("How many times as often %(group)s were %(verb)s as %(reference)s."),
        "rate": _("How many times the rate of %(reference)s %(group)s were %(verb)s at."),
        "long": _("How many times as long sentences of %(group)s were as those of %(reference)s."),
    }[answered.measure.pattern] % said
    broken = breaks(answered.measure, periods)
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
        breaks=tuple(broken),
        break_note=_("not joined up") if broken else "",
    )
    return Exhibit(
        "trend",
        heading,
        subtitle,
        charts.trend(plot, name="trend-chart"),
        _trend_table(shown, {**here, **_together(question, periods)}, nation),
        receipt(shown, "trend", period=_("%(from)s to %(to)s") % said),
        tuple(_notes(shown, rows, broken)),
        period=_("%(from)s to %(to)s") % said,
    )


def breaks(measure: Measure, periods: Sequence[str]) -> dict[int, str]:
    """The places in a list of periods before which the line is broken, each with the reason."""
    return {
        place: _(measure.breaks.get(after) or "") or _("Periods between these are not published.")
        for place, (before, after) in enumerate(pairwise(periods), start=1)
        if after in measure.breaks or not joined(before, after)
    }


def _notes(shown: Shown, rows: Mapping[str, Comparison], broken: Mapping[int, str]) -> Iterator[Note]:
    detail = shown.question.detail
    if detail.kind == "counts" and shown.lead:
        yield _last_step(shown.question, shown.lead.group, rows)
    if detail.populations and detail.population_series == "residents":
        yield Note(
            _("One population for all years"),
            _(
                "Every year is divided by the residents whom the 2021 Census counted. If the area’s population has "
                "changed since, later years are a little out."
            ),
        )
    if broken:
        yield Note(_("Where the line is broken"), " ".join(dict.fromkeys(broken.values())))
    if detail.kind != "counts":
        yield Note(
            _("No likely range"),
            _("The figures were published without counts: a small step may be chance, and nobody outside can tell."),
        )


def _together(question: Question, periods: Sequence[str]) -> dict[str, Answered]:
    """The periods of another length, such as three years together: in the table, and not in the line."""
    return {period: question.answer(period=period) for period in question.periods if period not in periods}


def _trend_table(shown: Shown, here: Mapping[str, Answered], nation: Mapping[str, Comparison]) -> Table:
    answered = shown.answered
    group = shown.lead.group if shown.lead else ""
    said = {
        "group": words.display(answered, group),
        "reference": words.display(answered, answered.reference),
        "events": _(answered.measure.events),
    }
    ratio = _("Times %(reference)s rate") % said
    counted = answered.kind == "counts"
    said["what"] = _(answered.measure.events) if counted else _("rate")
    what: tuple[str, Kind] = ("events", "whole") if counted else ("rate", "number")
    levels = (
        figures(_("%(group)s: %(what)s") % said, *what),
        figures(_("%(reference)s: %(what)s") % said, f"reference_{what[0]}", what[1]),
    )
    columns = (
        heads(words.of_years(tuple(here)), "period"),
        *(levels if answered.kind != "ratios" else ()),
        figures(ratio, "ratio"),
        ranges(ratio, name="ratio"),
        *([figures(_("England and Wales, times"), "ratio_england_and_wales")] if nation else []),
    )
    rows = []
    for period, one in here.items():
        row, base = one.row(group), one.row(one.reference)
        why = words.reason(row.flag)
        ratio_of = partial(shown.origin, "ratio", group, period=period)
        cells = [*_levels(shown, period, row, base, why), *ratio_cells(row, why, ratio_of())]
        if nation:
            there = nation.get(period)
            why = words.reason(there.flag if there else None)
            cells.append(cell(times, there.ratio if there else None, why, ratio_of(place=NATION) if there else ""))
        header = Cell(period, period, tag=small_tag(row))
        rows.append(Row(header, tuple(cells), lead=period == answered.period, flag=row.flag or ""))
    caption = _("%(group)s compared with %(reference)s, by year") % said
    return Table(caption, columns, tuple(rows), name="trend")


def _levels(shown: Shown, period: str, row: Comparison, base: Comparison, why: str) -> list[Cell]:
    """What the two groups' ratio is made of: counts, or published rates, or nothing where only ratios are published."""
    origin = partial(shown.origin, period=period)
    if shown.answered.kind == "counts":
        return [cell(whole, one.events, why, origin("events", one.group)) for one in (row, base)]
    if shown.answered.kind == "rates":
        level = partial(words.level, shown.answered)
        return [cell(level, one.rate, why, origin("rate", one.group)) for one in (row, base)]
    return []


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
