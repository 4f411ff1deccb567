"""Single figures that others quote, one dataset for each thing that they are about: read the note of each first."""

from collections.abc import Callable
from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    EVERYBODY,
    UNSAFE,
    BadCell,
    Column,
    Loader,
    Observation,
    Reading,
    Row,
    group,
    place,
    word,
)
from evenhand.library.datasets.loaders.licences import OPEN_PARLIAMENT

CHILDREN = "under-18"

STRIP_SEARCH = "strip search of children under stop and search"
SECTION_60 = "section 60 searches"
JOINT_ENTERPRISE = "joint enterprise homicide prosecutions (CPS pilot, 6 areas)"
POLICE = "police officers"
INDETERMINATE = "prisoners serving IPP"
FIRST_TIME = "youth first-time entrants"
CHILD_ARRESTS = "arrests of children"
YOUTH_CUSTODY = "youth custody"
CHILD_SELF_HARM = "self-harm by children in custody"
PRISON_STAFF = "prison officers (known ethnicity)"
SURVEY = "adult prisoners surveyed (HMIP)"
SURVEY_OF_MEN, SURVEY_OF_WOMEN = f"{SURVEY}, men", f"{SURVEY}, women"
SEXES = {SURVEY_OF_MEN: "male", SURVEY_OF_WOMEN: "female"}
STAGES = {
    stage: stage
    for stage in (
        STRIP_SEARCH,
        SECTION_60,
        JOINT_ENTERPRISE,
        POLICE,
        INDETERMINATE,
        FIRST_TIME,
        CHILD_ARRESTS,
        YOUTH_CUSTODY,
        CHILD_SELF_HARM,
        PRISON_STAFF,
        SURVEY,
        SURVEY_OF_MEN,
        SURVEY_OF_WOMEN,
    )
}

# A year that ends in December is that year; what begins in May is not the financial year, and never called so.
PERIODS = {
    "2018 to mid-2022": "2018 to mid-2022",
    "Jan 2018 to June 2023": "January 2018 to June 2023",
    "July 2022 to June 2023": "July 2022 to June 2023",
    "Feb to Aug 2023": "February to August 2023",
    "2020/21 (y/e March 2021)": "2020/21",
    "year ending March 2020": "2019/20",
    **{f"year ending December {year}": str(year) for year in (2009, 2019, 2023)},
    **{f"{year}/{year % 100 + 1:02d}": f"{year}/{year % 100 + 1:02d}" for year in range(2005, 2024)},
    **{
        f"{year}/{year % 100 + 1:02d} (12 months from May)": f"May {year} to April {year + 1}"
        for year in range(2010, 2014)
    },
    **{day: day for day in ("31 March 2015", "31 March 2018", "31 March 2019", "31 March 2025", "25 February 2020")},
}

# What the note of a figure says that must not stand without it: a blog alone, or outlets that contradict each other.
DOUBTS = ("weak source", "wording conflict")

# Of these the file gives shares of all searches, where others stand for groups: whom it was, or what came of it.
OF_ALL = {
    "Boys": ("", "male"),
    "No appropriate adult confirmed": ("no appropriate adult confirmed", ALL),
    "No further action": ("no further action", ALL),
}


def _measures(noun: str) -> dict[str, Column]:
    """The measures of the file, where "count" stands for what the dataset counts."""
    return {
        "searches": Column("value", noun),
        "cases": Column("value", "cases"),
        "defendants": Column("value", "defendants"),
        "count": Column("value", noun),
        "headcount": Column("value", noun),
        "headcount_or_fte_as_quoted": Column("value", noun, detail="headcount or full-time equivalent, as quoted"),
        "count_rounded": Column("value", noun, detail="rounded"),
        "average_count": Column("value", noun, detail="average over twelve months"),
        "share_pct": Column("value", "share", "percent"),
        "share_known_pct": Column("value", "share", "percent", "of those whose ethnicity is known"),
        "times_vs_national_population_figures": Column(
            "value", "claimed-ratio", "rate", "against figures of the national population"
        ),
        "times_vs_White_claimed": Column("value", "claimed-ratio", "rate", "against White"),
        "incidents_per_100_per_month": Column("value", "rate-per-100-a-month", "rate"),
    }


