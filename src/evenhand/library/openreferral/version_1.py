"""Version 1 of the standard as a view of the same entities: other names, other nesting, nothing of its own.

What version 1 has no field for is left out, and what only version 1 has, such as reviews, is not made up.
"""

from collections.abc import Iterable
from typing import Any, Final

from evenhand.library.openreferral.entities import (
    Contact,
    Entity,
    Language,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from evenhand.library.openreferral.writing import to_json

ORGANIZATION: Final = ("id", "name", "description", "email", "logo", "uri")
SERVICE: Final = ("id", "name", "description", "url", "email", "status", "fees", "accreditations", "assured_date")
SCHEDULE: Final = (
    "id",
    "description",
    "opens_at",
    "closes_at",
    "valid_from",
    "valid_to",
    "dtstart",
    "freq",
    "interval",
    "byday",
    "bymonthday",
)
COST: Final = ("id", "valid_from", "valid_to", "option", "amount", "amount_description")
ADDRESS: Final = ("id", "attention", "address_1", "city", "state_province", "postal_code", "country")
PARTS_1: Final = frozenset(
    {
        "service_areas",
        "fundings",
        "regular_schedules",
        "eligibilitys",
        "service_at_locations",
        "cost_options",
        "contacts",
        "languages",
        "service_taxonomys",
    }
)


def organization_1(organization: Organization) -> dict[str, Any]:
    """An organisation as version 1 writes it."""
    written = _kept(organization, ORGANIZATION)
    return written | ({"url": organization.website} if organization.website else {})


def service_1(service: Service, *, parts: frozenset[str] = PARTS_1) -> dict[str, Any]:
    """A service as version 1 writes it, with all that belongs to it, or with these parts of that alone."""
    written = _kept(service, SERVICE)
    if service.organization is not None:
        written["organization"] = organization_1(service.organization)
    if not parts:
        return written
    held = {
        "service_areas": [_kept(each, ("id", "service_area", "extent", "uri")) for each in service.service_areas],
        "fundings": [_kept(each, ("id", "source")) for each in service.funding],
        "regular_schedules": _schedules(service.schedules),
        "eligibilitys": _ages(service),
        "service_at_locations": [_at(each) for each in service.service_at_locations],
        "cost_options": [_kept(each, COST) for each in service.cost_options],
        "contacts": [_contact(each) for each in service.contacts],
        "languages": [_language(each) for each in service.languages],
        "service_taxonomys": [
            {"id": str(each.id), "taxonomy": taxonomy_1(each.taxonomy_term)}
            for each in service.attributes
            if each.taxonomy_term is not None
        ],
    }
    return written | {name: part for name, part in held.items() if part and name in parts}


def location_1(location: Location) -> dict[str, Any]:
    """A place as version 1 writes it."""
    written = _kept(location, ("id", "name", "description", "latitude", "longitude"))
    parts = {
        "physical_addresses": [_kept(each, ADDRESS) for each in location.addresses if each.address_type == "physical"],
        "accessibility_for_disabilities": [
            {"id": str(each.id), "accessibility": each.accessibility or each.description}
            for each in location.accessibility
            if each.accessibility or each.description
        ],
    }
    return written | {name: part for name, part in parts.items() if part}


def taxonomy_1(term: TaxonomyTerm) -> dict[str, Any]:
    """A term as version 1 writes it: what is a term since version 3 was a taxonomy, and a taxonomy a vocabulary."""
    written = {"id": str(term.id), "name": term.name}
    if term.taxonomy:
        written["vocabulary"] = term.taxonomy
    return written | ({"parent_id": str(term.parent_id)} if term.parent_id else {})


def _kept(entity: Entity, names: Iterable[str]) -> dict[str, Any]:
    written = to_json(entity, full=False)
    return {name: written[name] for name in names if name in written}


def _schedules(schedules: Iterable[Schedule]) -> list[dict[str, Any]]:
    return [_kept(each, SCHEDULE) for each in schedules]


def _ages(service: Service) -> list[dict[str, Any]]:
    ages = {"minimum_age": service.minimum_age, "maximum_age": service.maximum_age}
    given = {name: age for name, age in ages.items() if age is not None}
    # Version 1 keeps ages apart from the service, under an identifier of their own: the service's serves.
    return [{"id": str(service.id)} | given] if given else []


def _at(place: ServiceAtLocation) -> dict[str, Any]:
    written: dict[str, Any] = {"id": str(place.id)}
    return written | ({"location": location_1(place.location)} if place.location is not None else {})


def _contact(contact: Contact) -> dict[str, Any]:
    written = _kept(contact, ("id", "name", "title"))
    phones = [_kept(each, ("id", "number")) for each in contact.phones]
    return written | ({"phones": phones} if phones else {})


def _language(language: Language) -> dict[str, Any]:
    return {"id": str(language.id)} | ({"language": language.name} if language.name else {})
