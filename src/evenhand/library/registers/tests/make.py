"""Made-up registers in the official forms: no charity, company, address or number in them is anybody's."""

import json
import zipfile

EXTRACTED = "2026-11-01"

# The columns as they are published, in their order.
HEADERS = {
    "charity": """date_of_extract organisation_number registered_charity_number linked_charity_number charity_name
        charity_type charity_registration_status date_of_registration date_of_removal charity_reporting_status
        latest_acc_fin_period_start_date latest_acc_fin_period_end_date latest_income latest_expenditure
        charity_contact_address1 charity_contact_address2 charity_contact_address3 charity_contact_address4
        charity_contact_address5 charity_contact_postcode charity_contact_phone charity_contact_email
        charity_contact_web charity_company_registration_number charity_insolvent charity_in_administration
        charity_previously_excepted charity_is_cdf_or_cif charity_is_cio cio_is_dissolved date_cio_dissolution_notice
        charity_activities charity_gift_aid charity_has_land""",
    "charity_annual_return_history": """date_of_extract organisation_number registered_charity_number
        fin_period_start_date fin_period_end_date ar_cycle_reference reporting_due_date date_annual_return_received
        date_accounts_received total_gross_income total_gross_expenditure accounts_qualified suppression_ind
        suppression_type""",
    "charity_annual_return_parta": """date_of_extract organisation_number registered_charity_number
        latest_fin_period_submitted_ind fin_period_order_number ar_cycle_reference fin_period_start_date
        fin_period_end_date ar_due_date ar_received_date total_gross_income total_gross_expenditure
        charity_raises_funds_from_public charity_professional_fundraiser charity_agreement_professional_fundraiser
        charity_commercial_participator charity_agreement_commerical_participator grant_making_is_main_activity
        charity_receives_govt_funding_contracts count_govt_contracts charity_receives_govt_funding_grants
        count_govt_grants income_from_government_contracts income_from_government_grants charity_has_trading_subsidiary
        trustee_also_director_of_subsidiary does_trustee_receive_any_benefit trustee_payments_acting_as_trustee
        trustee_receives_payments_services trustee_receives_other_benefit trustee_resigned_employment
        employees_salary_over_60k count_salary_band_60001_70000 count_salary_band_70001_80000
        count_salary_band_80001_90000 count_salary_band_90001_100000 count_salary_band_100001_110000
        count_salary_band_110001_120000 count_salary_band_120001_130000 count_salary_band_130001_140000
        count_salary_band_140001_150000 count_salary_band_150001_200000 count_salary_band_200001_250000
        count_salary_band_250001_300000 count_salary_band_300001_350000 count_salary_band_350001_400000
        count_salary_band_400001_450000 count_salary_band_450001_500000 count_salary_band_over_500000
        count_volunteers""",
    "charity_annual_return_partb": """date_of_extract organisation_number registered_charity_number
        latest_fin_period_submitted_ind fin_period_order_number ar_cycle_reference fin_period_start_date
        fin_period_end_date ar_due_date ar_received_date income_donations_and_legacies income_charitable_activities
        income_other_trading_activities income_investments income_other income_total_income_and_endowments
        income_legacies income_endowments expenditure_raising_funds expenditure_charitable_expenditure
        expenditure_other expenditure_total expenditure_investment_management expenditure_grants_institution
        expenditure_governance expenditure_support_costs expenditure_depreciation gain_loss_investment
        gain_loss_pension_fund gain_loss_revaluation_fixed_investment gain_loss_other reserves assets_total_fixed
        assets_own_use assets_long_term_investment defined_benefit_pension_scheme assets_other_assets
        assets_total_liabilities assets_current_investment assets_total_assets_and_liabilities
        creditors_one_year_total_current creditors_falling_due_after_one_year assets_cash funds_endowment
        funds_unrestricted funds_restricted funds_total count_employees charity_only_accounts consolidated_accounts""",
    "charity_area_of_operation": """date_of_extract organisation_number registered_charity_number
        linked_charity_number geographic_area_type geographic_area_description parent_geographic_area_type
        parent_geographic_area_description welsh_ind""",
    "charity_classification": """date_of_extract organisation_number registered_charity_number linked_charity_number
        classification_code classification_type classification_description""",
    "charity_event_history": """date_of_extract organisation_number registered_charity_number linked_charity_number
        charity_name charity_event_order event_type date_of_event reason assoc_organisation_number
        assoc_registered_charity_number assoc_charity_name""",
    "charity_governing_document": """date_of_extract organisation_number registered_charity_number
        linked_charity_number governing_document_description charitable_objects area_of_benefit""",
    "charity_other_names": """date_of_extract organisation_number registered_charity_number linked_charity_number
        charity_name_id charity_name_type charity_name""",
    "charity_other_regulators": """date_of_extract organisation_number registered_charity_number regulator_order
        regulator_name regulator_web_url""",
    "charity_policy": """date_of_extract organisation_number registered_charity_number linked_charity_number
        policy_name""",
    "charity_published_report": """date_of_extract organisation_number registered_charity_number
        linked_charity_number report_name report_location date_published""",
    "charity_trustee": """date_of_extract organisation_number registered_charity_number linked_charity_number
        trustee_id trustee_name trustee_is_chair individual_or_organisation trustee_date_of_appointment""",
}
HEADERS = {table: tuple(columns.split()) for table, columns in HEADERS.items()}

