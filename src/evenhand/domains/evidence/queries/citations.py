"""How a page, an exhibit or a single number is cited: each with its release, its day and its permanent address."""

from collections.abc import Collection, Mapping
from datetime import date

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenhand.core.citations import Citation
from evenhand.core.design.parts import Exhibit
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import catalogue, released_on
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.domains.evidence.queries.traces import sentences
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.store import Versions
from evenhand.library.datasets.trace import Trace

WHOLE = "answer"  # stands where an exhibit would, for the page as a whole: no exhibit may take this name
TYPES: Mapping[str, str] = {
    "bib": "application/x-bibtex",
    "txt": "text/plain",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


def of_answer(shown: Shown, exhibit: Exhibit | None = None) -> Citation:
    """The citation of a page, or of the table and chart of one exhibit of it."""
    answered, url, title = shown.answered, settings.SITE_URL + shown.permalink, shown.name
    if exhibit:
        url, title = f"{url}#{exhibit.id}", f"{title}: {exhibit.heading}"
    what = exhibit.id if exhibit else ""
    datasets = shown.datasets(what)
    return _citation(answered, shown.question.versions, title, url, what, datasets, release=shown.release)


def of_trace(trace: Trace, versions: Versions) -> Citation:
    """The citation of one number."""
    answered = trace.answered
    title = _("%(sentence)s. %(measure)s, %(place)s, %(period)s") % {
        "sentence": sentences.sentence(trace),
        "measure": _(answered.measure.title),
        "place": answered.place.name,
        "period": trace.period,
    }
    what = slugify(f"{trace.figure} {trace.group} {trace.outcome}")
    datasets = {cell.dataset for cell in trace.cells}
    url = settings.SITE_URL + trace.permalink
    return _citation(answered, versions, title, url, what, datasets, release=answered.release)


def written(citation: Citation, form: str) -> str:
    """The citation in one of the forms that it can be taken away in."""
    return {"bib": citation.bibtex, "csl.json": citation.csl_json}.get(form) or f"{citation.text}\n"


def _citation(
    answered: Answered,
    versions: Versions,
    title: str,
    url: str,
    what: str,
    datasets: Collection[str],
    *,
    release: str,
) -> Citation:
    said = {
        "publishers": "; ".join(sorted({catalogue().loader(name).publisher for name in datasets})),
        "licences": "; ".join(sorted({catalogue().loader(name).licence for name in datasets})),
    }
    parts = ("evenhand", answered.measure.slug, answered.place.code, what, answered.period, release)
    return Citation(
        key="-".join(part for part in parts if part),
        title=title,
        text=words.citation(answered, url, title, datasets, release),
        version=release,
        url=url,
        note=_("Figures: %(publishers)s. Licence: %(licences)s.") % said,
        on=_released(versions),
    )


def _released(versions: Versions) -> date | None:
    """The day on which a release came to be what it is; None where the figures were never loaded into a store."""
    days = (released_on(dataset, version) for dataset, version in versions.items())
    return max((day for day in days if day), default=None)
