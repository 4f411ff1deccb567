"""Force in prison: PAVA spray and all use of force, from answers to Parliament, and shares that others quote."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    ENGLAND_AND_WALES,
    EVERYBODY,
    FAITH,
    FIVE,
    BadCell,
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
from evenhand.library.places import find
from evenhand.library.vocabulary import UNKNOWN

DRAWN = ("drawn and deployed", "drawn only")

WHOLE = "1 April 2019 to 22 November 2022"
PARTS = {
    "Apr-Dec 2019": "April to December 2019",
    "2020": "2020",
    "2021": "2021",
    "1 Jan-22 Nov 2022": "1 January to 22 November 2022",
}
MONTHS = {
    **{f"2019-{month:02d}": date(2019, month, 1).strftime("%B %Y") for month in range(4, 13)},
    **{f"2020-{month:02d}": date(2020, month, 1).strftime("%B %Y") for month in range(1, 4)},
}
PERIODS = {"1 Apr 2019 to 22 Nov 2022": WHOLE, "Apr 2019 to Mar 2020": "2019/20", **PARTS, **MONTHS}

BASES = {"ethnicity (self-declared on reception)": "five", "religion (self-declared)": FAITH, "all": ANY}
STAGES = {"prison PAVA spray": "pava", "prison use of force (all)": "force"}
# Measure, then the table that it stands in and its detail. The answer of 2020 writes "drawn" where that of 2022 writes
# "drawn only": there too the two add up to the total.
MEASURES = {
    "pava": {
        "individuals_impacted": ("people", ""),
        "drawn_and_deployed": ("people", DRAWN[0]),
        "drawn_only": ("people", DRAWN[1]),
        "incidents_total": ("incidents", ""),
        "incidents_drawn_and_deployed": ("incidents", DRAWN[0]),
        "incidents_drawn_only": ("incidents", DRAWN[1]),
        "total_prisoners": ("people 2019/20", ""),
        "deployed_prisoners": ("people 2019/20", DRAWN[0]),
        "drawn_prisoners": ("people 2019/20", DRAWN[1]),
    },
    "force": {"incidents": ("all force", "")},
}


def _measure(row: Row) -> tuple[str, str]:
    return row.one_of("measure", MEASURES[row.one_of("stage", STAGES)])


def _answers(table: str, scheme: str, series: str) -> Reading:
    def in_table(row: Row) -> bool:
        basis = row.one_of("group_basis", BASES)
        row.one_of("period", PERIODS)
        if (_measure(row)[0], basis) != (table, scheme):
            return False
        if scheme == ANY and row.text("group") != ALL:
            raise BadCell("group", f"{row.text('group')!r} in a table that counts everyone")
        return True

    return Reading(
        figures=(Column("value", series),),
        period=word("period", PERIODS),
        place=place("geography", "nation"),
        group=EVERYBODY if scheme == ANY else group("group", scheme),
        detail=lambda row: _measure(row)[1],
        note=text("note"),
        only=in_table,
    )


_answered = partial(
    Loader,
    file="prison_pava_and_use_of_force.csv",
    licence=OPEN_PARLIAMENT,
    basis="self-defined",
    columns=("period", "geography", "stage", "group_basis", "group", "measure", "value", "basis", "note"),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
_answered_in_2022 = partial(
    _answered,
    publisher="Ministry of Justice, answer to the House of Lords HL3585",
    landing_page="https://questions-statements.parliament.uk/written-questions/detail/2022-11-21/HL3585/",
    published=date(2022, 12, 5),
)
_answered_in_2020 = partial(
    _answered,
    publisher="Ministry of Justice, answer to the House of Lords HL5664",
    landing_page="https://parallelparliament.co.uk/question/HL5664/prisons-restraint-techniques",
    published=date(2020, 6, 29),
)

DRAWN_IN_EITHER_WAY = Total("", DRAWN, along="detail")

PAVA_BY_ETHNICITY = _answered_in_2022(
    name="prison-pava-by-ethnicity",
    title="PAVA spray in prisons for adult men: people affected, by ethnicity",
    counts="people",
    one_row="people of one group affected when PAVA spray was drawn, in prisons for adult men; several in one incident",
    read=_answers("people", "five", "people-affected"),
    totals=(Total(ALL, (*FIVE, UNKNOWN)), DRAWN_IN_EITHER_WAY),
)

PAVA_BY_FAITH = _answered_in_2022(
    name="prison-pava-by-faith",
    title="PAVA spray in prisons for adult men: people affected, by faith",
    counts="people",
    one_row=(
        "people of one faith affected when PAVA spray was drawn, in prisons for adult men; counts under 5 are withheld"
    ),
    read=_answers("people", FAITH, "people-affected"),
    # Four faiths are withheld, so the sum over faiths cannot be checked.
    totals=(DRAWN_IN_EITHER_WAY,),
)

PAVA_INCIDENTS = _answered_in_2022(
    name="prison-pava-incidents",
    title="PAVA spray in prisons for adult men: incidents",
    counts="events",
    one_row="incidents in which PAVA spray was drawn, in prisons for adult men; not by group",
    read=_answers("incidents", ANY, "incidents"),
    totals=(DRAWN_IN_EITHER_WAY, Total(WHOLE, tuple(PARTS.values()), along="period")),
)

# Covers a year that the later answer covers too: never add the two together.
PAVA_2019_20 = _answered_in_2020(
    name="prison-pava-by-ethnicity-2019-20",
    title="PAVA spray in prisons, 2019/20: people affected, by ethnicity",
    counts="people",
    one_row="people of one group affected when PAVA spray was drawn; until July 2019 in four trial prisons only",
    read=_answers("people 2019/20", "five", "people-affected"),
    totals=(Total(ALL, ("Asian", "Black", "Mixed", "White", UNKNOWN)), DRAWN_IN_EITHER_WAY),
)

PRISON_FORCE_INCIDENTS = _answered_in_2020(
    name="prison-force-incidents",
    title="Use of force in prisons by month, 2019/20",
    counts="events",
    one_row="incidents of any use of force in prisons in one month; not by group",
    read=_answers("all force", ANY, "incidents"),
    totals=(),
)

# A share is of all incidents or prisoners; a percentage is of the people of the group.
_share = partial(Column, "value", "share", "percent")
SHARES = {
    "share_of_use_of_force_incidents_pct": _share("incidents of use of force"),
    "share_of_prison_population_pct": _share("prisoners"),
    "share_rigid_bar_handcuff_incidents_pct": _share("incidents with rigid bar handcuffs"),
    "share_pain_inducing_technique_incidents_pct": _share("incidents with pain-inducing techniques"),
    "share_handcuff_and_pain_inducing_pct": _share("incidents with handcuffs and pain-inducing techniques"),
    "share_baton_incidents_pct": _share("incidents with batons"),
    "restrained_segregated_or_deprived_pct": Column(
        "value", "percent", "percent", "restrained, segregated or deprived of privileges"
    ),
}
SHARE_PERIODS = {"not stated (report covered by page)": "year not stated", "2023": "2023", "2017": "2017"}
SHARE_BASES = {"ethnicity": "five", "religion": FAITH}
SURVEYED = "surveyed prisons (E&W)"
SCRUBS = {"HMP Wormwood Scrubs": "wormwood scrubs"}
THREE_PRISONS = dict.fromkeys(("HMP Belmarsh", "HMP Whitemoor", "HMP Isis"), "three prisons")
TABLE_OF: Mapping[str, str] = {**SCRUBS, **THREE_PRISONS, SURVEYED: "survey"}


def _prison(row: Row) -> str:
    prison = row.text("geography")
    return ENGLAND_AND_WALES if prison == SURVEYED else find(prison, kinds=("prison",)).code


def _quoted(table: str) -> Reading:
    return Reading(
        figures=word("measure", SHARES),
        period=word("period", SHARE_PERIODS),
        place=_prison,
        group=group("group", word("group_basis", SHARE_BASES)),
        note=text("note"),
        only=only("geography", TABLE_OF, table),
    )


_shares = partial(
    Loader,
    file="prison_force_shares.csv",
    basis="self-defined",
    columns=("period", "geography", "group_basis", "group", "measure", "value", "basis", "note"),
    # Each prison is quoted for other kinds of force.
    apart=("detail",),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)

# Second-hand, and of one prison: the page does not say which year the report is about.
FORCE_WORMWOOD_SCRUBS = _shares(
    name="prison-force-wormwood-scrubs",
    title="Use of force at HMP Wormwood Scrubs: shares by ethnicity",
    publisher="Independent Monitoring Board, as reported by The Justice Gap",
    landing_page="https://www.thejusticegap.com/black-prisoners-suffer-disproportionate-use-of-force-report-finds/",
    licence="quoted facts; IMB report OGL v3.0",
    counts="events",
    one_row="the share of incidents of use of force, or of prisoners, that was of one group; rounded",
    read=_quoted("wormwood scrubs"),
)

FORCE_MUSLIM_PRISONERS = _shares(
    name="prison-force-muslim-prisoners",
    title="Use of force on Muslim prisoners in three prisons, 2023",
    publisher="Maslaha, from an answer under freedom of information, as reported by others",
    landing_page="https://www.easterneye.biz/muslim-prisoners-england-use-of-force",
    licence="quoted facts",
    counts="events",
    one_row="the share of incidents with one kind of force, or of prisoners, that was of Muslim people; rounded",
    read=_quoted("three prisons"),
)

PRISON_TREATMENT_SURVEY = _shares(
    name="prison-treatment-survey",
    title="Restrained, segregated or deprived of privileges: a survey of nearly 400 prisoners, 2017",
    publisher="Runnymede Trust and University of Greenwich, as reported by HuffPost UK",
    landing_page="https://www.huffingtonpost.co.uk/entry/muslim-black-prisoners-race_uk_59e750c9e4b00905bdadd1ba",
    licence="quoted facts",
    counts="people",
    one_row=(
        "how many percent of the prisoners surveyed, of one group, said so of the last six months; not of all prisons"
    ),
    read=_quoted("survey"),
)
