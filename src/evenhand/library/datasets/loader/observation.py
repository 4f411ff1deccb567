"""One figure: what it is of, what it is, and where in its file it stands."""

import re
from typing import Literal, NamedTuple

State = Literal["present", "no-row", "small", "suppressed", "not-available", "not-applicable", "provisional", "revised"]
HIDDEN: tuple[State, ...] = ("small", "suppressed")  # there is a number, and it must not be worked out
Basis = Literal["self-defined", "officer-observed", "mixed", "unknown"]
Counts = Literal["people", "events", "outcomes"]

ALL = "All"
FAITH = "faith"  # the classification of a row whose group is an answer about religion
KNOWN = "Known"  # everyone of whom a group was recorded, where the source also counts everyone
ANY = "any"  # the classification of a row that counts everyone, or those of whom no group was recorded
# The classification of rows that part the unknown by why no group was recorded; they add up to Unknown, of any.
UNRECORDED = "unrecorded"
KINDS_OF_UNKNOWN = ("Blank", "Don't know", "Not reported", "Not stated", "Older codes", "Unrecorded")
SMALL_COUNT = 5  # a count of our own from 1 to this has the state "small", and is shown as fewer than the next
# How the note of a figure begins that must never be shown without it.
UNSAFE = "Unsafe: "

ENGLAND_AND_WALES = "K04000001"
FIVE = ("Asian", "Black", "Mixed", "White", "Other")

# How the name of a series ends that holds rates, shares, indices or averages: these are never added up.
NOT_ADDED = ("-index", "-lower", "-upper", "-months", "-nights", "-ratio", "percent", "share")
PER = re.compile(r"(^|-)per-")


def adds_up(series: str) -> bool:
    """Whether figures of this series may be added up over groups and places: counts may, rates and shares may not."""
    return not series.endswith(NOT_ADDED) and not PER.search(series)


class Source(NamedTuple):
    """Where one figure was published: the four columns that every row of every file carries."""

    title: str
    url: str
    table: str
    licence: str


class Observation(NamedTuple):
    """One figure: what it is of, what it is, and where in the source file it stands."""

    series: str
    period: str
    place: str
    classification: str
    group: str
    value: float | None
    state: State
    row: int
    column: str
    source: Source
    detail: str = ""
    sex: str = ALL
    age: str = ALL
    note: str = ""  # what the source says of this figure alone

    @property
    def key(self) -> tuple[str, ...]:
        """What makes this figure the only one of its kind in a file."""
        return (self.series, self.period, self.place, self.classification, self.group, self.detail, self.sex, self.age)
