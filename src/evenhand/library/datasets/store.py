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
from typing import Any, NamedTuple

from evenhand.library.datasets.catalogue import Collection, Measure, loader, loaders, measures, quoted
from evenhand.library.datasets.loader import Loader, Observation

Versions = Mapping[str, str]
File = tuple[str, bytes]  # its name and what is in it

RELEASE = re.compile("[0-9a-f]{10}")


class UnknownRelease(LookupError):
    """No release of a measure, or of a collection, has this name here."""


@dataclass(frozen=True)
class Release:
    """One load of one dataset: its observations, and the file that they were read from, with its hash."""

    dataset: str
    version: str
    sha256: str
    observations: tuple[Observation, ...]
    file: str
    content: bytes


class Published(NamedTuple):
    """One version of a dataset, and the day from which answers came from it."""

    version: str
    on: date


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


def release_name(asked: Measure | Collection, versions: Versions) -> str:
    """The name of a release: it changes when, and only when, a figure that the measure or collection uses may have."""
    used = "\n".join(f"{dataset} {versions[dataset]}" for dataset in sorted(asked.datasets & versions.keys()))
    return hashlib.sha256(used.encode()).hexdigest()[:10]


class Store:
    """A folder of releases. Readers never wait; two writers take turns; a kill leaves the old truth whole.

    folder/datasets/<dataset>/<version>/   source file, observations.parquet, manifest.json: written once
    folder/releases/<measure>-<name>.json  which version of each dataset a quoted answer used
    folder/history.json                    which versions were released when, oldest first
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

    def versions(self, asked: Measure | Collection, release: str) -> dict[str, str]:
        """The versions that a quoted release of a measure or collection used; UnknownRelease if there never was one."""
        path = self.folder / "releases" / f"{asked.slug}-{release}.json"
        if not RELEASE.fullmatch(release) or not path.exists():
            raise UnknownRelease(f"No release of {asked.title} is called {release!r} here.")
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

    def history(self) -> dict[str, tuple[Published, ...]]:
        """Every version that each dataset was answered from, oldest first; one that came back stands there again."""
        current = self.current()
        found: dict[str, tuple[Published, ...]] = {}
        for entry in self._entries(current):
            for dataset, version in entry["released"].items():
                one = Published(version, date.fromisoformat(entry["on"]))
                found[dataset] = (*found.get(dataset, ()), one)
        return found

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
                    self._publish(known, fresh, on)
        return {dataset: (version, dataset in fresh) for dataset, version in versions.items()}

    def load_shipped(self, *, on: date) -> dict[str, tuple[str, bool]]:
        """Release every file that the product ships and that has no release of its own yet, or an older shipped one."""
        current = self.current()
        # A file that a person released stays: starting the product again must not take its figures back.
        kept = {name: one for name, one in current.items() if not self.manifest(name, one).get("shipped", True)}
        ours = {one.name: shipped_content(one) for one in loaders() if one.name not in kept}
        loaded = self.load_all(ours, on=on, shipped=True)
        # A newer product may ask new questions of figures that it did not change: their releases want names too.
        self._name(self.current())
        return {**{name: (version, False) for name, version in kept.items()}, **loaded}

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

    def _publish(self, known: dict[str, str], fresh: dict[str, str], on: date) -> None:
        versions = {**known, **fresh}
        self._name(versions)
        entry = {"on": on.isoformat(), "released": fresh}
        self._write("", "history.json", [*self._entries(known), entry])
        self._write("", "current.json", versions)

    def _entries(self, current: Versions) -> list[dict[str, Any]]:
        """What was released when, for a reader who looked first at what is current."""
        try:
            entries: list[dict[str, Any]] = json.loads((self.folder / "history.json").read_text())
        except FileNotFoundError:
            return []
        # History is written first. A writer who is at it now, or was killed in between, has released nothing yet.
        while entries and any(current.get(name) != version for name, version in entries[-1]["released"].items()):
            entries.pop()
        return entries

    def _name(self, versions: Mapping[str, str]) -> None:
        """Keep what each release is made of, under its name."""
        for one in quoted():
            used = {dataset: versions[dataset] for dataset in sorted(one.datasets & versions.keys())}
            name = f"{one.slug}-{release_name(one, used)}.json"
            if used and not (self.folder / "releases" / name).exists():
                self._write("releases", name, used)

    def _write(self, folder: str, name: str, content: object) -> None:
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{os.getpid()}.part")
        draft.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n")
        draft.replace(path)
