"""What changed in published figures from one release of a dataset to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from evenhand.library.datasets.history import observations_of, release
from evenhand.library.datasets.loader import Observation
from evenhand.library.datasets.store import Published, Store

MOST = 512  # pairs of releases whose changes are kept in memory


@dataclass(frozen=True)
class Change:
    """One published cell before and after: None before it appeared, and after it disappeared."""

    before: Observation | None
    after: Observation | None

    @property
    def cell(self) -> Observation:
        """The cell as it is now, or as it was last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing into nothing")
        return found

    @property
    def kind(self) -> Literal["changed", "appeared", "disappeared"]:
        """What happened to the cell."""
        if self.before is None:
            return "appeared"
        return "disappeared" if self.after is None else "changed"

    @property
    def difference(self) -> float | None:
        """The figure of now less the one of before; None where either is no number."""
        if self.before is None or self.after is None or self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True)
class Revision:
    """Two releases of a dataset, one after the other, and every cell that differs between them.

    `number` counts the releases of the dataset: 2 is the second. It never changes, and so neither does `slug`.
    """

    dataset: str
    number: int
    on: date
    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def slug(self) -> str:
        """A name for this revision in an address."""
        return f"{self.dataset}-release-{self.number}"


def changes(old: Sequence[Observation], new: Sequence[Observation]) -> tuple[Change, ...]:
    """Every cell whose value or state differs: as the new release has them, then what is gone, as the old had it.

    A cell is the same one in both if it has the same series, period, place, classification, group, detail, sex and
    age. Where it stood in the file, and the words of its source, are not looked at.
    """
    before = {one.key: one for one in old}
    after = {one.key: one for one in new}
    moved = [Change(before.get(key), one) for key, one in after.items() if _told(before.get(key)) != _told(one)]
    gone = [Change(one, None) for key, one in before.items() if key not in after]
    return (*moved, *gone)


def revisions(store: Store) -> tuple[Revision, ...]:
    """Every release that changed a figure of the one before it, newest first."""
    histories = store.history().items()
    found = [one for dataset, history in histories for one in _of(store, dataset, history) if one.changes]
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), one.dataset, -one.number)))


def _of(store: Store, dataset: str, history: Sequence[Published]) -> Iterator[Revision]:
    for number, (before, now) in enumerate(pairwise(history), start=2):
        old, new = before.version, now.version
        yield Revision(dataset, number, now.on, old, new, _between(store.folder, dataset, old, new))


@lru_cache(MOST)
def _between(folder: Path, dataset: str, old: str, new: str) -> tuple[Change, ...]:
    """What two releases differ in; worked out once, since a release never changes."""
    store = Store(folder)
    before, after = (observations_of(store, release(store, dataset, version)) for version in (old, new))
    return changes(before, after)


def _told(one: Observation | None) -> tuple[float | None, str] | None:
    return None if one is None else (one.value, one.state)
