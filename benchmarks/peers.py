"""The same question put to ours and to peers, each in a process of its own: python -m benchmarks.peers NAME FILE."""

import contextlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

GROUPS = ("Asian", "Black", "Mixed", "Other", "White")
REFERENCE = "White"
RESIDENTS = {"Asian": 1_500_000, "Black": 700_000, "Mixed": 500_000, "Other": 350_000, "White": 14_000_000}
UNRECORDED = "Unknown"
Z = 1.959963984540054


@dataclass(frozen=True)
class Answer:
    """Enough of an answer to see that two contenders found the same."""

    events: int
    ratios: float


@dataclass(frozen=True)
class Contender:
    """Who answers, in which words, and how; a peer's own packages are imported when it is made ready."""

    name: str
    job: str
    ready: Callable[[Path, Mapping[tuple[str, str], int]], Callable[[], Answer | None]]


def ours(path: Path, residents: Mapping[tuple[str, str], int]) -> Callable[[], Answer]:
    """Counts, rates, ratios and exact intervals, by the library."""
    import numpy as np

    from evenhand.library.datasets.records import disproportionality, tally

    database = connection()

    def answer() -> Answer:
        with database.cursor() as cursor:
            found = disproportionality(tally(cursor, path), residents)
        return Answer(int(found.events.sum()), float(np.nansum(found.ratio.ratio)))

    return answer


def bare_duckdb(path: Path, residents: Mapping[tuple[str, str], int]) -> Callable[[], None]:
    """DuckDB's own group-by over the same columns, and nothing more."""
    del residents
    database = connection()
    sql = 'SELECT force, "group", count(*) FROM read_parquet(?) GROUP BY ALL'

    def answer() -> None:
        with database.cursor() as cursor:
            cursor.execute(sql, [str(path)]).fetchall()

    return answer


def polars(path: Path, residents: Mapping[tuple[str, str], int]) -> Callable[[], Answer]:
    """Counts, rates, ratios and Wald intervals, in Polars alone."""
    pl = import_module("polars")
    people = pl.LazyFrame(
        [(force, group, count) for (force, group), count in residents.items()],
        schema=["force", "group", "population"],
        orient="row",
    )
    base = pl.col("group") == REFERENCE
    spread = (Z * (1 / pl.col("a") - 1 / pl.col("n") + 1 / pl.col("b") - 1 / pl.col("m")).sqrt()).exp()
    at_base = {"b": pl.col("a"), "m": pl.col("n")}

    def answer() -> Answer:
        counted = pl.scan_parquet(path).group_by("force", "group").agg(a=pl.len())
        found = (
            people.join(counted, on=["force", "group"], how="left")
            .with_columns(pl.col("a").fill_null(0).cast(pl.Float64), n=pl.col("population").cast(pl.Float64))
            .with_columns(**{name: column.filter(base).first().over("force") for name, column in at_base.items()})
            .with_columns(rate=1000 * pl.col("a") / pl.col("n"))
            .with_columns(ratio=pl.col("a") * pl.col("m") / (pl.col("n") * pl.col("b")))
            .with_columns(lower=pl.col("ratio") / spread, upper=pl.col("ratio") * spread)
            .collect()
        )
        return Answer(int(found["a"].sum()), float(found.filter(~base)["ratio"].sum()))

    return answer


def pandas(path: Path, residents: Mapping[tuple[str, str], int]) -> Callable[[], Answer]:
    """Counts, rates, ratios and Wald intervals, in pandas alone."""
    pd = import_module("pandas")
    people = _people(residents)

    def answer() -> Answer:
        records = pd.read_parquet(path, columns=["force", "group"])
        return _wald(records.groupby(["force", "group"]).size(), people)

    return answer


def fairlearn(path: Path, residents: Mapping[tuple[str, str], int]) -> Callable[[], Answer]:
    """Counts by MetricFrame, in which forces are control features; then as pandas."""
    pd = import_module("pandas")
    metrics = import_module("fairlearn.metrics")
    people = _people(residents)

    def answer() -> Answer:
        records = pd.read_parquet(path, columns=["force", "group"]).fillna({"group": UNRECORDED})
        happened = [1] * len(records)
        frame = metrics.MetricFrame(
            metrics=metrics.count,
            y_true=happened,
            y_pred=happened,
            sensitive_features=records["group"],
            control_features=records["force"],
        )
        return _wald(frame.by_group, people)

    return answer


