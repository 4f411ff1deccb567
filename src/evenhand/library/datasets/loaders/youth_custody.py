"""Youth custody: episodes and how long they last, and the children held, on average and month by month."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    EVERYBODY,
    FIVE,
    BadCell,
    Column,
    Loader,
    Observation,
    Reading,
    Row,
    State,
    Total,
    group,
    place,
    text,
    word,
    year_ending,
)
from evenhand.library.vocabulary import age_band_set
from evenhand.library.vocabulary.ethnicity import UNKNOWN, crosswalk

FIVE_OF_2001 = ("Asian", "Black", "Mixed", "White", "Chinese or other")
CHILDREN = "under-18"
NATION = place("geography", "nation")

EPISODE_BASES = {"dto": "Detention and training order", "other": "Other legal basis", "remand": "Remand"}
NIGHTS = {
    "1_to_91": "1 to 91 nights",
    "92_to_182": "92 to 182 nights",
    "183_to_273": "183 to 273 nights",
    "274_plus": "274 nights or more",
}
EPISODE_MEASURES = {
    "episode_count": Column("value", "episodes"),
    "median_nights": Column("value", "median-nights", "rate"),
}


def _episode(row: Row) -> str:
    basis = row.one_of("legal_basis", EPISODE_BASES)
    counted = row.text("measure") == "episode_count"
    return f"{basis}, {row.one_of('nights_band', NIGHTS)}" if counted else basis


AVERAGED: Mapping[str, tuple[str, State]] = {
    "2010/11": ("2010/11", "present"),
    "2011/12": ("2011/12", "present"),
    "2012/13": ("2012/13", "present"),
    "2013/14p": ("2013/14", "provisional"),
    "2014/15 (Apr-Oct)p": ("April to October 2014", "provisional"),
}


def _averaged(row: Row) -> str:
    return row.one_of("period", AVERAGED)[0]


def _settled(row: Row, figure: Observation) -> Observation:
    state = row.one_of("period", AVERAGED)[1]
    return figure._replace(state=state) if figure.state == "present" else figure


def _detailed(row: Row) -> tuple[str, str]:
    given, broad = row.text("group"), row.text("broad_group")
    # White is not parted here, and Not Available is its own broad group: both are as broad as the totals.
    as_broad = given.endswith(" Total") or given == broad != "Other"
    scheme = "ons-2001-five" if as_broad else "ons-2001-16"
    return row.group("group", scheme, wholes={"Grand Total": ALL})


MONTHLY_BASES = {
    "dto": "Detention and training order",
    "other_sentence": "Other sentence",
    "remand": "Remand",
    "section_91_250": "Section 91 or 250",
}
TOTAL_AGES = {"all_ages": ALL, "under_18": CHILDREN}
# What a row counts people by, in its column "group".
BY = {by: by for by in ("ethnicity", "legal_basis", "age", "total")}
MONTHS = {f"{month:02d}": date(2023, month, 1).strftime("%B") for month in range(1, 13)}


def _month(row: Row) -> str:
    year, _, month = row.text("period").partition("-")
    if not (len(year) == len("2026") and year.isdigit() and month in MONTHS):
        raise BadCell("period", f"{row.text('period')!r} is not a month such as 2026-07")
    return f"{MONTHS[month]} {year}"


def _monthly_group(row: Row) -> tuple[str, str]:
    by_ethnicity = row.one_of("measure", BY) == "ethnicity"
    return row.group("group", "five", wholes={}) if by_ethnicity else EVERYBODY


def _monthly_basis(row: Row) -> str:
    return row.one_of("group", MONTHLY_BASES) if row.text("measure") == "legal_basis" else ""


def _monthly_age(row: Row) -> str:
    match row.text("measure"):
        case "age":
            bands = age_band_set("youth-custody")
            name = bands.read(row.text("group"))
            return next((band.slug for band in bands.bands if band.name == name), name)
        case "total":
            return row.one_of("group", TOTAL_AGES)
        case _:
            return ALL


def _monthly_state(row: Row, figure: Observation) -> Observation:
    if figure.state == "no-row":
        # The note of every row says that blank is suppressed.
        return figure._replace(state="suppressed")
    open_still = figure.state == "present" and row.text("note").endswith("PROVISIONAL month")
    return figure._replace(state="provisional") if open_still else figure


def _shares_that_add() -> tuple[Total, ...]:
    """Each broad group is its parts, and all of them are the whole; shares are rounded to one decimal."""
    into = crosswalk("ons-2001-16", "ons-2001-five").mapping
    rounding = 0.15
    broad = tuple(
        Total(name, tuple(part for part, whole in into.items() if whole == name), rounding)
        for name in FIVE_OF_2001
        if name != "White"
    )
    return (Total(ALL, (*FIVE_OF_2001, UNKNOWN), rounding), *broad)


_custody = partial(
    Loader,
    publisher="Youth Custody Service",
    landing_page="https://www.gov.uk/government/publications/youth-custody-data",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    checked="not yet checked by a person",
)
_answered = partial(
    _custody,
    publisher="Ministry of Justice, in answer to a question in Parliament",
    landing_page="https://questions-statements.parliament.uk/",
    licence="Open Parliament Licence v3.0",
    look_again=date(2027, 11, 1),
)

EPISODES = _custody(
    name="child-custody-episodes",
    file="child_custody_episodes.csv",
    title="Episodes in youth custody: how many ended in a year, and their median length",
    counts="events",
    one_row=(
        "episodes in youth custody of one legal basis that ended in one year, or their median nights; two groups only"
    ),
    columns=("period", "geography", "legal_basis", "nights_band", "group", "measure", "value", "basis", "note"),
    read=Reading(
        figures=word("measure", EPISODE_MEASURES),
        period=year_ending("period"),
        place=NATION,
        group=group("group", "two", wholes={}),
        detail=_episode,
        note=text("note"),
    ),
    look_again=date(2027, 8, 1),
)

BY_ACCOMMODATION = _answered(
    name="youth-custody-by-accommodation",
    file="youth_custody_by_accommodation.csv",
    title="Children in custody on average, by kind of accommodation and ethnicity, 2010 to 2014",
    one_row="children held in one kind of accommodation, on average over the month ends of one year",
    columns=("period", "geography", "stage", "accommodation", "group", "average_population", "basis", "note"),
    read=Reading(
        figures=(Column("average_population", "children"),),
        period=_averaged,
        place=NATION,
        group=group("group", "ons-2001-five", wholes={"Total": ALL}),
        detail=lambda row: "" if row.text("accommodation") == "All" else row.text("accommodation"),
        age=CHILDREN,
        note=text("note"),
        amend=_settled,
    ),
    # Averages are rounded each for itself: the source says that parts may miss their totals by up to 3.
    totals=(
        Total(ALL, (*FIVE_OF_2001, UNKNOWN), tolerance=3),
        Total(
            "",
            ("Secure Children's Homes", "Secure Training Centres", "Young Offender Institutions"),
            tolerance=3,
            along="detail",
        ),
    ),
)

DETAILED_SHARES = _answered(
    name="youth-custody-detailed-shares",
    file="youth_custody_detailed_shares.csv",
    title="Children in custody: the share of each detailed group, 2010 to 2013",
    one_row="the share of all children in custody, those with no group recorded among them, who were of one group",
    columns=("period", "geography", "broad_group", "group", "share_pct", "basis", "note"),
    read=Reading(
        figures=(Column("share_pct", "percent", "percent"),),
        period=_averaged,
        place=NATION,
        group=_detailed,
        age=CHILDREN,
        note=text("note"),
        amend=_settled,
    ),
    totals=_shares_that_add(),
)

MONTHLY = _custody(
    name="youth-custody-monthly",
    file="youth_custody_monthly.csv",
    title="People held in youth custody in one month, by ethnicity, by legal basis and by age",
    one_row=(
        "people in the youth secure estate in one month, some of them 18 or over; ethnicity is not crossed with "
        "anything"
    ),
    columns=("period", "geography", "measure", "group", "count", "basis", "note"),
    read=Reading(
        figures=(Column("count", "people"),),
        period=_month,
        place=NATION,
        group=_monthly_group,
        detail=_monthly_basis,
        age=_monthly_age,
        note=text("note"),
        amend=_monthly_state,
    ),
    totals=(
        Total(ALL, (*FIVE, UNKNOWN), alone=True),
        Total("", tuple(MONTHLY_BASES.values()), along="detail", alone=True),
        Total(ALL, (CHILDREN, "18-and-over"), along="age", alone=True),
    ),
    # In two of the six months the youngest ages have no row.
    apart=("age",),
    look_again=date(2026, 12, 15),
)
