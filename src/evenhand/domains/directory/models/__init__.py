"""Services and what is said of each; the questions whether it is still right, the reports, and every version."""

from evenhand.domains.directory.models.facts import (
    Access,
    Audience,
    Coverage,
    Flag,
    Location,
    Opening,
    Referrer,
    Term,
    Way,
)
from evenhand.domains.directory.models.index import Entry, Facet, IndexedWord, Spot, Stale, Unmet
from evenhand.domains.directory.models.listing import Capacity, Cost, Service
from evenhand.domains.directory.models.upkeep import Confirmation, Report, Version

__all__ = [
    "Access",
    "Audience",
    "Capacity",
    "Confirmation",
    "Cost",
    "Coverage",
    "Entry",
    "Facet",
    "Flag",
    "IndexedWord",
    "Location",
    "Opening",
    "Referrer",
    "Report",
    "Service",
    "Spot",
    "Stale",
    "Term",
    "Unmet",
    "Version",
    "Way",
]
