"""Conflicts come first, scores are kept apart until all are in, and nobody decides alone or without feedback."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.notices.models import Notice
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import assessing, rounds
from evenhand.domains.support.lifecycle import APPLICATION, ASSESSMENT, ROUND
from evenhand.domains.support.models import Application, Assessment, Declaration, Round
from evenhand.domains.support.queries.assessing import assessments_of, may_be_asked, sheet, undeclared
from evenhand.domains.support.queries.scores import scored
from evenhand.domains.support.tests import make

pytestmark = pytest.mark.django_db


def asked(application, by):
    assessing.ask(application, [by.person], by=make.role("programme-officer"))
    return Assessment.objects.get(application=application, person=by.person)


def test_the_lifecycles_are_without_fault():
    assert [one.faults() for one in (APPLICATION, ASSESSMENT, ROUND)] == [(), (), ()]


@pytest.mark.parametrize("at", [state.name for state in APPLICATION.states])
def test_every_state_of_an_application_can_be_reached_by_real_steps(at):
    made = make.application(at)
    assert made.status == at
    tags = Line.objects.filter(
        about=made.ref, tag__in=[f"support.application.{move.name}" for move in APPLICATION.moves]
    )
    assert [tag.rpartition(".")[2] for tag in tags.order_by("pk").values_list("tag", flat=True)] == [
        move.name for move in APPLICATION.path(at)
    ]


def test_an_assessor_declares_on_organisations_and_never_on_applications():
    made = make.application("assessment")
    by = make.person("assessor")
    assert undeclared(by) == [(made.round, [made.organisation])]
    assessing.declare(made.round, made.organisation, by=by, conflict=False)
    assert undeclared(by) == []


def test_whoever_has_not_declared_or_has_a_conflict_or_a_part_is_not_asked():
    made, officer = make.application("assessment"), make.role("programme-officer")
    silent, conflicted = make.person("assessor"), make.person("assessor")
    kin, clear = make.person("assessor", organisation=made.organisation), make.assessor(made)
    assessing.declare(made.round, made.organisation, by=conflicted, conflict=True)
    assessing.declare(made.round, made.organisation, by=kin, conflict=False)
    assert may_be_asked(made) == [clear.person]
    for one in (silent, conflicted, kin):
        with pytest.raises(NotPossible, match="cannot score this"):
            assessing.ask(made, [one.person], by=officer)
    with pytest.raises(NotAllowed):
        assessing.ask(made, [clear.person], by=make.role("assessor"))


def test_a_conflict_cannot_be_taken_back_by_whoever_declared_it():
    made, by = make.application("assessment"), make.person("assessor")
    assessing.declare(made.round, made.organisation, by=by, conflict=True)
    with pytest.raises(NotPossible, match="You declared a conflict"):
        assessing.declare(made.round, made.organisation, by=by, conflict=False)


def test_an_assessor_sees_no_scores_of_another_until_all_are_in():
    made = make.application("assessment")
    first, second = make.assessor(made), make.assessor(made)
    ours, theirs = asked(made, first), asked(made, second)
    assessing.keep_scores(ours, make.scores(made, 4), {"need": "The treasurer left."}, by=first)
    ours = assessing.move(ours, "hand-in", by=first)
    assert sheet(theirs).others == ()
    assert sheet(ours).others == ()
    assert "treasurer left." not in str(sheet(theirs)).replace("Our treasurer left, ", "")
    assessing.keep_scores(theirs, make.scores(made, 3), {}, by=second)
    assessing.move(theirs, "hand-in", by=second)
    theirs = assessments_of(second).get()
    assert theirs.application.status == "scored"
    ((number, scores),) = sheet(theirs).others
    assert number == "1"
    assert scores[0][1:] == (4, "The treasurer left.")


def test_a_blind_sheet_says_nowhere_whose_it_is():
    made = make.application("assessment")
    by = make.assessor(made)
    said = str(sheet(asked(made, by)))
    for secret in (made.organisation.name, made.organisation.slug, "0121 496 0112", str(made.pk), made.begun_by.key):
        assert secret not in said
    open_programme = make.application("assessment", programme="small-grants")
    by = make.assessor(open_programme)
    assert sheet(asked(open_programme, by)).organisation == open_programme.organisation.title


def test_whoever_steps_back_sees_nothing_from_then_on_and_what_they_scored_is_gone():
    made = make.application("assessment")
    by = make.assessor(made)
    one = asked(made, by)
    assessing.keep_scores(one, {"need": 4}, {"need": "I know them."}, by=by)
    assessing.move(one, "step-back", by=by)
    one.refresh_from_db()
    assert (one.status, one.scores, one.reasons) == ("conflicted", {}, {})
    assert Declaration.objects.get(person=by.person).conflict
    assert not assessments_of(by).exists()
    assert undeclared(by) == []
    with pytest.raises(NotPossible):
        assessing.keep_scores(one, {"need": 4}, {}, by=by)


def test_scores_that_are_in_stay_as_they_are_and_are_nobody_elses_to_give():
    made = make.application("assessment")
    by = make.assessor(made)
    one = make.scored_by(made, by, make.scores(made))
    with pytest.raises(NotPossible, match="handed in already"):
        assessing.keep_scores(one, make.scores(made, 0), {}, by=by)
    other = asked(made, make.assessor(made))
    with pytest.raises(NotAllowed):
        assessing.keep_scores(other, make.scores(made), {}, by=by)
    with pytest.raises(NotAllowed):
        assessing.move(other, "hand-in", by=by)


def test_scores_that_are_not_complete_are_kept_and_not_handed_in():
    made = make.application("assessment")
    by = make.assessor(made)
    one = assessing.keep_scores(asked(made, by), {"need": 3}, {}, by=by)
    with pytest.raises(Refused, match="Score every criterion"):
        assessing.move(one, "hand-in", by=by)


def test_where_assessors_differ_the_panel_talks_first():
    officer = make.person("programme-officer")
    made = make.application("scored", gap=True)
    assert scored(made).to_moderate
    for name, details in (
        ("offer", {"amount": Decimal(2), "feedback": "Good."}),
        ("hold", {"feedback": "Good."}),
        ("refuse", {"feedback": "Sorry."}),
    ):
        with pytest.raises(NotPossible, match="more than 20 points apart"):
            actions.move(made, name, by=officer, **details)
    with pytest.raises(Refused, match="Score every criterion"):
        actions.move(made, "moderate", by=officer, scores={"need": 9}, why="Talked over.")
    made = actions.move(made, "moderate", by=officer, scores=make.scores(made, 3), why="Talked over.")
    assert scored(made).together == 75
    assert actions.move(made, "offer", by=officer, amount=Decimal(2), feedback="Good.").status == "offered"


def test_where_they_agree_nothing_is_moderated_unless_the_panel_wants_to():
    made = make.application("scored")
    assert not scored(made).to_moderate
    offered = actions.move(
        made, "offer", by=make.person("programme-officer"), amount=Decimal("2.25"), feedback="Clear."
    )
    assert (offered.days_awarded, offered.pounds_awarded) == (Decimal("2.25"), None)


@pytest.mark.parametrize("move", ["offer", "hold", "refuse"])
def test_no_decision_leaves_without_feedback(move):
    made = make.application("scored")
    details = {"amount": Decimal(2)} if move == "offer" else {}
    for feedback in ("", None):
        with pytest.raises(Refused, match="Fill in what is missing"):
            actions.move(made, move, by=make.person("programme-officer"), feedback=feedback, **details)


def test_who_scored_it_or_writes_it_does_not_decide():
    made = make.application("scored")
    judge = made.assessments.first().person
    wearing_two_hats = Caller(True, frozenset({"assessor", "programme-officer"}), second_factor=True, person=judge)
    with pytest.raises(NotAllowed, match="neither scored"):
        actions.move(made, "refuse", by=wearing_two_hats, feedback="No.")
    with pytest.raises(NotAllowed):
        actions.move(made, "refuse", by=make.role("assessor"), feedback="No.")


@pytest.mark.parametrize("amount", ["0", "5.25", "1.1", "-1"])
def test_no_more_is_offered_than_the_programme_gives_and_in_its_steps(amount):
    made = make.application("scored")
    with pytest.raises(Refused, match="Offer up to 5 days"):
        actions.move(made, "offer", by=make.person("programme-officer"), amount=Decimal(amount), feedback="Good.")


def test_no_more_is_offered_than_the_round_has_and_what_is_declined_comes_back():
    one = make.opened(available=Decimal(5))
    officer, by = make.person("programme-officer"), make.person()
    first = make.application("offered", one=one, by=by)
    second = make.application("scored", one=one)
    with pytest.raises(NotPossible, match="has 2 days left"):
        actions.move(second, "offer", by=officer, amount=Decimal(3), feedback="Good.")
    held = actions.move(second, "hold", by=officer, feedback="Good.")
    actions.move(first, "decline", by=by)
    assert actions.move(held, "offer", by=officer, amount=Decimal(3), feedback="Good.").status == "offered"


def test_a_query_is_looked_at_by_a_second_person_once_and_within_ten_days():
    by, first, second = make.person(), make.person("programme-officer"), make.person("programme-officer")
    made = actions.move(make.application(by=by), "find-ineligible", by=first, why="Too large.")
    made = actions.move(made, "query", by=by, why="We are not.")
    with pytest.raises(NotAllowed, match="Somebody else"):
        actions.move(made, "uphold", by=first, why="Still.")
    made = actions.move(made, "uphold", by=second, why="Still too large.")
    with pytest.raises(NotPossible, match="twice already"):
        actions.move(made, "query", by=by, why="Again.")
    late = actions.move(make.application(by=by), "find-ineligible", by=first, why="Too large.")
    Application.objects.filter(pk=late.pk).update(checked_at=timezone.now() - timedelta(days=11))
    with pytest.raises(NotPossible, match="within 10 days"):
        actions.move(Application.objects.get(pk=late.pk), "query", by=by, why="We are not.")
    Application.objects.filter(pk=late.pk).update(checked_at=timezone.now() - timedelta(days=10))
    assert actions.move(Application.objects.get(pk=late.pk), "query", by=by, why="We are not.").status == "queried"


def test_rules_propose_and_an_officer_decides_otherwise():
    by = make.person()
    made = make.written(by)
    actions.say_facts(made, make.FACTS | {"income": 250_001}, by=by)
    made = actions.move(made, "send", by=by)
    assert {one["verdict"] for one in made.proposal if one["rule"] == "income"} == {"not-met"}
    assert actions.move(made, "find-eligible", by=make.person("programme-officer")).status == "assessment"


def test_everybody_who_takes_part_is_told_of_every_decision():
    for at in ("ineligible", "assessment", "more-information", "offered", "reserve", "unsuccessful", "withdrawn"):
        by = make.person()
        made = make.application("submitted", by=by) if at == "withdrawn" else make.application(at, by=by)
        if at == "withdrawn":
            actions.move(made, "withdraw", by=by)
        letters = Notice.objects.filter(about=made.ref, to=by.person.email)
        assert letters.count() == len(set(letters.values_list("subject", flat=True))) >= 2
        assert made.reference in letters.last().text


def test_a_round_is_approved_by_a_funder_and_a_second_person():
    one = make.opened(at="draft")
    admin = make.role("administrator")
    with pytest.raises(NotPossible):
        rounds.move(one, "approve", by=admin)
    with pytest.raises(NotAllowed):
        rounds.move(one, "agree", by=admin)
    own = rounds.draft("consultancy", "Mine", by=admin, opens_at=one.opens_at, closes_at=one.closes_at)
    own = rounds.move(own, "agree", by=make.payer())
    with pytest.raises(NotAllowed, match="second person"):
        rounds.move(own, "approve", by=admin)
    assert rounds.move(own, "approve", by=make.role("administrator")).status == "approved"


def test_a_round_is_decided_when_nobody_waits_and_not_before():
    one = make.opened()
    made = make.application("scored", one=one)
    Round.objects.update(opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(hours=1))
    rounds.keep_rounds(timezone.now())
    one.refresh_from_db()
    with pytest.raises(NotPossible, match="no decision yet"):
        rounds.move(one, "decide", by=make.role("programme-officer"))
    actions.move(made, "refuse", by=make.person("programme-officer"), feedback="Not this time.")
    rounds.keep_rounds(timezone.now())
    one.refresh_from_db()
    assert one.status == "decided"


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([move.name for move in APPLICATION.moves]), max_size=12))
def test_whatever_is_tried_in_whatever_order_status_and_journal_agree(tried):
    by, officer, other = make.person(), make.person("programme-officer"), make.person("programme-officer")
    made = make.written(by)
    for name in tried:
        details = {
            "offer": {"amount": Decimal(2), "feedback": "Good."},
            "hold": {"feedback": "Good."},
            "refuse": {"feedback": "No."},
            "ask": {"question": "Why?"},
            "reply": {"answer": "So."},
            "moderate": {"scores": make.scores(made), "why": "Talked over."},
            **{one: {"why": "Because."} for one in ("find-ineligible", "query", "uphold")},
        }.get(name, {})
        move = next(one for one in APPLICATION.moves if one.name == name)
        for actor in (by, officer, other, make.CLOCK):
            stands = Application.objects.get(pk=made.pk)
            try:
                APPLICATION.move(stands, name, by=actor, **details)
            except Refused:
                assert Application.objects.get(pk=made.pk).status == stands.status
                continue
            assert stands.status in move.start
            break
        stands = Application.objects.get(pk=made.pk)
        steps = Line.objects.filter(about=made.ref, details__has_key="to").order_by("-pk").first()
        assert stands.status == (steps.details["to"] if steps else "draft")
