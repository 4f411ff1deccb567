"""A store of its own for whoever releases figures in a test."""

import shutil

import pytest
from django.test import Client

from evenhand.domains.evidence.tests.make import store_at
from evenhand.library.datasets.store import Store


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory):
    """A store with everything that the product ships, to be copied."""
    return store_at(tmp_path_factory.mktemp("shipped") / "evidence")


@pytest.fixture
def store(shipped_store, tmp_path, settings):
    """A store that this test alone may change, and that the site answers from."""
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"
    shutil.copytree(shipped_store.folder, settings.EVIDENCE_FOLDER)
    return Store(settings.EVIDENCE_FOLDER)


@pytest.fixture(autouse=True)
def _register(request):
    """A page of a measure asks whether the register of differences has something of it: no part of what is tested."""
    if {"client", "visitor"} & set(request.fixturenames):
        request.getfixturevalue("db")


@pytest.fixture
def visitor(gathered_styles):
    """Someone with a browser, who meets error pages instead of exceptions."""
    return Client(raise_request_exception=False)
