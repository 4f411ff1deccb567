"""The register of charities of England and Wales: the whole public extract of the Charity Commission."""

from evenhand.library.registers.charity_commission.extract import NamesOfPeople, extract_files, read
from evenhand.library.registers.charity_commission.meaning import Ending, ending, place_of, warnings
from evenhand.library.registers.charity_commission.tables import (
    TABLES,
    AnnualReturn,
    AnnualReturnPartA,
    AnnualReturnPartB,
    AreaOfOperation,
    Charity,
    CharityEvent,
    Classification,
    GoverningDocument,
    OtherName,
    OtherRegulator,
    Policy,
    PublishedReport,
)

__all__ = [
    "TABLES",
    "AnnualReturn",
    "AnnualReturnPartA",
    "AnnualReturnPartB",
    "AreaOfOperation",
    "Charity",
    "CharityEvent",
    "Classification",
    "Ending",
    "GoverningDocument",
    "NamesOfPeople",
    "OtherName",
    "OtherRegulator",
    "Policy",
    "PublishedReport",
    "ending",
    "extract_files",
    "place_of",
    "read",
    "warnings",
]
