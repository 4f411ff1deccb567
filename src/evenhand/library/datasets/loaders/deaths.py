"""Deaths in prison and after police contact, by ethnicity, as three bodies published or quoted them."""

from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    Column,
    Loader,
    Observation,
    Reading,
    Row,
    Total,
    group,
    only,
    place,
    sex,
    text,
    word,
)

IN_PRISON, SELF_INFLICTED = "deaths in prison", "self-inflicted deaths in prison"
POLICE_CONTACT = "police contact deaths with force"
STAGES = {stage: stage for stage in (IN_PRISON, SELF_INFLICTED, POLICE_CONTACT)}
PERIODS = {"2015 to 2021": "2015 to 2021", "2012": "2012", "2016": "2016", "2017": "2017", "2017/18": "2017/18"}
MEASURES = {"count": Column("value", "deaths"), "rate_per_1000_prisoners": Column("value", "rate-per-1000", "rate")}
SEXES = ("male", "female")


def _provisional(row: Row, figure: Observation) -> Observation:
    del row
    still_open = figure.state == "present" and f"{figure.period} provisional" in figure.note
    return figure._replace(state="provisional") if still_open else figure


def _deaths(stage: str, scheme: str) -> Reading:
    return Reading(
        figures=word("measure", MEASURES),
        period=word("period", PERIODS),
        place=place("geography", "nation"),
        group=group("group", scheme),
        sex=sex("sex"),
        note=text("note"),
        only=only("stage", STAGES, stage),
        amend=_provisional,
    )


_published = partial(
    Loader,
    file="deaths_in_custody.csv",
    counts="people",
    columns=("period", "geography", "stage", "sex", "group", "measure", "value", "basis", "note"),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)

DEATHS_IN_PRISON = _published(
    name="deaths-in-prison",
    title="Deaths in prison, 2015 to 2021, all and of racialised people",
    publisher="INQUEST, as summarised by Saunders Law",
    landing_page="https://www.saunders.co.uk/news/new-report-by-inquest-highlighting-the-issue-of-deaths-of-racialised-people-in-prison/",
    licence="quoted facts",
    basis="unknown",
    one_row="people who died in prison in seven years, of whatever cause; “racialised” is the report's term",
    read=_deaths(IN_PRISON, "inquest-racialised"),
    totals=(Total(ALL, SEXES, along="sex"),),
)

SELF_INFLICTED_DEATHS = _published(
    name="self-inflicted-deaths-in-prison",
    title="Self-inflicted deaths in prison of White people",
    publisher="Race Disparity Unit, from Ministry of Justice figures",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/prison-and-custody-incidents/self-inflicted-deaths-in-prison-custody/3.0",
    licence="OGL v3.0",
    basis="self-defined",
    one_row=(
        "White people who took their own lives in prison in one year; numbers of other groups were too small to publish"
    ),
    read=_deaths(SELF_INFLICTED, "five"),
)

POLICE_CONTACT_DEATHS = _published(
    name="deaths-after-police-force",
    title="Deaths during or after police contact with restraint or other force, 2017/18",
    publisher="Independent Office for Police Conduct, as reported by INQUEST",
    landing_page="https://www.inquest.org.uk/iopc-stats-2018",
    licence="quoted facts",
    basis="unknown",
    one_row="people who died in or after custody or other contact, and were restrained or had force used on them",
    read=_deaths(POLICE_CONTACT, "five"),
    totals=(Total(ALL, ("White", "Black")),),
)
