"""Organisations, what registers say of them, and who looks after their entries."""

from evenhand.core.organisations.models.claims import Claim, Evidence, Invitation
from evenhand.core.organisations.models.organisations import (
    Area,
    Fact,
    Form,
    Identifier,
    IncomeBand,
    Name,
    Organisation,
)
from evenhand.core.organisations.models.registers import Alert, Change, Detail, Entry, Load, LoadedFile

__all__ = [
    "Alert",
    "Area",
    "Change",
    "Claim",
    "Detail",
    "Entry",
    "Evidence",
    "Fact",
    "Form",
    "Identifier",
    "IncomeBand",
    "Invitation",
    "Load",
    "LoadedFile",
    "Name",
    "Organisation",
]
