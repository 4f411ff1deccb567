"""Self-harm in prison: incidents for each thousand prisoners, by ethnicity, 2011 to 2015."""

from datetime import date

from evenhand.library.datasets.loader import UNSAFE, Column, Loader, Observation, Reading, Row, group, place, text

# Where Chinese people may have been counted, by the note of a later version of the page.
DOUBTFUL = ("Asian", "Chinese or other")


def _doubtful(row: Row, figure: Observation) -> Observation:
    del row
    return figure._replace(note=f"{UNSAFE}{figure.note}") if figure.group in DOUBTFUL else figure


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
    read=Reading(
        figures=(Column("incidents_per_1000_prisoners", "rate-per-1000", "rate"),),
        period=text("period"),
        place=place("geography", "nation"),
        group=group("group", "ons-2001-five"),
        note=text("note"),
        amend=_doubtful,
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
