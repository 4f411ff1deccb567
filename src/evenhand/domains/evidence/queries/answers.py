"""Questions put to the released figures, with refusals in the words of a web page."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings

from evenhand.core.errors import Refused
from evenhand.library.datasets.catalogue import Catalogue, Measure, Unknown, counted
from evenhand.library.datasets.compare import Answered, NoAnswer, Question, question
from evenhand.library.datasets.counterfactuals import Counterfactual, counterfactual
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.store import Store, UnknownRelease

MALFORMED = frozenset({"unknown-groups", "unknown-figure", "missing-group"})


class Answering:
    """The engine over the site's store, made anew when something was released."""

    def __init__(self) -> None:
        """Start with none."""
        self._turn = threading.Lock()
        self._state: Hashable = ()
        self._engine: Engine | None = None

    def engine(self) -> Engine:
        """The engine over what is released now; over the shipped figures before anything was."""
        store = Store(settings.EVIDENCE_FOLDER)
        state = (str(store.folder), store.state())
        with self._turn:
            if self._engine is None or self._state != state:
                self._engine = shipped_engine() if state[1] is None else Engine.from_store(store)
                self._state = state
            return self._engine


ANSWERING = Answering()


def catalogue() -> Catalogue:
    """What can be asked now: the measures of the product, and those declared beside figures of one's own."""
    return ANSWERING.engine().catalogue


def released() -> Hashable:
    """What an answer depends on besides the question: it changes when something is released."""
    return Store(settings.EVIDENCE_FOLDER).state()


def released_on(dataset: str, version: str) -> date | None:
    """The day on which a release was loaded here; None for figures read straight from the product."""
    try:
        return date.fromisoformat(Store(settings.EVIDENCE_FOLDER).manifest(dataset, version)["loaded_on"])
    except FileNotFoundError:
        return None


def ask(
    slug: str,
    *,
    place: str = "",
    period: str | None = None,
    groups: int | None = None,
    reference: str | None = None,
    release: str | None = None,
) -> Question:
    """A question that can be answered; Refused with the near matches if a part of it does not exist."""
    with refused_in_words():
        versions = _quoted(slug, release) if release else None
        return question(
            slug,
            place=place.strip() or None,
            period=period or None,
            groups=groups,
            reference=reference or None,
            release=release or None,
            engine=ANSWERING.engine(),
            versions=versions,
        )


def suppose(
    slug: str, scenario: str, *, period: str | None = None, reference: str | None = None, release: str | None = None
) -> Counterfactual:
    """The answer to one named counterfactual; Refused as `ask`, or if the question does not fit the measure."""
    with refused_in_words():
        versions = Store(settings.EVIDENCE_FOLDER).versions(counted(), release) if release else None
        return counterfactual(
            slug,
            scenario,
            period=period or None,
            reference=reference or None,
            release=release or None,
            engine=ANSWERING.engine(),
            versions=versions,
        )


@contextmanager
def refused_in_words(unknown: str = "unknown-measure") -> Iterator[None]:
    """Turn what the library refuses into what a web page refuses, in the same words; `unknown` is of what kind."""
    try:
        yield
    except NoAnswer as fault:
        status = 400 if fault.code in MALFORMED else 404
        raise Refused(fault.message, near=fault.near, code=fault.code, status=status) from None
    except Unknown as fault:
        raise Refused(str(fault), near=fault.near, code=unknown, status=404) from None
    except UnknownRelease as fault:
        raise Refused(str(fault), code="unknown-release", status=404) from None


def _quoted(slug: str, release: str) -> dict[str, str] | None:
    """The versions of a quoted release: that of a measure of one's own too which has another name by now."""
    store = Store(settings.EVIDENCE_FOLDER)
    # Before anything was loaded there is one release, that of the shipped figures, and no store to look it up in.
    if store.state() is None:
        return None
    known = next((one for one in catalogue().measures if one.slug == slug), None)
    try:
        return store.versions(known or slug, release)
    except UnknownRelease:
        catalogue().measure(slug)
        raise


def unanswered(slug: str) -> Measure | None:
    """The measure of this name, if it is one that nobody publishes openly by ethnicity."""
    found = next((one for one in catalogue().measures if one.slug == slug), None)
    return found if found and not found.answers else None


def answer(measure: str, **asked: Any) -> Answered:
    """The whole answer to one question; Refused as `ask`."""
    return ask(measure, **asked).answer()
