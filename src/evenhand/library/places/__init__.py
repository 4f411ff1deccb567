"""Places of England and Wales, which lies in which, and how to find one."""

from evenhand.library.places.lookup import UnknownPlace, find, lies_in, parents, place, places, tables, within
from evenhand.library.places.place import KINDS, Kind, Place, Tile
from evenhand.library.places.postcodes import Outward, UnknownPostcode, miles_between, outward

__all__ = [
    "KINDS",
    "Kind",
    "Outward",
    "Place",
    "Tile",
    "UnknownPlace",
    "UnknownPostcode",
    "find",
    "lies_in",
    "miles_between",
    "outward",
    "parents",
    "place",
    "places",
    "tables",
    "within",
]
