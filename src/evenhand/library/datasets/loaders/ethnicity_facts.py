"""GOV.UK Ethnicity facts and figures: national tables by nineteen groups, and tables of rates alone."""

from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    ENGLAND_AND_WALES,
    FIVE,
    Column,
    Loader,
    Observation,
    Reading,
    Row,
    Total,
    group,
    text,
    word,
)
from evenhand.library.places import find
from evenhand.library.vocabulary.ethnicity import UNKNOWN, crosswalk

PERIODS = {"April 2022 to March 2023": "2022/23"}
LEVELS = {"all": ANY, "unknown": ANY, "broad": "five", "detailed": "census-2021-19"}
NO_GROUP = {"all": ALL, "unknown": UNKNOWN}


def _by_level(row: Row) -> tuple[str, str]:
    scheme, none = row.one_of("level", LEVELS), NO_GROUP.get(row.text("level"))
    return (scheme, none) if none else row.group("ethnicity", scheme, wholes={})


def _nineteen(series: str) -> Reading:
    return Reading(
        figures=(Column("number", series),),
        period=word("period", PERIODS),
        place=ENGLAND_AND_WALES,
        group=_by_level,
    )


RATES_PERIOD = "2022/23 (inferred: the open-data counts for that year reproduce these rates)"
INFERRED = "The year is inferred: the open-data counts for that year reproduce these rates."
# The one row counts the searches of British Transport Police in, the other leaves them out.
WHOLE_COUNTRY = {
    "All - excluding BTP": "Without British Transport Police",
    "All - including BTP": "With British Transport Police",
}
# The City has too few residents for the number of people in it, and British Transport Police has none.
WITHOUT_RATE = frozenset({"E23000034", "BTP"})
FIVE_OR_ALL = group("ethnicity", "five", wholes={ALL: ALL})


def _area(row: Row) -> str:
    area = row.text("police_force_area")
    return ENGLAND_AND_WALES if area in WHOLE_COUNTRY else find(area, kinds=("police-force",)).code


def _without_rate(row: Row, figure: Observation) -> Observation:
    del row
    never = figure.state == "no-row" and figure.place in WITHOUT_RATE
    return figure._replace(state="not-applicable") if never else figure


def _totals() -> tuple[Total, ...]:
    """Everyone is the five groups and the unknown; each of the five is its parts among the nineteen."""
    into = crosswalk("census-2021-19", "five").mapping
    broad = tuple(Total(name, tuple(part for part, whole in into.items() if whole == name)) for name in FIVE)
    return (Total(ALL, (*FIVE, UNKNOWN)), *broad)


POLICING = "https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/policing"
_facts = partial(
    Loader,
    publisher="Race Disparity Unit, from Home Office figures",
    licence="OGL v3.0",
    basis="self-defined",
    counts="events",
    checked="not yet checked by a person",
    look_again=date(2027, 3, 1),
)
_searches = partial(_facts, landing_page=f"{POLICING}/stop-and-search/latest/")
_arrests = partial(_facts, landing_page=f"{POLICING}/number-of-arrests/latest/")

NINETEEN = ("period", "ethnicity", "level", "broad_group", "rate_per_1000", "number")

SEARCHES = _searches(
    name="searches-nineteen-groups",
    file="stop_search_nineteen_groups.csv",
    title="Stop and search by nineteen ethnic groups, England and Wales",
    one_row="stop and searches in one year of people of one of 19 groups",
    columns=NINETEEN,
    read=_nineteen("searches"),
    totals=_totals(),
)

ARRESTS = _arrests(
    name="arrests-nineteen-groups",
    file="arrests_nineteen_groups.csv",
    title="Arrests by nineteen ethnic groups, England and Wales",
    one_row="arrests in one year of people of one of 19 groups; a person may be arrested more than once",
    columns=NINETEEN,
    read=_nineteen("arrests"),
    totals=_totals(),
)

SEARCH_RATES = _searches(
    name="stop-search-rates-by-police-force",
    file="stop_search_rates_by_police_force.csv",
    title="Stop and search rates as published, by police force area and ethnicity",
    one_row="searches per 1,000 residents of one of five groups, or of all, in one police force area, to one decimal",
    columns=("period", "police_force_area", "ethnicity", "rate_per_1000", "unit"),
    read=Reading(
        figures=(Column("rate_per_1000", "rate-per-1000", "rate"),),
        period=word("period", {RATES_PERIOD: "2022/23"}),
        place=_area,
        group=FIVE_OR_ALL,
        detail=lambda row: WHOLE_COUNTRY.get(row.text("police_force_area"), ""),
        note=INFERRED,
        amend=_without_rate,
    ),
    covers=("police-force",),
    apart=("detail",),
)

ARREST_RATES = _arrests(
    name="arrest-rates-by-sex",
    file="arrest_rates.csv",
    title="Arrest rates as published, by year, ethnicity and, in the last year, sex",
    one_row=(
        "arrests per 1,000 residents of one of five groups, or of all, in one year; no counts are given beside them"
    ),
    columns=("period", "sex", "ethnicity", "rate_per_1000"),
    read=Reading(
        figures=(Column("rate_per_1000", "rate-per-1000", "rate"),),
        period=text("period"),
        place=ENGLAND_AND_WALES,
        group=FIVE_OR_ALL,
        sex=lambda row: ALL if row.text("sex") == "all" else row.sex("sex"),
    ),
    # By sex for one year alone.
    apart=("sex",),
)
