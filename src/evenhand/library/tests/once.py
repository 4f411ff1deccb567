"""What takes long to make and is the same for every test: made once for the state of its sources, and copied."""

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path

from evenhand import env

KEPT = env.VAR / "tests"


def made_once(name: str, sources: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """Where it stands; made by the first who asks, however many workers do, and whole or not there at all."""
    made = KEPT / f"{name}-{_state(sources)}"
    with one_at_a_time(name):
        if not made.exists():
            for old in KEPT.glob(f"{name}-*"):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            part = KEPT / f"{name}-part"
            make(part)
            part.rename(made)
    return made


@contextmanager
def one_at_a_time(name: str):
    """Hold a lock among all processes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _state(sources: Iterable[Path]) -> str:
    known = "\n".join(f"{path} {path.stat().st_mtime_ns}" for path in sorted(sources))
    return hashlib.sha256(known.encode()).hexdigest()[:16]
