"""Nobody's words vanish: what comes late, or twice with other words, is refused, said, and stays on the page."""

import html
import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.core.accounts.tests.make import signed_in
from evenhand.core.errors import NotPossible
from evenhand.core.journal.models import Line
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import assessing, engagements, silence
from evenhand.domains.support.actions.organisations import Named
from evenhand.domains.support.models import Application, Assessment, CapacityCheck, Conversation, DayEntry
from evenhand.domains.support.tests import engaging, make

pytestmark = pytest.mark.django_db
OFFICER = "programme-officer"
ELSE = "Words that nobody else has typed."


def read(response):
    return html.unescape(response.content.decode())


def hidden(response, name):
    """The value of a hidden field on a page."""
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


def page_of(made):
    return reverse("support:application", args=[made.reference])


def desk_of(made):
    return reverse("staff_support:application", args=[made.reference])


def test_an_answer_sent_again_from_the_back_button_with_other_words_is_refused_and_kept_on_the_page():
    by = make.person()
    made = make.application("more-information", by=by)
    browser, page = signed_in(by.person), page_of(made)
    seen = hidden(browser.get(page), "seen")
    assert browser.post(f"{page}reply", {"words": "Three.", "seen": seen}).status_code == 302
    assert browser.post(f"{page}reply", {"words": "Three.", "seen": seen}).status_code == 302  # a double click
    again = browser.post(f"{page}reply", {"words": ELSE, "seen": seen})
    assert again.status_code == 400
    assert ELSE in read(again)
    assert "with other words" in read(again)
    assert Application.objects.get(pk=made.pk).reply == "Three."
    assert Line.objects.filter(about=made.ref, tag="support.application.reply").count() == 1


def test_an_answer_to_an_earlier_question_is_not_taken_for_one_to_the_next():
    by, officer = make.person(), make.person(OFFICER)
    made = make.application("more-information", by=by)
    browser, page = signed_in(by.person), page_of(made)
    seen = hidden(browser.get(page), "seen")
    actions.move(made, "resume", by=officer)
    actions.move(made, "ask", by=officer, question="And who is it for?")
    late = browser.post(f"{page}reply", {"words": ELSE, "seen": seen})
    assert late.status_code == 400
    assert "And who is it for?" in read(late)
    assert ELSE in read(late)
    assert Application.objects.get(pk=made.pk).status == "more-information"
    assert browser.post(f"{page}reply", {"words": ELSE, "seen": hidden(late, "seen")}).status_code == 302
    assert Application.objects.get(pk=made.pk).reply == ELSE


@pytest.mark.parametrize(
    ("at", "name", "given"),
    [
        ("submitted", "find-ineligible", {"why": "Too large."}),
        ("assessment", "ask", {"question": "How many?"}),
        ("scored", "hold", {"feedback": "Good."}),
        ("scored", "offer", {"feedback": "Good.", "amount": "2"}),
    ],
)
def test_a_step_of_an_officer_taken_again_with_other_words_is_refused_and_kept(at, name, given):
    made = make.application(at)
    browser, desk = signed_in(make.person(OFFICER).person), desk_of(made)
    for _twice in range(2):
        assert browser.post(desk + name, given).status_code == 302
    field = next(key for key in given if key != "amount")
    again = browser.post(desk + name, given | {field: ELSE})
    assert again.status_code == 400
    assert ELSE in read(again)
    assert Line.objects.filter(about=made.ref, tag=f"support.application.{name}").count() == 1


def test_an_offer_of_another_amount_is_no_double_click():
    made, officer = make.application("offered"), make.person(OFFICER)
    assert actions.move(made, "offer", by=officer, amount=Decimal(3), feedback=make.FEEDBACK).status == "offered"
    with pytest.raises(NotPossible, match="with other words"):
        actions.move(made, "offer", by=officer, amount=Decimal(2), feedback=make.FEEDBACK)


def test_a_bad_amount_costs_nobody_the_feedback_that_was_typed():
    made = make.application("scored")
    browser = signed_in(make.person(OFFICER).person)
    response = browser.post(desk_of(made) + "offer", {"amount": "9.1", "feedback": ELSE})
    assert response.status_code == 400
    assert f">{ELSE}</textarea>" in read(response)
    assert 'value="9.1"' in read(response)


