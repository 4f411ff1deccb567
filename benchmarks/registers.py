"""Loading a register of 400,000 charities: the whole load beside the bare write of the same rows, on each database."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.databases import databases
from benchmarks.report import Line

ROWS = 400_000
RUNS = 3
MOST_TIMES, MOST_MB = 2.0, 400
WORDS = tuple(
    re.findall(
        r"[a-z]+",
        "bridge harbour learning community support families recovery mentoring youth welfare advice housing relief "
        "education hope fellowship theatre memorial village hall school friends",
    )
)


def lines() -> list[Line]:
    """Time beside the bare write, and memory, on SQLite and on PostgreSQL where one is there to be started."""
    with tempfile.TemporaryDirectory(prefix="evenhand-registers-") as name:
        folder = Path(name)
        path = _written(folder / "publicextract.charity.zip", ROWS)
        return [line for name, address in databases(folder) for line in _measured(name, address, path)]


def _measured(name: str, address: str, path: Path) -> list[Line]:
    """The best of a few turns, ours and the bare write one after the other, each in tables that were just emptied."""
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "evenhand.settings",
    }
    root = Path(__file__).resolve().parents[1]
    subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, str(root / "manage.py"), "migrate", "--verbosity=0"], check=True, env=environment, cwd=root
    )
    turns = []
    for _ in range(RUNS):
        ran = subprocess.run(  # noqa: S603  (as above)
            [sys.executable, "-m", "benchmarks.registers", str(path)],
            check=True,
            env=environment,
            cwd=root,
            capture_output=True,
            text=True,
        )
        turns.append(json.loads(ran.stdout.splitlines()[-1]))
    ours, bare = min(turn["ours"] for turn in turns), min(turn["bare"] for turn in turns)
    note = f"{ours:.1f} s beside {bare:.1f} s, best of {RUNS}"
    peak = max(turn["peak"] for turn in turns)
    return [
        Line("Registers", f"{ROWS:,} charities, to the bare write, {name}", ours / bare, "×", MOST_TIMES, note),
        Line("Registers", f"peak memory of the load, both processes, {name}", peak, "MB", MOST_MB),
    ]


def _written(path: Path, rows: int) -> Path:
    """A made-up extract as it is published, with activities as long as they are there."""
    from evenhand.library.registers.charity_commission import TABLES
    from evenhand.library.registers.charity_commission.extract import FIRST_COLUMN

    header = (FIRST_COLUMN, *(column for column in TABLES[0].header if column != FIRST_COLUMN))
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("publicextract.charity.txt", "w") as to,
    ):
        to.write(("\t".join(header) + "\r\n").encode())
        block: list[str] = []
        for cells in _rows(rows):
            block.append("\t".join(cells.get(column, "") for column in header) + "\r\n")
            if len(block) == 1_000:  # noqa: PLR2004
                to.write("".join(block).encode())
                block.clear()
        to.write("".join(block).encode())
    return path


def _rows(rows: int) -> Iterator[dict[str, str]]:
    same = {
        "date_of_extract": "2026-11-01 00:00:00.0000000",
        "linked_charity_number": "0",
        "charity_type": "Charitable company",
        "charity_registration_status": "Registered",
        "date_of_registration": "2009-03-02 00:00:00.0000000",
        "charity_reporting_status": "Submission Received",
        "latest_acc_fin_period_end_date": "2026-03-31 00:00:00.0000000",
        "charity_contact_phone": "01632 960001",
        "charity_insolvent": "False",
        "charity_in_administration": "False",
        "charity_is_cio": "False",
    }
    for at in range(rows):
        words = [WORDS[(at * step) % len(WORDS)] for step in range(1, 30)]
        yield same | {
            "organisation_number": str(5_000_000 + at),
            "registered_charity_number": str(200_000 + at),
            "charity_name": f"THE {words[0]} {words[6]} TRUST {at}".upper(),
            "latest_income": str(at * 37 % 900_000),
            "charity_contact_postcode": f"AB{at % 90 + 1} {at % 9}CD",
            "charity_contact_email": f"office@example{at}.example",
            "charity_contact_web": f"www.example{at}.example",
            "charity_activities": " ".join(words),
        }


def turn(path: Path) -> dict[str, float]:
    """One turn, in a process of its own: the load, then the bare write of the rows that it left behind."""
    import time

    import django

    django.setup()
    from django.db import connection, transaction

    from evenhand.core.access import machine
    from evenhand.core.organisations.actions.registers import load_register
    from evenhand.core.organisations.loading.rows import insert
    from evenhand.core.organisations.models import Entry, Load

    Entry.objects.all().delete()
    Load.objects.all().delete()
    began = time.perf_counter()
    with _watched() as memory:
        loaded = load_register("charities", [path], by=machine("bench"))
    ours = time.perf_counter() - began
    if loaded.load.added != ROWS:
        raise RuntimeError(f"{loaded.load.added:,} rows were loaded, and not {ROWS:,}")
    names = [str(field.column) for field in Entry._meta.fields if not field.primary_key]  # noqa: SLF001  (Django's name)
    rows = list(Entry.objects.values_list(*names))
    Entry.objects.all().delete()
    began = time.perf_counter()
    with transaction.atomic():  # the quickest way that each database has, in one go
        insert(Entry, names, rows, {})
    bare = time.perf_counter() - began
    connection.close()
    return {"ours": ours, "bare": bare, "peak": memory[0]}


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The most megabytes of its own that this process has meanwhile, and the most that one it starts has.

    A file that is mapped is not its own: of the database that SQLite reads so, the system keeps what there is room for.
    """
    most, ended, peak = [0.0], threading.Event(), [0.0]

    def watch() -> None:
        while not ended.wait(0.02):
            most[0] = max(most[0], _own())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()
        peak[0] = most[0] + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _own() -> float:
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]  # Linux says so always


if __name__ == "__main__":
    print(json.dumps(turn(Path(sys.argv[1]))))
