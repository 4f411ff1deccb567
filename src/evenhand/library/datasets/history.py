"""The releases of each dataset, from the first to the one that answers now, and what each of them holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from evenhand.library.datasets.catalogue import Unknown, loader
from evenhand.library.datasets.loader import Loader, Observation
from evenhand.library.datasets.store import Release, Store, UnknownRelease, read_release, shipped_content


@dataclass(frozen=True)
class Held:
    """One release of one dataset: when it was loaded here, if it was, and whether answers come from it now."""

    dataset: str
    version: str
    file: str
    sha256: str
    figures: int
    current: bool
    loaded_on: date | None


def releases(store: Store, dataset: str) -> tuple[Held, ...]:
    """Every release of a dataset, the oldest first; of one that was never loaded here, the one that is shipped.

    Unknown with the near matches, if there is no such dataset.
    """
    _declared(store, dataset)
    current = store.current().get(dataset)
    manifests = sorted((path.stat().st_mtime_ns, path.parent.name) for path in _manifests(store, dataset))
    found = [_held(store.manifest(dataset, version), current) for _, version in manifests]
    # Two releases of one day stand in the order in which they were written.
    found.sort(key=lambda held: held.loaded_on or date.min)
    return tuple(found) or (_shipped(dataset),)


def release(store: Store, dataset: str, version: str) -> Held:
    """One release of a dataset; UnknownRelease if this site does not hold it."""
    for held in releases(store, dataset):
        if held.version == version:
            return held
    raise UnknownRelease(f"No release of {_declared(store, dataset).title} is called {version!r} here.")


def source_of(store: Store, held: Held) -> bytes:
    """The very bytes that a release was read from."""
    path = _folder(store, held) / held.file
    return path.read_bytes() if path.exists() else shipped_content(loader(held.dataset))


def observations_of(store: Store, held: Held) -> tuple[Observation, ...]:
    """Every figure of a release, as it was read then, in the order of the source."""
    path = _folder(store, held) / "observations.parquet"
    if not path.exists():
        return _read(held.dataset).observations
    from evenhand.library.datasets.engine import read_parquet  # noqa: PLC0415  (DuckDB is heavy)

    return read_parquet(path)


def _declared(store: Store, dataset: str) -> Loader:
    """What is declared of a dataset: of a shipped one at once, of one's own by the store."""
    try:
        return loader(dataset)
    except Unknown:
        return store.catalogue().loader(dataset)


def _manifests(store: Store, dataset: str) -> list[Path]:
    """Of every release that was published: one that waits for a second person is nobody's to see."""
    return [store.path(dataset, version) / "manifest.json" for name, version in store.published() if name == dataset]


def _folder(store: Store, held: Held) -> Path:
    return store.folder / "datasets" / held.dataset / held.version


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


@cache
def _read(dataset: str) -> Release:
    """The release that the product ships, which never changes while it runs."""
    one = loader(dataset)
    return read_release(one, shipped_content(one))
