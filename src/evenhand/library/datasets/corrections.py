"""What people found wrong or doubtful in published figures that are kept here: each with its figures and source."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from evenhand.library.datasets.catalogue import Unknown, loader
from evenhand.library.datasets.loader import Observation
from evenhand.library.discover import Fault, made, read_table
from evenhand.library.places import UnknownPlace, place

# The publisher's table contradicts itself; was revised; cannot be confirmed; or the mistake was ours.
Kind = Literal["slip", "revision", "doubt", "ours"]
FEED = "feed"
COMPUTED = "-release-"  # stands in the address of what a store works out itself, and so in no slug


@dataclass(frozen=True)
class Figures:
    """Some figures of one dataset; what is left out is not looked at."""

    dataset: str
    series: str = ""
    periods: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    detail: str | None = None

    def hold(self, one: Observation) -> bool:
        """Whether a figure of the dataset is among them."""
        return (
            self.series in ("", one.series)
            and _allows(self.periods, one.period)
            and _allows(self.places, one.place)
            and _allows(self.groups, one.group)
            and self.detail in (None, one.detail)
        )


@dataclass(frozen=True)
class Correction:
    """One thing found: what was wrong, what is right as far as is known, and what was done. `noticed_by` is a role."""

    slug: str
    on: date
    kind: Kind
    title: str
    wrong: str
    right: str
    done: str
    noticed_by: str
    source: str
    source_url: str
    figures: tuple[Figures, ...]

    def as_record(self) -> dict[str, str]:
        """The correction in one line, for a list."""
        return {
            "slug": self.slug,
            "on": self.on.isoformat(),
            "kind": self.kind,
            "title": self.title,
            "datasets": ", ".join(dict.fromkeys(one.dataset for one in self.figures)),
            "noticed_by": self.noticed_by,
            "source": self.source,
        }


@cache
def corrections() -> tuple[Correction, ...]:
    """Everything that was written down, newest first."""
    with resources.as_file(resources.files("evenhand.library") / "reference" / "corrections.toml") as path:
        return read_corrections(path)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections that one file declares, newest first; Fault names the one that is wrong, and in what."""
    found: list[Correction] = []
    for table in read_table(path).get("corrections", []):
        one = _correction(table, f"{path.name}, {table.get('slug', 'a correction without a slug')}")
        if one.slug in {other.slug for other in found}:
            raise Fault(path, f"{one.slug!r} is declared twice")
        found.append(one)
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), one.slug)))


def _correction(table: dict[str, Any], where: str) -> Correction:
    figures = [made(Figures, one, where=where) for one in table.get("figures", [])]
    one = made(Correction, {**table, "figures": figures}, where=where)
    faults = [
        f"{name!r} is blank" for name in ("title", "wrong", "right", "done", "noticed_by") if not _text(one, name)
    ]
    faults += [
        f"{name!r} is missing: say where it was found" for name in ("source", "source_url") if not _text(one, name)
    ]
    if COMPUTED in one.slug:
        faults.append(f"a slug with {COMPUTED!r} belongs to a revision that is worked out")
    if one.slug == FEED:
        faults.append(f"{one.slug!r} is where the feeds stand")
    if not figures:
        faults.append("it names no [[corrections.figures]]")
    for each in figures:
        try:
            loader(each.dataset)
            for code in each.places:
                place(code)
        except (Unknown, UnknownPlace) as fault:
            faults.append(str(fault))
    if faults:
        raise Fault(where, *faults)
    return one


def _text(one: Correction, name: str) -> str:
    return str(getattr(one, name)).strip()


def _allows(named: Collection[str], found: str) -> bool:
    return not named or found in named
