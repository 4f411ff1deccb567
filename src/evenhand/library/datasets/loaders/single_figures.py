"""Single figures that others quote, one dataset for each thing that they are about: read the note of each first."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from evenhand.library.datasets.loader import ALL, ANY, UNSAFE, BadCell, Basis, Counts, Loader, Observation, Row
from evenhand.library.places import find

COLUMNS = ("period", "geography", "stage", "group", "measure", "value", "basis", "note")
PARLIAMENT = "Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)"
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

COUNT = "count"
# Measure, then series and detail; "count" stands for what the dataset counts.
MEASURES: Mapping[str, tuple[str, str]] = {
    "searches": (COUNT, ""),
    "cases": ("cases", ""),
    "defendants": ("defendants", ""),
    "count": (COUNT, ""),
    "headcount": (COUNT, ""),
    "headcount_or_fte_as_quoted": (COUNT, "headcount or full-time equivalent, as quoted"),
    "count_rounded": (COUNT, "rounded"),
    "average_count": (COUNT, "average over twelve months"),
    "share_pct": ("share", ""),
    "share_known_pct": ("share", "of those whose ethnicity is known"),
    "times_vs_national_population_figures": ("claimed-ratio", "against figures of the national population"),
    "times_vs_White_claimed": ("claimed-ratio", "against White"),
    "incidents_per_100_per_month": ("rate-per-100-a-month", ""),
}

# What the note of a figure says that must not stand without it: a blog alone, or outlets that contradict each other.
DOUBTS = ("weak source", "wording conflict")

# Of these the file gives shares of all searches, where others stand for groups: whom it was, or what came of it.
OF_ALL = {
    "Boys": ("", "male"),
    "No appropriate adult confirmed": ("no appropriate adult confirmed", ALL),
    "No further action": ("no further action", ALL),
}


def _single(stages: tuple[str, ...], noun: str, scheme: str, age: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        stage = row.one_of("stage", STAGES)
        if stage not in stages:
            return
        series, detail = row.one_of("measure", MEASURES)
        sex = SEXES.get(stage, ALL)
        if stage == STRIP_SEARCH and row.text("group") in OF_ALL:
            if series != "share":
                raise BadCell("measure", f"{row.text('measure')!r} of {row.text('group')!r}")
            scheme_and_group = (ANY, ALL)
            detail, sex = OF_ALL[row.text("group")]
        else:
            scheme_and_group = row.group("group", scheme)
        if series == "share":
            value, state = row.percent("value")
        elif series in {"claimed-ratio", "rate-per-100-a-month"}:
            value, state = row.rate("value")
        else:
            value, state = row.count("value")
        note = row.text("note")
        yield Observation(
            noun if series == COUNT else series,
            row.one_of("period", PERIODS),
            find(row.text("geography"), kinds=("nation",)).code,
            *scheme_and_group,
            value,
            state,
            row.number,
            "value",
            row.source,
            detail=detail,
            sex=sex,
            age=age,
            note=f"{UNSAFE}{note}" if any(doubt in note for doubt in DOUBTS) else note,
        )

    return read


def _figures(
    name: str,
    title: str,
    publisher: str,
    page: str,
    licence: str,
    basis: Basis,
    counts: Counts,
    one_row: str,
    stages: tuple[str, ...],
    noun: str,
    scheme: str,
    age: str = ALL,
) -> Loader:
    return Loader(
        name=name,
        file="single_figures.csv",
        title=title,
        publisher=publisher,
        landing_page=page,
        licence=licence,
        basis=basis,
        counts=counts,
        one_row=one_row,
        columns=COLUMNS,
        read=_single(stages, noun, scheme, age),
        # Figures that were quoted one by one: no table, and so nothing that must be there.
        apart=("period", "group", "detail", "sex"),
        checked="not yet checked by a person",
        look_again=date(2027, 2, 1),
    )


# The second ratio is worded in two ways by two outlets: against the population, or against White children.
STRIP_SEARCHES = _figures(
    "strip-searches-of-children",
    "Strip searches of children under stop and search: quoted figures",
    "Children's Commissioner for England, as reported by others",
    "https://www.childrenscommissioner.gov.uk/",
    "quoted facts",
    "unknown",
    "events",
    "strip searches of children, or a share of them, or a ratio as claimed",
    (STRIP_SEARCH,),
    "searches",
    "five",
    CHILDREN,
)

# Ratios as claimed by others: no counts by ethnicity stand beside them, and one comes from a weak source.
SECTION_60_SEARCHES = _figures(
    "section-60-searches",
    "Searches without suspicion under section 60: quoted totals and claimed ratios",
    "Home Office, as reported by others",
    "https://www.gov.uk/government/collections/police-powers-and-procedures-england-and-wales",
    "quoted facts",
    "unknown",
    "events",
    "searches under section 60 in one year, or a ratio as claimed",
    (SECTION_60,),
    "searches",
    "five",
)

JOINT_ENTERPRISE_PROSECUTIONS = _figures(
    "joint-enterprise-prosecutions",
    "Homicide prosecutions under joint enterprise in six areas, 2023: a trial of recording",
    "Crown Prosecution Service, by the Solicitor General's answer 44006 and as reported by others",
    "https://parallelparliament.co.uk/question/44006/homicide-aiding-and-abetting",
    PARLIAMENT,
    "unknown",
    "people",
    "defendants, cases, or a share of defendants, in six of the areas of England and Wales",
    (JOINT_ENTERPRISE,),
    "defendants",
    "two",
)

POLICE_OFFICERS = _figures(
    "police-officers",
    "Police officers: quoted numbers",
    "Home Office, in part as reported by others",
    "https://www.gov.uk/government/statistics/police-workforce-england-and-wales-31-march-2025",
    "OGL v3.0; quoted facts",
    "self-defined",
    "people",
    "police officers on one day; in 2019 it is not said whether heads or full-time equivalents",
    (POLICE,),
    "officers",
    "two",
)

INDETERMINATE_SENTENCES = _figures(
    "indeterminate-sentence-prisoners",
    "Prisoners serving indeterminate sentences for public protection: a quoted share",
    "Ministry of Justice, oral answer 900819 to the House of Commons",
    "https://hansard.parliament.uk/Commons/2020-02-25/debates/02470908-78FA-4D42-A5DE-D3869D5E9849/PublicProtectionSentencesBAMEBackgrounds",
    PARLIAMENT,
    "self-defined",
    "people",
    "the share of prisoners who serve such a sentence, of one of two groups",
    (INDETERMINATE,),
    "prisoners",
    "two",
)

FIRST_TIME_ENTRANTS = _figures(
    "youth-first-time-entrants",
    "Children who enter the justice system for the first time: quoted figures",
    "Youth Justice Board and Ministry of Justice, read from copies",
    "https://www.gov.uk/government/collections/youth-justice-statistics",
    "OGL v3.0; quoted facts",
    "officer-observed",
    "people",
    "children with a first caution or conviction in one year, by ethnicity as officers recorded it",
    (FIRST_TIME,),
    "children",
    "officer-four",
    CHILDREN,
)

# The file does not say whose record of ethnicity this is.
ARRESTS_OF_CHILDREN = _figures(
    "arrests-of-children-share",
    "Arrests of children, 2019/20: a quoted share",
    "Youth Justice Board and Ministry of Justice, read from a copy",
    "https://www.gov.uk/government/collections/youth-justice-statistics",
    "OGL v3.0",
    "unknown",
    "events",
    "the share of arrests of children that was of Black children; some police forces are left out",
    (CHILD_ARRESTS,),
    "arrests",
    "five",
    CHILDREN,
)

YOUTH_CUSTODY_FIGURES = _figures(
    "youth-custody-quoted",
    "Children in custody: quoted shares and averages",
    "Ministry of Justice, and Race Disparity Unit from Youth Justice Board figures",
    "https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/courts-sentencing-and-tribunals/young-people-in-custody/latest",
    "OGL v3.0; Open Parliament Licence v3.0",
    "self-defined",
    "people",
    "children in custody, on average over twelve months from May, or the share of them that was White",
    (YOUTH_CUSTODY,),
    "children",
    "two",
    CHILDREN,
)

CHILDREN_SELF_HARM = _figures(
    "child-self-harm-in-custody",
    "Self-harm by children in custody, 2015/16: rates without counts",
    "Race Disparity Unit, from Youth Justice Board figures",
    "https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/prison-and-custody-incidents/self-harm-by-young-people-in-custody/1.0/",
    "OGL v3.0",
    "self-defined",
    "events",
    "incidents of self-harm in a month for each 100 children in custody, of one of two groups",
    (CHILD_SELF_HARM,),
    "incidents",
    "two",
    CHILDREN,
)

PRISON_OFFICERS_SHARES = _figures(
    "prison-officers-shares",
    "Prison officers by ethnicity, 2015 and 2018: shares of those known",
    "Race Disparity Unit, from Ministry of Justice figures",
    "https://www.ethnicity-facts-figures.service.gov.uk/workforce-and-business/workforce-diversity/prison-officer-workforce/3.1",
    "OGL v3.0",
    "self-defined",
    "people",
    "the share of prison officers of one group, of those whose ethnicity is known; a third did not say in 2018",
    (PRISON_STAFF,),
    "officers",
    "five",
)

TRAVELLERS_SURVEYED = _figures(
    "prison-survey-travellers",
    "Gypsy, Romany and Traveller people among adult prisoners surveyed",
    "HM Inspectorate of Prisons, as reported by others",
    "https://hmiprisons.justiceinspectorates.gov.uk/",
    "quoted facts",
    "self-defined",
    "people",
    "the share of adult prisoners surveyed in a year who say that they are Gypsy, Romany or Traveller",
    (SURVEY, SURVEY_OF_MEN, SURVEY_OF_WOMEN),
    "prisoners",
    "prison-survey-traveller",
    "18-or-over",
)
