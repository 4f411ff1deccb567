"""Recalls to prison on licence in one year, by ethnicity, by sex and by age: an answer to Parliament."""

from collections.abc import Callable, Iterable
from datetime import date

from evenhand.library.datasets.loader import ALL, ANY, EVERYONE, Loader, Observation, Row, Total
from evenhand.library.places import find
from evenhand.library.vocabulary import UNKNOWN, age_band_set

PERIODS = {"2013-14": "2013/14"}
BASES = {"ethnicity": "ethnicity", "sex": "sex", "age": "age"}
# One group of the table stands for four others together, and is no group of the classification that those are of.
ALL_MINORITIES = "Declared BME (total)"
PARTS = ("Asian", "Black", "Mixed", "Chinese or other")
AGES = {band.name: band.slug for band in age_band_set("recall").bands}


def _age(row: Row) -> str:
    label = row.text("group")
    return ALL if label in EVERYONE else AGES[age_band_set("recall").read(label)]


def _recalls(basis: str) -> Callable[[Row], Iterable[Observation]]:
    def read(row: Row) -> Iterable[Observation]:
        if row.one_of("group_basis", BASES) != basis:
            return
        scheme = "two" if row.text("group") == ALL_MINORITIES else "ons-2001-five"
        group = row.group("group", scheme) if basis == "ethnicity" else (ANY, ALL)
        value, state = row.count("headcount")
        yield Observation(
            "recalls",
            row.one_of("period", PERIODS),
            find(row.text("geography"), kinds=("nation",)).code,
            *group,
            value,
            state,
            row.number,
            "headcount",
            row.source,
            sex=row.sex("group") if basis == "sex" else ALL,
            age=_age(row) if basis == "age" else ALL,
            note=row.text("note"),
        )

    return read


def _answer(basis: str, totals: tuple[Total, ...]) -> Loader:
    return Loader(
        name=f"licence-recalls-by-{basis}",
        file="licence_recalls.csv",
        title=f"People recalled to prison on licence, by {basis}",
        publisher="Ministry of Justice, answers to the House of Commons 216708 and 216709",
        landing_page="https://questions-statements.parliament.uk/",
        licence="Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)",
        basis="self-defined",
        counts="people",
        one_row="people whose licence was revoked in one year; without those who serve indeterminate sentences",
        columns=("period", "geography", "stage", "group_basis", "group", "headcount", "basis", "note"),
        read=_recalls(basis),
        totals=totals,
        checked="not yet checked by a person",
        look_again=date(2027, 2, 1),
        published=date(2014, 12, 4),
    )


RECALLS_BY_ETHNICITY = _answer("ethnicity", (Total("Ethnic minority", PARTS), Total(ALL, (*PARTS, "White", UNKNOWN))))
RECALLS_BY_SEX = _answer("sex", (Total(ALL, ("male", "female"), along="sex"),))
RECALLS_BY_AGE = _answer("age", (Total(ALL, tuple(AGES.values()), along="age"),))
