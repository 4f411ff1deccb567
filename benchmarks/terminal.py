"""How long the `evenhand` command takes from the key to the last line."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.report import Line
from benchmarks.site import Site

MOST = 0.5
RUNS = 5
COMMANDS = {
    "evenhand --help": ["--help"],
    "evenhand ratio": ["ratio", "12", "703", "--against", "122", "89012"],
    "evenhand compare": ["compare", "stop-and-search", "--place", "West Midlands"],
}


def lines(site: Site) -> list[Line]:
    """Seconds on the clock, the median of a few; the start has a target, the answers are only told."""
    del site
    script = Path(sys.executable).with_name("evenhand")
    made = []
    for name, words in COMMANDS.items():
        took = median(_seconds([str(script), *words]) for _ in range(RUNS))
        made.append(Line("Terminal", name, took, "s", MOST if words == ["--help"] else None))
    return made


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  (our own script)
    return time.perf_counter() - began
