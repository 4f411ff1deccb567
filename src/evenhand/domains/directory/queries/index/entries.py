"""A service as the index has it: its words, its points, and the card that a result shows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from evenhand.core.organisations.models import Fact
from evenhand.domains.directory.models import Audience, Location, Service, Term
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.index.asking import both, squares_around, tag
from evenhand.domains.directory.queries.index.reading import needs_named, words_of
from evenhand.domains.directory.rules import exits
from evenhand.library.places import UnknownPlace, UnknownPostcode, outward, place
from evenhand.library.places.whereabouts import places_of_outward
from evenhand.library.vocabulary.ethnicity import classification

ANY: Final = "any"
ONLY, OPEN = "only", "open-to-all"
# Which taxonomy of the open feed holds the terms of a kind.
TAXONOMIES: Final = {"need": "needs", "stage": "stages", "topic": "topics"}
AUDIENCES: Final = {"community": "communities", "faith": "faiths"}
EPOCH: Final = dt.date(1970, 1, 1)
YOUNG: Final = 30  # a service for nobody older is for young people
# How many miles away a service counts that comes to where one is, by the narrowest kind of place that it covers.
REACH: Final = {"prison": 3, "council": 4, "police-force": 8, "probation-region": 15, "region": 20, "nation": 30}
FARTHEST: Final = 30
WITH: Final = (
    "terms",
    "audiences",
    "coverage",
    "locations",
    "openings",
    "organisation__facts",
    "organisation__names",
)


class Point(NamedTuple):
    """Where a service is given; that of an area is the middle of its outward code."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Indexed:
    """Everything that the index holds of a service."""

    name: str
    said: str
    tags: str
    card: dict[str, Any]
    points: tuple[Point, ...]
    assured: int
    reach: int

    @property
    def words(self) -> set[str]:
        """Every word by which it may be found, but for its terms."""
        return {word for word in words_of(f"{self.name} {self.said}") if word.isalpha()}


def indexed(service: Service) -> Indexed:
    """What the index holds of a listed service, whose parts were fetched `WITH` it."""
    points = tuple(dict.fromkeys(point for each in service.locations.all() if (point := point_of(each))))
    assured = service.assured_on or EPOCH
    return Indexed(
        name=" ".join(_names(service)),
        said=" ".join(_said(service)),
        tags=" ".join(dict.fromkeys(_tags(service, points))),
        card=card_of(service),
        points=points,
        assured=(assured - EPOCH).days,
        reach=reach_of(each.code for each in service.coverage.all()),
    )


def point_of(location: Location) -> Point | None:
    """The point that may be known of a location: none of a hidden one, and of an area no nearer than its middle."""
    if location.visibility == Location.Visibility.HIDDEN:
        return None
    if location.visibility == Location.Visibility.FULL and location.latitude is not None:
        return Point(location.latitude, location.longitude or 0.0)
    if not location.postcode:
        return None
    try:
        middle = outward(location.postcode)
    except UnknownPostcode:
        return None
    return Point(middle.latitude, middle.longitude)


def reach_of(codes: Iterable[str]) -> int:
    """How many miles away a service counts to whom it covers."""
    return min((REACH.get(each.kind, FARTHEST) for each in _places(codes)), default=FARTHEST)


def card_of(service: Service) -> dict[str, Any]:
    """All that a result shows of a service, as plain values: open to everyone, and nothing of what is hidden."""
    organisation = service.organisation
    terms = list(service.terms.all())
    card = {
        "id": str(service.pk),
        "slug": service.slug,
        "name": service.name,
        "demonstration": organisation.demonstration,
        "organisation": organisation.name,
        "organisation_slug": organisation.slug,
        "summary": service.summary,
        "made_for": service.made_for,
        "audiences": [[each.kind, each.term, each.only] for each in service.audiences.all()],
        "ages": [service.minimum_age, service.maximum_age],
        "led_by": [community_of(each) for each in organisation.facts.all() if each.kind == Fact.Kind.LED_BY],
        "phone": service.phone,
        "email": service.email,
        "website": service.website,
        "hours": service.hours,
        "cost": service.cost,
        "cost_words": service.cost_words,
        "how_to_refer": service.how_to_refer,
        "capacity": service.capacity,
        "capacity_on": service.capacity_on.isoformat() if service.capacity_on else "",
        "notice": service.notice,
        "needs": [each.term for each in terms if each.kind == Term.Kind.NEED],
        "stages": [each.term for each in terms if each.kind == Term.Kind.STAGE],
        "languages": [each.term for each in terms if each.kind == Term.Kind.LANGUAGE],
        "referrers": [each.term for each in terms if each.kind == Term.Kind.REFERRER],
        "covers": [each.code for each in service.coverage.all() if each.code],
        "courts": [each.court for each in service.coverage.all() if each.court],
        "locations": [each for location in service.locations.all() if (each := _location(location))],
        "assured_on": service.assured_on.isoformat() if service.assured_on else "",
        "exit": exits(
            (each.term for each in terms if each.kind == Term.Kind.NEED),
            (each.term for each in terms if each.kind == Term.Kind.FLAG),
        ),
    }
    return {name: value for name, value in card.items() if value not in ("", None, [], [None, None])}


