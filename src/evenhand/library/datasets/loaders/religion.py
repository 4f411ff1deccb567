"""The census of 2021 on religion, as shares that others reported: good for a rough ratio only."""

from datetime import date

from evenhand.library.datasets.loader import FAITH, Column, Loader, Reading, group, place, text, word

# One count is exact, one is rounded, and all else are shares.
MEASURES = {
    "share_pct": Column("value", "share", "percent"),
    "count": Column("value", "residents"),
    "count_rounded": Column("value", "residents", detail="rounded"),
}

CENSUS_2021_RELIGION = Loader(
    name="census-2021-religion",
    file="census_2021_religion.csv",
    title="Census 2021: religion of usual residents, England and Wales",
    publisher="Office for National Statistics, as reported by others",
    landing_page="https://www.ons.gov.uk/datasets/TS030",
    licence="OGL v3.0",
    basis="self-defined",
    counts="people",
    one_row="the share of all usual residents who gave one answer to a voluntary question, in percent to one decimal",
    columns=("period", "geography", "group", "measure", "value", "basis", "note"),
    read=Reading(
        figures=word("measure", MEASURES),
        period=word("period", {"21 March 2021": "2021"}),
        place=place("geography", "nation"),
        group=group("group", FAITH),
        note=text("note"),
    ),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
