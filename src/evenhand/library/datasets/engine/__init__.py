"""The engine: plain DuckDB SQL over released observations, one database for a process and a cursor for each call."""

import math
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb
import numpy as np

from evenhand.library.datasets.catalogue import Catalogue, shipped_catalogue
from evenhand.library.datasets.engine import sql
from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    KINDS_OF_UNKNOWN,
    UNRECORDED,
    UNSAFE,
    Observation,
    Source,
    State,
    adds_up,
)
from evenhand.library.datasets.store import File, Release, Store, Versions, shipped
from evenhand.library.places import places, within
from evenhand.library.vocabulary.ethnicity import UNKNOWN, crosswalk

T = TypeVar("T")

# Figures roll up by these steps, and by no other: each is a named crosswalk, or places lying in places.
ROLL_UPS = (("census-2021-19", "five"), ("gss-18", "five"))
OUTER_KINDS = ("region", "nation")


class Series(NamedTuple):
    """One series of one release, of one classification, and of one sex and one age or of all together."""

    dataset: str
    version: str
    series: str
    classification: str
    sex: str = ALL
    age: str = ALL


class Figure(NamedTuple):
    """One figure as the engine gives it: the value is None unless the state allows one."""

    period: str
    place: str
    group: str
    detail: str
    value: float | None
    state: str
    gaps: int
    series: Series = Series("", "", "", "")


class Observed(NamedTuple):
    """One figure as its file has it, and where it stands there."""

    series: str
    period: str
    place: str
    classification: str
    group: str
    detail: str
    sex: str
    age: str
    value: float | None
    state: State
    row: int
    column: str
    note: str
    source: Source


def in_file(one: Observed) -> tuple[int, str]:
    """Where a figure stands in its file, for putting several in order."""
    return one.row, one.column


class Remark(NamedTuple):
    """What must be said of one figure: its state, and why its source makes it unsafe, if it does."""

    place: str
    period: str
    group: str
    state: str
    unsafe: str


