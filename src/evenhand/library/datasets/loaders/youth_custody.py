"""Youth custody: episodes and how long they last, and the children held, on average and month by month."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    Axis,
    BadCell,
    Counts,
    Loader,
    Observation,
    Row,
    State,
    Total,
    financial_year,
)
from evenhand.library.places import find
from evenhand.library.vocabulary import age_band_set
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification, crosswalk

FIVE = ("Asian", "Black", "Mixed", "White", "Other")
FIVE_OF_2001 = ("Asian", "Black", "Mixed", "White", "Chinese or other")
SERVICE = "Youth Custody Service"
SERVICE_PAGE = "https://www.gov.uk/government/publications/youth-custody-data"
ANSWERS_PAGE = "https://questions-statements.parliament.uk/"
CHILDREN = "under-18"

EPISODE_BASES = {"dto": "Detention and training order", "other": "Other legal basis", "remand": "Remand"}
NIGHTS = {
    "1_to_91": "1 to 91 nights",
    "92_to_182": "92 to 182 nights",
    "183_to_273": "183 to 273 nights",
    "274_plus": "274 nights or more",
}
MONTHLY_BASES = {
    "dto": "Detention and training order",
    "other_sentence": "Other sentence",
    "remand": "Remand",
    "section_91_250": "Section 91 or 250",
}
AVERAGED: Mapping[str, tuple[str, State]] = {
    "2010/11": ("2010/11", "present"),
    "2011/12": ("2011/12", "present"),
    "2012/13": ("2012/13", "present"),
    "2013/14p": ("2013/14", "provisional"),
    "2014/15 (Apr-Oct)p": ("April to October 2014", "provisional"),
}
MONTHS = {
    "01": "January",
    "02": "February",
    "03": "March",
    "04": "April",
    "05": "May",
    "06": "June",
    "07": "July",
    "08": "August",
    "09": "September",
    "10": "October",
    "11": "November",
    "12": "December",
}


def _one_of(row: Row, column: str, known: Mapping[str, str]) -> str:
    if row.text(column) not in known:
        raise BadCell(column, f"{row.text(column)!r} is not one of {', '.join(known)}")
    return known[row.text(column)]


def _nation(row: Row) -> str:
    return find(row.text("geography"), kinds=("nation",)).code


def _episodes(row: Row) -> Iterable[Observation]:
    measure, basis = row.text("measure"), _one_of(row, "legal_basis", EPISODE_BASES)
    if measure == "episode_count":
        value, state = row.count("value")
        series, detail = "episodes", f"{basis}, {_one_of(row, 'nights_band', NIGHTS)}"
    elif measure == "median_nights":
        value, state = row.rate("value")
        series, detail = "median-nights", basis
    else:
        raise BadCell("measure", f"{measure!r} is not one of episode_count, median_nights")
    yield Observation(
        series,
        financial_year(row.text("period")),
        _nation(row),
        "two",
        classification("two").read(row.text("group")),
        value,
        state,
        row.number,
        "value",
        row.source,
        detail=detail,
        note=row.text("note"),
    )


def _averaged(row: Row) -> tuple[str, State]:
    period = row.text("period")
    if period not in AVERAGED:
        raise BadCell("period", f"{period!r} is not a period of this table; it has {', '.join(AVERAGED)}")
    return AVERAGED[period]


def _accommodation(row: Row) -> Iterable[Observation]:
    period, settled = _averaged(row)
    given, where = row.text("group"), row.text("accommodation")
    group = ALL if given == "Total" else classification("ons-2001-five").read(given)
    value, state = row.count("average_population")
    yield Observation(
        "children",
        period,
        _nation(row),
        ANY if group in (ALL, UNKNOWN) else "ons-2001-five",
        group,
        value,
        settled if state == "present" else state,
        row.number,
        "average_population",
        row.source,
        detail="" if where == "All" else where,
        age=CHILDREN,
        note=row.text("note"),
    )


def _detailed_shares(row: Row) -> Iterable[Observation]:
    period, settled = _averaged(row)
    given, broad = row.text("group"), row.text("broad_group")
    # White is not parted here, and Not Available is its own broad group: both are as broad as the totals.
    if given == "Grand Total":
        scheme, group = ANY, ALL
    elif given.endswith(" Total") or given == broad != "Other":
        scheme, group = "ons-2001-five", classification("ons-2001-five").read(given)
    else:
        scheme, group = "ons-2001-16", classification("ons-2001-16").read(given)
    value, state = row.percent("share_pct")
    yield Observation(
        "percent",
        period,
        _nation(row),
        ANY if group == UNKNOWN else scheme,
        group,
        value,
        settled if state == "present" else state,
        row.number,
        "share_pct",
        row.source,
        age=CHILDREN,
        note=row.text("note"),
    )


def _band(label: str) -> str:
    bands = age_band_set("youth-custody")
    name = bands.read(label)
    return next((band.slug for band in bands.bands if band.name == name), name)


TOTAL_AGES = {"all_ages": ALL, "under_18": CHILDREN}


def _month(row: Row) -> str:
    year, _, month = row.text("period").partition("-")
    if not (len(year) == len("2026") and year.isdigit() and month in MONTHS):
        raise BadCell("period", f"{row.text('period')!r} is not a month such as 2026-07")
    return f"{MONTHS[month]} {year}"


def _monthly(row: Row) -> Iterable[Observation]:
    measure, given = row.text("measure"), row.text("group")
    scheme, group, detail, age = ANY, ALL, "", ALL
    match measure:
        case "ethnicity":
            group = classification("five").read(given)
            scheme = ANY if group == UNKNOWN else "five"
        case "legal_basis":
            detail = _one_of(row, "group", MONTHLY_BASES)
        case "age":
            age = _band(given)
        case "total":
            age = _one_of(row, "group", TOTAL_AGES)
        case _:
            raise BadCell("measure", f"{measure!r} is not one of ethnicity, legal_basis, age, total")
    value, state = row.count("count")
    if state == "no-row":
        # The note of every row says that blank is suppressed.
        state = "suppressed"
    elif state == "present" and row.text("note").endswith("PROVISIONAL month"):
        state = "provisional"
    yield Observation(
        "people",
        _month(row),
        _nation(row),
        scheme,
        group,
        value,
        state,
        row.number,
        "count",
        row.source,
        detail=detail,
        age=age,
        note=row.text("note"),
    )


def _shares_that_add() -> tuple[Total, ...]:
    """Each broad group is its parts, and all of them are the whole; shares are rounded to one decimal."""
    into = crosswalk("ons-2001-16", "ons-2001-five").mapping
    rounding = 0.15
    broad = tuple(
        Total(group, tuple(part for part, whole in into.items() if whole == group), rounding)
        for group in FIVE_OF_2001
        if group != "White"
    )
    return (Total(ALL, (*FIVE_OF_2001, UNKNOWN), rounding), *broad)


def _custody(
    name: str,
    title: str,
    one_row: str,
    counts: Counts,
    columns: tuple[str, ...],
    read: Callable[[Row], Iterable[Observation]],
    look_again: date,
    totals: tuple[Total, ...] = (),
    *,
    apart: tuple[Axis, ...] = (),
    answered: bool = False,
) -> Loader:
    return Loader(
        name=name,
        file=f"{name.replace('-', '_')}.csv",
        title=title,
        publisher="Ministry of Justice, in answer to a question in Parliament" if answered else SERVICE,
        landing_page=ANSWERS_PAGE if answered else SERVICE_PAGE,
        licence="Open Parliament Licence v3.0" if answered else "OGL v3.0",
        basis="self-defined",
        counts=counts,
        one_row=one_row,
        columns=columns,
        read=read,
        totals=totals,
        apart=apart,
        checked="not yet checked by a person",
        look_again=look_again,
    )


EPISODES = _custody(
    "child-custody-episodes",
    "Episodes in youth custody: how many ended in a year, and their median length",
    "episodes in youth custody of one legal basis that ended in one year, or their median nights; two groups only",
    "events",
    ("period", "geography", "legal_basis", "nights_band", "group", "measure", "value", "basis", "note"),
    _episodes,
    date(2027, 8, 1),
)

BY_ACCOMMODATION = _custody(
    "youth-custody-by-accommodation",
    "Children in custody on average, by kind of accommodation and ethnicity, 2010 to 2014",
    "children held in one kind of accommodation, on average over the month ends of one year",
    "people",
    ("period", "geography", "stage", "accommodation", "group", "average_population", "basis", "note"),
    _accommodation,
    date(2027, 11, 1),
    # Averages are rounded each for itself: the source says that parts may miss their totals by up to 3.
    (
        Total(ALL, (*FIVE_OF_2001, UNKNOWN), tolerance=3),
        Total(
            "",
            ("Secure Children's Homes", "Secure Training Centres", "Young Offender Institutions"),
            tolerance=3,
            along="detail",
        ),
    ),
    answered=True,
)

DETAILED_SHARES = _custody(
    "youth-custody-detailed-shares",
    "Children in custody: the share of each detailed group, 2010 to 2013",
    "the share of all children in custody, those with no group recorded among them, who were of one group",
    "people",
    ("period", "geography", "broad_group", "group", "share_pct", "basis", "note"),
    _detailed_shares,
    date(2027, 11, 1),
    _shares_that_add(),
    answered=True,
)

MONTHLY = _custody(
    "youth-custody-monthly",
    "People held in youth custody in one month, by ethnicity, by legal basis and by age",
    "people in the youth secure estate in one month, some of them 18 or over; ethnicity is not crossed with anything",
    "people",
    ("period", "geography", "measure", "group", "count", "basis", "note"),
    _monthly,
    date(2026, 12, 15),
    (
        Total(ALL, (*FIVE, UNKNOWN), alone=True),
        Total("", tuple(MONTHLY_BASES.values()), along="detail", alone=True),
        Total(ALL, (CHILDREN, "18-and-over"), along="age", alone=True),
    ),
    # In two of the six months the youngest ages have no row.
    apart=("age",),
)
