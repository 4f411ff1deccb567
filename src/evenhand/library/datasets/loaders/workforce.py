"""Who works in the system: magistrates, judges and lawyers, prison officers, by ethnicity."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import ALL, Loader, Observation, Row, Total
from evenhand.library.places import find
from evenhand.library.vocabulary import UNKNOWN

PARLIAMENT = "Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)"
SIX = ("White", "Mixed", "Black", "Asian", "Chinese", "Any other")
DAYS = {day: day for day in ("January 2015", "2014", "1 April 2005", "1 April 2010", "1 April 2014")}
# Stage and measure, then series, detail and classification.
MAGISTRATES_OF = {
    "magistrates in post": {
        "count": ("magistrates", "", "magistrates-six"),
        "share_pct": ("share", "in post", "two"),
    },
    "magistrates appointed": {"count": ("appointments", "", "magistrates-six")},
}


def _magistrates(row: Row) -> Iterable[Observation]:
    series, detail, scheme = row.one_of("measure", row.one_of("stage", MAGISTRATES_OF))
    value, state = row.percent("value") if series == "share" else row.count("value")
    yield Observation(
        series,
        row.one_of("period", DAYS),
        find(row.text("geography"), kinds=("nation",)).code,
        *row.group("group", scheme),
        value,
        state,
        row.number,
        "value",
        row.source,
        detail=detail,
        note=row.text("note"),
    )


MAGISTRATES = Loader(
    name="magistrates",
    file="magistrates.csv",
    title="Magistrates in post and appointed, by ethnicity",
    publisher="Ministry of Justice, answers to Parliament HL3916, HL3918 and 224460",
    landing_page="https://questions-statements.parliament.uk/",
    licence=PARLIAMENT,
    basis="self-defined",
    counts="people",
    one_row="magistrates of one group in post on a day, or appointed in a year; for other days a rounded share only",
    columns=("period", "geography", "stage", "group", "measure", "value", "basis", "note"),
    read=_magistrates,
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
MEASURES = {"share_pct": "share"}


def _judiciary(publication: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        if row.one_of("source_title", PUBLICATIONS) != publication:
            return
        scheme = "two" if row.text("group") in TOGETHER else "five"
        value, state = row.percent("value")
        yield Observation(
            row.one_of("measure", MEASURES),
            row.one_of("period", YEARS),
            find(row.text("geography"), kinds=("nation",)).code,
            *row.group("group", scheme),
            value,
            state,
            row.number,
            "value",
            row.source,
            detail=row.one_of("stage", POSTS),
            note=row.text("note"),
        )

    return read


def _bench(name: str, title: str, publisher: str, page: str, publication: str, published: date | None) -> Loader:
    return Loader(
        name=name,
        file="judiciary_shares.csv",
        title=title,
        publisher=publisher,
        landing_page=page,
        licence="OGL v3.0",
        basis="self-defined",
        counts="people",
        one_row="the share of holders of one post, of those whose ethnicity is known, that is of one group, in percent",
        columns=("period", "geography", "stage", "group", "measure", "value", "basis", "note"),
        read=_judiciary(publication),
        # The main points name other posts for other years.
        apart=("period",),
        checked="not yet checked by a person",
        look_again=date(2026, 12, 1),
        published=published,
    )


JUDICIARY_2025 = _bench(
    "judiciary-2025",
    "Judges and lawyers by ethnicity, 2015 and 2025: rounded shares",
    "Ministry of Justice",
    "https://www.gov.uk/government/collections/judicial-diversity-statistics",
    MOJ_2025,
    date(2025, 7, 3),
)

JUDGES_2019 = _bench(
    "judges-and-tribunals-2019",
    "Judges and tribunal members by ethnicity, 1 April 2019",
    "Race Disparity Unit, from Judicial Office figures",
    "https://www.ethnicity-facts-figures.service.gov.uk/workforce-and-business/workforce-diversity/judges-and-non-legal-members-of-courts-and-tribunals-in-the-workforce/4.2",
    FACTS_2019,
    None,
)

JUDICIARY_2019 = _bench(
    "judiciary-2019",
    "Judges, tribunal members and magistrates by ethnicity, 1 April 2019: rounded shares",
    "Judicial Office, read from a copy",
    "https://vdocuments.us/published-11-july-2019-judicial-diversity-statistics-2019-south-east-41.html",
    OFFICE_2019,
    date(2019, 7, 11),
)


def _officers(row: Row) -> Iterable[Observation]:
    value, state = row.count("headcount")
    yield Observation(
        "officers",
        row.text("period"),
        find(row.text("geography"), kinds=("nation",)).code,
        *row.group("group", "five"),
        value,
        state,
        row.number,
        "headcount",
        row.source,
        note=row.text("note"),
    )


# Nearly one officer in five gave no answer: shares need their bounds beside them.
PRISON_OFFICERS = Loader(
    name="prison-officers",
    file="prison_officers.csv",
    title="Prison officers by ethnicity",
    publisher="Ministry of Justice, answer to the House of Commons 54897",
    landing_page="https://www.parallelparliament.co.uk/question/54897",
    licence=PARLIAMENT,
    basis="self-defined",
    counts="people",
    one_row="officers of bands 3 to 5 in public prisons on 31 March 2020, of one group; the answer is voluntary",
    columns=("period", "geography", "group", "headcount", "basis", "note"),
    read=_officers,
    totals=(Total(ALL, ("Asian", "Black", "Mixed", "Other", "White", UNKNOWN)),),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
    published=date(2020, 6, 12),
)
