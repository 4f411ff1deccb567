"""One chunk of records beside what is there: what is new is written, what is otherwise is changed and told of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from evenhand.core.organisations.loading.rows import Row, insert
from evenhand.core.organisations.loading.shapes import Shape
from evenhand.core.organisations.models import Change, Detail, Entry, Load


class ListedTwice(ValueError):
    """A file has two records with one key that say different things: nothing is guessed."""


class Tally(NamedTuple):
    """How many were new, and how many otherwise than before."""

    added: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Written:
    """What is there already under a key."""

    pk: int
    row: Row
    seen: int
    gone_on: date | None


def model_of(shape: Shape) -> type[Entry] | type[Detail]:
    """The table of ours in which records of this shape are kept."""
    return Entry if shape.kept_as == "entry" else Detail


def write(shape: Shape, made: Sequence[Row], load: Load, *, fresh: bool) -> Tally:
    """Write what is new, change what is otherwise, mark all as seen in this load; ListedTwice if nothing can be meant.

    Where the register was never loaded before it is `fresh`, and nothing has to be looked up.
    """
    if fresh:
        try:
            with transaction.atomic():
                _insert(shape, made, load)
        except IntegrityError:  # one of them stands twice, here or in an earlier chunk
            pass
        else:
            return Tally(len(made))
    rows = _by_key(made)
    there = _there(shape, rows)
    _insert(shape, (row for key, row in rows.items() if key not in there), load)
    same, otherwise, back = [], [], []
    for key, was in there.items():
        if was.row != _plain(shape, rows[key]):
            if was.seen == load.pk:
                raise ListedTwice(f"The file has two records of {key} that say different things.")
            otherwise.append((was, rows[key]))
        else:
            same.append(was.pk)
            if was.gone_on is not None:
                back.append(rows[key])
    more = {"gone_on": None} if shape.kept_as == "entry" else {}
    model_of(shape)._default_manager.filter(pk__in=same).update(seen=load.pk, **more)  # noqa: SLF001  (Django's name)
    _change(shape, otherwise, load)
    if shape.kept_as == "entry":
        _tell(shape, otherwise, back, load)
    return Tally(len(rows) - len(there), len(otherwise))


def _by_key(made: Iterable[Row]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for row in made:
        if rows.setdefault(str(row[0]), row) != row:
            raise ListedTwice(f"The file has two records of {row[0]} that say different things.")
    return rows


def _insert(shape: Shape, rows: Iterable[Row], load: Load) -> None:
    more = {"since": load.pk} if shape.kept_as == "entry" else {}
    insert(model_of(shape), shape.fields, rows, {**shape.constants, **more, "seen": load.pk})


def _there(shape: Shape, rows: Mapping[str, Row]) -> dict[str, Written]:
    """What is there of these keys."""
    held = model_of(shape)._default_manager.filter(**shape.constants, key__in=list(rows))  # noqa: SLF001
    gone = ("gone_on",) if shape.kept_as == "entry" else ()
    found = {}
    for pk, seen, *values in held.values_list("pk", "seen", *gone, *shape.fields):
        gone_on = values.pop(0) if gone else None
        found[values[0]] = Written(pk, tuple(values), seen, gone_on)
    return found


def _plain(shape: Shape, row: Row) -> Row:
    """A row as it is read back: keys and numbers are text, and so is nothing else."""
    if shape.kept_as == "detail":
        from json import loads  # noqa: PLC0415

        return (row[0], row[1], loads(row[2]))
    return (
        str(row[0]),
        str(row[1]),
        *(value.replace("\0", "") if isinstance(value, str) else value for value in row[2:]),
    )


def _change(shape: Shape, otherwise: list[tuple[Written, Row]], load: Load) -> None:
    for was, row in otherwise:
        values = dict(zip(shape.fields, _plain(shape, row), strict=True))
        more = {"gone_on": None} if shape.kept_as == "entry" else {}
        model_of(shape)._default_manager.filter(pk=was.pk).update(**values, seen=load.pk, **more)  # noqa: SLF001


def _tell(shape: Shape, otherwise: list[tuple[Written, Row]], back: list[Row], load: Load) -> None:
    """Keep, of each that is otherwise, what it was and what it is."""
    told = []
    for was, row in otherwise:
        pairs = zip(shape.fields, was.row, _plain(shape, row), strict=True)
        differences = {field: [_said(before), _said(after)] for field, before, after in pairs if before != after}
        kind = Change.Kind.BACK if was.gone_on is not None else Change.Kind.CHANGED
        told.append(Change(load=load, scheme=shape.scheme, number=str(row[1]), kind=kind, differences=differences))
    told += [Change(load=load, scheme=shape.scheme, number=str(row[1]), kind=Change.Kind.BACK) for row in back]
    Change.objects.bulk_create(told)


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
