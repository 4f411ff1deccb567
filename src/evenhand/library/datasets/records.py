"""From individual records, one row an event, to counts, rates and ratios by area and group: one pass over the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from evenhand.library import statistics
from evenhand.library.statistics.errors import Floats
from evenhand.library.vocabulary import NOT_A_PERSON, UNKNOWN

# As DuckDB reads them; a code such as 01 stays text in a CSV file.
READERS = {".parquet": "read_parquet($path)", ".csv": "read_csv($path, all_varchar = true)"}

# Grouped first and read as text after: a few hundred casts in place of millions.
COUNTS = """
SELECT area::VARCHAR, grp::VARCHAR, events
FROM (SELECT {area} AS area, {group} AS grp, count(*) AS events FROM {source} GROUP BY ALL)
"""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Records counted by area and group, both in alphabetical order; every record is in exactly one of the counts.

    `counts` has a row for each area and a column for each group. `unknown` has, for each area, the records whose
    group nobody recorded. `unplaced` are those with no area, and `not_people` those that are of no person.
    """

    areas: tuple[str, ...]
    groups: tuple[str, ...]
    counts: NDArray[np.int64]
    unknown: NDArray[np.int64]
    unplaced: int
    not_people: int


@dataclass(frozen=True, slots=True, eq=False)
class Disproportionality:
    """How often each group meets an event in each area, and how that compares with the reference group there.

    Every array has a row for each of `areas` and a column for each of `groups`.
    """

    areas: tuple[str, ...]
    groups: tuple[str, ...]
    events: Floats
    population: Floats
    rate: statistics.Rate
    ratio: statistics.RateRatio


def tally(
    cursor: duckdb.DuckDBPyConnection,
    source: Path | str,
    *,
    area: str = "force",
    group: str = "group",
    read: Callable[[str | None], str] | None = None,
) -> Tally:
    """Count records by area and group.

    `source` is a Path to a Parquet or CSV file, or the name of a table or view that the cursor knows; `area` and
    `group` are its columns. `read` turns a publisher's label into a group, such as `classification("five").read`, and
    may refuse one; without it a label stands as written. A group left blank or "Unknown" is nobody's: it is counted
    in `unknown`, never in a group. ValueError for a file of another kind, LookupError for a table that is not there,
    and DuckDB's own error for a file or column that is not.
    """
    names = {"area": _quoted(area), "group": _quoted(group)}
    if isinstance(source, Path):
        sql = COUNTS.format(source=_reader(source), **names)
        rows = cursor.execute(sql, {"path": str(source)}).fetchall()
    else:
        sql = COUNTS.format(source=_quoted(_held(cursor, source)), **names)
        rows = cursor.execute(sql).fetchall()
    return _tally([(_written(where), (read or _as_written)(label), events) for where, label, events in rows])


def disproportionality(
    tally: Tally,
    populations: Mapping[tuple[str, str], float],
    *,
    reference: str = "White",
    per: float = 1000,
    method: str = "exact",
    confidence: float = 0.95,
) -> Disproportionality:
    """Rates for each `per` of a population, and their ratios to the rate of the reference group of the same area.

    `populations` gives residents by (area, group). Areas and groups are those of the tally and of the populations
    together, in alphabetical order. Where there is a population and no record, 0 events are counted: leave out the
    population of an area whose records are not there at all. Where there is no population, rate and ratio are NaN. So
    is the ratio of the reference group, which is never compared with itself, and every ratio of an area whose
    reference group has no events. Records of unknown group are in no rate. ValueError if neither records nor
    populations know the reference group, and as `rate` and `rate_ratio` refuse.
    """
    areas = tuple(sorted({*tally.areas, *(where for where, _ in populations)}))
    groups = tuple(sorted({*tally.groups, *(name for _, name in populations)}))
    if reference not in groups:
        raise ValueError(f"no group is called {reference!r}; there are: {', '.join(groups)}")
    events = np.zeros((len(areas), len(groups)))
    events[np.ix_(_positions(tally.areas, areas), _positions(tally.groups, groups))] = tally.counts
    population = np.array([[populations.get((where, name), np.nan) for name in groups] for where in areas])
    rate = statistics.rate(events, population, per=per, confidence=confidence)
    base = [groups.index(reference)]
    compared = events.copy()
    compared[:, base] = np.nan
    against = (events[:, base], population[:, base])
    ratio = statistics.rate_ratio(compared, population, *against, method=method, confidence=confidence)
    return Disproportionality(areas, groups, events, population, rate, ratio)


def _tally(rows: list[tuple[str, str, int]]) -> Tally:
    people = [(where, name, events) for where, name, events in rows if where and name != NOT_A_PERSON]
    areas = tuple(sorted({where for where, _, _ in people}))
    groups = tuple(sorted({name for _, name, _ in people} - {UNKNOWN}))
    rows_of = _positions([where for where, _, _ in people], areas)
    columns = _positions([name for _, name, _ in people], (*groups, UNKNOWN))
    counts = np.zeros((len(areas), len(groups) + 1), dtype=np.int64)
    # Several labels may stand for one group, so that a cell may be met more than once.
    np.add.at(counts, (rows_of, columns), [events for _, _, events in people])
    not_people = sum(events for _, name, events in rows if name == NOT_A_PERSON)
    unplaced = sum(events for where, name, events in rows if not where and name != NOT_A_PERSON)
    return Tally(areas, groups, counts[:, :-1], counts[:, -1], unplaced, not_people)


def _positions(names: Sequence[str], within: Sequence[str]) -> list[int]:
    position = {name: at for at, name in enumerate(within)}
    return [position[name] for name in names]


def _as_written(label: str | None) -> str:
    return _written(label) or UNKNOWN


def _written(text: str | None) -> str:
    return (text or "").strip()


def _held(cursor: duckdb.DuckDBPyConnection, name: str) -> str:
    # DuckDB would take a name that it does not know for a file, or for a variable of whoever called.
    held = [known for (known,) in cursor.execute("SELECT table_name FROM information_schema.tables").fetchall()]
    if name not in held:
        raise LookupError(f"no table or view is called {name!r}; there are: {', '.join(sorted(held))}")
    return name


def _reader(path: Path) -> str:
    if path.suffix.lower() not in READERS:
        raise ValueError(f"{path.name} is neither a .parquet nor a .csv file")
    return READERS[path.suffix.lower()]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
