"""What was asked again and again, review after review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.domains.reviews.models import Recommendation
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.shown import recommendations, url_of
from evenhand.domains.reviews.rules import catalogue


@dataclass(frozen=True)
class Step:
    """One time that it was asked."""

    key: str
    when: str
    review: str
    title: str
    summary: str
    url: str


@dataclass(frozen=True)
class Thread:
    """The same ask, from the first time to the last."""

    slug: str
    title: str
    ask: str
    steps: tuple[Step, ...]

    @property
    def since(self) -> str:
        """The year in which it was first asked."""
        return next((step.when[-4:] for step in self.steps if step.when[-4:].isdecimal()), "")


def threads(of: Iterable[Recommendation] | None = None) -> list[Thread]:
    """Every thread; or those that one of some recommendations is part of."""
    wanted = None if of is None else {one.key for one in of}
    declared = [one for one in catalogue.threads() if wanted is None or wanted & set(one.recommendations)]
    keys = {key for one in declared for key in one.recommendations}
    rows = {one.key: one for one in recommendations().filter(key__in=keys)}
    return [Thread(one.slug, one.title, one.ask, _steps(one, rows)) for one in declared]


def _steps(thread: catalogue.Thread, rows: Mapping[str, Recommendation]) -> tuple[Step, ...]:
    asked = sorted((rows[key] for key in thread.recommendations if key in rows), key=lambda one: one.review.published)
    return tuple(_step(one) for one in asked)


def _step(one: Recommendation) -> Step:
    review = one.review
    return Step(one.key, words.when(review.published), review.short, words.title_of(one), one.summary, url_of(one))
