"""What the open feed is asked for, and a page of it: every filter narrows, and deep pages cost what the first does."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from evenhand.core.errors import Refused
from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.models import Entry, Location, Opening, Service
from evenhand.domains.directory.queries.index.asking import Asked, Clause, Word, tagged
from evenhand.domains.directory.queries.index.dialects import entries_matching
from evenhand.domains.directory.queries.index.reading import words_of
from evenhand.domains.directory.queries.listed import listed_services
from evenhand.library.openreferral import Page, Taxonomy, TaxonomyTerm, stable_id, taxonomies, terms
from evenhand.library.places import UnknownPostcode, outward
from evenhand.library.places.whereabouts import places_of_outward
from evenhand.library.vocabulary.errors import near_misses

Row = TypeVar("Row")
WITH: Final = (
    "terms",
    "audiences",
    "coverage",
    "locations",
    "openings",
    "organisation__facts",
    "organisation__names",
    "organisation__identifiers",
)
METRES_A_DEGREE: Final = 111_195
FARTHEST: Final = 200_000  # metres
DAYS: Final = {
    day: short
    for short, names in {
        "MO": ("mo", "mon", "monday"),
        "TU": ("tu", "tue", "tuesday"),
        "WE": ("we", "wed", "wednesday"),
        "TH": ("th", "thu", "thursday"),
        "FR": ("fr", "fri", "friday"),
        "SA": ("sa", "sat", "saturday"),
        "SU": ("su", "sun", "sunday"),
    }.items()
    for day in names
}
# The tag of the index that a term of each taxonomy has.
TAGGED: Final[Mapping[str, str]] = {
    "needs": "need",
    "stages": "stage",
    "topics": "topic",
    "communities": "exactcommunity",
    "faiths": "exactfaith",
    "who-may-come": "openness",
    "leadership": "leadership",
}
# What version 1 called circumstances: where somebody is on the way, and who they are.
CIRCUMSTANCES: Final = ("stages", "communities", "faiths")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page of services, or of their places, is narrowed by; what is None narrows nothing."""

    search: str = ""
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: dt.datetime | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    day: str = ""
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    postcode: str = ""
    proximity: float | None = None
    # As version 1 asked: terms by their words, a taxonomy by its name, whose terms, and what must be covered besides.
    need: str = ""
    circumstance: str = ""
    vocabulary: str = ""
    of: str = ""  # "service" or "organization"
    covers: str = ""


def services(filters: Filters, today: dt.date, number: int, per_page: int) -> tuple[Page, list[Service]]:
    """A page of the services that match, in the order of their ids."""
    entries = _entries(filters)
    if filters.proximity is not None:
        near = _near(Location.objects.exclude(visibility=Location.Visibility.HIDDEN), filters)
        entries = entries.filter(service_id__in=near.values("service_id"))
    page = Page(number, per_page, entries.count())
    # The ids come from an index that holds them all: to skip a hundred thousand of them reads no row.
    ids = list(entries.values_list("service_id", flat=True)[page.offset : page.offset + per_page])
    return page, services_of(ids, today)


def services_of(ids: Iterable[UUID], today: dt.date) -> list[Service]:
    """The listed services of these ids, in this order, with everything that is said of them."""
    wanted = list(ids)
    held = {each.pk: each for each in listed_services(today).filter(pk__in=wanted).prefetch_related(*WITH)}
    return [held[each] for each in wanted if each in held]


def every_service(filters: Filters, today: dt.date, *, at_once: int = 500) -> Iterator[Service]:
    """All services that match, from the first id to the last, a few at a time."""
    entries, after = _entries(filters), None
    while True:
        some = entries if after is None else entries.filter(service_id__gt=after)
        ids = list(some.values_list("service_id", flat=True)[:at_once])
        if not ids:
            return
        yield from services_of(ids, today)
        after = ids[-1]


def service(wanted: UUID, today: dt.date) -> Service:
    """One listed service; Refused as not found where there is none."""
    return _only(services_of([wanted], today), "service", wanted)


def organisations(search: str, today: dt.date, number: int, per_page: int) -> tuple[Page, list[Organisation]]:
    """A page of the bodies that give a listed service, in the order of their ids."""
    shown = Organisation.objects.filter(Exists(listed_services(today).filter(organisation=OuterRef("pk"))))
    if search:
        matching = Entry.objects.filter(_matching(Asked().also(*_words(search, "name"))))
        shown = shown.filter(pk__in=matching.values("service__organisation_id"))
    page = Page(number, per_page, shown.count())
    return page, list(_with_parts(shown).order_by("pk")[page.offset : page.offset + per_page])


def organisation(wanted: UUID, today: dt.date) -> Organisation:
    """One body that gives a listed service; Refused as not found where there is none."""
    shown = Organisation.objects.filter(Exists(listed_services(today).filter(organisation=OuterRef("pk"))), pk=wanted)
    return _only(list(_with_parts(shown)), "organization", wanted)


