"""The pages: good HTML in every state, nothing of an application to who may not see it, field by field."""

import html
from dataclasses import replace
from uuid import uuid4

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from evenhand.core.accounts.tests.make import signed_in
from evenhand.core.notices.models import Notice
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import assessing, rounds
from evenhand.domains.support.lifecycle import APPLICATION
from evenhand.domains.support.models import Application, Assessment, Conversation, Round
from evenhand.domains.support.rules.programmes import programme
from evenhand.domains.support.tests import make
from evenhand.domains.support.views import programmes as programme_views

pytestmark = pytest.mark.django_db

PARSER = html5lib.HTMLParser(strict=True)
OWN = ("application", "facts", "review")
OFFICER = "programme-officer"
CHECKED = "/support/consultancy/check/?asked=yes"
SECRETS = {slug: f"secret-{slug}-{uuid4().hex[:6]}" for slug in make.ANSWERS if slug not in {"help", "days"}}


def browser(caller):
    return signed_in(caller.person, raise_request_exception=False)


def read(response):
    """The page as text, once the strictest parser has read it."""
    text = response.content.decode()
    PARSER.parse(text)
    return html.unescape(text)


def with_secrets(at="assessment"):
    """An application whose every answer, person and name is a word that stands nowhere else."""
    by = make.person(name="secret-writer")
    of = make.organisation(name=f"secret-name-{uuid4().hex[:6]}")
    made = make.begun(by, of=of)
    actions.say_facts(made, make.FACTS, by=by)
    actions.write(made, make.ANSWERS | SECRETS, by=by)
    made = actions.move(made, "send", by=by)
    if at == "assessment":
        made = actions.move(made, "find-eligible", by=make.role(OFFICER))
    return made, by, {**SECRETS, "organisation": of.name, "writer": "secret-writer"}


def found_in(secrets, text):
    return {slug for slug, secret in secrets.items() if secret in text}


def own_addresses(reference):
    return [*(reverse(f"support:{name}", args=[reference]) for name in OWN), f"/support/applications/{reference}/1/"]


@pytest.mark.parametrize("path", ["/support/", "/support/consultancy/", "/support/small-grants/", CHECKED])
def test_public_pages_stand_before_any_round(path):
    read(Client().get(path))


@pytest.mark.parametrize("state", ["approved", "open", "paused", "complete"])
def test_the_page_of_a_programme_says_whether_it_is_open(state):
    one = make.opened(at="approved" if state == "approved" else "open")
    if state == "paused":
        rounds.move(one, "pause", by=make.role(OFFICER), why="We have had more than we can read.")
    if state == "complete":
        Round.objects.update(status="complete", outcome="Two were supported.")
    text = read(Client().get("/support/consultancy/"))
    said = {
        "approved": "Opens on",
        "open": "Am I eligible? It takes a minute",
        "paused": "We have had more than we can read.",
        "complete": "Two were supported.",
    }
    assert said[state] in text
    assert ("Tell me when a round opens" in text) == (state != "open")
    assert ("Organisations that applied: 0." in text) == (state == "complete")
    where = reverse("support:round", args=["consultancy", one.pk])
    assert Client().get(where).status_code == (200 if state == "complete" else 404)


def test_a_round_that_is_over_keeps_its_page_in_the_sitemap_and_says_what_is_open_instead():
    one = make.opened()
    for _seven in range(7):
        make.application("submitted", one=one)
    Round.objects.update(status="complete", outcome="Two were supported.")
    make.opened("small-grants")
    where = reverse("support:round", args=["consultancy", one.pk])
    text = read(Client().get(where))
    for words in ("Two were supported.", "at least 6", "Small grants", "Tell me when the next round opens"):
        assert words in text
    assert "Open instead" in read(Client().get("/support/consultancy/"))
    assert where in Client().get("/sitemap.xml").content.decode()
    assert Client().get(where.replace("consultancy", "small-grants")).status_code == 404


def test_a_funder_is_called_a_demonstration_only_where_it_is_one(monkeypatch):
    assert "tag--demo" in Client().get("/support/consultancy/").content.decode()
    real = replace(programme("consultancy"), funder="A real fund", funder_id="GB-CHC-1234567")
    monkeypatch.setattr(programme_views, "found", lambda _slug: real)
    assert "tag--demo" not in Client().get("/support/consultancy/").content.decode()


def test_a_draft_of_a_round_is_nobodys_but_the_staffs():
    one = make.opened(at="draft")
    assert one.title not in Client().get("/support/consultancy/").content.decode()


