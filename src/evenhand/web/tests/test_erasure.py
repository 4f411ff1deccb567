"""Whoever asks to be forgotten is in no table of the database after; and nobody alone can do it to another."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from evenhand.core.accounts.actions import rename, restore, suspend
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.erasing import ask
from evenhand.core.accounts.lifecycle import ERASURE
from evenhand.core.accounts.models import Erasure, Person, RoleHeld
from evenhand.core.accounts.tests.make import PASSWORD, caller, person, signed_in
from evenhand.core.errors import NotAllowed, NotPossible
from evenhand.core.files.actions import path_of
from evenhand.core.files.models import File
from evenhand.core.files.tests.make import PDF, upload
from evenhand.core.journal.actions import record
from evenhand.core.journal.models import Line
from evenhand.core.notices.actions import post
from evenhand.core.organisations.actions import claims, keeping
from evenhand.core.organisations.lifecycle import CLAIM
from evenhand.domains.directory.actions.checks import ask as ask_whether_right
from evenhand.domains.directory.actions.reports import report
from evenhand.domains.directory.tests import make
from evenhand.domains.publishing.models import Alert
from evenhand.domains.support.models import Consultant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
NAME, EMAIL, WORD = "Wilhelmina Quillfeather", "wilhelmina@quillfeather.example", "zanzibar"
NEEDLES = ("wilhelmina", "quillfeather", WORD)


def found_in():
    """Every table with a row in which anything of the person stands."""
    tables = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (names of tables)
            said = str(cursor.fetchall()).casefold()
            tables |= {table} if any(needle in said for needle in NEEDLES) else set()
    return tables


@pytest.fixture
def known(settings, tmp_path, client):
    """Somebody of whom every part of the platform holds something."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    somebody = person(name="before")
    Person.objects.filter(pk=somebody.pk).update(email=EMAIL)
    somebody.emailaddress_set.update(email=EMAIL)
    somebody.refresh_from_db()
    by, editor = caller_for(somebody, second_factor=False), caller("directory-editor")
    somebody = rename(somebody, NAME, by=by)
    old = {"from_email": f"old@{NAME.split()[1]}.example", "to_email": EMAIL}
    record("accounts.address.change", somebody.ref, by=by, personal={somebody.ref: old})
    post("accounts/changed.txt", to=old["from_email"].lower(), says="It was changed.", name=NAME)
    refused = claims.begin_claim(by=by, name="Walkers", about=f"We walk to {WORD}.")
    claims.add_evidence(refused, "minutes", upload(f"{NAME}.pdf", PDF), by=by)
    CLAIM.move(refused, "hand-in", by=by)
    CLAIM.move(refused, "refuse", by=editor, why=f"{NAME} did not show it.")
    claims.begin_claim(by=by, name="Runners", about=WORD)
    service = make.service(keeper_email=EMAIL)
    ask_whether_right(service, step=0, now=timezone.now())
    report(service, "other", words="It is not so.", email=EMAIL)
    owner = person("organisation-owner", organisation=service.organisation)
    keeping.invite(service.organisation, EMAIL, role="organisation-member", by=caller_for(owner, second_factor=False))
    Alert.objects.create(email=EMAIL, topics=[])
    Consultant.objects.create(person=somebody, name=NAME, about=WORD, referees=NAME, rate=400)
    RoleHeld.objects.create(person=somebody, role="organisation-member", organisation=service.organisation)
    admin = caller("administrator")
    restore(suspend(somebody, by=admin, why=f"{NAME} asked for it."), by=admin)
    client.post("/account/sign-in/", {"login": EMAIL, "password": PASSWORD}, headers={"user-agent": WORD})
    somebody.refresh_from_db()
    return somebody


def test_of_whoever_is_erased_nothing_is_found_in_any_table(known):
    asked = ask(known, by=caller_for(known, second_factor=False))
    before = found_in()
    assert before >= {  # the control: this scan sees what there is
        "accounts_person",
        "accounts_signin",
        "account_emailaddress",
        "organisations_claim",
        "organisations_invitation",
        "files_file",
        "journal_personal",
        "notices_notice",
        "directory_service",
        "directory_version",
        "directory_confirmation",
        "directory_report",
        "publishing_alert",
        "support_consultant",
    }
    bytes_of = [path_of(file) for file in File.objects.all()]
    lines = Line.objects.count()
    first, second = caller("administrator"), caller("administrator")
    asked = ERASURE.move(asked, "agree", by=first)
    with pytest.raises(NotAllowed):
        ERASURE.move(asked, "carry-out", by=first)
    ERASURE.move(asked, "carry-out", by=second)
    assert not found_in()
    assert Line.objects.count() > lines  # what was done stays done
    assert not RoleHeld.objects.filter(person=known).holding().exists()
    assert all(file.removed_at for file in File.objects.all())
    assert bytes_of
    known.refresh_from_db()
    assert (known.is_active, known.has_usable_password()) == (False, False)
    with pytest.raises(NotPossible, match="erased"):
        restore(known, by=second)


def test_one_administrator_may_go_on_alone_after_two_weeks_and_never_with_their_own():
    somebody, admin = person(), caller("administrator")
    asked = ask(somebody, by=caller_for(somebody, second_factor=False))
    with pytest.raises(NotAllowed, match="14 days"):
        ERASURE.move(asked, "carry-out", by=admin)
    Erasure.objects.update(asked_at=timezone.now() - timedelta(days=14))
    assert ERASURE.move(asked, "carry-out", by=admin).status == "done"
    boss = person("administrator")
    own = ask(boss, by=caller_for(boss, second_factor=True))
    Erasure.objects.filter(pk=own.pk).update(asked_at=timezone.now() - timedelta(days=60))
    for step in ("agree", "carry-out"):
        with pytest.raises(NotAllowed):
            ERASURE.move(own, step, by=caller_for(boss, second_factor=True))


def test_a_person_asks_with_a_fresh_factor_sees_what_is_kept_and_can_take_it_back():
    somebody = person()
    stale = signed_in(somebody, second_factor=False)
    session = stale.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    assert "/again/" in stale.post("/account/erasure/").headers["Location"]
    assert not Erasure.objects.exists()
    browser = signed_in(somebody, second_factor=False, fresh=True)
    page = browser.get("/account/erasure/").content.decode()
    assert "What is kept, and why" in page
    assert browser.post("/account/erasure/").status_code == 302
    assert browser.post("/account/erasure/").status_code == 302  # twice is once
    assert Erasure.objects.get().status == "asked"
    assert "Keep my account" in browser.get("/account/erasure/").content.decode()
    browser.post("/account/erasure/withdraw")
    assert Erasure.objects.get().status == "withdrawn"


def test_two_administrators_carry_it_out_at_their_desk():
    asked = ask(somebody := person(name="Leaver"), by=caller_for(somebody, second_factor=False))
    one, other = (signed_in(person("administrator"), fresh=True) for _ in range(2))
    page = one.get("/staff/people/erasures/").content.decode()
    assert "Leaver" in page
    step = f"/staff/people/erasures/{asked.pk}/"
    one.post(f"{step}agree")
    assert "Erase it all now" not in one.get("/staff/people/erasures/").content.decode()
    one.post(f"{step}carry-out")
    assert Erasure.objects.get().status == "agreed"
    assert "Erase it all now" in other.get("/staff/people/erasures/").content.decode()
    other.post(f"{step}carry-out")
    assert Erasure.objects.get().status == "done"
    somebody.refresh_from_db()
    assert somebody.name == "Somebody whose account is no more"
