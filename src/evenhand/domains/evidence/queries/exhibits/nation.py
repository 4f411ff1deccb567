"""What only the nation shows: ratios adjusted for area, and what came of each group's events."""

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent, times
from evenhand.core.design.parts import Cell, Exhibit, Note, Receipt, Row, Table, machine_name
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import between, cell, figures, heads, ranges, ratio_ends
from evenhand.domains.evidence.queries.exhibits.receipts import basis, quoted, receipt, take_away
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.comparison import SMALL_BASE
from evenhand.library.datasets.forces import Adjusted, OutcomeRow, adjusted, outcomes


def adjusted_for_area(shown: Shown) -> Exhibit | None:
    """Crude beside adjusted: what is left when people are compared within the areas where they live."""
    if not words.is_nation(shown.answered) or shown.lead is None:
        return None
    found = adjusted(shown.question)
    lead = next((one for one in found if one.group == shown.lead.group), None)
    if lead is None:
        return None
    answered = shown.answered
    said = {
        "group": words.people(answered, lead.group),
        "reference": words.people(answered, answered.reference),
        "crude": times(lead.crude),
        "pooled": times(lead.mantel_haenszel),
        "indirect": times(lead.indirect),
    }
    ways = _ways(lead)
    plot = charts.DotPlot(
        title=_("Crude and adjusted ratios, %(group)s compared with %(reference)s") % said,
        description=_("Crude %(crude)s. Adjusted for area: indirect %(indirect)s, Mantel–Haenszel %(pooled)s.") % said,
        rows=tuple(
            charts.DotRow(
                name,
                value,
                lower,
                upper,
                kind="lead" if place == 0 else "other",
                shown=times(value),
                range_shown=words.interval(lower, upper),
            )
            for place, (name, value, lower, upper) in enumerate(ways)
        ),
        parity_label=words.parity(answered),
    )
    table = Table(
        _("Times the %(group)s rate, as it is and adjusted for area")
        % {"group": words.display(answered, answered.reference)},
        (
            heads(_("Group"), "group"),
            *(
                column
                for name, (way, *_rest) in zip(("ratio", "indirect", "mantel_haenszel"), ways, strict=True)
                for column in (figures(way, name), ranges(way, name=name))
            ),
        ),
        tuple(
            Row(
                words.display(answered, one.group),
                tuple(
                    made
                    for origin, (_way, value, lower, upper) in zip(_origins(shown, one.group), _ways(one), strict=True)
                    for made in (cell(times, value, "", origin), ratio_ends(lower, upper, origin))
                ),
                lead=one.group == lead.group,
            )
            for one in found
        ),
        name="adjusted",
    )
    return Exhibit(
        "adjusted",
        _("Compared within the areas where people live, %(crude)s becomes %(pooled)s") % said,
        _(
            "Police force areas differ in who lives there and in how much the power is used. Here like is set beside "
            "like."
        ),
        charts.dot_and_interval(plot, name="adjusted-chart"),
        table,
        receipt(
            shown,
            "adjusted",
            method=_("%(count)s police force areas as strata") % {"count": lead.areas},
            ranges=_(
                "95%: as it is, exact conditional Poisson; indirect, exact Poisson; the third, Greenland and Robins"
            ),
        ),
        (
            Note(
                _("Two ways to adjust"),
                _(
                    "Indirect: how many there were, over how many there would be at each area’s own rate for the "
                    "reference group. Mantel–Haenszel: one ratio taken to hold in every area."
                ),
            ),
            Note(
                _("What it leaves out"),
                _(
                    "Only the area is taken into account: not age, and not why each search took place. It still does "
                    "not explain."
                ),
            ),
        ),
    )


def _origins(shown: Shown, group: str) -> tuple[str, ...]:
    """Where each of the three ratios comes from, in the order of `_ways`."""
    return tuple(shown.origin(figure, group) for figure in ("ratio", "indirect", "mantel-haenszel"))


def _ways(one: Adjusted) -> tuple[tuple[str, float, float, float], ...]:
    return (
        (_("As it is"), one.crude, one.crude_lower, one.crude_upper),
        (_("Indirect"), one.indirect, one.indirect_lower, one.indirect_upper),
        (
            _("Mantel–Haenszel"),
            one.mantel_haenszel,
            one.mantel_haenszel_lower,
            one.mantel_haenszel_upper,
        ),
    )


def outcomes_of_events(shown: Shown) -> Exhibit | None:
    """What came of it: the share of each group's events that ended in each outcome."""
    answered = shown.answered
    if answered.measure.outcomes is None or not words.is_nation(answered):
        return None
    period, found = outcomes(shown.question.engine, answered.measure.outcomes, versions=shown.question.versions)
    names = sorted({one.group for one in found})
    kinds = sorted(
        {one.outcome for one in found}, key=lambda outcome: -sum(one.events for one in found if one.outcome == outcome)
    )
    by = {(one.outcome, one.group): one for one in found}
    arrests = {name: by["Arrest", name] for name in names if ("Arrest", name) in by}
    said = {"events": _(answered.measure.events)}
    heading = _("Most %(events)s of every group ended with nothing further done") % said
    if arrests:
        low = min(arrests.values(), key=lambda one: one.share)
        high = max(arrests.values(), key=lambda one: one.share)
        heading = _("Between %(low)s and %(high)s of %(events)s of each group ended in arrest") % {
            **said,
            "low": percent(low.share),
            "high": percent(high.share),
        }
    table = Table(
        _("Share of each group’s %(events)s that ended in each outcome, with likely range") % said,
        (
            heads(_("Outcome"), "outcome"),
            *(ranges(name, name, name=f"share_{machine_name(name)}", kind="share", whole=True) for name in names),
        ),
        tuple(
            Row(
                outcome,
                tuple(
                    _share(by.get((outcome, name)), shown.origin("outcome-share", name, outcome=outcome))
                    for name in names
                ),
            )
            for outcome in kinds
        ),
        name="outcomes",
    )
    dataset = shown.question.catalogue.loader(answered.measure.outcomes)
    return Exhibit(
        "outcomes",
        heading,
        _("%(title)s. England and Wales, %(period)s.") % {"title": _(dataset.title), "period": period},
        None,
        table,
        Receipt(
            (
                (_("Unit"), _("share of each group’s %(events)s") % said),
                (_("Counts"), _(dataset.one_row)),
                (_("Out of"), _("all %(events)s of the same group") % said),
                (_("Ethnicity"), basis(dataset.basis)),
                (_("Source"), f"{dataset.publisher}, {dataset.title}"),
                (_("Range"), _("95%, Wilson")),
            ),
            quoted(shown),
            take_away(shown, "outcomes", with_chart=False),
        ),
        (
            Note(
                _("Equal shares do not show fairness"),
                _(
                    "Averages compare typical cases. Whether a power is used on weaker grounds for one group turns on "
                    "the cases at the margin, which averages hide."
                ),
            ),
            Note(
                _("An unknown outcome is not a failure"),
                _("Each search has one outcome. Where none is recorded, nobody knows what it was."),
            ),
        ),
        period=period,
    )


def _share(one: OutcomeRow | None, origin: str) -> Cell:
    if one is None:
        return Cell("", (None,) * 3, _("no row in the source"))
    if one.of < SMALL_BASE:
        return Cell("", (None,) * 3, _("a base under 30"))
    values = (one.share, one.lower, one.upper)
    return Cell(percent(one.share), values, between(percent(one.lower), percent(one.upper)), origin=origin)
