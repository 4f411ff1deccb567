"""What stands in a store, for whoever looks: releases and their figures, who did what, and what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from evenhand.library.datasets.catalogue import Unknown, loader
from evenhand.library.datasets.loader import Loader, Observation
from evenhand.library.datasets.store.changes import Change, changes
from evenhand.library.datasets.store.folder import MANIFEST, OBSERVATIONS, Folder
from evenhand.library.datasets.store.publication import Listed
from evenhand.library.datasets.store.release import File, Release, UnknownRelease, read_release, shipped_content
from evenhand.library.datasets.store.report import Report

THE_PRODUCT = "the product"


@dataclass(frozen=True)
class Held:
    """One release that answers come from, or came from: what is known of it, and when it was loaded here, if it was."""

    dataset: str
    version: str
    file: str
    sha256: str
    figures: int
    current: bool
    loaded_on: date | None


class Shelf(Folder):
    """A folder of releases, as it is looked at.

    Where a shipped dataset was never loaded, the one that the product ships stands in for its releases.
    """

    # What answers come from, or came from

    def held(self, dataset: str) -> tuple[Held, ...]:
        """Every published release of a dataset, the oldest first; Unknown with the near matches if there is none.

        One that waits for a second person is nobody's to see.
        """
        self._declared(dataset)
        current = self.current().get(dataset)
        paths = [self.path(name, version) / MANIFEST for name, version in self.published() if name == dataset]
        written = sorted((path.stat().st_mtime_ns, path.parent.name) for path in paths)
        found = [_held(self.manifest(dataset, version), current) for _, version in written]
        # Two releases of one day stand in the order in which they were written.
        found.sort(key=lambda held: held.loaded_on or date.min)
        return tuple(found) or (_shipped(dataset),)

    def release(self, dataset: str, version: str) -> Held:
        """One published release of a dataset; UnknownRelease if this store does not hold it."""
        for held in self.held(dataset):
            if held.version == version:
                return held
        raise UnknownRelease(f"No release of {self._declared(dataset).title} is called {version!r} here.")

    def source_file(self, dataset: str, version: str) -> File:
        """The name and the bytes of the file that a release was read from, without what must not be shown of it."""
        if not (self.path(dataset, version) / MANIFEST).exists():
            shipped = _as_shipped(dataset, version)
            return shipped.file, shipped.content
        return super().source_file(dataset, version)

    def observations(self, dataset: str, version: str) -> tuple[Observation, ...]:
        """Every figure of a release, as it was read then, in the order of the source."""
        path = self.path(dataset, version) / OBSERVATIONS
        if not path.exists():
            return _as_shipped(dataset, version).observations
        from evenhand.library.datasets.engine import read_parquet  # noqa: PLC0415  (DuckDB is heavy)

        return read_parquet(path)

    def _declared(self, dataset: str) -> Loader:
        """What is declared of a dataset: of a shipped one at once, of one's own by its release."""
        try:
            return loader(dataset)
        except Unknown:
            return self.catalogue().loader(dataset)

    # Every release, and who did what

    def releases(self) -> list[Listed]:
        """Every release of every dataset with its state, those that wait for a second person first."""
        found = [self._listed(dataset, version) for dataset, version in self.kept()]
        return sorted(found, key=lambda one: (one.state != "loaded", one.dataset, one.loaded_on, one.version))

    def report(self, dataset: str, version: str) -> Report:
        """What must be looked at before a release is published, or was when it was."""
        self._known(dataset, version)
        listed, manifest, proposal = (
            self._listed(dataset, version),
            self.manifest(dataset, version),
            self.proposal(dataset, version),
        )
        over = proposal.over if proposal else None
        return Report(
            listed,
            manifest.get("states", {}),
            tuple(manifest.get("totals", ())),
            tuple(manifest.get("remarks", ())),
            manifest.get("small_counts", {}),
            over,
            proposal.note if proposal else "",
            self.changes(dataset, over, version) if over else (),
        )

    def changes(self, dataset: str, old: str, new: str) -> tuple[Change, ...]:
        """Which published figures changed, appeared or disappeared from one release of a dataset to another."""
        for version in (old, new):
            self._known(dataset, version)
        return changes(self.observations(dataset, old), self.observations(dataset, new))

    def _listed(self, dataset: str, version: str) -> Listed:
        manifest, proposal = self.manifest(dataset, version), self.proposal(dataset, version)
        past = reversed(self._entries(self.current()))
        done = next((entry for entry in past if entry["released"].get(dataset) == version), None)
        nobody = THE_PRODUCT if manifest["shipped"] else ""
        return Listed(
            dataset,
            version,
            self.state_of(dataset, version),
            manifest["title"],
            manifest["observations"],
            proposal.on if proposal else date.fromisoformat(manifest["loaded_on"]),
            proposal.by if proposal else nobody,
            date.fromisoformat(done["on"]) if done else None,
            done.get("by", nobody) if done else "",
        )

    def _known(self, dataset: str, version: str) -> None:
        kept = self.kept()
        if (dataset, version) not in kept:
            datasets = sorted({name for name, _ in kept})
            if dataset not in datasets:
                raise Unknown("dataset", dataset, datasets)
            raise Unknown(f"release of {dataset}", version, [one for name, one in kept if name == dataset])


def _held(manifest: Mapping[str, Any], current: str | None) -> Held:
    return Held(
        dataset=manifest["dataset"],
        version=manifest["version"],
        file=manifest["file"],
        sha256=manifest["sha256"],
        figures=manifest["observations"],
        current=manifest["version"] == current,
        loaded_on=date.fromisoformat(manifest["loaded_on"]),
    )


def _shipped(dataset: str) -> Held:
    read = _read(dataset)
    name = loader(dataset).file
    return Held(dataset, read.version, name, read.sha256, len(read.observations), current=True, loaded_on=None)


def _as_shipped(dataset: str, version: str) -> Release:
    """The release that the product ships, asked for by its name; UnknownRelease for any other."""
    shipped = _read(dataset)
    if shipped.version != version:
        raise UnknownRelease(f"No release of {loader(dataset).title} is called {version!r} here.")
    return shipped


@cache
def _read(dataset: str) -> Release:
    """The release that the product ships, which never changes while it runs."""
    one = loader(dataset)
    return read_release(one, shipped_content(one))
