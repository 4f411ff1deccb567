"""People in prison on one day, by ethnicity, sex and faith: Ministry of Justice tables, answers and copies of them."""

from collections.abc import Callable
from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    ENGLAND_AND_WALES,
    EVERYONE,
    FAITH,
    FIVE,
    KNOWN,
    UNRECORDED,
    UNSAFE,
    Column,
    Loader,
    Observation,
    Reading,
    Row,
    Total,
    group,
    place,
    sex,
    text,
)
from evenhand.library.datasets.loaders.licences import OPEN_PARLIAMENT
from evenhand.library.vocabulary import UNKNOWN, UnknownLabel, read_denomination

STATISTICS = "https://www.gov.uk/government/collections/offender-management-statistics-quarterly"

PRISON_POPULATION = Loader(
    name="prison-population",
    file="prison_population_by_ethnicity_and_sex.csv",
    title="Prison population by ethnicity and sex",
    publisher="Ministry of Justice",
    landing_page="https://www.gov.uk/government/statistics/ethnicity-and-the-criminal-justice-system-2024",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    one_row="people in prison on 30 June 2025, of one group and sex; on remand and sentenced together",
    columns=("date", "sex", "ethnicity_5", "prisoners"),
    read=Reading(
        figures=(Column("prisoners", "prisoners"),),
        period=text("date"),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity_5", "five", wholes={**EVERYONE, "Total known": KNOWN}),
        sex=sex("sex"),
    ),
    # The table prints everyone for each sex, and not for both together: there only those whose group is known.
    totals=(
        Total(KNOWN, FIVE),
        Total(ALL, (KNOWN, UNKNOWN)),
        Total(ALL, ("male", "female"), along="sex"),
    ),
    checked="not yet checked by a person",
    look_again=date(2026, 12, 1),
    published=date(2025, 11, 27),
)

