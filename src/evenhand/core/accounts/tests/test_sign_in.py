"""Joining, signing in and out, and what a stranger who tries it learns: nothing."""

import logging
import re
import statistics
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.accounts import callers
from evenhand.core.accounts.actions import end_role, suspend
from evenhand.core.accounts.adapter import AccountAdapter
from evenhand.core.accounts.models import Person, RoleHeld, SignIn
from evenhand.core.accounts.tests.make import PASSWORD, person, signed_in
from evenhand.core.journal.queries import lines_about
from evenhand.core.notices.actions import send_due
from evenhand.core.notices.models import Notice

pytestmark = pytest.mark.django_db
SIGN_IN, JOIN, RESET = "/account/sign-in/", "/account/sign-up/", "/account/password/reset/"
FACTOR, CONFIRM = "/account/sign-in/factor/", "/account/address/confirm/"
WRONG = "The e-mail address or the password is not right"
TOO_MANY = "Too many tries in a short time"


@pytest.fixture(autouse=True)
def _clean():
    cache.clear()
    for name in ("django.request", "evenhand.core.accounts.adapter"):
        logging.getLogger(name).disabled = True
    yield
    for name in ("django.request", "evenhand.core.accounts.adapter"):
        logging.getLogger(name).disabled = False


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def anne():
    return person(name="anne")


def give_codes(who):
    """Set up one-time codes, as the page does, and give back what makes the codes."""
    secret = generate_totp_secret()
    TOTP.activate(who, secret)
    return secret


def code_of(secret, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, who, password=PASSWORD, **said):
    return client.post(SIGN_IN, {"login": who.email, "password": password}, **said)


def letters():
    send_due()
    return mail.outbox


def link_in(letter):
    return re.search(r"http://\S+", letter.body)[0]


def path_of(link):
    return "/" + link.split("/", 3)[3]


def whose(client):
    """Whose account the browser is in; nobody's if it is sent to the sign-in."""
    response = client.get("/account/")
    found = re.search(r'<dd class="address">([^<]*)</dd>', response.content.decode())
    return found[1] if found else None


