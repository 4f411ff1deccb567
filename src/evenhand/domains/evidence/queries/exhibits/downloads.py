"""The table and the chart of an exhibit as files that speak for themselves."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.parts import Chart, Exhibit, Field, Note, Table
from evenhand.core.exports import About, Sheet, Source, sheet_of
from evenhand.domains.evidence.queries.answers import released_on
from evenhand.domains.evidence.queries.exhibits.cells import place_code_field, place_field
from evenhand.domains.evidence.queries.licences import licence
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.unknowns import unknown_shares

PUBLISHER = "Evenhand"


def filename(shown: Shown, exhibit: Exhibit) -> str:
    """The measure, place, exhibit and period, as the name of a file without its ending."""
    answered = shown.answered
    period = _period(shown, exhibit).replace("/", "-").replace(" ", "-")
    return f"{answered.measure.slug}-{answered.place.code}-{exhibit.id}-{period}"


def sheet(shown: Shown, exhibit: Exhibit, table: Table) -> Sheet:
    """The table with, in every row, the place, period, release, source and licence that it belongs to."""
    answered = shown.answered
    beside = (
        (place_field(), answered.place.name),
        (place_code_field(), answered.place.code),
        (Field("period", _("Period")), _period(shown, exhibit)),
        (Field("release", _("Release"), "text", _("The set of figures that this was read from")), shown.release),
        (Field("source", _("Source")), _said_source(exhibit)),
        (Field("licence", _("Licence")), _licence(shown, exhibit)),
    )
    return sheet_of(table, _about(shown, exhibit), beside=beside)


def drawing(shown: Shown, exhibit: Exhibit, chart: Chart) -> str:
    """The chart as a file of its own, with its message above it, and below it whose figures they are."""
    said = {"source": _said_source(exhibit), "release": shown.release, "publisher": PUBLISHER}
    source = _("Source: %(source)s. %(publisher)s, release %(release)s.") % said
    return charts.standalone(chart, heading=exhibit.heading, subtitle=exhibit.subtitle, source=source)


def _about(shown: Shown, exhibit: Exhibit) -> About:
    answered = shown.answered
    events = _datasets(shown, exhibit)[0]
    return About(
        title=f"{shown.name}: {exhibit.heading}",
        description=exhibit.subtitle,
        publisher=PUBLISHER,
        licence=licence(_licence(shown, exhibit)),
        sources=tuple(_sources(shown, exhibit)),
        notes=tuple(_notes(shown, exhibit)),
        period=_period(shown, exhibit),
        place=answered.place.name,
        release=shown.release,
        permalink=f"{settings.SITE_URL}{shown.permalink}#{exhibit.id}",
        issued=released_on(events, shown.question.versions[events]),
    )


def _notes(shown: Shown, exhibit: Exhibit) -> Iterator[Note]:
    """Everything that stands around the table on the page: the receipt, the notes and the caveats."""
    yield from (Note(term, text) for term, text in (exhibit.receipt.pairs if exhibit.receipt else ()))
    yield from exhibit.notes
    yield from (Note(_(caveat.heading), _(caveat.text)) for caveat in shown.caveats)
    yield from (Note(_("Of this answer"), _(note)) for note in shown.answered.notes)


def _sources(shown: Shown, exhibit: Exhibit) -> Iterator[Source]:
    question, own = shown.question, _own_datasets(shown, exhibit)
    for dataset in own:
        for title, url, table, terms in question.engine.sources(dataset, versions=question.versions):
            yield Source(question.catalogue.loader(dataset).publisher, title, url, table, terms)
    if not own:
        yield from shown.sources(exhibit.id)


def _licence(shown: Shown, exhibit: Exhibit) -> str:
    own, declared = _own_datasets(shown, exhibit), shown.question.catalogue
    return "; ".join(dict.fromkeys(declared.loader(dataset).licence for dataset in own)) or shown.licence(exhibit.id)


def _datasets(shown: Shown, exhibit: Exhibit) -> tuple[str, ...]:
    """The datasets that an exhibit's figures are of, the first of them first."""
    return _own_datasets(shown, exhibit) or (shown.question.detail.events,)


def _own_datasets(shown: Shown, exhibit: Exhibit) -> tuple[str, ...]:
    """The datasets of an exhibit that stands beside the answer and was read from elsewhere."""
    if exhibit.id == "unknown-years":
        return tuple(dict.fromkeys(one.source[0] for one in unknown_shares(shown.question)))
    measure = shown.answered.measure
    beside = {one.id: one.dataset for one in measure.further} | {"outcomes": measure.outcomes or ""}
    own = beside.get(exhibit.id, "")
    return (own,) if own else ()


def _period(shown: Shown, exhibit: Exhibit) -> str:
    return exhibit.period or shown.answered.period


def _said_source(exhibit: Exhibit) -> str:
    pairs = exhibit.receipt.pairs if exhibit.receipt else ()
    return "; ".join(text for term, text in pairs if term == _("Source"))
