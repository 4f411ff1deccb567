"""Youth justice: what happens to children at four decisions, how they are remanded, and youth cautions."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    KNOWN,
    BadCell,
    Loader,
    Observation,
    Row,
    Total,
    financial_year,
)
from evenhand.library.places import find
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification

ENGLAND_AND_WALES = "K04000001"
FIVE = ("Asian", "Black", "Mixed", "White", "Other")
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
INDICES = {
    "rri": "relative-rate-index",
    "ci95_low": "relative-rate-index-lower",
    "ci95_high": "relative-rate-index-upper",
}
LIMITS = ("ci95_low", "ci95_high")


def _decisions(row: Row) -> Iterable[Observation]:
    decision = row.text("decision_point")
    if decision not in DECISIONS:
        raise BadCell("decision_point", f"{decision!r} is not one of {', '.join(DECISIONS)}")
    events, words, denominator, age = DECISIONS[decision]
    given = row.text("period")
    period = POOLED.get(given) or financial_year(given)
    group = classification("five").read(row.text("ethnicity"))
    series = {"events": events, "denominator": denominator, **INDICES}
    for column, called in series.items():
        value, state = row.rate(column) if column in INDICES else row.count(column)
        if group == "White" and column in LIMITS and state == "no-row":
            # The reference has no interval: it is not compared with itself.
            state = "not-applicable"
        yield Observation(
            called,
            period,
            ENGLAND_AND_WALES,
            "five",
            group,
            value,
            state,
            row.number,
            column,
            row.source,
            # The same residents stand under searches and under arrests, so every figure names its decision.
            detail=words,
            age=age,
            note=row.text("note"),
        )


REMANDS = {
    "bail": "Bail",
    "community_remand (BSS + ISS bail)": "Community remand (BSS + ISS bail)",
    "remand to local authority accommodation": "Remand to local authority accommodation",
    "remand to youth detention accommodation": "Remand to youth detention accommodation",
}


def _remands(row: Row) -> Iterable[Observation]:
    remand = row.text("remand_type")
    if remand not in REMANDS:
        raise BadCell("remand_type", f"{remand!r} is not one of {', '.join(REMANDS)}")
    given, note = row.text("ethnicity"), row.text("note")
    group = ALL if given == "All" else classification("five").read(given)
    value, state = row.count("episodes")
    if state == "no-row" and note.startswith("suppressed"):
        state = "suppressed"
    yield Observation(
        "episodes",
        financial_year(row.text("year_ending_march")),
        ENGLAND_AND_WALES,
        ANY if group in (ALL, UNKNOWN) else "five",
        group,
        value,
        state,
        row.number,
        "episodes",
        row.source,
        detail=REMANDS[remand],
        age="under-18",
        note=note,
    )


# "11 years before March 2019" may be either of two years, and is left as the source words it.
CAUTION_PERIODS = {
    "2005/06": "2005/06",
    "2017/18": "2017/18",
    "year ending March 2019": "2018/19",
    "11 years before March 2019": "11 years before March 2019",
}
CAUTION_TOTALS = {"All": ALL, "Known ethnicity": KNOWN}


def _cautions(row: Row) -> Iterable[Observation]:
    given, measure, period = row.text("group"), row.text("measure"), row.text("period")
    if period not in CAUTION_PERIODS:
        raise BadCell("period", f"{period!r} is not a period of this table; it has {', '.join(CAUTION_PERIODS)}")
    if measure not in ("cautions", "share_known_pct"):
        raise BadCell("measure", f"{measure!r} is not one of cautions, share_known_pct")
    value, state = row.count("value") if measure == "cautions" else row.percent("value")
    yield Observation(
        "cautions" if measure == "cautions" else "percent",
        CAUTION_PERIODS[period],
        find(row.text("geography"), kinds=("nation",)).code,
        ANY if given in CAUTION_TOTALS else "officer-four",
        CAUTION_TOTALS.get(given) or classification("officer-four").read(given),
        value,
        state,
        row.number,
        "value",
        row.source,
        detail="" if measure == "cautions" else "Share of cautions with known ethnicity",
        age="under-18",
        note=row.text("note"),
    )


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
    read=_remands,
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
    read=_cautions,
    apart=("group",),
    checked="not yet checked by a person",
    look_again=date(2027, 3, 1),
)
