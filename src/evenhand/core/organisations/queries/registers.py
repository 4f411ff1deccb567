"""What the registers say: of a number that somebody gives, and of an organisation that is listed."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from evenhand.core.organisations.models import Alert, Detail, Entry, Form, IncomeBand, Organisation
from evenhand.core.organisations.records import restored
from evenhand.library.places import Place
from evenhand.library.registers import Identifier, Warned, charity_commission, companies_house
from evenhand.library.registers.cells import CompanyNumber, Pounds
from evenhand.library.registers.charity_commission import AreaOfOperation, Charity, CharityEvent, Ending
from evenhand.library.registers.companies_house import Company

Record = TypeVar("Record", bound=tuple[Any, ...])
BANDS = (
    (10_000, IncomeBand.UNDER_10K),
    (50_000, IncomeBand.TO_50K),
    (100_000, IncomeBand.TO_100K),
    (250_000, IncomeBand.TO_250K),
    (1_000_000, IncomeBand.TO_1M),
)
LONGEST_NAME = 250
SMALL = frozenset({"a", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"})


@dataclass(frozen=True)
class RegisterFact:
    """One thing that a register says, in its own words."""

    term: str
    said: str


@dataclass(frozen=True)
class Prefill:
    """What a form about an organisation can be filled in with, from its entry in a register."""

    identifiers: tuple[Identifier, ...]
    name: str
    legal_form: str
    income_band: str
    email: str
    phone: str
    website: str
    description: str
    postcode: str
    areas: tuple[Place, ...]
    areas_unknown: tuple[str, ...]  # in the register's words: other countries, and counties that are no place of ours
    status: str
    registered_on: date | None
    warnings: tuple[Warned, ...]
    ending: Ending | None


def entry_numbered(scheme: str, number: str) -> Entry | None:
    """What a register has under a number: what is still there before what is gone, the latest first."""
    found = Entry.objects.filter(scheme=scheme, number=number)
    # Of two records with one number, the one that was not removed is meant.
    return min(found, key=lambda one: (one.gone_on is not None, one.removed_on is not None, -one.pk), default=None)


def entries_of(organisation: Organisation) -> list[Entry]:
    """What the registers have under the numbers of an organisation."""
    found = (entry_numbered(one.scheme, one.value) for one in organisation.identifiers.all())
    return [entry for entry in found if entry is not None]


def alerts_open() -> QuerySet[Alert]:
    """What registers say against organisations that are listed, and nobody has settled: the newest first."""
    return Alert.objects.filter(ended_at=None, settled_at=None).select_related("organisation")


def prefill(entry: Entry, *, on: date) -> Prefill:
    """What an entry of a register says of a body, put in order, with every warning as it stands on a day."""
    if entry.scheme == "GB-COH":
        company = company_of(entry)
        return Prefill(
            identifiers=(company.identifier,),
            name=_named(entry.name),
            legal_form=_company_form(entry.form),
            income_band="",  # that register holds none
            email="",
            phone="",
            website="",
            description="",
            postcode=company.postcode,
            areas=(),
            areas_unknown=(),
            status=entry.status,
            registered_on=entry.registered_on,
            warnings=warnings_of(entry, on=on),
            ending=None,
        )
    charity = charity_of(entry)
    areas, unknown = areas_of(entry)
    return Prefill(
        identifiers=charity.identifiers,
        name=_named(entry.name),
        legal_form=_charity_form(charity),
        income_band=_band(entry.income),
        email=entry.email if "@" in entry.email else "",
        phone=charity.phone,
        website=charity.website[:200],
        description=entry.activities,
        postcode=charity.postcode,
        areas=areas,
        areas_unknown=unknown,
        status=entry.status,
        registered_on=entry.registered_on,
        warnings=warnings_of(entry, on=on),
        ending=ending_of(entry),
    )


def areas_of(entry: Entry) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Where a charity works: our places, and the names of what is none of ours."""
    known: dict[str, Place] = {}
    unknown = []
    for area in _details(entry, "charity_area_of_operation", AreaOfOperation):
        place = charity_commission.place_of(area)
        if place is None:
            unknown.append(area.geographic_area_description)
        else:
            known.setdefault(place.code, place)
    return tuple(known.values()), tuple(unknown)


