"""Shipped files with one figure changed, and stores that hold them: a publisher revises, and readers come back."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from evenhand.library.datasets.catalogue import loader, measure
from evenhand.library.datasets.store import Store, release_name, shipped_content
from evenhand.library.datasets.tests.shipped import shipped_store

SEARCHES, ARRESTS, OUTCOMES = "stop-search-by-police-force", "arrests-nineteen-groups", "stop-search-outcomes"
NEXT_DAY = date(2027, 1, 15)
WEST_MERCIA = {"financial_year": "2024/25", "police_force_area": "West Mercia", "ethnicity_self_defined_5": "Black"}


def revised(dataset: str = SEARCHES, where: Mapping[str, str] = WEST_MERCIA, *, add: int, column: str = "searches"):
    """A shipped file in which the one row that is meant counts so many more."""
    header, *rows = csv.reader(io.StringIO(shipped_content(loader(dataset)).decode(), newline=""))
    meant = [row for row in rows if all(row[header.index(name)] == value for name, value in where.items())]
    (row,) = meant
    row[header.index(column)] = str(int(row[header.index(column)]) + add)
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def store_at(folder: Path) -> Store:
    """A store with everything that the product ships."""
    return shipped_store(folder)


def release(store: Store, slug: str = "stop-and-search") -> str:
    """The name of a measure's release of today."""
    return release_name(measure(slug), store.current())
