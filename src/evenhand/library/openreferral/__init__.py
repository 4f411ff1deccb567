"""Open Referral UK 3.0: dataclasses in, JSON out, and back; and version 1 as a view."""

from evenhand.library.openreferral.entities import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Entity,
    Funding,
    Language,
    Location,
    Organization,
    OrganizationIdentifier,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)
from evenhand.library.openreferral.ids import stable_id
from evenhand.library.openreferral.pages import Page
from evenhand.library.openreferral.standard import PROFILE, VERSION, api_details
from evenhand.library.openreferral.taxonomies import attribute, taxonomies, taxonomy, term, terms, with_addresses
from evenhand.library.openreferral.writing import NotOpenReferral, faults, from_json, minimal, to_json

__all__ = [
    "PROFILE",
    "VERSION",
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "CostOption",
    "Entity",
    "Funding",
    "Language",
    "Location",
    "NotOpenReferral",
    "Organization",
    "OrganizationIdentifier",
    "Page",
    "Phone",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "Taxonomy",
    "TaxonomyTerm",
    "api_details",
    "attribute",
    "faults",
    "from_json",
    "minimal",
    "stable_id",
    "taxonomies",
    "taxonomy",
    "term",
    "terms",
    "to_json",
    "with_addresses",
]
