"""Readers of official registers: the Charity Commission's extract and Companies House's bulk file.

Each register is a module: `charity_commission.read(path)`, `companies_house.read(path)`.
"""

from evenhand.library.registers.changes import Change, ListedTwice, Warned, changes, new_warnings
from evenhand.library.registers.files import RefusedFile
from evenhand.library.registers.identifiers import (
    Identifier,
    UnknownIdentifier,
    charity_identifier,
    charity_number,
    company_identifier,
    company_number,
    primary,
    read_identifier,
)
from evenhand.library.registers.reading import Batch, Position, Rejected
from evenhand.library.registers.table import Table

__all__ = [
    "Batch",
    "Change",
    "Identifier",
    "ListedTwice",
    "Position",
    "RefusedFile",
    "Rejected",
    "Table",
    "UnknownIdentifier",
    "Warned",
    "changes",
    "charity_identifier",
    "charity_number",
    "company_identifier",
    "company_number",
    "new_warnings",
    "primary",
    "read_identifier",
]
