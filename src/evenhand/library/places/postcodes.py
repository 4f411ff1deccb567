"""Where a postcode is, about: outward codes and their centres, and the miles between two points."""

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple, Protocol

from evenhand.library.places.lookup import rows

EARTH_RADIUS_MILES: Final = 3958.7613
OUTWARD: Final = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
# The second half never holds C, I, K, M, O or V among its letters.
WHOLE: Final = re.compile(rf"({OUTWARD.pattern})([0-9][ABD-HJLNP-UW-Z]{{2}})")


class UnknownPostcode(ValueError):
    """What was typed is no postcode of England and Wales; the message is fit to print."""


class Located(Protocol):
    """Anything with a latitude and a longitude in degrees."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Outward:
    """The first half of a postcode and the point that stands for it.

    `exact` is false where the centre of the whole postcode area (its letters) stands in; `note` says, in words fit
    to print, what the point stands for when it is not the very thing that was asked.
    """

    code: str
    latitude: float
    longitude: float
    area: str
    exact: bool
    note: str = ""


class Halves(NamedTuple):
    """A postcode as typed, put in order; `inward` is blank where only the first half was given."""

    outward: str
    inward: str

    @property
    def area(self) -> str:
        """The letters that it begins with."""
        return self.outward[:2] if self.outward[1].isalpha() else self.outward[0]

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}".strip()


def read_postcode(text: str) -> Halves:
    """The halves of a whole postcode or of an outward code, whatever its case and spaces; else UnknownPostcode."""
    written = " ".join(text.split())
    joined = re.sub(r"[\s\-.]", "", text.upper())
    whole = WHOLE.fullmatch(joined)
    if whole:
        return Halves(whole[1], whole[2])
    # "B1 2" is half of "B1 2JP", not the outward code B12.
    if OUTWARD.fullmatch(joined) and " " not in written:
        return Halves(joined, "")
    raise UnknownPostcode(f'"{written}" is not a postcode. Write all of it, like B1 2JP, or the first half, like B1.')


def outward(text: str) -> Outward:
    """The point of a postcode's first half, from all of it or the half alone.

    A first half that has no centre here is given the mean centre of its postcode area, and says so.
    Raises UnknownPostcode for what is no postcode, or is not in England and Wales.
    """
    halves = read_postcode(text)
    code, area = halves.outward, halves.area
    centre = _centres().get(code)
    if centre is not None:
        note = f"Measured from the centre of {code}, not from {halves}." if halves.inward else ""
        return Outward(code, *centre, area, exact=True, note=note)
    if area not in _area_centres() or _without_centre().get(code) == "elsewhere":
        raise UnknownPostcode(f"{code} is not in the list of postcodes of England and Wales that is held here.")
    known = "has no centre of its own here" if code in _without_centre() else "is not a first half that is known here"
    return Outward(
        code,
        *_area_centres()[area],
        area,
        exact=False,
        note=f"{code} {known}, so this is measured from the middle of all {area} postcodes and may be miles out.",
    )


def miles_between(one: Located, other: Located) -> float:
    """Miles over the ground in a straight line; ValueError where either has no point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        raise ValueError("There is no distance to a place that has no point on the map.")
    north, other_north = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    haversine = (
        math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    )
    # Rounding can carry opposite ends of the earth a hair past 1.
    return 2 * EARTH_RADIUS_MILES * math.asin(min(1.0, math.sqrt(haversine)))


@cache
def _centres() -> dict[str, tuple[float, float]]:
    return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in rows("outward_codes.csv")}


@cache
def _area_centres() -> dict[str, tuple[float, float]]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for code, centre in _centres().items():
        points[Halves(code, "").area].append(centre)
    return {
        area: (sum(north for north, _ in every) / len(every), sum(east for _, east in every) / len(every))
        for area, every in points.items()
    }


@cache
def _without_centre() -> dict[str, str]:
    return {row["code"]: row["status"] for row in rows("outward_codes_without_centre.csv")}
