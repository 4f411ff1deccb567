"""Behind every door of the staff home is the one sign-in; inside, people get and lose their roles."""

import logging
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from evenhand.core.accounts.models import RoleHeld, SignIn
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.journal.queries import lines_about
from evenhand.domains.directory.actions.reports import report
from evenhand.domains.directory.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet():
    logging.getLogger("django.request").disabled = True
    yield
    logging.getLogger("django.request").disabled = False


@pytest.fixture
def admin():
    return person("administrator", name="admin")


@pytest.fixture
def browser(admin):
    return signed_in(admin, fresh=True)


@pytest.fixture
def anne():
    return person(name="anne")


def with_codes(who):
    Authenticator.objects.create(user=who, type="totp", data={"secret": "x"})
    return who


def roles(who):
    return [held.role for held in RoleHeld.objects.filter(person=who).holding()]


def said(client, url):
    return client.get(url).content.decode()


# Doors


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("/staff/login/", "/account/sign-in/"),
        ("/staff/login/?next=/staff/pages/", "/account/sign-in/?next=/staff/pages/"),
        ("/staff/logout/", "/account/sign-out/"),
        ("/staff/password_reset/", "/account/password/reset/"),
        ("/staff/password_reset/done/", "/account/password/reset/"),
        ("/staff/password_reset/confirm/MQ/abc-def/", "/account/password/reset/"),
        ("/staff/password_reset/complete/", "/account/password/reset/"),
        ("/staff/", "/account/sign-in/?next=%2Fstaff%2F"),
        ("/staff/account/", "/account/sign-in/?next=%2Fstaff%2Faccount%2F"),
        ("/staff/users/", "/account/sign-in/?next=%2Fstaff%2Fusers%2F"),
        ("/staff/api/main/pages/", "/account/sign-in/?next=%2Fstaff%2Fapi%2Fmain%2Fpages%2F"),
    ],
)
def test_every_door_leads_a_visitor_to_the_one_sign_in(url, leads_to):
    for method in ("get", "post"):
        response = getattr(Client(), method)(url)
        if method == "post" and "next=%2F" in leads_to:
            assert response.status_code == 403
        else:
            assert (response.status_code, response.headers["Location"]) == (302, leads_to)


def test_the_editors_own_sign_in_takes_no_password(anne):
    from evenhand.core.accounts.tests.make import PASSWORD

    client = Client()
    client.post("/staff/login/", {"username": anne.email, "password": PASSWORD})
    client.post("/staff/password_reset/", {"email": anne.email})
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("/staff/account/", "/account/"),
        ("/staff/users/", "/staff/people/"),
        ("/staff/users/add/", "/staff/people/"),
        ("/staff/groups/1/", "/staff/people/"),
    ],
)
def test_inside_accounts_are_kept_by_us_alone(browser, url, leads_to):
    for method in ("get", "post"):
        assert getattr(browser, method)(url).headers["Location"] == leads_to


def test_a_staff_role_without_its_second_factor_is_led_to_set_one_up():
    editor = signed_in(person("content-editor"), second_factor=False)
    assert editor.get("/staff/").headers["Location"] == "/account/factors/?next=%2Fstaff%2F"
    assert editor.post("/staff/").status_code == 403
    assert "Staff home" not in said(editor, "/")


def test_staff_enter_and_find_their_way_from_the_site(browser):
    assert browser.get("/staff/").status_code == 200
    assert ">Staff home</a>" in said(browser, "/")
    editor = signed_in(person("content-editor"))
    assert editor.get("/staff/").status_code == 200
    assert "People and roles" not in said(editor, "/staff/")
    assert editor.get("/staff/people/").status_code == 403


def test_the_staff_home_is_ours_to_look_at(browser):
    response = browser.get("/staff/")
    page = response.content.decode()
    for ours in ("Staff home - Evenhand", "/static/web/staff.", "People and roles", "staff-mark"):
        assert ours in page
    for theirs in ("gravatar", "wagtail.org", "What's new", "editor guide"):
        assert theirs not in page
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_an_expired_role_opens_nothing_even_if_the_editors_groups_have_not_heard():
    editor = person("content-editor", "directory-editor")
    browser = signed_in(editor)
    assert browser.get("/staff/").status_code == 200
    assert set(editor.groups.values_list("name", flat=True)) == {"content-editor", "directory-editor"}
    RoleHeld.objects.filter(role="content-editor").update(ends_at=timezone.now())
    assert browser.get("/staff/").status_code == 200
    assert set(editor.groups.values_list("name", flat=True)) == {"directory-editor"}
    RoleHeld.objects.update(ends_at=timezone.now())
    assert browser.get("/staff/").status_code == 403


# People


def test_people_are_found_by_name_or_address(browser, anne):
    page = said(browser, f"/staff/people/?q={anne.email[:8].upper()}")
    assert anne.email in page
    assert ">anne</a>" in page
    assert ">admin</a>" not in page
    assert "Nobody is called that." in said(browser, "/staff/people/?q=zzz")


