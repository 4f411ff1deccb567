"""The tables of the Charity Commission's public extract: what is kept of each, under the names that it has there.

The Commission's own data definition says what each column means. `charity_trustee` is not among them, by design: it
holds the names of people.
"""

import datetime as dt
from typing import Any, Final, NamedTuple

from evenhand.library.places.postcodes import UnknownPostcode, read_postcode
from evenhand.library.registers.cells import Pounds
from evenhand.library.registers.contacts import phone_number, web_address
from evenhand.library.registers.identifiers import Identifier, UnknownIdentifier, company_number
from evenhand.library.registers.table import Record, Table

# The day of the extract is the same in every row: a batch says it once.
EVERYWHERE: Final = ("date_of_extract",)


class Charity(NamedTuple):
    """One charity, registered or removed; `linked_charity_number` is 0 for all but those linked to another."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int
    charity_name: str
    charity_type: str
    charity_registration_status: str
    date_of_registration: dt.date | None
    date_of_removal: dt.date | None
    charity_reporting_status: str
    latest_acc_fin_period_start_date: dt.date | None
    latest_acc_fin_period_end_date: dt.date | None
    latest_income: Pounds | None
    latest_expenditure: Pounds | None
    charity_contact_address1: str
    charity_contact_address2: str
    charity_contact_address3: str
    charity_contact_address4: str
    charity_contact_address5: str
    charity_contact_postcode: str
    charity_contact_phone: str
    charity_contact_email: str
    charity_contact_web: str
    charity_company_registration_number: str
    charity_insolvent: bool | None
    charity_in_administration: bool | None
    charity_is_cio: bool | None
    cio_is_dissolved: bool | None
    date_cio_dissolution_notice: dt.date | None
    charity_activities: str

    @property
    def is_main(self) -> bool:
        """Whether it is a charity of its own, and not linked to one that has the same number."""
        return self.linked_charity_number == 0

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """Its org-id identifiers, charity number first; none for a linked charity, which has no number of its own."""
        if not self.is_main:
            return ()
        charity = Identifier("GB-CHC", str(self.registered_charity_number))
        try:
            return (charity, Identifier("GB-COH", company_number(self.charity_company_registration_number)))
        except UnknownIdentifier:
            return (charity,)

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of its address that are not blank, without the postcode."""
        lines = (
            self.charity_contact_address1,
            self.charity_contact_address2,
            self.charity_contact_address3,
            self.charity_contact_address4,
            self.charity_contact_address5,
        )
        return tuple(line for line in lines if line)

    @property
    def postcode(self) -> str:
        """Its postcode as postcodes are written, or blank where it has none that can be read."""
        try:
            return str(read_postcode(self.charity_contact_postcode))
        except UnknownPostcode:
            return ""

    @property
    def phone(self) -> str:
        """Its telephone number put in order, or blank where the cell holds none."""
        return phone_number(self.charity_contact_phone)

    @property
    def website(self) -> str:
        """The address of its website put in order, or blank where the cell holds none."""
        return web_address(self.charity_contact_web)


class AnnualReturn(NamedTuple):
    """One year's return of a charity: when it was due and received. Income that is suppressed is None, never zero."""

    organisation_number: int
    registered_charity_number: int
    fin_period_start_date: dt.date | None
    fin_period_end_date: dt.date | None
    ar_cycle_reference: str
    reporting_due_date: dt.date | None
    date_annual_return_received: dt.date | None
    date_accounts_received: dt.date | None
    total_gross_income: Pounds | None
    total_gross_expenditure: Pounds | None
    accounts_qualified: bool | None
    suppression_ind: bool | None
    suppression_type: str


class AnnualReturnPartA(NamedTuple):
    """Part A of one year's return, from every charity that makes one; order 1 is the latest year."""

    organisation_number: int
    registered_charity_number: int
    latest_fin_period_submitted_ind: bool | None
    fin_period_order_number: int | None
    ar_cycle_reference: str
    fin_period_start_date: dt.date | None
    fin_period_end_date: dt.date | None
    ar_due_date: dt.date | None
    ar_received_date: dt.date | None
    total_gross_income: Pounds | None
    total_gross_expenditure: Pounds | None
    grant_making_is_main_activity: bool | None
    charity_receives_govt_funding_contracts: bool | None
    count_govt_contracts: int | None
    charity_receives_govt_funding_grants: bool | None
    count_govt_grants: int | None
    income_from_government_contracts: Pounds | None
    income_from_government_grants: Pounds | None
    charity_has_trading_subsidiary: bool | None
    count_volunteers: int | None


class AnnualReturnPartB(NamedTuple):
    """Part B of one year's return, from charities whose income passes £500,000."""

    organisation_number: int
    registered_charity_number: int
    latest_fin_period_submitted_ind: bool | None
    fin_period_order_number: int | None
    ar_cycle_reference: str
    fin_period_start_date: dt.date | None
    fin_period_end_date: dt.date | None
    ar_due_date: dt.date | None
    ar_received_date: dt.date | None
    income_donations_and_legacies: Pounds | None
    income_charitable_activities: Pounds | None
    income_total_income_and_endowments: Pounds | None
    expenditure_charitable_expenditure: Pounds | None
    expenditure_grants_institution: Pounds | None
    expenditure_total: Pounds | None
    reserves: Pounds | None
    funds_endowment: Pounds | None
    funds_unrestricted: Pounds | None
    funds_restricted: Pounds | None
    funds_total: Pounds | None
    count_employees: int | None


class AreaOfOperation(NamedTuple):
    """One area that a charity works in, by name: `place_of` says which of our places it is."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int
    geographic_area_type: str
    geographic_area_description: str
    parent_geographic_area_type: str
    parent_geographic_area_description: str
    welsh_ind: bool | None


class Classification(NamedTuple):
    """One thing that a charity does (codes from 101), whom it helps (201), or how (301)."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int
    classification_code: int
    classification_type: str
    classification_description: str


