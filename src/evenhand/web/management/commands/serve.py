"""`manage.py serve`: make everything ready in processes of its own, then serve."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from evenhand import env


class Command(BaseCommand):
    """Migrate, release the shipped figures, gather the static files, and serve on PORT."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each step, stop at the first that fails, and hand over to the server."""
        del args, options
        env.VAR.mkdir(exist_ok=True)
        self._step("Checking", "check")
        self._step("Preparing the database", "migrate", "--verbosity=0")
        self._step("Gathering styles", "collectstatic", "--noinput", "--verbosity=0")
        self.stdout.write("Releasing the shipped figures …")
        subprocess.run([sys.executable, "-m", "evenhand.cli", "load"], check=True)
        port = str(settings.PORT)
        self.stdout.write(self.style.SUCCESS(f"Evenhand is at http://localhost:{port}/ (stop it with Ctrl-C)"))
        self.stdout.flush()
        granian = str(Path(sys.executable).with_name("granian"))
        server = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", port]
        server += ["--workers", "2", "--blocking-threads", "4", "--log-level", "warning"]
        os.execv(granian, [*server, "evenhand.web.wsgi:application"])

    def _step(self, said: str, *command: str) -> None:
        self.stdout.write(f"{said} …")
        subprocess.run([sys.executable, sys.argv[0], *command], check=True, stdout=subprocess.DEVNULL)
