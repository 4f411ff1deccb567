"""GOV.UK Ethnicity facts and figures: national tables by nineteen groups, and tables of rates alone."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import ALL, ANY, Axis, BadCell, Loader, Observation, Row, Total
from evenhand.library.places import Kind, find
from evenhand.library.vocabulary import read_sex, sexes
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


RATES_PERIOD = "2022/23 (inferred: the open-data counts for that year reproduce these rates)"
INFERRED = "The year is inferred: the open-data counts for that year reproduce these rates."
# The one row counts the searches of British Transport Police in, the other leaves them out.
WHOLE_COUNTRY = {
    "All - excluding BTP": "Without British Transport Police",
    "All - including BTP": "With British Transport Police",
}
# The City has too few residents for the number of people in it, and British Transport Police has none.
WITHOUT_RATE = frozenset({"E23000034", "BTP"})


def _rates_by_force(row: Row) -> Iterable[Observation]:
    area, given = row.text("police_force_area"), row.text("ethnicity")
    if row.text("period") != RATES_PERIOD:
        raise BadCell("period", f"{row.text('period')!r} is not the year of this table: {RATES_PERIOD}")
    where = ENGLAND_AND_WALES if area in WHOLE_COUNTRY else find(area, kinds=("police-force",)).code
    value, state = row.rate("rate_per_1000")
    if state == "no-row" and where in WITHOUT_RATE:
        state = "not-applicable"
    yield Observation(
        "rate-per-1000",
        "2022/23",
        where,
        ANY if given == ALL else "five",
        ALL if given == ALL else classification("five").read(given),
        value,
        state,
        row.number,
        "rate_per_1000",
        row.source,
        detail=WHOLE_COUNTRY.get(area, ""),
        note=INFERRED,
    )


def _rates_by_sex(row: Row) -> Iterable[Observation]:
    given, sex = row.text("ethnicity"), row.text("sex")
    slugs = {each.name: each.slug for each in sexes()}
    value, state = row.rate("rate_per_1000")
    yield Observation(
        "rate-per-1000",
        row.text("period"),
        ENGLAND_AND_WALES,
        ANY if given == ALL else "five",
        ALL if given == ALL else classification("five").read(given),
        value,
        state,
        row.number,
        "rate_per_1000",
        row.source,
        sex=ALL if sex == "all" else slugs.get(read_sex(sex), UNKNOWN),
    )


def _totals() -> tuple[Total, ...]:
    """Everyone is the five groups and the unknown; each of the five is its parts among the nineteen."""
    into = crosswalk("census-2021-19", "five").mapping
    broad = tuple(Total(group, tuple(part for part, whole in into.items() if whole == group)) for group in FIVE)
    return (Total(ALL, (*FIVE, UNKNOWN)), *broad)


def _facts(
    name: str,
    file: str,
    title: str,
    one_row: str,
    page: str,
    columns: tuple[str, ...],
    read: Callable[[Row], Iterable[Observation]],
    totals: tuple[Total, ...] = (),
    *,
    covers: tuple[Kind, ...] = (),
    apart: tuple[Axis, ...] = (),
) -> Loader:
    return Loader(
        name=name,
        file=file,
        title=title,
        publisher="Race Disparity Unit, from Home Office figures",
        landing_page=f"https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/policing/{page}/latest/",
        licence="OGL v3.0",
        basis="self-defined",
        counts="events",
        one_row=one_row,
        columns=columns,
        read=read,
        totals=totals,
        covers=covers,
        apart=apart,
        checked="not yet checked by a person",
        look_again=date(2027, 3, 1),
    )


NINETEEN = ("period", "ethnicity", "level", "broad_group", "rate_per_1000", "number")

SEARCHES = _facts(
    "searches-nineteen-groups",
    "stop_search_nineteen_groups.csv",
    "Stop and search by nineteen ethnic groups, England and Wales",
    "stop and searches in one year of people of one of 19 groups",
    "stop-and-search",
    NINETEEN,
    _nineteen("searches"),
    _totals(),
)

ARRESTS = _facts(
    "arrests-nineteen-groups",
    "arrests_nineteen_groups.csv",
    "Arrests by nineteen ethnic groups, England and Wales",
    "arrests in one year of people of one of 19 groups; a person may be arrested more than once",
    "number-of-arrests",
    NINETEEN,
    _nineteen("arrests"),
    _totals(),
)

SEARCH_RATES = _facts(
    "stop-search-rates-by-police-force",
    "stop_search_rates_by_police_force.csv",
    "Stop and search rates as published, by police force area and ethnicity",
    "searches per 1,000 residents of one of five groups, or of all, in one police force area, to one decimal",
    "stop-and-search",
    ("period", "police_force_area", "ethnicity", "rate_per_1000", "unit"),
    _rates_by_force,
    covers=("police-force",),
    apart=("detail",),
)

ARREST_RATES = _facts(
    "arrest-rates-by-sex",
    "arrest_rates.csv",
    "Arrest rates as published, by year, ethnicity and, in the last year, sex",
    "arrests per 1,000 residents of one of five groups, or of all, in one year; no counts are given beside them",
    "number-of-arrests",
    ("period", "sex", "ethnicity", "rate_per_1000"),
    _rates_by_sex,
    # By sex for one year alone.
    apart=("sex",),
)
