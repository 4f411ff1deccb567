"""Home Office stop and search open data: people searched, by police force area and self-defined ethnicity."""

from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ANY,
    ENGLAND_AND_WALES,
    Column,
    Loader,
    Reading,
    group,
    place,
    text,
    word,
    year_ending,
)
from evenhand.library.vocabulary.ethnicity import UNKNOWN

FIVE_YEARS = {"2020/21-2024/25 pooled": "2020/21 to 2024/25"}


def _five_years(series: str, detail: str) -> Reading:
    return Reading(
        figures=(Column("searches", series),),
        period=word("period", FIVE_YEARS),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity", "five", wholes={}),
        detail=text(detail),
    )


_home_office = partial(
    Loader,
    publisher="Home Office",
    landing_page="https://www.gov.uk/government/collections/police-powers-and-procedures-england-and-wales",
    licence="OGL v3.0",
    basis="self-defined",
    checked="not yet checked by a person",
    look_again=date(2026, 12, 1),
)

BY_POLICE_FORCE = _home_office(
    name="stop-search-by-police-force",
    file="stop_search_by_police_force.csv",
    title="Stop and search: searches of people by police force area and ethnicity",
    counts="events",
    one_row="searches of people by one force in one year, in one of five groups; vehicles alone are left out",
    columns=("financial_year", "police_force_area", "ethnicity_self_defined_5", "searches", "note"),
    read=Reading(
        figures=(Column("searches", "searches"),),
        period=text("financial_year"),
        place=place("police_force_area", "police-force"),
        group=group("ethnicity_self_defined_5", "five", wholes={}),
    ),
    covers=("police-force",),
)

NOT_STATED = _home_office(
    name="stop-search-not-stated",
    file="stop_search_not_stated.csv",
    title="Stop and search: searches of people with no ethnicity recorded, by police force area",
    counts="events",
    one_row="all searches of people by one force in one year, and those of them with no ethnicity recorded",
    columns=("financial_year", "police_force_area", "person_searches", "ethnicity_not_stated", "percent_not_stated"),
    read=Reading(
        figures=(
            Column("person_searches", "searches"),
            Column("ethnicity_not_stated", "searches", group=(ANY, UNKNOWN)),
        ),
        period=text("financial_year"),
        place=place("police_force_area", "police-force"),
    ),
    covers=("police-force",),
)

OUTCOMES = _home_office(
    name="stop-search-outcomes",
    file="stop_search_outcomes.csv",
    title="Stop and search: what came of searches, by ethnicity, five years together",
    counts="outcomes",
    one_row="searches of people of one group that ended in one outcome",
    columns=("period", "ethnicity", "outcome", "searches", "total_searches"),
    read=_five_years("outcomes", "outcome"),
)

REASONS = _home_office(
    name="stop-search-reasons",
    file="stop_search_reasons.csv",
    title="Stop and search: why people were searched, by ethnicity, five years together",
    counts="events",
    one_row="searches of people of one group for one recorded reason; searches with none are left out",
    columns=("period", "reason_for_search", "ethnicity", "searches"),
    read=_five_years("reasons", "reason_for_search"),
)

EVERY_SEARCH = _home_office(
    name="stop-search-every-search",
    file="stop_search_totals.csv",
    title="Stop and search: every search, of vehicles alone too, by police force",
    counts="events",
    one_row="all searches by one force in one year, those of vehicles alone among them; ethnicity is not given",
    columns=("year_ending_march", "force_id", "searches", "scope"),
    read=Reading(
        figures=(Column("searches", "searches"),),
        period=year_ending("year_ending_march"),
        place=place("force_id", "police-force"),
        note=text("scope"),
    ),
    covers=("police-force",),
)
