"""Services and what is said of each; the questions whether it is still right, the reports, and every version."""

from evenhand.domains.directory.models.facts import Audience, Coverage, Location, Opening, Term
from evenhand.domains.directory.models.listing import Capacity, Cost, Service
from evenhand.domains.directory.models.upkeep import Confirmation, Report, Version

__all__ = [
    "Audience",
    "Capacity",
    "Confirmation",
    "Cost",
    "Coverage",
    "Location",
    "Opening",
    "Report",
    "Service",
    "Term",
    "Version",
]
