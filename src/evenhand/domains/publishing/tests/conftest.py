"""The tree with the pages that ship, for tests that read or change it: made once for a file, and taken back after."""

import pytest
from django.db import transaction

from evenhand.core.access import machine
from evenhand.domains.publishing.actions.planting import plant


@pytest.fixture(scope="module")
def planted_once(django_db_setup, django_db_blocker):
    """The pages that ship, in a transaction around every test of the file."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            plant(by=machine("release"))
            yield
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture
def planted(planted_once, db):
    """The pages that ship."""
