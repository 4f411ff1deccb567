"""What every test stands on: no network but loopback, a store of its own, and styles gathered once."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

# A slow machine is no fault of the code: speed is shown by the bench, never by a test.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

os.environ.setdefault("DEBUG", "true")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop running in the same thread

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NetworkUsed(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def _loopback_only():
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkUsed(f"a test tried to connect to {address[0]}")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(autouse=True, scope="session")
def _evidence_folder(tmp_path_factory):
    """Every run answers from a store of its own, filled with the shipped figures."""
    from datetime import date

    from django.conf import settings

    from evenhand.library.datasets.store import Store

    settings.EVIDENCE_FOLDER = tmp_path_factory.mktemp("evidence")
    Store(settings.EVIDENCE_FOLDER).load_shipped(on=date(2026, 11, 22))


@pytest.fixture(scope="session")
def gathered_styles(tmp_path_factory):
    """The static files as a server has them: named by content and compressed."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")
    staticfiles_storage.__dict__.pop("location", None)
    staticfiles_storage.__dict__.pop("base_location", None)
    staticfiles_storage._location = str(settings.STATIC_ROOT)
    call_command("collectstatic", interactive=False, verbosity=0)
    staticfiles_storage.hashed_files = staticfiles_storage.load_manifest()[0]
    return Path(settings.STATIC_ROOT)
