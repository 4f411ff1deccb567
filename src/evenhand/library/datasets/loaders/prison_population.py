"""People in prison on one day, by ethnicity, sex and faith: Ministry of Justice tables, answers and copies of them."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import ALL, ANY, FAITH, KNOWN, UNRECORDED, UNSAFE, Loader, Observation, Row, Total
from evenhand.library.places import find
from evenhand.library.vocabulary import UNKNOWN, UnknownLabel, read_denomination
from evenhand.library.vocabulary.ethnicity import classification

ENGLAND_AND_WALES = "K04000001"
FIVE = ("Asian", "Black", "Mixed", "White", "Other")
STATISTICS = "https://www.gov.uk/government/collections/offender-management-statistics-quarterly"


def _by_sex(row: Row) -> Iterable[Observation]:
    value, state = row.count("prisoners")
    known = row.text("ethnicity_5") == "Total known"
    scheme, group = (ANY, KNOWN) if known else row.group("ethnicity_5", "five")
    yield Observation(
        "prisoners",
        row.text("date"),
        ENGLAND_AND_WALES,
        scheme,
        group,
        value,
        state,
        row.number,
        "prisoners",
        row.source,
        sex=row.sex("sex"),
    )


def _change(row: Row) -> Iterable[Observation]:
    value, state = row.number_or_state("percent_change_since_2004")
    yield Observation(
        "percent",
        row.text("year"),
        ENGLAND_AND_WALES,
        "five",
        classification("five").read(row.text("ethnicity")),
        value,
        state,
        row.number,
        "percent_change_since_2004",
        row.source,
        detail="change since 2004",
        note="The source does not say where Chinese people were counted in each of these years.",
    )


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
    read=_by_sex,
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
    read=_change,
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
PERIODS = {period: {basis for one, basis in TABLES if one == period} for period, _ in TABLES}
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


def _ethnicity(scheme: str) -> Callable[[Row], tuple[str, str]]:
    def group(row: Row) -> tuple[str, str]:
        if scheme == "ons-2001-five" and row.text("group") in UNKNOWNS_OF_2008:
            return UNRECORDED, UNKNOWNS_OF_2008[row.text("group")]
        return row.group("group", scheme)

    return group


def _of(table: str, group: Callable[[Row], tuple[str, str]]) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        bases = row.one_of("period", PERIODS)
        basis = row.one_of("group_basis", {basis: basis for basis in bases})
        if TABLES[row.text("period"), basis] != table:
            return
        value, state = row.count("count")
        note = row.text("note")
        if state == "suppressed" and NO_SUCH_GROUP in note:
            state = "not-applicable"
        yield Observation(
            "prisoners",
            row.text("period"),
            find(row.text("geography"), kinds=("nation", "prison")).code,
            *group(row),
            value,
            state,
            row.number,
            "count",
            row.source,
            note=f"{UNSAFE}{note}" if DOUBTFUL_DATE in note else note,
        )

    return read


def _earlier(
    name: str,
    title: str,
    table: str,
    one_row: str,
    publisher: str,
    page: str,
    licence: str,
    totals: tuple[Total, ...] = (),
    published: date | None = None,
) -> Loader:
    faith = table not in {"prison-1991-four", "ons-2001-five", "five"}
    return Loader(
        name=name,
        file="prison_population_by_faith_and_ethnicity.csv",
        title=title,
        publisher=publisher,
        landing_page=page,
        licence=licence,
        basis="self-defined",
        counts="people",
        one_row=one_row,
        columns=("period", "geography", "group_basis", "group", "count", "basis", "note"),
        read=_of(table, _faith if faith else _ethnicity(table)),
        apart=("period",),
        totals=totals,
        checked="not yet checked by a person",
        look_again=date(2027, 2, 1),
        published=published,
    )


ANSWER = "https://hansard.parliament.uk/Lords/2009-12-07/debates/09120728000463/PrisonersEthnicityAndReligion"
PARLIAMENT = "Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)"
ANSWERED = date(2009, 12, 7)
MINISTRY = "Ministry of Justice, answer to the House of Lords HL89"
FAITHS = ("Christian", "Buddhist", "Hindu", "Jewish", "Muslim", "Sikh", "Other religion", "No religion")
CHRISTIANS_OF_1999 = ("Anglican", "Free Church", "Roman Catholic")

PRISON_POPULATION_1999 = _earlier(
    "prison-population-1999",
    "Prison population by ethnicity, June 1999",
    "prison-1991-four",
    "people in prison in June 1999, in one of the groups of the census of 1991",
    MINISTRY,
    ANSWER,
    PARLIAMENT,
    totals=(Total(ALL, ("White", "Black", "South Asian", "Chinese or other", UNKNOWN)),),
    published=ANSWERED,
)

PRISON_POPULATION_2008 = _earlier(
    "prison-population-2008",
    "Prison population by ethnicity, June 2008",
    "ons-2001-five",
    "people in prison in June 2008, in one of the groups of the census of 2001",
    MINISTRY,
    ANSWER,
    PARLIAMENT,
    totals=(Total(ALL, ("White", "Mixed", "Asian", "Black", "Chinese or other", *UNKNOWNS_OF_2008.values())),),
    published=ANSWERED,
)

PRISON_POPULATION_2024 = _earlier(
    "prison-population-2024",
    "Prison population by ethnicity, 31 March 2024",
    "five",
    "people in prison on 31 March 2024, of one group; from a copy of the Ministry of Justice's table",
    "Ministry of Justice, as copied elsewhere",
    STATISTICS,
    "CC BY-SA (copy); figures OGL",
    totals=(Total(ALL, (*FIVE, UNKNOWN)),),
)

PRISON_POPULATION_BY_FAITH_1999 = _earlier(
    "prison-population-by-faith-1999",
    "Prison population by faith, June 1999",
    "faith 1999",
    "people in prison in June 1999, by the faith that they declared",
    MINISTRY,
    ANSWER,
    PARLIAMENT,
    # Other Christians and religions not recognised were not told apart in 1999.
    totals=(Total("Christian", CHRISTIANS_OF_1999), Total(ALL, (*FAITHS, UNKNOWN))),
    published=ANSWERED,
)

PRISON_POPULATION_BY_FAITH_2008 = _earlier(
    "prison-population-by-faith-2008",
    "Prison population by faith, June 2008",
    "faith 2008",
    "people in prison in June 2008, by the faith that they declared",
    MINISTRY,
    ANSWER,
    PARLIAMENT,
    totals=(
        Total("Christian", (*CHRISTIANS_OF_1999, "Other Christian")),
        # The source's own slip, kept as printed: its parts add to 83,195, and its total says 83,194.
        Total(ALL, (*FAITHS, "Religion not recognised", UNKNOWN), tolerance=1),
    ),
    published=ANSWERED,
)

# Copies of copies. That of 2023 has no total beside it.
PRISON_POPULATION_MUSLIM = _earlier(
    "prison-population-muslim",
    "Muslim people in prison, 2019 and 2023, with one prison",
    "muslim",
    "Muslim people, or all people, in prison on one day, as others quote the Ministry of Justice",
    "Ministry of Justice, as quoted by news outlets",
    STATISTICS,
    "quoted facts",
)
