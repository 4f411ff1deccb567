"""What every exhibit ends with: the receipt, and the ways to take the figures away."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Link, LinkGroup, Receipt
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import released_on
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered

# The forms that an exhibit can be had in, and what a link to each is called.
TABLES = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "csv-metadata.json": "CSVW"}
PICTURES = {"svg": "SVG", "png": "PNG"}
CITATIONS = {"bib": "BibTeX", "txt": "TXT", "csl.json": "CSL-JSON"}


def receipt(
    shown: Shown,
    name: str,
    *,
    unit: str = "",
    counts: str = "",
    period: str = "",
    method: str = "",
    ranges: str = "",
    with_chart: bool = True,
) -> Receipt:
    """What was counted, out of what, when, by whom, and how the range was made."""
    answered, detail = shown.answered, shown.question.detail
    loader = shown.question.catalogue.loader
    events = loader(detail.events)
    population = detail.populations.get(answered.place.kind)
    said = {"reference": words.display(answered, answered.reference), "unit": _(answered.measure.unit)}
    times = _("times the %(reference)s rate; %(unit)s") if answered.kind in {"counts", "rates"} else "%(unit)s"
    pairs = [
        (_("Unit"), unit or times % said),
        (_("Counts"), counts or _(events.one_row)),
        *([(_("Out of"), f"{_(answered.measure.population)}, {_(loader(population).title)}")] if population else []),
        (_("Ethnicity"), basis(answered.ethnicity_basis)),
        (_("Period"), period or words.years(answered.period)),
        (_("Source"), f"{events.publisher}, {_(events.title)}"),
        (_("Range"), _range(answered, ranges)),
        *([(_("Method"), method)] if method else []),
        *released(events.name, shown.question.versions[events.name]),
        (_("Checked"), _(events.checked)),
        (_("Look again"), day(events.look_again)),
    ]
    return Receipt(tuple(pairs), quoted(shown), take_away(shown, name, with_chart=with_chart))


def _range(answered: Answered, ranges: str) -> str:
    """How the likely range was made, or why there is none."""
    return {
        "counts": ranges or _("95%, exact conditional Poisson"),
        "shares": _("none: shares of a full count, with nothing compared"),
    }.get(answered.kind, _("none: published without counts"))


def released(dataset: str, version: str) -> tuple[tuple[str, str], ...]:
    """The day on which a release was loaded here, where that is known."""
    on = released_on(dataset, version)
    return ((_("Released here"), day(on)),) if on else ()


def take_away(shown: Shown, name: str, *, with_chart: bool = True) -> tuple[LinkGroup, ...]:
    """The table and the chart of one exhibit, each in every form that there is."""
    table = tuple(Link(said, shown.url(name, form)) for form, said in TABLES.items())
    chart = tuple(Link(said, shown.url(name, form)) for form, said in PICTURES.items())
    return (LinkGroup(_("Table"), table), *([LinkGroup(_("Chart"), chart)] if with_chart else []))


def cited_as(shown: Shown, name: str) -> LinkGroup:
    """The citation of a page or of one exhibit, in every form that there is."""
    links = tuple(Link(said, shown.url(name, form, "citation")) for form, said in CITATIONS.items())
    return LinkGroup(_("Citation"), links)


def quoted(shown: Shown) -> tuple[Link, ...]:
    """The citation and the permanent address."""
    return Link(_("Cite"), f"{shown.release_url}#cite"), Link(_("Link to this release"), shown.release_url)


def basis(name: str) -> str:
    """Who said which group a person belongs to."""
    return {
        "self-defined": _("as people described themselves"),
        "officer-observed": _("as officers saw it"),
    }.get(name, _("described in more than one way"))


def day(when: date) -> str:
    """A date as people write it."""
    return date_format(when, "j F Y")