def aequitas(path: Path, residents: Mapping[tuple[str, str], int]) -> Callable[[], Answer]:
    """Counts by the crosstabs of Group, in which force and group are one attribute; then as pandas."""
    pd = import_module("pandas")
    group = import_module("aequitas.group").Group()
    people = _people(residents)

    def answer() -> Answer:
        records = pd.read_parquet(path, columns=["force", "group"]).fillna({"group": UNRECORDED})
        cells = pd.DataFrame({"score": 1, "label_value": 1, "cell": records["force"] + "|" + records["group"]})
        table, _ = group.get_crosstabs(cells, attr_cols=["cell"])
        counts = table.set_index(table["attribute_value"].str.split("|", expand=True).apply(tuple, axis=1))
        counts.index = pd.MultiIndex.from_tuples(counts.index, names=["force", "group"])
        return _wald(counts["group_size"], people)

    return answer


CONTENDERS = {
    one.name: one
    for one in (
        Contender("evenhand", "exact intervals", ours),
        Contender("duckdb", "group-by alone", bare_duckdb),
        Contender("polars", "Wald intervals", polars),
        Contender("pandas", "Wald intervals", pandas),
        Contender("fairlearn", "MetricFrame, then Wald in pandas", fairlearn),
        Contender("aequitas", "Group, then Wald in pandas", aequitas),
    )
}


def connection() -> Any:
    """A database with the settings that every DuckDB here has: the product's own."""
    import duckdb

    return duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )


def residents_of(forces: list[str]) -> dict[tuple[str, str], int]:
    """A made-up population, a little different in every force."""
    return {(force, group): RESIDENTS[group] + 1000 * place for place, force in enumerate(forces) for group in GROUPS}


class Peer:
    """One contender in its process, asked one run at a time."""

    def __init__(self, contender: Contender, path: Path, rows: int, forces: list[str]) -> None:
        """Start it; `left_out` says why if it cannot."""
        self.contender, self.rows = contender, rows
        self.times: list[float] = []
        self.answer: Answer | None = None
        self.peak = 0.0
        self._process = subprocess.Popen(  # noqa: S603  (our own module)
            [sys.executable, "-W", "ignore", "-m", "benchmarks.peers", contender.name, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.left_out = ""
        self._say(json.dumps(forces))
        self._hear()

    def run(self) -> None:
        """Answer once more."""
        if self.left_out:
            return
        self._say("again")
        told = self._hear()
        if not self.left_out:
            self.times.append(told["seconds"])
            self.peak = told["peak"]
            self.answer = Answer(**told["answer"]) if told["answer"] else None

    def stop(self) -> None:
        """Let the process end."""
        if self._process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()

    def _say(self, words: str) -> None:
        if self._process.stdin is None:
            return
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(words + "\n")
            self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        told: dict[str, Any] = json.loads(line or '{"fault": "its process died"}')
        self.left_out = told.get("fault", "")
        return told


def main() -> None:
    """Make one contender ready, then answer once for every line that comes in."""
    # What a peer prints is not ours to read.
    with _quiet() as tell:
        try:
            residents = residents_of(json.loads(sys.stdin.readline()))
            answer = CONTENDERS[sys.argv[1]].ready(Path(sys.argv[2]), residents)
            tell({"ready": True})
            for _ in sys.stdin:
                began = time.perf_counter()
                found = answer()
                seconds = time.perf_counter() - began
                tell({"seconds": seconds, "peak": _peak(), "answer": vars(found) if found else None})
        except ImportError as fault:
            tell({"fault": f"{fault.name or fault} is not installed"})
        except Exception as fault:  # noqa: BLE001  (a peer may fail in any way: the table says how)
            tell({"fault": f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}"})


@contextlib.contextmanager
def _quiet() -> Iterator[Callable[[dict[str, Any]], None]]:
    out = sys.stdout

    def tell(told: dict[str, Any]) -> None:
        out.write(json.dumps(told) + "\n")
        out.flush()

    with contextlib.redirect_stdout(sys.stderr):
        yield tell


def _peak() -> float:
    """The most memory this process ever had, in MB."""
    # Linux carries ru_maxrss over from the process that started this one; VmHWM begins anew.
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _people(residents: Mapping[tuple[str, str], int]) -> Any:
    pd = import_module("pandas")
    index = pd.MultiIndex.from_tuples(residents, names=["force", "group"])
    return pd.Series(list(residents.values()), index=index, dtype=float)


def _wald(counts: Any, people: Any) -> Answer:
    """The way from counts to rates, ratios and intervals that every peer on pandas shares."""
    np = import_module("numpy")
    a = counts.reindex(people.index, fill_value=0).astype(float)
    forces = people.index.get_level_values("force")
    b, m = (column.xs(REFERENCE, level="group").reindex(forces).to_numpy() for column in (a, people))
    rate = 1000 * a / people
    ratio = rate / (1000 * b / m)
    spread = np.exp(Z * np.sqrt(1 / a - 1 / people + 1 / b - 1 / m))
    lower, upper = ratio / spread, ratio * spread
    del lower, upper
    return Answer(int(a.sum()), float(ratio[ratio.index.get_level_values("group") != REFERENCE].sum()))


if __name__ == "__main__":
    main()
