"""Victims of homicide, and suspects convicted, by the ethnic appearance that the police recorded."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import Loader, Observation, Row
from evenhand.library.places import find

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
# Measure, then series and detail. The percentage is of the group's victims; the share is of all suspects convicted.
MEASURES = {
    "victims": {
        "count": ("victims", ""),
        "rate_per_million": ("rate-per-million", ""),
        "share_aged_16_24_pct": ("percent", "aged 16 to 24"),
    },
    "suspects": {"share_pct": ("share", "")},
}


def _homicide(stage: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        if row.one_of("stage", STAGES) != stage:
            return
        series, detail = row.one_of("measure", MEASURES[stage])
        if series == "victims":
            value, state = row.count("value")
        elif series == "rate-per-million":
            value, state = row.rate("value")
        else:
            value, state = row.percent("value")
        period = row.one_of("period", PERIODS)
        note = row.text("note")
        yield Observation(
            series,
            period,
            find(row.text("geography"), kinds=("nation",)).code,
            *row.group("group", "officer-four"),
            value,
            state,
            row.number,
            "value",
            row.source,
            detail=detail,
            note=f"{note}; {IMPLIED}" if IMPLIED in row.text("period") else note,
        )

    return read


def _ons(stage: str, name: str, title: str, one_row: str) -> Loader:
    return Loader(
        name=name,
        file="homicide.csv",
        title=title,
        publisher="Office for National Statistics, in part as reported by others",
        landing_page="https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/articles/homicideinenglandandwales/march2022",
        licence="OGL v3.0; quoted facts",
        basis="officer-observed",
        counts="people",
        one_row=one_row,
        columns=("period", "geography", "stage", "group", "measure", "value", "basis", "note"),
        read=_homicide(stage),
        apart=("period",),
        # No total: groups are missing in every year.
        checked="not yet checked by a person",
        look_again=date(2027, 3, 1),
    )


HOMICIDE_VICTIMS = _ons(
    "victims",
    "homicide-victims",
    "Victims of homicide by ethnic appearance",
    "people killed, by ethnic appearance as the police recorded it; rates are of three years, per million people",
)

HOMICIDE_SUSPECTS = _ons(
    "suspects",
    "homicide-suspects-convicted",
    "Suspects convicted of homicide by ethnic appearance",
    "the share of all suspects convicted of homicide that was of one group, in percent",
)
