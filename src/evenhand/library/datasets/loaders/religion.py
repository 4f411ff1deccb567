"""The census of 2021 on religion, as shares that others reported: good for a rough ratio only."""

from collections.abc import Iterable
from datetime import date

from evenhand.library.datasets.loader import FAITH, BadCell, Loader, Observation, Row
from evenhand.library.places import find

DAY = "21 March 2021"
# Measure, then series and detail: one count is exact, one is rounded, and all else are shares.
MEASURES = {
    "share_pct": ("share", ""),
    "count": ("residents", ""),
    "count_rounded": ("residents", "rounded"),
}


def _faiths(row: Row) -> Iterable[Observation]:
    if row.text("period") != DAY:
        raise BadCell("period", f"{row.text('period')!r} is not the day of the census, {DAY}")
    series, detail = row.one_of("measure", MEASURES)
    value, state = row.percent("value") if series == "share" else row.count("value")
    yield Observation(
        series,
        "2021",
        find(row.text("geography"), kinds=("nation",)).code,
        *row.group("group", FAITH),
        value,
        state,
        row.number,
        "value",
        row.source,
        detail=detail,
        note=row.text("note"),
    )


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
    read=_faiths,
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
)
