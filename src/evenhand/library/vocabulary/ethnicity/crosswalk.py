"""Crosswalks: how counts in one classification become counts in another, and which joins are refused."""

import functools
import itertools
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from evenhand.library.discover import Fault
from evenhand.library.vocabulary.errors import IllegalJoin, UnknownTerm, near_misses
from evenhand.library.vocabulary.ethnicity.classification import Basis, Classification, Step, classification
from evenhand.library.vocabulary.labels import UNKNOWN

Number = TypeVar("Number", int, float)

# Only these two assumptions can be named; counts of unknown basis are never divided by a population.
_ASSUMPTIONS: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset({"officer-observed", "self-defined"}): "officer-as-self-defined",
        frozenset({"mixed", "self-defined"}): "mixed-as-self-defined",
    }
)


@dataclass(frozen=True)
class Crosswalk:
    """Where each group of the source goes in the target.

    `lossy`: groups are merged and cannot be told apart again. `named`: it rests on a named override or
    leads to a named alternative, and its note must be printed beside every figure.
    """

    source: Classification
    target: Classification
    mapping: Mapping[str, str]
    note: str
    named: bool = False
    override: str | None = None

    @property
    def lossy(self) -> bool:
        """Whether groups are merged."""
        return len(set(self.mapping.values())) < len(self.mapping)

    def parts(self, name: str) -> tuple[str, ...]:
        """The groups of the source that make up one group of the target."""
        return tuple(part for part in self.source.names if self.mapping[part] == self.target.group(name).name)

    def roll_up(self, counts: Mapping[str, Number | None]) -> dict[str, Number | None]:
        """The counts in the target's groups, in its order, then Unknown.

        Totals are kept. A part that is None (withheld, not available) makes its target None, never a smaller
        number. A target with no part among the counts is absent, never zero. Unknown stays Unknown.
        """
        gathered: dict[str, list[Number | None]] = {}
        for name, count in counts.items():
            gathered.setdefault(self._place(name), []).append(count)
        return {name: _total(gathered[name]) for name in (*self.target.names, UNKNOWN) if name in gathered}

    def _place(self, name: str) -> str:
        if name == UNKNOWN:
            return UNKNOWN
        if name not in self.mapping:
            raise UnknownTerm(name, near_misses(name, self.mapping), what=f"group of {self.source.slug}")
        return self.mapping[name]


@functools.cache
def crosswalk(source: str, target: str, *, override: str | None = None) -> Crosswalk:
    """The way from one classification to another: declared, or made of declared steps; else IllegalJoin.

    An override is the name of one assumption; it opens the one step that declares it, and nothing else.
    """
    start, end = classification(source), classification(target)
    if source == target:
        return Crosswalk(start, end, MappingProxyType({name: name for name in start.names}), "The same classification.")
    step = start.steps.get(target)
    if step and step.override:
        if override != step.override:
            raise IllegalJoin(start.name, end.name, step.note, override=step.override)
        return _stepped(start, end, step)
    path = _path(source, target)
    if path is None:
        raise IllegalJoin(start.name, end.name, _why_not(start, end))
    links = [_stepped(one, two, one.steps[two.slug]) for one, two in itertools.pairwise(path)]
    return functools.reduce(_chained, links)


def comparable(basis: Basis, other: Basis) -> bool:
    """Whether counts on one basis may be divided by, or set beside, counts on the other."""
    return basis == other and basis in {"self-defined", "officer-observed"}


def require_comparable(events: Basis, population: Basis, *, override: str | None = None) -> None:
    """Refuse to divide events on one basis by a population on another, unless the assumption is named."""
    name = _ASSUMPTIONS.get(frozenset({events, population}))
    if comparable(events, population) or (name and override == name):
        return
    raise IllegalJoin(
        f"A count whose ethnicity is {events}",
        f"a population whose ethnicity is {population}",
        "what an officer sees and what a person says of themselves are different facts, so the ratio could be wrong.",
        override=name,
    )


def _stepped(start: Classification, end: Classification, step: Step) -> Crosswalk:
    known = set(end.names)
    mapping = {
        group.name: next((to for to in (step.moves.get(group.name), group.name, group.parent) if to in known), "")
        for group in start.groups
    }
    lost = sorted({*(name for name, to in mapping.items() if not to), *(set(step.moves.values()) - known)})
    if lost:
        raise Fault(f"{start.slug}.toml", f"the step to {end.slug} has no place for {lost}")
    named = bool(step.override) or end.named
    return Crosswalk(start, end, MappingProxyType(mapping), step.note, named, step.override or None)


def _chained(first: Crosswalk, second: Crosswalk) -> Crosswalk:
    mapping = {name: second.mapping[middle] for name, middle in first.mapping.items()}
    note = f"{first.note} {second.note}"
    return Crosswalk(first.source, second.target, MappingProxyType(mapping), note, first.named or second.named)


def _path(source: str, target: str) -> tuple[Classification, ...] | None:
    queue: deque[tuple[Classification, ...]] = deque([(classification(source),)])
    seen = {source}
    while queue:
        path = queue.popleft()
        if path[-1].slug == target:
            return path
        for slug, step in path[-1].steps.items():
            if not step.override and slug not in seen:
                seen.add(slug)
                queue.append((*path, classification(slug)))
    return None


def _why_not(start: Classification, end: Classification) -> str:
    if _path(end.slug, start.slug):
        return "groups that have been merged cannot be told apart again; use figures published in the finer groups."
    return "the groups of the one do not nest in the groups of the other."


def _total(parts: list[Number | None]) -> Number | None:
    present = [part for part in parts if part is not None]
    return sum(present[1:], start=present[0]) if len(present) == len(parts) else None
