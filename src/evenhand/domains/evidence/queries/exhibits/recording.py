"""How often ethnicity went unrecorded: the share in each period and table that says, and no line between tables."""

from functools import partial

from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.numbers import percent, whole
from evenhand.core.design.parts import Cell, Column, Exhibit, Field, Note, Receipt, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.domains.evidence.queries.exhibits.cells import between, cell, ends, figures, heads, ranges
from evenhand.domains.evidence.queries.exhibits.receipts import basis, quoted, released, take_away
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.catalogue import Answer
from evenhand.library.datasets.unknowns import UnknownShare, unknown_shares
from evenhand.library.vocabulary.ethnicity import classification


def recording(shown: Shown) -> Exhibit | None:
    """The share of events with no ethnicity in every period and table; none where there is only one."""
    found = unknown_shares(shown.question)
    if len(found) < 2:  # noqa: PLR2004  (one share stands in its own exhibit)
        return None
    answered = shown.answered
    least, most = (pick(found, key=lambda one: one.unknown.share) for pick in (min, max))
    events = _(answered.measure.events)
    span = _("%(from)s to %(to)s") % {"from": found[0].period, "to": found[-1].period}
    said = {
        "events": events,
        "low": percent(least.unknown.share),
        "high": percent(most.unknown.share),
        "first": least.period,
        "last": most.period,
        "place": answered.place.name,
        "count": len(found),
    }
    subtitle = _("%(events)s with no ethnicity recorded, wherever a number of them is published. %(place)s.") % {
        **said,
        "events": events.capitalize(),
    }
    plot = charts.SharePlot(
        title=subtitle,
        description="",
        rows=tuple(_row(shown, one) for one in found),
        bar_label=_("No ethnicity recorded"),
    )
    message = _("From %(low)s of %(events)s (%(first)s) to %(high)s (%(last)s) had no ethnicity recorded")
    if said["low"] == said["high"]:
        message = _("%(low)s of %(events)s had no ethnicity recorded, in each of %(count)s periods")
    return Exhibit(
        "unknown-years",
        message % said,
        subtitle,
        charts.share_bars(plot, name="unknown-years-chart"),
        _table(shown, found),
        _receipt(shown, found, span),
        tuple(_notes(found)),
        period=span,
    )


def _row(shown: Shown, one: UnknownShare) -> charts.ShareRow:
    return charts.ShareRow(
        one.period,
        one.unknown.share,
        one.lower,
        one.upper,
        percent(one.unknown.share),
        between(percent(one.lower), percent(one.upper)),
        under=_source(one),
        lead=_current(shown, one),
    )


def _source(one: UnknownShare) -> str:
    """The table that says it, and the groups that it stands beside."""
    dataset, scheme = one.source
    return f"{catalogue().loader(dataset).publisher}, {_(classification(scheme).short)}"


def _current(shown: Shown, one: UnknownShare) -> bool:
    """Whether this is the share that the page's own answer has."""
    detail = shown.question.detail
    return one.period == shown.answered.period and one.source[0] == detail.unknowns


def _notes(found: tuple[UnknownShare, ...]) -> list[Note]:
    made = []
    if len({one.source for one in found}) > 1:
        text = _(
            "Each heading is a source of its own, with its own way of counting. A difference between two of them is "
            "not a change from one year to another."
        )
        made.append(Note(_("Why nothing is joined up"), text))
    else:
        made.append(
            Note(_("Why nothing is joined up"), _("Single periods are shown as they are. Those between are not known."))
        )
    made.append(
        Note(
            _("Why it matters"),
            _(
                "Whoever is not recorded is in none of the rates. The larger this share, the farther the figures could "
                "be from what happened."
            ),
        )
    )
    return made


def _table(shown: Shown, found: tuple[UnknownShare, ...]) -> Table:
    rows = []
    for one in found:
        source = _source(one)
        origin = partial(shown.origin, period=one.period, level=_level(shown, one))
        cells = (
            cell(percent, one.unknown.share, "", origin("unknown-share")),
            ends(percent, one.lower, one.upper, origin("unknown-share")),
            cell(whole, one.unknown.events, "", origin("unknown")),
            cell(whole, one.unknown.of, "", origin("all-events")),
            Cell(source, source),
        )
        rows.append(Row(Cell(one.period, one.period), cells, lead=_current(shown, one)))
    share = _("Share")
    columns = (
        heads(_("When counted"), "when"),
        figures(share, "share", "share"),
        ranges(share, name="share", kind="share"),
        figures(_("No ethnicity recorded"), "not_recorded", "whole"),
        figures(_("Of all %(events)s") % {"events": _(shown.answered.measure.events)}, "all", "whole"),
        Column(_("Published by"), fields=(Field("published_by", _("Published by")),)),
    )
    return Table(_("The same shares as a table"), columns, tuple(rows), name="unknown-years")


def _level(shown: Shown, one: UnknownShare) -> Answer:
    """The level of detail that counts these events: its numbers are asked for there."""
    levels = shown.answered.measure.answers
    return next(level for level in levels if (level.unknowns, level.classification) == one.source)


def _receipt(shown: Shown, found: tuple[UnknownShare, ...], span: str) -> Receipt:
    datasets = [catalogue().loader(name) for name in dict.fromkeys(one.source[0] for one in found)]
    said = {"events": _(shown.answered.measure.events)}
    pairs = (
        (_("Unit"), _("share of all %(events)s") % said),
        (_("Counts"), "; ".join(_(dataset.one_row) for dataset in datasets)),
        (_("Out of"), _("all %(events)s, with an ethnicity recorded or without") % said),
        (_("Ethnicity"), words.listed(dict.fromkeys(basis(dataset.basis) for dataset in datasets))),
        (_("Period"), span),
        (_("Source"), "; ".join(f"{dataset.publisher}, {_(dataset.title)}" for dataset in datasets)),
        (_("Range"), _("95%, Wilson")),
        *(pair for dataset in datasets[:1] for pair in released(dataset.name, shown.question.versions[dataset.name])),
        (_("Checked"), "; ".join(dict.fromkeys(_(dataset.checked) for dataset in datasets))),
    )
    return Receipt(pairs, quoted(shown), take_away(shown, "unknown-years"))
