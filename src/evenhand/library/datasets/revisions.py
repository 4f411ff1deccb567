"""What changed in published figures from one release of a dataset to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from evenhand.library.datasets.store import Change, Published, Store, changes

MOST = 512  # pairs of releases whose changes are kept in memory


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
    note: str = ""  # what readers are told, where answers went back to earlier figures

    @property
    def slug(self) -> str:
        """A name for this revision in an address."""
        return f"{self.dataset}-release-{self.number}"


def revisions(store: Store) -> tuple[Revision, ...]:
    """Every release that changed a figure of the one before it, newest first."""
    histories = store.history().items()
    found = [one for dataset, history in histories for one in _of(store, dataset, history) if one.changes]
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), one.dataset, -one.number)))


def _of(store: Store, dataset: str, history: Sequence[Published]) -> Iterator[Revision]:
    for number, (before, now) in enumerate(pairwise(history), start=2):
        old, new = before.version, now.version
        yield Revision(dataset, number, now.on, old, new, _between(store.folder, dataset, old, new), now.note)


@lru_cache(MOST)
def _between(folder: Path, dataset: str, old: str, new: str) -> tuple[Change, ...]:
    """What two releases differ in; worked out once, since a release never changes."""
    store = Store(folder)
    return changes(store.observations(dataset, old), store.observations(dataset, new))
