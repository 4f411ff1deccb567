"""The table of an exhibit as a file that speaks for itself."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenhand.core.design.parts import Exhibit, Table
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.catalogue import loader


def filename(shown: Shown, exhibit: Exhibit) -> str:
    """The measure, place, exhibit and period, as the name of a CSV file."""
    answered = shown.answered
    period = (exhibit.period or answered.period).replace("/", "-").replace(" ", "-")
    return f"{answered.measure.slug}-{answered.place.code}-{exhibit.id}-{period}.csv"


def records(shown: Shown, exhibit: Exhibit, table: Table) -> Iterator[tuple[object, ...]]:
    """Headings, then every row with the place, period, release, source and licence that it belongs to."""
    answered = shown.answered
    sources = [text for name, text in exhibit.receipt.pairs if name == _("Source")] if exhibit.receipt else []
    names = (_("Place"), _("Period"), _("Release"), _("Source"), _("Licence"))
    belongs = (
        answered.place.name,
        exhibit.period or answered.period,
        answered.release,
        "; ".join(sources),
        loader(shown.question.detail.events).licence,
    )
    lines = table.records()
    yield (*next(lines), *names)
    for line in lines:
        yield (*line, *belongs)