def test_the_check_says_rule_by_rule_and_what_there_is_instead():
    said = "&form=cio&nations=scotland&income=251,000&led=no&specialist=no&interest=interested"
    text = read(Client().get(CHECKED + said))
    assert "Your income of £251,000 is over £250,000." in text
    assert "You work in Scotland" in text
    assert "What there is instead:" in text
    assert "This programme is probably not for you" in text
    good = read(Client().get(CHECKED + "&form=cio&nations=wales&income=250000&led=yes&interest=interested"))
    assert "Your income of £250,000 is not over £250,000." in good
    assert "Nothing speaks against it so far" in good  # no register is loaded here
    bad = Client().get(CHECKED + "&income=much")
    assert bad.status_code == 400
    assert "Write it in whole pounds" in read(bad)


def test_what_was_said_in_the_check_is_not_asked_again():
    make.opened()
    client = browser(make.person())
    query = "form=cio&nations=england&income=84000&led=yes&specialist=no&interest=works"
    page = client.get(f"/support/consultancy/apply/?{query}")
    text = read(page)
    for value in ("cio", "england", "84000"):
        assert f'value="{value}"' in text
    sent = {
        "key": str(uuid4()),
        "organisation": "other",
        "name": "Harbour Voices",
        "form": "cio",
        "nations": ["england"],
    }
    sent |= {"income": "84000", "led": "yes", "specialist": "no", "interest": "works"}
    for _ in range(2):  # back, and sent again
        response = client.post("/support/consultancy/apply/", sent)
        assert response.headers["Location"] == "/support/applications/A-101/"
    made = Application.objects.get()
    assert made.facts == {key: value for key, value in sent.items() if key in make.FACTS} | {"income": 84000}
    assert "Done" in read(client.get("/support/applications/A-101/"))


@pytest.mark.long
@pytest.mark.parametrize("at", [state.name for state in APPLICATION.states])
def test_every_page_of_an_application_is_good_in_every_state(at):
    by, officer = make.person(), make.person(OFFICER)
    made = make.application(at, by=by)
    for path in (*own_addresses(made.reference), "/support/applications/"):
        response = browser(by).get(path)
        assert response.status_code in {200, 302}, path
        if response.status_code == 200:
            read(response)
    if made.sent_at:
        assert made.reference in read(browser(officer).get(f"/staff/support/applications/{made.reference}/"))
    for path in ("/staff/support/", "/staff/support/rounds/", f"/staff/support/rounds/{made.round_id}/"):
        read(browser(officer).get(path))


def test_another_organisation_sees_the_same_as_of_an_application_that_is_not_there():
    made, _by, secrets = with_secrets()
    stranger = make.person("organisation-owner", organisation=make.organisation())
    client = browser(stranger)
    for path in own_addresses(made.reference):
        theirs, nobodys = client.get(path), client.get(path.replace(made.reference, "A-999"))
        assert theirs.status_code == nobodys.status_code == 404, path
        assert theirs.content.decode().replace(made.reference, "A-999") == nobodys.content.decode()
    for name in ("send", "withdraw", "query", "reply", "accept", "decline"):
        assert client.post(f"/support/applications/{made.reference}/{name}", {"words": "x"}).status_code == 404
    listed = read(client.get("/support/applications/"))
    assert found_in(secrets, listed) == set()
    made.refresh_from_db()
    assert made.status == "assessment"


@pytest.mark.parametrize("how", ["conflict", "stepped back", "not asked", "undeclared"])
def test_an_assessor_who_may_not_sees_no_field_of_it_anywhere(how):
    made, _by, secrets = with_secrets()
    judge = make.person("assessor")
    if how != "undeclared":
        assessing.declare(made.round, made.organisation, by=judge, conflict=how == "conflict")
    if how == "stepped back":
        assessing.ask(made, [judge.person], by=make.role(OFFICER))
        assessing.move(Assessment.objects.get(), "step-back", by=judge)
    client = browser(judge)
    sheet = f"/support/assessing/{made.reference}/"
    assert client.get(sheet).status_code == client.get("/support/assessing/A-999/").status_code == 404
    assert client.post(sheet, {"hand-in": "yes"}).status_code == 404
    for path in (*own_addresses(made.reference), f"/staff/support/applications/{made.reference}/", "/staff/support/"):
        assert client.get(path).status_code in {403, 404}
    desk = read(client.get("/support/assessing/"))
    assert found_in(secrets, desk) <= {"organisation"}  # by name, to be declared on or as declared; never by reference
    assert made.reference not in desk
    for path in ("/search/?q=secret", "/news/", f"/organisations/{made.organisation.slug}/"):
        assert found_in(secrets, client.get(path).content.decode()) <= {"organisation"}


def test_the_control_an_assessor_who_was_asked_sees_every_answer_but_those_that_say_who_it_is():
    made, _by, secrets = with_secrets()
    judge = make.assessor(made)
    assessing.ask(made, [judge.person], by=make.role(OFFICER))
    text = read(browser(judge).get(f"/support/assessing/{made.reference}/"))
    hidden = {one.slug for one in programme("consultancy").questions if one.identifying}
    assert found_in(secrets, text) == set(SECRETS) - hidden
    assert hidden == {"contact"}


