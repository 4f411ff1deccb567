"""Hiding small counts of one's own before anything is written: along every axis, and beside every earlier release."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from evenhand.library import statistics
from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    KNOWN,
    SMALL_COUNT,
    UNRECORDED,
    Fault,
    Observation,
    RefusedFile,
    Total,
    adds_up,
)
from evenhand.library.places import UnknownPlace
from evenhand.library.places import place as place_of
from evenhand.library.statistics.linked import CannotHide
from evenhand.library.vocabulary import UNKNOWN, IllegalJoin
from evenhand.library.vocabulary.ethnicity import crosswalk

EVERY = "every "  # how a place begins that stands for all places of its kind in the file


class Key(NamedTuple):
    """What a count is of."""

    series: str
    period: str
    place: str
    classification: str
    group: str
    detail: str
    sex: str
    age: str


class Adds(NamedTuple):
    """A count that is the sum of others; unless exact, it is that much or more."""

    whole: Key
    parts: tuple[Key, ...]
    exact: bool


@dataclass(frozen=True)
class Decision:
    """What was hidden in one release, and why: kept in private, so that the next release does not give it away.

    `counts` are the true ones, totals that the file does not print among them; `printed` are those that it does.
    """

    counts: Mapping[Key, int]
    sums: tuple[Adds, ...] = ()
    small: frozenset[Key] = frozenset()
    withheld: frozenset[Key] = frozenset()
    printed: frozenset[Key] = frozenset()
    threshold: int = SMALL_COUNT

    @property
    def hidden(self) -> frozenset[Key]:
        """What may not be printed."""
        return self.small | self.withheld

    def as_json(self) -> dict[str, Any]:
        """Everything, for the store's private folder."""
        at = {key: number for number, key in enumerate(self.counts)}
        return {
            "threshold": self.threshold,
            "cells": [
                [*key, count, key in self.small, key in self.withheld, key in self.printed]
                for key, count in self.counts.items()
            ],
            "sums": [[at[one.whole], [at[part] for part in one.parts], one.exact] for one in self.sums],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "Decision":
        """As it was written."""
        size = len(Key._fields)
        keys = [Key(*cell[:size]) for cell in record["cells"]]
        small, withheld, printed = (
            frozenset(key for key, cell in zip(keys, record["cells"], strict=True) if cell[size + at])
            for at in (1, 2, 3)
        )
        sums = tuple(
            Adds(keys[whole], tuple(keys[part] for part in parts), exact) for whole, parts, exact in record["sums"]
        )
        counts = {key: cell[size] for key, cell in zip(keys, record["cells"], strict=True)}
        return cls(counts, sums, small, withheld, printed, record["threshold"])


def shown_before(found: Iterable[Observation]) -> Decision:
    """An earlier release in which nothing was hidden: all that it shows is known."""
    counts = {_key(one): int(one.value) for one in found if one.value is not None and adds_up(one.series)}
    return Decision(counts, printed=frozenset(counts))


def protect(
    found: Sequence[Observation], totals: Sequence[Total], earlier: Sequence[Decision], *, file: str
) -> tuple[tuple[Observation, ...], Decision]:
    """The figures as they may be shown beside every earlier release, and what was hidden of them.

    RefusedFile, with the row, where an earlier release has told so much that a small count could be worked out.
    """
    printed = {_key(one): one for one in found}
    table = _Table({key: int(one.value) for key, one in printed.items() if one.value is not None}, printed, totals)
    table.close()
    side_by_side = _SideBySide(table, earlier)
    try:
        suppressed = statistics.suppress_linked(
            side_by_side.counts,
            side_by_side.sums,
            threshold=SMALL_COUNT,
            told=side_by_side.told,
            earlier=side_by_side.before,
        )
    except CannotHide as fault:
        key = side_by_side.keys[fault.position][0]
        why = "this small count could be worked out from what earlier releases show: leave the row out, or wait a year"
        raise RefusedFile(
            file, [Fault(printed[key].row, printed[key].column, why) if key in printed else Fault(0, "", why)]
        ) from None
    small = frozenset(key for key, at in side_by_side.own.items() if suppressed.small[at])
    withheld = frozenset(key for key, at in side_by_side.own.items() if suppressed.withheld[at])
    decision = Decision(table.counts, tuple(table.sums), small, withheld, frozenset(printed))
    return tuple(_shown(one, decision) for one in found), decision


def _shown(one: Observation, decision: Decision) -> Observation:
    key = _key(one)
    if key in decision.small:
        return one._replace(value=None, state="small")
    return one._replace(value=None, state="suppressed") if key in decision.withheld else one


def _key(one: Observation) -> Key:
    return Key(*one.key)


@dataclass
class _Table:
    """The counts of one file, every total of them whether it is printed or not, and the sums among them."""

    counts: dict[Key, int]
    printed: Mapping[Key, Observation]
    totals: Sequence[Total]
    sums: list[Adds] = field(default_factory=list)

    def close(self) -> None:
        """Work out the totals along every axis, then find every sum."""
        for along in ("group", "sex", "age", "detail", "place"):
            for whole, parts in self._lines(along):
                # A count that the source itself withholds cannot be added up.
                if whole not in self.counts and whole not in self.printed and all(key in self.counts for key in parts):
                    self.counts[whole] = sum(self.counts[key] for key in parts)
        found = (self._adds(whole, parts) for whole, parts in self._every_line())
        self.sums = list(dict.fromkeys(one for one in found if one))

    def _adds(self, whole: Key, parts: Sequence[Key]) -> Adds | None:
        """A sum, if it is one: parts that come to more than the whole are no parts of it."""
        known = tuple(key for key in parts if key in self.counts and key != whole)
        if whole not in self.counts or not known:
            return None
        added = sum(self.counts[key] for key in known)
        if added > self.counts[whole]:
            return None
        return Adds(whole, known, len(known) == len(parts) and added == self.counts[whole])

    def _every_line(self) -> Iterator[tuple[Key, list[Key]]]:
        for along in ("group", "sex", "age", "detail", "place"):
            yield from self._lines(along)
        yield from self._outer_places()
        yield from self._groups_of_groups()
        yield from self._declared()

    def _lines(self, along: str) -> Iterator[tuple[Key, list[Key]]]:
        """Counts that differ along one axis alone, and the key of their total."""
        if along == "group":
            yield from self._group_lines()
            return
        if along == "place":
            yield from self._place_lines()
            return
        whole = "" if along == "detail" else ALL
        for rest, line in self._by(along).items():
            parts = [key for key in line if getattr(key, along) != whole]
            if parts:
                yield rest._replace(**{along: whole}), parts

    def _group_lines(self) -> Iterator[tuple[Key, list[Key]]]:
        for rest, line in self._by("group", "classification").items():
            of: dict[str, list[Key]] = defaultdict(list)
            for key in line:
                of[key.classification].append(key)
            everyone, known, unknown = (rest._replace(classification=ANY, group=name) for name in (ALL, KNOWN, UNKNOWN))
            reasons = of.pop(UNRECORDED, [])
            there = {key.group for key in of.pop(ANY, [])}
            beside = [unknown] if UNKNOWN in there else reasons
            for parts in of.values():
                yield everyone, [*parts, *beside]
                if KNOWN in there:
                    yield known, parts
            if reasons and UNKNOWN in there:
                yield unknown, reasons
            if KNOWN in there:
                yield everyone, [known, *beside]

    def _place_lines(self) -> Iterator[tuple[Key, list[Key]]]:
        for rest, line in self._by("place").items():
            kinds: dict[str, list[Key]] = defaultdict(list)
            for key in line:
                kinds[_kind(key.place)].append(key)
            for kind, parts in kinds.items():
                if kind and len(parts) > 1:
                    yield rest._replace(place=f"{EVERY}{kind}"), parts

    def _outer_places(self) -> Iterator[tuple[Key, list[Key]]]:
        for line in self._by("place").values():
            there = {key.place: key for key in line}
            inside: dict[str, dict[str, list[Key]]] = {outer: defaultdict(list) for outer in there}
            for code, key in there.items():
                if kind := _kind(code):
                    for outer in place_of(code).parents:
                        if outer in there:
                            inside[outer][kind].append(key)
            for outer, whole in there.items():
                for parts in inside[outer].values():
                    yield whole, parts

    def _groups_of_groups(self) -> Iterator[tuple[Key, list[Key]]]:
        schemes = {key.classification for key in self.counts} - {ANY, UNRECORDED}
        for source in schemes:
            for target in schemes - {source}:
                try:
                    into = crosswalk(source, target).mapping
                except (IllegalJoin, LookupError):
                    continue
                lines: dict[Key, list[Key]] = defaultdict(list)
                for key in self.counts:
                    if key.classification == source and key.group in into:
                        lines[key._replace(classification=target, group=into[key.group])].append(key)
                yield from lines.items()

    def _declared(self) -> Iterator[tuple[Key, list[Key]]]:
        for total in self.totals:
            for line in self._by(total.along, *(["classification"] if total.along == "group" else [])).values():
                named = {getattr(key, total.along): key for key in line}
                if total.whole in named and total.series in ("", named[total.whole].series):
                    yield named[total.whole], [named[part] for part in total.parts if part in named]

    def _by(self, *axes: str) -> dict[Key, list[Key]]:
        lines: dict[Key, list[Key]] = defaultdict(list)
        # What the source withholds is a part as well: without it no sum is exact.
        for key in dict.fromkeys((*self.counts, *self.printed)):
            if adds_up(key.series):
                lines[key._replace(**dict.fromkeys(axes, ""))].append(key)
        return lines


@cache
def _kind(code: str) -> str:
    if code.startswith(EVERY):
        return ""
    try:
        return place_of(code).kind
    except UnknownPlace:
        return ""


class _SideBySide:
    """A new table and every earlier release as one list, in which a count that did not change stands once."""

    def __init__(self, table: _Table, earlier: Sequence[Decision]) -> None:
        self.keys: list[tuple[Key, int]] = []
        self._at: dict[tuple[Key, int], int] = {}
        self.own = {key: self._place(key, count) for key, count in table.counts.items() if adds_up(key.series)}
        sums = [self._sum(one, table.counts) for one in table.sums]
        small, withheld, told = set(), set(), set()
        for release in earlier:
            at = {key: self._place(key, count) for key, count in release.counts.items()}
            sums += [self._sum(one, release.counts) for one in release.sums]
            small |= {at[key] for key in release.small}
            withheld |= {at[key] for key in release.withheld}
            # Totals that are not in the file were taken for known to be careful: nobody was told them.
            told |= {at[key] for key in release.printed - release.hidden if key in at}
        self.sums = list(dict.fromkeys(sums))
        self.counts = np.array([count for _, count in self.keys], float)
        self.told = self._mask(told)
        self.before = statistics.Suppressed(self.counts, self._mask(small), self._mask(withheld - small), SMALL_COUNT)

    def _place(self, key: Key, count: int) -> int:
        if (key, count) not in self._at:
            self._at[key, count] = len(self.keys)
            self.keys.append((key, count))
        return self._at[key, count]

    def _sum(self, one: Adds, counts: Mapping[Key, int]) -> statistics.Sum:
        parts = tuple(self._place(part, counts[part]) for part in one.parts)
        return statistics.Sum(self._place(one.whole, counts[one.whole]), parts, one.exact)

    def _mask(self, positions: set[int]) -> Any:
        mask = np.zeros(len(self.keys), bool)
        mask[list(positions)] = True
        return mask
