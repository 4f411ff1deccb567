"""Shipped files, taken apart and put together again with a change, and engines over the changed ones."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evenhand.library.datasets.catalogue import loader, loaders
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.loader import ALL, Observation, RefusedFile
from evenhand.library.datasets.store import Store, read_release, shipped, shipped_content

NATIONS = "census-2021-nations"
ARRESTS = "arrests-nineteen-groups"
TODAY = date(2026, 11, 1)


class Sheet:
    """A shipped file as rows of cells; rows are numbered as in a refusal, the header being row 1."""

    def __init__(self, dataset: str) -> None:
        self.loader = loader(dataset)
        text = shipped_content(self.loader).decode()
        self.rows = list(csv.reader(io.StringIO(text, newline="")))

    def find(self, **cells: str) -> int:
        """The number of the one row with these cells."""
        at = {self.rows[0].index(column): value for column, value in cells.items()}
        (found,) = [
            number
            for number, row in enumerate(self.rows, start=1)
            if all(row[column] == value for column, value in at.items())
        ]
        return found

    def get(self, row: int, column: str) -> str:
        return self.rows[row - 1][self.rows[0].index(column)]

    def put(self, row: int, column: str, value: str) -> "Sheet":
        self.rows[row - 1][self.rows[0].index(column)] = value
        return self

    @property
    def content(self) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        return out.getvalue().encode()

    def load(self):
        return self.loader.load(self.content)


@pytest.fixture
def sheet() -> Callable[[str], Sheet]:
    return Sheet


@pytest.fixture
def figure() -> Callable[..., Observation]:
    """The one figure of a shipped file that has these parts; every part not named is as in a headline figure."""

    def look(dataset: str, **parts: str) -> Observation:
        wanted = {"detail": "", "sex": ALL, "age": ALL, **parts}
        (found,) = [
            one
            for one in loader(dataset).load(shipped_content(loader(dataset)))
            if all(getattr(one, part) == value for part, value in wanted.items())
        ]
        return found

    return look


@pytest.fixture
def refused() -> Callable[[Sheet], list[str]]:
    """The faults for which a changed file is refused, each as one line."""

    def look(changed: Sheet) -> list[str]:
        with pytest.raises(RefusedFile) as caught:
            changed.load()
        return [str(fault) for fault in caught.value.faults]

    return look


@pytest.fixture(scope="session")
def everything() -> Engine:
    """An engine over every shipped file, those that no measure asks for yet among them."""
    return Engine.from_releases(read_release(one, shipped_content(one)) for one in loaders())


@pytest.fixture
def engine_with() -> Callable[..., Engine]:
    """An engine over the shipped figures, with these sheets in the place of the shipped ones."""

    def make(*sheets: Sheet) -> Engine:
        changed = {one.loader.name: read_release(one.loader, one.content) for one in sheets}
        return Engine.from_releases(changed.get(release.dataset, release) for release in shipped())

    return make


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with what the measure of arrests needs, and no more."""
    made = Store(tmp_path / "evidence")
    made.load_all({name: shipped_content(loader(name)) for name in (ARRESTS, NATIONS)}, on=TODAY, shipped=True)
    return made


@pytest.fixture
def revised_arrests() -> Callable[[int], bytes]:
    """The file of arrests with a few more of White British people, and totals that still add."""

    def make(more: int = 1) -> bytes:
        changed = Sheet(ARRESTS)
        for label in ("All", "White", "White British"):
            row = changed.find(ethnicity=label)
            changed.put(row, "number", str(int(changed.get(row, "number")) + more))
        return changed.content

    return make


@pytest.fixture
def on_disk() -> Callable[[Path], dict[str, str]]:
    """Every file under a folder, with the hash of its bytes."""

    def look(folder: Path) -> dict[str, str]:
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
            for path in sorted(folder.rglob("*"))
        }

    return look
