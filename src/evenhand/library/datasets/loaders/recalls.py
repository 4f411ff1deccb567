"""Recalls to prison on licence in one year, by ethnicity, by sex and by age: an answer to Parliament."""

from datetime import date
from functools import partial

from evenhand.library.datasets.loader import (
    ALL,
    EVERYONE,
    Column,
    Loader,
    Reading,
    Row,
    Total,
    group,
    only,
    place,
    sex,
    text,
    word,
)
from evenhand.library.datasets.loaders.licences import OPEN_PARLIAMENT
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


def _scheme(row: Row) -> str:
    return "two" if row.text("group") == ALL_MINORITIES else "ons-2001-five"


_recalls = partial(
    Reading,
    figures=(Column("headcount", "recalls"),),
    period=word("period", PERIODS),
    place=place("geography", "nation"),
    note=text("note"),
)
_answer = partial(
    Loader,
    file="licence_recalls.csv",
    publisher="Ministry of Justice, answers to the House of Commons 216708 and 216709",
    landing_page="https://questions-statements.parliament.uk/",
    licence=OPEN_PARLIAMENT,
    basis="self-defined",
    counts="people",
    one_row="people whose licence was revoked in one year; without those who serve indeterminate sentences",
    columns=("period", "geography", "stage", "group_basis", "group", "headcount", "basis", "note"),
    checked="not yet checked by a person",
    look_again=date(2027, 2, 1),
    published=date(2014, 12, 4),
)

RECALLS_BY_ETHNICITY = _answer(
    name="licence-recalls-by-ethnicity",
    title="People recalled to prison on licence, by ethnicity",
    read=_recalls(group=group("group", _scheme), only=only("group_basis", BASES, "ethnicity")),
    totals=(Total("Ethnic minority", PARTS), Total(ALL, (*PARTS, "White", UNKNOWN))),
)

RECALLS_BY_SEX = _answer(
    name="licence-recalls-by-sex",
    title="People recalled to prison on licence, by sex",
    read=_recalls(sex=sex("group"), only=only("group_basis", BASES, "sex")),
    totals=(Total(ALL, ("male", "female"), along="sex"),),
)

RECALLS_BY_AGE = _answer(
    name="licence-recalls-by-age",
    title="People recalled to prison on licence, by age",
    read=_recalls(age=_age, only=only("group_basis", BASES, "age")),
    totals=(Total(ALL, tuple(AGES.values()), along="age"),),
)