def test_one_assessor_sees_no_score_of_the_other_on_the_page():
    made, _by, _secrets = with_secrets()
    first, second = make.assessor(made), make.assessor(made)
    assessing.ask(made, [first.person, second.person], by=make.role(OFFICER))
    sheet = f"/support/assessing/{made.reference}/"
    given = {f"score-{slug}": "4" for slug in make.scores(made)} | {"reason-need": "a-reason-of-the-first"}
    assert browser(first).post(sheet, given | {"hand-in": "yes"}).status_code == 302
    other = browser(second)
    assert "a-reason-of-the-first" not in read(other.get(sheet))
    kept = {f"score-{slug}": "3" for slug in make.scores(made)}
    assert other.post(sheet, {"score-need": "3", "hand-in": "yes"}).status_code == 400
    assert other.post(sheet, kept | {"hand-in": "yes"}).status_code == 302
    assert "a-reason-of-the-first" in read(other.get(sheet))
    assert Application.objects.get().status == "scored"


def test_an_applicant_is_not_told_who_assessed_it():
    by = make.person()
    made = make.application("offered", by=by)
    names = [one.person.name for one in made.assessments.select_related("person")]
    Assessment.objects.select_related("person")
    for one in made.assessments.select_related("person"):
        type(one.person).objects.filter(pk=one.person.pk).update(name=f"judge-{one.pk}")
    text = read(browser(by).get(f"/support/applications/{made.reference}/"))
    assert "judge-" not in text
    assert len(names) == 2


def test_posting_what_is_not_asked_changes_nothing():
    by = make.person()
    made = make.written(by)
    sent = {"seen": "", "help": ["Financial management"], "situation": "x", "barriers": "y"}
    extra = {"status": "accepted", "days_awarded": "5", "feedback": "Good", "organisation": str(uuid4()), "score": "4"}
    browser(by).post(f"/support/applications/{made.reference}/1/", sent | extra)
    stands = Application.objects.get()
    assert (stands.status, stands.days_awarded, stands.feedback, stands.organisation) == (
        "draft",
        None,
        "",
        made.organisation,
    )
    assert set(stands.answers) == set(make.ANSWERS)


def test_two_tabs_show_both_texts():
    by = make.person()
    made = make.begun(by)
    client, path = browser(by), f"/support/applications/{made.reference}/2/"
    seen = html.unescape(client.get(path).content.decode()).split('name="seen" value="')[1].split('"')[0]
    assert client.post(path, {"seen": seen, "change": "Of the first tab."}).status_code == 302
    response = client.post(path, {"seen": seen, "change": "Of the second tab."})
    assert response.status_code == 400
    text = read(response)
    assert "Of the first tab." in text
    assert "Of the second tab." in text


def test_asking_to_be_rung_twice_asks_once_and_who_it_was_is_forgotten():
    client, key = Client(), str(uuid4())
    read(client.get("/support/consultancy/ring/"))
    sent = {"key": key, "kind": "apply", "name": "A caller", "phone": "0121 496 0112"}
    for _ in range(2):
        assert client.post("/support/consultancy/ring/", sent).status_code == 302
    one = Conversation.objects.get()
    officer = browser(make.person(OFFICER))
    assert "0121 496 0112" in read(officer.get("/staff/support/"))
    officer.post(f"/staff/support/calls/{one.pk}/settle")
    one.refresh_from_db()
    assert (one.name, one.phone) == ("", "")


def test_an_officer_takes_an_application_to_its_decision_on_the_pages():
    made, by, _secrets = with_secrets(at="submitted")
    officer, path = browser(make.person(OFFICER)), f"/staff/support/applications/{made.reference}/"
    officer.post(f"{path}find-eligible")
    judges = [make.assessor(made), make.assessor(made)]
    assert all(one.person.name in read(officer.get(path)) for one in judges)
    officer.post(f"{path}ask-assessors", {"person": [str(one.person.pk) for one in judges]})
    for one in judges:
        given = {f"score-{slug}": "3" for slug in make.scores(made)}
        browser(one).post(f"/support/assessing/{made.reference}/", given | {"hand-in": "yes"})
    officer.post(f"{path}offer", {"amount": "2.5", "feedback": ""})
    assert Application.objects.get().status == "scored"
    officer.post(f"{path}offer", {"amount": "2.5", "feedback": "Clear."})
    assert Application.objects.get().status == "offered"
    assert "2.5 days of a consultant" in read(browser(by).get(f"/support/applications/{made.reference}/"))
    browser(by).post(f"/support/applications/{made.reference}/accept")
    stands = Application.objects.get()
    assert (stands.status, str(stands.engagement.reference)) == ("accepted", f"E-{stands.number}")
    assert Notice.objects.filter(about=made.ref, subject__contains="what happens now").exists()
