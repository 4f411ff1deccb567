"""Reads the cells of one column: words, numbers, amounts, days, yes or no. One bad cell and the column is refused."""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NewType, get_type_hints

# Whole pounds; pence, where a publisher gives them, are rounded away.
Pounds = NewType("Pounds", int)
# Eight characters, noughts and all: a number that lost them was opened in a spreadsheet.
CompanyNumber = NewType("CompanyNumber", str)

# A longer number is no count and no amount, and databases do not take it.
MOST_FIGURES: Final = 15
TOO_LARGE: Final = 10**MOST_FIGURES
# JSON has true and false, or 1 and 0, which to Python are the same keys.
YES_OR_NO: Final[Mapping[object, bool | None]] = MappingProxyType(
    {"True": True, "False": False, "true": True, "false": False, "1": True, "0": False, "": None, None: None}
    | {True: True, False: False}
)
EIGHT_CHARACTERS: Final = re.compile(r"[A-Z0-9]{8}")
NUMBER: Final = re.compile(r"\s*-?\d+(?:\.\d*)?\s*", re.ASCII)
DAY: Final = re.compile(r"\s*(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?\s*")
BRITISH_DAY: Final = re.compile(r"\s*(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})\s*")

Cell = str | int | float | bool | None
# Raises ValueError or TypeError for a column in which one cell is not what it must be.
Reader = Callable[[Sequence[Any]], Sequence[Any]]


def words(cells: Sequence[Cell]) -> Sequence[str]:
    """Text without spaces at its ends; blank where there is none."""
    try:
        # The cells of a text file are text already.
        return list(map(str.strip, cells))  # type: ignore[arg-type]  # what is no text raises
    except TypeError:
        return list(map(_words, cells))


def company_numbers(cells: Sequence[Cell]) -> Sequence[CompanyNumber]:
    """Companies' numbers as the register writes them."""
    return list(map(_eight_characters, cells))


def numbers(cells: Sequence[Cell]) -> Sequence[int | None]:
    """Whole numbers, with None for a blank cell; a fraction is refused."""
    if _are_figures(cells):
        return [int(cell) if cell else None for cell in cells]
    return list(map(_number, cells))


def some_numbers(cells: Sequence[Cell]) -> Sequence[int]:
    """Whole numbers; a blank cell is refused."""
    found = numbers(cells)
    if None in found:
        raise ValueError("it is blank")
    return found  # type: ignore[return-value]  # None is not among them


def pounds(cells: Sequence[Cell]) -> Sequence[Pounds | None]:
    """Amounts in whole pounds, half up, with None for a blank cell."""
    if _are_figures(cells):
        return [Pounds(int(cell)) if cell else None for cell in cells]
    return list(map(_pounds, cells))


def days(cells: Sequence[Cell]) -> Sequence[dt.date | None]:
    """Days written 2023-09-07, whatever time of day follows, with None for a blank cell."""
    return list(map(_day, cells))


def british_days(cells: Sequence[Cell]) -> Sequence[dt.date | None]:
    """Days written 07/09/2023, with None for a blank cell."""
    return list(map(_british_day, cells))


def yes_or_no(cells: Sequence[Cell]) -> Sequence[bool | None]:
    """True, False, or None for a blank cell."""
    return list(map(_yes_or_no, cells))


READERS: Final[Mapping[Any, Reader]] = MappingProxyType(
    {
        str: words,
        CompanyNumber: company_numbers,
        int: some_numbers,
        int | None: numbers,
        Pounds | None: pounds,
        dt.date | None: days,
        bool | None: yes_or_no,
    }
)


def readers(record: type[tuple[Any, ...]]) -> tuple[Reader, ...]:
    """What reads the column of each field of a record, by the types that the record declares."""
    return tuple(READERS[hint] for hint in get_type_hints(record).values())


def _words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    raise ValueError(f"{_shown(cell)} is not text")


def _eight_characters(cell: Cell) -> CompanyNumber:
    if isinstance(cell, str) and EIGHT_CHARACTERS.fullmatch(cell.strip()):
        return CompanyNumber(cell.strip())
    raise ValueError(f"{_shown(cell)} has not the eight characters of a company number")


def _are_figures(cells: Sequence[Cell]) -> bool:
    try:
        joined = "".join(cells)  # type: ignore[arg-type]  # what is no text raises
    except TypeError:
        return False
    return joined.isascii() and joined.isdecimal() and len(max(cells, key=len)) <= MOST_FIGURES  # type: ignore[arg-type]


def _number(cell: Cell) -> int | None:
    if cell is None or cell == "":
        return None
    exact = _exact(cell)
    if exact != int(exact):
        raise ValueError(f"{_shown(cell)} is not a whole number")
    return int(exact)


def _pounds(cell: Cell) -> Pounds | None:
    if cell is None or cell == "":
        return None
    exact = _exact(cell)
    return Pounds(math.floor(abs(exact) + 0.5) * (1 if exact >= 0 else -1))


def _exact(cell: Cell) -> float:
    if isinstance(cell, str) and NUMBER.fullmatch(cell):
        exact = float(cell)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        exact = float(min(cell, TOO_LARGE))
    else:
        raise ValueError(f"{_shown(cell)} is not a number")
    # A NaN is not under anything either.
    if not abs(exact) < TOO_LARGE:
        raise ValueError(f"{_shown(cell)} is not a number that can be meant")
    return exact


# A register holds a few ten thousand different days in hundreds of thousands of cells.
@lru_cache(maxsize=65_536)
def _day(cell: Cell) -> dt.date | None:
    return _date(DAY, cell)


@lru_cache(maxsize=65_536)
def _british_day(cell: Cell) -> dt.date | None:
    return _date(BRITISH_DAY, cell)


def _date(written: re.Pattern[str], cell: Cell) -> dt.date | None:
    if cell is None or cell == "":
        return None
    found = written.fullmatch(cell) if isinstance(cell, str) else None
    try:
        if found is not None:
            return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        found = None
    raise ValueError(f"{_shown(cell)} is not a day")


@lru_cache(maxsize=64)
def _yes_or_no(cell: Cell) -> bool | None:
    if cell not in YES_OR_NO:
        raise ValueError(f"{_shown(cell)} is neither True nor False")
    return YES_OR_NO[cell]


def _shown(cell: Cell) -> str:
    return repr(str(cell)[:40])
