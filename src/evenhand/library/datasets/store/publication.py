"""Two people to publish: who put figures forward, who published them, and what each release is at any time."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

ReleaseState = Literal["loaded", "published", "superseded"]
LONGEST, LONGEST_NOTE = 80, 1000


class CannotPublish(ValueError):
    """Figures cannot be published, or not by this person or as things stand: a code, and what to do."""

    def __init__(self, code: str, message: str) -> None:
        """Keep both."""
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Proposal:
    """Figures put forward: by whom, when, and over which release they were compared."""

    by: str
    on: date
    over: str | None  # the version that was answered from
    after: int  # how often the dataset had been published
    note: str = ""  # for readers: why answers go back to these figures

    def as_json(self) -> dict[str, Any]:
        """As it stands in the store."""
        return {**asdict(self), "on": self.on.isoformat()}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "Proposal":
        """As it was written."""
        return cls(**{**record, "on": date.fromisoformat(record["on"])})


class Published(NamedTuple):
    """One version of a dataset, the day from which answers came from it, and what readers are told of it."""

    version: str
    on: date
    note: str = ""


@dataclass(frozen=True)
class Listed:
    """One release as a list of them shows it."""

    dataset: str
    version: str
    state: ReleaseState
    title: str
    figures: int
    loaded_on: date
    loaded_by: str
    published_on: date | None
    published_by: str


def named(by: str) -> str:
    """Who acts, in one line; ValueError where nobody is named."""
    name = " ".join(by.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise ValueError(f"say who does this, in up to {LONGEST} letters, such as “statistics editor”")
    return name


def told(note: str) -> str:
    """What readers are told, in one line; ValueError where it says nothing."""
    said = " ".join(note.split())
    if not said or len(said) > LONGEST_NOTE or not said.isprintable():
        raise ValueError(f"say for readers, in up to {LONGEST_NOTE:,} letters, why answers go back to these figures")
    return said


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same to a reader, however they are spaced, spelt or set."""
    first, second = (unicodedata.normalize("NFKC", named(each)).casefold() for each in (one, other))
    return first == second
