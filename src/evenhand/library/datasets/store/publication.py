"""Two people to publish: who put figures forward, who published them, and what each release is at any time."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

ReleaseState = Literal["loaded", "published", "superseded"]
LONGEST = 80


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

    def as_json(self) -> dict[str, Any]:
        """As it stands in the store."""
        return {**asdict(self), "on": self.on.isoformat()}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "Proposal":
        """As it was written."""
        return cls(**{**record, "on": date.fromisoformat(record["on"])})


class Published(NamedTuple):
    """One version of a dataset, and the day from which answers came from it."""

    version: str
    on: date


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


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same to a reader, however they are spaced, spelt or set."""
    first, second = (unicodedata.normalize("NFKC", named(each)).casefold() for each in (one, other))
    return first == second
