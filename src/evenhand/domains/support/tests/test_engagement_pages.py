"""The page of an engagement: each side sees and does its own part, and nobody else sees that there is one."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.core.accounts.tests.make import signed_in
from evenhand.core.notices.models import Notice
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.actions import engagements
from evenhand.domains.support.models import Agreement, DayEntry, DayLink
from evenhand.domains.support.tests import engaging as make

pytestmark = pytest.mark.django_db
RATE, REFEREE = "437.00", "A referee nobody else should read of"


@pytest.fixture
def world():
    world = make.world(rate=RATE, referees=REFEREE, lived_experience="I was inside.", lived_experience_shown=True)
    engagements.answer_capacity(world.engagement, "before", by=world.owner, answers=make.answers(2))
    world.entry = world.record(1, note="Went through the budget.")
    return world


def at(world):
    return f"/support/engagements/{world.engagement.reference}/"


def page(caller, url):
    response = signed_in(caller.person).get(url)
    return response.status_code, response.content.decode()


def test_who_is_not_part_of_it_is_told_that_there_is_nothing(world):
    other = make.world()
    strangers = (other.owner, other.helper, make.self_of(make.consultant()))
    for caller in strangers:
        browser = signed_in(caller.person)
        response, nothing = browser.get(at(world)), browser.get("/support/engagements/E-0/")
        assert response.status_code == 404
        assert response.content.replace(world.engagement.reference.encode(), b"E-0") == nothing.content
        posted = browser.post(at(world) + "confirm", {"line": world.entry.pk})
        assert posted.status_code == 404
        assert at(world) not in browser.get("/support/engagements/").content.decode()
        assert browser.get(at(world) + "questions/").status_code == 404
    assert not Agreement.objects.exists()


def test_each_side_sees_what_it_may_field_by_field(world):
    ledger.confirm(world.entry, by=world.owner)
    url = at(world)
    signed_in(world.helper.person).post(url + "invoice", {"number": "INV-1", "days": "1", "amount": "400"})
    shown = {side: page(getattr(world, side), url)[1] for side in ("officer", "owner", "helper")}
    fields = {
        "Went through the budget.": {"officer", "owner", "helper"},
        "Two days on the budget": {"officer", "owner", "helper"},
        "INV-1": {"officer", "helper"},
        "I was inside.": {"officer", "owner", "helper"},
        "Raise the award": {"officer"},
        "Record it": {"helper"},
        "Before": {"officer", "owner", "helper"},
        "Answer the eight short questions": {"owner"},
        REFEREE: set(),
        RATE: set(),
    }
    for field, sides in fields.items():
        assert {side for side in shown if field in shown[side]} == sides, field


def test_who_helped_earlier_sees_their_own_days_and_no_more(world):
    world.step("rematch", world.owner)
    status, shown = page(world.helper, at(world))
    assert status == 200
    assert "Went through the budget." in shown
    for hidden in ("Two days on the budget", "days left", "What was done</summary>", "Who could help", "Before"):
        assert hidden not in shown
    browser = signed_in(world.helper.person)
    browser.post(at(world) + "record", {"days": "1", "on": "2026-11-01", "note": "More"})
    assert DayEntry.objects.count() == 1


def test_days_are_recorded_on_the_page_and_a_form_sent_twice_is_one_line(world):
    browser = signed_in(world.helper.person)
    form = browser.get(at(world)).content.decode()
    key = re.search(r'name="key" value="([^"]+)" id="record-key"', form)[1]
    day = (timezone.localdate() - timezone.timedelta(days=4)).isoformat()
    said = {"days": "0.5", "on": day, "note": "The board met.", "key": key}
    for _twice in range(2):
        assert browser.post(at(world) + "record", said).status_code == 302
    assert DayEntry.objects.filter(note="The board met.").count() == 1
    assert DayLink.objects.count() == 1


def test_what_does_not_fit_is_said_beside_what_was_typed(world):
    browser = signed_in(world.helper.person)
    day = (timezone.localdate() - timezone.timedelta(days=4)).isoformat()
    said = {"days": "0.3", "on": day, "note": "Kept words", "key": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    response = browser.post(at(world) + "record", said).content.decode()
    assert "Write days in quarters" in response
    assert "Kept words" in response


def test_the_organisation_confirms_and_the_officer_takes_back(world):
    owner, officer = signed_in(world.owner.person), signed_in(world.officer.person)
    assert "1 line waits for you" in owner.get(at(world)).content.decode()
    owner.post(at(world) + "confirm", {"line": world.entry.pk})
    assert world.fresh().quarters_confirmed == 4
    owner.post(at(world) + "correct", {"line": world.entry.pk, "why": "No"})
    assert world.fresh().quarters_used == 4
    officer.post(at(world) + "correct", {"line": world.entry.pk, "why": "Both say so"})
    assert world.fresh().quarters_used == 0


def test_a_line_of_another_engagement_cannot_be_reached_through_ones_own(world):
    other = make.world()
    entry = other.record(1)
    browser = signed_in(world.owner.person)
    assert browser.post(at(world) + "confirm", {"line": entry.pk}).status_code == 404
    assert browser.post(at(world) + "nothing", {}).status_code == 404


def link_in(notice):
    return re.search(r"(/support/engagements/confirm/\S+)", notice.text)[1]


def test_a_link_in_an_e_mail_shows_first_and_confirms_once(world):
    from evenhand.domains.support.actions.links import ask_to_confirm

    ask_to_confirm(world.entry)
    url = link_in(Notice.objects.latest("written_at"))
    visitor = Client()
    for _look in range(2):
        assert "Nothing happens until you press a button." in visitor.get(url).content.decode()
    assert world.fresh().quarters_confirmed == 0
    assert "The days are confirmed." in visitor.post(url, {"answer": "right"}).content.decode()
    assert "answered already" in visitor.post(url, {"answer": "right"}).content.decode()
    assert "answered already" in visitor.get(url).content.decode()
    assert world.fresh().quarters_confirmed == 4
    assert visitor.get(url[:-3] + "xxx/").status_code == 404


def test_by_the_link_days_can_be_taken_back_with_a_reason(world):
    from evenhand.domains.support.actions.links import ask_to_confirm

    ask_to_confirm(world.entry)
    url = link_in(Notice.objects.latest("written_at"))
    assert "Say in a few words" in Client().post(url, {"answer": "wrong"}).content.decode()
    Client().post(url, {"answer": "wrong", "why": "Nobody came."})
    assert world.fresh().quarters_used == 0


def test_the_brief_is_signed_as_it_was_read(db):
    world = make.world(at="briefing")
    owner, helper = signed_in(world.owner.person), signed_in(world.helper.person)
    helper.post(at(world) + "write-brief", {"words": "Two days on money."})
    read = re.search(r'name="read" value="(\w+)"', owner.get(at(world)).content.decode())[1]
    helper.post(at(world) + "write-brief", {"words": "Five days on money."})
    assert "The brief has changed" in owner.post(at(world) + "sign", {"read": read}).content.decode()
    for browser in (helper, owner):
        read = re.search(r'name="read" value="(\w+)"', browser.get(at(world)).content.decode())[1]
        browser.post(at(world) + "sign", {"read": read})
    assert world.fresh().status == "in-progress"


def test_the_short_questions_are_answered_once_a_moment(world):
    browser = signed_in(world.owner.person)
    url = at(world) + "questions/"
    assert "Choose an answer" in browser.post(url, {"finance": "3"}).content.decode()
    browser.post(url, make.answers(4))
    assert world.engagement.checks.get(moment="before").answers["finance"] == 4
    assert signed_in(world.helper.person).get(url).status_code == 404


@pytest.mark.long
def test_every_page_of_it_is_good_for_every_state(db):
    world = make.world(at="matching")
    for state in (
        "shortlisted",
        "chosen",
        "briefing",
        "in-progress",
        "second-half",
        "delivered",
        "follow-up",
        "closed",
    ):
        for side in ("officer", "owner", "helper"):
            status, shown = page(getattr(world, side), at(world))
            seen = side != "helper" or world.engagement.status not in {"matching", "shortlisted"}
            assert status == (200 if seen else 404), (state, side)
            assert not seen or world.engagement.reference in shown
        world.to(state)
