"""Ministry of Justice figures on courts: published indices and rates, with neither counts nor intervals."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    KNOWN,
    UNSAFE,
    BadCell,
    Loader,
    Observation,
    Row,
    State,
)
from evenhand.library.places import find
from evenhand.library.vocabulary.ethnicity import classification

ENGLAND_AND_WALES = "K04000001"
DECISIONS = {"custodial_sentence": "Custodial sentence", "remand_in_custody": "Remand in custody"}


def _indices(row: Row) -> Iterable[Observation]:
    decision = row.text("decision_point")
    if decision not in DECISIONS:
        raise BadCell("decision_point", f"{decision!r} is not one of {', '.join(DECISIONS)}")
    if row.text("reference") != "White":
        raise BadCell("reference", f"{row.text('reference')!r} is not White, which these indices are against")
    value, state = row.rate("rri")
    flag = row.text("significance_flag")
    yield Observation(
        "relative-rate-index",
        row.text("year"),
        ENGLAND_AND_WALES,
        "five",
        classification("five").read(row.text("ethnicity")),
        value,
        state,
        row.number,
        "rri",
        row.source,
        detail=DECISIONS[decision],
        note=f"Flagged {flag} by the publisher. {row.text('note')}" if flag else row.text("note"),
    )


Reader = Callable[[Row, str], tuple[float | None, State]]
MEASURES: dict[str, tuple[str, Reader]] = {
    "conviction_ratio_pct": ("conviction-ratio-percent", Row.percent),
    "prosecutions_rounded": ("prosecutions", Row.count),
    "convictions_rounded": ("convictions", Row.count),
    "average_custodial_sentence_months": ("average-sentence-months", Row.rate),
    "crown_court_guilty_plea_pct": ("guilty-plea-percent", Row.percent),
    "custody_rate_pct": ("custody-percent", Row.percent),
}
AGES = {"all ages": ALL, "under 18": "under-18"}
# 281,000 of 362,000, each rounded to the nearest thousand, is between 77.4% and 77.9%: the page contradicts itself.
CONTRADICTED = ("2009", "conviction_ratio_pct", "All (known)")
WHY = (
    "the publisher's own rounded counts, 281,000 convictions for 362,000 prosecutions, give between 77.4% and 77.9%, "
    "not 79.8%. "
)


def _rates(row: Row) -> Iterable[Observation]:
    measure, age, given, offence = (row.text(column) for column in ("measure", "age", "group", "offence"))
    if measure not in MEASURES:
        raise BadCell("measure", f"{measure!r} is not one of {', '.join(MEASURES)}")
    if age not in AGES:
        raise BadCell("age", f"{age!r} is not one of {', '.join(AGES)}")
    series, read = MEASURES[measure]
    value, state = read(row, "value")
    known = given == "All (known)"
    note = row.text("note")
    if (row.text("period"), measure, given) == CONTRADICTED:
        note = f"{UNSAFE}{WHY}{note}"
    elif "page is internally inconsistent" in note:
        note = f"{UNSAFE}{note}"
    yield Observation(
        series,
        row.text("period"),
        find(row.text("geography"), kinds=("nation",)).code,
        ANY if known else "ons-2001-five",
        KNOWN if known else classification("ons-2001-five").read(given),
        value,
        state,
        row.number,
        "value",
        row.source,
        detail="" if offence == "all" else offence.capitalize(),
        age=AGES[age],
        note=note,
    )


INDICES = Loader(
    name="relative-rate-indices",
    file="relative_rate_indices.csv",
    title="Relative rate indices as published: custodial sentence and remand in custody, 2024",
    publisher="Ministry of Justice",
    landing_page="https://www.gov.uk/government/statistics/ethnicity-and-the-criminal-justice-system-2024",
    licence="OGL v3.0",
    # The source gives its indices without saying how ethnicity was recorded.
    basis="unknown",
    counts="outcomes",
    one_row=(
        "the index of one group against White, as the publisher worked it out; neither the counts nor an interval are "
        "published, and the republisher calls the rows adult"
    ),
    columns=("year", "decision_point", "ethnicity", "reference", "rri", "significance_flag", "note"),
    read=_indices,
    checked="not yet checked by a person",
    look_again=date(2027, 12, 1),
    published=date(2025, 11, 27),
)

RATES = Loader(
    name="court-rates",
    file="court_rates.csv",
    title="Courts: conviction ratios, guilty pleas, custody rates and average sentences, 2009 to 2017",
    publisher="Race Disparity Unit and Ministry of Justice",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/courts-sentencing-and-tribunals/prosecutions-and-convictions/latest/",
    licence="OGL v3.0",
    basis="self-defined",
    counts="outcomes",
    one_row=(
        "one rate or average of one group, in one year and for one kind of offence, of people whose group is known: "
        "about one in five is not; no counts by group are published"
    ),
    columns=("period", "geography", "stage", "age", "offence", "group", "measure", "value", "basis", "note"),
    read=_rates,
    # Only what the publisher's pages chose to say stands here: no table is whole.
    apart=("period", "group", "detail", "age"),
    checked="not yet checked by a person",
    look_again=date(2027, 11, 1),
)