def ending_of(entry: Entry) -> Ending | None:
    """How a charity left its register, by the history of its events, or None where it did not, as far as they say."""
    return charity_commission.ending(_details(entry, "charity_event_history", CharityEvent))


def charity_of(entry: Entry) -> Charity:
    """An entry as the library's record, so that the library can say what it means; addresses are not kept."""
    return Charity(
        organisation_number=int(entry.key),
        registered_charity_number=int(entry.number),
        linked_charity_number=0,
        charity_name=entry.name,
        charity_type=entry.form,
        charity_registration_status=entry.status,
        date_of_registration=entry.registered_on,
        date_of_removal=entry.removed_on,
        charity_reporting_status=entry.reporting,
        latest_acc_fin_period_start_date=None,
        latest_acc_fin_period_end_date=entry.accounts_to,
        latest_income=None if entry.income is None else Pounds(entry.income),
        latest_expenditure=None,
        charity_contact_address1="",
        charity_contact_address2="",
        charity_contact_address3="",
        charity_contact_address4="",
        charity_contact_address5="",
        charity_contact_postcode=entry.postcode,
        charity_contact_phone=entry.phone,
        charity_contact_email=entry.email,
        charity_contact_web=entry.website,
        charity_company_registration_number=entry.company_number,
        charity_insolvent=entry.insolvent,
        charity_in_administration=entry.in_administration,
        charity_is_cio=entry.incorporated,
        cio_is_dissolved=entry.dissolving,
        date_cio_dissolution_notice=entry.dissolving_on,
        charity_activities=entry.activities,
    )


def company_of(entry: Entry) -> Company:
    """As `charity_of`, of a company."""
    said: dict[str, Any] = dict.fromkeys(Company._fields, "")
    said |= {
        "incorporation_date": entry.registered_on,
        "dissolution_date": entry.removed_on,
        "accounts_last_made_up": entry.accounts_to,
        "accounts_next_due": entry.accounts_due,
        "confirmation_last_made_up": None,
        "confirmation_next_due": entry.statement_due,
        "company_number": CompanyNumber(entry.number),
        "company_name": entry.name,
        "company_category": entry.form,
        "company_status": entry.status,
        "post_code": entry.postcode,
    }
    return Company(**said)


def warnings_of(entry: Entry, *, on: date) -> tuple[Warned, ...]:
    """What staff should know, on a day, before they list the body of this entry as it stands."""
    if entry.gone_on is not None:
        return (Warned("removed", "No longer listed", entry.gone_on),)
    if entry.scheme == "GB-COH":
        return companies_house.warnings(company_of(entry), on=on)
    return charity_commission.warnings(charity_of(entry))


def _details(entry: Entry, table: str, record: type[Record]) -> list[Record]:
    held = Detail.objects.filter(scheme=entry.scheme, owner=entry.key, table=table).order_by("pk")
    return [restored(record, kept) for kept in held.values_list("record", flat=True)]


def _named(name: str) -> str:
    """A name that stands in capitals throughout, as names do there, is written as names are."""
    if not name.isupper():
        return name[:LONGEST_NAME]
    first, *others = re.sub(r"'S\b", "'s", name.title()).split()
    return " ".join((first, *(one.lower() if one.lower() in SMALL else one for one in others)))[:LONGEST_NAME]


def _band(income: int | None) -> str:
    if income is None:
        return ""
    return str(next((band for under, band in BANDS if income < under), IncomeBand.OVER_1M))


def _charity_form(charity: Charity) -> str:
    if charity.charity_is_cio:
        return Form.CHARITABLE_INCORPORATED
    return Form.CHARITABLE_COMPANY if len(charity.identifiers) > 1 else Form.CHARITY


def _company_form(category: str) -> str:
    if category == companies_house.COMMUNITY_INTEREST:
        return Form.COMMUNITY_INTEREST
    return Form.SOCIETY if "Society" in category else Form.COMPANY
