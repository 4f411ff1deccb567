"""The pages of an account: what they show, what they change, whom they tell, and what they ask for first."""

import logging
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from evenhand.core.accounts.models import Person, RoleHeld, SignIn
from evenhand.core.accounts.queries import device
from evenhand.core.accounts.tests.make import PASSWORD, person, signed_in
from evenhand.core.journal.models import Line
from evenhand.core.journal.queries import lines_about
from evenhand.core.notices.actions import send_due
from evenhand.core.notices.models import Notice

pytestmark = pytest.mark.django_db
AGAIN, BY_CODE = "/account/again/", "/account/again/factor/"


@pytest.fixture(autouse=True)
def _clean():
    cache.clear()
    logging.getLogger("django.request").disabled = True
    yield
    logging.getLogger("django.request").disabled = False


@pytest.fixture
def anne():
    return person(name="anne")


def codes_for(who):
    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    return secret


def code_of(secret, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def letters():
    send_due()
    return mail.outbox


def tags(who):
    return [line.tag for line in lines_about(who.ref)]


def test_an_account_shows_what_it_holds(anne):
    RoleHeld.objects.create(person=anne, role="organisation-owner")
    page = signed_in(anne).get("/account/").content.decode()
    for said in ("anne", anne.email, "Organisation owner", "Set up a second factor", "In this browser"):
        assert said in page


def test_no_page_of_an_account_may_be_kept_by_anyone(anne):
    for url in ("/account/", "/account/sign-ins/", "/", "/evidence/arrests/"):
        headers = signed_in(anne).get(url).headers
        assert headers["Cache-Control"] == "no-store, private"
        assert "ETag" not in headers
    for url in ("/account/x.css", "/account/sign-ins/x.css", "/account/;x.css", "/account/%2e%2e/x.css"):
        assert signed_in(anne).get(url).status_code == 404


def test_a_name_is_changed_and_the_journal_knows(anne):
    browser = signed_in(anne)
    assert browser.post("/account/name/", {"name": "Anne Other", "is_superuser": "on"}).status_code == 302
    anne.refresh_from_db()
    assert (anne.name, anne.is_superuser) == ("Anne Other", False)
    assert tags(anne) == ["accounts.person.rename"]
    assert "Your name was changed." in browser.get("/account/").content.decode()
    assert "error-summary" in browser.post("/account/name/", {"name": "<b>"}).content.decode()


# First prove that it is you


CHANGES = {
    "address": ("/account/address/", {"email": "new@example.org", "action_add": ""}),
    "codes": ("/account/factors/codes/add/", {"code": "000000"}),
    "passkey": ("/account/factors/passkeys/add/", {"name": "mine", "credential": "{}"}),
    "recovery": ("/account/factors/recovery/new/", {}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_stolen_cookie_changes_nothing_without_the_password(name, anne):
    url, said = CHANGES[name]
    response = signed_in(anne, second_factor=False).post(url, said)
    assert response.headers["Location"].startswith(AGAIN)
    assert not Authenticator.objects.exists()
    assert not Notice.objects.exists()
    assert Person.objects.get().email == anne.email


@pytest.mark.parametrize("name", ["address", "recovery", "remove codes"])
def test_nor_with_the_password_where_there_is_a_second_factor(name, anne):
    secret = codes_for(anne)
    url, said = CHANGES.get(name, ("/account/factors/codes/remove/", {}))
    browser = signed_in(anne)
    assert browser.post(url, said).headers["Location"].startswith(BY_CODE)
    assert browser.get(f"{AGAIN}?next={url}").headers["Location"] == f"{BY_CODE}?next={url.replace('/', '%2F')}"
    browser.post(AGAIN, {"password": PASSWORD})
    assert browser.post(url, said).headers["Location"].startswith(BY_CODE)
    browser.post(BY_CODE, {"code": code_of(secret)})
    assert "again" not in browser.post(url, said).headers["Location"]


def test_proof_holds_for_a_quarter_of_an_hour(anne, settings):
    browser = signed_in(anne, second_factor=False, fresh=True)
    assert browser.get("/account/factors/codes/add/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert browser.get("/account/factors/codes/add/").status_code == 302


def test_guessing_the_password_from_within_is_stopped(anne):
    browser = signed_in(anne, second_factor=False)
    answers = [browser.post(AGAIN, {"password": f"wrong {n}"}) for n in range(15)]
    assert answers[-1].status_code == 429 or "Too many tries" in answers[-1].content.decode()


def test_a_form_that_was_sent_too_early_is_not_lost(anne):
    browser = signed_in(anne, second_factor=False)
    response = browser.post("/account/address/", {"email": "new@example.org", "action_add": ""})
    assert browser.post(response.headers["Location"], {"password": PASSWORD}).status_code == 302
    assert [letter.to for letter in letters()] == [["new@example.org"]]


# Address and password


def test_a_new_address_is_confirmed_there_and_told_to_the_old_one(anne):
    old = anne.email
    browser = signed_in(anne, second_factor=False, fresh=True)
    browser.post("/account/address/", {"email": "New@example.org", "action_add": ""})
    assert Person.objects.get().email == old
    (letter,) = letters()
    assert letter.to == ["new@example.org"]
    browser.post("/account/address/confirm/", {"code": re.search(r"[A-Z]{4}-[A-Z]{4}", letter.body)[0]})
    assert Person.objects.get().email == "new@example.org"
    told = letters()[-1]
    assert told.to == [old]
    assert "Your e-mail address was changed." in told.body
    assert "new@example.org" in told.body
    assert tags(anne) == ["accounts.address.change"]
    line = lines_about(anne.ref).first()
    assert "@" not in str(line.details)
    assert line.personal.get().details == {"from_email": old, "to_email": "new@example.org"}


def test_a_new_password_needs_the_old_one_and_ends_every_other_sign_in(anne):
    browser, other = signed_in(anne), signed_in(anne)
    new = {"password1": "another long sentence", "password2": "another long sentence"}
    wrong = browser.post("/account/password/", {"oldpassword": "wrong", **new})
    assert "That is not your current password" in wrong.content.decode()
    assert browser.post("/account/password/", {"oldpassword": PASSWORD, **new}).status_code == 302
    assert browser.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert "Your password was changed." in letters()[-1].body
    assert tags(anne) == ["accounts.password.change"]


# Second factors


def test_one_time_codes_are_set_up_count_at_once_and_bring_recovery_codes_that_are_shown_once(anne):
    RoleHeld.objects.create(person=anne, role="content-editor")
    browser = signed_in(anne, second_factor=False, fresh=True)
    assert browser.get("/staff/").headers["Location"] == "/account/factors/?next=%2Fstaff%2F"
    page = browser.get("/account/factors/codes/add/").content.decode()
    assert '<svg class="qr"' in page
    assert not re.search(r"\sstyle=|data:image", page)
    key = re.search(r'class="code-inline">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    response = browser.post("/account/factors/codes/add/", {"code": code_of(key)})
    assert response.headers["Location"] == "/account/factors/recovery/"
    shown = browser.get("/account/factors/recovery/").content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", shown)) == 10
    assert "shown once" in browser.get("/account/factors/recovery/").content.decode()
    assert "<li>" not in browser.get("/account/factors/recovery/").content.decode().split('class="codes"')[-1][:40]
    assert browser.get("/staff/").status_code == 200


def test_the_code_that_set_them_up_does_not_sign_in_as_well(anne):
    browser = signed_in(anne, second_factor=False, fresh=True)
    key = re.search(r'class="code-inline">([A-Z2-7 ]+)<', browser.get("/account/factors/codes/add/").content.decode())[
        1
    ].replace(" ", "")
    code = code_of(key)
    browser.post("/account/factors/codes/add/", {"code": code})
    cache.clear()
    thief = Client()
    thief.post("/account/sign-in/", {"login": anne.email, "password": PASSWORD})
    thief.post("/account/sign-in/factor/", {"code": code})
    assert thief.get("/account/").status_code == 302


def test_a_factor_that_is_added_or_removed_is_told_and_written_down(anne):
    secret = codes_for(anne)
    browser = signed_in(anne, fresh=True)
    browser.post("/account/factors/recovery/new/")
    browser.post("/account/factors/codes/remove/")
    assert not Authenticator.objects.exists()
    assert set(tags(anne)) <= {"accounts.recovery.make", "accounts.factor.remove"}
    assert "accounts.factor.remove" in tags(anne)
    assert "One-time codes were removed." in " ".join(letter.body for letter in letters())
    assert secret


def test_whoever_needs_a_second_factor_cannot_remove_the_last(anne):
    RoleHeld.objects.create(person=anne, role="assessor")
    codes_for(anne)
    browser = signed_in(anne, fresh=True)
    page = browser.post("/account/factors/codes/remove/").content.decode()
    assert "this is your last" in page
    passkey = Authenticator.objects.create(user=anne, type="webauthn", data={"name": "key", "credential": {}})
    Authenticator.objects.filter(type="totp").delete()
    browser.post(f"/account/factors/passkeys/{passkey.pk}/remove/")
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    assert "this is your last" in browser.get("/account/").content.decode()


def test_nobody_sees_or_touches_another_ones_passkey(anne):
    theirs = Authenticator.objects.create(user=person(), type="webauthn", data={"name": "key", "credential": {}})
    browser = signed_in(anne, fresh=True)
    for url in (f"/account/factors/passkeys/{theirs.pk}/", f"/account/factors/passkeys/{theirs.pk}/remove/"):
        missing = url.replace(str(theirs.pk), "999999")
        for method in (browser.get, browser.post):
            answer, none = method(url), method(missing)
            assert answer.status_code == none.status_code == 404
            assert len(answer.content) == len(none.content)


# Sign-ins


def test_sign_ins_are_listed_without_their_keys_and_ended_one_by_one(anne):
    here = signed_in(anne, headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"})
    there = signed_in(anne)
    stranger = signed_in(person())
    page = here.get("/account/sign-ins/").content.decode()
    for one in SignIn.objects.all():
        assert one.pk not in page
    (ref,) = re.findall(r'name="end" value="([0-9a-f]+)"', page)
    assert here.post("/account/sign-ins/", {"end": "0" * 24}).status_code == 404
    theirs = re.findall(r'value="([0-9a-f]{24})"', signed_in(anne).get("/account/sign-ins/").content.decode())
    assert ref in theirs
    assert here.post("/account/sign-ins/", {"end": ref}).status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    here.post("/account/sign-ins/", {"end": "others"})
    assert SignIn.objects.filter(person=anne).count() == 1
    assert stranger.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8", "A browser"),
        ("", "A browser"),
        ("<script>alert(1)</script>", "A browser"),
    ],
)
def test_a_browser_is_called_what_its_owner_calls_it(agent, said):
    assert device(agent) == said


# Visitors


def test_a_visitor_costs_no_look_at_any_table_and_gets_no_cookie(django_assert_max_num_queries):
    visitor = Client()
    # The front page looks whether its introduction or the news have changed, a measure's whether the register has.
    for url in ("/evidence/", "/evidence/arrests/", "/robots.txt", "/api/evidence/v1/measures", "/"):
        visitor.get(url)  # who comes first has it made
        with django_assert_max_num_queries({"/": 5, "/evidence/arrests/": 1}.get(url, 0)):
            response = visitor.get(url)
        assert response.status_code == 200
        assert not response.cookies
    assert not SignIn.objects.exists()


def test_what_one_sees_signed_in_is_shown_to_nobody_else(anne):
    browser = signed_in(anne)
    for url in ("/", "/evidence/arrests/"):
        mine = browser.get(url).content.decode()
        theirs = Client().get(url).content.decode()
        again = browser.get(url).content.decode()
        assert "Your account" in mine
        assert "Your account" in again
        assert "Your account" not in theirs
        assert "Sign in</a>" in theirs
        assert "Sign in</a>" not in mine


def test_a_message_for_one_is_kept_for_nobody_else(anne):
    browser = signed_in(anne)
    browser.post("/account/sign-out/")
    assert "You are signed out." in browser.get("/").content.decode()
    assert "You are signed out." not in Client().get("/").content.decode()
    assert "You are signed out." not in browser.get("/").content.decode()
    assert "sessionid" not in {name for name, morsel in browser.cookies.items() if morsel.value}


def test_a_page_depends_on_the_cookie_and_says_so():
    assert "Cookie" in Client().get("/").headers["Vary"]


def test_a_made_up_session_is_a_visitor(anne):
    visitor = Client()
    visitor.cookies["sessionid"] = "x" * 32
    assert "Sign in</a>" in visitor.get("/").content.decode()
    assert visitor.get("/account/").headers["Location"].startswith("/account/sign-in/")


# Whole or not at all


class Broken:
    """A database that fails at its Nth statement."""

    def __init__(self, at):
        self.at, self.seen = at, 0

    def __call__(self, execute, sql, params, many, context):
        self.seen += 1
        if self.seen == self.at:
            raise OperationalError("the disk is full")
        return execute(sql, params, many, context)


def state():
    """Everything that a form could have changed."""
    return (
        list(Person.objects.values_list("email", "name", "password").order_by("pk")),
        list(Person.objects.values_list("emailaddress__email", "emailaddress__verified").order_by("pk")),
        list(Authenticator.objects.values_list("user", "type")),
        Line.objects.count(),
        Notice.objects.count(),
        DBTaskResult.objects.count(),
    )


def joined(before, after):
    """Whether one more person stands whole: with an address, a line of the journal, and a letter that will be sent."""
    (people, addresses, _, *counts), (people_now, addresses_now, _, *counts_now) = before, after
    grown = [len(people_now) - len(people), len(addresses_now) - len(addresses)]
    grown += [now - was for was, now in zip(counts, counts_now, strict=True)]
    return grown == [1] * 5 and all(address for address, _ in addresses_now)


FORMS = {
    "join": ("account_signup", {"name": "Ben", "email": "ben{at}@example.org", "password1": PASSWORD}, False),
    "name": ("account_name", {"name": "Other"}, True),
    "password": (
        "account_change_password",
        {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"},
        True,
    ),
    "address": ("account_email", {"email": "new@example.org", "action_add": ""}, True),
    "sign-ins": ("account_sign_ins", {"end": "others"}, True),
}


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FORMS)
def test_whatever_statement_fails_a_form_does_all_or_nothing(name):
    address, said, inside = FORMS[name]
    who = person(name="anne")
    whole, failed = None, 0
    for at in range(1, 200):
        cache.clear()
        signed_in(who)
        client = signed_in(who, second_factor=False, fresh=True, raise_request_exception=False)
        if not inside:
            client = Client(raise_request_exception=False)
        before = state()
        with connection.execute_wrapper(broken := Broken(at)):
            response = client.post(reverse(address), {key: one.format(at=at) for key, one in said.items()})
        if broken.seen < at:
            whole = response.status_code
            break
        after = state()
        if response.status_code >= 500:
            failed += 1
            if not inside and joined(before, after):  # all was done, and only the sign-in after it failed
                continue
            assert after[:3] == before[:3], f"{name} was left half done by statement {at}"
            assert after[3:] == before[3:], f"{name} told of what was not done, at statement {at}"
        elif after != before and inside:  # what failed could be done without, and is done; others may still join
            break
    assert whole in {302, None}
    assert failed > 3
