"""The columns of a table of one's own: what its declaration says of each, made into the reading of a row."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    EVERYBODY,
    EVERYONE,
    FAITH,
    KNOWN,
    BadCell,
    Column,
    Reading,
    Row,
    financial_year,
    group,
    place,
    text,
    word,
)
from evenhand.library.datasets.loader.reading import NUMBERS, Number
from evenhand.library.datasets.periods import read_period
from evenhand.library.discover import Fault, made
from evenhand.library.places import Kind, UnknownPlace, find
from evenhand.library.vocabulary import UNKNOWN, UnknownTerm, sexes
from evenhand.library.vocabulary.ethnicity import classification

P = TypeVar("P", bound="_Said")
Words = Mapping[str, str]

MONTH = "(January|February|March|April|May|June|July|August|September|October|November|December)"
POINT = rf"((\d{{1,2}} )?{MONTH} )?\d{{4}}|\d{{4}}/\d{{2}}"
PERIOD = re.compile(rf"({POINT})|({POINT}|(\d{{1,2}} )?{MONTH}) to ({POINT})")
AS_WRITTEN = "2024/25 for April 2024 to March 2025, 2024, 30 June 2025, or April 2024 to June 2024"
NOT_READ = {"all": ALL, "known": KNOWN, "unknown": UNKNOWN}


@dataclass(frozen=True)
class _Said:
    """One part of every figure: in a column, in words of its own if need be; or the same always."""

    column: str = ""
    always: str = ""
    words: Words = field(default_factory=dict)


@dataclass(frozen=True)
class _Period(_Said):
    year_ending_march: bool = False


@dataclass(frozen=True)
class _Place(_Said):
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class _Group:
    """The group: in a column; or that of each column of figures, all in one classification."""

    classification: str | Mapping[str, Any]
    column: str = ""
    wholes: Words = field(default_factory=lambda: EVERYONE)
    unrecorded: Words = field(default_factory=dict)


@dataclass(frozen=True)
class _Figures:
    """A column of figures; with `group`, those of one group alone."""

    column: str
    series: str
    reads: Number = "count"
    detail: str = ""
    group: str = ""


@dataclass(frozen=True)
class Columns:
    """What a declaration says of every column of its table."""

    figures: tuple[Any, ...] | Mapping[str, Any]
    period: str | Mapping[str, Any]
    place: str | Mapping[str, Any]
    group: Mapping[str, Any] = field(default_factory=dict)
    detail: str | Mapping[str, Any] = ""
    sex: str | Mapping[str, Any] = ""
    age: str | Mapping[str, Any] = ""
    note: str | Mapping[str, Any] = ""
    left_out: tuple[str, ...] = ()


def read_columns(table: Mapping[str, Any], *, where: str) -> tuple[tuple[str, ...], tuple[Column, ...], Reading]:
    """The names of all columns, those that hold figures, and how a row is read; Fault says what is wrong."""
    said = made(Columns, table, where=f"{where}, columns")
    names: list[str] = []

    def at(part: str) -> str:
        return f"{where}, columns.{part}"

    period = _said(_Period, said.period, names, at("period"))
    where_to = _said(_Place, said.place, names, at("place"))
    groups = made(_Group, said.group, where=at("group")) if said.group else None
    scheme = _scheme(groups, names, at("group")) if groups else FAITH
    figures, held = _figures(said.figures, groups, names, at("figures"))
    if groups and groups.column:
        names.append(groups.column)
    elif groups and not all(column.group for column in held):
        raise Fault(at("group"), "say in which column the group stands, or the group of each column of figures")
    reading = Reading(
        figures=figures,
        period=_period(period, at("period")),
        place=_place(where_to, at("place")),
        group=_group(groups, scheme),
        detail=_text(_said(_Said, said.detail, names, at("detail"), optional=True)),
        sex=_sex(_said(_Said, said.sex, names, at("sex"), optional=True), at("sex")),
        age=_text(_said(_Said, said.age, names, at("age"), optional=True), EVERYONE) or ALL,
        note=_text(_said(_Said, said.note, names, at("note"), optional=True)),
    )
    every = dict.fromkeys((*names, *said.left_out))
    if lost := set(said.left_out) & set(names):
        raise Fault(f"{where}, columns", f"left_out names what is read: {', '.join(sorted(lost))}")
    return tuple(every), held, reading


def _said(kind: type[P], given: str | Mapping[str, Any], names: list[str], where: str, *, optional: bool = False) -> P:
    """What is said of one part; a word alone is the name of its column."""
    table = {"column": given} if isinstance(given, str) and (given or not optional) else given or {}
    said = made(kind, table, where=where)
    if bool(said.column) == bool(said.always) and not (optional and not table):
        raise Fault(where, 'say either the column, as column = "…", or what it always is, as always = "…"')
    if said.always and said.words:
        raise Fault(where, "words are those of a column")
    if said.column:
        names.append(said.column)
    return said


def _period(said: _Period, where: str) -> str | Callable[[Row], str]:
    for named in (said.always, *said.words.values()):
        if named and not good_period(named):
            raise Fault(where, f"{named!r} is not a period as it is written here: {AS_WRITTEN}")
    if said.always or said.words:
        return said.always or word(said.column, said.words)

    def read(row: Row) -> str:
        given = row.text(said.column)
        period = financial_year(given) if said.year_ending_march else given
        if not good_period(period):
            raise BadCell(
                said.column,
                f"{given!r} is not a period as it is written here ({AS_WRITTEN}); or the declaration says what it "
                "stands for, under words",
            )
        return period

    return read


def good_period(text: str) -> bool:
    """Whether a period is written so that its place in time is known, such as 2024/25, 2024 or 30 June 2025."""
    if not PERIOD.fullmatch(text):
        return False
    years = re.findall(r"(\d{4})/(\d{2})", text)
    if any((int(year) + 1) % 100 != int(after) for year, after in years):
        return False
    try:
        period = read_period(text)
    except ValueError:
        return False
    return period.start <= period.end


def _place(said: _Place, where: str) -> str | Callable[[Row], str]:
    if not said.kinds:
        raise Fault(where, 'say of which kind the places are, as kinds = ["council"]: two kinds may share a name')
    try:
        if said.always:
            return find(said.always, kinds=said.kinds).code
        known = {label: find(name, kinds=said.kinds).code for label, name in said.words.items()}
    except UnknownPlace as fault:
        raise Fault(where, str(fault)) from None
    return word(said.column, known) if known else place(said.column, *said.kinds)


def _scheme(said: _Group, names: list[str], where: str) -> str | Callable[[Row], str]:
    given = said.classification
    if isinstance(given, str):
        return _known_scheme(given, where)
    level = _said(_Said, given, names, f"{where}.classification")
    if not level.words:
        raise Fault(where, "a column that names the classification needs words for each that it names")
    return word(level.column, {label: _known_scheme(slug, where) for label, slug in level.words.items()})


def _known_scheme(slug: str, where: str) -> str:
    try:
        return slug if slug == FAITH else classification(slug).slug
    except UnknownTerm as fault:
        raise Fault(where, str(fault)) from None


def _group(said: _Group | None, scheme: str | Callable[[Row], str]) -> Any:
    if said is None or not said.column:
        return EVERYBODY
    return group(said.column, scheme, wholes=said.wholes, unrecorded=said.unrecorded or None)


def _figures(
    given: tuple[Any, ...] | Mapping[str, Any], groups: _Group | None, names: list[str], where: str
) -> tuple[Any, tuple[Column, ...]]:
    """The columns of figures, or the word by which one of them is known; and all of them."""
    if isinstance(given, Mapping):
        column, words = given.get("column"), given.get("words")
        if not isinstance(column, str) or not isinstance(words, Mapping) or given.keys() - {"column", "words"}:
            raise Fault(where, "say the column that tells what a figure is, and under words a column for each word")
        read = {label: _column(one, groups, f"{where}.words.{label}") for label, one in words.items()}
        names += [column, *(one.name for one in read.values())]
        return word(column, read), tuple(read.values())
    held = tuple(_column(one, groups, f"{where} {at}") for at, one in enumerate(given, start=1))
    if not held:
        raise Fault(where, "name at least one column of figures")
    names += [one.name for one in held]
    return held, held


def _column(given: Any, groups: _Group | None, where: str) -> Column:
    if not isinstance(given, Mapping):
        raise Fault(where, 'write a column of figures as { column = "…", series = "…" }')
    said = made(_Figures, given, where=where)
    if not re.fullmatch(r"[a-z][a-z0-9-]*", said.series):
        raise Fault(where, f"'series' is {said.series!r}: write it in small letters, figures and hyphens")
    if said.reads not in NUMBERS:
        raise Fault(where, f"'reads' is {said.reads!r}, not one of {', '.join(NUMBERS)}")
    return Column(said.column, said.series, said.reads, said.detail, _of_column(said.group, groups, where))


def _of_column(name: str, groups: _Group | None, where: str) -> tuple[str, str] | None:
    if not name:
        return None
    if groups is None or groups.column or not isinstance(groups.classification, str):
        raise Fault(where, "a column is of one group only where [columns.group] names a classification and no column")
    if name.casefold() in NOT_READ:
        return ANY, NOT_READ[name.casefold()]
    try:
        return Row(0, {"": name}).group("", groups.classification)
    except LookupError as fault:
        raise Fault(where, str(fault)) from None


def _text(said: _Said, also: Words | None = None) -> Any:
    """A part as its cells say it, in words of its own if it has them."""
    if not said.column:
        return said.always
    if said.words:
        return word(said.column, said.words)
    return (lambda row: also.get(row.text(said.column), row.text(said.column))) if also else text(said.column)


def _sex(said: _Said, where: str) -> Any:
    known = {ALL, UNKNOWN, *(one.slug for one in sexes())}
    if wrong := [slug for slug in (said.always, *said.words.values()) if slug and slug not in known]:
        raise Fault(where, f"{wrong[0]!r} is not one of {', '.join(sorted(known))}")
    if not said.column:
        return said.always or ALL
    return word(said.column, said.words) if said.words else lambda row: row.sex(said.column)