class Engine:
    """Answers questions about released figures. Built once; safe to ask from many threads."""

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        versions: Mapping[str, str],
        source_file: Callable[[str, str], File],
        *,
        catalogues: Callable[[Versions], Catalogue] = lambda _: shipped_catalogue(),
    ) -> None:
        """Use a filled database; `from_store` and `from_releases` make one. `catalogues` tells what can be asked."""
        self._database = database
        self._source_file = source_file
        self._catalogues = catalogues
        self._kept: dict[Hashable, Any] = {}
        self._keeping = threading.RLock()  # what is made may itself ask for something kept
        self.versions = dict(versions)
        database.execute("CREATE TABLE nesting (inner_place VARCHAR, outer_place VARCHAR)")
        database.executemany("INSERT INTO nesting VALUES (?, ?)", _nesting())
        columns = "source VARCHAR, source_grp VARCHAR, target VARCHAR, target_grp VARCHAR"
        database.execute(f"CREATE TABLE crosswalk ({columns})")
        database.executemany("INSERT INTO crosswalk VALUES (?, ?, ?, ?)", _roll_ups())
        database.execute("CREATE TABLE added (series VARCHAR)")
        if added := [(series,) for (series,) in self.query(sql.SERIES, {}) if adds_up(series)]:
            database.executemany("INSERT INTO added VALUES (?)", added)
        for table in (sql.GROUP_PART, sql.PLACE_PART, sql.FIGURE):
            database.execute(table)
        self._group_parts: dict[tuple[str, ...], set[tuple[str, str]]] = {}
        for *whole, classification, group in self.query(sql.PARTS_OF_GROUPS, {}):
            self._group_parts.setdefault(tuple(whole), set()).add((classification, group))
        self._place_parts: dict[tuple[str, ...], set[str]] = {}
        for *whole, place in self.query(sql.PARTS_OF_PLACES, {}):
            self._place_parts.setdefault(tuple(whole), set()).add(place)
        # A page names its sources a few dozen times, and a query takes two milliseconds.
        self._sources: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
        for dataset, version, title, url, table, licence in self.query(sql.SOURCES, {}):
            self._sources.setdefault((dataset, version), []).append((title, url, table, licence))

    @classmethod
    def from_store(cls, store: Store) -> "Engine":
        """An engine over every release of a store; answers come from the current ones unless a release is named."""
        # Read first: whatever is current now has its file among those found afterwards, whoever is loading meanwhile.
        versions = store.current()
        database = _database()
        database.execute(sql.OBSERVATION)
        if files := store.parquet_files():
            database.executemany(sql.INSERT_FILE, [(dataset, version, str(path)) for dataset, version, path in files])
        return cls(database, versions, store.source_file, catalogues=store.catalogue)

    @classmethod
    def from_releases(
        cls,
        releases: Iterable[Release],
        *,
        beside: Iterable[tuple[str, str, Path]] = (),
        catalogue: Catalogue | None = None,
    ) -> "Engine":
        """An engine over releases held in memory, and over files of released observations `beside` them."""
        database = _database()
        database.execute(sql.OBSERVATION)
        versions, files = {}, {}
        for dataset, version, path in beside:
            versions[dataset] = version
            database.execute(sql.INSERT_FILE, [dataset, version, str(path)])
        for release in releases:
            versions[release.dataset] = release.version
            files[release.dataset, release.version] = (release.file, release.content)
            database.register("loaded", _columns(release.observations))
            database.execute("INSERT INTO observation SELECT ?, ?, * FROM loaded", [release.dataset, release.version])
            database.unregister("loaded")
        return cls(
            database,
            versions,
            lambda dataset, version: files[dataset, version],
            catalogues=lambda _: catalogue or shipped_catalogue(),
        )

    @property
    def catalogue(self) -> Catalogue:
        """What can be asked of the current releases."""
        return self.catalogue_of(self.versions)

    def catalogue_of(self, versions: Versions) -> Catalogue:
        """What can be asked of these releases: a quoted one keeps what was declared beside its figures."""
        return self.kept(("catalogue", tuple(sorted(versions.items()))), lambda: self._catalogues(versions))

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Something worked out from released figures: made once, since what is released never changes."""
        with self._keeping:
            if key not in self._kept:
                self._kept[key] = make()
            found: T = self._kept[key]
            return found

    def query(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows of one SQL statement, on a cursor of its own."""
        with self._database.cursor() as cursor:
            return cursor.execute(sql, dict(values)).fetchall()

    def figures(
        self,
        dataset: str,
        series: str,
        classification: str,
        *,
        versions: Mapping[str, str] | None = None,
        period: str | None = None,
        places: Sequence[str] | None = None,
        detail: str | None = None,
        sex: str = ALL,
        age: str = ALL,
    ) -> list[Figure]:
        """Every figure of one series, for a period, places and detail or for all; one sex and age, or all together."""
        values = self._of(dataset, series, classification, versions)
        chosen = {"period": period, "places": None if places is None else list(places)}
        rows = self.query(sql.FIGURES, {**values, **chosen, "detail": detail, "sex": sex, "age": age})
        of = Series(dataset, (versions or self.versions)[dataset], series, classification, sex, age)
        return [Figure._make((*row, of)) for row in rows]

    def cells(self, figures: Iterable[Figure]) -> dict[Figure, tuple[Observed, ...]]:
        """The cells of the source that each figure was read from or added up from, in the order of the file."""
        found: dict[Figure, tuple[Observed, ...]] = {}
        alike: dict[tuple[Series, str, str], list[Figure]] = {}
        for one in figures:
            alike.setdefault((one.series, one.period, one.detail), []).append(one)
        for (series, period, detail), several in alike.items():
            parts = {one: self._parts(one) for one in several}
            _, groups, places = (sorted(set(names)) for names in zip(*set().union(*parts.values()), strict=True))
            asked = {"period": period, "detail": detail, "groups": groups, "places": places}
            part = {name: value for name, value in series._asdict().items() if name != "classification"}
            read = self._read(sql.CELLS, {**part, **asked})
            at = {(one.classification, one.group, one.place): one for one in read}
            for one in several:
                cells = (at[part] for part in parts[one] if part in at)
                found[one] = tuple(sorted(cells, key=in_file))
        return found

    def read_from_row(self, dataset: str, version: str, row: int) -> list[Observed]:
        """Everything that was read from one row of a source file, in the order of its columns' names."""
        return self._read(sql.ROW, {"dataset": dataset, "version": version, "row": row})

    def same(self, observed: Observed, dataset: str, version: str) -> Observed | None:
        """The same figure as another release of its dataset has it; None where that has none."""
        asked = {name: getattr(observed, name) for name in ("series", "period", "detail", "sex", "age")}
        among = {"groups": [observed.group], "places": [observed.place]}
        read = self._read(sql.CELLS, {"dataset": dataset, "version": version, **asked, **among})
        return next((one for one in read if one.classification == observed.classification), None)

    def holds(self, dataset: str, version: str) -> bool:
        """Whether there is such a release here."""
        return (dataset, version) in self._sources

    def source_file(self, dataset: str, version: str) -> File:
        """The name and the bytes of the file that a release was read from."""
        return self._source_file(dataset, version)

    def observed(
        self,
        dataset: str,
        series: str,
        schemes: Sequence[str],
        place: str,
        *,
        versions: Mapping[str, str] | None = None,
    ) -> list[Observed]:
        """What one series of a file says of one place, row by row as it stands there; nothing is added up."""
        version = (versions or self.versions)[dataset]
        chosen = {"dataset": dataset, "version": version, "series": series, "place": place, "schemes": list(schemes)}
        return self._read(sql.TABLE, chosen)

    def remarks(
        self,
        dataset: str,
        series: str,
        classification: str,
        *,
        versions: Mapping[str, str] | None = None,
        detail: str | None = None,
        sex: str = ALL,
        age: str = ALL,
    ) -> list[Remark]:
        """What must be said of single figures: those that are provisional, revised or unsafe."""
        values = self._of(dataset, series, classification, versions)
        chosen = {"detail": detail, "sex": sex, "age": age, "unsafe": UNSAFE}
        return [
            Remark(place, period, group, state, note.removeprefix(UNSAFE) if note.startswith(UNSAFE) else "")
            for place, period, group, state, note in self.query(sql.REMARKS, {**values, **chosen})
        ]

    def periods(
        self, dataset: str, series: str, classification: str, *, versions: Mapping[str, str] | None = None
    ) -> list[str]:
        """The periods that a series has figures for, in order."""
        return [period for (period,) in self.query(sql.PERIODS, self._of(dataset, series, classification, versions))]

    def places(
        self, dataset: str, series: str, classification: str, *, versions: Mapping[str, str] | None = None
    ) -> set[str]:
        """The codes of the places that a series has figures for."""
        return {code for (code,) in self.query(sql.PLACES, self._of(dataset, series, classification, versions))}

    def sources(self, dataset: str, *, versions: Mapping[str, str] | None = None) -> list[tuple[str, str, str, str]]:
        """The published tables that a release was read from: title, address, table, licence."""
        version = (versions or self.versions)[dataset]
        return list(self._sources.get((dataset, version), ()))

    def _parts(self, figure: Figure) -> set[tuple[str, str, str]]:
        """The classifications, groups and places of the cells that make up a figure, its own among them."""
        of, own = figure.series[:3], (figure.series.classification, figure.group)
        groups = {own} | self._group_parts.get((*of, *own), set())
        places = {figure.place} | self._place_parts.get((*of, figure.place), set())
        return {(*group, place) for group in groups for place in places}

    def _read(self, statement: str, asked: Mapping[str, Any]) -> list[Observed]:
        """Figures as their file has them, in its order."""
        read = [Observed._make((*row[:-4], Source(*row[-4:]))) for row in self.query(statement, asked)]
        return sorted(read, key=in_file)

    def _of(
        self, dataset: str, series: str, classification: str, versions: Mapping[str, str] | None
    ) -> dict[str, object]:
        version = (versions or self.versions)[dataset]
        return {"dataset": dataset, "version": version, "series": series, "classification": classification}