def _of_all(row: Row) -> tuple[str, str] | None:
    return OF_ALL.get(row.text("group")) if row.text("stage") == STRIP_SEARCH else None


def _group(scheme: str) -> Callable[[Row], tuple[str, str]]:
    read = group("group", scheme)
    return lambda row: EVERYBODY if _of_all(row) else read(row)


def _of_whom(row: Row, figure: Observation) -> Observation:
    if not (found := _of_all(row)):
        return figure
    if figure.series != "share":
        raise BadCell("measure", f"{row.text('measure')!r} of {row.text('group')!r}")
    detail, sex = found
    return figure._replace(detail=detail, sex=sex)


def _doubtful(row: Row) -> str:
    note = row.text("note")
    return f"{UNSAFE}{note}" if any(doubt in note for doubt in DOUBTS) else note


def _single(*stages: str, noun: str, scheme: str, age: str = ALL) -> Reading:
    return Reading(
        figures=word("measure", _measures(noun)),
        period=word("period", PERIODS),
        place=place("geography", "nation"),
        group=_group(scheme),
        sex=lambda row: SEXES.get(row.text("stage"), ALL),
        age=age,
        note=_doubtful,
        only=lambda row: row.one_of("stage", STAGES) in stages,
        amend=_of_whom,
    )


_figures = partial(
    Loader,
    file="single_figures.csv",
    columns=("period", "geography", "stage", "group", "measure", "value", "basis", "note"),
    # Figures that were quoted one by one: no table, and so nothing that must be there.
    apart=("period", "group", "detail", "sex"),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)

# The second ratio is worded in two ways by two outlets: against the population, or against White children.
STRIP_SEARCHES = _figures(
    name="strip-searches-of-children",
    title="Strip searches of children under stop and search: quoted figures",
    publisher="Children's Commissioner for England, as reported by others",
    landing_page="https://www.childrenscommissioner.gov.uk/",
    licence="quoted facts",
    basis="unknown",
    counts="events",
    one_row="strip searches of children, or a share of them, or a ratio as claimed",
    read=_single(STRIP_SEARCH, noun="searches", scheme="five", age=CHILDREN),
)

# Ratios as claimed by others: no counts by ethnicity stand beside them, and one comes from a weak source.
SECTION_60_SEARCHES = _figures(
    name="section-60-searches",
    title="Searches without suspicion under section 60: quoted totals and claimed ratios",
    publisher="Home Office, as reported by others",
    landing_page="https://www.gov.uk/government/collections/police-powers-and-procedures-england-and-wales",
    licence="quoted facts",
    basis="unknown",
    counts="events",
    one_row="searches under section 60 in one year, or a ratio as claimed",
    read=_single(SECTION_60, noun="searches", scheme="five"),
)

JOINT_ENTERPRISE_PROSECUTIONS = _figures(
    name="joint-enterprise-prosecutions",
    title="Homicide prosecutions under joint enterprise in six areas, 2023: a trial of recording",
    publisher="Crown Prosecution Service, by the Solicitor General's answer 44006 and as reported by others",
    landing_page="https://parallelparliament.co.uk/question/44006/homicide-aiding-and-abetting",
    licence=OPEN_PARLIAMENT,
    basis="unknown",
    counts="people",
    one_row="defendants, cases, or a share of defendants, in six of the areas of England and Wales",
    read=_single(JOINT_ENTERPRISE, noun="defendants", scheme="two"),
)

POLICE_OFFICERS = _figures(
    name="police-officers",
    title="Police officers: quoted numbers",
    publisher="Home Office, in part as reported by others",
    landing_page="https://www.gov.uk/government/statistics/police-workforce-england-and-wales-31-march-2025",
    licence="OGL v3.0; quoted facts",
    basis="self-defined",
    counts="people",
    one_row="police officers on one day; in 2019 it is not said whether heads or full-time equivalents",
    read=_single(POLICE, noun="officers", scheme="two"),
)

