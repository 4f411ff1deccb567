"""Proven reoffending of one cohort, by ethnicity as officers recorded it."""

from datetime import date

from evenhand.library.datasets.loader import (
    ALL,
    ENGLAND_AND_WALES,
    Column,
    Loader,
    Reading,
    Total,
    group,
    text,
    word,
)
from evenhand.library.vocabulary import UNKNOWN

PROVEN_REOFFENDING = Loader(
    name="proven-reoffending",
    file="proven_reoffending.csv",
    title="Proven reoffending by ethnicity",
    publisher="Race Disparity Unit, from Ministry of Justice figures",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/crime-and-reoffending/proven-reoffending/latest/",
    licence="OGL v3.0",
    basis="officer-observed",
    counts="people",
    one_row="people of one cohort, in one of four groups that officers record, and how many reoffended within a year",
    # How many people the cohort had is not in the file: it is not worked out from the percentage.
    columns=(
        "cohort",
        "ethnicity",
        "percent_reoffended",
        "number_of_reoffenders",
        "average_reoffences_per_reoffender",
        "note",
    ),
    read=Reading(
        figures=(
            Column("percent_reoffended", "percent", "percent"),
            Column("number_of_reoffenders", "reoffenders"),
            Column("average_reoffences_per_reoffender", "reoffences-per-reoffender", "rate"),
        ),
        period=word("cohort", {"April 2021 to March 2022": "2021/22"}),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity", "officer-four"),
        note=text("note"),
    ),
    totals=(Total(ALL, ("Asian", "Black", "White", "Other", UNKNOWN), series="reoffenders"),),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