def test_the_panel_decides_on_the_scores_that_it_saw():
    made = make.application("scored")
    browser, desk = signed_in(make.person(OFFICER).person), desk_of(made)
    seen = hidden(browser.get(desk), "seen")
    judge = Assessment.objects.filter(application=made).first()
    assessing.move(judge, "take-back", by=make.caller_for(judge.person, second_factor=True), why="My sister.")
    other = make.assessor(made)
    make.scored_by(made, other, make.scores(made, 0))
    response = browser.post(desk + "hold", {"feedback": ELSE, "seen": seen})
    assert response.status_code == 400
    assert ELSE in read(response)
    assert Application.objects.get(pk=made.pk).status == "scored"


def test_of_two_who_say_what_eligibility_rests_on_the_second_sees_both():
    by = make.person()
    made = make.begun(by)
    first, second, path = signed_in(by.person), signed_in(by.person), reverse("support:facts", args=[made.reference])
    seen = hidden(first.get(path), "seen")
    said = {"form": "cio", "nations": ["england"], "income": "84000", "led": "yes", "specialist": "no"}
    said |= {"interest": "works", "seen": seen}
    assert first.post(path, said).status_code == 302
    response = second.post(path, said | {"income": "91000"})
    assert response.status_code == 400
    assert "84000" in read(response)
    assert 'value="91000"' in read(response)
    assert Application.objects.get().facts["income"] == 84000
    assert second.post(path, said | {"income": "91000", "seen": hidden(response, "seen")}).status_code == 302
    assert Application.objects.get().facts["income"] == 91000


def test_what_an_officer_writes_down_meets_what_stands_and_can_be_kept_after_all():
    officer = make.person(OFFICER)
    made = actions.begin(make.opened(), Named(name="Called"), by=officer, key=uuid4(), facts=make.FACTS, way="call")
    browser, path = signed_in(officer.person), reverse("staff_support:write-down", args=[made.reference])
    seen = hidden(browser.get(path), "seen")
    actions.write(made, {"change": "Of another officer."}, by=officer)
    response = browser.post(path, {"change": ELSE, "seen": seen})
    assert "Of another officer." in read(response)
    assert ELSE in read(response)
    assert browser.post(path, {"change": ELSE, "seen": hidden(response, "seen")}).status_code == 302
    assert Application.objects.get().answers["change"] == ELSE


def test_of_two_who_write_the_brief_the_second_sees_both():
    world = engaging.world(at="briefing")
    page = reverse("support:engagement", args=[world.engagement.reference])
    owner, helper = signed_in(world.owner.person), signed_in(world.helper.person)
    seen = hidden(owner.get(page), "seen")
    assert helper.post(f"{page}write-brief", {"words": "Of the consultant.", "seen": seen}).status_code == 302
    response = owner.post(f"{page}write-brief", {"words": ELSE, "seen": seen})
    assert response.status_code == 400
    assert "Of the consultant." in read(response)
    assert ELSE in read(response)
    assert owner.post(f"{page}write-brief", {"words": ELSE, "seen": hidden(response, "seen")}).status_code == 302
    assert world.fresh().brief == ELSE


def test_a_form_of_days_sent_again_with_another_number_is_no_success_and_can_be_a_line_of_its_own():
    world = engaging.world()
    page = reverse("support:engagement", args=[world.engagement.reference])
    browser = signed_in(world.helper.person)
    day = (timezone.localdate() - timedelta(days=4)).isoformat()
    said = {"days": "0.5", "on": day, "note": "The board met.", "key": hidden(browser.get(page), "key")}
    for _twice in range(2):
        assert browser.post(f"{page}record", said).status_code == 302
    response = browser.post(f"{page}record", said | {"days": "0.25", "note": ELSE})
    assert response.status_code == 400
    assert "was sent already: ½ days" in read(response)
    assert ELSE in read(response)
    assert DayEntry.objects.count() == 1
    again = said | {"days": "0.25", "note": ELSE, "key": hidden(response, "key")}
    assert browser.post(f"{page}record", again).status_code == 302
    assert DayEntry.objects.count() == 2


