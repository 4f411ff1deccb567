"""Nobody who is silent sticks an application: an assessor, an applicant who was asked, or one who was offered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core.accounts.tests.make import signed_in
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.notices.models import Notice
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import assessing, silence
from evenhand.domains.support.models import Application, Assessment, Declaration
from evenhand.domains.support.queries.assessing import assessments_of
from evenhand.domains.support.queries.desk import desk, officers_page
from evenhand.domains.support.tests import make

pytestmark = pytest.mark.django_db
OFFICER = "programme-officer"
TRIED = ["ask", "reply", "resume", "step back", "release", "score", "offer", 4, 12]  # a number is of days that pass


def judged(made, many=2, *, handed_in=2):
    """So many assessors who were asked, of whom some have handed in."""
    judges = [make.assessor(made) for _ in range(many)]
    assessing.ask(made, [one.person for one in judges], by=make.person(OFFICER))
    for one in judges[:handed_in]:
        hand_in(made, one)
    return judges


def hand_in(made, judge):
    one = Assessment.objects.get(application=made, person=judge.person)
    assessing.keep_scores(one, make.scores(made), {"need": "Clear."}, by=judge)
    return assessing.move(one, "hand-in", by=judge)


def stands(made):
    return Application.objects.get(pk=made.pk)


def of(made, judge):
    return Assessment.objects.get(application=made, person=judge.person)


def test_an_officer_releases_who_is_silent_and_the_scores_that_are_in_are_enough():
    made = make.application("assessment")
    *_both, silent = judged(made, 3)
    assert stands(made).status == "assessment"
    browser = signed_in(make.person(OFFICER).person)
    page = reverse("staff_support:application", args=[made.reference])
    address = reverse("staff_support:release", args=[made.reference, of(made, silent).pk])
    assert address in browser.get(page).content.decode()
    browser.post(address)
    assert (of(made, silent).status, stands(made).status) == ("released", "scored")
    assert not assessments_of(silent).exists()
    assert Notice.objects.filter(to=silent.person.email, subject__contains="need not score").exists()


def test_who_is_released_leaves_room_for_somebody_else_and_the_desk_says_so():
    made = make.application("assessment")
    _first, silent = judged(made, handed_in=1)
    officer = make.person(OFFICER)
    assessing.move(of(made, silent), "release", by=officer)
    (waiting,) = desk(officer, timezone.localdate())["piles"]["scoring"]
    assert waiting.note == "1 of 2 scores are in, and somebody has to be asked"
    other = make.assessor(made)
    assessing.ask(made, [other.person], by=officer)
    hand_in(made, other)
    assert stands(made).status == "scored"


def test_only_an_officer_on_no_side_releases_and_only_who_has_not_handed_in():
    made = make.application("assessment")
    first, silent = judged(made, handed_in=1)
    for other in (first, silent, make.person("funder")):
        with pytest.raises(NotAllowed):
            assessing.move(of(made, silent), "release", by=other)
    with pytest.raises(NotPossible):
        assessing.move(of(made, first), "release", by=make.person(OFFICER))


@pytest.mark.parametrize("in_already", [False, True])
def test_a_conflict_declared_on_the_list_takes_the_assessment_away(in_already):
    made = make.application("assessment")
    _first, judge = judged(made, handed_in=2 if in_already else 1)
    assert stands(made).status == ("scored" if in_already else "assessment")
    assessing.declare(made.round, made.organisation, by=judge, conflict=True)
    assert (of(made, judge).status, of(made, judge).scores) == ("conflicted", {})
    assert stands(made).status == "assessment"
    other = make.assessor(made)
    assessing.ask(made, [other.person], by=make.person(OFFICER))
    hand_in(made, other)
    assert stands(made).status == "scored"


def test_scores_are_taken_back_with_a_reason_until_the_panel_has_met():
    made = make.application("assessment")
    _first, judge = judged(made)
    browser = signed_in(judge.person)
    sheet, address = (reverse(f"support:{name}", args=[made.reference]) for name in ("sheet", "step-back"))
    assert address in browser.get(sheet).content.decode()
    browser.post(address, {"words": " "})
    assert of(made, judge).status == "in"
    browser.post(address, {"words": "My sister works there."})
    assert (of(made, judge).status, of(made, judge).reasons) == ("conflicted", {})
    assert stands(made).status == "assessment"
    assert browser.get(sheet).status_code == 404
    line = Line.objects.get(tag="support.assessment.take-back")
    assert "sister" not in str(line.details)
    assert line.personal.get().details == {"why": "My sister works there."}
    assert Notice.objects.filter(subject__contains="an assessor has stepped back").exists()


@pytest.mark.parametrize("at", ["moderate", "hold"])
def test_after_the_panel_has_met_a_conflict_is_kept_and_shown_and_the_scores_stay(at):
    made = make.application("assessment")
    judge, _second = judged(made)
    officer = make.person(OFFICER)
    details = {"moderate": {"scores": make.scores(made), "why": "Talked."}, "hold": {"feedback": "Good."}}[at]
    made = actions.move(stands(made), at, by=officer, **details)
    with pytest.raises(NotPossible, match="The panel has met"):
        assessing.move(of(made, judge), "take-back", by=judge, why="My sister works there.")
    assessing.declare(made.round, made.organisation, by=judge, conflict=True)
    assert Declaration.objects.get(person=judge.person).conflict
    assert of(made, judge).status == "in"
    assert not assessments_of(judge).exists()
    shown = officers_page(made, officer, timezone.localdate())["assessments"]
    assert [one.conflict for one in shown] == [True, False]


def test_what_is_all_in_while_an_answer_is_awaited_goes_on_with_the_answer():
    by, officer = make.person(), make.person(OFFICER)
    made = make.application("assessment", by=by)
    *_both, silent = judged(made, 3)
    made = actions.move(stands(made), "ask", by=officer, question="How many days?")
    assessing.move(of(made, silent), "release", by=officer)
    assert stands(made).status == "more-information"
    actions.move(made, "reply", by=by, answer="Three.")
    assert stands(made).status == "scored"


def test_of_three_scores_one_taken_back_leaves_enough():
    made = make.application("assessment")
    judge, *_others = judged(made, 3, handed_in=3)
    assessing.move(of(made, judge), "take-back", by=judge, why="My sister works there.")
    assert stands(made).status == "scored"


def test_a_question_that_is_not_answered_is_gone_on_without_after_its_days_and_not_before():
    by = make.person()
    made = make.application("more-information", by=by)
    now = timezone.now()
    assert silence.go_on_without_answers(now + timedelta(days=10)) == 0
    assert silence.go_on_without_answers(now + timedelta(days=11)) == 1
    assert silence.go_on_without_answers(now + timedelta(days=11)) == 0
    assert stands(made).status == "assessment"
    letter = Notice.objects.filter(about=made.ref).last()
    assert (letter.to, "as it stands" in letter.subject) == (by.person.email, True)
    assert Line.objects.get(tag="support.application.resume").by == silence.CLOCK.ref


def test_an_officer_goes_on_at_any_time_and_the_clock_and_others_do_not():
    by = make.person()
    made = make.application("more-information", by=by)
    with pytest.raises(NotPossible, match="still time"):
        actions.move(made, "resume", by=silence.CLOCK)
    with pytest.raises(NotAllowed):
        actions.move(made, "resume", by=by)
    assert actions.move(made, "resume", by=make.person(OFFICER)).status == "assessment"


def test_an_offer_lapses_after_its_days_and_a_reminder_and_comes_back_to_the_round():
    by = make.person()
    one = make.opened(available=Decimal(3))
    made = make.application("offered", by=by, one=one)
    now = timezone.now()
    assert silence.remind_of_offers(now + timedelta(days=16)) == 0
    assert silence.remind_of_offers(now + timedelta(days=17)) == 1
    assert silence.remind_of_offers(now + timedelta(days=18)) == 0
    assert silence.let_offers_lapse(now + timedelta(days=20)) == 0
    assert silence.let_offers_lapse(now + timedelta(days=21)) == 1
    assert stands(made).status == "lapsed"
    subjects = list(Notice.objects.filter(about=made.ref, to=by.person.email).values_list("subject", flat=True))
    assert "our offer stands until" in subjects[-2]
    assert "the offer has lapsed" in subjects[-1]
    assert (
        "The offer has lapsed"
        in signed_in(by.person).get(reverse("support:application", args=[made.reference])).content.decode()
    )
    other = make.application("scored", one=one)
    assert make.step(other, "offer", by).status == "offered"


def test_whoever_is_reminded_late_has_three_days_all_the_same():
    made = make.application("offered")
    late = timezone.now() + timedelta(days=60)
    assert silence.let_offers_lapse(late) == 0  # nobody was reminded
    assert silence.remind_of_offers(late) == 1
    assert silence.let_offers_lapse(late + timedelta(days=3)) == 0
    assert silence.let_offers_lapse(late + timedelta(days=4)) == 1
    assert stands(made).status == "lapsed"


def test_an_offer_that_was_accepted_neither_reminds_nor_lapses():
    made = make.application("accepted")
    later = timezone.now() + timedelta(days=90)
    assert silence.remind_of_offers(later) == silence.let_offers_lapse(later + timedelta(days=9)) == 0
    assert stands(made).status == "accepted"


@pytest.mark.long
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(TRIED), max_size=14))
def test_in_whatever_order_people_are_silent_nothing_is_stuck_for_good(tried):
    """Once everybody who is silent is released or out of time, each application stands where staff can go on."""
    by, officer = make.person(), make.person(OFFICER)
    made = make.application("assessment", by=by)
    now = timezone.now()
    for name in tried:
        try:
            if isinstance(name, int):
                now += timedelta(days=name)
                wait(now)
            elif name == "score":
                one = make.assessor(made)
                assessing.ask(made, [one.person], by=officer)
                hand_in(made, one)
            elif name in {"step back", "release"}:
                undo(made, name, officer)
            else:
                details = {"ask": {"question": "Why?"}, "reply": {"answer": "So."}}.get(name, {})
                if name == "offer":
                    details = {"amount": Decimal(2), "feedback": "Good."}
                actions.move(stands(made), name, by=by if name == "reply" else officer, **details)
        except Refused:
            continue
        finally:
            lines = Line.objects.filter(about=made.ref, details__has_key="to").order_by("-pk")
            assert stands(made).status == lines.first().details["to"]
    for _turn in range(3):
        now += timedelta(days=30)
        wait(now)
    while stands(made).status == "assessment":
        one = make.assessor(made)
        assessing.ask(made, [one.person], by=officer)
        hand_in(made, one)
        for each in Assessment.objects.filter(application=made, status="asked"):
            assessing.move(each, "release", by=officer)
    assert stands(made).status in {"scored", "lapsed"}


def wait(now):
    silence.go_on_without_answers(now)
    silence.let_offers_lapse(now)
    silence.remind_of_offers(now)


def undo(made, name, officer):
    for one in Assessment.objects.filter(application=made, status__in=("asked", "in")).select_related("person")[:1]:
        if name == "release":
            assessing.move(one, name, by=officer)
        else:
            judge = make.caller_for(one.person, second_factor=True)
            assessing.declare(made.round, made.organisation, by=judge, conflict=True)
