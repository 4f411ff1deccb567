"""Home Office stop and search open data: people searched, by police force area and self-defined ethnicity."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    BadCell,
    Counts,
    Loader,
    Observation,
    Row,
    financial_year,
)
from evenhand.library.places import Kind, find
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification

ENGLAND_AND_WALES = "K04000001"
FIVE_YEARS = {"2020/21-2024/25 pooled": "2020/21 to 2024/25"}

LANDING_PAGE = "https://www.gov.uk/government/collections/police-powers-and-procedures-england-and-wales"


def _by_police_force(row: Row) -> Iterable[Observation]:
    value, state = row.count("searches")
    group = classification("five").read(row.text("ethnicity_self_defined_5"))
    force = find(row.text("police_force_area"), kinds=("police-force",)).code
    period = row.text("financial_year")
    yield Observation("searches", period, force, "five", group, value, state, row.number, "searches", row.source)


def _not_stated(row: Row) -> Iterable[Observation]:
    force = find(row.text("police_force_area"), kinds=("police-force",)).code
    period = row.text("financial_year")
    for group, column in ((ALL, "person_searches"), (UNKNOWN, "ethnicity_not_stated")):
        value, state = row.count(column)
        yield Observation("searches", period, force, ANY, group, value, state, row.number, column, row.source)


def _five_years(series: str, detail: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        period = row.text("period")
        if period not in FIVE_YEARS:
            raise BadCell("period", f"{period!r} is not a period of this table; it has {', '.join(FIVE_YEARS)}")
        value, state = row.count("searches")
        group = classification("five").read(row.text("ethnicity"))
        yield Observation(
            series,
            FIVE_YEARS[period],
            ENGLAND_AND_WALES,
            "five",
            group,
            value,
            state,
            row.number,
            "searches",
            row.source,
            detail=row.text(detail),
        )

    return read


def _every_search(row: Row) -> Iterable[Observation]:
    value, state = row.count("searches")
    period = financial_year(row.text("year_ending_march"))
    force = find(row.text("force_id"), kinds=("police-force",)).code
    yield Observation(
        "searches",
        period,
        force,
        ANY,
        ALL,
        value,
        state,
        row.number,
        "searches",
        row.source,
        note=row.text("scope"),
    )


def _home_office(
    name: str,
    file: str,
    title: str,
    one_row: str,
    counts: Counts,
    columns: tuple[str, ...],
    read: Callable[[Row], Iterable[Observation]],
    covers: tuple[Kind, ...] = (),
) -> Loader:
    return Loader(
        name=name,
        file=file,
        title=title,
        publisher="Home Office",
        landing_page=LANDING_PAGE,
        licence="OGL v3.0",
        basis="self-defined",
        counts=counts,
        one_row=one_row,
        columns=columns,
        read=read,
        covers=covers,
        checked="not yet checked by a person",
        look_again=date(2026, 12, 1),
    )


BY_POLICE_FORCE = _home_office(
    "stop-search-by-police-force",
    "stop_search_by_police_force.csv",
    "Stop and search: searches of people by police force area and ethnicity",
    "searches of people by one force in one year, in one of five groups; vehicles alone are left out",
    "events",
    ("financial_year", "police_force_area", "ethnicity_self_defined_5", "searches", "note"),
    _by_police_force,
    covers=("police-force",),
)

NOT_STATED = _home_office(
    "stop-search-not-stated",
    "stop_search_not_stated.csv",
    "Stop and search: searches of people with no ethnicity recorded, by police force area",
    "all searches of people by one force in one year, and those of them with no ethnicity recorded",
    "events",
    ("financial_year", "police_force_area", "person_searches", "ethnicity_not_stated", "percent_not_stated"),
    _not_stated,
    covers=("police-force",),
)

OUTCOMES = _home_office(
    "stop-search-outcomes",
    "stop_search_outcomes.csv",
    "Stop and search: what came of searches, by ethnicity, five years together",
    "searches of people of one group that ended in one outcome",
    "outcomes",
    ("period", "ethnicity", "outcome", "searches", "total_searches"),
    _five_years("outcomes", "outcome"),
)

REASONS = _home_office(
    "stop-search-reasons",
    "stop_search_reasons.csv",
    "Stop and search: why people were searched, by ethnicity, five years together",
    "searches of people of one group for one recorded reason; searches with none are left out",
    "events",
    ("period", "reason_for_search", "ethnicity", "searches"),
    _five_years("reasons", "reason_for_search"),
)

EVERY_SEARCH = _home_office(
    "stop-search-every-search",
    "stop_search_totals.csv",
    "Stop and search: every search, of vehicles alone too, by police force",
    "all searches by one force in one year, those of vehicles alone among them; ethnicity is not given",
    "events",
    ("year_ending_march", "force_id", "searches", "scope"),
    _every_search,
    covers=("police-force",),
)
