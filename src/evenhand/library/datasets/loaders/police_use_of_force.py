"""Home Office police use of force: times that a tactic was reported, by the ethnicity that the officer perceived."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import UNRECORDED, BadCell, Loader, Observation, Row, Total
from evenhand.library.places import find, place, within
from evenhand.library.vocabulary.ethnicity import UNKNOWN, classification

ENGLAND_AND_WALES = "K04000001"
# Chinese, and "Don't know", were choices in the first year only: the two years are never one series by group.
SCHEMES = {"2018/19": "officer-six", "2019/20": "officer-five"}
UNKNOWNS = ("Don't know", "Not reported")
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


def _tactics(row: Row) -> Iterable[Observation]:
    period, tactic, area = row.text("period"), row.text("tactic"), row.text("police_force")
    if period not in SCHEMES:
        raise BadCell("period", f"{period!r} is not a year of this table; it has {', '.join(SCHEMES)}")
    if tactic not in TACTICS:
        raise BadCell("tactic", f"{tactic!r} is not one of {', '.join(TACTICS)}")
    given = row.text("ethnicity_perceived")
    scheme = SCHEMES[period]
    group = classification(scheme).read(given)
    if group == UNKNOWN:
        # An officer who did not know and one who did not say stand in rows of their own.
        if given not in UNKNOWNS:
            raise BadCell("ethnicity_perceived", f"{given!r} is a way to write unknown that this file never had")
        scheme, group = UNRECORDED, given
    value, state = row.count("times_tactic_reported")
    yield Observation(
        "tactics",
        period,
        ENGLAND_AND_WALES if area == WHOLE_COUNTRY else find(area, kinds=("police-force",)).code,
        scheme,
        group,
        value,
        state,
        row.number,
        "times_tactic_reported",
        row.source,
        detail=TACTICS[tactic],
        note=row.text("note"),
    )


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
    read=_tactics,
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
