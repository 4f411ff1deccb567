"""Roles are given and ended, people suspended and restored, each once and written down."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.accounts.actions import end_role, end_sign_ins, give_role, rename, restore, suspend
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.models import Person, RoleHeld, SignIn
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.journal.queries import lines_about
from evenhand.core.organisations.models import Organisation

pytestmark = pytest.mark.django_db
BY = machine("test")


@pytest.fixture
def anybody():
    return person()


def roles(who, moment=None):
    return [held.role for held in RoleHeld.objects.filter(person=who).holding(moment)]


def test_a_role_holds_from_when_it_is_given(anybody):
    give_role(anybody, "organisation-owner", by=BY)
    assert roles(anybody) == ["organisation-owner"]
    assert roles(anybody, timezone.now() - timedelta(days=1)) == []
    (line,) = lines_about(anybody.ref)
    assert (line.tag, line.by, line.details["role"]) == ("accounts.role.give", BY.ref, "organisation-owner")


def test_a_role_holds_between_its_days_and_no_longer(anybody):
    now = timezone.now()
    give_role(anybody, "organisation-owner", by=BY, begins_at=now + timedelta(days=1), ends_at=now + timedelta(days=3))
    assert roles(anybody) == []
    assert roles(anybody, now + timedelta(days=1)) == ["organisation-owner"]
    assert roles(anybody, now + timedelta(days=2)) == ["organisation-owner"]
    assert roles(anybody, now + timedelta(days=3)) == []


def test_a_role_for_one_organisation_says_nothing_of_another(anybody):
    mine = Organisation.objects.create(slug="mine", name="Mine")
    other = Organisation.objects.create(slug="other", name="Other")
    give_role(anybody, "organisation-owner", by=BY, organisation=mine)
    give_role(anybody, "organisation-member", by=BY, organisation=other)
    caller = caller_for(anybody, second_factor=False)
    assert caller.organisations == {("organisation-owner", mine.pk), ("organisation-member", other.pk)}
    assert caller.roles == {"organisation-owner", "organisation-member"}


def test_a_role_that_is_held_is_not_given_again(anybody):
    give_role(anybody, "organisation-owner", by=BY)
    with pytest.raises(NotPossible, match="holds this role already: Organisation owner"):
        give_role(anybody, "organisation-owner", by=BY)
    assert len(roles(anybody)) == 1
    assert Line.objects.count() == 1


def test_a_role_that_does_not_exist_or_ends_before_it_begins_is_refused(anybody):
    with pytest.raises(Refused, match="no such role"):
        give_role(anybody, "emperor", by=BY)
    with pytest.raises(Refused, match="end before it begins"):
        give_role(anybody, "organisation-owner", by=BY, ends_at=timezone.now() - timedelta(days=1))
    assert not RoleHeld.objects.exists()
    assert not Line.objects.exists()


def test_a_role_ends_at_once_and_only_once(anybody):
    held = give_role(anybody, "organisation-owner", by=BY)
    end_role(held, by=BY)
    assert roles(anybody) == []
    with pytest.raises(NotPossible, match="ended already"):
        end_role(held, by=BY)
    assert [line.tag for line in lines_about(anybody.ref)] == ["accounts.role.end", "accounts.role.give"]
    give_role(anybody, "organisation-owner", by=BY)
    assert roles(anybody) == ["organisation-owner"]


def test_a_role_that_is_ended_before_it_begins_never_holds(anybody):
    later = timezone.now() + timedelta(days=5)
    end_role(give_role(anybody, "organisation-owner", by=BY, begins_at=later), by=BY)
    assert roles(anybody, later) == []


def test_the_database_refuses_a_role_that_ends_before_it_begins_and_one_held_twice(anybody):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHeld.objects.create(person=anybody, role="assessor", begins_at=now, ends_at=now - timedelta(days=1))
    RoleHeld.objects.create(person=anybody, role="assessor")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHeld.objects.create(person=anybody, role="assessor")


def test_two_people_cannot_have_one_address_whatever_its_capitals(anybody):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create_user(anybody.email.upper(), name="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="Capital@example.org", name="Other")


def test_suspending_ends_every_sign_in_and_keeps_the_roles(anybody):
    give_role(anybody, "organisation-owner", by=BY)
    browser = signed_in(anybody)
    assert SignIn.objects.filter(person=anybody).count() == 1
    suspended = suspend(anybody, by=BY, why="asked to")
    assert suspended.suspended
    assert not SignIn.objects.filter(person=anybody).exists()
    assert not browser.session.get("_auth_user_id")
    assert not caller_for(suspended, second_factor=True).effective.signed_in
    with pytest.raises(NotPossible, match="suspended already"):
        suspend(anybody, by=BY, why="again")
    line = lines_about(anybody.ref).first()
    assert "asked to" not in str(line.details)
    assert line.personal.get().details == {"why": "asked to"}
    assert caller_for(restore(anybody, by=BY), second_factor=True).effective.roles == {"organisation-owner"}
    with pytest.raises(NotPossible, match="not suspended"):
        restore(anybody, by=BY)


def test_a_new_name_is_shown_and_the_old_one_can_be_erased(anybody):
    assert rename(anybody, "Newly", by=BY).name == "Newly"
    line = lines_about(anybody.ref).first()
    assert line.details == {}
    assert line.personal.get().details == {"from": "person", "to": "Newly"}


def test_sign_ins_are_ended_one_by_one_all_but_one_or_all(anybody):
    one, two, three = signed_in(anybody), signed_in(anybody), signed_in(anybody)
    stranger = signed_in(person())
    assert end_sign_ins(anybody, by=BY, only=stranger.session.session_key) == 0
    assert end_sign_ins(anybody, by=BY, only=one.session.session_key) == 1
    assert end_sign_ins(anybody, by=BY, but=two.session.session_key) == 1
    assert list(SignIn.objects.filter(person=anybody).values_list("pk", flat=True)) == [two.session.session_key]
    assert end_sign_ins(anybody, by=BY) == 1
    assert not three.session.get("_auth_user_id")
    assert stranger.session.get("_auth_user_id")


@pytest.mark.django_db(transaction=True)
def test_of_several_who_give_the_same_role_at_once_one_gives_it():
    anybody = person()
    done, start = [], threading.Barrier(4)

    def give():
        start.wait(10)
        try:
            give_role(anybody, "organisation-owner", by=BY, ends_at=timezone.now() + timedelta(days=1))
            done.append(True)
        except NotPossible:
            done.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(done) == [False, False, False, True]
    assert len(roles(anybody)) == 1
