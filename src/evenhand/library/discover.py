"""Finds what each file in a folder declares."""

import dataclasses
import difflib
import functools
import importlib
import pkgutil
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Thing = TypeVar("Thing")
Record = TypeVar("Record", bound="DataclassInstance")


class Fault(ValueError):
    """A declaration that cannot be used: the file, and what is wrong in it."""

    def __init__(self, where: Path | str, *faults: str) -> None:
        self.where, self.faults = str(where), faults
        super().__init__(f"{where}: {'; '.join(faults)}")


def read_table(path: Path) -> dict[str, Any]:
    """The table that one TOML file declares."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Fault(path, "there is no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(path, f"is not good TOML: {error}") from error


def read_tables(folder: Path, pattern: str = "*.toml") -> dict[str, dict[str, Any]]:
    """The table of each file in a folder, keyed by the file's stem, in order of name."""
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise Fault(folder, f"holds no {pattern}")
    return {path.stem: read_table(path) for path in paths}


def declared(package: ModuleType | str, kind: type[Thing]) -> tuple[Thing, ...]:
    """Every `kind` that a module of the package declares at its top level, modules in order of name."""
    package = importlib.import_module(package) if isinstance(package, str) else package
    found: dict[int, Thing] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        if name == "tests" or name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{name}")
        fresh = {
            id(thing): thing for thing in vars(module).values() if isinstance(thing, kind) and id(thing) not in found
        }
        if not fresh:
            raise Fault(module.__file__ or name, f"declares no {kind.__name__}")
        found |= fresh
    return tuple(found.values())


def made(kind: type[Record], table: Mapping[str, Any], *, where: Path | str) -> Record:
    """The dataclass `kind` filled from a table; lists become tuples, and every fault is named at once."""
    hints = _hints(kind)
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    faults = []
    for key in values.keys() - hints.keys():
        near = difflib.get_close_matches(key, hints, n=1)
        faults.append(f"{key!r} is not known" + (f", did you mean {near[0]!r}?" if near else ""))
    for field in dataclasses.fields(kind):
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        if field.name in values:
            if not _fits(values[field.name], hints[field.name]):
                faults.append(f"{field.name!r} is {values[field.name]!r}, not {_said(hints[field.name])}")
        elif not optional:
            faults.append(f"{field.name!r} is missing")
    if faults:
        raise Fault(where, *sorted(faults))
    return kind(**values)


@functools.cache
def _hints(kind: "type[DataclassInstance]") -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _fits(value: object, hint: Any) -> bool:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return any(_fits(value, part) for part in parts)
    if origin is typing.Literal:
        return value in parts
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(item, parts[0]) for item in value)
    kind = origin or hint
    if kind is Any:
        return True
    # True is an int to Python, and never one to the person who wrote the file.
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, int | float if kind is float else kind)


def _said(hint: Any) -> str:
    if typing.get_origin(hint) is typing.Literal:
        return "one of " + ", ".join(map(repr, typing.get_args(hint)))
    return hint.__name__ if type(hint) is type else str(hint)
