"""Home Office police use of force: times that a tactic was reported, by the ethnicity that the officer perceived."""

from datetime import date

from evenhand.library.datasets.loader import (
    ENGLAND_AND_WALES,
    Column,
    Loader,
    Reading,
    Row,
    Total,
    group,
    text,
    word,
)
from evenhand.library.places import find, place, within

# Chinese, and "Don't know", were choices in the first year only: the two years are never one series by group.
SCHEMES = {"2018/19": "officer-six", "2019/20": "officer-five"}
# An officer who did not know and one who did not say stand in rows of their own.
UNKNOWNS = {"Don't know": "Don't know", "Not reported": "Not reported"}
WHOLE_COUNTRY = "Total England and Wales"

# "CED of which" heads the three rows under it in the second year, as "CED" alone does in the first.
TACTICS = {
    "*Total Tactics": "",
    "*Total Restraint": "Restraint",
    "CED": "CED",
    "CED of which": "CED",
    "CED discharge": "CED, discharged",
    "CED non-discharge": "CED, not discharged",
    "CED not stated": "CED, discharge not stated",
}


def _area(row: Row) -> str:
    area = row.text("police_force")
    return ENGLAND_AND_WALES if area == WHOLE_COUNTRY else find(area, kinds=("police-force",)).code


def _forces() -> tuple[str, ...]:
    return tuple(force.code for force in within(place(ENGLAND_AND_WALES), "police-force"))


USE_OF_FORCE = Loader(
    name="police-use-of-force",
    file="police_use_of_force_tactics.csv",
    title="Police use of force: tactics reported, by perceived ethnicity and police force area",
    publisher="Home Office",
    landing_page="https://www.gov.uk/government/collections/police-use-of-force-statistics",
    licence="OGL v3.0",
    # Ethnicity is what the officer took it to be.
    basis="officer-observed",
    counts="events",
    one_row=(
        "times that officers of one force reported a tactic in one year, on people whom they took to be of one group; "
        "one incident may have several tactics, and a person several incidents"
    ),
    columns=(
        "period",
        "police_force",
        "type_of_force",
        "tactic",
        "ethnicity_perceived",
        "times_tactic_reported",
        "note",
    ),
    read=Reading(
        figures=(Column("times_tactic_reported", "tactics"),),
        period=text("period"),
        place=_area,
        group=group("ethnicity_perceived", word("period", SCHEMES), wholes={}, unrecorded=UNKNOWNS),
        detail=word("tactic", TACTICS),
        note=text("note"),
    ),
    # Single tactics are published for the whole country alone, and the parts of CED in the second year alone.
    totals=(
        Total(ENGLAND_AND_WALES, _forces(), along="place", alone=True),
        Total(
            "CED",
            ("CED, discharged", "CED, not discharged", "CED, discharge not stated"),
            along="detail",
            alone=True,
        ),
    ),
    covers=("police-force",),
    apart=("period", "detail"),
    checked="not yet checked by a person",
    look_again=date(2026, 12, 15),
)
