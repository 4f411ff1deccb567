"""What the index is asked, apart from any database: words that select, each of some part of an entry."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

MILES_A_DEGREE: Final = 69.09
# A cell is about seven miles high and, in the middle of England, seven miles wide.
CELL_HIGH, CELL_WIDE = 0.1, 0.16
# With what a word begins that stands for a cell, for a square of four, of sixteen, and of 64.
SQUARES: Final = "ghij"

Part = Literal["tags", "text", "name"]


class Word(NamedTuple):
    """One or more words that must all stand in one part of an entry."""

    text: str
    part: Part = "text"


Clause = tuple[Word, ...]  # any of these


@dataclass(frozen=True, slots=True)
class Asked:
    """All of `all_of`, each of which is any of its words."""

    all_of: tuple[Clause, ...] = ()

    def also(self, *clauses: Iterable[Word]) -> "Asked":
        """The same with more that must hold; an empty clause says nothing."""
        return Asked(self.all_of + tuple(tuple(clause) for clause in clauses if clause))

    def __bool__(self) -> bool:
        return bool(self.all_of)


@lru_cache(8192)
def tag(kind: str, term: str) -> str:
    """A term as a word of the index: letters and figures alone, ended by one that no stemmer touches."""
    return kind + "".join(letter for letter in term.casefold() if letter.isalnum()) + "0"


def tagged(kind: str, *terms: str) -> Clause:
    """That an entry has any of these terms."""
    return tuple(Word(tag(kind, term), "tags") for term in terms)


def together(places: Clause, needs: Clause) -> Clause:
    """That an entry has any of some needs at any of some places, each two of which are a word of the index too."""
    return tuple(Word(both(place.text, need.text), "tags") for place in places for need in needs)


def both(place: str, need: str) -> str:
    """A need at a place as one word. It begins as the place does: what begins as a need is one."""
    return place + need


def squares_around(latitude: float, longitude: float) -> Iterator[str]:
    """The cell of the map in which a point lies, and the squares that hold that, as words of the index."""
    row, column = math.floor(latitude / CELL_HIGH), math.floor(longitude / CELL_WIDE)
    for size, letter in enumerate(SQUARES):
        yield _square(letter, row >> size, column >> size)


@lru_cache(4096)
def squares_within(miles: float, latitude: float, longitude: float) -> Clause:
    """The cells whose middle is within so many miles of a point, and its own, in as few words as there are for them."""
    return tuple(Word(square, "tags") for square in _fewest(set(_cells(miles, latitude, longitude))))


def _cells(miles: float, latitude: float, longitude: float) -> Iterator[tuple[int, int]]:
    north, east = math.floor(latitude / CELL_HIGH), math.floor(longitude / CELL_WIDE)
    wide = MILES_A_DEGREE * math.cos(math.radians(latitude))
    up, across = math.ceil(miles / MILES_A_DEGREE / CELL_HIGH), math.ceil(miles / wide / CELL_WIDE)
    for row in range(north - up, north + up + 1):
        for column in range(east - across, east + across + 1):
            rise = ((row + 0.5) * CELL_HIGH - latitude) * MILES_A_DEGREE
            run = ((column + 0.5) * CELL_WIDE - longitude) * wide
            if (row, column) == (north, east) or rise * rise + run * run <= miles * miles:
                yield row, column


def _fewest(cells: set[tuple[int, int]]) -> Iterator[str]:
    """Cells in words: four that are all of a square are one, and so are four such squares."""
    for letter in SQUARES:
        shares = Counter((row >> 1, column >> 1) for row, column in cells)
        full = {square for square, share in shares.items() if share == 4 and letter != SQUARES[-1]}  # noqa: PLR2004
        yield from (_square(letter, *cell) for cell in sorted(cells) if (cell[0] >> 1, cell[1] >> 1) not in full)
        cells = full


def _square(letter: str, row: int, column: int) -> str:
    # West of Greenwich a column is below zero, and a minus sign is no part of a word.
    return f"{letter}{row}x{column + 1000}0"
