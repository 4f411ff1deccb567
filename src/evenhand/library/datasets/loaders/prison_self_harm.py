"""Self-harm in prison: incidents for each thousand prisoners, by ethnicity, 2011 to 2015."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import UNSAFE, Loader, Observation, Row
from evenhand.library.places import find

# Where Chinese people may have been counted, by the note of a later version of the page.
DOUBTFUL = ("Asian", "Chinese or other")


def _self_harm(row: Row) -> Iterable[Observation]:
    value, state = row.rate("incidents_per_1000_prisoners")
    scheme, group = row.group("group", "ons-2001-five")
    note = row.text("note")
    yield Observation(
        "rate-per-1000",
        row.text("period"),
        find(row.text("geography"), kinds=("nation",)).code,
        scheme,
        group,
        value,
        state,
        row.number,
        "incidents_per_1000_prisoners",
        row.source,
        note=f"{UNSAFE}{note}" if group in DOUBTFUL else note,
    )


# White has the highest rate: a ratio to it is below 1, and says so.
PRISON_SELF_HARM = Loader(
    name="prison-self-harm",
    file="prison_self_harm_rates.csv",
    title="Self-harm in prison custody by ethnicity: rates without counts",
    publisher="Race Disparity Unit, from Ministry of Justice figures",
    landing_page="https://www.ethnicity-facts-figures.service.gov.uk/crime-justice-and-the-law/prison-and-custody-incidents/self-harm-in-prison-custody/1.0",
    licence="OGL v3.0",
    basis="self-defined",
    counts="events",
    one_row="incidents of self-harm in one year for each 1,000 prisoners of one group; one person may have several",
    columns=("period", "geography", "stage", "group", "incidents_per_1000_prisoners", "basis", "note"),
    read=_self_harm,
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