PRISON_POPULATION_CHANGE = Loader(
    name="prison-population-change",
    file="prison_population_change.csv",
    title="Change of the prison population since 2004, by ethnicity",
    publisher="Prison Reform Trust, from Ministry of Justice figures",
    landing_page="https://prisonreformtrust.org.uk/publication/bromley-briefings-prison-factfile/",
    licence="MoJ data OGL v3.0",
    basis="self-defined",
    counts="people",
    one_row="by how many percent more or fewer people of one group were in prison than in 2004",
    columns=("year", "ethnicity", "percent_change_since_2004"),
    read=Reading(
        figures=(Column("percent_change_since_2004", "percent", "number", "change since 2004"),),
        period=text("year"),
        place=ENGLAND_AND_WALES,
        group=group("ethnicity", "five", wholes={}),
        note="The source does not say where Chinese people were counted in each of these years.",
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)

# The groups change between the years, and so do those of faith: each year is a dataset of its own, and never a trend.
TABLES = {
    ("June 1999", "religion"): "faith 1999",
    ("June 2008", "religion"): "faith 2008",
    ("31 March 2019", "religion"): "muslim",
    ("September 2023", "religion"): "muslim",
    ("June 1999", "ethnicity (1991 categories)"): "prison-1991-four",
    ("June 2008", "ethnicity (2001 categories)"): "ons-2001-five",
    ("31 March 2024", "ethnicity (5+1)"): "five",
}
PERIODS = {period: {basis: basis for one, basis in TABLES if one == period} for period, _ in TABLES}
# What an asterisk means in the table of 1999, in the words of the file: not that anything was withheld.
NO_SUCH_GROUP = "* not categorised that way in 1999"
# Two outlets give the same share and date it a year apart.
DOUBTFUL_DATE = "another outlet dates"
DENOMINATION = "denomination"
# Three kinds of unknown that the table of 2008 prints apart.
UNKNOWNS_OF_2008 = {"Not Stated": "Not stated", "Unrecorded": "Unrecorded", "1991 Census ethnic codes": "Older codes"}


def _faith(row: Row) -> tuple[str, str]:
    try:
        return row.group("group", FAITH)
    except UnknownLabel as unknown:
        try:
            return DENOMINATION, read_denomination(row.text("group"))
        except UnknownLabel:
            raise unknown from None


def _group_of_2008(row: Row) -> tuple[str, str]:
    if row.text("group") in UNKNOWNS_OF_2008:
        return UNRECORDED, UNKNOWNS_OF_2008[row.text("group")]
    return row.group("group", "ons-2001-five")


def _doubtful(row: Row) -> str:
    note = row.text("note")
    return f"{UNSAFE}{note}" if DOUBTFUL_DATE in note else note


def _never_asked(row: Row, figure: Observation) -> Observation:
    never = figure.state == "suppressed" and NO_SUCH_GROUP in row.text("note")
    return figure._replace(state="not-applicable") if never else figure


def _table(table: str, who: Callable[[Row], tuple[str, str]]) -> Reading:
    def in_table(row: Row) -> bool:
        basis = row.one_of("group_basis", row.one_of("period", PERIODS))
        return TABLES[row.text("period"), basis] == table

    return Reading(
        figures=(Column("count", "prisoners"),),
        period=text("period"),
        place=place("geography", "nation", "prison"),
        group=who,
        note=_doubtful,
        only=in_table,
        amend=_never_asked,
    )


_earlier = partial(
    Loader,
    file="prison_population_by_faith_and_ethnicity.csv",
    basis="self-defined",
    counts="people",
    columns=("period", "geography", "group_basis", "group", "count", "basis", "note"),
    apart=("period",),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
_answered = partial(
    _earlier,
    publisher="Ministry of Justice, answer to the House of Lords HL89",
    landing_page="https://hansard.parliament.uk/Lords/2009-12-07/debates/09120728000463/PrisonersEthnicityAndReligion",
    licence=OPEN_PARLIAMENT,
    published=date(2009, 12, 7),
)

FAITHS = ("Christian", "Buddhist", "Hindu", "Jewish", "Muslim", "Sikh", "Other religion", "No religion")
CHRISTIANS_OF_1999 = ("Anglican", "Free Church", "Roman Catholic")

PRISON_POPULATION_1999 = _answered(
    name="prison-population-1999",
    title="Prison population by ethnicity, June 1999",
    one_row="people in prison in June 1999, in one of the groups of the census of 1991",
    read=_table("prison-1991-four", group("group", "prison-1991-four")),
    totals=(Total(ALL, ("White", "Black", "South Asian", "Chinese or other", UNKNOWN)),),
)

PRISON_POPULATION_2008 = _answered(
    name="prison-population-2008",
    title="Prison population by ethnicity, June 2008",
    one_row="people in prison in June 2008, in one of the groups of the census of 2001",
    read=_table("ons-2001-five", _group_of_2008),
    totals=(Total(ALL, ("White", "Mixed", "Asian", "Black", "Chinese or other", *UNKNOWNS_OF_2008.values())),),
)

PRISON_POPULATION_2024 = _earlier(
    name="prison-population-2024",
    title="Prison population by ethnicity, 31 March 2024",
    publisher="Ministry of Justice, as copied elsewhere",
    landing_page=STATISTICS,
    licence="CC BY-SA (copy); figures OGL",
    one_row="people in prison on 31 March 2024, of one group; from a copy of the Ministry of Justice's table",
    read=_table("five", group("group", "five")),
    totals=(Total(ALL, (*FIVE, UNKNOWN)),),
)

PRISON_POPULATION_BY_FAITH_1999 = _answered(
    name="prison-population-by-faith-1999",
    title="Prison population by faith, June 1999",
    one_row="people in prison in June 1999, by the faith that they declared",
    read=_table("faith 1999", _faith),
    # Other Christians and religions not recognised were not told apart in 1999.
    totals=(Total("Christian", CHRISTIANS_OF_1999), Total(ALL, (*FAITHS, UNKNOWN))),
)

PRISON_POPULATION_BY_FAITH_2008 = _answered(
    name="prison-population-by-faith-2008",
    title="Prison population by faith, June 2008",
    one_row="people in prison in June 2008, by the faith that they declared",
    read=_table("faith 2008", _faith),
    totals=(
        Total("Christian", (*CHRISTIANS_OF_1999, "Other Christian")),
        # The source's own slip, kept as printed: its parts add to 83,195, and its total says 83,194.
        Total(ALL, (*FAITHS, "Religion not recognised", UNKNOWN), tolerance=1),
    ),
)

# Copies of copies. That of 2023 has no total beside it.
PRISON_POPULATION_MUSLIM = _earlier(
    name="prison-population-muslim",
    title="Muslim people in prison, 2019 and 2023, with one prison",
    publisher="Ministry of Justice, as quoted by news outlets",
    landing_page=STATISTICS,
    licence="quoted facts",
    one_row="Muslim people, or all people, in prison on one day, as others quote the Ministry of Justice",
    read=_table("muslim", _faith),
)