# Several names begin with a space, as published.
COMPANY_HEADER = (
    "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2,"
    "RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,"
    "CountryOfOrigin,DissolutionDate,IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth,"
    "Accounts.NextDueDate,Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate,"
    "Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,Mortgages.NumMortSatisfied,"
    "SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,LimitedPartnerships.NumGenPartners,"
    "LimitedPartnerships.NumLimPartners,URI,PreviousName_1.CONDATE, PreviousName_1.CompanyName,"
    " PreviousName_2.CONDATE, PreviousName_2.CompanyName,PreviousName_3.CONDATE, PreviousName_3.CompanyName,"
    "PreviousName_4.CONDATE, PreviousName_4.CompanyName,PreviousName_5.CONDATE, PreviousName_5.CompanyName,"
    "PreviousName_6.CONDATE, PreviousName_6.CompanyName,PreviousName_7.CONDATE, PreviousName_7.CompanyName,"
    "PreviousName_8.CONDATE, PreviousName_8.CompanyName,PreviousName_9.CONDATE, PreviousName_9.CompanyName,"
    "PreviousName_10.CONDATE, PreviousName_10.CompanyName,ConfStmtNextDueDate, ConfStmtLastMadeUpDate"
)

# Numbers that the registers have not given out.
NUMBERS = {"organisation_number": 9_000_001, "registered_charity_number": 9_100_001, "linked_charity_number": 0}

