"""Whoever applies on the telephone comes as far as anybody, and each step says that an officer wrote it down."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from evenhand.core.accounts.tests.make import signed_in
from evenhand.core.errors import NotAllowed
from evenhand.core.journal.models import Line
from evenhand.core.notices.models import Notice
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import engagements, participants
from evenhand.domains.support.actions.organisations import Named
from evenhand.domains.support.models import Application
from evenhand.domains.support.tests import engaging, make

pytestmark = pytest.mark.django_db
THEIRS = "caller@example.org"


@pytest.fixture
def officer():
    return make.person("programme-officer")


def called(officer, *, email=THEIRS, sent=True):
    """An application that an officer wrote down, and sent."""
    made = actions.begin(
        make.opened(), Named(name=f"Called {uuid4().hex[:4]}"), by=officer, key=uuid4(), facts=make.FACTS, way="call"
    )
    if email:
        participants.invite(made, email, by=officer)
    actions.write(made, make.ANSWERS, by=officer)
    return actions.move(made, "send", by=officer) if sent else Application.objects.get(pk=made.pk)


def asked_more(officer):
    made = actions.move(called(officer), "find-eligible", by=officer)
    return actions.move(made, "ask", by=officer, question="How many days?")


def offered(officer):
    made = called(officer)
    for name, by, details in (
        ("find-eligible", officer, {}),
        ("offer", make.person("programme-officer"), {"amount": Decimal(2), "feedback": "Clear."}),
    ):
        if name == "offer":
            made = make.step(made, "score", officer)
        made = actions.move(made, name, by=by, **details)
    return made


def test_a_call_is_written_down_sent_answered_and_accepted_on_the_pages(officer):
    one, browser = make.opened(), signed_in(officer.person)
    sent = {"key": str(uuid4()), "organisation": "other", "name": "Called In", "email": THEIRS}
    began = browser.post(reverse("staff_support:call", args=[one.pk]), sent)
    assert began.status_code == 302
    made = Application.objects.get()
    assert began.headers["Location"] == reverse("support:facts", args=[made.reference])
    assert made.reference in browser.get(reverse("staff_support:desk")).content.decode()
    page = reverse("support:application", args=[made.reference])
    for path in (page, f"{page}about/", f"{page}1/", f"{page}check/"):
        assert browser.get(path).status_code == 200, path
    actions.say_facts(made, make.FACTS, by=officer)
    actions.write(made, make.ANSWERS, by=officer)
    assert browser.post(f"{page}send").headers["Location"] == page
    made = actions.move(made, "find-eligible", by=officer)
    made = actions.move(made, "ask", by=officer, question="How many days?")
    assert "How many days?" in browser.get(page).content.decode()
    browser.post(f"{page}reply", {"words": "Three."})
    made.refresh_from_db()
    assert (made.status, made.reply) == ("assessment", "Three.")
    assert page in browser.get(reverse("staff_support:application", args=[made.reference])).content.decode()


@pytest.mark.parametrize(("name", "end"), [("accept", "accepted"), ("decline", "declined"), ("withdraw", "withdrawn")])
def test_an_officer_answers_an_offer_for_the_caller_and_the_journal_says_so(officer, name, end):
    made = actions.move(offered(officer), name, by=officer)
    assert made.status == end
    spoken = Line.objects.filter(about=made.ref, tag="support.application.speak", by=officer.ref)
    assert [line.details for line in spoken] == [{"step": name, "way": "call"}, {"step": "send", "way": "call"}]


def test_what_is_said_on_the_telephone_is_said_so_in_every_line(officer):
    made = called(officer)
    lines = Line.objects.filter(about=made.ref, tag__in=("support.application.begin", "support.application.write"))
    assert {line.details.get("way") for line in lines} == {"call"}
    written = make.written(by := make.person())
    actions.move(written, "send", by=by)
    assert not Line.objects.filter(about=written.ref, tag="support.application.speak").exists()


@pytest.mark.parametrize("name", ["reply", "accept", "decline", "withdraw", "query"])
def test_an_officer_speaks_for_nobody_who_applied_in_writing(officer, name):
    states = {"reply": "more-information", "query": "ineligible"}
    made = make.application(states.get(name, "offered"))
    details = {"reply": {"answer": "Yes."}, "query": {"why": "We are."}}.get(name, {})
    with pytest.raises(NotAllowed, match="write this application"):
        actions.move(made, name, by=officer, **details)
    assert signed_in(officer.person).get(reverse("support:application", args=[made.reference])).status_code == 404


@pytest.mark.parametrize("role", ["", "assessor", "funder", "consultant", "content-editor", "secretariat"])
def test_nobody_but_an_officer_speaks_for_a_caller(officer, role):
    made, other = called(officer), make.person(*([role] if role else []))
    with pytest.raises(NotAllowed):
        actions.move(made, "withdraw", by=other)
    browser = signed_in(other.person)
    page = reverse("support:application", args=[made.reference])
    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}withdraw").status_code == 404
    assert Application.objects.get().status == "submitted"


def test_an_officer_on_a_side_does_not_speak_for_a_caller(officer):
    made = called(officer)
    other = make.again(make.person("programme-officer", "assessor"))
    from evenhand.domains.support.actions import assessing

    assessing.declare(made.round, made.organisation, by=other, conflict=True)
    with pytest.raises(NotAllowed):
        actions.move(made, "withdraw", by=other)


def test_the_caller_gets_every_letter_and_each_has_a_door_to_go_on_in_writing(officer):
    made = asked_more(officer)
    letters = Notice.objects.filter(about=made.ref).order_by("written_at")
    assert {letter.to for letter in letters} == {THEIRS}
    assert letters.count() == 3  # received, eligible, asked
    key = letters.last().text.split("/support/invitations/")[1].split("/")[0]
    own = make.person()
    type(own.person).objects.filter(pk=own.person.pk).update(email=THEIRS)
    own = make.again(own)
    assert participants.join(key, by=own) == made
    assert actions.move(made, "reply", by=own, answer="Three.").status == "assessment"
    assert not Line.objects.filter(about=made.ref, tag="support.application.speak", details__step="reply").exists()


def test_where_no_address_was_left_the_officer_is_told_to_ring(officer):
    made = called(officer, email="")
    shown = signed_in(officer.person).get(reverse("staff_support:application", args=[made.reference]))
    assert "No letter reaches them" in shown.content.decode()
    assert not Notice.objects.filter(about=made.ref).exists()


def test_an_address_that_was_only_invited_gets_no_letters_of_an_application_in_writing():
    by = make.person()
    made = make.written(by)
    participants.invite(made, THEIRS, by=by)
    actions.move(made, "send", by=by)
    assert set(Notice.objects.filter(about=made.ref).values_list("to", flat=True)) == {by.person.email}


def test_a_caller_chooses_and_signs_through_an_officer_who_confirms_no_day(officer):
    made = actions.move(offered(officer), "accept", by=officer)
    helper = engaging.consultant()
    engagement = engagements.move(made.engagement, "shortlist", by=officer, consultants=helper.reference)
    page = reverse("support:engagement", args=[engagement.reference])
    browser = signed_in(officer.person)
    browser.post(f"{page}choose", {"consultant": helper.pk})
    engagement.refresh_from_db()
    assert engagement.status == "chosen"
    engagement = engagements.move(engagement, "accept", by=engaging.self_of(helper))
    engagements.write_brief(engagement, by=officer, words="Two days on money.")
    engagements.sign(engagement, by=engaging.self_of(helper), words="Two days on money.")
    engagement = engagements.sign(engagement, by=officer, words="Two days on money.")
    assert engagement.status == "in-progress"
    tags = Line.objects.filter(about=engagement.ref, by=officer.ref, details__way="call").values_list("tag", flat=True)
    assert set(tags) == {"support.engagement.speak", "support.engagement.sign-brief"}
    from evenhand.domains.support.actions import days

    entry = days.record_day(engagement, by=engaging.self_of(helper), days="0.5", on=engagement.begun_on, note="Met.")
    with pytest.raises(NotAllowed):
        days.confirm(entry, by=officer)
