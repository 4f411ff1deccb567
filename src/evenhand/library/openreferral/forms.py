"""How each kind of value is written in JSON and read back, and what is said of one that is wrong."""

import dataclasses
import datetime as dt
import math
import re
import typing
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Any, Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

from evenhand.library.openreferral.entities import Entity

EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
MOST_SHOWN: Final = 60
IDENTIFIER: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of value is written, and read: `read` raises ValueError in words that follow the field's name."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Member:
    """One field of an entity: a value of some form, or one or many entities of a kind."""

    name: str
    required: bool
    beyond: bool
    form: Form | None = None
    kind: type[Entity] | None = None
    many: bool = False


def members(kind: type[Entity]) -> tuple[Member, ...]:
    """The fields of an entity in their order, but for `more`."""
    if kind not in _MEMBERS:
        hints = typing.get_type_hints(kind)
        fields = (each for each in dataclasses.fields(kind) if each.name != "more")
        _MEMBERS[kind] = tuple(_member(each, hints[each.name]) for each in fields)
    return _MEMBERS[kind]


def _member(each: "dataclasses.Field[Any]", hint: Any) -> Member:
    required = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
    beyond = bool(each.metadata.get("beyond"))
    if typing.get_origin(hint) is tuple:
        return Member(each.name, required, beyond, kind=typing.get_args(hint)[0], many=True)
    plain = next(part for part in _parts(hint) if part is not type(None))
    if isinstance(plain, type) and issubclass(plain, Entity):
        return Member(each.name, required, beyond, kind=plain)
    if typing.get_origin(plain) is Literal:
        return Member(each.name, required, beyond, form=Form(str, _choice(typing.get_args(plain))))
    return Member(each.name, required, beyond, form=FORMS[each.metadata.get("form", plain)])


def _parts(hint: Any) -> tuple[Any, ...]:
    return typing.get_args(hint) if typing.get_origin(hint) in {typing.Union, UnionType} else (hint,)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"must be text, not {_said(value)}")  # noqa: TRY004  (a wrong value, to be read in words)
    if not value.strip():
        raise ValueError("is empty: leave it out")
    return value


def _choice(known: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in known:
            raise ValueError(f"is {_said(value)}, not one of {', '.join(known)}")
        return str(value)

    return read


def _identifier(value: Any) -> UUID:
    if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
        raise ValueError(f"must be a UUID, not {_said(value)}")
    return UUID(value)


def _uri(value: Any) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if not parts.scheme or not (parts.netloc or parts.path) or re.search(r"\s", text):
        raise ValueError(f"must be a whole address, such as https://example.org/, not {_said(value)}")
    return text


def _email(value: Any) -> str:
    text = _text(value)
    if not EMAIL.fullmatch(text):
        raise ValueError(f"must be an e-mail address, not {_said(value)}")
    return text


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"must be a number, not {_said(value)}")
    return value


def _whole(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError(f"must be a whole number, not {_said(value)}")
    return int(number)


def _amount(value: Any) -> Decimal:
    return Decimal(str(_number(value)))


def _day(value: Any) -> dt.date:
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"must be a day, such as 2026-11-20, not {_said(value)}")


def _moment(value: Any) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(value) if isinstance(value, str) and "T" in value.upper() else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError(f"must be a day and time with its zone, such as 2026-11-20T10:30:45.123Z, not {_said(value)}")
    return found


def _clock(value: Any) -> dt.time:
    try:
        if isinstance(value, str) and re.match(r"\d\d:\d\d", value):
            return dt.time.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"must be a time of day, such as 09:30, not {_said(value)}")


def _write_number(value: float | Decimal) -> int | float:
    if value != value or value in {math.inf, -math.inf}:  # noqa: PLR0124  (a NaN is not itself)
        raise ValueError(f"JSON has no number for {value}.")
    return int(value) if value == int(value) else float(value)


def _write_moment(value: dt.datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone.")
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _write_clock(value: dt.time) -> str:
    return value.isoformat("minutes" if not value.second and not value.microsecond else "auto")


def _said(value: Any) -> str:
    if value is None:
        return "null"
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


_MEMBERS: Final[dict[Any, tuple[Member, ...]]] = {}
FORMS: Final[dict[Any, Form]] = {
    str: Form(str, _text),
    UUID: Form(str, _identifier),
    "uri": Form(str, _uri),
    "email": Form(str, _email),
    int: Form(_write_number, _whole),
    float: Form(_write_number, _number),
    Decimal: Form(_write_number, _amount),
    dt.date: Form(dt.date.isoformat, _day),
    dt.datetime: Form(_write_moment, _moment),
    dt.time: Form(_write_clock, _clock),
}
