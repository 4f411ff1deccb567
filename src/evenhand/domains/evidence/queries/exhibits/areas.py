"""Every police force area of the nation: on a map, in a table by name, and between which ranks it lies."""

from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent, rate, times, whole
from evenhand.core.design.parts import Cell, Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import (
    areas_head,
    between,
    cell,
    figures,
    ranges,
    ratio_cells,
    small_tag,
)
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.comparison import SMALL_BASE
from evenhand.library.datasets.forces import AreaRow, areas

STEPS = (2.0, 3.0, 4.0, 6.0)  # where one shade of the map ends and the next begins


def area_map(shown: Shown) -> Exhibit | None:
    """Every force area of the nation as a tile, and in a table by name."""
    found = _areas(shown)
    if not found or shown.lead is None:
        return None
    answered, lead = shown.answered, shown.lead
    compared = [one for one in found if one.row.ratio is not None]
    if not compared:
        return None
    higher = sum(one.row.clear and (one.row.ratio or 0) > 1 for one in compared)
    said = {
        "count": higher,
        "all": len(compared),
        "group": words.display(answered, lead.group),
        "reference": words.display(answered, answered.reference),
        "verb": _(answered.measure.verb),
        "population": _(answered.measure.population),
        "measure": _(answered.measure.title),
        "period": answered.period,
    }
    message = _(
        "In %(count)s of %(all)s force areas compared, %(group)s %(population)s were clearly %(verb)s more often than "
        "%(reference)s %(population)s"
    )
    if higher == len(compared):
        message = _(
            "In all %(all)s force areas compared, %(group)s %(population)s were %(verb)s more often than "
            "%(reference)s %(population)s"
        )
    subtitle = (
        _(
            "%(measure)s, %(period)s. One square for each police force area; the number is how many times the "
            "%(reference)s rate."
        )
        % said
    )
    few = [one.place.name for one in compared if one.row.flag == "small-base"]
    barred = [one.place.name for one in found if one.row.flag == "not-comparable"]
    plot = charts.TileMap(
        title=message % said,
        description="",
        tiles=tuple(_tile(shown, one) for one in found if one.place.tile),
        step_labels=(_("under 2"), _("2 to 3"), _("3 to 4"), _("4 to 6"), _("6 and over")),
        empty_label=_("Not compared"),
    )
    notes = [
        Note(
            _("Darker does not mean worse policing"),
            _(
                "Residents are a poor guide to who is out and about. Areas with few residents of a group, and many "
                "visitors, can show high numbers. Each figure has a range: see the table."
            ),
        )
    ]
    if few or barred:
        marks = []
        if few:
            marks.append(
                _("* fewer than %(base)s %(events)s: %(names)s.")
                % {"base": SMALL_BASE, "events": _(answered.measure.events), "names": words.listed(few)}
            )
        if barred:
            marks.append(_("Not compared: %(names)s.") % {"names": words.listed(barred)})
        notes.append(Note(_("Marks"), " ".join(marks)))
    return Exhibit(
        "areas",
        message % said,
        subtitle,
        charts.tile_map(plot, name="areas-chart"),
        _areas_table(shown, found),
        receipt(shown, "areas"),
        tuple(notes),
        folded=True,
    )


