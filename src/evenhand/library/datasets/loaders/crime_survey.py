"""The Crime Survey for England and Wales: how many people of each group were victims, with how many were asked."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import Loader, Observation, Row, Total, financial_year
from evenhand.library.vocabulary.ethnicity import crosswalk

ENGLAND_AND_WALES = "K04000001"
LEVELS = {"broad": "five", "detailed": "gss-18"}
FIGURES = {
    "percent_victim_any_csew_crime": ("percent", "any crime"),
    "percent_victim_personal_crime": ("percent", "personal crime"),
    "unweighted_base": ("respondents", ""),
}


def _victims(row: Row) -> Iterable[Observation]:
    scheme, group = row.group("ethnicity", row.one_of("level", LEVELS))
    period = financial_year(row.text("period"))
    for column, (series, detail) in FIGURES.items():
        value, state = row.count(column) if series == "respondents" else row.percent(column)
        yield Observation(
            series,
            period,
            ENGLAND_AND_WALES,
            scheme,
            group,
            value,
            state,
            row.number,
            column,
            row.source,
            detail=detail,
        )


CRIME_SURVEY_VICTIMS = Loader(
    name="crime-survey-victims",
    file="crime_survey_victims.csv",
    title="Victims of crime by ethnicity, Crime Survey for England and Wales",
    publisher="Office for National Statistics",
    landing_page="https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/crimeinenglandandwalesannualsupplementarytables",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    one_row="people in households, of one group: how many percent were victims in a year, and how many were asked",
    columns=(
        "period",
        "ethnicity",
        "level",
        "percent_victim_any_csew_crime",
        "percent_victim_personal_crime",
        "unweighted_base",
    ),
    read=_victims,
    # White is left out: the table does not list every group of it (Gypsy or Irish Traveller has no row).
    totals=tuple(
        Total(whole, crosswalk("gss-18", "five").parts(whole), series="respondents")
        for whole in ("Asian", "Black", "Mixed", "Other")
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 8, 1),
)
