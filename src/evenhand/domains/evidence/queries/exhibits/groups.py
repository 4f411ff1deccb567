"""Each group beside the reference, in one place and period."""

from collections.abc import Mapping
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import rate, times, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, ends, figures, heads, ranges, ratio_cells, small_tag
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.exhibits.shares import shares
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.catalogue import Measure
from evenhand.library.datasets.compare import NATION, Answered
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison


def groups(shown: Shown) -> Exhibit:
    """Each group beside the reference, in one place and period; counts alone where nothing is compared."""
    answered, lead = shown.answered, shown.lead
    if answered.kind == "shares":
        return shares(shown)
    ordered = sorted(answered.rows, key=lambda row: (row.flag == "reference", -(row.ratio or 0)))
    national = {row.group: row for row in shown.nation.rows} if shown.nation else {}
    said = {
        "events": _(answered.measure.events).capitalize(),
        "unit": words.unit(answered),
        "reference": words.people(answered, answered.reference),
        "place": answered.place.name,
        "period": answered.period,
    }
    table = _groups_table(shown, ordered, national)
    message = words.groups_message(answered)
    if lead is None:
        subtitle = _("%(events)s of each group, not compared. %(place)s, %(period)s.") % said
        return Exhibit(
            "groups",
            message,
            subtitle,
            None,
            table,
            receipt(shown, "groups", ranges=_("none: nothing is compared"), with_chart=False),
        )
    subtitle = _("%(unit)s, compared with %(reference)s. %(place)s, %(period)s.") % said
    plot = charts.DotPlot(
        title=subtitle,
        description=" ".join(words.row_in_words(answered, row) for row in ordered if row.flag != "reference"),
        rows=tuple(_dot(answered, row, lead, national.get(row.group)) for row in ordered),
        parity_label=words.parity(answered),
        lead_label=_("%(group)s, with likely range") % {"group": words.display(answered, lead.group)},
        other_label=_("Other groups"),
        published_label=_("Published without counts") if answered.kind != "counts" else "",
        few_label=_("Fewer than %(base)s %(events)s") % {"base": SMALL_BASE, "events": _(answered.measure.events)},
        reference_label=_("Compared with"),
        benchmark_label=_("England and Wales") if national else "",
        empty_label=_("No figure"),
    )
    chart = charts.dot_and_interval(plot, name="groups-chart")
    notes = (
        Note(
            _("How to read it"),
            _(
                "A dot on the dark line would mean that a group met this exactly as often as %(reference)s. Each step "
                "to the right doubles the gap."
            )
            % said,
        ),
        _range_note(answered),
        *_small_note(answered),
    )
    return Exhibit(
        "groups",
        message,
        subtitle,
        chart,
        table,
        receipt(shown, "groups", ranges=_("95%: ratio, exact conditional Poisson; difference, Zou and Donner")),
        notes,
    )


def _range_note(answered: Answered) -> Note:
    if answered.kind != "counts":
        text = _(
            "The publisher gives no counts with these figures. How far chance may have moved them cannot be worked "
            "out, so no range is shown."
        )
        return Note(_("No likely range"), text)
    text = _(
        "Counts move by chance from year to year. We would expect the underlying figure to lie inside the bar 19 times "
        "in 20."
    )
    return Note(_("The likely range"), text)


def _dot(answered: Answered, row: Comparison, lead: Comparison, national: Comparison | None) -> charts.DotRow:
    kind = "other"
    if row.flag == "reference":
        kind = "reference"
    elif row.flag == "small-base":
        kind = "few"
    elif answered.kind != "counts":
        kind = "published"
    elif row.group == lead.group:
        kind = "lead"
    note = "" if row.events is None else _events(answered, row.events)
    clear = row.clear or row.lower is None
    return charts.DotRow(
        words.display(answered, row.group),
        1.0 if row.flag == "reference" else row.ratio,
        row.lower,
        row.upper,
        kind=kind,  # type: ignore[arg-type]
        note=note,
        shown="1.0" if row.flag == "reference" else times(row.ratio),
        range_shown=_("reference") if row.flag == "reference" else words.interval(row.lower, row.upper),
        benchmark=national.ratio if national else None,
        remark=_("unsafe") if row.group in answered.unsafe else "" if clear else _("no clear difference"),
        empty="" if row.ratio is not None or row.flag == "reference" else words.reason(row.flag),
        lead=row.group == lead.group,
    )


