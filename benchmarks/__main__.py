"""Runs every bench, prints what was measured, and fails if a target was missed."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import charts, pages, records, report, terminal, weight
from benchmarks.site import Site


def main() -> int:
    """Measure everything in a folder that is thrown away; 0 if every target is met, else 1."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        folder = Path(name)
        # The records first, while this process is small and the machine's memory is free.
        print("Records …", file=sys.stderr)
        contest = records.contest(folder)
        site = Site(folder)
        benches: dict[str, Callable[[], list[report.Line]]] = {
            # Pages before charts, so that their first one is the first of this process.
            "Pages": lambda: pages.lines(site),
            "Charts": charts.lines,
            "First visit": lambda: weight.lines(site),
            "Terminal": terminal.lines,
        }
        lines = records.lines(contest)
        for title, bench in benches.items():
            print(f"{title} …", file=sys.stderr)
            lines += bench()
    report.show(contest, lines, seconds=time.perf_counter() - began)
    return 0 if all(line.met is not False for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
