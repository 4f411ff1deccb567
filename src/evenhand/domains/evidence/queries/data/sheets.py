"""The figures of a release as a sheet to take away: every one with what it is of, and where in its source it stood."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Field, Missing, Note
from evenhand.core.exports import About, Sheet, Source
from evenhand.core.exports.sheets import Record
from evenhand.domains.evidence.queries.data import words
from evenhand.domains.evidence.queries.data.held import declared, facts, observations
from evenhand.domains.evidence.queries.exhibits.receipts import basis
from evenhand.domains.evidence.queries.licences import licence
from evenhand.library.datasets.loader import Observation
from evenhand.library.datasets.store import Held
from evenhand.library.places import place

STEM = "observations"
PUBLISHER = "Evenhand"
KEY = ("series", "period", "place_code", "classification", "group", "sex", "age", "detail")


def observations_sheet(held: Held) -> Sheet:
    """Every figure of a release, in the order of its source."""
    found = observations(held)
    names = {code: place(code).name for code in {one.place for one in found}}
    rows = tuple(_record(one, names[one.place]) for one in found)
    return Sheet(STEM, _fields(), rows, _about(held), key=KEY)


def address(held: Held, form: str) -> str:
    """The path of a release's figures in one form; it never shows another release."""
    return reverse("evidence:observations", args=[held.dataset, held.version, form])


def _fields() -> tuple[Field, ...]:
    counted = _("What is counted or measured")
    return (
        Field("series", _("Series"), "text", counted),
        Field("period", _("Period"), "text", _("A year from April to March is written 2024/25")),
        Field("place_code", _("Place code"), "text", _("Code of the Office for National Statistics")),
        Field("place", _("Place")),
        Field("classification", _("Classification"), "text", _("The list of groups that the group is one of")),
        Field("group", _("Group")),
        Field("sex", _("Sex")),
        Field("age", _("Age")),
        Field("detail", _("Detail"), "text", _("What tells apart figures of one series that are alike in all else")),
        Field("value", _("Value"), "number", _("The figure, in the unit that the series names")),
        Field("state", _("State of the cell"), "text", _("Whether the source has a figure, and if not, why")),
        Field("note", _("Note"), "text", _("What the source says of this figure alone")),
        Field("source_row", _("Row of the source"), "whole", _("Row of source.csv; 1 is its heading")),
        Field("source_column", _("Column of the source"), "text", _("Column of source.csv")),
        Field("source_title", _("Source")),
        Field("source_url", _("Address of the source")),
        Field("source_table", _("Table of the source")),
        Field("licence", _("Licence")),
    )


def _record(one: Observation, name: str) -> Record:
    value = Missing(one.state) if one.value is None else int(one.value) if one.value.is_integer() else one.value
    return (
        *(one.series, one.period, one.place, name, one.classification, one.group, one.sex, one.age, one.detail),
        *(value, one.state, one.note, one.row, one.column),
        *(one.source.title, one.source.url, one.source.table, one.source.licence),
    )


def _about(held: Held) -> About:
    one, found = declared(held.dataset), facts(held)
    return About(
        title=_(one.title),
        description=_("One row of the source counts: %(one_row)s.") % {"one_row": _(one.one_row)},
        publisher=PUBLISHER,
        licence=licence(one.licence),
        sources=tuple(
            Source(one.publisher, source.title, source.url, source.table, source.licence) for source in found.sources
        ),
        notes=tuple(_notes(held)),
        period=words.span(found.periods),
        place=words.places_held(found.place_kinds),
        release=held.version,
        permalink=settings.SITE_URL + address(held, "csv"),
        issued=held.loaded_on,
    )


def _notes(held: Held) -> Iterator[Note]:
    one, found = declared(held.dataset), facts(held)
    yield Note(_("Published by"), one.publisher)
    yield Note(_("Ethnicity"), basis(one.basis))
    yield Note(_("Checked"), _(one.checked))
    yield from (Note(name, said) for name, said in words.classifications(found.classifications))
    yield from (Note(state, said) for state, said, _count in words.states(found.states))