CHARITY = {
    **NUMBERS,
    "charity_name": "BRIDGE OF EXAMPLES (MADE UP)",
    "charity_type": "Charitable company",
    "charity_registration_status": "Registered",
    "date_of_registration": "2009-03-02",
    "charity_reporting_status": "Submission Received",
    "latest_acc_fin_period_start_date": "2025-04-01",
    "latest_acc_fin_period_end_date": "2026-03-31",
    "latest_income": 84210,
    "latest_expenditure": 79003,
    "charity_contact_address1": "1 Example Street",
    "charity_contact_address2": "Exampleton",
    "charity_contact_postcode": "ZZ99 9ZZ",
    "charity_contact_phone": "01632 960001",
    "charity_contact_email": "office@bridge.example",
    "charity_contact_web": "www.bridge.example",
    "charity_company_registration_number": "9999901",
    "charity_insolvent": False,
    "charity_in_administration": False,
    "charity_previously_excepted": False,
    "charity_is_cio": False,
    "charity_activities": "A made-up charity: mentoring for people leaving prison.",
    "charity_gift_aid": True,
}
CHARITIES = (
    CHARITY,
    CHARITY
    | {
        "organisation_number": 9_000_002,
        "linked_charity_number": 1,
        "charity_name": "BRIDGE OF EXAMPLES FUND (MADE UP)",
        "charity_type": None,
        "charity_company_registration_number": None,
    },
    CHARITY
    | {
        "organisation_number": 9_000_003,
        "registered_charity_number": 9_100_003,
        "charity_name": "CANOLFAN ENGHRAIFFT, TŶ (MADE UP)",
        "charity_type": "CIO",
        "charity_reporting_status": "Submission Overdue",
        "latest_income": None,
        "latest_expenditure": None,
        "charity_contact_web": None,
        "charity_contact_phone": None,
        "charity_company_registration_number": None,
        "charity_is_cio": True,
        "cio_is_dissolved": False,
    },
    CHARITY
    | {
        "organisation_number": 9_000_004,
        "registered_charity_number": 9_100_004,
        "charity_name": "OLD EXAMPLE TRUST (MADE UP)",
        "charity_type": "Trust",
        "charity_registration_status": "Removed",
        "date_of_removal": "2024-05-17",
        "charity_reporting_status": "Removed",
        "charity_company_registration_number": None,
    },
)
PERIOD = {"fin_period_start_date": "2025-04-01", "fin_period_end_date": "2026-03-31", "ar_cycle_reference": "AR26"}
EVENT = NUMBERS | {"organisation_number": 9_000_004, "registered_charity_number": 9_100_004}
ROWS = {
    "charity": CHARITIES,
    "charity_annual_return_history": (
        NUMBERS
        | PERIOD
        | {
            "reporting_due_date": "2027-01-31",
            "date_annual_return_received": "2026-09-30",
            "total_gross_income": 84210,
            "total_gross_expenditure": 79003,
            "suppression_ind": False,
        },
        NUMBERS
        | {"fin_period_end_date": "2025-03-31", "ar_cycle_reference": "AR25", "reporting_due_date": "2026-01-31"}
        | {"total_gross_income": 0, "total_gross_expenditure": 0, "suppression_ind": True, "suppression_type": "All"},
    ),
    "charity_annual_return_parta": (
        NUMBERS
        | PERIOD
        | {
            "latest_fin_period_submitted_ind": True,
            "fin_period_order_number": 1,
            "total_gross_income": 84210,
            "charity_receives_govt_funding_contracts": True,
            "count_govt_contracts": 2,
            "income_from_government_contracts": 30500,
            "employees_salary_over_60k": False,
            "count_volunteers": 14,
        },
    ),
    "charity_annual_return_partb": (
        NUMBERS
        | PERIOD
        | {"fin_period_order_number": 1, "reserves": -1200, "funds_total": 51000, "count_employees": 6},
    ),
    "charity_area_of_operation": (
        NUMBERS | {"geographic_area_type": "Local Authority", "geographic_area_description": "Birmingham City"},
        NUMBERS
        | {"geographic_area_type": "Region", "geographic_area_description": "Throughout Wales", "welsh_ind": True},
        NUMBERS | {"geographic_area_type": "Country", "geographic_area_description": "Kenya"},
    ),
    "charity_classification": (
        NUMBERS
        | {
            "classification_code": 204,
            "classification_type": "Who",
            "classification_description": "People Of A Particular Ethnic Or Racial Origin",
        },
        NUMBERS
        | {"classification_code": 306, "classification_type": "How", "classification_description": "Provides Services"},
    ),
    "charity_event_history": (
        EVENT
        | {
            "charity_name": "OLD EXAMPLE TRUST (MADE UP)",
            "charity_event_order": 1,
            "event_type": "Standard registration",
            "date_of_event": "1999-01-04",
        },
        EVENT
        | {
            "charity_name": "OLD EXAMPLE TRUST (MADE UP)",
            "charity_event_order": 2,
            "event_type": "Asset transfer out",
            "date_of_event": "2024-05-01",
            "assoc_organisation_number": 9_000_001,
            "assoc_registered_charity_number": 9_100_001,
            "assoc_charity_name": "BRIDGE OF EXAMPLES (MADE UP)",
        },
        EVENT
        | {
            "charity_name": "OLD EXAMPLE TRUST (MADE UP)",
            "charity_event_order": 3,
            "event_type": "Removed",
            "date_of_event": "2024-05-17",
            "reason": "Amalgamated",
        },
    ),
    "charity_governing_document": (
        NUMBERS | {"charitable_objects": "TO ADVANCE MADE-UP EXAMPLES", "area_of_benefit": "EXAMPLETON"},
    ),
    "charity_other_names": (
        NUMBERS | {"charity_name_id": 1, "charity_name_type": "Working name", "charity_name": "BRIDGE (MADE UP)"},
    ),
    "charity_other_regulators": (
        NUMBERS | {"regulator_order": 1, "regulator_name": "MADE-UP REGULATOR", "regulator_web_url": "www.reg.example"},
    ),
    "charity_policy": (NUMBERS | {"policy_name": "Safeguarding of vulnerable beneficiaries"},),
    "charity_published_report": (
        NUMBERS
        | {
            "report_name": "Made-up inquiry report",
            "report_location": "https://www.example.org/report",
            "date_published": "2025-02-03",
        },
    ),
    # No person's name, not even a made-up one.
    "charity_trustee": (NUMBERS | {"trustee_id": 1, "trustee_name": "(MADE UP: NO NAME)", "trustee_is_chair": False},),
}

