"""The force areas around the nation's ratio: which lie farther from it than chance alone would often bring them."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import rate, times, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Field, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.areas import place_url
from evenhand.domains.evidence.queries.exhibits.cells import areas_head, cell, figures, ratio_ends, small_tag
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.comparison import SMALL_BASE
from evenhand.library.datasets.funnel import INNER, Funnel, FunnelArea, Line, funnel

OUT = ("beyond-outer", "beyond-widened")


def funnel_of_areas(shown: Shown) -> Exhibit | None:
    """Every force area around the nation's ratio, on the page of the nation and on that of each area."""
    answered, lead = shown.answered, shown.lead
    if lead is None or not (words.is_nation(answered) or answered.place.kind == "police-force"):
        return None
    found = funnel(shown.question, lead.group)
    here = next((one for one in found.areas if one.place == answered.place), None) if found else None
    if found is None or (here and here.precision is None):
        return None
    said = {
        "count": len(found.beyond("beyond-outer")),
        "all": len(found.compared),
        "place": answered.place.name,
        "group": words.display(answered, lead.group),
        "reference": words.display(answered, answered.reference),
        "events": _(answered.measure.events),
        "period": answered.period,
        "times": times(found.target),
        "base": SMALL_BASE,
    }
    subtitle = (
        _("%(group)s to %(reference)s ratios of the force areas, %(period)s, by how many %(events)s each rests on.")
        % said
    )
    plot = charts.FunnelPlot(
        title=subtitle,
        description=_description(found, here),
        dots=tuple(_dots(found, here)),
        lines=tuple(_lines(found)),
        target=found.target,
        target_label=_("England and Wales %(times)s") % said,
        parity_label=words.parity(answered),
        across_label=_("How many %(events)s the ratio rests on: few at the left, many at the right") % said,
        inside_label=_("Within the outer lines"),
        outside_label=_("Outside the outer lines"),
        few_label=_("A base under %(base)s") % said,
    )
    factor = rate(found.dispersion)
    method = _("funnel plot (Spiegelhalter 2005); over-dispersion factor %(factor)s") % {"factor": factor}
    return Exhibit(
        "funnel",
        (_here(here) if here else _nation(found)) % said,
        subtitle,
        charts.funnel(plot, name="funnel-chart"),
        _table(shown, found, here),
        receipt(
            shown,
            "funnel",
            method=method,
            ranges=_("lines of 95% and 99.8%: exact conditional Poisson, around the ratio of England and Wales"),
        ),
        tuple(_notes(found)),
        folded=True,
        unprinted=True,
    )


def _nation(found: Funnel) -> str:
    if found.beyond("beyond-outer"):
        return _(
            "%(count)s of %(all)s force areas differ from England and Wales by more than chance alone would often "
            "bring about"
        )
    return _("No force area differs from England and Wales by more than chance alone would often bring about")


def _here(here: FunnelArea) -> str:
    if here.standing is None:
        return _("Too little is counted in %(place)s to say whether it differs from England and Wales by chance alone")
    return {
        "inside": _("%(place)s differs from England and Wales by no more than chance alone often brings about"),
        "beyond-inner": _(
            "%(place)s differs from England and Wales by a little more than chance alone would often bring about"
        ),
    }.get(
        here.standing, _("%(place)s differs from England and Wales by more than chance alone would often bring about")
    )


def _notes(found: Funnel) -> Iterator[Note]:
    far = [one.place.name for one in found.beyond("beyond-widened")]
    said = {
        "all": len(found.compared),
        "chance": whole((1 - INNER) * len(found.compared)),
        "factor": rate(found.dispersion),
        "far": words.listed(far) if far else _("no area"),
    }
    text = _(
        "Each dot is a force area: the more its ratio rests on, the farther to the right. Were every area’s ratio "
        "truly that of England and Wales, about 19 in 20 would lie between the dashed lines, and nearly all between "
        "the solid ones. With %(all)s areas, %(chance)s or so fall outside the dashed lines by chance."
    )
    yield Note(_("How to read it"), text % said)
    yield Note(
        _("It does not say why"),
        _(
            "An area outside the lines differs from the nation by more than chance alone would often bring about. Who "
            "lives there, who passes through and how ethnicity is recorded all differ from area to area."
        ),
    )
    if found.dispersion > 1:
        text = _(
            "The areas vary %(factor)s times as much, in variance, as chance alone would make them, even with the "
            "farthest tenth at either end drawn in. So it is common here to lie outside the lines. The dotted lines "
            "are the solid ones, widened by as much (over-dispersion). Outside these: %(far)s."
        )
        yield Note(_("Areas differ by more than chance"), text % said)
    else:
        yield Note(_("No more than chance"), _("The areas vary no more than chance alone would make them."))
    yield Note(_("Names and marks"), " ".join(_marks(found)))