def services_by(organisations: Iterable[Organisation], today: dt.date) -> dict[UUID, list[Service]]:
    """The listed services of some bodies."""
    found: dict[UUID, list[Service]] = {}
    wanted = [each.pk for each in organisations]
    for each in listed_services(today).filter(organisation__in=wanted).order_by("pk").prefetch_related(*WITH):
        found.setdefault(each.organisation_id, []).append(each)
    return found


def locations(filters: Filters, number: int, per_page: int, today: dt.date) -> tuple[Page, list[Location]]:
    """A page of the places at which services that match are given; hidden ones are not among them."""
    shown = _locations(filters)
    page = Page(number, per_page, shown.count())
    found = list(shown.order_by("pk")[page.offset : page.offset + per_page])
    held = {each.pk: each for each in services_of({each.service_id for each in found}, today)}
    for each in found:
        if each.service_id in held:
            each.service = held[each.service_id]
    return page, [each for each in found if each.service_id in held]


def location(wanted: UUID, today: dt.date) -> Location:
    """One place at which a listed service is given; Refused as not found where there is none."""
    found = list(_locations(Filters()).filter(pk=wanted))
    held = {each.pk: each for each in services_of({each.service_id for each in found}, today)}
    shown = [each for each in found if each.service_id in held]
    for each in shown:
        each.service = held[each.service_id]
    return _only(shown, "service_at_location", wanted)


def matching_taxonomies(search: str) -> list[Taxonomy]:
    """The taxonomies of whose name or description every word is part."""
    return [each for each in taxonomies() if _says(each, search)]


def matching_terms(
    search: str, taxonomy_id: UUID | None, parent_id: UUID | None, *, top_only: bool
) -> list[TaxonomyTerm]:
    """The terms that match; `top_only` leaves out those that stand under another."""
    return [
        each
        for each in terms()
        if _says(each, search)
        and taxonomy_id in {None, each.taxonomy_id}
        and parent_id in {None, each.parent_id}
        and not (top_only and each.parent_id)
    ]


def part(things: list[Row], number: int, per_page: int) -> tuple[Page, list[Row]]:
    """A page of a list that is at hand."""
    page = Page(number, per_page, len(things))
    return page, things[page.offset : page.offset + per_page]


def not_found(kind: str, wanted: UUID) -> Refused:
    """That there is nothing of this id."""
    return Refused(f"There is no {kind} with the id {wanted}.", code="not-found", status=404)


def _only(found: list[Row], kind: str, wanted: UUID) -> Row:
    if not found:
        raise not_found(kind, wanted)
    return found[0]


def _says(each: Taxonomy | TaxonomyTerm, search: str) -> bool:
    text = f"{each.name} {each.description}".casefold()
    return all(word in text for word in search.casefold().split())