def ranks(shown: Shown) -> Exhibit | None:
    """Between which places in the order each area lies."""
    found = _areas(shown)
    ranked = [one for one in found if one.rank is not None]
    if not ranked or shown.lead is None:
        return None
    answered, lead = shown.answered, shown.lead
    widest = max(int(one.rank_upper or 0) - int(one.rank_lower or 0) for one in ranked)
    heading = _("One rank would mislead: an area could lie anywhere in up to %(count)s places") % {"count": widest + 1}
    subtitle = _("Likely place of each force area in the order of %(group)s to %(reference)s ratios, %(period)s.") % {
        "group": words.display(answered, lead.group),
        "reference": words.display(answered, answered.reference),
        "period": answered.period,
    }
    plot = charts.RankPlot(
        title=subtitle,
        description="",
        rows=tuple(
            charts.RankRow(
                one.place.name,
                one.rank,
                one.rank_lower,
                one.rank_upper,
                shown=_ranks(one),
                empty=_not_ranked(one),
            )
            for one in found
        ),
        first_label=_("highest ratio"),
        last_label=_("lowest ratio"),
        other_label=_("Middle and likely range of ranks"),
        empty_label=_("Not ranked"),
    )
    table = Table(
        _("Between which ranks each force area lies, of %(count)s ranked") % {"count": len(ranked)},
        (
            areas_head(_("Force area")),
            figures(_("From"), "rank_lower", about=_("1 is the highest ratio")),
            figures(_("To"), "rank_upper", about=_("1 is the highest ratio")),
        ),
        tuple(
            Row(
                Cell(one.place.name, (one.place.name, one.place.code)),
                tuple(
                    cell(whole, end, _not_ranked(one), shown.origin("rank", lead.group, place=one.place.code))
                    for end in (one.rank_lower, one.rank_upper)
                ),
            )
            for one in found
        ),
        name="ranks",
    )
    return Exhibit(
        "ranks",
        heading,
        subtitle,
        charts.rank_plot(plot, name="ranks-chart"),
        table,
        receipt(shown, "ranks", ranges=_("the middle 95% of 2,000 draws from the counts")),
        (
            Note(
                _("Why not a league table"),
                _(
                    "With so many areas, some will stand first or last by chance. A range of ranks says how sure the "
                    "order is. Areas with fewer than 30 in a count are not ranked."
                ),
            ),
        ),
        folded=True,
    )


def _areas(shown: Shown) -> tuple[AreaRow, ...]:
    if not words.is_nation(shown.answered) or shown.lead is None:
        return ()
    return areas(shown.question, shown.lead.group)


def _areas_table(shown: Shown, found: tuple[AreaRow, ...]) -> Table:
    answered, lead = shown.answered, shown.lead
    said = {
        "group": words.display(answered, lead.group if lead else ""),
        "reference": words.display(answered, answered.reference),
        "events": _(answered.measure.events),
        "per": whole(answered.measure.rate_per),
    }
    ratio = _("Times %(reference)s rate") % said
    columns = (
        areas_head(_("Force area")),
        figures(_("%(group)s: %(events)s") % said, "events", "whole"),
        figures(_("For every %(per)s") % said, "rate", about=_(answered.measure.unit)),
        figures(ratio, "ratio"),
        ranges(ratio, name="ratio"),
        figures(_("No ethnicity recorded"), "not_recorded_share", "share"),
    )
    rows = []
    for one in found:
        row, why = one.row, words.reason(one.row.flag)
        unknown = shown.question.panel.cells[one.place.code, answered.period].unknown
        origin = partial(shown.origin, group=row.group, place=one.place.code)
        cells = (
            cell(whole, row.events, why, origin("events")),
            cell(rate, row.rate, "", origin("rate")),
            *ratio_cells(row, why, origin("ratio")),
            cell(percent, unknown.share if unknown else None, _("not published"), origin("unknown-share", group="")),
        )
        named = (one.place.name, one.place.code)
        name = Cell(one.place.name, named, url=place_url(shown, one.place.code), tag=small_tag(row))
        rows.append(Row(name, cells, flag=row.flag or ""))
    caption = _("All %(count)s force areas in a table, by name") % {"count": len(found)}
    return Table(caption, columns, tuple(rows), name="areas")


def _tile(shown: Shown, one: AreaRow) -> charts.Tile:
    tile = one.place.tile
    if tile is None:
        raise ValueError(f"{one.place.name} has no tile")
    ratio = one.row.ratio
    step = 0 if ratio is None else 1 + sum(ratio >= edge for edge in STEPS)
    star = "*" if one.row.flag == "small-base" else ""
    return charts.Tile(
        tile.code,
        tile.column,
        tile.row,
        times(ratio) + star if ratio is not None else _("n/a"),
        step,
        place_url(shown, one.place.code),
        one.place.name,
    )


def place_url(shown: Shown, code: str) -> str:
    """The page of the same measure in another place."""
    answered = shown.answered
    asked = {"period": answered.period}
    if answered.reference != answered.measure.answer(answered.groups).reference:
        asked["reference"] = answered.reference
    return reverse("evidence:place", args=[answered.measure.slug, code]) + "?" + urlencode(asked)


def _ranks(one: AreaRow) -> str:
    if one.rank_lower is None or one.rank_upper is None:
        return ""
    return between(whole(one.rank_lower), whole(one.rank_upper))


def _not_ranked(one: AreaRow) -> str:
    if one.rank is not None:
        return ""
    return _("a base under 30") if one.row.flag == "small-base" else words.reason(one.row.flag)
