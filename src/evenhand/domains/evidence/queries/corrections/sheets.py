"""The figures of a correction or a revision as a sheet to take away, each with what it is of, at full precision."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Field, Link, LinkGroup, Missing, Note
from evenhand.core.exports import About, Licence, Sheet, Source
from evenhand.core.exports.sheets import Record, Value
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.domains.evidence.queries.corrections.entries import Entry, entry
from evenhand.domains.evidence.queries.data.files import FORMS
from evenhand.domains.evidence.queries.data.held import current_of, observations
from evenhand.domains.evidence.queries.data.sheets import PUBLISHER
from evenhand.library.datasets.corrections import Correction
from evenhand.library.datasets.loader import Observation
from evenhand.library.datasets.revisions import Revision
from evenhand.library.places import place

KEY = ("dataset", "series", "period", "place_code", "classification", "group", "sex", "age", "detail")


def sheet(slug: str) -> Sheet:
    """Every figure concerned: of a revision before and after, of a correction as it is kept."""
    found = entry(slug)
    return _revised(found, found.of) if isinstance(found.of, Revision) else _kept(found, found.of)


def files(slug: str) -> tuple[LinkGroup, ...]:
    """The ways to that sheet, one for each form."""
    links = (Link(said, reverse("evidence:correction-figures", args=[slug, form])) for form, said in FORMS.items())
    return (LinkGroup(_("The same figures, in full"), tuple(links)),)


def concerned(one: Correction) -> list[tuple[str, Observation]]:
    """The figures that a correction is about, each with its dataset, as they are released now."""
    return [
        (named.dataset, figure)
        for named in one.figures
        for figure in observations(current_of(named.dataset))
        if named.hold(figure)
    ]


def _kept(found: Entry, one: Correction) -> Sheet:
    rows = [
        (*_named(dataset, figure), _value(figure), figure.state, figure.note, figure.source.title, figure.source.url)
        for dataset, figure in concerned(one)
    ]
    fields = (
        *_fields(),
        Field("value", _("Value"), "number", _("The figure as it is kept")),
        Field("state", _("State of the cell")),
        Field("note", _("Note"), "text", _("What the source says of this figure alone")),
        Field("source_title", _("Source")),
        Field("source_url", _("Address of the source")),
    )
    datasets = dict.fromkeys(each.dataset for each in one.figures)
    return Sheet("figures", fields, rows, _about(found, tuple(datasets)), key=KEY)


def _revised(found: Entry, one: Revision) -> Sheet:
    rows = []
    for change in one.changes:
        ends = [(_value(end), end.state if end else "") for end in (change.before, change.after)]
        rows.append((*_named(one.dataset, change.cell), change.kind, *ends[0], *ends[1], one.old, one.new))
    fields = (
        *_fields(),
        Field("change", _("Change"), "text", _("Whether the figure changed, appeared or disappeared")),
        Field("before", _("Before"), "number"),
        Field("state_before", _("State before")),
        Field("now", _("Now"), "number"),
        Field("state_now", _("State now")),
        Field("release_before", _("Release before")),
        Field("release_now", _("Release now")),
    )
    return Sheet("changes", fields, rows, _about(found, (one.dataset,)), key=KEY)


def _fields() -> tuple[Field, ...]:
    return (
        Field("dataset", _("Dataset")),
        Field("series", _("Series"), "text", _("What is counted or measured")),
        Field("period", _("Period")),
        Field("place_code", _("Place code")),
        Field("place", _("Place")),
        Field("classification", _("Classification")),
        Field("group", _("Group")),
        Field("sex", _("Sex")),
        Field("age", _("Age")),
        Field("detail", _("Detail")),
    )


def _named(dataset: str, one: Observation) -> Record:
    name = place(one.place).name
    return (
        dataset,
        one.series,
        one.period,
        one.place,
        name,
        one.classification,
        one.group,
        one.sex,
        one.age,
        one.detail,
    )


def _value(one: Observation | None) -> Value:
    if one is None:
        return Missing("not there")
    if one.value is None:
        return Missing(one.state)
    return int(one.value) if one.value.is_integer() else one.value


def _about(found: Entry, datasets: Sequence[str]) -> About:
    declared = [catalogue().loader(name) for name in datasets]
    return About(
        title=found.title,
        description=found.summary,
        publisher=PUBLISHER,
        licence=Licence(_("Each figure has the licence of its source")),
        sources=tuple(Source(one.publisher, one.title, one.landing_page, "", one.licence) for one in declared),
        notes=(Note(_("What kind of change it is"), found.tag),),
        permalink=settings.SITE_URL + found.url,
        issued=found.on,
    )
