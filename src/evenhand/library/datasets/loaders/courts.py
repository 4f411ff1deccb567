"""Ministry of Justice figures on courts: published indices and rates, with neither counts nor intervals."""

from datetime import date

from evenhand.library.datasets.loader import (
    ALL,
    ENGLAND_AND_WALES,
    KNOWN,
    UNSAFE,
    Column,
    Loader,
    Reading,
    Row,
    always,
    group,
    place,
    text,
    word,
)

DECISIONS = {"custodial_sentence": "Custodial sentence", "remand_in_custody": "Remand in custody"}
MEASURES = {
    "conviction_ratio_pct": Column("value", "conviction-ratio-percent", "percent"),
    "prosecutions_rounded": Column("value", "prosecutions"),
    "convictions_rounded": Column("value", "convictions"),
    "average_custodial_sentence_months": Column("value", "average-sentence-months", "rate"),
    "crown_court_guilty_plea_pct": Column("value", "guilty-plea-percent", "percent"),
    "custody_rate_pct": Column("value", "custody-percent", "percent"),
}
AGES = {"all ages": ALL, "under 18": "under-18"}
# 281,000 of 362,000, each rounded to the nearest thousand, is between 77.4% and 77.9%: the page contradicts itself.
CONTRADICTED = ("2009", "conviction_ratio_pct", "All (known)")
WHY = (
    "the publisher's own rounded counts, 281,000 convictions for 362,000 prosecutions, give between 77.4% and 77.9%, "
    "not 79.8%. "
)


def _flagged(row: Row) -> str:
    flag, note = row.text("significance_flag"), row.text("note")
    return f"Flagged {flag} by the publisher. {note}" if flag else note


def _offence(row: Row) -> str:
    offence = row.text("offence")
    return "" if offence == "all" else offence.capitalize()


def _doubts(row: Row) -> str:
    note = row.text("note")
    if (row.text("period"), row.text("measure"), row.text("group")) == CONTRADICTED:
        return f"{UNSAFE}{WHY}{note}"
    return f"{UNSAFE}{note}" if "page is internally inconsistent" in note else note


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
    read=Reading(
        figures=(Column("rri", "relative-rate-index", "rate"),),
        period=text("year"),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity", "five", wholes={}),
        detail=word("decision_point", DECISIONS),
        note=_flagged,
        # An index against any other group would be another thing.
        only=always("reference", "White"),
    ),
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
    read=Reading(
        figures=word("measure", MEASURES),
        period=text("period"),
        place=place("geography", "nation"),
        group=group("group", "ons-2001-five", wholes={"All (known)": KNOWN}),
        detail=_offence,
        age=word("age", AGES),
        note=_doubts,
    ),
    # Only what the publisher's pages chose to say stands here: no table is whole.
    apart=("period", "group", "detail", "age"),
    checked="not yet checked by a person",
    look_again=date(2027, 11, 1),
)
