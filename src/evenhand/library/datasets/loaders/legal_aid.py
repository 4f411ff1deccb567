"""Ministry of Justice: police station legal aid, by offence and ethnicity."""

from datetime import date

from evenhand.library.datasets.loader import ENGLAND_AND_WALES, Column, Loader, Reading, Total, group, text, word

OFFENCES = (
    "Burglary",
    "Criminal damage",
    "Driving offences",
    "Drugs",
    "Fraud",
    "Other",
    "Public order",
    "Robbery",
    "Sexual offences",
    "Theft",
    "Violence against the person",
)

POLICE_STATION = Loader(
    name="police-station-legal-aid",
    file="police_station_legal_aid.csv",
    title="Legal aid at police stations: cases by offence and ethnicity",
    publisher="Ministry of Justice",
    landing_page="https://www.gov.uk/government/statistics/ethnicity-and-the-criminal-justice-system-2024",
    licence="OGL v3.0",
    # Ethnicity is as the provider recorded it; who said it is not published.
    basis="unknown",
    counts="events",
    one_row="legal aid cases at police stations in one year, of suspects of one group and kind of offence; not people",
    columns=("year", "ethnicity_5", "offence_group", "cases", "note"),
    read=Reading(
        figures=(Column("cases", "cases"),),
        period=text("year"),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity_5", "five", wholes={}),
        detail=word("offence_group", {**{offence: offence for offence in OFFENCES}, "Total": ""}),
        note=text("note"),
    ),
    totals=(Total("", OFFENCES, along="detail"),),
    checked="not yet checked by a person",
    look_again=date(2027, 12, 1),
    published=date(2025, 11, 27),
)
