"""Days in quarters: how they are read, written, and held within an award."""

from decimal import Decimal, InvalidOperation
from typing import Final

QUARTERS: Final = 4  # a day
QUARTER: Final = Decimal(1) / QUARTERS
LONGEST_DAY: Final = QUARTERS  # nobody works more than one day on one day
FOLLOW_UP: Final = 6  # months
PARTS: Final = {0: "", 1: "¼", 2: "½", 3: "¾"}


class BadDays(ValueError):
    """A number of days that is none: not in quarters, or not more than nothing."""


def quarters(days: Decimal | float | str) -> int:
    """Days as whole quarters; BadDays unless they are a positive number of quarters."""
    try:
        count = Decimal(str(days)) * QUARTERS
    except InvalidOperation:
        raise BadDays(f"{days!r} is no number of days") from None
    if not count.is_finite() or count != count.to_integral_value() or count <= 0:
        raise BadDays(f"{days!r} is no positive number of quarter days")
    return int(count)


def days(count: int) -> Decimal:
    """Quarters as days."""
    return count * QUARTER


def written(count: int) -> str:
    """Quarters as people write days: 2½, ¾, −1."""
    whole, part = divmod(abs(count), QUARTERS)
    return ("−" if count < 0 else "") + (f"{whole or ''}{PARTS[part]}" or "0")


def fits(awarded: int, used: int, asked: int) -> bool:
    """Whether so many more quarters are within the award."""
    return 0 < asked <= awarded - used


def at_half(awarded: int, used: int) -> bool:
    """Whether half of the award is used, so that it is time to look back."""
    return used * 2 >= awarded
