"""Rows as the entities of Open Referral UK: what is hidden is not in them, and what has no field stands beside."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.models import Capacity, Cost, Location, Opening, Service, Term
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.index.entries import (
    AUDIENCES,
    ONLY,
    OPEN,
    TAXONOMIES,
    community_of,
    is_tailored,
)
from evenhand.library.openreferral import (
    Address,
    Attribute,
    Contact,
    CostOption,
    Language,
    Organization,
    OrganizationIdentifier,
    Phone,
    Schedule,
    ServiceArea,
    ServiceAtLocation,
    attribute,
    stable_id,
)
from evenhand.library.openreferral import Location as Place
from evenhand.library.openreferral import Service as Entity
from evenhand.library.places import UnknownPlace, UnknownPostcode, outward, place
from evenhand.library.places.whereabouts import places_of_outward
from evenhand.library.vocabulary import UnknownTerm

STATISTICS = "http://statistics.data.gov.uk/id/statistical-geography/"


def service_of(service: Service) -> Entity:
    """A service with all that belongs to it; its parts were fetched with it."""
    own = service.pk
    terms = list(service.terms.all())
    return Entity(
        id=own,
        organization_id=service.organisation_id,
        name=service.title,
        description=service.description or service.summary,
        url=_address(service.website) or settings.SITE_URL + reverse("directory:service", args=[service.slug]),
        email=service.email,
        status="active",
        fees=". ".join(part for part in (str(Cost(service.cost).label), service.cost_words) if part),
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        assured_date=service.assured_on,
        assurer_email=settings.CONTACT if "@" in settings.CONTACT else "",
        alert=service.notice,
        last_modified=service.edited_at,
        schedules=tuple(_schedule(own, number, each) for number, each in enumerate(service.openings.all())),
        service_areas=tuple(_areas(service)),
        service_at_locations=tuple(
            service_at_location_of(each, whole=False) for each in service.locations.all() if _is_shown(each)
        ),
        languages=tuple(
            Language(
                id=stable_id("language", str(own), each.term),
                service_id=own,
                name=words.called(each.kind, each.term),
                code=each.term,
            )
            for each in terms
            if each.kind == Term.Kind.LANGUAGE
        ),
        organization=organization_of(service.organisation),
        cost_options=_costs(service),
        contacts=_contacts(service),
        attributes=tuple(_attributes(service)),
        more={
            "demonstration": service.organisation.demonstration or None,
            "eligibility_description": service.made_for,
            "application_process": service.how_to_refer,
            "referral_sources": [each.term for each in terms if each.kind == Term.Kind.REFERRER],
            "capacity": _capacity(service),
            "opening_words": service.hours,
            "accessibility_words": service.access_words,
            "changed_since_assured": service.changed_since or None,
        },
    )


def organization_of(organisation: Organisation, services: Iterable[Service] = ()) -> Organization:
    """A body that gives services, with those of its services that are given here."""
    own = organisation.pk
    identifiers = list(organisation.identifiers.all())
    page = settings.SITE_URL + f"/organisations/{organisation.slug}/"
    return Organization(
        id=own,
        name=organisation.title,
        description=_described(organisation),
        email=organisation.email,
        website=_address(organisation.website),
        uri=page,
        organization_identifiers=tuple(
            OrganizationIdentifier(
                id=stable_id("organization_identifier", each.scheme, each.value),
                organization_id=own,
                identifier_scheme=each.scheme,
                identifier_type=each.scheme,
                identifier=each.value,
            )
            for each in identifiers
        ),
        attributes=tuple(_leadership(organisation)),
        services=tuple(service_of(each) for each in services),
        more={"demonstration": organisation.demonstration or None},
    )


def service_at_location_of(location: Location, *, whole: bool = True) -> ServiceAtLocation:
    """That a service is given at a place; every row of ours is of one service, so its id serves for this."""
    return ServiceAtLocation(
        id=location.pk,
        service_id=location.service_id,
        location_id=stable_id("location", str(location.pk)),
        location=place_of(location),
        service=service_of(location.service) if whole else None,
    )


def place_of(location: Location) -> Place:
    """A place: in full, or where only its area is shown, as the middle of that; never one that is hidden."""
    if not _is_shown(location):
        raise ValueError("a hidden place has no entity")
    own = stable_id("location", str(location.pk))
    only_area = location.visibility == Location.Visibility.AREA
    return Place(
        id=own,
        location_type="physical",
        name=location.name or location.town,
        description="The area only: the address is given to those who ask." if only_area else "",
        latitude=location.latitude,
        longitude=location.longitude,
        addresses=() if only_area else _addresses(own, location),
    )


def _is_shown(location: Location) -> bool:
    return location.visibility != Location.Visibility.HIDDEN


def _addresses(own: UUID, location: Location) -> tuple[Address, ...]:
    """The address, if it is whole: the standard has no other."""
    if not (location.line_1 and location.town and location.postcode):
        return ()
    around = _around(location.postcode)
    return (
        Address(
            id=stable_id("address", str(location.pk)),
            location_id=own,
            address_1=", ".join(part for part in (location.line_1, location.line_2) if part),
            city=location.town,
            state_province=location.county or (around[0].name if around else "England and Wales"),
            postal_code=location.postcode,
            country="GB",
            address_type="physical",
        ),
    )


def _around(postcode: str) -> tuple[Any, ...]:
    try:
        return places_of_outward(outward(postcode).code)
    except UnknownPostcode:
        return ()


def _schedule(own: UUID, number: int, opening: Opening) -> Schedule:
    return Schedule(
        id=stable_id("schedule", str(own), str(number)),
        service_id=own,
        freq="WEEKLY",
        byday=opening.days,
        opens_at=opening.opens_at,
        closes_at=opening.closes_at,
        description=opening.words,
    )


def _areas(service: Service) -> Iterator[ServiceArea]:
    for each in service.coverage.all():
        own = stable_id("service_area", str(service.pk), each.code or each.court)
        if each.court:
            yield ServiceArea(id=own, service_id=service.pk, name=each.court, more={"kind": "court"})
            continue
        try:
            where = place(each.code)
        except UnknownPlace:
            continue
        is_statistical = where.code[1:].isdigit()
        yield ServiceArea(
            id=own,
            service_id=service.pk,
            name=where.name,
            uri=STATISTICS + where.code if is_statistical else settings.SITE_URL + reverse("place", args=[where.code]),
            more={"kind": where.kind, "code": where.code},
        )


def _costs(service: Service) -> tuple[CostOption, ...]:
    if service.cost == Cost.FREE:
        return ()
    words = service.cost_words or str(Cost(service.cost).label)
    return (CostOption(id=stable_id("cost_option", str(service.pk)), service_id=service.pk, option=words),)


def _contacts(service: Service) -> tuple[Contact, ...]:
    if not (service.phone or service.contact_role or service.email):
        return ()
    own = stable_id("contact", str(service.pk))
    phone = (
        Phone(id=stable_id("phone", str(service.pk)), contact_id=own, number=service.phone) if service.phone else None
    )
    return (
        Contact(
            id=own,
            service_id=service.pk,
            title=service.contact_role,
            email=service.email,
            phones=(phone,) if phone else (),
        ),
    )


def _attributes(service: Service) -> Iterator[Attribute]:
    for each in service.terms.all():
        if name := TAXONOMIES.get(each.kind):
            yield from _applied(service.pk, name, each.term)
    alone = False
    for audience in service.audiences.all():
        alone = alone or audience.only
        if name := AUDIENCES.get(audience.kind):
            yield from _applied(service.pk, name, audience.term)
    yield from _applied(service.pk, "who-may-come", ONLY if alone else OPEN)
    if is_tailored(service):
        yield from _applied(service.pk, "tailoring", "tailored")


def _leadership(organisation: Organisation) -> Iterator[Attribute]:
    for fact in organisation.facts.all():
        yield from _applied(organisation.pk, "leadership", fact.kind)
        taxonomy = fact.community.rpartition(":")[0] or "communities"
        yield from _applied(organisation.pk, taxonomy, community_of(fact), link_type=fact.kind)


def _applied(about: UUID, taxonomy: str, term: str, *, link_type: str = "") -> Iterator[Attribute]:
    """A term applied, unless the vocabulary has lost it."""
    try:
        yield attribute(about, taxonomy, term, link_type=link_type)
    except UnknownTerm:
        return


def _capacity(service: Service) -> dict[str, str] | None:
    if not service.capacity or service.capacity_on is None:
        return None
    return {"status": str(Capacity(service.capacity).label), "updated": service.capacity_on.isoformat()}


def _described(organisation: Organisation) -> str:
    """What it is: the standard asks for words, and many a small body gives none."""
    said = getattr(organisation, "description", "") or getattr(organisation, "activities", "")
    return said or f"{organisation.title} gives services that are listed in Evenhand's directory."


def _address(text: str) -> str:
    parts = urlsplit(text)
    return text if parts.scheme in {"http", "https"} and parts.netloc and " " not in text else ""
