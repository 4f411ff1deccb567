"""Who was among those counted: each group's share of a whole that nothing is divided by."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent, whole
from evenhand.core.design.parts import Cell, Chart, Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, heads
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import Comparison

PERCENT = 100


def shares(shown: Shown) -> Exhibit:
    """Every group's share, drawn as one bar where all are counted, with the residents beside where that is fit."""
    answered = shown.answered
    ordered = sorted(answered.rows, key=lambda row: -(row.rate or 0))
    said = {
        "events": _(answered.measure.events).capitalize(),
        "place": answered.place.name,
        "period": answered.period,
    }
    beside = _residents(shown)
    notes = [
        Note(
            _("Why nothing is compared"),
            _(
                "To say that one group met this more often than another, we would have to divide by those who could "
                "have met it. No such count is published, so only shares are shown."
            ),
        )
    ]
    if beside:
        notes.append(
            Note(
                _("The residents beside it"),
                _(
                    "Residents of all ages in the 2021 Census. The people who could take up such a post are adults, so "
                    "it is a rough guide and no more."
                ),
            )
        )
    return Exhibit(
        "groups",
        words.groups_message(answered),
        _("%(events)s, by recorded ethnicity. %(place)s, %(period)s.") % said,
        _bar(answered, ordered, shown.lead),
        _table(shown, ordered, beside),
        receipt(shown, "groups", with_chart=_drawn(ordered)),
        tuple(notes),
    )


def _drawn(ordered: list[Comparison]) -> bool:
    """Whether the parts add up to the whole, so that a bar of them tells the truth."""
    whole_of = ordered[0].population
    return len(ordered) > 1 and whole_of is not None and sum(row.events or 0 for row in ordered) == whole_of


def _bar(answered: Answered, ordered: list[Comparison], lead: Comparison | None) -> Chart | None:
    if not _drawn(ordered):
        return None
    unknown = answered.unknown
    plot = charts.BarPlot(
        title=_("Everyone counted, by recorded ethnicity"),
        description="",
        parts=tuple(
            charts.BarPart(
                words.display(answered, row.group),
                row.events or 0,
                words.share(row),
                lead=bool(lead and row.group == lead.group),
            )
            for row in ordered
        ),
        unknown=charts.BarPart(_("Not recorded"), unknown.events, whole(unknown.events))
        if unknown and unknown.events
        else None,
    )
    return charts.bar_with_unknowns(plot, name="groups-chart")


def _residents(shown: Shown) -> Mapping[str, float]:
    """The share of residents that each group is, from 0 to 1; empty where it would not be fit to set beside."""
    detail = shown.question.detail
    if detail.beside is None:
        return {}
    found = shown.question.engine.figures(
        detail.beside,
        "residents",
        detail.classification,
        versions=shown.question.versions,
        places=[shown.answered.place.code],
    )
    everyone = sum(one.value or 0 for one in found)
    return {one.group: (one.value or 0) / everyone for one in found} if everyone else {}


def _table(shown: Shown, ordered: list[Comparison], beside: Mapping[str, float]) -> Table:
    answered = shown.answered
    counted = any(row.events is not None for row in ordered)
    rows = []
    for row in ordered:
        why = words.reason(row.flag) if row.rate is None else ""
        origin = partial(shown.origin, group=row.group)
        cells = [cell(whole, row.events, why, origin("events"))] if counted else []
        cells.append(Cell(words.share(row), row.rate, why, origin=origin("rate") if row.rate is not None else ""))
        if beside:
            cells.append(cell(percent, beside.get(row.group), _("not published"), origin("residents-share")))
        # Every row lacks a denominator, and the page says so once.
        flag = "" if row.flag == "no-denominator" else row.flag or ""
        lead = bool(shown.lead and row.group == shown.lead.group)
        rows.append(Row(words.display(answered, row.group), tuple(cells), lead=lead, flag=flag))
    share = _("Share of those whose group is known, %") if counted else _("Share, %, as published")
    columns = (
        heads(_("Group"), "group"),
        *([figures(_(answered.measure.events).capitalize(), "events", "whole")] if counted else []),
        figures(share, "share_percent"),
        *([figures(_("Share of residents"), "residents_share", "share")] if beside else []),
    )
    return Table(_("The same figures as a table"), columns, tuple(rows), name="groups")
