"""What is slow on purpose, or by its size, is done before anything is locked."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.models import Person
from evenhand.core.accounts.tests.make import PASSWORD, person, signed_in
from evenhand.core.errors import Refused
from evenhand.core.files.tests.make import PDF
from evenhand.core.organisations.actions import claims

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "another long enough sentence"
SEEN = []


class Watching(MD5PasswordHasher):
    """Says of each password that it works out whether anything was locked."""

    def encode(self, password, salt):
        SEEN.append(transaction.get_connection().in_atomic_block)
        return super().encode(password, salt)


@pytest.fixture
def watched(settings, gathered_styles):
    cache.clear()
    somebody = person()
    settings.PASSWORD_HASHERS = [f"{Watching.__module__}.{Watching.__qualname__}"]
    SEEN.clear()
    return SimpleNamespace(seen=SEEN, somebody=somebody)


def join(email):
    return Client().post("/account/sign-up/", {"name": "Jo", "email": email, "password1": NEW})


def test_a_password_is_hashed_before_anything_is_locked(watched):
    assert join("jo@example.org").status_code == 302
    assert Person.objects.get(email="jo@example.org").check_password(NEW)
    cache.clear()
    assert join("JO@example.org").status_code == 302  # as slow, and tells nothing
    assert Person.objects.filter(email__iexact="jo@example.org").count() == 1
    browser = signed_in(watched.somebody, second_factor=False, fresh=True)
    new = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert browser.post("/account/password/", new).status_code == 302
    watched.somebody.refresh_from_db()
    assert watched.somebody.check_password(NEW)
    assert len(watched.seen) >= 4
    assert not any(watched.seen)


def test_the_eye_of_this_test_sees_a_lock(watched):
    with transaction.atomic():
        watched.somebody.set_password(NEW)
    assert watched.seen == [True]


def test_a_file_is_looked_through_before_anything_is_locked(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seen = []

    class Given(SimpleUploadedFile):
        """A file that says whether anything was locked when it was read."""

        def read(self, *args):
            seen.append(transaction.get_connection().in_atomic_block)
            return super().read(*args)

    by = caller_for(person(), second_factor=False)
    claim = claims.begin_claim(by=by, name="Walkers on Wednesdays")
    claims.add_evidence(claim, "minutes", Given("minutes.pdf", PDF), by=by)
    with pytest.raises(Refused):
        claims.add_evidence(claim, "minutes", Given("minutes.pdf", b"<html>"), by=by)
    assert seen
    assert not any(seen)
    assert claim.evidence.count() == 1