def _location(location: Location) -> dict[str, Any]:
    if location.visibility == Location.Visibility.HIDDEN:
        return {}
    parts = (location.name, location.line_1, location.line_2, location.town, location.postcode)
    point = point_of(location)
    return {
        "address": ", ".join(part for part in parts if part),
        "town": location.town or location.postcode,
        "area_only": location.visibility == Location.Visibility.AREA,
    } | ({"latitude": point.latitude, "longitude": point.longitude} if point else {})


def _names(service: Service) -> Iterator[str]:
    yield service.name
    yield service.organisation.name
    yield from (each.name for each in service.organisation.names.all())


def _said(service: Service) -> Iterator[str]:
    yield from (service.summary, service.description, service.made_for)
    yield from (
        words.called(kind, term)
        for kind, term in (
            *((each.kind, each.term) for each in service.terms.all()),
            *((each.kind, each.term) for each in service.audiences.all()),
        )
    )
    yield from (location.town for location in service.locations.all())
    yield from (each.court for each in service.coverage.all() if each.court)
    yield from (each.name for each in _places(each.code for each in service.coverage.all() if each.code))


def _tags(service: Service, points: Iterable[Point]) -> Iterator[str]:
    where = [*dict.fromkeys(_tags_of_places(service, points))]
    needs = [tag(each.kind, each.term) for each in service.terms.all() if each.kind == Term.Kind.NEED]
    yield from where
    # What most ask for is one word of the index, so that no two long lists have to be held against each other.
    yield from (both(place, need) for place in where for need in needs)
    yield from _tags_of_terms(service)
    yield from _tags_of_people(service)
    yield from _tags_of_leaders(service)
    yield from (tag("named", need) for name in _names(service) for need in needs_named(name))
    yield from (tag("taxonomy", name) for name in taxonomies_of(service))


def _tags_of_places(service: Service, points: Iterable[Point]) -> Iterator[str]:
    yield from (tag("covers", each.code) for each in service.coverage.all() if each.code)
    yield from (square for point in points for square in squares_around(point.latitude, point.longitude))
    for location in service.locations.all():
        if location.visibility != Location.Visibility.HIDDEN and location.postcode:
            yield from (tag("within", each.code) for each in _around(location.postcode))


def _tags_of_terms(service: Service) -> Iterator[str]:
    terms = list(service.terms.all())
    yield from (tag(each.kind, each.term) for each in terms)
    if not any(each.kind == Term.Kind.STAGE for each in terms):
        yield tag("stage", ANY)


def _tags_of_people(service: Service) -> Iterator[str]:
    """For whom it is, with the wider groups that hold them; and of what nobody has to be, to come."""
    audiences = list(service.audiences.all())
    for audience in audiences:
        yield tag(f"exact{audience.kind}", audience.term)
        yield from (tag(f"for{audience.kind}", term) for term in wider(audience.kind, audience.term))
        if audience.kind == Audience.Kind.LANGUAGE:
            yield tag("language", audience.term)
    alone = {each.kind for each in audiences if each.only}
    yield from (tag(f"for{kind}", ANY) for kind in Audience.Kind.values if kind not in alone)
    yield tag("openness", ONLY if alone else OPEN)
    if service.maximum_age is not None and service.maximum_age <= YOUNG:
        yield tag("age", "young")


def _tags_of_leaders(service: Service) -> Iterator[str]:
    for fact in service.organisation.facts.all():
        yield tag("leadership", fact.kind)
        yield from (tag(fact.kind, term) for term in wider("community", community_of(fact)))


def _around(postcode: str) -> Iterator[Any]:
    try:
        yield from places_of_outward(outward(postcode).code)
    except UnknownPostcode:
        return


def is_tailored(service: Service) -> bool:
    """Whether it is made for a community by an organisation that says of itself that it is not led by that one."""
    led_by = {community_of(each) for each in service.organisation.facts.all() if each.kind == Fact.Kind.LED_BY}
    made_for = {each.term for each in service.audiences.all() if each.kind == Audience.Kind.COMMUNITY}
    return bool(made_for) and not any(set(wider("community", term)) & led_by for term in made_for)


def taxonomies_of(service: Service) -> Iterator[str]:
    """The taxonomies of the open feed of which any term holds of a service or of who gives it."""
    kinds = {each.kind for each in service.terms.all()}
    yield from (name for kind, name in TAXONOMIES.items() if kind in kinds)
    audiences = {each.kind for each in service.audiences.all()}
    yield from (name for kind, name in AUDIENCES.items() if kind in audiences)
    yield "who-may-come"
    if service.organisation.facts.all():
        yield "leadership"
    if is_tailored(service):
        yield "tailoring"


def community_of(fact: Fact) -> str:
    """The term that a fact is about, without the list that it may be named with: communities:five/black."""
    return fact.community.rpartition(":")[2]


def wider(kind: str, term: str) -> tuple[str, ...]:
    """A term and the one that it stands under: what is for Indian people is found among what is for Asian people."""
    if kind != "community":
        return (term,)
    return (term, *((parent,) if (parent := _parents().get(term)) else ()))


@cache
def _parents() -> dict[str, str]:
    broad = {each.name: each.slug for each in classification("five").groups}
    return {
        f"census-2021-19/{each.slug}": f"five/{broad[each.parent]}"
        for each in classification("census-2021-19").groups
        if each.parent in broad
    }


def _places(codes: Iterable[str]) -> Iterator[Any]:
    for code in codes:
        try:
            yield place(code)
        except UnknownPlace:
            continue
