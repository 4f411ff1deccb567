"""Runs every bench, prints what was measured, and fails if a target was missed."""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks import charts, directory, pages, records, registers, report, terminal, weight
from benchmarks.site import Site


def main() -> int:
    """Measure everything in a folder that is thrown away; 0 if every target is met, else 1."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        folder = Path(name)
        # The records first, while this process is small and the machine's memory is free.
        print("benchmarks.records …", file=sys.stderr)
        contest = records.contest(folder)
        site = Site(folder)
        lines = records.lines(contest)
        print("benchmarks.registers …", file=sys.stderr)
        lines += registers.lines()
        # Pages before charts, so that their first one is the first of this process.
        for measure in (pages.lines, charts.lines, weight.lines, terminal.lines):
            print(f"{measure.__module__} …", file=sys.stderr)
            lines += measure(site)
        print("benchmarks.directory …", file=sys.stderr)
        lines += directory.lines(folder / "directory")
    report.show(contest, lines, seconds=time.perf_counter() - began)
    return 0 if all(line.met is not False for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
