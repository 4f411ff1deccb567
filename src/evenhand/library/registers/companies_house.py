"""Reads Companies House's bulk file of live companies, of which a directory wants the community interest companies."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from evenhand.library.places.postcodes import UnknownPostcode, read_postcode
from evenhand.library.registers.cells import CompanyNumber, british_days, days, readers
from evenhand.library.registers.changes import Warned
from evenhand.library.registers.files import beginning, find_source, refuse_cut_short
from evenhand.library.registers.forms import Found, Unreadable, comma_separated, text_heading
from evenhand.library.registers.identifiers import Identifier
from evenhand.library.registers.reading import Batch, Position, batches, resumed
from evenhand.library.registers.table import Table, whose

COMMUNITY_INTEREST: Final = "Community Interest Company"
# Every category in which voluntary organisations are found; most companies of the first three are something else.
VOLUNTARY: Final = (
    "PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)",
    "PRI/LBG/NSC (Private, Limited by guarantee, no share capital, use of 'Limited' exemption)",
    "Registered Society",
    "Industrial and Provident Society",
    "Royal Charter Company",
    "Charitable Incorporated Organisation",
    "Scottish Charitable Incorporated Organisation",
    COMMUNITY_INTEREST,
)
DISSOLVING: Final = re.compile(r"strike off|dissol|closed", re.IGNORECASE)
DAY_IN_NAME: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Company(NamedTuple):
    """One live company, as it stands in the month's file."""

    company_number: CompanyNumber
    company_name: str
    company_category: str
    company_status: str
    incorporation_date: dt.date | None
    dissolution_date: dt.date | None
    po_box: str
    address_line_1: str
    address_line_2: str
    post_town: str
    county: str
    country: str
    post_code: str
    accounts_category: str
    accounts_last_made_up: dt.date | None
    accounts_next_due: dt.date | None
    confirmation_last_made_up: dt.date | None
    confirmation_next_due: dt.date | None
    sic_1: str
    sic_2: str
    sic_3: str
    sic_4: str
    previous_name_1: str
    previous_name_2: str
    previous_name_3: str
    previous_name_4: str
    previous_name_5: str
    previous_name_6: str
    previous_name_7: str
    previous_name_8: str
    previous_name_9: str
    previous_name_10: str

    @property
    def identifier(self) -> Identifier:
        """Its org-id identifier."""
        return Identifier("GB-COH", self.company_number)

    @property
    def sic_codes(self) -> tuple[str, ...]:
        """The codes of what it does, by the Standard Industrial Classification; the register holds no income."""
        cells = (self.sic_1, self.sic_2, self.sic_3, self.sic_4)
        return tuple(cell.partition(" ")[0] for cell in cells if cell[:1].isdigit())

    @property
    def previous_names(self) -> tuple[str, ...]:
        """The names that it had before, the latest first."""
        names = (getattr(self, f"previous_name_{number}") for number in range(1, 11))
        return tuple(name for name in names if name)

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of its registered address that are not blank, without the postcode."""
        box = f"PO Box {self.po_box}" if self.po_box else ""
        lines = (box, self.address_line_1, self.address_line_2, self.post_town, self.county, self.country)
        return tuple(line for line in lines if line)

    @property
    def postcode(self) -> str:
        """Its postcode as postcodes are written, or blank where it has none that can be read."""
        try:
            return str(read_postcode(self.post_code))
        except UnknownPostcode:
            return ""


COLUMNS: Final = (
    "CompanyNumber",
    "CompanyName",
    "CompanyCategory",
    "CompanyStatus",
    "IncorporationDate",
    "DissolutionDate",
    "RegAddress.POBox",
    "RegAddress.AddressLine1",
    "RegAddress.AddressLine2",
    "RegAddress.PostTown",
    "RegAddress.County",
    "RegAddress.Country",
    "RegAddress.PostCode",
    "Accounts.AccountCategory",
    "Accounts.LastMadeUpDate",
    "Accounts.NextDueDate",
    "ConfStmtLastMadeUpDate",
    "ConfStmtNextDueDate",
    *(f"SICCode.SicText_{number}" for number in range(1, 5)),
    *(f"PreviousName_{number}.CompanyName" for number in range(1, 11)),
)
# Care of whom a letter goes is often a person.
PASSED_OVER: Final = (
    "RegAddress.CareOf",
    "CountryOfOrigin",
    "Accounts.AccountRefDay",
    "Accounts.AccountRefMonth",
    "Returns.NextDueDate",
    "Returns.LastMadeUpDate",
    "Mortgages.NumMortCharges",
    "Mortgages.NumMortOutstanding",
    "Mortgages.NumMortPartSatisfied",
    "Mortgages.NumMortSatisfied",
    "LimitedPartnerships.NumGenPartners",
    "LimitedPartnerships.NumLimPartners",
    "URI",
    *(f"PreviousName_{number}.CONDATE" for number in range(1, 11)),
)
COMPANY: Final = Table("company", Company, COLUMNS, PASSED_OVER, ("company_number",))


def read(
    path: Path, *, categories: Collection[str] = (COMMUNITY_INTEREST,), after: Position | None = None
) -> Iterator[Batch[Company]]:
    """The companies of these categories in one part of the bulk file, in batches; of all, where none is named.

    Give the position of a batch as `after` to go on behind it. RefusedFile is raised as by the charities' `read`. The
    day of the extract is read from the file's name, which alone says it.
    """
    source = find_source(path)
    first = beginning(source)
    heading, newline = text_heading(first, name=source.name, delimiter=",")
    whose(heading.columns, (COMPANY,), name=source.name)
    refuse_cut_short(source, closed=(newline,))
    position = resumed(source, after)
    position = position._replace(offset=position.offset or heading.start)
    holding = tuple(category.encode() for category in categories)
    found = comma_separated(source, newline=newline, start=position.offset, number=position.records, holding=holding)
    wanted = _of_category(found, heading.columns, frozenset(categories)) if categories else found
    named = DAY_IN_NAME.search(source.name) or DAY_IN_NAME.search(path.name)
    return batches(
        COMPANY,
        wanted,
        header=heading.columns,
        read_each=[british_days if reader is days else reader for reader in readers(Company)],
        position=position,
        extracted=days([named[0]])[0] if named else None,
    )


def warnings(company: Company, *, on: dt.date) -> tuple[Warned, ...]:
    """What staff should know on one day before they list this company as it stands, in the register's own words."""
    found = []
    if company.dissolution_date is not None:
        found.append(Warned("dissolved", company.company_status, company.dissolution_date))
    elif DISSOLVING.search(company.company_status):
        found.append(Warned("dissolved", company.company_status))
    elif company.company_status.casefold() != "active":
        found.append(Warned("insolvent", company.company_status))
    for said, due in (
        ("Accounts overdue", company.accounts_next_due),
        ("Confirmation statement overdue", company.confirmation_next_due),
    ):
        if due is not None and due < on:
            found.append(Warned("overdue", said, due))
    return tuple(found)


def _of_category(found: Iterable[Found], header: tuple[str, ...], categories: frozenset[str]) -> Iterator[Found]:
    """Only what is of these categories: the words may stand in a company's name too."""
    at, width = header.index("CompanyCategory"), len(header)
    for block in found:
        yield replace(
            block,
            records=[
                (number, cells)
                for number, cells in block.records
                # What cannot be told apart is reported, not passed over.
                if isinstance(cells, Unreadable) or len(cells) != width or cells[at].strip() in categories
            ],
        )