def test_words_for_a_step_that_another_has_taken_stay_on_the_page():
    world = engaging.world()
    page = reverse("support:engagement", args=[world.engagement.reference])
    engagements.move(world.engagement, "review", by=world.officer, words="Going well.")
    response = signed_in(world.owner.person).post(f"{page}review", {"words": ELSE})
    assert response.status_code == 400
    assert "What you typed, and was not kept" in read(response)
    assert ELSE in read(response)


def test_an_assessor_in_two_windows_sees_what_was_typed_in_both():
    made = make.application("assessment")
    by = make.assessor(made)
    assessing.ask(made, [by.person], by=make.person(OFFICER))
    browser, sheet = signed_in(by.person), reverse("support:sheet", args=[made.reference])
    seen = hidden(browser.get(sheet), "seen")
    assert browser.post(sheet, {"score-need": "3", "reason-need": "First.", "seen": seen}).status_code == 302
    response = browser.post(sheet, {"score-need": "2", "reason-need": ELSE, "seen": seen})
    assert response.status_code == 400
    assert ELSE in read(response)
    assert Assessment.objects.get().reasons == {"need": "First."}
    given = {f"score-{slug}": "3" for slug in make.scores(made)} | {"seen": hidden(response, "seen")}
    assert browser.post(sheet, given | {"hand-in": "yes"}).status_code == 302
    late = browser.post(sheet, given | {"reason-need": ELSE})
    assert late.status_code == 400
    assert ELSE in read(late)


def test_a_telephone_number_put_right_with_the_back_button_is_the_one_that_is_rung():
    client, key = Client(), str(uuid4())
    sent = {"key": key, "kind": "talk", "name": "A caller", "phone": "0121 496 0112"}
    for phone in ("0121 496 0112", "0121 496 0113", "0121 496 0113"):
        assert client.post("/support/consultancy/ring/", sent | {"phone": phone}).status_code == 302
    assert Conversation.objects.get().phone == "0121 496 0113"
    assert Line.objects.filter(tag="support.conversation.put-right").count() == 1
    Conversation.objects.update(settled_at=timezone.now(), phone="", name="")
    client.post("/support/consultancy/ring/", sent)
    assert Conversation.objects.get().phone == ""  # who was rung is forgotten, and stays so


def test_a_form_that_began_one_application_begins_none_for_another_organisation():
    one, by, key = make.opened(), make.person(), uuid4()
    actions.begin(one, Named(name="Harbour Voices"), by=by, key=key, facts={})
    assert actions.begin(one, Named(name=" harbour voices "), by=by, key=key, facts={}).reference == "A-101"
    with pytest.raises(NotPossible, match="you began A-101 for Harbour Voices"):
        actions.begin(one, Named(name="Other Voices"), by=by, key=key, facts={})
    assert Application.objects.count() == 1


def test_what_was_answered_before_the_help_stands_once_it_is_answered_after_and_earlier_answers_are_kept():
    world = engaging.world(at="second-half")
    for value in (2, 3):
        engagements.answer_capacity(world.engagement, "before", by=world.owner, answers=engaging.answers(value))
    world.to("delivered")
    engagements.answer_capacity(world.engagement, "after", by=world.owner, answers=engaging.answers(4))
    world.engagement.status = "in-progress"  # whatever way led back
    world.engagement.save(update_fields=["status"])
    with pytest.raises(NotPossible, match="not open now"):
        engagements.answer_capacity(world.engagement, "before", by=world.owner, answers=engaging.answers(1))
    assert CapacityCheck.objects.get(moment="before").answers == engaging.answers(3)
    lines = Line.objects.filter(tag="support.engagement.answer-capacity").order_by("pk")
    assert [line.details["answers"]["finance"] for line in lines] == [2, 3, 4]


def test_the_clock_does_not_take_a_step_on_words_that_came_a_moment_before():
    by = make.person()
    made = make.application("more-information", by=by)
    actions.move(made, "reply", by=by, answer="Three.")
    assert silence.go_on_without_answers(timezone.now() + timedelta(days=99)) == 0
