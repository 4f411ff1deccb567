"""A process that has imported everything and forks children which release figures, so that a test may kill many.

Each line of standard input is one order as JSON; each line of standard output says how its children ended:
killed by a signal (below 0), refused (3), released (10), or there already (11).
"""

import contextlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from evenhand.library.datasets.catalogue import loaders, measures
from evenhand.library.datasets.engine import write_parquet
from evenhand.library.datasets.own.declaration import read_declaration
from evenhand.library.datasets.store import Store

REFUSED, RELEASED, THERE_ALREADY = 3, 10, 11
WATCHED = {"store.py", "folder.py", "shelf.py", "shutil.py", write_parquet.__code__.co_name}


class SlowStore(Store):
    """A store whose writer pauses between learning what is current and publishing what will be."""

    pause = 0.0

    def _publish(self, *what: Any, **who: str) -> None:
        time.sleep(self.pause)
        super()._publish(*what, **who)


class UnlockedStore(SlowStore):
    """The control: writers do not take turns."""

    @contextlib.contextmanager
    def _turn(self) -> Any:
        self.folder.mkdir(parents=True, exist_ok=True)
        yield


def kill_at(statement: int) -> None:
    """Kill this process, as a power cut would, before the given statement of the store is run."""
    run = 0

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal run
        code = frame.f_code
        if not WATCHED & {Path(code.co_filename).name, code.co_name}:
            return None
        if event == "line":
            run += 1
            if run == statement:
                os.kill(os.getpid(), signal.SIGKILL)
        return watch

    sys.settrace(watch)


def release(order: dict[str, Any], dataset: str, file: str) -> int:
    """Release one file as the order says, or put it forward, or publish what was; and tell how it ended."""
    store = (UnlockedStore if order.get("unlocked") else SlowStore)(Path(order["folder"]))
    store.pause = order.get("pause", 0)
    content = Path(file).read_bytes()
    if "disk" in order:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["disk"], order["disk"]))
    if "statement" in order:
        kill_at(order["statement"])
    on = date.fromisoformat(order["on"])
    if "publish" in order:
        store.publish(dataset, order["publish"], by=order["by"], on=on)
        return RELEASED
    if "declaration" in order:
        own = read_declaration(Path(order["declaration"]).read_bytes(), file=Path(file).name)
        _, fresh = store.load_draft(own, content, by=order["by"], on=on)
    else:
        _, fresh = store.load(dataset, content, on=on)
    return RELEASED if fresh else THERE_ALREADY


def child(work: Callable[[], int], gate: int) -> int:
    """Fork a child that starts its work when the gate opens."""
    if born := os.fork():
        return born
    end = REFUSED
    try:
        os.read(gate, 1)
        end = work()
    finally:
        # Whatever happened, the child ends here, and does not go on as a second nursery.
        os._exit(end)


def obey(order: dict[str, Any]) -> list[int]:
    """Start the children at once, kill them after a while if the order says so, and tell how each ended."""
    gate, opener = os.pipe()
    born = [child(partial(release, order, dataset, file), gate) for dataset, file in order["files"]]
    os.write(opener, b"!" * len(born))
    if "after" in order:
        time.sleep(order["after"])
        for each in born:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
    ends = [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in born]
    os.close(gate)
    os.close(opener)
    return ends


def main() -> None:
    """Obey until there are no more orders."""
    # Read once, here, so that no child spends its short life on it.
    measures()
    loaders()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(obey(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
