"""What is printed: the machine, the contest with the peers, and every target with what was measured."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

PACKAGES = (
    "duckdb",
    "numpy",
    "scipy",
    "Django",
    "polars",
    "pandas",
    "fastparquet",
    "fairlearn",
    "aequitas",
    "datasette",
)


@dataclass(frozen=True)
class Line:
    """One measured thing; without a limit it is only told."""

    bench: str
    what: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the value is within its limit; None where there is no limit."""
        return None if self.limit is None else self.value <= self.limit

    @property
    def verdict(self) -> str:
        """The same in a word."""
        return {None: "", True: "PASS", False: "FAIL"}[self.met]


@dataclass(frozen=True)
class Entry:
    """One contender: its best time over its rows, its peak memory, or why it was left out."""

    name: str
    job: str
    rows: int
    seconds: float | None = None
    peak: float | None = None
    against: float | None = None
    differs: bool = False
    left_out: str = ""
    note: str = ""


def show(contest: Sequence[Entry], lines: Sequence[Line], *, seconds: float) -> None:
    """Print everything."""
    console = Console(width=140, highlight=False, markup=False)
    console.print(_machine())
    console.print(_contest(contest))
    console.print(_lines(lines))
    missed = [line for line in lines if line.met is False]
    targets = sum(line.limit is not None for line in lines)
    verdict = "PASS" if not missed else "FAIL"
    console.print(f"{verdict}: {targets - len(missed)} of {targets} targets met, in {seconds:.0f} s.")


def _contest(contest: Sequence[Entry]) -> Table:
    title = "Records: counts, rates, ratios and intervals by force × group, from one Parquet file; best of the runs"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("Who")
    table.add_column("Does")
    for heading in ("Rows", "Seconds", "Million rows/s", "Time a row, to ours", "Peak MB"):
        table.add_column(heading, justify="right")
    table.add_column("Note")
    for one in contest:
        if one.seconds is None:
            table.add_row(one.name, one.job, f"{one.rows:,}", "–", "–", "–", "–", f"left out: {one.left_out}")
            continue
        table.add_row(
            one.name,
            one.job,
            f"{one.rows:,}",
            f"{one.seconds:.3f}",
            f"{one.rows / one.seconds / 1e6:.2f}",
            "–" if one.against is None else f"{one.against:,.2f} ×",
            "–" if one.peak is None else f"{one.peak:,.0f}",
            "found something else" if one.differs else one.note,
        )
    return table


def _lines(lines: Sequence[Line]) -> Table:
    table = Table(title="Targets", box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("Bench")
    table.add_column("What")
    table.add_column("Measured", justify="right")
    table.add_column("Target", justify="right")
    table.add_column("")
    table.add_column("Note")
    for line in lines:
        limit = "" if line.limit is None else f"≤ {_number(line.limit)} {line.unit}"
        table.add_row(line.bench, line.what, f"{_number(line.value)} {line.unit}", limit, line.verdict, line.note)
    return table


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = [f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            versions.append(f"{name} –")
    return f"{cores} cores of {_processor()}, {platform.system()}. {', '.join(versions)}."


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text()
    except OSError:
        told = ""
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _number(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:,.2f}"  # noqa: PLR2004
