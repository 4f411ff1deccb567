"""The reviews that ship, as declared: one file a review, the bodies that were asked, and what is asked again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from evenhand.core.citations import QUOTED_WORDS
from evenhand.core.days import is_partial
from evenhand.core.sources import CHECKED, Verification
from evenhand.library.datasets.catalogue import measures
from evenhand.library.discover import Fault, made, read_table, read_tables
from evenhand.library.vocabulary import stages, topics

HERE = Path(__file__).resolve().parents[1]

Capacity = Literal[
    "addressee",
    "inspectorate",
    "parliament",
    "review-author",
    "advisory-group",
    "civil-society",
    "independent-tracker",
    "media",
    "academic",
    "consultant",
    "us",
]
Position = Literal[
    "accepted",
    "accepted-in-part",
    "accepted-in-principle",
    "alternative",
    "rejected",
    "in-progress",
    "completed",
    "not-met",
    "no-evidence",
    "stalled",
    "not-started",
    "no-answer",
]
Basis = Literal["letter", "intent", "outcome"]
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Declared:
    """Anything that a file declares; `digest` changes when a release of the product says something else of it."""

    @property
    def digest(self) -> str:
        """A mark of all that it says."""
        said = [(one.name, getattr(self, one.name)) for one in fields(self)]  # type: ignore[arg-type]
        return sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True)
class Body(Declared):
    """A body that was asked for something, and those that took over from it."""

    slug: str
    name: str
    kind: Literal["government", "police", "prisons-and-probation", "courts", "oversight", "other"]
    also: str = ""
    ended: str = ""
    successors: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Recommendation(Declared):
    """One thing that a review asked for, and how far its number and words were seen in the source."""

    slug: str
    summary: str
    addressed_to: str
    theme: str
    verification: Verification
    seen: str
    number: str = ""
    numbered: Literal["source", "ours", "inferred", "unknown"] = "source"
    number_note: str = ""
    part_of: str = ""
    chapter: str = ""
    page: str = ""
    quotation: str = ""
    bodies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    response: str = ""
    response_on: str = ""
    response_note: str = ""
    latest: str = ""
    latest_on: str = ""
    latest_note: str = ""
    url: str = ""
    where: str = ""
    further: tuple[str, ...] = ()
    notes: str = ""
    errata: str = ""


@dataclass(frozen=True)
class Claim(Declared):
    """What somebody said of progress on a day, in which role, on which basis, and where it can be read."""

    id: str
    about: str
    assessor: str
    capacity: Capacity
    position: Position
    basis: Basis
    url: str
    recommendations: tuple[str, ...] = ()
    on: str = ""
    on_note: str = ""
    quotation: str = ""
    note: str = ""


@dataclass(frozen=True)
class Total(Declared):
    """A count of progress over a review, as an assessor published it."""

    id: str
    assessor: str
    capacity: Capacity
    counts: str
    url: str
    on: str = ""
    on_note: str = ""
    scope: str = ""
    tally: dict[str, int] | None = None
    method: str = ""


@dataclass(frozen=True)
class Review(Declared):
    """A review with everything that is kept of it; `named` is what the research that it was loaded from calls it."""

    slug: str
    title: str
    short: str
    kind: Literal["inquiry", "review", "inspection", "plan", "advice", "across", "abroad"]
    named: str
    by: str = ""
    published: str = ""
    in_all: int | None = None
    answered: str = ""
    standing: str = ""
    standing_on: str = ""
    url: str = ""
    notes: str = ""
    errata: str = ""
    recommendations: tuple[Recommendation, ...] = ()
    claims: tuple[Claim, ...] = ()
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True)
class Thread(Declared):
    """The same thing asked for again and again; recommendations by their keys, such as lammy-2017-4."""

    slug: str
    title: str
    ask: str
    recommendations: tuple[str, ...]


@cache
def reviews() -> tuple[Review, ...]:
    """Every review that ships, the oldest first; Fault naming the file for what cannot be used."""
    return read_reviews(HERE / "catalogue")


def read_reviews(folder: Path) -> tuple[Review, ...]:
    """The reviews that a folder declares."""
    found = [_review(folder / f"{slug}.toml", slug, table) for slug, table in read_tables(folder).items()]
    return tuple(sorted(found, key=lambda one: (one.published or "9999", one.slug)))


@cache
def bodies() -> tuple[Body, ...]:
    """Every body that was asked, by name."""
    path = HERE / "bodies.toml"
    found = [made(Body, {"slug": slug, **table}, where=path) for slug, table in read_table(path).items()]
    known = {one.slug for one in found}
    unknown = sorted({slug for one in found for slug in one.successors} - known)
    if unknown:
        raise Fault(path, f"successors that are not declared: {', '.join(unknown)}")
    return tuple(sorted(found, key=lambda one: one.name))


@cache
def threads() -> tuple[Thread, ...]:
    """Everything that was asked more than once, by title."""
    folder = HERE / "threads"
    keys = {f"{review.slug}-{one.slug}" for review in reviews() for one in review.recommendations}
    found = []
    for slug, table in read_tables(folder).items():
        thread = made(Thread, {"slug": slug, **table}, where=folder / f"{slug}.toml")
        if unknown := [key for key in thread.recommendations if key not in keys]:
            raise Fault(folder / f"{slug}.toml", f"recommendations that are not declared: {', '.join(unknown)}")
        found.append(thread)
    return tuple(sorted(found, key=lambda one: one.title))


def _review(path: Path, slug: str, table: dict[str, Any]) -> Review:
    table = dict(table)
    recommendations = tuple(made(Recommendation, one, where=path) for one in table.pop("recommendation", ()))
    claims = tuple(made(Claim, one, where=path) for one in table.pop("claim", ()))
    totals = tuple(made(Total, one, where=path) for one in table.pop("total", ()))
    review = made(Review, {**table, "slug": slug}, where=path)
    review = replace(review, recommendations=recommendations, claims=claims, totals=totals)
    if faults := sorted(set(_faults(review))):
        raise Fault(path, *faults)
    return review


def _faults(review: Review) -> Iterator[str]:
    """What is wrong with a review, whichever files are beside it."""
    slugs = [one.slug for one in review.recommendations]
    yield from _twice("recommendation", slugs)
    yield from _twice("claim", [one.id for one in review.claims])
    yield from _twice("total", [one.id for one in review.totals])
    for text in (review.published, review.answered, review.standing_on):
        yield from _no_day(review.slug, text)
    for one in review.recommendations:
        yield from _recommendation_faults(one, slugs)
    for claim in review.claims:
        yield from _no_day(f"claim {claim.id}", claim.on)
        yield from (
            f"claim {claim.id} names {slug!r}, which is not here" for slug in claim.recommendations if slug not in slugs
        )
        if len(claim.quotation.split()) > QUOTED_WORDS:
            yield f"claim {claim.id} quotes more than {QUOTED_WORDS} words"
        if not claim.url:
            yield f"claim {claim.id} has no source"
    for total in review.totals:
        yield from _no_day(f"total {total.id}", total.on)


def _recommendation_faults(one: Recommendation, slugs: list[str]) -> Iterator[str]:
    if not SLUG.fullmatch(one.slug):
        yield f"{one.slug!r} cannot stand in an address"
    if not one.url and one.verification != "unverified":
        yield f"recommendation {one.slug} has no source, and only what is unverified may have none"
    if one.quotation and one.verification not in CHECKED:
        yield f"recommendation {one.slug} is quoted, and its words were not seen"
    if len(one.quotation.split()) > QUOTED_WORDS:
        yield f"recommendation {one.slug} quotes more than {QUOTED_WORDS} words"
    if one.part_of and one.part_of not in slugs:
        yield f"recommendation {one.slug} is part of {one.part_of!r}, which is not here"
    for text in (one.response_on, one.latest_on):
        yield from _no_day(f"recommendation {one.slug}", text)
    known: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
        ("body", one.bodies, {body.slug for body in bodies()}),
        ("topic", one.topics, {topic.slug for topic in topics()}),
        ("stage", one.stages, {stage.slug for stage in stages()}),
        ("measure", tuple(ref.partition("@")[0] for ref in one.measures), {measure.slug for measure in measures()}),
    )
    for kind, words, there in known:
        yield from (
            f"recommendation {one.slug} names a {kind} that is not known: {word}" for word in words if word not in there
        )


def _twice(kind: str, names: Iterable[str]) -> Iterator[str]:
    yield from (f"two of the kind {kind} are called {name!r}" for name, times in Counter(names).items() if times > 1)


def _no_day(what: str, text: str) -> Iterator[str]:
    if text and not is_partial(text):
        yield f"{what} is dated {text!r}: write 2017, 2017-12 or 2017-12-19"
