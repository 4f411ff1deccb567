"""What people say when they look for help, and which terms of the vocabulary are meant."""

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from evenhand.library.discover import Fault, read_table

DECLARED: Final = Path(__file__).parent / "said.toml"
KINDS: Final = ("need", "relative", "stage", "community", "faith", "gender", "age", "language")


class Meant(NamedTuple):
    """A term that somebody means: of which list, and its slug there."""

    kind: str
    term: str


@functools.cache
def said() -> Mapping[str, tuple[Meant, ...]]:
    """Every phrase, in small letters without apostrophes or hyphens, and the terms that it means."""
    found: dict[str, tuple[Meant, ...]] = {}
    table = read_table(DECLARED)
    for kind in KINDS:
        for term, phrases in table[kind].items():
            for phrase in phrases:
                if phrase != phrase.casefold().strip():
                    raise Fault(DECLARED, f"{phrase!r} must be in small letters")
                found[phrase] = (*found.get(phrase, ()), Meant(kind, term))
    return MappingProxyType(found)


@functools.cache
def says_nothing() -> frozenset[str]:
    """Words that say that somebody is looking, and nothing of what for."""
    return frozenset(read_table(DECLARED)["nothing"]["words"])


@functools.cache
def says_danger() -> frozenset[str]:
    """Phrases after which somebody is told first whom to ring."""
    return frozenset(read_table(DECLARED)["danger"]["phrases"])


@functools.cache
def longest() -> int:
    """How many words the longest phrase has."""
    return max(len(phrase.split()) for phrase in said())