def _events(answered: Answered, count: int) -> str:
    return f"{whole(count)} {_(answered.measure.event if count == 1 else answered.measure.events)}"


def _groups_table(shown: Shown, ordered: list[Comparison], national: Mapping[str, Comparison]) -> Table:
    answered, measure = shown.answered, shown.answered.measure
    said = {"per": whole(measure.rate_per), "reference": words.display(answered, answered.reference)}
    ratio, more = _("Times %(reference)s rate") % said, _("More for every %(per)s") % said
    columns = (
        heads(_("Group"), "group"),
        *_columns(answered, measure, ratio, more, said),
        *([figures(_("England and Wales, times"), "ratio_england_and_wales")] if national else []),
    )
    lead = shown.lead.group if shown.lead else ""
    rows = tuple(_groups_row(shown, row, national, lead=row.group == lead) for row in ordered)
    return Table(_("The same figures as a table"), columns, rows, name="groups")


def _columns(
    answered: Answered, measure: Measure, ratio: str, more: str, said: Mapping[str, str]
) -> tuple[Column, ...]:
    """What the answer has figures of: counts only where there are some, and ranges only with counts of both kinds."""
    unit = _(measure.unit)
    events = figures(capfirst(_(measure.events)), "events", "whole")
    if answered.kind == "counts":
        return (
            events,
            figures(capfirst(_(measure.population)), "population", "whole"),
            figures(_("For every %(per)s") % said, "rate", about=unit),
            figures(ratio, "ratio"),
            ranges(ratio, name="ratio"),
            figures(more, "difference", about=unit),
            ranges(more, name="difference"),
        )
    detail = measure.answer(answered.groups)
    made = [events] if detail.counted else []
    made += [figures(_("People asked"), "population", "whole")] if detail.bases else []
    made += [figures(capfirst(unit), "rate", about=unit)] if answered.kind == "rates" else []
    return (*made, figures(ratio, "ratio"))


def _published_cells(shown: Shown, row: Comparison, why: str) -> list[Cell]:
    answered, origin = shown.answered, partial(shown.origin, group=row.group)
    detail = answered.measure.answer(answered.groups)
    cells = [cell(whole, row.events, why, origin("events"))] if detail.counted else []
    cells += [cell(whole, row.population, why, origin("population"))] if detail.bases else []
    if answered.kind == "rates":
        cells.append(cell(partial(words.level, answered), row.rate, why, origin("rate")))
    return [*cells, cell(times, row.ratio, why, origin("ratio"))]


def _groups_row(shown: Shown, row: Comparison, national: Mapping[str, Comparison], *, lead: bool) -> Row:
    answered, origin = shown.answered, partial(shown.origin, group=row.group)
    why = words.reason(row.flag)
    cells = (
        _published_cells(shown, row, why)
        if answered.kind != "counts"
        else [
            cell(whole, row.events, why, origin("events")),
            cell(whole, row.population, why, origin("population")),
            cell(rate, row.rate, "", origin("rate")),
            *ratio_cells(row, why if row.events is not None else "", origin("ratio")),
            cell(rate, row.difference, "", origin("difference")),
            ends(rate, row.difference_lower, row.difference_upper, origin("difference")),
        ]
    )
    if national:
        there = national[row.group]
        cells.append(cell(times, there.ratio, words.reason(there.flag), origin("ratio", place=NATION)))
    name = words.display(answered, row.group)
    return Row(Cell(name, name, tag=small_tag(row)), tuple(cells), lead=lead, flag=row.flag or "")


def _small_note(answered: Answered) -> tuple[Note, ...]:
    small = [row for row in answered.rows if row.flag == "small-base"]
    if not small:
        return ()
    text = _(
        "A count under %(base)s is marked with a dashed ring: %(groups)s. Such a figure can change a great deal from "
        "one year to the next."
    )
    named = words.listed(words.display(answered, row.group) for row in small)
    return (Note(_("Small numbers"), text % {"base": SMALL_BASE, "groups": named}),)
