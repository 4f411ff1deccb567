"""Force in prison: PAVA spray and all use of force, from answers to Parliament, and shares that others quote."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from evenhand.library.datasets.loader import ALL, ANY, FAITH, BadCell, Counts, Loader, Observation, Row, Total
from evenhand.library.places import find
from evenhand.library.vocabulary import UNKNOWN

ENGLAND_AND_WALES = "K04000001"
PARLIAMENT = "Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)"
FIVE = ("Asian", "Black", "Mixed", "White", "Other")
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
    "individuals_impacted": ("people", ""),
    "drawn_and_deployed": ("people", DRAWN[0]),
    "drawn_only": ("people", DRAWN[1]),
    "incidents_total": ("incidents", ""),
    "incidents_drawn_and_deployed": ("incidents", DRAWN[0]),
    "incidents_drawn_only": ("incidents", DRAWN[1]),
    "total_prisoners": ("people 2019/20", ""),
    "deployed_prisoners": ("people 2019/20", DRAWN[0]),
    "drawn_prisoners": ("people 2019/20", DRAWN[1]),
    "incidents": ("all force", ""),
}
# Which measures a table of force in general has, and which one of PAVA spray has.
MEASURES_OF = {
    "pava": {measure: what for measure, what in MEASURES.items() if what[0] != "all force"},
    "force": {measure: what for measure, what in MEASURES.items() if what[0] == "all force"},
}


def _answers(table: str, scheme: str, series: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        basis = row.one_of("group_basis", BASES)
        found, detail = row.one_of("measure", MEASURES_OF[row.one_of("stage", STAGES)])
        period = row.one_of("period", PERIODS)
        if (found, basis) != (table, scheme):
            return
        if scheme == ANY and row.text("group") != ALL:
            raise BadCell("group", f"{row.text('group')!r} in a table that counts everyone")
        value, state = row.count("value")
        yield Observation(
            series,
            period,
            find(row.text("geography"), kinds=("nation",)).code,
            *((ANY, ALL) if scheme == ANY else row.group("group", scheme)),
            value,
            state,
            row.number,
            "value",
            row.source,
            detail=detail,
            note=row.text("note"),
        )

    return read


def _answered(
    name: str,
    title: str,
    answer: str,
    counts: Counts,
    one_row: str,
    read: Callable[[Row], Iterable[Observation]],
    totals: tuple[Total, ...],
) -> Loader:
    pages = {
        "HL3585": ("https://questions-statements.parliament.uk/written-questions/detail/2022-11-21/HL3585/", 2022),
        "HL5664": ("https://parallelparliament.co.uk/question/HL5664/prisons-restraint-techniques", 2020),
    }
    page, year = pages[answer]
    return Loader(
        name=name,
        file="prison_pava_and_use_of_force.csv",
        title=title,
        publisher=f"Ministry of Justice, answer to the House of Lords {answer}",
        landing_page=page,
        licence=PARLIAMENT,
        basis="self-defined",
        counts=counts,
        one_row=one_row,
        columns=(
            "period",
            "geography",
            "stage",
            "group_basis",
            "group",
            "measure",
            "value",
            "basis",
            "note",
        ),
        read=read,
        totals=totals,
        checked="not yet checked by a person",
        look_again=date(2027, 2, 1),
        published=date(2022, 12, 5) if year == 2022 else date(2020, 6, 29),  # noqa: PLR2004  (the day of the answer)
    )


DRAWN_IN_EITHER_WAY = Total("", DRAWN, along="detail")

PAVA_BY_ETHNICITY = _answered(
    "prison-pava-by-ethnicity",
    "PAVA spray in prisons for adult men: people affected, by ethnicity",
    "HL3585",
    "people",
    "people of one group affected when PAVA spray was drawn, in prisons for adult men; several in one incident",
    _answers("people", "five", "people-affected"),
    (Total(ALL, (*FIVE, UNKNOWN)), DRAWN_IN_EITHER_WAY),
)

PAVA_BY_FAITH = _answered(
    "prison-pava-by-faith",
    "PAVA spray in prisons for adult men: people affected, by faith",
    "HL3585",
    "people",
    "people of one faith affected when PAVA spray was drawn, in prisons for adult men; counts under 5 are withheld",
    _answers("people", FAITH, "people-affected"),
    # Four faiths are withheld, so the sum over faiths cannot be checked.
    (DRAWN_IN_EITHER_WAY,),
)

PAVA_INCIDENTS = _answered(
    "prison-pava-incidents",
    "PAVA spray in prisons for adult men: incidents",
    "HL3585",
    "events",
    "incidents in which PAVA spray was drawn, in prisons for adult men; not by group",
    _answers("incidents", ANY, "incidents"),
    (DRAWN_IN_EITHER_WAY, Total(WHOLE, tuple(PARTS.values()), along="period")),
)

# Covers a year that the later answer covers too: never add the two together.
PAVA_2019_20 = _answered(
    "prison-pava-by-ethnicity-2019-20",
    "PAVA spray in prisons, 2019/20: people affected, by ethnicity",
    "HL5664",
    "people",
    "people of one group affected when PAVA spray was drawn; until July 2019 in four trial prisons only",
    _answers("people 2019/20", "five", "people-affected"),
    (Total(ALL, ("Asian", "Black", "Mixed", "White", UNKNOWN)), DRAWN_IN_EITHER_WAY),
)

PRISON_FORCE_INCIDENTS = _answered(
    "prison-force-incidents",
    "Use of force in prisons by month, 2019/20",
    "HL5664",
    "events",
    "incidents of any use of force in prisons in one month; not by group",
    _answers("all force", ANY, "incidents"),
    (),
)

# Measure, then series and detail. A share is of all incidents or prisoners; a percentage is of the people of the group.
SHARES = {
    "share_of_use_of_force_incidents_pct": ("share", "incidents of use of force"),
    "share_of_prison_population_pct": ("share", "prisoners"),
    "share_rigid_bar_handcuff_incidents_pct": ("share", "incidents with rigid bar handcuffs"),
    "share_pain_inducing_technique_incidents_pct": ("share", "incidents with pain-inducing techniques"),
    "share_handcuff_and_pain_inducing_pct": ("share", "incidents with handcuffs and pain-inducing techniques"),
    "share_baton_incidents_pct": ("share", "incidents with batons"),
    "restrained_segregated_or_deprived_pct": ("percent", "restrained, segregated or deprived of privileges"),
}
SHARE_PERIODS = {"not stated (report covered by page)": "year not stated", "2023": "2023", "2017": "2017"}
SHARE_BASES = {"ethnicity": "five", "religion": FAITH}
SURVEYED = "surveyed prisons (E&W)"
SCRUBS = {"HMP Wormwood Scrubs": "wormwood scrubs"}
THREE_PRISONS = dict.fromkeys(("HMP Belmarsh", "HMP Whitemoor", "HMP Isis"), "three prisons")
TABLE_OF: Mapping[str, str] = {**SCRUBS, **THREE_PRISONS, SURVEYED: "survey"}


def _quoted(table: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        if row.one_of("geography", TABLE_OF) != table:
            return
        prison = row.text("geography")
        place = ENGLAND_AND_WALES if prison == SURVEYED else find(prison, kinds=("prison",)).code
        series, detail = row.one_of("measure", SHARES)
        value, state = row.percent("value")
        yield Observation(
            series,
            row.one_of("period", SHARE_PERIODS),
            place,
            *row.group("group", row.one_of("group_basis", SHARE_BASES)),
            value,
            state,
            row.number,
            "value",
            row.source,
            detail=detail,
            note=row.text("note"),
        )

    return read


def _shares(
    name: str, title: str, publisher: str, page: str, licence: str, counts: Counts, one_row: str, table: str
) -> Loader:
    return Loader(
        name=name,
        file="prison_force_shares.csv",
        title=title,
        publisher=publisher,
        landing_page=page,
        licence=licence,
        basis="self-defined",
        counts=counts,
        one_row=one_row,
        columns=("period", "geography", "group_basis", "group", "measure", "value", "basis", "note"),
        read=_quoted(table),
        # Each prison is quoted for other kinds of force.
        apart=("detail",),
        checked="not yet checked by a person",
        look_again=date(2027, 2, 1),
    )


# Second-hand, and of one prison: the page does not say which year the report is about.
FORCE_WORMWOOD_SCRUBS = _shares(
    "prison-force-wormwood-scrubs",
    "Use of force at HMP Wormwood Scrubs: shares by ethnicity",
    "Independent Monitoring Board, as reported by The Justice Gap",
    "https://www.thejusticegap.com/black-prisoners-suffer-disproportionate-use-of-force-report-finds/",
    "quoted facts; IMB report OGL v3.0",
    "events",
    "the share of incidents of use of force, or of prisoners, that was of one group; rounded",
    "wormwood scrubs",
)

FORCE_MUSLIM_PRISONERS = _shares(
    "prison-force-muslim-prisoners",
    "Use of force on Muslim prisoners in three prisons, 2023",
    "Maslaha, from an answer under freedom of information, as reported by others",
    "https://www.easterneye.biz/muslim-prisoners-england-use-of-force",
    "quoted facts",
    "events",
    "the share of incidents with one kind of force, or of prisoners, that was of Muslim people; rounded",
    "three prisons",
)

PRISON_TREATMENT_SURVEY = _shares(
    "prison-treatment-survey",
    "Restrained, segregated or deprived of privileges: a survey of nearly 400 prisoners, 2017",
    "Runnymede Trust and University of Greenwich, as reported by HuffPost UK",
    "https://www.huffingtonpost.co.uk/entry/muslim-black-prisoners-race_uk_59e750c9e4b00905bdadd1ba",
    "quoted facts",
    "people",
    "how many percent of the prisoners surveyed, of one group, said so of the last six months; not of all prisons",
    "survey",
)
