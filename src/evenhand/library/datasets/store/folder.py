"""The folder that a store is: written once, renamed into place, one writer at a time, and read without waiting."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.library.datasets.catalogue import Catalogue, Collection, Measure, counted, shipped_catalogue
from evenhand.library.datasets.own.declaration import Own, read_declaration
from evenhand.library.datasets.store.publication import Proposal, Published, ReleaseState
from evenhand.library.datasets.store.release import RELEASE, File, UnknownRelease, Versions, release_name
from evenhand.library.discover import Fault

OBSERVATIONS, MANIFEST, DECLARATION = "observations.parquet", "manifest.json", "declaration.toml"
PROPOSAL, DECISION = "proposal.json", "decision.json"


class Folder:
    """A folder of releases. Readers never wait; two writers take turns; a kill leaves the old truth whole.

    folder/datasets/<dataset>/<version>/    source file, observations.parquet, manifest.json: written once; of figures
                                            of one's own also declaration.toml, and proposal.json, who put them forward
    folder/history.json                     which versions were released when, and by whom, oldest first
    folder/private/<dataset>/<version>/     what was handed in, where small counts are hidden, and which those are
    folder/releases/<measure>-<name>.json   which version of each dataset a quoted answer used
    folder/current.json                     the version of each dataset that is answered from now
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

    def versions(self, asked: Measure | Collection | str, release: str) -> dict[str, str]:
        """The versions that a quoted release of a measure or collection used; UnknownRelease if there never was one."""
        slug, title = (asked, asked) if isinstance(asked, str) else (asked.slug, asked.title)
        path = self.folder / "releases" / f"{slug}-{release}.json"
        if not RELEASE.fullmatch(release) or not path.exists():
            raise UnknownRelease(f"No release of {title} is called {release!r} here.")
        versions: dict[str, str] = json.loads(path.read_text())
        return versions

    def parquet_files(self) -> list[tuple[str, str, Path]]:
        """Every release that is or was published: dataset, version, observations."""
        return [
            (dataset, version, self.path(dataset, version) / OBSERVATIONS)
            for dataset, version in sorted(self.published())
        ]

    def manifest(self, dataset: str, version: str) -> dict[str, Any]:
        """What is known of one release: hash, loader, number of observations, and when it was loaded."""
        manifest: dict[str, Any] = json.loads((self.path(dataset, version) / MANIFEST).read_text())
        return manifest

    def source_file(self, dataset: str, version: str) -> File:
        """The name and the bytes of the file that a release was read from, without what must not be shown of it."""
        name = self.manifest(dataset, version)["file"]
        return name, (self.path(dataset, version) / name).read_bytes()

    def catalogue(self, versions: Versions | None = None) -> Catalogue:
        """What can be asked of these versions, or of the current ones: what is shipped, and what is declared with them.

        A shipped measure keeps its name against one of one's own, but in a release of that one.
        """
        asked = self.current() if versions is None else versions
        own = [one for dataset in asked if (one := self.declared(dataset, asked[dataset]))]
        ours = {one.slug for one in shipped_catalogue().measures}
        measures = [
            one.measure
            for one in own
            if one.measure and (one.measure.slug not in ours or asked.keys() == one.measure.datasets)
        ]
        return shipped_catalogue().with_further((one.loader for one in own), measures)

    def declared(self, dataset: str, version: str) -> Own | None:
        """What was declared beside a table of one's own; None for a shipped one, or if it can no longer be read."""
        try:
            content = (self.path(dataset, version) / DECLARATION).read_bytes()
        except FileNotFoundError:
            return None
        try:
            return read_declaration(content, file=self.manifest(dataset, version)["handed_in"])
        except Fault:  # of a later product, in which what it names is gone
            return None

    # What each release is

    def history(self) -> dict[str, tuple[Published, ...]]:
        """Every version that each dataset was answered from, oldest first; one that came back stands there again."""
        found: dict[str, tuple[Published, ...]] = {}
        for entry in self._entries(self.current()):
            for dataset, version in entry["released"].items():
                one = Published(version, date.fromisoformat(entry["on"]), entry.get("note", ""))
                found[dataset] = (*found.get(dataset, ()), one)
        return found

    def kept(self) -> list[tuple[str, str]]:
        """Every release there is: dataset and version."""
        found = sorted((self.folder / "datasets").glob(f"*/[!.]*/{OBSERVATIONS}"))
        return [(path.parts[-3], path.parts[-2]) for path in found]

    def published(self) -> set[tuple[str, str]]:
        """Every release that answers have come from: all but those that wait for a second person."""
        past = {(dataset, one.version) for dataset, every in self.history().items() for one in every}
        past |= set(self.current().items())
        return {one for one in self.kept() if one in past or not self._needs_two(*one)}

    def proposal(self, dataset: str, version: str) -> Proposal | None:
        """Who put a release forward; None for one that needs no second person, such as those that are shipped."""
        try:
            return Proposal.from_json(json.loads((self.path(dataset, version) / PROPOSAL).read_text()))
        except FileNotFoundError:
            return None

    def state_of(self, dataset: str, version: str) -> ReleaseState:
        """Whether a release waits for a second person, is answered from, or was."""
        if self.current().get(dataset) == version:
            return "published"
        proposal = self.proposal(dataset, version)
        if proposal is None:
            return "superseded"
        since = self.history().get(dataset, ())[proposal.after :]
        return "superseded" if version in {one.version for one in since} else "loaded"

    def _needs_two(self, dataset: str, version: str) -> bool:
        """Whether a release was put forward to be published by somebody else: in older stores none was."""
        return self.proposal(dataset, version) is not None and self.manifest(dataset, version).get("by_two", False)

    # Writing

    def path(self, dataset: str, version: str) -> Path:
        """Where a release stands."""
        return self.folder / "datasets" / dataset / version

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _place(self, folder: Path, fill: Callable[[Path], None]) -> None:
        """Fill a folder beside its place, then rename it into it: it is there whole or not at all."""
        draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        fill(draft)
        draft.rename(folder)

    def _remove(self, folder: Path) -> None:
        """Take a folder out of its place at once, then delete it."""
        gone = folder.with_name(f".{folder.name}.{os.getpid()}.part")
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone)

    def _name(self, versions: Versions) -> None:
        """Keep what each release is made of, under its name."""
        asked: tuple[Measure | Collection, ...] = (*self.catalogue(versions).measures, counted())
        for one in asked:
            used = {dataset: versions[dataset] for dataset in sorted(one.datasets & versions.keys())}
            name = f"{one.slug}-{release_name(one, used)}.json"
            if used and not (self.folder / "releases" / name).exists():
                self._write("releases", name, used)

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

    def _write(self, folder: str, name: str, content: object) -> None:
        path = self.folder / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{os.getpid()}.part")
        draft.write_text(written(content))
        draft.replace(path)


def written(content: object) -> str:
    """JSON as it stands in a store, for people too."""
    return json.dumps(content, indent=2, sort_keys=True) + "\n"
