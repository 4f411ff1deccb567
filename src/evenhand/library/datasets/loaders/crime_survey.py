"""The Crime Survey for England and Wales: how many people of each group were victims, with how many were asked."""

from datetime import date

from evenhand.library.datasets.loader import (
    ENGLAND_AND_WALES,
    Column,
    Loader,
    Reading,
    Total,
    group,
    word,
    year_ending,
)
from evenhand.library.vocabulary.ethnicity import crosswalk

LEVELS = {"broad": "five", "detailed": "gss-18"}

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
    read=Reading(
        figures=(
            Column("percent_victim_any_csew_crime", "percent", "percent", "any crime"),
            Column("percent_victim_personal_crime", "percent", "percent", "personal crime"),
            Column("unweighted_base", "respondents"),
        ),
        period=year_ending("period"),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity", word("level", LEVELS)),
    ),
    # White is left out: the table does not list every group of it (Gypsy or Irish Traveller has no row).
    totals=tuple(
        Total(whole, crosswalk("gss-18", "five").parts(whole), series="respondents")
        for whole in ("Asian", "Black", "Mixed", "Other")
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 8, 1),
)
