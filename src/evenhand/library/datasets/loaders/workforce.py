"""Who works in the system: magistrates, judges and lawyers, prison officers, by ethnicity."""

from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    Column,
    Loader,
    Reading,
    Row,
    Total,
    group,
    only,
    place,
    text,
    word,
)
from evenhand.library.datasets.loaders.licences import OPEN_PARLIAMENT
from evenhand.library.vocabulary import UNKNOWN

SIX = ("White", "Mixed", "Black", "Asian", "Chinese", "Any other")
DAYS = {day: day for day in ("January 2015", "2014", "1 April 2005", "1 April 2010", "1 April 2014")}
IN_POST = {"count": Column("value", "magistrates"), "share_pct": Column("value", "share", "percent", "in post")}
MAGISTRATES_OF = {
    "magistrates in post": IN_POST,
    "magistrates appointed": {"count": Column("value", "appointments")},
}

MAGISTRATES = Loader(
    name="magistrates",
    file="magistrates.csv",
    title="Magistrates in post and appointed, by ethnicity",
    publisher="Ministry of Justice, answers to Parliament HL3916, HL3918 and 224460",
    landing_page="https://questions-statements.parliament.uk/",
    licence=OPEN_PARLIAMENT,
    basis="self-defined",
    counts="people",
    one_row="magistrates of one group in post on a day, or appointed in a year; for other days a rounded share only",
    columns=("period", "geography", "stage", "group", "measure", "value", "basis", "note"),
    read=Reading(
        figures=lambda row: row.one_of("measure", row.one_of("stage", MAGISTRATES_OF)),
        period=word("period", DAYS),
        place=place("geography", "nation"),
        # Shares are of two groups, and counts of six.
        group=group("group", word("measure", {"count": "magistrates-six", "share_pct": "two"})),
        note=text("note"),
    ),
    totals=(Total(ALL, (*SIX, UNKNOWN), series="magistrates"), Total(ALL, SIX, series="appointments")),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
    published=date(2015, 2, 23),
)

# Two publications give the same share of the same day, one rounded: each is a dataset of its own.
MOJ_2025 = "Diversity of the judiciary: 2025 statistics, main points (MoJ, updated 3 July 2025)"
FACTS_2019 = "GOV.UK Ethnicity facts and figures: Judges and non-legal members of the judiciary, v4.2"
OFFICE_2019 = "Judicial Diversity Statistics 2019 (Judicial Office, 11 July 2019)"
PUBLICATIONS = {title: title for title in (MOJ_2025, FACTS_2019, OFFICE_2019)}
POSTS = {
    post: post
    for post in (
        "barristers",
        "solicitors",
        "Chartered Legal Executives",
        "all judges",
        "eligible pool (legal exercises)",
        "recommendations (legal exercises)",
        "court judges",
        "tribunal judges",
        "non-legal tribunal members",
        "magistrates",
    )
}
TOGETHER = ("Ethnic minority", "Asian, Black, Mixed and Other", "BAME")
YEARS = {"2015": "2015", "2025": "2025", "2024-25": "2024/25", "1 April 2019": "1 April 2019"}


def _scheme(row: Row) -> str:
    return "two" if row.text("group") in TOGETHER else "five"


def _judiciary(publication: str) -> Reading:
    return Reading(
        figures=word("measure", {"share_pct": Column("value", "share", "percent")}),
        period=word("period", YEARS),
        place=place("geography", "nation"),
        group=group("group", _scheme),
        detail=word("stage", POSTS),
        note=text("note"),
        only=only("source_title", PUBLICATIONS, publication),
    )


_bench = partial(
    Loader,
    file="judiciary_shares.csv",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    one_row="the share of holders of one post, of those whose ethnicity is known, that is of one group, in percent",
    columns=("period", "geography", "stage", "group", "measure", "value", "basis", "note"),
    # The main points name other posts for other years.
    apart=("period",),
    checked="not yet checked by a person",
    look_again=date(2026, 12, 1),
)

JUDICIARY_2025 = _bench(
    name="judiciary-2025",
    title="Judges and lawyers by ethnicity, 2015 and 2025: rounded shares",
    publisher="Ministry of Justice",
    landing_page="https://www.gov.uk/government/collections/judicial-diversity-statistics",
    read=_judiciary(MOJ_2025),
    published=date(2025, 7, 3),
)

JUDGES_2019 = _bench(
    name="judges-and-tribunals-2019",
    title="Judges and tribunal members by ethnicity, 1 April 2019",
    publisher="Race Disparity Unit, from Judicial Office figures",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/workforce-and-business/workforce-diversity/judges-and-non-legal-members-of-courts-and-tribunals-in-the-workforce/4.2",
    read=_judiciary(FACTS_2019),
)

JUDICIARY_2019 = _bench(
    name="judiciary-2019",
    title="Judges, tribunal members and magistrates by ethnicity, 1 April 2019: rounded shares",
    publisher="Judicial Office, read from a copy",
    landing_page="https://vdocuments.us/published-11-july-2019-judicial-diversity-statistics-2019-south-east-41.html",
    read=_judiciary(OFFICE_2019),
    published=date(2019, 7, 11),
)

# Nearly one officer in five gave no answer: shares need their bounds beside them.
PRISON_OFFICERS = Loader(
    name="prison-officers",
    file="prison_officers.csv",
    title="Prison officers by ethnicity",
    publisher="Ministry of Justice, answer to the House of Commons 54897",
    landing_page="https://www.parallelparliament.co.uk/question/54897",
    licence=OPEN_PARLIAMENT,
    basis="self-defined",
    counts="people",
    one_row="officers of bands 3 to 5 in public prisons on 31 March 2020, of one group; the answer is voluntary",
    columns=("period", "geography", "group", "headcount", "basis", "note"),
    read=Reading(
        figures=(Column("headcount", "officers"),),
        period=text("period"),
        place=place("geography", "nation"),
        group=group("group", "five"),
        note=text("note"),
    ),
    totals=(Total(ALL, ("Asian", "Black", "Mixed", "Other", "White", UNKNOWN)),),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
    published=date(2020, 6, 12),
)