INDETERMINATE_SENTENCES = _figures(
    name="indeterminate-sentence-prisoners",
    title="Prisoners serving indeterminate sentences for public protection: a quoted share",
    publisher="Ministry of Justice, oral answer 900819 to the House of Commons",
    landing_page="https://hansard.parliament.uk/Commons/2020-02-25/debates/02470908-78FA-4D42-A5DE-D3869D5E9849/PublicProtectionSentencesBAMEBackgrounds",
    licence=OPEN_PARLIAMENT,
    basis="self-defined",
    counts="people",
    one_row="the share of prisoners who serve such a sentence, of one of two groups",
    read=_single(INDETERMINATE, noun="prisoners", scheme="two"),
)

FIRST_TIME_ENTRANTS = _figures(
    name="youth-first-time-entrants",
    title="Children who enter the justice system for the first time: quoted figures",
    publisher="Youth Justice Board and Ministry of Justice, read from copies",
    landing_page="https://www.gov.uk/government/collections/youth-justice-statistics",
    licence="OGL v3.0; quoted facts",
    basis="officer-observed",
    counts="people",
    one_row="children with a first caution or conviction in one year, by ethnicity as officers recorded it",
    read=_single(FIRST_TIME, noun="children", scheme="officer-four", age=CHILDREN),
)

# The file does not say whose record of ethnicity this is.
ARRESTS_OF_CHILDREN = _figures(
    name="arrests-of-children-share",
    title="Arrests of children, 2019/20: a quoted share",
    publisher="Youth Justice Board and Ministry of Justice, read from a copy",
    landing_page="https://www.gov.uk/government/collections/youth-justice-statistics",
    licence="OGL v3.0",
    basis="unknown",
    counts="events",
    one_row="the share of arrests of children that was of Black children; some police forces are left out",
    read=_single(CHILD_ARRESTS, noun="arrests", scheme="five", age=CHILDREN),
)

YOUTH_CUSTODY_FIGURES = _figures(
    name="youth-custody-quoted",
    title="Children in custody: quoted shares and averages",
    publisher="Ministry of Justice, and Race Disparity Unit from Youth Justice Board figures",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/courts-sentencing-and-tribunals/young-people-in-custody/latest",
    licence="OGL v3.0; Open Parliament Licence v3.0",
    basis="self-defined",
    counts="people",
    one_row="children in custody, on average over twelve months from May, or the share of them that was White",
    read=_single(YOUTH_CUSTODY, noun="children", scheme="two", age=CHILDREN),
)

CHILDREN_SELF_HARM = _figures(
    name="child-self-harm-in-custody",
    title="Self-harm by children in custody, 2015/16: rates without counts",
    publisher="Race Disparity Unit, from Youth Justice Board figures",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/prison-and-custody-incidents/self-harm-by-young-people-in-custody/1.0/",
    licence="OGL v3.0",
    basis="self-defined",
    counts="events",
    one_row="incidents of self-harm in a month for each 100 children in custody, of one of two groups",
    read=_single(CHILD_SELF_HARM, noun="incidents", scheme="two", age=CHILDREN),
)

PRISON_OFFICERS_SHARES = _figures(
    name="prison-officers-shares",
    title="Prison officers by ethnicity, 2015 and 2018: shares of those known",
    publisher="Race Disparity Unit, from Ministry of Justice figures",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/workforce-and-business/workforce-diversity/prison-officer-workforce/3.1",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    one_row="the share of prison officers of one group, of those whose ethnicity is known; a third did not say in 2018",
    read=_single(PRISON_STAFF, noun="officers", scheme="five"),
)

TRAVELLERS_SURVEYED = _figures(
    name="prison-survey-travellers",
    title="Gypsy, Romany and Traveller people among adult prisoners surveyed",
    publisher="HM Inspectorate of Prisons, as reported by others",
    landing_page="https://hmiprisons.justiceinspectorates.gov.uk/",
    licence="quoted facts",
    basis="self-defined",
    counts="people",
    one_row="the share of adult prisoners surveyed in a year who say that they are Gypsy, Romany or Traveller",
    read=_single(
        *(SURVEY, SURVEY_OF_MEN, SURVEY_OF_WOMEN),
        noun="prisoners",
        scheme="prison-survey-traveller",
        age="18-or-over",
    ),
)
