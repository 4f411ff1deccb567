"""`manage.py serve`: make everything ready in processes of its own, then serve, with a worker beside."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from evenhand import env

PATIENCE = 20  # seconds for a process to end by itself
# A process for each of two cores. More threads in one do not make it quicker, but a slow answer holds up nobody else.
SERVER = (
    *("--interface", "wsgi", "--host", "127.0.0.1", "--log-level", "warning"),
    *("--workers", "2", "--blocking-threads", "4"),
)


class Command(BaseCommand):
    """Migrate, release the shipped figures, gather the static files, and serve on PORT; work as it comes."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each step, stop at the first that fails, and then serve until stopped."""
        del args, options
        env.VAR.mkdir(exist_ok=True)
        self._step("Checking", "check")
        self._step("Preparing the database", "migrate", "--verbosity=0")
        self._step("Gathering styles", "collectstatic", "--noinput", "--verbosity=0")
        self.stdout.write("Releasing the shipped figures …")
        subprocess.run([sys.executable, "-m", "evenhand.cli", "load"], check=True)
        self._step("Making the pages that ship", "load_pages")
        self._step("Loading the reviews that ship", "load_reviews")
        if settings.DEMONSTRATION:
            self._step("Making the demonstration: sign-ins, organisations and services", "demo", "load")
        self._step("Reading what can be found", "index_search")
        port = str(settings.PORT)
        self.stdout.write(self.style.SUCCESS(f"Evenhand is at http://localhost:{port}/ (stop it with Ctrl-C)"))
        self.stdout.flush()
        granian = str(Path(sys.executable).with_name("granian"))
        server = [granian, *SERVER, "--port", port, "evenhand.web.wsgi:application"]
        sys.exit(_together(server, [sys.executable, sys.argv[0], "work"]))

    def _step(self, said: str, *command: str) -> None:
        self.stdout.write(f"{said} …")
        subprocess.run([sys.executable, sys.argv[0], *command], check=True, stdout=subprocess.DEVNULL)


def _together(server: list[str], worker: list[str]) -> int:
    """Run both until the server ends or somebody says stop; the worker ends with it. How the server ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # Each leads a group of its own: what it started can be ended with it, and Ctrl-C comes to us alone.
    with subprocess.Popen(worker, process_group=0) as working, subprocess.Popen(server, process_group=0) as serving:
        try:
            return serving.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            for process in (serving, working):
                process.terminate()
            for process in (serving, working):
                with suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
