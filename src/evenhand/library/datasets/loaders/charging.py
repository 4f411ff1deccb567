"""Crown Prosecution Service: the share of charging decisions that were to charge, by ethnicity."""

from datetime import date

from evenhand.library.datasets.loader import Column, Loader, Reading, group, place, text, word

PERIODS = {"Jan 2018 to Dec 2021": "January 2018 to December 2021"}
# The source does not name its list of groups. The four detailed ones here are the same in every list since 2001.
LEVELS = {"broad": "five", "detailed": "gss-18"}
CHARGED = "Share of charging decisions that were to charge"

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
    read=Reading(
        figures=(Column("charge_rate_pct", "percent", "percent", CHARGED),),
        period=word("period", PERIODS),
        place=place("geography", "nation"),
        group=group("group", word("level", LEVELS), wholes={}),
        note=text("note"),
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 11, 1),
    published=date(2023, 2, 7),
)
