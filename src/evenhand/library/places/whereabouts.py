"""Where a name or postcode that somebody typed is, about: the places that it lies in, and a point to measure from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from evenhand.library.places.lookup import UnknownPlace, called, find, parents, place, places, rows
from evenhand.library.places.place import Kind, Place
from evenhand.library.places.postcodes import UnknownPostcode, outward, read_postcode

# A town comes before a police force here: who looks for help means the nearest thing of that name.
KINDS_NEAR: Final[tuple[Kind, ...]] = ("council", "prison", "police-force", "region", "nation", "probation-region")
# What people call some prisons and cities, besides their names; each is the old name or the street it stands in.
CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "armley": "HMP Leeds",
        "brum": "Birmingham",
        "feltham": "Feltham (HMYOI)",
        "horfield": "HMP Bristol",
        "newcastle": "Newcastle upon Tyne",
        "scrubs": "Wormwood Scrubs",
        "strangeways": "HMP Manchester",
        "walton": "HMP Liverpool",
        "wanno": "HMP Wandsworth",
        "ville": "HMP Pentonville",
        "winson green": "HMP Birmingham",
    }
)
PRISON: Final = re.compile(r"\b(prison|jail|hmp|hmyoi|yoi)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Somewhere that a search is near to.

    `places` are those it lies in, the nearest first, itself among them. Without a point nothing is near: only what
    covers one of the places is found. `note` says what the point stands for, `guessed` what was typed instead.
    """

    name: str
    area: str
    places: tuple[Place, ...]
    latitude: float | None = None
    longitude: float | None = None
    note: str = ""
    guessed: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the places."""
        return tuple(each.code for each in self.places)


def whereabouts(text: str) -> Whereabouts:
    """Where this postcode, place or prison is; a slip of the pen is put right where only one name is meant.

    Raises UnknownPostcode or UnknownPlace, the latter with the names that are near.
    """
    typed = " ".join(text.split())
    try:
        halves = read_postcode(typed)
    except UnknownPostcode:
        return of_name(typed)
    try:
        point = outward(halves.outward)
    except UnknownPostcode:
        # "E1" and "York" cannot be confused; what has no place on the map may still be a name.
        try:
            return of_name(typed)
        except UnknownPlace:
            raise UnknownPostcode(
                f"{halves.outward} is not in the list of postcodes of England and Wales that is held here."
            ) from None
    around = places_of_outward(halves.outward)
    return Whereabouts(
        halves.outward, halves.outward, around, point.latitude, point.longitude, outward(str(halves)).note
    )


def of_name(text: str) -> Whereabouts:
    """Where the place or prison of this name is, forgiving one slip; UnknownPlace where none is meant for sure."""
    try:
        return of_place(find(CALLED.get(_bare(text), text), kinds=KINDS_NEAR))
    except UnknownPlace as fault:
        # "Birmingam prison" is no town: a name of a prison that is clearly the likest is the one that is meant.
        inside = PRISON.search(text)
        if len({_stem(name) for name in (fault.offered if inside else fault.near[:2])}) != 1:
            raise
        found = called(_stem(fault.near[0]), kinds=("prison",) if inside else KINDS_NEAR)
        if found is None:
            raise
        return replace(of_place(found), guessed=text)


def of_place(one: Place) -> Whereabouts:
    """Where a place is: its own point, the middle of its outward codes, or else of the nearest place around it."""
    around = (one, *parents(one))
    if one.latitude is not None and one.longitude is not None:
        return Whereabouts(one.name, one.code, around, one.latitude, one.longitude)
    for each in around:
        point = _middles().get(each.code)
        if point is not None:
            note = f"Measured from the middle of {each.name}." if each.kind != "nation" else ""
            return Whereabouts(one.name, one.code, around, *point, note)
    return Whereabouts(one.name, one.code, around)


def places_of_outward(code: str) -> tuple[Place, ...]:
    """The places that an outward code mostly lies in, the nearest first; none where that is not known."""
    within = _areas().get(code)
    return () if within is None else (place(within), *parents(place(within)))


@cache
def outward_codes_in(one: Place) -> tuple[str, ...]:
    """The outward codes that mostly lie in a place, sorted."""
    return tuple(sorted(code for code, area in _areas().items() if one.code in (area, *place(area).parents)))


def _bare(text: str) -> str:
    return re.sub(r"^(the|hmp)\s+|\s+prison$", "", text.casefold().strip())


def _stem(name: str) -> str:
    return name.partition(" (")[0]


@cache
def _areas() -> Mapping[str, str]:
    return MappingProxyType(dict(_each_area()))


def _each_area() -> Iterator[tuple[str, str]]:
    for row in rows("outward_areas.csv"):
        for code in row["outward_codes"].split("|"):
            yield code, row["place_code"]


@cache
def _middles() -> Mapping[str, tuple[float, float]]:
    """The mean centre of the outward codes in each place below a nation."""
    points: dict[str, list[tuple[float, float]]] = {}
    nations = {each.code for each in places("nation")}
    for code, within in _areas().items():
        centre = outward(code)
        for place_code in (within, *place(within).parents):
            if place_code not in nations:
                points.setdefault(place_code, []).append((centre.latitude, centre.longitude))
    return MappingProxyType(
        {
            code: (sum(north for north, _ in every) / len(every), sum(east for _, east in every) / len(every))
            for code, every in points.items()
        }
    )
