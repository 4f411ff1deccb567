"""An answer is a dated claim of the body that gave it: written by one, published by another, beside those before."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.journal.queries import lines_about
from evenhand.domains.reviews.actions import clocks, recommendations
from evenhand.domains.reviews.lifecycle import ASKING, ASSESSMENT, RECOMMENDATION, REVIEW
from evenhand.domains.reviews.models import Asking, Body, Clock, Recommendation, Review
from evenhand.domains.reviews.queries.clocks import clocks_of
from evenhand.domains.reviews.queries.pages import recommendation_page
from evenhand.domains.reviews.queries.shown import ever_public, reviews
from evenhand.domains.reviews.tests import make_reviews as make

TODAY = dt.date(2026, 11, 23)


def shown(one):
    return recommendation_page(ever_public().get(pk=one.pk), TODAY)


@pytest.fixture
def bodies(db):
    """A body, one that ended with a successor, and one that ended with none."""
    heir = Body.objects.create(slug="z-heir", name="Z heir")
    ended = Body.objects.create(slug="a-gone", name="A gone", ended="2017")
    ended.successors.set([heir])
    alone = Body.objects.create(slug="b-alone", name="B alone", ended="2012")
    return heir, ended, alone


@pytest.mark.django_db
class TestAnswers:
    def test_nobody_publishes_an_answer_that_they_wrote_down_and_nobody_sees_it_before(self):
        one, writer, second = make.recommendation(), make.keeper(), make.keeper()
        made = make.answer(one, by=writer)
        assert shown(one)["answers"] == []
        with pytest.raises(NotAllowed):
            ASSESSMENT.move(made, "review", by=writer)
        made = ASSESSMENT.move(made, "review", by=second)
        with pytest.raises(NotAllowed):
            ASSESSMENT.move(made, "quote", by=writer)
        ASSESSMENT.move(made, "quote", by=second)
        one.refresh_from_db()
        assert one.status == "responded"
        assert [said["words"] for said in shown(one)["answers"]] == ["They will."]
        assert lines_about(one.ref).filter(tag="reviews.recommendation.respond").exists()

    def test_a_newer_answer_stands_first_and_the_old_words_stay_readable(self):
        one = make.recommendation()
        Recommendation.objects.filter(pk=one.pk).update(response="As it shipped.", response_on="2017-12-19")
        make.answered(one, rationale="First.", on="2020-06-30")
        make.answered(one, rationale="Second.", on="2026-01-21", position="completed")
        assert [said["words"] for said in shown(one)["answers"]] == ["Second.", "First.", "As it shipped."]
        assert shown(one)["shown"].answered == ("Second.", "2026-01-21")
        # It is a claim of the body asked, so that nothing is called done on its word alone.
        assert shown(one)["shown"].judged.reason == "only-the-asked"

    def test_an_answer_is_of_a_body_that_was_asked_and_of_no_day_to_come(self, bodies):
        heir, ended, _alone = bodies
        one = make.recommendation()
        with pytest.raises(Refused, match="body that it asks"):
            make.answer(one, by=make.keeper(), body=heir)
        with pytest.raises(Refused, match="day to come"):
            make.answer(one, by=make.keeper(), on=(timezone.localdate() + dt.timedelta(days=1)).isoformat())
        one.bodies.add(ended)
        assert make.answer(one, by=make.keeper(), body=heir).assessor == "Z heir"

    def test_an_answer_that_is_taken_back_leaves_the_clock_running_again(self):
        one = make.recommendation(at="awaited")
        made = make.answered(one, on="2026-04-01")
        assert Clock.objects.get(of=one.ref).met_on == dt.date(2026, 4, 1)
        ASSESSMENT.move(made, "withdraw", by=make.keeper(), why="It was of another.")
        one.refresh_from_db()
        assert (one.status, Clock.objects.get(of=one.ref).met_on) == ("published", None)
        assert [said["words"] for said in shown(one)["answers"]] == []
        assert shown(one)["history"][0]["state"] == "Withdrawn"

    def test_what_was_answered_before_it_was_asked_for_anew_keeps_no_clock(self):
        one = make.recommendation(at="awaited")
        make.answered(one, on="2020-06-30")
        one.refresh_from_db()
        assert one.status == "awaited"
        assert Clock.objects.get(of=one.ref).met_on is None


@pytest.mark.django_db
class TestAskings:
    def test_that_an_answer_was_asked_for_takes_two_people(self):
        one, writer = make.recommendation(), make.keeper()
        asking = Asking(recommendation=one, on=make.ASKED, words="What was done?")
        asking = recommendations.write_asking(asking, by=writer)
        assert not Clock.objects.filter(of=one.ref).exists()
        with pytest.raises(NotPossible, match="Another asking waits"):
            make.asked(one)
        with pytest.raises(NotAllowed, match="you who wrote it"):
            ASKING.move(asking, "publish", by=writer)
        ASKING.move(asking, "publish", by=make.keeper())
        one.refresh_from_db()
        assert one.status == "awaited"
        assert [clock.whose for clock in shown(one)["due"]] == ["A body"]
        with pytest.raises(Refused, match="not come yet"):
            make.asked(one, on=timezone.localdate() + dt.timedelta(days=2))

    def test_each_body_has_its_clock_and_an_ended_one_passes_it_on(self, bodies):
        heir, ended, alone = bodies
        one = make.recommendation()
        one.bodies.add(ended, alone)
        make.asked(one)
        owing = {clock.body.slug for clock in Clock.objects.filter(of=one.ref)}
        assert owing == {"a-body", "z-heir"}
        make.answered(one, body=heir, on="2026-03-20")
        assert {clock.whose: clock.standing for clock in clocks_of([one.ref], TODAY)[one.ref]} == {
            "A body": "overdue",
            "Z heir": "kept",
        }
        notes = {link.name: link.note for link in shown(one)["shown"].links}
        assert notes == {
            "A body": "",
            "A gone": "until 2017; now Z heir",
            "B alone": "until 2012; nobody took over",
        }

    def test_nobody_is_asked_where_nobody_is_left(self, bodies):
        one = make.recommendation()
        one.bodies.set([bodies[2]])
        with pytest.raises(NotPossible, match="No body that could answer is left"):
            make.asked(one)

    def test_a_body_that_ends_hands_over_what_it_owes_by_the_same_day(self):
        one = make.recommendation(at="awaited")
        clock = Clock.objects.get(of=one.ref)
        heir = Body.objects.create(slug="heir", name="Heir")
        clock.body.successors.set([heir])
        Body.objects.filter(pk=clock.body_id).update(ended="2026")
        assert clocks.hand_over(by=clocks.CLOCKWORK) == 1
        assert clocks.hand_over(by=clocks.CLOCKWORK) == 0
        running = Clock.objects.get(of=one.ref, met_on=None, ended_on=None)
        assert (running.body, running.due_on) == (heir, clock.due_on)

    def test_two_clocks_of_one_body_never_run_at_once_and_two_bodies_each_have_one(self, bodies):
        one = make.recommendation()
        days = {"begins_on": make.ASKED, "due_on": make.ASKED}
        for body in bodies[:2]:
            Clock.objects.create(of=one.ref, kind="reply", body=body, **days)
        with pytest.raises(IntegrityError), transaction.atomic():
            Clock.objects.create(of=one.ref, kind="reply", body=bodies[0], **days)


@pytest.mark.django_db
def test_each_body_has_its_own_time_to_reply_before_an_assessment_is_published():
    one, first, second = make.recommendation(), make.keeper(), make.keeper()
    other = Body.objects.create(slug="other", name="Other")
    one.bodies.add(other)
    made = ASSESSMENT.move(make.drafted(one, by=first), "review", by=second)
    today = timezone.localdate()
    made = ASSESSMENT.move(made, "ask", by=first, on=today)
    with pytest.raises(Refused, match="which of the bodies"):
        ASSESSMENT.move(made, "reply", by=first, reply="We do.", on=today)
    made = ASSESSMENT.move(made, "reply", by=first, reply="We do.", on=today, body=other)
    with pytest.raises(NotPossible, match="each has replied"):
        ASSESSMENT.move(made, "publish", by=second)
    made = ASSESSMENT.move(made, "reply", by=first, reply="So do we.", on=today)  # the one that had not replied yet
    made = ASSESSMENT.move(made, "publish", by=second)
    assert made.reply == "Other: We do.\n\nA body: So do we."


@pytest.mark.django_db
def test_a_review_is_seen_by_nobody_before_a_second_person_publishes_it():
    writer, second = make.keeper(), make.keeper()
    review = recommendations.add_review(Review(slug="fresh-2026", title="Fresh", short="Fresh"), by=writer)
    assert review not in reviews()
    one = make.recommendation(at="captured", review=review)
    one = RECOMMENDATION.move(one, "verify", by=second, verification="text-seen", seen="the report")
    with pytest.raises(NotPossible, match="Publish the review first"):
        RECOMMENDATION.move(one, "publish", by=second)
    with pytest.raises(NotAllowed, match="you who wrote it"):
        REVIEW.move(review, "publish", by=writer)
    REVIEW.move(review, "publish", by=second)
    assert RECOMMENDATION.move(one, "publish", by=second).status == "published"
    assert review in reviews()


@pytest.mark.parametrize("cycle", [ASKING, REVIEW, RECOMMENDATION, ASSESSMENT], ids=lambda one: one.name)
def test_each_life_is_without_fault(cycle):
    assert cycle.faults() == ()


class TestRandomTalk(TestCase):
    """Whatever is asked and answered in whatever order, what is public was done by two and the clocks agree."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from(["ask", "answer", "publish", "withdraw"]), st.integers(0, 9)), max_size=9)
    )
    def test_what_is_held_and_what_is_awaited_agree_with_the_clocks(self, tried):
        first, second = make.keeper(), make.keeper()
        one = make.recommendation()
        for name, number in tried:
            day = make.ASKED + dt.timedelta(days=number)
            by = (first, second)[number % 2]
            with suppress(Refused):
                self._try(one, name, day, by)
        one.refresh_from_db()
        held = one.assessments.filter(answers=True, status="published")
        running = Clock.objects.filter(of=one.ref, kind="reply", met_on=None, ended_on=None)
        assert running.count() <= 1
        if one.status == "responded":
            assert held.exists()
        if one.status == "awaited":
            assert one.askings.filter(status="published").exists()
            assert running.exists()
        for said in held:
            assert said.reviewed_by != said.written_by
        for asking in one.askings.filter(status="published"):
            assert Line.objects.get(about=asking.ref, tag="reviews.asking.publish").by != asking.written_by

    def _try(self, one, name, day, by):
        one.refresh_from_db()
        if name == "ask":
            asking = Asking(recommendation=one, on=day, words="What?")
            recommendations.write_asking(asking, by=by)
        elif name == "answer":
            make.answer(one, by=by, on=day.isoformat())
        elif name == "publish":
            for asking in one.askings.filter(status="written"):
                ASKING.move(asking, "publish", by=by)
            for made in one.assessments.filter(status="draft"):
                ASSESSMENT.move(ASSESSMENT.move(made, "review", by=by), "quote", by=by)
        else:
            for made in one.assessments.filter(status="published")[:1]:
                ASSESSMENT.move(made, "withdraw", by=by, why="No.")
