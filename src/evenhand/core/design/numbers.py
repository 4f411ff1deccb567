"""Numbers as a reader sees them: rounded half up, never a missing value in disguise."""

import math
from decimal import ROUND_HALF_UP, Decimal

MOST_PLACES = 3


def rounded(number: float, places: int) -> Decimal:
    """The number as people round it by hand, half up, from its shortest written form."""
    return _half_up(_decimal(number), places)


def whole(number: float | None) -> str:
    """A count with commas between thousands; nothing at all where there is no count."""
    return "" if number is None else _signed(f"{rounded(number, 0):,f}")


def rate(number: float | None, places: int = 1) -> str:
    """A rate to a fixed number of decimals."""
    return "" if number is None else _signed(f"{rounded(number, places):,f}")


def change(number: float | None) -> str:
    """A difference of counts with its sign: a plus above nothing, a true minus below."""
    shown = whole(number)
    return f"+{shown}" if number is not None and number > 0 and shown != "0" else shown


def times(number: float | None) -> str:
    """A ratio to one decimal; to more where one would read as nothing at all, or hide on which side of 1 it lies."""
    if number is None:
        return ""
    for places in range(1, MOST_PLACES + 1):
        if not (rounded(number, places) in (0, 1) and number not in (0, 1)):
            return rate(number, places)
    return rate(number, 1)


def percent(share: float | None, places: int = 1) -> str:
    """A share between 0 and 1 as a percentage."""
    if share is None:
        return ""
    return _signed(f"{_half_up(_decimal(share) * 100, places):,f}%")


def _decimal(number: float) -> Decimal:
    if not math.isfinite(number):
        raise ValueError(f"{number} is no number that a page can show; pass None with a reason")
    return Decimal(repr(number) if isinstance(number, int) else repr(float(number)))


def _half_up(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _signed(text: str) -> str:
    """A true minus sign, and none before nothing."""
    if not text.startswith("-"):
        return text
    return "−" + text[1:] if any(figure in text for figure in "123456789") else text[1:]