class CharityEvent(NamedTuple):
    """One event in a charity's history, and the charity that was the other side of it."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int | None
    charity_name: str
    charity_event_order: int
    event_type: str
    date_of_event: dt.date | None
    reason: str
    assoc_organisation_number: int | None
    assoc_registered_charity_number: int | None
    assoc_charity_name: str


class GoverningDocument(NamedTuple):
    """What a charity is for, in the words of its governing document."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int
    governing_document_description: str
    charitable_objects: str
    area_of_benefit: str


class OtherName(NamedTuple):
    """Another name of a charity: one that it works under, or had before."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int
    charity_name_id: int
    charity_name_type: str
    charity_name: str


class OtherRegulator(NamedTuple):
    """Another body that regulates a charity."""

    organisation_number: int
    registered_charity_number: int
    regulator_order: int
    regulator_name: str
    regulator_web_url: str


class Policy(NamedTuple):
    """A policy that a charity says it has."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int
    policy_name: str


class PublishedReport(NamedTuple):
    """A report of the Commission on a charity, such as an inquiry or a warning."""

    organisation_number: int
    registered_charity_number: int
    linked_charity_number: int
    report_name: str
    report_location: str
    date_published: dt.date | None


def _without_suppressed(record: AnnualReturn) -> AnnualReturn:
    if record.suppression_ind:
        return record._replace(total_gross_income=None, total_gross_expenditure=None)
    return record


def _table(name: str, record: type[Record], key: str, *, passed_over: str = "", **more: Any) -> Table[Record]:
    columns: tuple[str, ...] = record._fields  # type: ignore[attr-defined]  # a NamedTuple has them
    return Table(name, record, columns, EVERYWHERE + tuple(passed_over.split()), tuple(key.split()), **more)


CHARITY: Final = _table(
    "charity",
    Charity,
    "organisation_number",
    passed_over="charity_previously_excepted charity_is_cdf_or_cif charity_gift_aid charity_has_land",
)
ANNUAL_RETURN: Final = _table(
    "charity_annual_return_history",
    AnnualReturn,
    "organisation_number fin_period_end_date ar_cycle_reference",
    settle=_without_suppressed,
)
# Salaries and benefits to trustees can point at one person, and a directory needs neither.
PART_A: Final = _table(
    "charity_annual_return_parta",
    AnnualReturnPartA,
    "organisation_number fin_period_end_date ar_cycle_reference",
    passed_over="""
        charity_raises_funds_from_public charity_professional_fundraiser charity_agreement_professional_fundraiser
        charity_commercial_participator charity_agreement_commerical_participator trustee_also_director_of_subsidiary
        does_trustee_receive_any_benefit trustee_payments_acting_as_trustee trustee_receives_payments_services
        trustee_receives_other_benefit trustee_resigned_employment employees_salary_over_60k
        count_salary_band_60001_70000 count_salary_band_70001_80000 count_salary_band_80001_90000
        count_salary_band_90001_100000 count_salary_band_100001_110000 count_salary_band_110001_120000
        count_salary_band_120001_130000 count_salary_band_130001_140000 count_salary_band_140001_150000
        count_salary_band_150001_200000 count_salary_band_200001_250000 count_salary_band_250001_300000
        count_salary_band_300001_350000 count_salary_band_350001_400000 count_salary_band_400001_450000
        count_salary_band_450001_500000 count_salary_band_over_500000
    """,
)
PART_B: Final = _table(
    "charity_annual_return_partb",
    AnnualReturnPartB,
    "organisation_number fin_period_end_date ar_cycle_reference",
    passed_over="""
        income_other_trading_activities income_investments income_other income_legacies income_endowments
        expenditure_raising_funds expenditure_other expenditure_investment_management expenditure_governance
        expenditure_support_costs expenditure_depreciation gain_loss_investment gain_loss_pension_fund
        gain_loss_revaluation_fixed_investment gain_loss_other assets_total_fixed assets_own_use
        assets_long_term_investment defined_benefit_pension_scheme assets_other_assets assets_total_liabilities
        assets_current_investment assets_total_assets_and_liabilities creditors_one_year_total_current
        creditors_falling_due_after_one_year assets_cash charity_only_accounts consolidated_accounts
    """,
)
AREA_OF_OPERATION: Final = _table(
    "charity_area_of_operation",
    AreaOfOperation,
    "organisation_number geographic_area_type geographic_area_description",
)
CLASSIFICATION: Final = _table("charity_classification", Classification, "organisation_number classification_code")
EVENT_HISTORY: Final = _table("charity_event_history", CharityEvent, "organisation_number charity_event_order")
GOVERNING_DOCUMENT: Final = _table("charity_governing_document", GoverningDocument, "organisation_number")
OTHER_NAME: Final = _table("charity_other_names", OtherName, "organisation_number charity_name_id")
OTHER_REGULATOR: Final = _table("charity_other_regulators", OtherRegulator, "organisation_number regulator_order")
POLICY: Final = _table("charity_policy", Policy, "organisation_number policy_name")
PUBLISHED_REPORT: Final = _table(
    "charity_published_report", PublishedReport, "organisation_number report_name report_location date_published"
)

TABLES: Final[tuple[Table[Any], ...]] = (
    CHARITY,
    ANNUAL_RETURN,
    PART_A,
    PART_B,
    AREA_OF_OPERATION,
    CLASSIFICATION,
    EVENT_HISTORY,
    GOVERNING_DOCUMENT,
    OTHER_NAME,
    OTHER_REGULATOR,
    POLICY,
    PUBLISHED_REPORT,
)