@cache
def shipped_engine() -> Engine:
    """The engine over the figures that the product ships, made at first use."""
    return Engine.from_releases(shipped())


def write_parquet(observations: Sequence[Observation], path: Path) -> None:
    """Keep observations as a Parquet file, in the order in which they were read."""
    with _database() as database:
        database.register("loaded", _columns(observations))
        database.execute("COPY loaded TO ? (FORMAT parquet)", [str(path)])


def read_parquet(path: Path) -> tuple[Observation, ...]:
    """The observations that `write_parquet` kept, in the same order, whichever release of ours wrote them."""
    with _reader().cursor() as cursor:
        found = cursor.execute(sql.KEPT, [str(path)])
        names = [column[0] for column in found.description or ()]
        rows = found.fetchall()
    # By name: releases written before a column was added have none of it.
    own = [(at, sql.RENAMED.get(name, name)) for at, name in enumerate(names) if not name.startswith("source_")]
    published = [names.index(f"source_{name}") for name in Source._fields]
    return tuple(
        Observation(source=Source(*(row[at] for at in published)), **{name: row[at] for at, name in own})
        for row in rows
    )


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """One database for all files that are read one by one: making one takes longer than reading most."""
    return _database()


def _database() -> duckdb.DuckDBPyConnection:
    """A database in memory that looks at nothing outside: no extension is fetched or loaded by itself."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return duckdb.connect(":memory:", config=settings)


def _columns(observations: Sequence[Observation]) -> dict[str, np.ndarray[Any, Any]]:
    """Observations as columns, in the order of the table `observation`."""
    return {
        "series": _texts(one.series for one in observations),
        "period": _texts(one.period for one in observations),
        "place": _texts(one.place for one in observations),
        "classification": _texts(one.classification for one in observations),
        "grp": _texts(one.group for one in observations),
        "value": np.array([math.nan if one.value is None else one.value for one in observations]),
        "state": _texts(one.state for one in observations),
        "row_number": np.array([one.row for one in observations], dtype=np.int32),
        "column_name": _texts(one.column for one in observations),
        "source_title": _texts(one.source.title for one in observations),
        "source_url": _texts(one.source.url for one in observations),
        "source_table": _texts(one.source.table for one in observations),
        "source_licence": _texts(one.source.licence for one in observations),
        "detail": _texts(one.detail for one in observations),
        "sex": _texts(one.sex for one in observations),
        "age": _texts(one.age for one in observations),
        "note": _texts(one.note for one in observations),
    }


def _texts(values: Iterable[str]) -> np.ndarray[Any, Any]:
    return np.array(list(values), dtype=object)


def _nesting() -> list[tuple[str, str]]:
    return [
        (force.code, outer.code)
        for kind in OUTER_KINDS
        for outer in places(kind)
        for force in within(outer, "police-force")
    ]


def _roll_ups() -> list[tuple[str, str, str, str]]:
    unknown = [(UNRECORDED, kind, ANY, UNKNOWN) for kind in KINDS_OF_UNKNOWN]
    return unknown + [
        (source, group, target, into)
        for source, target in ROLL_UPS
        for group, into in crosswalk(source, target).mapping.items()
        if group not in (UNKNOWN, ALL)
    ]
