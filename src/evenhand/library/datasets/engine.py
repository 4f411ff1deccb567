"""The engine: plain DuckDB SQL over released observations, one database for a process and a cursor for each call."""

import math
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb
import numpy as np

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    KINDS_OF_UNKNOWN,
    UNRECORDED,
    UNSAFE,
    Observation,
    Source,
    adds_up,
)
from evenhand.library.datasets.store import Release, Store, shipped
from evenhand.library.places import places, within
from evenhand.library.vocabulary.ethnicity import UNKNOWN, crosswalk

T = TypeVar("T")

# Figures roll up by these steps, and by no other: each is a named crosswalk, or places lying in places.
ROLL_UPS = (("census-2021-19", "five"), ("gss-18", "five"))
OUTER_KINDS = ("region", "nation")

OBSERVATION = """
CREATE TABLE observation (
    dataset VARCHAR, version VARCHAR, series VARCHAR, period VARCHAR, place VARCHAR, classification VARCHAR,
    grp VARCHAR, value DOUBLE, state VARCHAR, row_number INTEGER, column_name VARCHAR, source_title VARCHAR,
    source_url VARCHAR, source_table VARCHAR, source_licence VARCHAR, detail VARCHAR, sex VARCHAR, age VARCHAR,
    note VARCHAR DEFAULT ''
)
"""

# A group rolls up only when every part has a value; a place rolls up over the places that have a row, and counts
# those that have none. Nothing is added up where the source itself gives the sum, and rates are never added up.
FIGURE = """
CREATE TABLE figure AS
WITH grouped AS (
    SELECT dataset, version, series, period, place, classification, grp, detail, sex, age, value, state
    FROM observation
    UNION ALL
    SELECT o.dataset, o.version, o.series, o.period, o.place, c.target, c.target_grp, o.detail, o.sex, o.age,
        CASE WHEN count(o.value) = count(*) THEN sum(o.value) END,
        CASE
            WHEN count(o.value) = count(*) THEN 'present'
            WHEN bool_or(o.state = 'suppressed') THEN 'suppressed'
            ELSE 'not-available'
        END
    FROM observation o
    JOIN crosswalk c ON c.source = o.classification AND c.source_grp = o.grp
    JOIN added USING (series)
    WHERE NOT EXISTS (
        SELECT 1 FROM observation p
        WHERE (p.dataset, p.version, p.series, p.classification) = (o.dataset, o.version, o.series, c.target)
            -- Rows that count everyone stand under "any" too, and say nothing of the unknown.
            AND (c.target <> 'any' OR p.grp = c.target_grp)
    )
    GROUP BY ALL
)
SELECT *, 0 AS gaps FROM grouped
UNION ALL
SELECT g.dataset, g.version, g.series, g.period, n.outer_place, g.classification, g.grp, g.detail, g.sex, g.age,
    CASE WHEN bool_and(g.state IN ('present', 'revised', 'provisional', 'no-row')) THEN sum(g.value) END,
    CASE
        WHEN bool_and(g.state = 'no-row') THEN 'no-row'
        WHEN bool_and(g.state IN ('present', 'revised', 'provisional', 'no-row')) THEN 'present'
        WHEN bool_or(g.state = 'suppressed') THEN 'suppressed'
        ELSE 'not-available'
    END,
    count_if(g.state = 'no-row')
FROM grouped g
JOIN nesting n ON n.inner_place = g.place
JOIN added USING (series)
WHERE NOT EXISTS (
    SELECT 1 FROM observation p
    WHERE (p.dataset, p.version, p.series, p.place) = (g.dataset, g.version, g.series, n.outer_place)
)
GROUP BY ALL
"""

FIGURES = """
SELECT period, place, grp, detail, value, state, gaps
FROM figure
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
    AND sex = $sex AND age = $age AND ($detail IS NULL OR detail = $detail)
    AND ($period IS NULL OR period = $period) AND ($places IS NULL OR place IN (SELECT unnest($places::VARCHAR[])))
ORDER BY period, place, grp, detail
"""

TABLE = """
SELECT series, period, place, classification, grp, value, state, detail, sex, age, note, row_number
FROM observation
WHERE dataset = $dataset AND version = $version AND series = $series AND place = $place
    AND classification IN (SELECT unnest($schemes::VARCHAR[]))
ORDER BY row_number, column_name
"""

REMARKS = """
SELECT DISTINCT place, period, grp, state, note FROM observation
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
    AND sex = $sex AND age = $age AND ($detail IS NULL OR detail = $detail)
    AND (state IN ('provisional', 'revised') OR starts_with(note, $unsafe))
ORDER BY ALL
"""

PERIODS = """
SELECT DISTINCT period FROM figure
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
ORDER BY period
"""

PLACES = """
SELECT DISTINCT place FROM figure
WHERE dataset = $dataset AND version = $version AND series = $series AND classification = $classification
"""

SERIES = "SELECT DISTINCT series FROM observation"

