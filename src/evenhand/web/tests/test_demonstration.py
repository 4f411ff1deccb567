"""A demonstration has a sign-in for each role that works by hand; a real site has none and says nothing of it."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from evenhand.core.access import ROLES
from evenhand.core.accounts import demonstration as accounts
from evenhand.core.accounts.demonstration import PASSWORD, address
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.journal.models import Line
from evenhand.web.demonstration import load, remove

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    accounts.load()


def test_a_real_site_makes_none_and_says_nothing(settings):
    for what in ("load", "remove"):
        with pytest.raises(CommandError, match="This site is no demonstration"):
            call_command("demo", what)
    assert not Person.objects.exists()
    assert "demonstration" not in Client().get("/account/sign-in/").content.decode()


def test_each_role_has_one_sign_in_named_by_the_role(demonstration):
    for one in ROLES:
        somebody = Person.objects.get(email=address(one.slug))
        assert somebody.name == f"{one.name} (demonstration)"
        assert [held.role for held in RoleHeld.objects.filter(person=somebody).holding()] == [one.slug]
    assert Person.objects.count() == len(ROLES) + 2
    assert accounts.load() == 0


@pytest.mark.parametrize("slug", ["person", *(one.slug for one in ROLES)])
def test_whoever_reads_the_pages_can_sign_in_as_each_role(demonstration, slug):
    client = Client()
    page = client.get("/account/sign-in/").content.decode()
    assert PASSWORD in page
    assert address(slug) in page
    response = client.post("/account/sign-in/", {"login": address(slug), "password": PASSWORD})
    if response.headers["Location"] == "/account/sign-in/factor/":
        for _ in range(2):  # a code that was used is not shown again
            page = client.get("/account/sign-in/factor/").content.decode()
            code = re.search(r'class="code-inline">(\d{6})<', page)[1]
            response = client.post("/account/sign-in/factor/", {"code": code})
            assert response.headers["Location"] == "/account/"
            client = Client()
            client.post("/account/sign-in/", {"login": address(slug), "password": PASSWORD})
    else:
        assert client.get("/account/").status_code == 200


def test_no_code_is_shown_of_anybody_real(demonstration):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    real = person("assessor")
    TOTP.activate(real, generate_totp_secret())
    page = signed_in(real).get("/account/again/factor/").content.decode()
    assert "code-inline" not in page


def test_it_is_made_once_taken_away_whole_and_leaves_what_is_real(demonstration):
    real = person("assessor")
    assert load() == [
        "0 sign-ins made, one for each role. The sign-in page says how to use them.",
        "200 organisations made. None of them exists.",
        "400 services of theirs made. Please do not ring.",
        "48 applications for support made, in three rounds. Nobody pays for any of them.",
        "5 commitments made. Nobody has promised any of them.",
        "6 consultants made, and 21 engagements taken on from there. None of them exists.",
        "3 differences put on the register. The figures are real, and nobody was asked.",
    ]
    assert [line.split()[0] for line in load()] == ["0"] * 7
    out = io.StringIO()
    call_command("demo", "remove", stdout=out)
    assert out.getvalue().splitlines() == [
        "6 consultants and 21 engagements taken away.",
        "48 applications for support taken away.",
        "8 commitments and differences taken away.",
        "400 services taken away.",
        "200 organisations taken away.",
        f"{len(ROLES) + 2} sign-ins taken away.",
    ]
    assert list(Person.objects.all()) == [real]
    assert RoleHeld.objects.count() == 1
    assert Line.objects.filter(tag="accounts.role.end").count() == len(ROLES) + 1
    assert [line.split()[0] for line in remove()] == ["0"] * 6
