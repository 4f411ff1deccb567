"""The whole site in this process, over figures and styles of its own in a folder that is thrown away."""

import io
import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HOST = "localhost"


@dataclass(frozen=True)
class Response:
    """What came back, and how long it took from the request to the last byte."""

    status: str
    body: bytes
    headers: dict[str, str]
    milliseconds: float


class Site:
    """The application that the server calls, with all its middleware."""

    def __init__(self, folder: Path) -> None:
        """Release the shipped figures, gather the styles, and start Django, as `make run` does."""
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "evenhand.settings",
            "DEBUG": "true",
            "SITE_URL": f"http://{HOST}",
            "SECRET_KEY": "b" * 50,
            "EVIDENCE_URL": f"duckdb://{folder / 'evidence'}",
            "DATABASE_URL": f"sqlite://{folder / 'bench.sqlite3'}",
        }
        from evenhand import settings

        settings.STATIC_ROOT = folder / "static"
        import django
        from django.core.management import call_command
        from django.core.wsgi import get_wsgi_application

        from evenhand.library.datasets.store import Store

        Store(folder / "evidence").load_shipped(on=datetime.now(UTC).date())
        django.setup()
        for command in ("migrate", "load_pages", "load_reviews"):
            call_command(command, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self._application = get_wsgi_application()

    def get(self, url: str) -> Response:
        """Ask for one address as a browser would, compressed."""
        parts = urlsplit(url)
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "HTTP_ACCEPT": "text/html,*/*",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
            del exc_info
            told.update(status=status, headers=dict(headers))

        began = time.perf_counter()
        chunks = self._application(environ, start)
        body = b"".join(chunks)
        milliseconds = (time.perf_counter() - began) * 1000
        if close := getattr(chunks, "close", None):
            close()
        if told["status"] != "200 OK":
            raise RuntimeError(f"{url} answered {told['status']}")
        return Response(told["status"], body, told["headers"], milliseconds)
