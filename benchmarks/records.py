"""Ten million records to rates, ratios and exact intervals: ours beside DuckDB's bare group-by and the peers."""

import math
from pathlib import Path

from benchmarks.peers import CONTENDERS, GROUPS, Answer, Peer, connection
from benchmarks.report import Entry, Line

ROWS, FEWER = 10_000_000, 250_000
RUNS, SLOW_RUNS = 9, 2
MOST_TIMES, MOST_MB = 1.5, 400

# Hashes of the row number rather than random(): the same records on any number of cores. Forces are uneven as they
# are in life, one in eight records has no group, and no order helps anybody.
RECORDS = """
COPY (
    SELECT 'S' || i AS reference,
        $forces[1 + floor(len($forces) * (hash(i, 'force') % 1000000 / 1000000.0) ** 2)::INTEGER] AS force,
        $groups[1 + (hash(i, 'group') % 16)::INTEGER] AS "group",
        ['Drugs', 'Weapons', 'Stolen goods', 'Tools', 'Other'][1 + (hash(i, 'object') % 5)::INTEGER] AS object,
        ['Nothing found', 'Arrest', 'Caution', 'Penalty notice'][1 + (hash(i, 'outcome') % 4)::INTEGER] AS outcome
    FROM range({rows}) numbers(i)
) TO '{path}' (FORMAT parquet)
"""
SHARES = {"White": 8, "Black": 2, "Asian": 2, "Mixed": 1, "Other": 1, None: 2}


def contest(folder: Path) -> list[Entry]:
    """Every contender's best run, ours and DuckDB's turn by turn; slow peers are given fewer rows."""
    forces = _forces()
    many, few = (_written(folder / f"records-{rows}.parquet", rows, forces) for rows in (ROWS, FEWER))
    fast = _turns(("evenhand", "duckdb", "polars"), many, ROWS, forces, RUNS)
    fast += _turns(("pandas",), many, ROWS, forces, SLOW_RUNS)
    slow = _turns(("evenhand",), few, FEWER, forces, RUNS) + _turns(
        ("fairlearn", "aequitas"), few, FEWER, forces, SLOW_RUNS
    )
    mine, mine_on_few = fast[0], slow[0]
    return [_entry(peer, mine) for peer in fast] + [_entry(peer, mine_on_few) for peer in slow]


def lines(entries: list[Entry]) -> list[Line]:
    """Time beside the bare group-by, memory, and that every peer found what ours found."""
    mine, bare = entries[0], entries[1]
    if mine.seconds is None or bare.seconds is None or mine.peak is None:
        return [Line("Records", f"no measurement: {mine.left_out or bare.left_out}", math.inf, "×", MOST_TIMES)]
    return [
        Line("Records", "ours, to DuckDB's bare group-by", mine.seconds / bare.seconds, "×", MOST_TIMES),
        Line("Records", "peak memory of ours, its whole process", mine.peak, "MB", MOST_MB),
        Line("Records", "peers that counted or compared otherwise", sum(one.differs for one in entries), "", 0),
    ]


def _forces() -> list[str]:
    from evenhand.library.places import places

    return [force.name for force in places("police-force") if force.has_residents]


def _written(path: Path, rows: int, forces: list[str]) -> Path:
    groups = [group for group, share in SHARES.items() for _ in range(share)]
    if {*GROUPS, None} != set(groups):
        raise ValueError("the records and the populations have different groups")
    with connection() as database:
        database.execute(RECORDS.format(rows=rows, path=path), {"forces": forces, "groups": groups})
    return path


def _turns(names: tuple[str, ...], path: Path, rows: int, forces: list[str], runs: int) -> list[Peer]:
    peers = [Peer(CONTENDERS[name], path, rows, forces) for name in names]
    for _ in range(runs):
        for peer in peers:
            peer.run()
    for peer in peers:
        peer.stop()
    return peers


def _entry(peer: Peer, mine: Peer) -> Entry:
    name, job = peer.contender.name, peer.contender.job
    if peer.left_out or not peer.times:
        return Entry(name, job, peer.rows, left_out=peer.left_out or "no run")
    against = min(peer.times) / min(mine.times) if mine.times else None
    differs = peer is not mine and not _same(peer.answer, mine.answer)
    note = f"fewer rows, of {ROWS:,}" if peer.rows < ROWS else ""
    return Entry(name, job, peer.rows, min(peer.times), peer.peak, against, differs=differs, note=note)


def _same(theirs: Answer | None, mine: Answer | None) -> bool:
    """Whether two answers agree; the bare group-by gives none."""
    if theirs is None or mine is None:
        return True
    return theirs.events == mine.events and math.isclose(theirs.ratios, mine.ratios, rel_tol=1e-9)
