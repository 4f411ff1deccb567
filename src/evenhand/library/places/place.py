"""What a place is: its code, its names, its kind and the places it lies in."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

Kind = Literal["police-force", "nation", "region", "council", "probation-region", "prison"]

# Where one name belongs to several kinds, the first of these is meant: figures are published by police force first.
KINDS: Final[tuple[Kind, ...]] = ("police-force", "nation", "region", "council", "probation-region", "prison")


class Tile(NamedTuple):
    """Where a police force area stands on the map of equal squares: three letters, column and row from 0."""

    code: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Place:
    """A nation, region, police force area, probation region, council or prison of England and Wales."""

    code: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    # Codes of every place that it lies in, nearest first.
    parents: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    police_uk_id: str | None = None
    tile: Tile | None = None
    # Codes that other publishers, or earlier years, give to this same place.
    other_codes: tuple[str, ...] = ()
    # Without residents there is no denominator: British Transport Police and prisons never get an area rate.
    has_residents: bool = True
    # Days as YYYY-MM-DD, where known; blank otherwise.
    valid_from: str = ""
    valid_to: str = ""
    # What is unconfirmed about it, in words fit to print.
    note: str = field(default="", repr=False)

    @property
    def slug(self) -> str:
        """The name in small letters and hyphens; unlike the code, two kinds may share one."""
        return slug(self.name)

    def __str__(self) -> str:
        return self.name


def slug(name: str) -> str:
    """Small letters, figures and hyphens, with "and" for "&"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", " and ").replace("'", "")).strip("-")


def kind_named(text: str) -> Kind:
    """The kind that is so called; ValueError names the kinds there are."""
    if text not in KINDS:
        raise ValueError(f"No kind of place is called {text!r}: there are {', '.join(KINDS)}.")
    return text
