"""Deaths in prison and after police contact, by ethnicity, as three bodies published or quoted them."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import ALL, Basis, Loader, Observation, Row, Total
from evenhand.library.places import find

STAGES = {
    "deaths in prison": "inquest-racialised",
    "self-inflicted deaths in prison": "five",
    "police contact deaths with force": "five",
}
PERIODS = {"2015 to 2021": "2015 to 2021", "2012": "2012", "2016": "2016", "2017": "2017", "2017/18": "2017/18"}
MEASURES = {"count": "deaths", "rate_per_1000_prisoners": "rate-per-1000"}


def _deaths(stage: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        scheme = row.one_of("stage", STAGES)
        if row.text("stage") != stage:
            return
        series = row.one_of("measure", MEASURES)
        value, state = row.count("value") if series == "deaths" else row.rate("value")
        note, period = row.text("note"), row.one_of("period", PERIODS)
        if state == "present" and f"{period} provisional" in note:
            state = "provisional"
        yield Observation(
            series,
            period,
            find(row.text("geography"), kinds=("nation",)).code,
            *row.group("group", scheme),
            value,
            state,
            row.number,
            "value",
            row.source,
            sex=row.sex("sex"),
            note=note,
        )

    return read


def _published(
    stage: str,
    name: str,
    title: str,
    publisher: str,
    page: str,
    licence: str,
    basis: Basis,
    one_row: str,
    totals: tuple[Total, ...] = (),
) -> Loader:
    return Loader(
        name=name,
        file="deaths_in_custody.csv",
        title=title,
        publisher=publisher,
        landing_page=page,
        licence=licence,
        basis=basis,
        counts="people",
        one_row=one_row,
        columns=("period", "geography", "stage", "sex", "group", "measure", "value", "basis", "note"),
        read=_deaths(stage),
        totals=totals,
        checked="not yet checked by a person",
        look_again=date(2027, 2, 1),
    )


SEXES = ("male", "female")

DEATHS_IN_PRISON = _published(
    "deaths in prison",
    "deaths-in-prison",
    "Deaths in prison, 2015 to 2021, all and of racialised people",
    "INQUEST, as summarised by Saunders Law",
    "https://www.saunders.co.uk/news/new-report-by-inquest-highlighting-the-issue-of-deaths-of-racialised-people-in-prison/",
    "quoted facts",
    "unknown",
    "people who died in prison in seven years, of whatever cause; “racialised” is the report's term",
    (Total(ALL, SEXES, along="sex"),),
)

SELF_INFLICTED_DEATHS = _published(
    "self-inflicted deaths in prison",
    "self-inflicted-deaths-in-prison",
    "Self-inflicted deaths in prison of White people",
    "Race Disparity Unit, from Ministry of Justice figures",
    "https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/prison-and-custody-incidents/self-inflicted-deaths-in-prison-custody/3.0",
    "OGL v3.0",
    "self-defined",
    "White people who took their own lives in prison in one year; numbers of other groups were too small to publish",
)

POLICE_CONTACT_DEATHS = _published(
    "police contact deaths with force",
    "deaths-after-police-force",
    "Deaths during or after police contact with restraint or other force, 2017/18",
    "Independent Office for Police Conduct, as reported by INQUEST",
    "https://www.inquest.org.uk/iopc-stats-2018",
    "quoted facts",
    "unknown",
    "people who died in or after custody or other contact, and were restrained or had force used on them",
    (Total(ALL, ("White", "Black")),),
)
