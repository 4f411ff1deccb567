"""Classifications of ethnicity: which groups there are, who decided, and how publishers write them."""

import datetime as dt
import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from evenhand.library.discover import Fault, made, read_table
from evenhand.library.vocabulary.errors import UnknownTerm, near_misses
from evenhand.library.vocabulary.labels import NOT_A_PERSON, UNKNOWN, Labels

Basis = Literal["self-defined", "officer-observed", "mixed", "unknown"]

_HERE = Path(__file__).parent
_FOLDER = _HERE / "classifications"


class UnknownClassification(UnknownTerm):
    """A classification that no file declares."""

    what = "classification of ethnicity"


@dataclass(frozen=True)
class Group:
    """One group of a classification."""

    name: str
    slug: str
    display: str  # stands alone, as in a table: "Black Caribbean"
    people: str  # stands in a sentence: "Black Caribbean people"
    code: str = ""  # as the classification itself codes it: PACE, or IC
    ons: int | None = None  # the code of ONS table TS021; other tables of the census order theirs differently
    parent: str = ""  # the broad group that it is printed under
    warning: str = ""  # what must be read beside a figure of this group
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """How a classification rolls up into one other.

    A group goes where `moves` says, else to the group of its own name, else to its parent. A step with
    an `override` is taken only when that name is given, and never as a link of a longer chain.
    """

    note: str
    moves: Mapping[str, str] = field(default_factory=dict)
    override: str = ""


@dataclass(frozen=True)
class Classification:
    """A published way to divide people by ethnicity."""

    slug: str
    name: str
    short: str
    basis: Basis
    version: str
    definition: str
    source: str
    source_url: str
    licence: str
    checked: str
    look_again: dt.date
    groups: tuple[Group, ...]
    named: bool = False  # offered by its name only, never as a default
    unknown: tuple[str, ...] = ()
    steps: Mapping[str, Step] = field(default_factory=dict, compare=False)

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the groups, in the order in which they are printed; Unknown is not one of them."""
        return tuple(group.name for group in self.groups)

    @functools.cached_property
    def labels(self) -> Labels:
        """Every label that may be read as one of these groups."""
        unrecorded = read_table(_HERE / "unrecorded.toml")
        return Labels.of(
            itertools.chain(
                ((label, UNKNOWN) for label in (*unrecorded["unknown"], *self.unknown)),
                ((label, NOT_A_PERSON) for label in unrecorded["not_a_person"]),
                (
                    (label, group.name)
                    for group in self.groups
                    for label in (group.name, group.display, group.code, *group.aliases)
                    if label
                ),
            ),
            where=f"{self.slug}.toml",
        )

    def group(self, name: str) -> Group:
        """The group of this name or slug."""
        for group in self.groups:
            if name in {group.name, group.slug}:
                return group
        raise UnknownTerm(name, near_misses(name, self.names), what=f"group of {self.slug}")

    def read(self, label: str | None) -> str:
        """The name of the group that a publisher's label stands for.

        Blank and every form of "not stated" are `UNKNOWN`; a search of a vehicle alone is `NOT_A_PERSON`,
        which the reader leaves out and counts. A label that is in no alias table raises UnknownLabel.
        """
        return self.labels.read(label)


@functools.cache
def classification(slug: str) -> Classification:
    """The classification of this slug."""
    if slug not in _slugs():
        raise UnknownClassification(slug, near_misses(slug, _slugs()))
    path = _FOLDER / f"{slug}.toml"
    table = read_table(path)
    rows = table.pop("group", [])
    steps = {to: made(Step, step, where=path) for to, step in table.pop("rolls_up_to", {}).items()}
    like = classification(table.pop("like")) if "like" in table else None
    groups = [made(Group, _inherited(row, like), where=path) for row in rows]
    found = made(Classification, table | {"slug": slug, "groups": groups, "steps": steps}, where=path)
    _check(found, path)
    return found


def classifications() -> tuple[Classification, ...]:
    """Every classification that a file declares, in order of slug."""
    return tuple(map(classification, _slugs()))


@functools.cache
def _slugs() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def _inherited(row: Mapping[str, Any], like: Classification | None) -> dict[str, Any]:
    if like is None or row.get("name") not in like.names:
        return dict(row)
    return {**vars(like.group(row["name"])), "ons": None, "code": "", **row}


def _check(found: Classification, path: Path) -> None:
    for what, words in (("name", found.names), ("slug", tuple(group.slug for group in found.groups))):
        if len(set(words)) < len(words):
            raise Fault(path, f"two groups have the same {what}")
    if {UNKNOWN, NOT_A_PERSON} & set(found.names):
        raise Fault(path, f"{UNKNOWN!r} and {NOT_A_PERSON!r} are not groups")
    for to, step in found.steps.items():
        if stray := step.moves.keys() - set(found.names):
            raise Fault(path, f"the step to {to} moves {sorted(stray)}, which are no groups here")
