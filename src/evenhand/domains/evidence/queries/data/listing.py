"""The page of all datasets: by the stage that they speak of, the others by publisher; searched by words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Link
from evenhand.domains.evidence.queries.answers import ANSWERING, catalogue
from evenhand.domains.evidence.queries.data import words
from evenhand.domains.evidence.queries.data.held import Facts, current_of, facts
from evenhand.domains.evidence.queries.exhibits.receipts import basis, day
from evenhand.library.datasets.catalogue import Measure
from evenhand.library.datasets.loader import Loader
from evenhand.library.datasets.store import Held
from evenhand.library.vocabulary import stages

LONGEST = 100  # of what is searched for


@dataclass(frozen=True)
class Entry:
    """One dataset as the list has it."""

    title: str
    url: str
    about: str
    facts: tuple[tuple[str, str], ...]


def datasets_page(asked: str) -> dict[str, Any]:
    """Every dataset in which each word that is asked for occurs; all of them where nothing is."""
    wanted = asked.strip()[:LONGEST]
    found = [one for one in catalogue().loaders if _holds(one, wanted)]
    return {
        "crumbs": [
            Link(_("Home"), reverse("home")),
            Link(_("Evidence"), reverse("evidence:journey")),
            Link(_("The data"), "", current=True),
        ],
        "wanted": wanted,
        "found": len(found),
        "all": len(catalogue().loaders),
        "parts": [(heading, [_entry(one) for one in part]) for heading, part in _parted(found) if part],
        "package_url": reverse("evidence:package"),
        "canonical": settings.SITE_URL + reverse("evidence:datasets"),
        "alternates": [
            Link(_("Every dataset, as a data package"), reverse("evidence:package"), note="application/json")
        ],
    }


def readers(dataset: str) -> tuple[Measure, ...]:
    """The measures that use a dataset, in the order of the journey."""
    return tuple(one for one in catalogue().measures if dataset in one.datasets)


def stages_of(dataset: str) -> tuple[str, ...]:
    """The stages that a dataset counts events of; one that events are only divided by speaks of none."""
    return ANSWERING.engine().kept("the stages of datasets", _stages).get(dataset, ())


def _stages() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for measure in catalogue().measures:
        answers = (*measure.answers, *([measure.cumulative] if measure.cumulative else []))
        counted = {name for answer in answers for name in (answer.events, answer.unknowns, answer.beside) if name}
        further = {one.dataset for one in measure.further}
        for name in counted | further | ({measure.outcomes} if measure.outcomes else set()):
            found.setdefault(name, {})[measure.stage] = None
    return {name: tuple(every) for name, every in found.items()}


def _parted(found: Iterable[Loader]) -> list[tuple[str, list[Loader]]]:
    by_stage: dict[str, list[Loader]] = {stage.slug: [] for stage in stages()}
    by_publisher: dict[str, list[Loader]] = {}
    for one in found:
        first = next(iter(stages_of(one.name)), "")
        part = by_stage[first] if first else by_publisher.setdefault(_body(one.publisher), [])
        part.append(one)
    names = {stage.slug: _(stage.name) for stage in stages()}
    return [
        *((names[slug], part) for slug, part in by_stage.items()),
        *((_("Others, of %(body)s") % {"body": body}, by_publisher[body]) for body in sorted(by_publisher)),
    ]


def _body(publisher: str) -> str:
    """Whose figures they are: the body that is named first, before who passed them on."""
    return publisher.partition(",")[0]


def _holds(one: Loader, wanted: str) -> bool:
    if not wanted:
        return True
    series = (words.series(each.name) for each in facts(current_of(one.name)).series)
    said = (one.name, one.title, one.publisher, one.one_row, one.licence, *series, *stages_of(one.name))
    text = " ".join(said).casefold()
    return all(word in text for word in wanted.casefold().split())


def _entry(one: Loader) -> Entry:
    held, url = current_of(one.name), reverse("evidence:dataset", args=[one.name])
    return Entry(_(one.title), url, _(one.one_row), _facts(one, held, facts(held)))


def _facts(one: Loader, held: Held, found: Facts) -> tuple[tuple[str, str], ...]:
    pairs = (
        (_("Publisher"), one.publisher),
        (_("Ethnicity"), basis(one.basis)),
        (_("Periods"), words.span(found.periods)),
        (_("Licence"), one.licence),
        (_("Released here"), day(held.loaded_on) if held.loaded_on else _("with the product")),
        (_("Figures"), f"{held.figures:,}"),
    )
    return tuple(pair for pair in pairs if pair[1])
