"""Releases of figures: every load is a new folder beside the old, old ones keep their bytes, and two people publish."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.library.datasets.catalogue import loader, loaders
from evenhand.library.datasets.loader import Fault, Loader, RefusedFile
from evenhand.library.datasets.own.declaration import Own
from evenhand.library.datasets.own.protection import Decision, shown_before
from evenhand.library.datasets.store.drafts import Prepared, prepare, untried
from evenhand.library.datasets.store.folder import (
    DECISION,
    DECLARATION,
    MANIFEST,
    OBSERVATIONS,
    PROPOSAL,
    written,
)
from evenhand.library.datasets.store.publication import CannotPublish, Proposal, named, same_person, told
from evenhand.library.datasets.store.release import Release, read_release, shipped_content, version_of
from evenhand.library.datasets.store.shelf import Shelf


class Store(Shelf):
    """A folder of releases, and every way in which it changes."""

    # Figures that need no second person: those that the product ships, and those that a test or a script releases

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
        names = {one.name for one in loaders()}
        # What people released or restored stays: starting the product again must not take its figures back. A table
        # of one's own that has come to have the name of a shipped one gives way to it.
        kept = {
            name: one
            for name, one in self.current().items()
            if name in names
            and (self.proposal(name, one) or not self.manifest(name, one).get("shipped", True))
            and not (self.path(name, one) / DECLARATION).exists()
        }
        ours = {one.name: shipped_content(one) for one in loaders() if one.name not in kept}
        loaded = self.load_all(ours, on=on, shipped=True)
        # A newer product may ask new questions of figures that it did not change: their releases want names too.
        self._name(self.current())
        return {**{name: (version, False) for name, version in kept.items()}, **loaded}

    # Figures that two people publish

    def load_draft(self, own: Own, content: bytes, *, by: str, on: date) -> tuple[str, bool]:
        """Put a table forward: its version, and whether anything is new. Nothing is answered from it yet.

        RefusedFile leaves everything as it was. Somebody else must look at it and publish it.
        """
        by = named(by)
        if own.declaration and own.loader.look_again <= on:
            due = own.loader.look_again.isoformat()
            raise RefusedFile(own.loader.file, [Fault(0, "look_again", f"{due} is past: give a day to come")])
        earlier = self._decisions(own.name) if own.small_counts == "suppress" else []
        prepared = prepare(own, content, self.catalogue(), earlier)
        if faults := [*untried(prepared, self._trial(prepared))]:
            raise RefusedFile(own.loader.file, faults)
        dataset, version = own.name, prepared.version
        with self._turn():
            current = self.current().get(dataset)
            if current == version:
                return version, False
            put_forward = Proposal(by, on, current, self._times(dataset))
            there = self.path(dataset, version)
            known = self.proposal(dataset, version)
            if known and replace(known, by=by, on=on) == put_forward:
                # The same figures over the same release: they wait already, for somebody other than who loaded them.
                return version, False
            if there.exists():
                self._write(f"datasets/{dataset}/{version}", PROPOSAL, put_forward.as_json())
                return version, True
            self._keep_draft(prepared, content, put_forward)
        return version, True

    def publish(self, dataset: str, version: str, *, by: str, on: date) -> None:
        """Answer from a release that somebody else has put forward; CannotPublish says why not, and what to do."""
        by = named(by)
        with self._turn():
            self._known(dataset, version)
            known, state = self.current(), self.state_of(dataset, version)
            if state == "published":
                raise CannotPublish("published-already", f"{dataset} {version} is published already.")
            proposal = self.proposal(dataset, version)
            if proposal is None or state == "superseded":
                again = "was published before. To go back to it, restore it: somebody else can then publish it"
                raise CannotPublish("superseded", f"{dataset} {version} {again}.")
            if same_person(proposal.by, by):
                alone = "Somebody else must check them and publish them"
                raise CannotPublish("same-person", f"{proposal.by} loaded these figures. {alone}.")
            if (proposal.over, proposal.after) != (known.get(dataset), self._times(dataset)):
                changed = "another release was published since, so that these were checked beside the wrong one"
                raise CannotPublish("overtaken", f"{dataset} {version}: {changed}. Load the file again.")
            own = self.declared(dataset, version)
            if own and (clashes := [*own.clashes(self.catalogue())]):
                raise CannotPublish("clash", f"{dataset} {version}: {'; '.join(clashes)}.")
            who = {"loaded_by": proposal.by, "by": by}
            self._publish(known, {dataset: version}, on, **who, **({"note": proposal.note} if proposal.note else {}))

    def restore(self, dataset: str, version: str, *, by: str, on: date, note: str) -> None:
        """Put an earlier release forward again, to be published by somebody else, with a note for readers.

        CannotPublish if it is answered from already, or waits.
        """
        by, note = named(by), told(note)
        with self._turn():
            self._known(dataset, version)
            if (state := self.state_of(dataset, version)) != "superseded":
                why = {"published": "is answered from already", "loaded": "waits to be published already"}[state]
                raise CannotPublish(f"{state}-already", f"{dataset} {version} {why}.")
            put_forward = Proposal(by, on, self.current().get(dataset), self._times(dataset), note)
            self._write(f"datasets/{dataset}/{version}", PROPOSAL, put_forward.as_json())

    def discard(self, dataset: str, version: str) -> None:
        """Take a release away that was put forward and never published; CannotPublish for any other."""
        with self._turn():
            self._known(dataset, version)
            if self.state_of(dataset, version) != "loaded":
                why = "is or was published: what has been quoted is never taken away"
                raise CannotPublish("published-already", f"{dataset} {version} {why}.")
            folder, private = self.path(dataset, version), self._private(dataset, version)
            # Somebody wanted to go back to it: the wish alone is taken away.
            if (dataset, version) in self.published():
                (folder / PROPOSAL).unlink()
                return
            self._remove(folder)
            if private.exists():
                self._remove(private)

    # Writing

    def _keep(self, release: Release, content: bytes, loader: Loader, on: date, *, shipped: bool) -> None:
        from evenhand.library.datasets.engine import write_parquet  # noqa: PLC0415  (DuckDB is heavy)

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

        def fill(folder: Path) -> None:
            (folder / loader.file).write_bytes(content)
            write_parquet(release.observations, folder / OBSERVATIONS)
            (folder / MANIFEST).write_text(written(manifest))

        folder = self.path(release.dataset, release.version)
        if not folder.exists():
            self._place(folder, fill)

    def _keep_draft(self, prepared: Prepared, content: bytes, put_forward: Proposal) -> None:
        from evenhand.library.datasets.engine import write_parquet  # noqa: PLC0415  (DuckDB is heavy)

        own, manifest = prepared.own, {**prepared.manifest(), "loaded_on": put_forward.on.isoformat()}

        def fill(folder: Path) -> None:
            (folder / prepared.file).write_bytes(prepared.kept)
            write_parquet(prepared.observations, folder / OBSERVATIONS)
            (folder / MANIFEST).write_text(written(manifest))
            if own.declaration:
                (folder / DECLARATION).write_bytes(own.declaration)
            (folder / PROPOSAL).write_text(written(put_forward.as_json()))

        def hide(folder: Path) -> None:
            (folder / own.loader.file).write_bytes(content)
            if prepared.decision:
                (folder / DECISION).write_text(json.dumps(prepared.decision.as_json()))

        if prepared.kept != content:
            private = self._private(own.name, prepared.version)
            # Left there by a kill before its release was: the counts that it hides may be others.
            if private.exists():
                self._remove(private)
            self._place(private, hide)
            (self.folder / "private").chmod(0o700)
        self._place(self.path(own.name, prepared.version), fill)

    def _publish(self, known: dict[str, str], fresh: dict[str, str], on: date, **said: str) -> None:
        versions = {**known, **fresh}
        self._name(versions)
        entry = {"on": on.isoformat(), "released": fresh, **said}
        self._write("", "history.json", [*self._entries(known), entry])
        self._write("", "current.json", versions)

    def _times(self, dataset: str) -> int:
        """How often a dataset was released."""
        return len(self.history().get(dataset, ()))

    def _private(self, dataset: str, version: str) -> Path:
        return self.folder / "private" / dataset / version

    # Looking before anything is written

    def _decisions(self, dataset: str) -> list[Decision]:
        """What every release of a dataset that was published hides and shows."""
        return [self._decision(dataset, version) for name, version in sorted(self.published()) if name == dataset]

    def _decision(self, dataset: str, version: str) -> Decision:
        try:
            return Decision.from_json(json.loads((self._private(dataset, version) / DECISION).read_text()))
        except FileNotFoundError:
            return shown_before(self.observations(dataset, version))

    def _trial(self, prepared: Prepared) -> Any:
        """An engine over what the measure declared beside a table would be answered from."""
        from evenhand.library.datasets.engine import Engine  # noqa: PLC0415  (DuckDB is heavy)

        own, current = prepared.own, self.current()
        if own.measure is None:
            return None
        others = own.measure.datasets - {own.name}
        if missing := sorted(others - current.keys()):
            raise CannotPublish("not-released", f"Release these first: {', '.join(missing)}. Run: evenhand load")
        tried = Release(own.name, prepared.version, "", prepared.observations, prepared.file, prepared.kept)
        files = [(name, current[name], self.path(name, current[name]) / OBSERVATIONS) for name in sorted(others)]
        catalogue = self.catalogue().with_further([own.loader], [own.measure])
        return Engine.from_releases([tried], beside=files, catalogue=catalogue)
