"""Crown Prosecution Service: the share of charging decisions that were to charge, by ethnicity."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import BadCell, Loader, Observation, Row
from evenhand.library.places import find
from evenhand.library.vocabulary.ethnicity import classification

PERIODS = {"Jan 2018 to Dec 2021": "January 2018 to December 2021"}
# The source does not name its list of groups. The four detailed ones here are the same in every list since 2001.
LEVELS = {"broad": "five", "detailed": "gss-18"}


def _rates(row: Row) -> Iterable[Observation]:
    level, period = row.text("level"), row.text("period")
    if level not in LEVELS:
        raise BadCell("level", f"{level!r} is not one of {', '.join(LEVELS)}")
    if period not in PERIODS:
        raise BadCell("period", f"{period!r} is not a period of this table; it has {', '.join(PERIODS)}")
    value, state = row.percent("charge_rate_pct")
    yield Observation(
        "percent",
        PERIODS[period],
        find(row.text("geography"), kinds=("nation",)).code,
        LEVELS[level],
        classification(LEVELS[level]).read(row.text("group")),
        value,
        state,
        row.number,
        "charge_rate_pct",
        row.source,
        detail="Share of charging decisions that were to charge",
        note=row.text("note"),
    )


CHARGE_RATES = Loader(
    name="charge-rates",
    file="charge_rates.csv",
    title="Charging: the share of the Crown Prosecution Service's decisions that were to charge, by ethnicity",
    publisher="Crown Prosecution Service, from research by the University of Leeds",
    landing_page="https://cps.gov.uk/publication/cps-charging-decisions-examining-demographic-disparities-outcomes-our-decision-making",
    licence="OGL v3.0",
    # What was read of the research does not say who recorded ethnicity.
    basis="unknown",
    counts="outcomes",
    one_row=(
        "the share of decisions that were to charge, for suspects of one group, in cases that the Crown Prosecution "
        "Service decides; read at second hand, with no counts"
    ),
    columns=("period", "geography", "stage", "group", "level", "charge_rate_pct", "basis", "note"),
    read=_rates,
    checked="not yet checked by a person",
    look_again=date(2027, 11, 1),
    published=date(2023, 2, 7),
)
