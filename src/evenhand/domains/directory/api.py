"""The open feed: Open Referral UK 3.0, its version 1 as a view of the same, and the search of the page as JSON."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from evenhand.core.errors import Refused
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.feed import pages
from evenhand.domains.directory.queries.feed.entities import (
    organization_of,
    service_at_location_of,
    service_of,
)
from evenhand.domains.directory.queries.finding import PEOPLE, Search, find_help
from evenhand.library.openreferral import Page, api_details, minimal, to_json
from evenhand.library.openreferral.version_1 import PARTS_1, organization_1, service_1, taxonomy_1
from evenhand.library.vocabulary.errors import near_misses

router = Router(tags=["Open Referral UK 3.0"])
version_1 = Router(tags=["Open Referral UK 1.0"])
search = Router(tags=["Directory"])
MOST, MOST_MINIMAL = 200, 5000
NDJSON = "application/x-ndjson"
Number = Annotated[int, Field(ge=1, le=1_000_000_000)]


class Paged(Schema):
    """Which page, how long, and whether as one list or one line each."""

    page: Number = Field(1, description="Pages are counted from 1")
    per_page: Number = Field(50, description=f"At most {MOST}, or {MOST_MINIMAL} of a minimal list")
    format: Literal["json", "ndjson"] = Field("json", description="ndjson gives everything, one to a line")


class ListAsked(Paged):
    """A page of what contains some words."""

    search: str = Field("", max_length=200, description="Words that must all be there")


class ServicesAsked(ListAsked):
    """What services are narrowed by."""

    taxonomy_term_id: UUID | None = Field(None, description="Services with this term")
    taxonomy_id: UUID | None = Field(None, description="Services with any term of this taxonomy")
    organization_id: UUID | None = Field(None, description="Services that this body gives")
    modified_after: dt.datetime | dt.date | None = Field(None, description="Edited at this moment or later")
    minimal: bool = Field(False, description="Only id, name, status and when it was edited")
    full: bool = Field(False, description="With everything that belongs to a service")
    minimum_age: float | None = Field(None, ge=0, le=150, description="For somebody of this age or older")
    maximum_age: float | None = Field(None, ge=0, le=150, description="For somebody of this age or younger")
    day: str = Field("", max_length=10, description="Open on this day, such as MO or Monday")
    start_time: dt.time | None = Field(None, description="Open at this time")
    end_time: dt.time | None = Field(None, description="Open until this time")

    def filters(self, **more: Any) -> pages.Filters:
        """The same as the query knows it."""
        moment = self.modified_after
        if isinstance(moment, dt.date) and not isinstance(moment, dt.datetime):
            moment = dt.datetime.combine(moment, dt.time.min)
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=dt.UTC)
        return pages.Filters(
            search=self.search,
            taxonomy_term_id=self.taxonomy_term_id,
            taxonomy_id=self.taxonomy_id,
            organization_id=self.organization_id,
            modified_after=moment,
            minimum_age=self.minimum_age,
            maximum_age=self.maximum_age,
            day=self.day,
            start_time=self.start_time,
            end_time=self.end_time,
            **more,
        )


class PlacesAsked(ServicesAsked):
    """What services at places are narrowed by besides."""

    postcode: str = Field("", max_length=12, description="Where it must be covered, or be near to")
    proximity: float | None = Field(None, ge=0, description="Metres from the postcode")


class OrganizationsAsked(ListAsked):
    """How much is said of each body."""

    full: bool = Field(False, description="With everything that belongs to it")
    full_service: bool = Field(False, description="With its services in full")


class TermsAsked(ListAsked):
    """What terms are narrowed by."""

    taxonomy_id: UUID | None = None
    top_only: bool = False
    parent_id: UUID | None = None


class Asked1(ServicesAsked):
    """What version 1 asked for besides."""

    taxonomy_id: UUID | None = Field(None, description="Services with this term, which version 1 called a taxonomy")
    taxonomy_type: Literal["", "service", "organization"] = Field("", description="Of which the terms must be")
    vocabulary: str = Field("", max_length=80, description="Services with any term of this list, such as Needs")
    text: str = Field("", max_length=200, description="As search")
    need: str = Field("", max_length=80, description="A need by its word, such as housing")
    circumstance: str = Field("", max_length=80, description="A stage, community or faith by its word")
    postcode: str = Field("", max_length=12, description="Where it must be near to, or, without metres, be covered")
    proximity: float | None = Field(None, ge=0, description="Metres from the postcode")
    coverage: str = Field("", max_length=12, description="A postcode that must be covered")
    include: str = Field("", max_length=200, description="Parts to be given too, such as contacts,service_areas")

    def narrowed(self) -> pages.Filters:
        """The same as the query knows it: what version 1 called a taxonomy is a term, and a vocabulary a taxonomy."""
        filters = self.filters(
            need=self.need,
            circumstance=self.circumstance,
            vocabulary=self.vocabulary,
            of=self.taxonomy_type,
            postcode=self.postcode,
            proximity=self.proximity,
            covers=self.coverage,
        )
        term = filters.taxonomy_term_id or filters.taxonomy_id
        return replace(filters, search=f"{self.search} {self.text}".strip(), taxonomy_term_id=term, taxonomy_id=None)

    @property
    def parts(self) -> frozenset[str]:
        """What is to be given besides; Refused for a part that no service has."""
        wanted = [part for part in self.include.replace(",", " ").split() if part]
        for part in wanted:
            _refuse_unknown("include", part, PARTS_1)
        return frozenset(wanted)


class Looked(Schema):
    """What somebody looks for."""

    q: str = Field("", max_length=200, description="In their own words")
    near: str = Field("", max_length=100, description="A postcode, place or prison")
    need: str = Field("", max_length=80)
    who: list[str] = Field([], max_length=5, description="Such as community:five/black, faith:muslim, gender:women")
    stage: str = Field("", max_length=80)
    referrer: str = Field("", max_length=80)
    language: str = Field("", max_length=80)
    within: Literal[5, 10, 25, 50] = 25
    page: int = Field(1, ge=1, le=100_000)

    def search(self) -> Search:
        """The same as the query knows it; Refused for a word that no list has."""
        for kind in ("need", "stage", "referrer", "language"):
            if term := getattr(self, kind):
                _refuse_unknown(kind, term, words.known(kind))
        for each in self.who:
            kind, _colon, term = each.partition(":")
            _refuse_unknown("who", kind, PEOPLE)
            _refuse_unknown("who", term, words.known(kind))
        return Search(**self.dict() | {"who": tuple(self.who)})


def _refuse_unknown(name: str, term: str, known: Iterable[str]) -> None:
    if term not in known:
        near = near_misses(term, known)
        raise Refused(
            _("“%(term)s” is no value of %(name)s.") % {"term": term, "name": name}, near=near, code=f"unknown-{name}"
        )


@router.get("/", summary="Which version this is")
def feed(request: HttpRequest) -> Any:
    """The version, the profile and where the API is described: what a validator asks first."""
    del request
    return api_details(openapi_url=settings.SITE_URL + reverse("api:openapi-json"))


@router.get("/services", summary="Services")
def list_services(request: HttpRequest, asked: Query[ServicesAsked]) -> Any:
    """Listed services, in the order of their ids."""
    del request
    today, filters = timezone.localdate(), asked.filters()
    written = _service_writer(minimal_=asked.minimal, full=asked.full)
    if asked.format == "ndjson":
        return _streamed(written(each) for each in pages.every_service(filters, today))
    page, found = pages.services(filters, today, asked.page, _at_most(asked, MOST_MINIMAL if asked.minimal else MOST))
    return page.envelope(written(each) for each in found)


@router.get("/services/{uuid:id}", summary="One service")
def one_service(request: HttpRequest, id: UUID) -> Any:  # noqa: A002  (the standard's own name)
    """A listed service with everything that belongs to it."""
    del request
    return to_json(service_of(pages.service(id, timezone.localdate())))


@router.get("/organizations", summary="Organisations")
def list_organizations(request: HttpRequest, asked: Query[OrganizationsAsked]) -> Any:
    """Bodies that give a listed service."""
    del request
    today = timezone.localdate()

    def written(number: int) -> tuple[Page, list[dict[str, Any]]]:
        page, found = pages.organisations(asked.search, today, number, _at_most(asked, MOST))
        services = pages.services_by(found, today) if asked.full_service else {}
        full = asked.full or asked.full_service
        return page, [to_json(organization_of(each, services.get(each.pk, ())), full=full) for each in found]

    return _listed(asked, written)


@router.get("/organizations/{uuid:id}", summary="One organisation")
def one_organization(request: HttpRequest, id: UUID, full_service: bool = False) -> Any:  # noqa: A002, FBT001, FBT002
    """A body that gives a listed service; with `full_service`, its services too."""
    del request
    today = timezone.localdate()
    found = pages.organisation(id, today)
    services = pages.services_by([found], today).get(found.pk, ()) if full_service else ()
    return to_json(organization_of(found, services))


@router.get("/service_at_locations", summary="Services at places")
def list_service_at_locations(request: HttpRequest, asked: Query[PlacesAsked]) -> Any:
    """Where listed services are given. Confidential places are not among them."""
    del request
    filters = asked.filters(postcode=asked.postcode, proximity=asked.proximity)

    def written(number: int) -> tuple[Page, list[dict[str, Any]]]:
        page, found = pages.locations(filters, number, _at_most(asked, MOST), timezone.localdate())
        return page, [to_json(service_at_location_of(each), full=asked.full) for each in found]

    return _listed(asked, written)


@router.get("/service_at_locations/{uuid:id}", summary="One service at one place")
def one_service_at_location(request: HttpRequest, id: UUID) -> Any:  # noqa: A002
    """Where a listed service is given."""
    del request
    return to_json(service_at_location_of(pages.location(id, timezone.localdate())))


@router.get("/taxonomies", summary="Taxonomies")
def list_taxonomies(request: HttpRequest, asked: Query[ListAsked]) -> Any:
    """Our vocabulary: needs, stages, communities and more."""
    del request

    def written(number: int) -> tuple[Page, list[dict[str, Any]]]:
        page, found = pages.part(pages.matching_taxonomies(asked.search), number, _at_most(asked, MOST))
        return page, [to_json(each, full=False) for each in found]

    return _listed(asked, written)


@router.get("/taxonomies/{uuid:id}", summary="One taxonomy")
def one_taxonomy(request: HttpRequest, id: UUID) -> Any:  # noqa: A002
    """A taxonomy with its terms."""
    del request
    return to_json(_of_id(pages.matching_taxonomies(""), id, "taxonomy"))


@router.get("/taxonomy_terms", summary="Terms")
def list_taxonomy_terms(request: HttpRequest, asked: Query[TermsAsked]) -> Any:
    """The terms of the taxonomies."""
    del request
    matching = pages.matching_terms(asked.search, asked.taxonomy_id, asked.parent_id, top_only=asked.top_only)

    def written(number: int) -> tuple[Page, list[dict[str, Any]]]:
        page, found = pages.part(matching, number, _at_most(asked, MOST))
        return page, [to_json(each, full=False) for each in found]

    return _listed(asked, written)


@router.get("/taxonomy_terms/{uuid:id}", summary="One term")
def one_taxonomy_term(request: HttpRequest, id: UUID) -> Any:  # noqa: A002
    """A term of a taxonomy."""
    del request
    return to_json(_of_id(pages.matching_terms("", None, None, top_only=False), id, "taxonomy_term"))


@version_1.get("/services", summary="Services, as version 1 wrote them")
def list_services_1(request: HttpRequest, asked: Query[Asked1]) -> Any:
    """Listed services under the names that version 1 had."""
    del request
    parts = asked.parts
    page, found = pages.services(asked.narrowed(), timezone.localdate(), asked.page, _at_most(asked, MOST))
    return page.envelope_1(service_1(service_of(each), parts=parts) for each in found)


@version_1.get("/services/{uuid:id}", summary="One service, as version 1 wrote it")
def one_service_1(request: HttpRequest, id: UUID) -> Any:  # noqa: A002
    """A listed service with everything that belongs to it, under the names that version 1 had."""
    del request
    return service_1(service_of(pages.service(id, timezone.localdate())))


@version_1.get("/organizations/{uuid:id}", summary="One organisation, as version 1 wrote it")
def one_organization_1(request: HttpRequest, id: UUID) -> Any:  # noqa: A002
    """A body that gives a listed service, under the names that version 1 had."""
    del request
    return organization_1(organization_of(pages.organisation(id, timezone.localdate())))


@version_1.get("/taxonomies", summary="Terms, which version 1 called taxonomies")
def list_taxonomies_1(request: HttpRequest, asked: Query[ListAsked]) -> Any:
    """Terms under the names that version 1 had."""
    del request
    matching = pages.matching_terms(asked.search, None, None, top_only=False)
    page, found = pages.part(matching, asked.page, _at_most(asked, MOST))
    return page.envelope_1(taxonomy_1(each) for each in found)


@search.get("/find", summary="Find help")
def find(request: HttpRequest, asked: Query[Looked]) -> HttpResponse:
    """The search of the page as JSON: how it was understood, and what was found, the best first."""
    del request
    answer = find_help(asked.search(), today=timezone.localdate())
    if fault := answer.place_fault:
        raise Refused(str(fault), near=getattr(fault, "near", ()), code="unknown-place")
    head = json.dumps(
        {
            "total": answer.found.total,
            "page": answer.search.page,
            "made_for": answer.made_for,
            "near": answer.where.name if answer.where else "",
            "needs": answer.needs,
            "people": [f"{kind}:{term}" for kind, term in answer.people],
            "read_as": dict(answer.reading.mended),
            "without": answer.without,
            "instead": [{"without": way.kind, "total": way.total} for way in answer.ways],
        }
    )
    # The cards are JSON as they are stored: nothing is read to be written again.
    results = ",".join(
        f'{{"miles":{"null" if each.miles is None else round(each.miles, 1)},"service":{each.card}}}'
        for each in answer.found.results
    )
    return HttpResponse(f'{head[:-1]}, "results": [{results}]}}', content_type="application/json")


def _service_writer(*, minimal_: bool, full: bool) -> Callable[[Any], dict[str, Any]]:
    if minimal_:
        return lambda each: minimal(service_of(each))
    return lambda each: to_json(service_of(each), full=full)


def _listed(asked: Paged, written: Callable[[int], tuple[Page, list[dict[str, Any]]]]) -> Any:
    """A page in its envelope, or every page one line a thing."""
    if asked.format == "ndjson":
        return _streamed(_all(written))
    page, found = written(asked.page)
    return page.envelope(found)


def _all(written: Callable[[int], tuple[Page, list[dict[str, Any]]]]) -> Iterator[dict[str, Any]]:
    number = 1
    while True:
        page, found = written(number)
        yield from found
        if page.is_last:
            return
        number += 1


def _streamed(things: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    return StreamingHttpResponse((json.dumps(each) + "\n" for each in things), content_type=NDJSON)


def _at_most(asked: Paged, most: int) -> int:
    return min(asked.per_page, most)


def _of_id(things: list[Any], wanted: UUID, kind: str) -> Any:
    found = next((each for each in things if each.id == wanted), None)
    if found is None:
        raise pages.not_found(kind, wanted)
    return found