def test_who_somebody_is_is_asked_before_their_page_and_before_every_change(admin, anne):
    stale = signed_in(admin)
    for url in (f"/staff/people/{anne.pk}/",):
        assert stale.get(url).headers["Location"] == f"/account/again/?next={url.replace('/', '%2F')}"
    for verb in ("give-role", "suspend", "restore", "remove-factors", "roles/1/end"):
        response = stale.post(f"/staff/people/{anne.pk}/{verb}", {"role": "assessor", "why": "x"})
        assert response.headers["Location"].startswith("/account/again/")
    assert not lines_about(anne.ref).exists()


def test_a_role_is_given_and_ended(browser, admin, anne):
    with_codes(anne)
    assert browser.post(f"/staff/people/{anne.pk}/give-role", {"role": "assessor"}).status_code == 302
    assert roles(anne) == ["assessor"]
    page = said(browser, f"/staff/people/{anne.pk}/")
    assert "The role is given: Assessor." in page
    assert "accounts.role.give" in page
    assert "admin" in page
    (end,) = re.findall(rf'action="(/staff/people/{anne.pk}/roles/\d+/end)"', page)
    browser.post(end)
    assert roles(anne) == []
    assert [line.by for line in lines_about(anne.ref)] == [admin.ref, admin.ref]


def test_a_role_until_a_day_holds_to_the_end_of_that_day_in_london(browser, anne):
    until = (timezone.now() + timedelta(days=10)).date()
    browser.post(f"/staff/people/{anne.pk}/give-role", {"role": "organisation-owner", "until": until.isoformat()})
    ends = timezone.localtime(RoleHeld.objects.get(person=anne).ends_at)
    assert (ends.date() - until, ends.hour, ends.minute) == (timedelta(days=1), 0, 0)


def test_a_role_that_needs_a_second_factor_waits_for_it(browser, anne):
    browser.post(f"/staff/people/{anne.pk}/give-role", {"role": "assessor"})
    assert roles(anne) == []
    assert "has no second factor yet" in said(browser, f"/staff/people/{anne.pk}/")


@pytest.mark.parametrize(
    "wrong",
    [{"role": "emperor"}, {"role": ""}, {"role": "organisation-owner", "until": "2020-01-01"},
     {"role": "organisation-owner", "until": "soon"}, {"role": "organisation-owner", "organisation": "1"}],
)  # fmt: skip
def test_a_role_that_cannot_be_given_is_refused_in_words(browser, anne, wrong):
    response = browser.post(f"/staff/people/{anne.pk}/give-role", wrong, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert "error-summary" in page or "Choose a later end" in page
    assert not RoleHeld.objects.filter(person=anne).exists()


def test_a_role_of_another_person_is_not_ended_through_this_one(browser, anne):
    other = person("organisation-owner")
    held = RoleHeld.objects.get(person=other)
    assert browser.post(f"/staff/people/{anne.pk}/roles/{held.pk}/end").status_code == 404
    assert roles(other) == ["organisation-owner"]


def test_an_account_is_suspended_with_a_reason_and_opened_again(browser, anne):
    theirs = signed_in(anne)
    browser.post(f"/staff/people/{anne.pk}/suspend", {"why": ""})
    assert theirs.get("/account/").status_code == 200
    browser.post(f"/staff/people/{anne.pk}/suspend", {"why": "asked to"})
    assert theirs.get("/account/").status_code == 302
    page = said(browser, f"/staff/people/{anne.pk}/")
    assert "asked to" in page
    assert "This account is suspended" in page
    browser.post(f"/staff/people/{anne.pk}/restore")
    anne.refresh_from_db()
    assert anne.is_active


def test_lost_factors_are_removed_with_the_roles_that_need_them(browser):
    lost = with_codes(person("assessor", "organisation-owner", name="lost"))
    signed_in(lost)
    browser.post(f"/staff/people/{lost.pk}/remove-factors")
    assert not Authenticator.objects.filter(user=lost).exists()
    assert roles(lost) == ["organisation-owner"]
    assert not SignIn.objects.filter(person=lost).exists()
    tags = [line.tag for line in lines_about(lost.ref)]
    assert tags == ["accounts.factor.remove-all", "accounts.role.end"]


def test_words_are_shown_as_words(browser):
    hostile = person(name="<script>alert(1)</script>{{ 7|add:7 }}")
    page = said(browser, f"/staff/people/{hostile.pk}/") + said(browser, "/staff/people/")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


def test_home_says_what_waits_for_whoever_looks_and_leads_there(gathered_styles):
    report(make.service(), "closed", words="The door is shut.")
    said = signed_in(person("directory-editor")).get("/staff/").content.decode()
    assert "<strong>1</strong> Reports of what is wrong" in said
    assert "/staff/directory/" in said
    assert "Reports of what is wrong" not in signed_in(person("statistics-editor")).get("/staff/").content.decode()
