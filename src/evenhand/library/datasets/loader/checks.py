"""What must hold among the figures of one file: nothing twice, no fraction of a count, every sum, no hole."""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evenhand.library.datasets.loader.faults import Fault
from evenhand.library.datasets.loader.observation import ALL, Observation, adds_up
from evenhand.library.places import Kind, places

AXES = ("series", "period", "place", "group", "detail", "sex", "age")
Axis = Literal["period", "place", "group", "detail", "sex", "age"]
SHOWN_PARTS = 12


@dataclass(frozen=True)
class Total:
    """A figure that must equal the sum of others: `whole` stands for the parts named in `parts`.

    The parts are groups, unless they lie `along` another axis. With `series`, only that series is held to it. Where
    it may stand `alone`, the source gives some totals with none of their parts.
    """

    whole: str
    parts: tuple[str, ...]
    tolerance: float = 0
    along: Axis = "group"
    series: str = ""
    alone: bool = False

    def __str__(self) -> str:
        """The sum as one line for a person."""
        parts = " + ".join(self.parts) if len(self.parts) <= SHOWN_PARTS else f"the sum of {len(self.parts)} parts"
        return f"{self._named} = {parts}"

    def fault(self, whole: Observation, family: Mapping[str, Observation]) -> str:
        """Why the total does not hold, or nothing; a total with a withheld part cannot be checked, and passes."""
        missing = [part for part in self.parts if part not in family]
        if self.series not in ("", whole.series) or (self.alone and len(missing) == len(self.parts)):
            return ""
        if missing:
            return f"{self._named} has no row for {', '.join(missing)}"
        values = [family[part].value for part in self.parts]
        if whole.value is None or None in values:
            return ""
        added = math.fsum(value for value in values if value is not None)
        if abs(added - whole.value) <= self.tolerance:
            return ""
        return f"{self._named} is {whole.value:,.10g}, but its parts add to {added:,.10g}"

    @property
    def _named(self) -> str:
        return self.whole or f"every {self.along}"


def duplicates(found: Sequence[Observation]) -> Iterator[Fault]:
    """Figures that stand twice, whether or not they say the same."""
    times = Counter(one.key for one in found)
    first: dict[tuple[str, ...], int] = {}
    for one in found:
        if times[one.key] > 1 and first.setdefault(one.key, one.row) != one.row:
            what = ", ".join(part for part in one.key if part and part != ALL)
            yield Fault(one.row, one.column, f"the same figure stands in row {first[one.key]} already ({what})")


def fractions(found: Sequence[Observation]) -> Iterator[Fault]:
    """Rates under the name of a count: whoever adds them up would be wrong, and nothing would show it."""
    for one in found:
        if one.value is not None and not one.value.is_integer() and adds_up(one.series):
            yield Fault(one.row, one.column, f"{one.value:g} is no count, and {one.series!r} is a series of counts")


def sums(found: Sequence[Observation], totals: Sequence[Total]) -> Iterator[Fault]:
    """Totals that are not the sum of their parts."""
    for along in dict.fromkeys(total.along for total in totals):
        families: dict[tuple[str, ...], dict[str, Observation]] = defaultdict(dict)
        others = [axis for axis in AXES if axis != along]
        for one in found:
            families[tuple(getattr(one, axis) for axis in others)][getattr(one, along)] = one
        for family in families.values():
            for total in totals:
                if total.along == along and (whole := family.get(total.whole)) and (why := total.fault(whole, family)):
                    yield Fault(whole.row, whole.column, why)


def holes(found: Sequence[Observation], covers: Sequence[Kind], apart: Sequence[Axis]) -> Iterator[Fault]:
    """Figures that should have a row and have none: a sum would pass over them in silence."""
    every_kind = [{place.code for place in places(kind) if place.has_residents} for kind in covers]
    tables: dict[tuple[str, ...], set[tuple[str, str, tuple[str, ...]]]] = defaultdict(set)
    for one in found:
        group = (one.group, one.detail, one.sex, one.age)
        table = (one.series, one.classification, *(getattr(one, axis) for axis in apart))
        tables[table].add((one.period, one.place, group))
    for cells in tables.values():
        periods, known, groups = (set(axis) for axis in zip(*cells, strict=True))
        expected = known.union(*(codes for codes in every_kind if codes & known))
        every = itertools.product(sorted(periods), sorted(expected), sorted(groups))
        for period, place, group in (cell for cell in every if cell not in cells):
            what = ", ".join(part for part in (period, place, *group) if part and part != ALL)
            yield Fault(0, "", f"there is no row for {what}; what was not published is a row with a blank cell")