def _with_parts(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return rows.prefetch_related("facts", "identifiers", "names")


def _words(search: str, part_: Any = "text") -> list[Clause]:
    found = words_of(search)
    return [(Word(word, part_),) for word in found] or [(Word("nothing0", "tags"),)]


def _matching(asked: Asked) -> Q:
    found = entries_matching(connection.vendor, asked)
    return Q(pk__in=RawSQL(found.ids, found.values))  # noqa: S611  (values apart)


def _entries(filters: Filters) -> QuerySet[Entry]:
    """The entries of the services that match: the index does what it can, the tables the rest."""
    asked = _asked(filters)
    found = Entry.objects.order_by("service_id")
    if asked:
        found = found.filter(_matching(asked))
    if filters.organization_id:
        found = found.filter(service__organisation=filters.organization_id)
    if filters.modified_after:
        found = found.filter(service__edited_at__gte=filters.modified_after)
    if filters.minimum_age is not None:
        found = found.filter(Q(service__maximum_age=None) | Q(service__maximum_age__gte=filters.minimum_age))
    if filters.maximum_age is not None:
        found = found.filter(Q(service__minimum_age=None) | Q(service__minimum_age__lte=filters.maximum_age))
    if opening := _opening(filters):
        found = found.filter(Exists(Opening.objects.filter(opening, service=OuterRef("service"))))
    return found


def _asked(filters: Filters) -> Asked:
    asked = Asked()
    if filters.search:
        asked = asked.also(*_words(filters.search))
    if filters.taxonomy_id:
        held = next((each for each in taxonomies() if each.id == filters.taxonomy_id), None)
        slugs = {stable_id("taxonomy", slug): slug for slug in (*TAGGED, "tailoring")}
        asked = asked.also(tagged("taxonomy", slugs[held.id] if held and held.id in slugs else "none"))
    if filters.taxonomy_term_id:
        asked = asked.also(_of_term(filters.taxonomy_term_id))
    if filters.need:
        asked = asked.also(tagged("need", _word(filters.need, "need", ("needs",))))
    if filters.circumstance:
        word = _word(filters.circumstance, "circumstance", CIRCUMSTANCES)
        asked = asked.also([each for name in CIRCUMSTANCES for each in tagged(TAGGED[name], word)])
    if filters.vocabulary:
        asked = asked.also(tagged("taxonomy", _vocabulary(filters.vocabulary)))
    if filters.of:
        asked = asked.also(*_of(filters))
    if filters.postcode and filters.proximity is None:
        asked = asked.also(tagged("covers", *_codes(filters.postcode)))
    if filters.covers:
        asked = asked.also(tagged("covers", *_codes(filters.covers)))
    return asked


def _word(word: str, name: str, slugs: Iterable[str]) -> str:
    """A term of these taxonomies, by its word or by what it is called; Refused where there is none."""
    ids = {stable_id("taxonomy", slug) for slug in slugs}
    known = {said: each.term for each in terms() if each.taxonomy_id in ids for said in (each.term, each.name)}
    wanted = {said.casefold(): term for said, term in known.items()}.get(word.strip().casefold())
    if wanted is None:
        near = near_misses(word, [*dict.fromkeys(known.values())])
        raise Refused(f"There is no {name} {word!r}.", near=near, code=f"unknown-{name}")
    return wanted


def _vocabulary(name: str) -> str:
    """A taxonomy by its word or by what it is called; Refused where there is none."""
    held = {each.id: each.name for each in taxonomies()}
    known = {slug: held.get(stable_id("taxonomy", slug), slug) for slug in (*TAGGED, "tailoring")}
    for slug, called in known.items():
        if name.strip().casefold() in {slug, called.casefold()}:
            return slug
    raise Refused(f"There is no vocabulary {name!r}.", near=tuple(known), code="unknown-vocabulary")


def _of(filters: Filters) -> Iterator[Clause]:
    """Only terms of services, or only those of the bodies that give them: of these there is one taxonomy."""
    led = stable_id("taxonomy", "leadership")
    held = next((each.taxonomy_id for each in terms() if each.id == filters.taxonomy_term_id), filters.taxonomy_id)
    if filters.of == "organization":
        yield tagged("taxonomy", "leadership" if held in {None, led} else "none")
    elif held == led:
        yield tagged("taxonomy", "none")


def _of_term(wanted: UUID) -> Clause:
    held = next((each for each in terms() if each.id == wanted), None)
    slugs = {stable_id("taxonomy", slug): slug for slug in (*TAGGED, "tailoring")}
    slug = slugs.get(held.taxonomy_id) if held and held.taxonomy_id else None
    if held is None or slug is None:
        return tagged("taxonomy", "none")
    return tagged("taxonomy", "tailoring") if slug == "tailoring" else tagged(TAGGED[slug], held.term)


def _codes(postcode: str) -> tuple[str, ...]:
    found = places_of_outward(_point(postcode).code)
    return tuple(each.code for each in found) or ("K04000001",)


def _point(postcode: str) -> Any:
    try:
        return outward(postcode)
    except UnknownPostcode as fault:
        raise Refused(str(fault), code="unknown-postcode") from None


def _opening(filters: Filters) -> Q | None:
    """When it must be open: on a day, and from and until a time, where these are asked for."""
    wanted = Q()
    if filters.day:
        day = DAYS.get(filters.day.strip().casefold())
        if day is None:
            raise Refused(
                f"{filters.day!r} is no day: write MO or Monday.", near=("MO", "TU", "WE"), code="bad-request"
            )
        wanted &= Q(days__contains=day)
    if filters.start_time:
        wanted &= Q(opens_at__lte=filters.start_time, closes_at__gte=filters.start_time)
    if filters.end_time:
        wanted &= Q(opens_at__lte=filters.end_time, closes_at__gte=filters.end_time)
    return wanted or None


def _locations(filters: Filters) -> QuerySet[Location]:
    found = Location.objects.exclude(visibility=Location.Visibility.HIDDEN)
    found = found.filter(service_id__in=_entries(filters).order_by().values("service_id"))
    return found if filters.proximity is None else _near(found, filters)


def _near(found: QuerySet[Location], filters: Filters) -> QuerySet[Location]:
    """The places that are within so many metres of the postcode."""
    if not filters.postcode:
        raise Refused("Give a postcode with the proximity: the metres are counted from it.", code="bad-request")
    point = _point(filters.postcode)
    metres = min(max(filters.proximity or 0.0, 0.0), FARTHEST)
    up = metres / METRES_A_DEGREE
    wide = METRES_A_DEGREE * math.cos(math.radians(point.latitude))
    across = metres / wide
    rise = (F("latitude") - point.latitude) * METRES_A_DEGREE
    run = (F("longitude") - point.longitude) * wide
    return (
        found.filter(
            latitude__range=(point.latitude - up, point.latitude + up),
            longitude__range=(point.longitude - across, point.longitude + across),
        )
        .alias(squared=rise * rise + run * run)
        .filter(squared__lte=metres * metres)
    )
