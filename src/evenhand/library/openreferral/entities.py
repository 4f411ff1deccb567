"""The objects of Open Referral UK 3.0 as dataclasses: every field of its schemas, under the name that it has there.

A blank text, None and an empty tuple all mean that nothing is said, and are left out of the JSON. What the standard
has no field for stands in `more`: extra fields are allowed. A field marked BEYOND is not in the UK schemas, though it
is in the UK's examples or in the international standard.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal
from uuid import UUID

Status = Literal["active", "inactive", "defunct", "temporarily closed"]
Kind = Literal["physical", "postal", "virtual"]
Frequency = Literal["WEEKLY", "MONTHLY"]

URI: Final = {"form": "uri"}
EMAIL: Final = {"form": "email"}
BEYOND: Final = {"beyond": True}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """Anything with an identifier of its own."""

    id: UUID
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxonomyTerm(Entity):
    """One word of a taxonomy."""

    name: str
    description: str
    parent_id: UUID | None = None
    taxonomy: str = ""
    taxonomy_id: UUID | None = None
    term_uri: str = field(default="", metadata=URI)
    term: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taxonomy(Entity):
    """A list of words by which services and organisations are described."""

    name: str
    description: str
    uri: str = field(default="", metadata=URI)
    version: str = ""
    taxonomy_terms: tuple[TaxonomyTerm, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribute(Entity):
    """That a term applies to something; `link_type` says in what way."""

    link_id: UUID | None = None
    taxonomy_term_id: UUID | None = None
    link_type: str = ""
    taxonomy_term: TaxonomyTerm | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganizationIdentifier(Entity):
    """A number that a register gave an organisation; the scheme is one of org-id.guide."""

    organization_id: UUID | None = None
    identifier_scheme: str = ""
    identifier_type: str
    identifier: str
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Organization(Entity):
    """A body that provides services."""

    name: str
    description: str
    email: str = field(default="", metadata=EMAIL)
    website: str = field(default="", metadata=URI)
    logo: str = ""
    uri: str = field(default="", metadata=URI)
    parent_organization_id: UUID | None = None
    organization_identifiers: tuple[OrganizationIdentifier, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    services: tuple["Service", ...] = field(default=(), metadata=BEYOND)


@dataclass(frozen=True, kw_only=True, slots=True)
class Accessibility(Entity):
    """What a place has for people with disabilities."""

    location_id: UUID | None = None
    description: str = ""
    details: str = ""
    url: str = field(default="", metadata=URI)
    attributes: tuple[Attribute, ...] = ()
    accessibility: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address(Entity):
    """An address in full: the standard has no hidden one, so a confidential place has none."""

    location_id: UUID | None = None
    attention: str = ""
    address_1: str
    city: str
    region: str = ""
    state_province: str
    postal_code: str
    country: str
    address_type: Kind
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Location(Entity):
    """Where something happens. A confidential place has neither addresses nor a point."""

    location_type: Kind
    name: str = ""
    description: str = ""
    latitude: float | None = None
    longitude: float | None = None
    external_identifier: str = ""
    external_identifier_type: str = ""
    addresses: tuple[Address, ...] = ()
    accessibility: tuple[Accessibility, ...] = ()
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Language(Entity):
    """A language that is spoken. The UK schema has no field that says which."""

    service_id: UUID | None = None
    phone_id: UUID | None = None
    name: str = field(default="", metadata=BEYOND)
    code: str = field(default="", metadata=BEYOND)
    note: str = field(default="", metadata=BEYOND)


@dataclass(frozen=True, kw_only=True, slots=True)
class Phone(Entity):
    """A telephone number."""

    contact_id: UUID | None = None
    number: str
    description: str = ""
    languages: tuple[Language, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact(Entity):
    """A role, or a person who agreed to be named."""

    service_id: UUID | None = None
    name: str = ""
    title: str = ""
    attributes: tuple[Attribute, ...] = ()
    email: str = field(default="", metadata=EMAIL | BEYOND)
    phones: tuple[Phone, ...] = field(default=(), metadata=BEYOND)


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule(Entity):
    """When something is open, after the rules of iCalendar."""

    service_id: UUID | None = None
    service_at_location_id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    dtstart: dt.date | None = None
    freq: Frequency | None = None
    interval: int | None = None
    byday: str = ""
    bymonthday: str = ""
    description: str = ""
    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    schedule_link: str = field(default="", metadata=URI)
    attending_type: str = ""
    notes: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceArea(Entity):
    """An area that a service covers; `uri` is its code's."""

    service_id: UUID | None = None
    name: str = ""
    extent: str = ""
    extent_type: str = ""
    uri: str = ""
    service_area: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CostOption(Entity):
    """What a service costs, and for whom."""

    service_id: UUID | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    option: str = ""
    amount: Decimal | None = None
    amount_description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Funding(Entity):
    """Who pays for a service."""

    service_id: UUID | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceAtLocation(Entity):
    """That a service is given at a place."""

    service_id: UUID | None = None
    location_id: UUID | None = None
    location: Location | None = None
    service: "Service | None" = field(default=None, metadata=BEYOND)


@dataclass(frozen=True, kw_only=True, slots=True)
class Service(Entity):
    """What a body does for people. `last_modified` moves with an edit, `assured_date` with a check, never together."""

    organization_id: UUID | None = None
    name: str
    description: str = ""
    url: str = field(default="", metadata=URI)
    email: str = field(default="", metadata=EMAIL)
    status: Status
    fees: str = ""
    accreditations: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: dt.date | None = None
    assurer_email: str = field(default="", metadata=EMAIL)
    alert: str = ""
    last_modified: dt.datetime | None = None
    schedules: tuple[Schedule, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()
    service_at_locations: tuple[ServiceAtLocation, ...] = ()
    languages: tuple[Language, ...] = ()
    organization: Organization | None = None
    funding: tuple[Funding, ...] = ()
    cost_options: tuple[CostOption, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attributes: tuple[Attribute, ...] = ()
