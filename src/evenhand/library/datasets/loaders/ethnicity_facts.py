"""GOV.UK Ethnicity facts and figures: the national tables by nineteen ethnic groups."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import ALL, ANY, BadCell, Loader, Observation, Row, Total
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification, crosswalk

ENGLAND_AND_WALES = "K04000001"
PERIODS = {"April 2022 to March 2023": "2022/23"}
FIVE = ("Asian", "Black", "Mixed", "White", "Other")


def _nineteen(series: str) -> Callable[[Row], Iterable[Observation]]:
    schemes = {"all": ANY, "unknown": ANY, "broad": "five", "detailed": "census-2021-19"}

    def read(row: Row) -> Iterable[Observation]:
        level, period = row.text("level"), row.text("period")
        if level not in schemes:
            raise BadCell("level", f"{level!r} is not one of {', '.join(schemes)}")
        if period not in PERIODS:
            raise BadCell("period", f"{period!r} is not a year of this table; it has {', '.join(PERIODS)}")
        scheme = schemes[level]
        given = row.text("ethnicity")
        group = {"all": ALL, "unknown": UNKNOWN}.get(level) or classification(scheme).read(given)
        value, state = row.count("number")
        yield Observation(
            series,
            PERIODS[period],
            ENGLAND_AND_WALES,
            scheme,
            group,
            value,
            state,
            row.number,
            "number",
            row.source,
        )

    return read


def _totals() -> tuple[Total, ...]:
    """Everyone is the five groups and the unknown; each of the five is its parts among the nineteen."""
    into = crosswalk("census-2021-19", "five").mapping
    broad = tuple(Total(group, tuple(part for part, whole in into.items() if whole == group)) for group in FIVE)
    return (Total(ALL, (*FIVE, UNKNOWN)), *broad)


def _facts(series: str, file: str, title: str, one_row: str, page: str) -> Loader:
    return Loader(
        name=f"{series}-nineteen-groups",
        file=file,
        title=title,
        publisher="Race Disparity Unit, from Home Office figures",
        landing_page=f"https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/policing/{page}/latest/",
        licence="OGL v3.0",
        basis="self-defined",
        counts="events",
        one_row=one_row,
        columns=("period", "ethnicity", "level", "broad_group", "rate_per_1000", "number"),
        read=_nineteen(series),
        totals=_totals(),
        checked="not yet checked by a person",
        look_again=date(2027, 3, 1),
    )


SEARCHES = _facts(
    "searches",
    "stop_search_nineteen_groups.csv",
    "Stop and search by nineteen ethnic groups, England and Wales",
    "stop and searches in one year of people of one of 19 groups",
    "stop-and-search",
)

ARRESTS = _facts(
    "arrests",
    "arrests_nineteen_groups.csv",
    "Arrests by nineteen ethnic groups, England and Wales",
    "arrests in one year of people of one of 19 groups; a person may be arrested more than once",
    "number-of-arrests",
)
