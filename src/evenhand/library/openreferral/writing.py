"""Entities in, JSON out, and back; and what is wrong with JSON that is not Open Referral UK, in words."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from evenhand.library.openreferral.entities import Entity, Service
from evenhand.library.openreferral.forms import Member, members

Kind = TypeVar("Kind", bound=Entity)
MOST_FAULTS: Final = 50


class NotOpenReferral(ValueError):
    """JSON that is not what it should be; `faults` says all that is wrong, each with where it stands."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


def to_json(entity: Entity, *, full: bool = True) -> dict[str, Any]:
    """The entity as the standard writes it, ready for `json.dumps`; what says nothing is left out.

    Without `full` it is as it stands in a list: its own fields and the one organisation, place or service that belongs
    to it, without anything of which there may be many.
    """
    written: dict[str, Any] = {}
    for member in members(type(entity)):
        value = getattr(entity, member.name)
        if value is None or value in ("", ()):
            continue
        if member.form is not None:
            written[member.name] = member.form.write(value)
        elif not member.many:
            written[member.name] = to_json(value, full=full)
        elif full:
            written[member.name] = [to_json(each) for each in value]
    return written | {key: value for key, value in entity.more.items() if value not in (None, "", (), [])}


def minimal(service: Service) -> dict[str, Any]:
    """A service as a harvester asks for it, to see what has changed: what the schema requires, and when."""
    written = to_json(service, full=False)
    kept = {key: written[key] for key in ("id", "name", "status", "last_modified") if key in written}
    # The standard's text asks for a field of this name, which its schema does not have.
    return kept | ({"modified_date": written["last_modified"]} if "last_modified" in written else {})


def from_json(kind: type[Kind], table: Any) -> Kind:
    """The entity that this JSON says; NotOpenReferral lists everything that is wrong with it."""
    faults: list[str] = []
    entity = _read(kind, table, "", faults)
    if entity is None or faults:
        raise NotOpenReferral(tuple(faults[:MOST_FAULTS]))
    return entity


def faults(kind: type[Entity], table: Any, *, strict: bool = False) -> tuple[str, ...]:
    """All that is wrong with this JSON, in words, each with where it stands; nothing where it is good.

    Extra fields are allowed, so that a field whose name is misspelt passes; `strict` finds those.
    """
    found: list[str] = []
    _read(kind, table, "", found)
    if strict:
        found += _unknown(kind, table, "")
    return tuple(found[:MOST_FAULTS])


def _read(kind: type[Kind], table: Any, at: str, faults: list[str]) -> Kind | None:
    if not isinstance(table, Mapping):
        faults.append(f"{at.removesuffix('.') or kind.__name__} must be an object with fields")
        return None
    before = len(faults)
    values = {}
    for member in members(kind):
        if member.name not in table:
            if member.required:
                faults.append(f"{at}{member.name} is missing")
            continue
        values[member.name] = _value(member, table[member.name], f"{at}{member.name}", faults)
    if len(faults) > before:
        return None
    known = {member.name for member in members(kind)}
    return kind(**values, more={key: value for key, value in table.items() if key not in known})


def _value(member: Member, value: Any, at: str, faults: list[str]) -> Any:
    if value is None:
        faults.append(f"{at} is null: leave it out")
        return None
    if member.form is not None:
        try:
            return member.form.read(value)
        except ValueError as error:
            faults.append(f"{at} {error}")
            return None
    kind = member.kind or Entity
    if not member.many:
        return _read(kind, value, f"{at}.", faults)
    if not isinstance(value, list):
        faults.append(f"{at} must be a list")
        return None
    return tuple(_read(kind, each, f"{at}[{number}].", faults) for number, each in enumerate(value))


def _unknown(kind: type[Entity], table: Any, at: str) -> Iterator[str]:
    if not isinstance(table, Mapping):
        return
    known = {member.name: member for member in members(kind)}
    for name, value in table.items():
        member = known.get(name)
        if member is None:
            near = difflib.get_close_matches(name, known, n=1)
            yield f"{at}{name} is not a field of the standard" + (f": did you mean {near[0]}?" if near else "")
        elif member.kind is not None and member.many and isinstance(value, list):
            for number, each in enumerate(value):
                yield from _unknown(member.kind, each, f"{at}{name}[{number}].")
        elif member.kind is not None and not member.many:
            yield from _unknown(member.kind, value, f"{at}{name}.")
