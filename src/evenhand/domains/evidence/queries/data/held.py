"""Which datasets and releases this site holds, and what is in each of them."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.loader import Loader, Observation, Source
from evenhand.library.datasets.store import Held, Store, UnknownRelease
from evenhand.library.places import place

T = TypeVar("T", bound=Hashable)
MOST = 512  # releases whose facts are kept in memory


@dataclass(frozen=True)
class Series:
    """One series of a dataset: how many figures, over which periods, in which classifications."""

    name: str
    figures: int
    periods: tuple[str, ...]
    classifications: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What a release holds, counted."""

    series: tuple[Series, ...]
    periods: tuple[str, ...]
    classifications: tuple[str, ...]
    place_kinds: Mapping[str, int]
    states: Mapping[str, int]
    notes: Mapping[str, int]
    sources: tuple[Source, ...]


def declared(dataset: str) -> Loader:
    """The declaration of a dataset; Refused with the near matches if there is none."""
    try:
        return catalogue().loader(dataset)
    except Unknown as fault:
        raise Refused(str(fault), near=fault.near, code="unknown-dataset", status=404) from None


def releases_of(dataset: str) -> tuple[Held, ...]:
    """Every release of a dataset, the oldest first; Refused as `declared`."""
    declared(dataset)
    return _store().held(dataset)


def current_of(dataset: str) -> Held:
    """The release that answers come from now."""
    every = releases_of(dataset)
    return next((held for held in every if held.current), every[-1])


def held(dataset: str, version: str) -> Held:
    """One release; Refused in words if this site does not hold it."""
    declared(dataset)
    try:
        return _store().release(dataset, version)
    except UnknownRelease as fault:
        message = _("%(fault)s The page of the dataset lists every release that there is.") % {"fault": fault}
        raise Refused(message, near=(dataset,), code="unknown-release", status=404) from None


def observations(held: Held) -> tuple[Observation, ...]:
    """Every figure of a release."""
    return _store().observations(held.dataset, held.version)


def source(held: Held) -> bytes:
    """The very bytes that a release was read from."""
    _name, content = _store().source_file(held.dataset, held.version)
    return content


def facts(held: Held) -> Facts:
    """What a release holds; worked out once, since a release never changes."""
    return _facts(_store().folder, held.dataset, held.version)


def facts_of_draft(dataset: str, version: str) -> Facts:
    """What a release holds that waits to be published, for those who may see it."""
    return _facts(_store().folder, dataset, version)


def _store() -> Store:
    return Store(settings.EVIDENCE_FOLDER)


@lru_cache(MOST)
def _facts(folder: Path, dataset: str, version: str) -> Facts:
    found = Store(folder).observations(dataset, version)
    series: dict[str, list[Observation]] = {}
    for one in found:
        series.setdefault(one.series, []).append(one)
    return Facts(
        series=tuple(
            Series(name, len(of), _once(one.period for one in of), _once(one.classification for one in of))
            for name, of in series.items()
        ),
        periods=_once(one.period for one in found),
        classifications=_once(one.classification for one in found),
        place_kinds=Counter(place(code).kind for code in {one.place for one in found}),
        states=Counter(one.state for one in found),
        notes=Counter(one.note for one in found if one.note),
        sources=_once(one.source for one in found),
    )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