def words(response):
    """The page without what differs each time."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r"[\w.+-]+@[\w.-]+", "ADDRESS", text)


# Joining


def join(client, email="anne@example.org", **said):
    return client.post(JOIN, {"name": "Anne", "email": email, "password1": PASSWORD, **said})


def test_whoever_joins_is_signed_in_once_the_code_from_the_mail_is_written(visitor):
    assert join(visitor, "Anne@Example.org").headers["Location"] == CONFIRM
    assert whose(visitor) is None
    (letter,) = letters()
    assert letter.to == ["anne@example.org"]
    response = visitor.post(CONFIRM, {"code": re.search(r"[A-Z]{4}-[A-Z]{4}", letter.body)[0].lower()})
    assert response.headers["Location"] == "/account/"
    assert whose(visitor) == "anne@example.org"
    anne = Person.objects.get()
    assert (anne.name, anne.roles.count()) == ("Anne", 0)
    assert [line.tag for line in lines_about(anne.ref)] == ["accounts.person.join"]


def test_a_wrong_code_lets_nobody_in_and_after_three_one_begins_again(visitor):
    join(visitor)
    for _ in range(2):
        assert "That code is not right" in visitor.post(CONFIRM, {"code": "AAAA-AAAA"}).content.decode()
    assert visitor.post(CONFIRM, {"code": "AAAA-AAAA"}).status_code == 302
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", letters()[0].body)[0]
    visitor.post(CONFIRM, {"code": code})
    assert whose(visitor) is None


def test_the_code_holds_only_in_the_browser_that_asked_for_it(visitor):
    join(visitor)
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", letters()[0].body)[0]
    stranger = Client()
    stranger.post(CONFIRM, {"code": code})
    assert whose(stranger) is None


def test_an_address_that_was_never_confirmed_lets_nobody_in(visitor):
    join(visitor)
    cache.clear()  # another code may be asked for again
    other = Client()
    assert other.post(SIGN_IN, {"login": "anne@example.org", "password": PASSWORD}).headers["Location"] == CONFIRM
    assert whose(other) is None


@pytest.mark.parametrize("name", ["Anne\r\nBcc: all@example.org", "Anne\x00", "<script>", "", "x" * 101])
def test_a_name_that_could_be_more_than_a_name_is_refused(visitor, name):
    response = join(visitor, name=name)
    assert response.status_code == 200
    assert 'class="error-summary"' in response.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("password", ["short", "1qaz2wsx3edc4rfv", "anne@example.org", "123456789012345"])
def test_a_password_that_is_short_or_known_or_ones_own_address_is_refused(visitor, password):
    assert 'class="field-error"' in join(visitor, password1=password).content.decode()
    assert not Person.objects.exists()


def test_fields_that_no_form_has_are_not_looked_at(visitor):
    join(visitor, is_superuser="on", is_active="", is_staff="on", roles="administrator", groups="1", id="1" * 32)
    anne = Person.objects.get()
    assert (anne.is_superuser, anne.is_active, anne.groups.count(), anne.roles.count()) == (False, True, 0, 0)
    assert anne.id.hex != "1" * 32


# What a stranger learns


def test_joining_looks_the_same_whether_the_address_has_an_account(visitor, anne):
    known, unknown = join(visitor, anne.email), join(Client(), "nobody@example.org")
    assert known.headers["Location"] == unknown.headers["Location"] == CONFIRM
    other = Client()
    join(other, "else@example.org")
    assert words(visitor.get(CONFIRM)) == words(other.get(CONFIRM))
    assert Person.objects.filter(email=anne.email).count() == 1
    subjects = {letter.to[0]: letter.subject for letter in letters()}
    assert subjects[anne.email] == "You have an account at Evenhand"
    assert subjects["nobody@example.org"] == "Your code for Evenhand"


def test_a_wrong_password_and_an_unknown_address_look_the_same(visitor, anne):
    known = visitor.post(SIGN_IN, {"login": anne.email, "password": "not this one at all"})
    unknown = Client().post(SIGN_IN, {"login": "nobody@example.org", "password": "not this one at all"})
    assert known.status_code == unknown.status_code == 200
    assert WRONG in known.content.decode()
    assert words(known) == words(unknown)


def test_asking_for_a_new_password_looks_the_same_for_every_address(visitor, anne):
    known, unknown = (visitor.post(RESET, {"email": email}) for email in (anne.email, "nobody@example.org"))
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    assert [letter.to for letter in letters()] == [[anne.email]]


def test_changing_to_an_address_that_is_taken_looks_the_same_and_takes_it_from_nobody(anne):
    ben = person(name="ben")
    browser = signed_in(ben, second_factor=False, fresh=True)
    taken = browser.post("/account/address/", {"email": anne.email, "action_add": ""})
    other = signed_in(person(name="eve"), second_factor=False, fresh=True)
    free = other.post("/account/address/", {"email": "free@example.org", "action_add": ""})
    assert taken.status_code == free.status_code == 302
    assert taken.headers["Location"] == free.headers["Location"]
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", next(one for one in letters() if one.to == [anne.email]).body)[0]
    browser.post(CONFIRM, {"code": code})
    assert Person.objects.get(pk=ben.pk).email == ben.email
    assert Person.objects.get(pk=anne.pk).email == anne.email


@pytest.mark.long
@pytest.mark.parametrize("page", ["sign in", "join", "reset"])
def test_the_time_it_takes_does_not_tell_either(page, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": None, "signup": None, "reset_password": None,
                                    "confirm_email": None}  # fmt: skip
    known = person(name="anne")

    def ask(email):
        client = Client()
        begin = time.process_time()
        if page == "sign in":
            client.post(SIGN_IN, {"login": email, "password": "not this one at all"})
        elif page == "join":
            join(client, email)
        else:
            client.post(RESET, {"email": email})
        return time.process_time() - begin

    ask(known.email), ask("warm@example.org")
    times = {"known": [], "unknown": []}
    for number in range(60):
        Notice.objects.all().delete()
        cache.clear()  # or the one who is known would soon be refused, as guessed at too often
        times["known"].append(ask(known.email))
        times["unknown"].append(ask(f"n{number}@example.org"))
    assert abs(statistics.median(times["known"]) - statistics.median(times["unknown"])) < 0.02


# Signing in


def test_signing_in_makes_a_new_session_and_leads_on_only_within_the_site(visitor, anne):
    visitor.get(SIGN_IN)
    response = sign_in(visitor, anne)
    assert response.headers["Location"] == "/account/"
    assert whose(visitor) == anne.email


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "\t//evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example/",
     "/\\evil.example", "///evil.example", "%2f%2fevil.example", "javascript:alert(1)", "http://localhost:8000@evil.example/"],
)  # fmt: skip
def test_nobody_is_led_off_the_site(target, anne):
    for method in ("query", "field"):
        client = Client(raise_request_exception=False)
        said = {"login": anne.email, "password": PASSWORD}
        if method == "query":
            response = client.post(SIGN_IN, said, QUERY_STRING=f"next={target}")
        else:
            response = client.post(SIGN_IN, {**said, "next": target})
        location = response.headers["Location"]
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "evil" not in location.split("?")[0] or location.startswith("/%2f")


def test_a_page_of_ones_own_is_where_one_goes_on(visitor, anne):
    response = visitor.get("/account/name/")
    assert response.headers["Location"] == "/account/sign-in/?next=%2Faccount%2Fname%2F"
    response = visitor.post(response.headers["Location"], {"login": anne.email, "password": PASSWORD})
    assert response.headers["Location"] == "/account/name/"


def test_a_session_made_before_signing_in_is_worth_nothing_after(visitor, anne):
    join(visitor)  # opens a session
    planted = visitor.cookies["sessionid"].value
    visitor.post("/account/sign-out/")
    visitor.cookies["sessionid"] = planted
    sign_in(visitor, anne)
    assert visitor.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert whose(thief) is None


def test_a_stolen_cookie_dies_with_sign_out_a_new_password_and_suspension(anne):
    for end in ("sign out", "password", "suspension"):
        anne = Person.objects.get(pk=anne.pk)
        browser = signed_in(anne, second_factor=False, fresh=True)
        thief = Client()
        thief.cookies["sessionid"] = browser.cookies["sessionid"].value
        assert whose(thief) == anne.email
        if end == "sign out":
            response = browser.post("/account/sign-out/")
            assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
        elif end == "password":
            new = {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"}
            assert browser.post("/account/password/", new).status_code == 302
            assert whose(browser) == anne.email
        else:
            suspend(Person.objects.get(pk=anne.pk), by=machine("test"), why="test")
            assert whose(browser) is None
        assert whose(thief) is None, end


def test_a_suspended_person_is_told_so_only_with_the_right_password(visitor, anne):
    suspend(anne, by=machine("test"), why="test")
    assert WRONG in sign_in(visitor, anne, "not this one at all").content.decode()
    assert sign_in(visitor, anne).headers["Location"] == "/account/suspended/"
    assert whose(visitor) is None


def test_a_role_that_is_taken_away_is_gone_with_the_next_request():
    admin = person("administrator")
    give_codes(admin)
    browser = signed_in(admin, fresh=True)
    assert browser.get("/staff/people/").status_code == 200
    end_role(RoleHeld.objects.get(), by=machine("test"))
    assert browser.get("/staff/people/").status_code == 403
    assert browser.post(f"/staff/people/{admin.pk}/give-role", {"role": "administrator"}).status_code == 403


# Guessing


def tries(client, who, number, **said):
    return [sign_in(client, who, f"wrong password {n}", **said).content.decode() for n in range(number)]


def test_guessing_one_password_after_another_is_stopped(anne):
    pages = tries(Client(), anne, 30)
    assert sum(WRONG in page for page in pages) == 5
    assert all(TOO_MANY in page or "Wait a little" in page for page in pages[5:])


def test_nobody_locks_out_somebody_elsewhere(anne):
    tries(Client(), anne, 30)
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), anne).headers["Location"] == "/account/"


def test_guessing_one_account_from_many_addresses_is_stopped(anne, monkeypatch):
    rates = AccountAdapter._guesses

    def fewer(*asked):
        return tuple((action, rate.replace("200/d", "8/d"), key) for action, rate, key in rates(*asked))

    monkeypatch.setattr(AccountAdapter, "_guesses", fewer)
    pages = [page for n in range(4) for page in tries(Client(REMOTE_ADDR=f"10.0.{n}.9"), anne, 3)]
    assert sum(WRONG in page for page in pages) == 8


def test_pretending_to_come_from_elsewhere_helps_nobody(anne):
    pages = [
        sign_in(Client(), anne, f"wrong {n}", headers={"x-forwarded-for": f"10.0.{n}.1"}).content.decode()
        for n in range(30)
    ]
    assert sum(WRONG in page for page in pages) == 5


def test_one_password_on_many_accounts_is_stopped_by_where_it_comes_from():
    client = Client()
    pages = [
        client.post(SIGN_IN, {"login": f"n{n}@example.org", "password": "Summer2026 Summer2026"}).content.decode()
        for n in range(40)
    ]
    assert sum(WRONG in page for page in pages) == 10
    other = Client(REMOTE_ADDR="10.0.0.9").post(
        SIGN_IN, {"login": "m@example.org", "password": "Summer2026 Summer2026"}
    )
    assert WRONG in other.content.decode()


def test_behind_a_proxy_of_ours_its_word_counts_and_no_other(settings, anne):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    pages = [
        Client().post(
            SIGN_IN,
            {"login": f"n{n}@example.org", "password": "x"},
            headers={"x-forwarded-for": f"192.0.2.{n}, 198.51.100.7"},
        )
        for n in range(20)
    ]
    assert sum(WRONG in page.content.decode() for page in pages) == 10


def test_a_victim_of_guessing_is_not_locked_out_for_good(anne):
    tries(Client(), anne, 10)
    Client().post(RESET, {"email": anne.email})
    client = Client()
    page = client.get(path_of(link_in(letters()[-1])), follow=True)
    new = {"password1": "another long sentence", "password2": "another long sentence"}
    client.post(page.redirect_chain[-1][0], new)
    assert sign_in(client, anne, "another long sentence").headers["Location"] == "/account/"


# A new password


@pytest.fixture
def reset(anne):
    """A link to a new password, and how to use it."""
    Client().post(RESET, {"email": anne.email})
    link = link_in(letters()[-1])

    def use(password="another long sentence"):  # noqa: S107  (of nobody)
        client = Client()
        page = client.get(path_of(link), follow=True)
        at = page.redirect_chain[-1][0] if page.redirect_chain else path_of(link)
        client.post(at, {"password1": password, "password2": password})
        return Person.objects.get(pk=anne.pk).check_password(password)

    use.link = link
    return use


def test_a_link_sets_a_new_password_once(reset):
    assert reset()
    assert not reset("a third long sentence")


def test_looking_at_a_link_uses_nothing_up(reset):
    for method in ("head", "get", "head", "get"):
        getattr(Client(), method)(path_of(reset.link), follow=True)
    assert reset()


def test_a_link_dies_with_a_new_password_or_a_new_address(reset, anne):
    anne.set_password("set meanwhile, long")
    anne.save()
    assert not reset()


def test_a_link_dies_with_a_new_address(reset, anne):
    anne.emailaddress_set.update(email="new@example.org")
    Person.objects.filter(pk=anne.pk).update(email="new@example.org")
    assert not reset()


def test_a_link_dies_after_a_quarter_of_an_hour(reset, monkeypatch):
    from allauth.account.forms import default_token_generator

    now = type(default_token_generator)._now
    monkeypatch.setattr(type(default_token_generator), "_now", lambda self: now(self) + timedelta(minutes=16))
    assert not reset()


def test_links_go_to_the_address_of_the_site_whatever_the_request_calls_it(anne, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for host in ("evil.example", "localhost:9999"):
        Client().post(RESET, {"email": anne.email}, headers={"host": host, "x-forwarded-host": host})
        assert link_in(letters()[-1]).startswith(settings.SITE_URL + "/")


def test_a_name_that_is_not_ours_is_refused(settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert Client().get(SIGN_IN, headers={"host": "evil.example"}).status_code == 400


def test_asking_for_links_over_and_over_is_stopped(anne):
    client = Client()
    statuses = [client.post(RESET, {"email": anne.email}).status_code for _ in range(12)]
    assert statuses.count(302) == 5
    assert set(statuses[5:]) == {429}
    assert len(letters()) == 5


def test_a_new_password_signs_nobody_in_and_asks_for_the_second_factor_as_ever(anne, reset):
    secret = give_codes(anne)
    assert reset()
    client = Client()
    assert sign_in(client, anne, "another long sentence").headers["Location"] == FACTOR
    assert whose(client) is None
    client.post(FACTOR, {"code": code_of(secret)})
    assert whose(client) == anne.email


# The second factor


@pytest.fixture
def secret(anne):
    return give_codes(anne)


def half_way(who):
    """A browser in which the password was right."""
    client = Client(raise_request_exception=False)
    assert sign_in(client, who).headers["Location"] == FACTOR
    return client


def test_with_a_second_factor_the_password_alone_opens_nothing(anne, secret):
    client = half_way(anne)
    for url in ("/account/", "/account/factors/", "/staff/"):
        assert client.get(url).headers["Location"].startswith(SIGN_IN)
    client.post(FACTOR, {"code": code_of(secret)})
    assert whose(client) == anne.email


def test_a_code_holds_once_even_when_the_memory_of_it_is_wiped(anne, secret):
    code = code_of(secret)
    half_way(anne).post(FACTOR, {"code": code})
    for wiped in (False, True):
        if wiped:
            cache.clear()
        thief = half_way(anne)
        assert "That code is not right" in thief.post(FACTOR, {"code": code}).content.decode()
        assert whose(thief) is None


def test_after_a_code_an_earlier_one_does_not_hold(anne, secret):
    half_way(anne).post(FACTOR, {"code": code_of(secret)})
    thief = half_way(anne)
    thief.post(FACTOR, {"code": code_of(secret, steps=-1)})
    assert whose(thief) is None


@pytest.mark.parametrize(("steps", "holds"), [(-4, False), (-2, False), (-1, True), (0, True), (1, True), (4, False)])
def test_a_clock_may_be_half_a_minute_wrong_and_not_two_minutes(anne, secret, steps, holds):
    client = half_way(anne)
    client.post(FACTOR, {"code": code_of(secret, steps=steps)})
    assert (whose(client) == anne.email) is holds


@pytest.mark.long
def test_guessing_codes_is_stopped(anne, secret):
    client = half_way(anne)
    pages = [client.post(FACTOR, {"code": f"{n:06}"}).content.decode() for n in range(40)]
    assert sum("That code is not right" in page for page in pages) <= 5
    client.post(FACTOR, {"code": code_of(secret)})
    assert whose(client) is None


def test_codes_are_of_no_use_to_whoever_reads_the_table(anne, secret):
    assert secret not in str(Authenticator.objects.get().data)


def test_a_recovery_code_holds_once(anne, secret):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(anne).get_unused_codes()
    client = half_way(anne)
    client.post(FACTOR, {"code": codes[0]})
    assert whose(client) == anne.email
    thief = half_way(anne)
    thief.post(FACTOR, {"code": codes[0]})
    assert whose(thief) is None


# How long a sign-in lasts


def seen(client, **ago):
    SignIn.objects.filter(pk=client.session.session_key).update(seen_at=timezone.now() - timedelta(**ago))


def test_whoever_can_see_others_data_is_signed_out_after_half_an_hour_without_use():
    assessor, member = signed_in(person("assessor")), signed_in(person("organisation-member"))
    for browser in (assessor, member):
        seen(browser, minutes=29)
        assert whose(browser) is not None
        seen(browser, minutes=31)
    assert whose(assessor) is None
    assert "You were signed out after 30 minutes" in assessor.get(SIGN_IN).content.decode()
    assert whose(member) is not None


def test_everyone_is_signed_out_after_twelve_hours_however_busy(visitor, anne, monkeypatch):
    sign_in(visitor, anne)
    monkeypatch.setattr(callers, "LONGEST", timedelta(seconds=-1))
    assert whose(visitor) is None
    monkeypatch.undo()
    assert whose(visitor) is None


def test_when_a_sign_in_was_last_used_is_written_at_most_once_a_minute(anne, django_assert_num_queries):
    browser = signed_in(anne)
    browser.get("/account/suspended/")
    with django_assert_num_queries(3):  # session, person, roles
        browser.get("/account/suspended/")
    seen(browser, minutes=2)
    with django_assert_num_queries(4):
        browser.get("/account/suspended/")
