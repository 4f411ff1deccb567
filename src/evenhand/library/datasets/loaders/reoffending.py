"""Proven reoffending of one cohort, by ethnicity as officers recorded it."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import ALL, Loader, Observation, Row, Total
from evenhand.library.vocabulary import UNKNOWN

ENGLAND_AND_WALES = "K04000001"
PERIODS = {"April 2021 to March 2022": "2021/22"}


def _reoffending(row: Row) -> Iterable[Observation]:
    period = row.one_of("cohort", PERIODS)
    scheme, group = row.group("ethnicity", "officer-four")
    for series, column, (value, state) in (
        ("percent", "percent_reoffended", row.percent("percent_reoffended")),
        ("reoffenders", "number_of_reoffenders", row.count("number_of_reoffenders")),
        (
            "reoffences-per-reoffender",
            "average_reoffences_per_reoffender",
            row.rate("average_reoffences_per_reoffender"),
        ),
    ):
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
            note=row.text("note"),
        )


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
    read=_reoffending,
    totals=(Total(ALL, ("Asian", "Black", "White", "Other", UNKNOWN), series="reoffenders"),),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
