"""Records of a register as text and back: a list of values, days as they are written."""

import datetime as dt
import json
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, get_type_hints

Record = TypeVar("Record", bound=tuple[Any, ...])


def written(record: tuple[Any, ...]) -> str:
    """A record as text, the same for the same values."""
    return json.dumps(record, default=dt.date.isoformat, ensure_ascii=False)


def restored(kind: type[Record], values: Sequence[Any]) -> Record:
    """The record that was written as this list of values; fields that were added since are blank."""
    made = [*values, *[None] * (len(get_type_hints(kind)) - len(values))]
    for number in _days(kind):
        made[number] = made[number] and dt.date.fromisoformat(made[number])
    return tuple.__new__(kind, made)


@cache
def _days(kind: type) -> tuple[int, ...]:
    hints = get_type_hints(kind).values()
    return tuple(number for number, hint in enumerate(hints) if hint == dt.date | None)
