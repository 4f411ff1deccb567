"""The shipped figures, released once for this state of the library and copied by whoever wants a store of them."""

import datetime as dt
import shutil
from pathlib import Path

import evenhand.library
from evenhand.library.datasets.store import Store
from evenhand.library.tests.once import made_once

FIRST_DAY = dt.date(2026, 11, 20)
LIBRARY = Path(evenhand.library.__file__).parent


def shipped_store(folder):
    """A store at a folder with everything that the product ships, as of the first day."""
    shutil.copytree(shipped(), folder)
    return Store(folder)


def shipped():
    """Where the one that is copied stands."""
    files = (path for path in LIBRARY.rglob("*") if path.suffix in {".py", ".toml", ".csv"})
    sources = (path for path in files if "tests" not in path.parts)
    return made_once("evidence", sources, lambda folder: Store(folder).load_shipped(on=FIRST_DAY))
