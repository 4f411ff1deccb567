"""The first administrator gets their role at the terminal; the journal says that it came from there."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from evenhand.core.accounts.models import RoleHeld
from evenhand.core.accounts.tests.make import person
from evenhand.core.journal.models import Line
from evenhand.core.references import Ref

pytestmark = pytest.mark.django_db


def test_a_role_is_given_to_who_has_an_account_and_a_second_factor():
    anne = person(name="Anne")
    with pytest.raises(CommandError, match="has no second factor yet"):
        call_command("give_role", anne.email, "administrator")
    Authenticator.objects.create(user=anne, type="totp", data={"secret": "x"})
    out = io.StringIO()
    call_command("give_role", anne.email.upper(), "administrator", stdout=out)
    assert out.getvalue() == "Anne is now: Administrator.\n"
    assert RoleHeld.objects.get().role == "administrator"
    anne.refresh_from_db()
    assert anne.is_superuser
    assert Line.objects.get().by == Ref("core.machine", "console")


def test_who_has_no_account_is_told_to_open_one():
    with pytest.raises(CommandError, match="open one on the site first"):
        call_command("give_role", "nobody@example.org", "administrator")
