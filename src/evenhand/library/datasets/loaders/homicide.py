"""Victims of homicide, and suspects convicted, by the ethnic appearance that the police recorded."""

from datetime import date
from functools import partial

from evenhand.library.datasets.loader import Column, Loader, Reading, Row, group, only, place, word

PERIODS = {
    "year ending March 2002": "2001/02",
    "year ending March 2019": "2018/19",
    "year ending March 2020": "2019/20",
    "year ending March 2022": "2021/22",
    "3 years to March 2014": "2011/12 to 2013/14",
    "3 years to March 2020": "2017/18 to 2019/20",
    "3 years to March 2022": "2019/20 to 2021/22",
    "3 years to March 2020 (period as implied by article)": "2017/18 to 2019/20",
}
IMPLIED = "period as implied by article"
STAGES = {"homicide victims": "victims", "homicide suspects convicted": "suspects"}
# The percentage is of the group's victims; the share is of all suspects convicted.
VICTIMS = {
    "count": Column("value", "victims"),
    "rate_per_million": Column("value", "rate-per-million", "rate"),
    "share_aged_16_24_pct": Column("value", "percent", "percent", "aged 16 to 24"),
}
SUSPECTS = {"share_pct": Column("value", "share", "percent")}


def _note(row: Row) -> str:
    note = row.text("note")
    return f"{note}; {IMPLIED}" if IMPLIED in row.text("period") else note


def _homicide(stage: str, measures: dict[str, Column]) -> Reading:
    return Reading(
        figures=word("measure", measures),
        period=word("period", PERIODS),
        place=place("geography", "nation"),
        group=group("group", "officer-four"),
        note=_note,
        only=only("stage", STAGES, stage),
    )


_ons = partial(
    Loader,
    file="homicide.csv",
    publisher="Office for National Statistics, in part as reported by others",
    landing_page="https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/articles/homicideinenglandandwales/march2022",
    licence="OGL v3.0; quoted facts",
    basis="officer-observed",
    counts="people",
    columns=("period", "geography", "stage", "group", "measure", "value", "basis", "note"),
    apart=("period",),
    # No total: groups are missing in every year.
    checked="not yet checked by a person",
    look_again=date(2027, 3, 1),
)

HOMICIDE_VICTIMS = _ons(
    name="homicide-victims",
    title="Victims of homicide by ethnic appearance",
    one_row=(
        "people killed, by ethnic appearance as the police recorded it; rates are of three years, per million people"
    ),
    read=_homicide("victims", VICTIMS),
)

HOMICIDE_SUSPECTS = _ons(
    name="homicide-suspects-convicted",
    title="Suspects convicted of homicide by ethnic appearance",
    one_row="the share of all suspects convicted of homicide that was of one group, in percent",
    read=_homicide("suspects", SUSPECTS),
)