COMPANY = {
    "CompanyName": "EXAMPLE CROSSINGS C.I.C. (MADE UP)",
    "CompanyNumber": "99999902",
    "RegAddress.CareOf": "(MADE UP: NO NAME)",
    "RegAddress.AddressLine1": "2 EXAMPLE STREET",
    "RegAddress.PostTown": "EXAMPLETON",
    "RegAddress.PostCode": "ZZ99 9ZZ",
    "CompanyCategory": "Community Interest Company",
    "CompanyStatus": "Active",
    "CountryOfOrigin": "United Kingdom",
    "IncorporationDate": "07/09/2019",
    "Accounts.NextDueDate": "30/06/2027",
    "Accounts.LastMadeUpDate": "30/09/2025",
    "Accounts.AccountCategory": "MICRO ENTITY",
    "SICCode.SicText_1": "88990 - Other social work activities without accommodation n.e.c.",
    "PreviousName_1.CONDATE": "01/02/2021",
    "PreviousName_1.CompanyName": "EXAMPLE FERRIES C.I.C. (MADE UP)",
    "ConfStmtNextDueDate": "20/09/2027",
    "ConfStmtLastMadeUpDate": "06/09/2026",
}
COMPANIES = (
    COMPANY,
    COMPANY
    | {
        "CompanyName": "MADE UP, BUT NO COMMUNITY INTEREST COMPANY LTD",
        "CompanyNumber": "99999903",
        "CompanyCategory": "Private Limited Company",
    },
    COMPANY
    | {
        "CompanyName": 'THE "EXAMPLE" GARDEN C.I.C. (MADE UP)',
        "CompanyNumber": "SC999904",
        "CompanyStatus": "Active - Proposal to Strike off",
        "SICCode.SicText_1": "None Supplied",
    },
)


def text(table, rows, *, header=None, newline="\r\n"):
    """Rows as the tab-separated file is written."""
    header = header or HEADERS[table]
    lines = ["\t".join(header)]
    lines += ["\t".join(_in_text(column, _cell(row, column)) for column in header) for row in rows]
    return newline.join([*lines, ""])


def in_json(table, rows, *, header=None):
    """Rows as the JSON file is written, byte order mark and all."""
    header = header or HEADERS[table]
    things = [{column: _in_json(column, _cell(row, column)) for column in header} for row in rows]
    return "\ufeff[" + ",\r\n".join(json.dumps(thing, ensure_ascii=False) for thing in things) + "]"


def companies(rows, *, header=COMPANY_HEADER):
    """Rows as the companies' file is written: a bare header, and every cell in quotes."""
    columns = [column.strip() for column in header.split(",")]
    quoted = ('"' + str(row.get(column, "")).replace('"', '""') + '"' for row in rows for column in columns)
    cells = list(quoted)
    lines = [",".join(cells[at : at + len(columns)]) for at in range(0, len(cells), len(columns))]
    return "\r\n".join([header, *lines, ""])


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zipped(path, content, member=None):
    """A zip beside the others, holding one file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member or f"{path.stem}.txt", content)
    return path


def _cell(row, column):
    return EXTRACTED if column == "date_of_extract" else row.get(column)


def _is_day(column):
    return column.startswith("date_") or column.endswith(("_date", "_date_received"))


def _in_text(column, value):
    if value is None:
        return ""
    return f"{value} 00:00:00.0000000" if _is_day(column) else str(value)


def _in_json(column, value):
    return f"{value}T00:00:00" if value is not None and _is_day(column) else value