def _marks(found: Funnel) -> Iterator[str]:
    yield _("Names stand beside areas outside the solid lines, where there is room; the table has every area.")
    if any(one.row.flag == "small-base" for one in found.areas):
        yield _("Areas with a base under %(base)s are drawn but not judged.") % {"base": SMALL_BASE}
    if barred := [one.place.name for one in found.areas if one.row.flag == "not-comparable"]:
        yield _("Not compared: %(names)s.") % {"names": words.listed(barred)}


def _dots(found: Funnel, here: FunnelArea | None) -> Iterator[charts.FunnelDot]:
    """Every area that can be drawn: those farthest out first, since they keep their names."""
    few = [one for one in found.areas if one.precision and not one.standing]
    for one in (*found.beyond("inside"), *few):
        if one.precision is None or one.row.ratio is None:
            continue
        out = one.standing in OUT
        yield charts.FunnelDot(
            one.place.name,
            one.row.ratio,
            one.precision,
            "outside" if out else "inside" if one.standing else "few",
            times(one.row.ratio),
            named=out,
            lead=one is here,
        )


def _lines(found: Funnel) -> Iterator[charts.FunnelLine]:
    def line(kind: str, label: str, one: Line) -> charts.FunnelLine:
        return charts.FunnelLine(kind, label, one.precision, one.lower, one.upper)  # type: ignore[arg-type]

    yield line("inner", _("By chance alone, 95 in 100 lie within"), found.inner)
    yield line("outer", _("998 in 1,000"), found.outer)
    if found.dispersion > 1:
        yield line("widened", _("998 in 1,000, as widely as areas vary"), found.widened)


def _description(found: Funnel, here: FunnelArea | None) -> str:
    """The chart in words: how many areas lie where, and which lie outside."""
    above = [one.place.name for one in found.beyond("beyond-outer") if one.above]
    below = [one.place.name for one in found.beyond("beyond-outer") if not one.above]
    parts = [_("%(count)s areas within the outer lines.") % {"count": len(found.compared) - len(above) - len(below)}]
    if above:
        parts.append(_("Above them: %(names)s.") % {"names": words.listed(above)})
    if below:
        parts.append(_("Below them: %(names)s.") % {"names": words.listed(below)})
    if here:
        parts.append(f"{here.place.name}: {times(here.row.ratio)}, {_where(here)}.")
    return " ".join(parts)


def _where(one: FunnelArea) -> str:
    """Where an area stands, or why that is not said."""
    if one.standing is None:
        return _("a base under 30") if one.row.flag == "small-base" else words.reason(one.row.flag)
    above, below = {
        "inside": (_("within the inner lines"), _("within the inner lines")),
        "beyond-inner": (_("above the inner lines"), _("below the inner lines")),
        "beyond-outer": (_("above the outer lines"), _("below the outer lines")),
        "beyond-widened": (_("above the widened lines"), _("below the widened lines")),
    }[one.standing]
    return above if one.above else below


def _table(shown: Shown, found: Funnel, here: FunnelArea | None) -> Table:
    rows = []
    for one in found.areas:
        why = words.reason(one.row.flag)
        where = _where(one)
        origin = partial(shown.origin, group=one.row.group, place=one.place.code)
        ends = [
            ratio_ends(*pair, origin(figure)) if pair else Cell("–", (None, None))
            for figure, pair in (("chance-95", one.inner), ("chance-99-8", one.outer))
        ]
        cells = (cell(times, one.row.ratio, why, origin("ratio")), *ends, Cell(where, where))
        named = (one.place.name, one.place.code)
        name = Cell(one.place.name, named, url=place_url(shown, one.place.code), tag=small_tag(one.row))
        rows.append(Row(name, cells, lead=one is here, flag=one.row.flag or ""))
    ratio = _("Times %(reference)s rate") % {"reference": words.display(shown.answered, shown.answered.reference)}
    return Table(
        _("Every force area, and between which ratios 95 and 99.8 in 100 would lie by chance"),
        (
            areas_head(_("Force area")),
            figures(ratio, "ratio"),
            _between(_("95 in 100"), "chance_95"),
            _between(_("99.8 in 100"), "chance_99_8"),
            Column(_("Where it lies"), fields=(Field("where", _("Where it lies")),)),
        ),
        tuple(rows),
        name="funnel",
    )


def _between(share: str, name: str) -> Column:
    """The ratios between which so many areas lie by chance, were their true ratio the nation's."""
    said = {"share": share}
    lower = Field(
        f"{name}_lower", _("%(share)s, lower") % said, "number", _("Lower end of where as many lie by chance")
    )
    upper = Field(
        f"{name}_upper", _("%(share)s, upper") % said, "number", _("Upper end of where as many lie by chance")
    )
    return Column(share, numeric=True, fields=(lower, upper))
