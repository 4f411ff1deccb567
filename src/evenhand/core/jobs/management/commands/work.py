"""`manage.py work`: do queued work as it comes, and each minute what is due by the clock."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from evenhand.core.jobs.actions import tick

MINUTE = 60


class Command(BaseCommand):
    """Work until stopped."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """The clock ticks beside the queue, so that neither waits for the other."""
        del args, options
        stopped = threading.Event()
        clock = threading.Thread(target=self._keep_time, args=(stopped,), daemon=True)
        clock.start()
        try:
            call_command("db_worker", interval=1, verbosity=0, reload=False)
        finally:
            stopped.set()

    def _keep_time(self, stopped: threading.Event) -> None:
        while not stopped.is_set():
            try:
                tick()
            except Exception as fault:  # noqa: BLE001  (a database away for a minute must not stop the clock for good)
                self.stderr.write(f"What is due could not be looked up: {fault}")
            close_old_connections()
            stopped.wait(MINUTE)
