"""Youth justice: what happens to children at four decisions, how they are remanded, and youth cautions."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import (
    ALL,
    ENGLAND_AND_WALES,
    FIVE,
    KNOWN,
    Column,
    Loader,
    Observation,
    Reading,
    Row,
    Total,
    financial_year,
    group,
    place,
    text,
    word,
    year_ending,
)
from evenhand.library.vocabulary.ethnicity import UNKNOWN

POOLED = {"pooled_3y_ending_march_2025": "2022/23 to 2024/25"}

# Each decision: the series of its events, the decision in words, the series that they are divided by, and the age.
# Searches and arrests are divided by all residents of 10 to 17; the other two by the children who came that far.
DECISIONS = {
    "stop_search": ("searches", "Stop and search", "residents", "10-17"),
    "arrest": ("arrests", "Arrest", "residents", "10-17"),
    "remand_to_yda": (
        "remands-to-youth-detention",
        "Remand to youth detention accommodation",
        "children-at-remand",
        "under-18",
    ),
    "custodial_sentence": ("custodial-sentences", "Custodial sentence", "children-at-sentence", "under-18"),
}
LIMITS = ("ci95_low", "ci95_high")


def _period(row: Row) -> str:
    return POOLED.get(row.text("period")) or financial_year(row.text("period"))


def _reference(row: Row, figure: Observation) -> Observation:
    """The reference has no interval: it is not compared with itself."""
    del row
    limitless = figure.group == "White" and figure.column in LIMITS and figure.state == "no-row"
    return figure._replace(state="not-applicable") if limitless else figure


def _decision(decision: str) -> Reading:
    events, words, denominator, age = DECISIONS[decision]
    return Reading(
        figures=(
            Column("events", events),
            Column("denominator", denominator),
            Column("rri", "relative-rate-index", "rate"),
            Column("ci95_low", "relative-rate-index-lower", "rate"),
            Column("ci95_high", "relative-rate-index-upper", "rate"),
        ),
        period=_period,
        place=ENGLAND_AND_WALES,
        group=group("ethnicity", "five", wholes={}),
        # The same residents stand under searches and under arrests, so every figure names its decision.
        detail=words,
        age=age,
        note=text("note"),
        amend=_reference,
    )


READINGS = {decision: _decision(decision) for decision in DECISIONS}


def _decisions(row: Row) -> Iterable[Observation]:
    return row.one_of("decision_point", READINGS)(row)


REMANDS = {
    "bail": "Bail",
    "community_remand (BSS + ISS bail)": "Community remand (BSS + ISS bail)",
    "remand to local authority accommodation": "Remand to local authority accommodation",
    "remand to youth detention accommodation": "Remand to youth detention accommodation",
}


def _withheld(row: Row, figure: Observation) -> Observation:
    withheld = figure.state == "no-row" and row.text("note").startswith("suppressed")
    return figure._replace(state="suppressed") if withheld else figure


# "11 years before March 2019" may be either of two years, and is left as the source words it.
CAUTION_PERIODS = {
    "2005/06": "2005/06",
    "2017/18": "2017/18",
    "year ending March 2019": "2018/19",
    "11 years before March 2019": "11 years before March 2019",
}
CAUTIONED = {
    "cautions": Column("value", "cautions"),
    "share_known_pct": Column("value", "percent", "percent", "Share of cautions with known ethnicity"),
}

DECISION_POINTS = Loader(
    name="child-decision-points",
    file="child_decision_points.csv",
    title="Children at four decisions: stop and search, arrest, remand and custodial sentence, by ethnicity",
    publisher="PRISM-R, from figures of the Home Office, Youth Justice Board and Office for National Statistics",
    landing_page="https://www.gov.uk/government/statistics/youth-justice-statistics-2024-to-2025",
    licence="OGL v3.0; intervals CC BY 4.0 (PRISM-R)",
    basis="self-defined",
    counts="events",
    one_row=(
        "one decision about children of one of five groups: how often it was made, out of how many, and the index "
        "against White children that the republisher worked out; searches and arrests are out of residents of 10 to "
        "17, remand and custody out of the children who came that far"
    ),
    columns=(
        "decision_point",
        "period",
        "ethnicity",
        "events",
        "denominator",
        "rri",
        "ci95_low",
        "ci95_high",
        "ci_method",
        "note",
    ),
    read=_decisions,
    apart=("detail",),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)

REMAND_EPISODES = Loader(
    name="child-remand-episodes",
    file="child_remand_episodes.csv",
    title="Children remanded: episodes by kind of remand and ethnicity",
    publisher="Youth Justice Board and Ministry of Justice",
    landing_page="https://www.gov.uk/government/statistics/youth-justice-statistics-2024-to-2025",
    licence="OGL v3.0",
    basis="self-defined",
    counts="events",
    one_row="remand episodes of one kind in one year, of children of one group, or of all; a child may have many",
    columns=("year_ending_march", "remand_type", "ethnicity", "episodes", "note"),
    read=Reading(
        figures=(Column("episodes", "episodes"),),
        period=year_ending("year_ending_march"),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity", "five", wholes={"All": ALL}),
        detail=word("remand_type", REMANDS),
        age="under-18",
        note=text("note"),
        amend=_withheld,
    ),
    # Groups are published for 2024/25 alone, and for youth detention that year has groups and no total.
    totals=(Total(ALL, (*FIVE, UNKNOWN), alone=True),),
    apart=("period", "detail"),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
    published=date(2026, 1, 29),
)

CAUTIONS = Loader(
    name="youth-cautions",
    file="youth_cautions.csv",
    title="Youth cautions: number, and shares of White and Black children",
    publisher="Race Disparity Unit, from figures of the Youth Justice Board",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/policing/youth-cautions/latest/",
    licence="OGL v3.0",
    # The police officer says which of four groups a child is of.
    basis="officer-observed",
    counts="events",
    one_row="cautions given to children in one year, or the share of one group; a child may have several",
    columns=("period", "geography", "group", "measure", "value", "basis", "note"),
    read=Reading(
        figures=word("measure", CAUTIONED),
        period=word("period", CAUTION_PERIODS),
        place=place("geography", "nation"),
        group=group("group", "officer-four", wholes={"All": ALL, "Known ethnicity": KNOWN}),
        age="under-18",
        note=text("note"),
    ),
    apart=("group",),
    checked="not yet checked by a person",
    look_again=date(2027, 3, 1),
)
