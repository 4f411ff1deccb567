"""What becomes of a record of each register's table: which columns it fills, and what tells it from the others."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final, Literal

from evenhand.core.organisations.records import written
from evenhand.library.registers import Table, charity_commission
from evenhand.library.registers.companies_house import COMPANY, Company

CHARITIES, COMPANIES = "GB-CHC", "GB-COH"
ENTRY_OF_CHARITY: Final = {
    "key": "organisation_number",
    "number": "registered_charity_number",
    "name": "charity_name",
    "form": "charity_type",
    "status": "charity_registration_status",
    "reporting": "charity_reporting_status",
    "registered_on": "date_of_registration",
    "removed_on": "date_of_removal",
    "income": "latest_income",
    "accounts_to": "latest_acc_fin_period_end_date",
    "postcode": "charity_contact_postcode",
    "phone": "charity_contact_phone",
    "email": "charity_contact_email",
    "website": "charity_contact_web",
    "company_number": "charity_company_registration_number",
    "activities": "charity_activities",
    "insolvent": "charity_insolvent",
    "in_administration": "charity_in_administration",
    "incorporated": "charity_is_cio",
    "dissolving": "cio_is_dissolved",
    "dissolving_on": "date_cio_dissolution_notice",
}
# What a company's record does not have is blank; nobody's care and no street is kept of either register.
ENTRY_OF_COMPANY: Final = (
    "key number name form status registered_on removed_on accounts_to postcode company_number activities accounts_due "
    "statement_due reporting phone email website"
)
ENTRY_OF_COMPANY_FIELDS: Final = tuple(ENTRY_OF_COMPANY.split())
DETAIL_FIELDS: Final = ("key", "owner", "record")


@dataclass(frozen=True)
class Shape:
    """How records of one table are kept: in which of ours, under which constants, in which columns, the key first.

    Of plain values, so that another process can do it, which knows no database.
    """

    kept_as: Literal["entry", "detail"]
    constants: Mapping[str, str]
    fields: tuple[str, ...]
    row: Callable[[Any], tuple[Any, ...]]
    wanted: Callable[[Any], bool] | None = None

    @property
    def scheme(self) -> str:
        """The register's org-id scheme."""
        return self.constants["scheme"]


def shape_named(name: str) -> Shape:
    """How the records of the table of this name are kept."""
    return shape_of(next(table for table in (COMPANY, *charity_commission.TABLES) if table.name == name))


def shape_of(table: Table[Any]) -> Shape:
    """How the records of a register's table are kept."""
    if table is COMPANY:
        return Shape("entry", MappingProxyType({"scheme": COMPANIES}), ENTRY_OF_COMPANY_FIELDS, _company)
    if table.name == "charity":
        picked = itemgetter(*(table.fields.index(field) for field in ENTRY_OF_CHARITY.values()))
        linked = itemgetter(table.fields.index("linked_charity_number"))
        # A charity that is linked to another has no number of its own: it is that other's.
        return Shape(
            "entry",
            MappingProxyType({"scheme": CHARITIES}),
            tuple(ENTRY_OF_CHARITY),
            picked,
            lambda record: not linked(record),
        )
    key = itemgetter(*(table.fields.index(field) for field in table.key))
    owner = itemgetter(table.fields.index("organisation_number"))
    several = len(table.key) > 1

    def detail(record: Any) -> tuple[Any, ...]:
        return (_key(key(record) if several else (key(record),)), str(owner(record)), written(record))

    return Shape("detail", MappingProxyType({"scheme": CHARITIES, "table": table.name}), DETAIL_FIELDS, detail)


def _company(record: Company) -> tuple[Any, ...]:
    number = str(record.company_number)
    activities = "; ".join(filter(None, (record.sic_1, record.sic_2, record.sic_3, record.sic_4)))
    return (
        number,
        number,
        record.company_name,
        record.company_category,
        record.company_status,
        record.incorporation_date,
        record.dissolution_date,
        record.accounts_last_made_up,
        record.post_code,
        number,
        activities,
        record.accounts_next_due,
        record.confirmation_next_due,
        "",
        "",
        "",
        "",
    )


def _key(values: tuple[Any, ...]) -> str:
    return json.dumps([str(value) for value in values], ensure_ascii=False)[:300]