SOURCES = """
SELECT DISTINCT dataset, version, source_title, source_url, source_table, source_licence FROM observation
ORDER BY ALL
"""


KEPT = "SELECT * REPLACE (CASE WHEN isnan(value) THEN NULL ELSE value END AS value) FROM read_parquet(?)"
RENAMED = {"grp": "group", "row_number": "row", "column_name": "column"}  # what SQL would not have as it is


class Figure(NamedTuple):
    """One figure as the engine gives it: the value is None unless the state allows one."""

    period: str
    place: str
    group: str
    detail: str
    value: float | None
    state: str
    gaps: int


class Observed(NamedTuple):
    """One figure as its file has it."""

    series: str
    period: str
    place: str
    classification: str
    group: str
    value: float | None
    state: str
    detail: str
    sex: str
    age: str
    note: str
    row: int


class Remark(NamedTuple):
    """What must be said of one figure: its state, and why its source makes it unsafe, if it does."""

    place: str
    period: str
    group: str
    state: str
    unsafe: str


class Engine:
    """Answers questions about released figures. Built once; safe to ask from many threads."""

    def __init__(self, database: duckdb.DuckDBPyConnection, versions: Mapping[str, str]) -> None:
        """Use a filled database; `from_store` and `from_shipped` make one."""
        self._database = database
        self._kept: dict[Hashable, Any] = {}
        self._keeping = threading.Lock()
        self.versions = dict(versions)
        database.execute("CREATE TABLE nesting (inner_place VARCHAR, outer_place VARCHAR)")
        database.executemany("INSERT INTO nesting VALUES (?, ?)", _nesting())
        columns = "source VARCHAR, source_grp VARCHAR, target VARCHAR, target_grp VARCHAR"
        database.execute(f"CREATE TABLE crosswalk ({columns})")
        database.executemany("INSERT INTO crosswalk VALUES (?, ?, ?, ?)", _roll_ups())
        database.execute("CREATE TABLE added (series VARCHAR)")
        if added := [(series,) for (series,) in self.query(SERIES, {}) if adds_up(series)]:
            database.executemany("INSERT INTO added VALUES (?)", added)
        database.execute(FIGURE)
        # A page names its sources a few dozen times, and a query takes two milliseconds.
        self._sources: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
        for dataset, version, title, url, table, licence in self.query(SOURCES, {}):
            self._sources.setdefault((dataset, version), []).append((title, url, table, licence))

    @classmethod
    def from_store(cls, store: Store) -> "Engine":
        """An engine over every release of a store; answers come from the current ones unless a release is named."""
        # Read first: whatever is current now has its file among those found afterwards, whoever is loading meanwhile.
        versions = store.current()
        database = _database()
        database.execute(OBSERVATION)
        if files := store.parquet_files():
            # By name: releases written before a column was added have none of it.
            database.executemany(
                "INSERT INTO observation BY NAME SELECT ? AS dataset, ? AS version, * FROM read_parquet(?)",
                [(dataset, version, str(path)) for dataset, version, path in files],
            )
        return cls(database, versions)

    @classmethod
    def from_releases(cls, releases: Iterable[Release]) -> "Engine":
        """An engine over releases held in memory, with no store at all."""
        database = _database()
        database.execute(OBSERVATION)
        versions = {}
        for release in releases:
            versions[release.dataset] = release.version
            database.register("loaded", _columns(release.observations))
            database.execute("INSERT INTO observation SELECT ?, ?, * FROM loaded", [release.dataset, release.version])
            database.unregister("loaded")
        return cls(database, versions)

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
        rows = self.query(FIGURES, {**values, **chosen, "detail": detail, "sex": sex, "age": age})
        return [Figure(*row) for row in rows]

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
        return [Observed(*row) for row in self.query(TABLE, chosen)]

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
            for place, period, group, state, note in self.query(REMARKS, {**values, **chosen})
        ]

    def periods(
        self, dataset: str, series: str, classification: str, *, versions: Mapping[str, str] | None = None
    ) -> list[str]:
        """The periods that a series has figures for, in order."""
        return [period for (period,) in self.query(PERIODS, self._of(dataset, series, classification, versions))]

    def places(
        self, dataset: str, series: str, classification: str, *, versions: Mapping[str, str] | None = None
    ) -> set[str]:
        """The codes of the places that a series has figures for."""
        return {code for (code,) in self.query(PLACES, self._of(dataset, series, classification, versions))}

    def sources(self, dataset: str, *, versions: Mapping[str, str] | None = None) -> list[tuple[str, str, str, str]]:
        """The published tables that a release was read from: title, address, table, licence."""
        version = (versions or self.versions)[dataset]
        return list(self._sources.get((dataset, version), ()))

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
        found = cursor.execute(KEPT, [str(path)])
        names = [column[0] for column in found.description or ()]
        rows = found.fetchall()
    # By name: releases written before a column was added have none of it.
    own = [(at, RENAMED.get(name, name)) for at, name in enumerate(names) if not name.startswith("source_")]
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
