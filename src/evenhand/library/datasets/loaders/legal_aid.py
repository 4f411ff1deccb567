"""Ministry of Justice: police station legal aid, by offence and ethnicity."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import ANY, BadCell, Loader, Observation, Row, Total
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification

ENGLAND_AND_WALES = "K04000001"
TOTAL = "Total"
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


def _cases(row: Row) -> Iterable[Observation]:
    offence = row.text("offence_group")
    if offence not in (*OFFENCES, TOTAL):
        raise BadCell("offence_group", f"{offence!r} is not one of {', '.join(OFFENCES)}, {TOTAL}")
    value, state = row.count("cases")
    group = classification("five").read(row.text("ethnicity_5"))
    yield Observation(
        "cases",
        row.text("year"),
        ENGLAND_AND_WALES,
        ANY if group == UNKNOWN else "five",
        group,
        value,
        state,
        row.number,
        "cases",
        row.source,
        detail="" if offence == TOTAL else offence,
        note=row.text("note"),
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
    read=_cases,
    totals=(Total("", OFFENCES, along="detail"),),
    checked="not yet checked by a person",
    look_again=date(2027, 12, 1),
    published=date(2025, 11, 27),
)
