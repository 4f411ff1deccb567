"""Immutable releases of figures: every load is a new folder beside the old, and old ones keep their bytes."""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from evenhand.library.datasets.catalogue import Measure, loader, loaders, measures
from evenhand.library.datasets.loader import Loader, Observation

Versions = Mapping[str, str]
File = tuple[str, bytes]  # its name and what is in it

RELEASE = re.compile("[0-9a-f]{10}")


class UnknownRelease(LookupError):
    """No release of a measure has this name here."""


@dataclass(frozen=True)
class Release:
    """One load of one dataset: its observations, and the file that they were read from, with its hash."""

    dataset: str
    version: str
    sha256: str
    observations: tuple[Observation, ...]
    file: str
    content: bytes


def version_of(loader: Loader, content: bytes) -> str:
    """The name of a release: the same bytes read in the same way are the same release."""
    return hashlib.sha256(b"%s %d\n" % (loader.name.encode(), loader.revision) + content).hexdigest()[:12]


def shipped_content(loader: Loader) -> bytes:
    """The file that the product ships for a loader."""
    return (resources.files("evenhand.library") / "reference" / loader.file).read_bytes()


def read_release(loader: Loader, content: bytes) -> Release:
    """Check and read one file; RefusedFile if anything in it is wrong."""
    observations = loader.load(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Release(loader.name, version_of(loader, content), sha256, observations, loader.file, content)


def shipped() -> Iterator[Release]:
    """The releases that the product ships for its measures, read from its own tables."""
    for name in sorted(frozenset().union(*(measure.datasets for measure in measures()))):
        one = loader(name)
        yield read_release(one, shipped_content(one))


def release_name(measure: Measure, versions: Versions) -> str:
    """The name of a measure's release: it changes when, and only when, a figure that the measure uses may have."""
    used = "\n".join(f"{dataset} {versions[dataset]}" for dataset in sorted(measure.datasets))
    return hashlib.sha256(used.encode()).hexdigest()[:10]


class Store:
    """A folder of releases. Readers never wait; two writers take turns; a kill leaves the old truth whole.

    folder/datasets/<dataset>/<version>/   source file, observations.parquet, manifest.json: written once
    folder/releases/<measure>-<name>.json  which version of each dataset a quoted answer used
    folder/current.json                    the version of each dataset that is answered from now
    """

    def __init__(self, folder: Path) -> None:
        """Use a folder, which need not exist yet."""
        self.folder = folder

    def state(self) -> tuple[int, int] | None:
        """Changes whenever something was released; None before the first load. Costs one look at the disk."""
        try:
            found = (self.folder / "current.json").stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_ino

    def current(self) -> dict[str, str]:
        """The version of each dataset that answers come from; empty before the first load."""
        try:
            versions: dict[str, str] = json.loads((self.folder / "current.json").read_text())
        except FileNotFoundError:
            return {}
        return versions

    def versions(self, measure: Measure, release: str) -> dict[str, str]:
        """The versions that a quoted release of a measure used; UnknownRelease if this store never had it."""
        path = self.folder / "releases" / f"{measure.slug}-{release}.json"
        if not RELEASE.fullmatch(release) or not path.exists():
            raise UnknownRelease(f"No release of {measure.title} is called {release!r} here.")
        versions: dict[str, str] = json.loads(path.read_text())
        return versions

    def parquet_files(self) -> list[tuple[str, str, Path]]:
        """Every release in the store: dataset, version, observations."""
        return [
            (path.parts[-3], path.parts[-2], path)
            for path in sorted((self.folder / "datasets").glob("*/[!.]*/observations.parquet"))
        ]

    def manifest(self, dataset: str, version: str) -> dict[str, Any]:
        """What is known of one release: hash, loader, number of observations, and when it was loaded."""
        path = self.folder / "datasets" / dataset / version / "manifest.json"
        manifest: dict[str, Any] = json.loads(path.read_text())
        return manifest

    def source_file(self, dataset: str, version: str) -> File:
        """The name and the bytes of the file that a release was read from."""
        name = self.manifest(dataset, version)["file"]
        return name, (self.folder / "datasets" / dataset / version / name).read_bytes()

    def load(self, dataset: str, content: bytes, *, on: date) -> tuple[str, bool]:
        """Release one file: its version, and whether anything is new. RefusedFile leaves everything as it was."""
        return self.load_all({dataset: content}, on=on)[dataset]

    def load_all(
        self, contents: Mapping[str, bytes], *, on: date, shipped: bool = False
    ) -> dict[str, tuple[str, bool]]:
        """Release several files at once, or none: every file is checked before the first is kept."""
        versions = {dataset: version_of(loader(dataset), content) for dataset, content in contents.items()}
        known = self.current()
        releases = {
            dataset: read_release(loader(dataset), content)
            for dataset, content in contents.items()
            if known.get(dataset) != versions[dataset]
        }
        fresh: dict[str, str] = {}
        if releases:
            with self._turn():
                # Another writer may have released the same file while this one was being read.
                known = self.current()
                fresh = {name: one.version for name, one in releases.items() if known.get(name) != one.version}
                for dataset in fresh:
                    self._keep(releases[dataset], contents[dataset], loader(dataset), on, shipped=shipped)
                if fresh:
                    self._publish({**known, **fresh})
        return {dataset: (version, dataset in fresh) for dataset, version in versions.items()}

    def load_shipped(self, *, on: date) -> dict[str, tuple[str, bool]]:
        """Release every file that the product ships and that has no release of its own yet, or an older shipped one."""
        current = self.current()
        # A file that a person released stays: starting the product again must not take its figures back.
        kept = {name: one for name, one in current.items() if not self.manifest(name, one).get("shipped", True)}
        ours = {one.name: shipped_content(one) for one in loaders() if one.name not in kept}
        return {
            **{name: (version, False) for name, version in kept.items()},
            **self.load_all(ours, on=on, shipped=True),
        }

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _keep(self, release: Release, content: bytes, loader: Loader, on: date, *, shipped: bool) -> None:
        from evenhand.library.datasets.engine import write_parquet  # noqa: PLC0415  (DuckDB is heavy)

        folder = self.folder / "datasets" / release.dataset / release.version
        if folder.exists():
            return
        draft = folder.with_name(f".{release.version}.{os.getpid()}.part")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        (draft / loader.file).write_bytes(content)
        write_parquet(release.observations, draft / "observations.parquet")
        manifest = {
            "dataset": release.dataset,
            "version": release.version,
            "sha256": release.sha256,
            "file": loader.file,
            "publisher": loader.publisher,
            "title": loader.title,
            "landing_page": loader.landing_page,
            "licence": loader.licence,
            "reading": loader.revision,
            "observations": len(release.observations),
            "shipped": shipped,
            "loaded_on": on.isoformat(),
        }
        (draft / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
        draft.rename(folder)

    def _publish(self, versions: dict[str, str]) -> None:
        for measure in measures():
            if measure.datasets <= versions.keys():
                used = {dataset: versions[dataset] for dataset in sorted(measure.datasets)}
                name = f"{measure.slug}-{release_name(measure, used)}.json"
                self._write("releases", name, used)
        self._write("", "current.json", versions)

    def _write(self, folder: str, name: str, content: dict[str, str]) -> None:
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{os.getpid()}.part")
        draft.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n")
        draft.replace(path)
