"""Two people capture, verify, assess and publish; the body asked may reply first; nothing is overwritten."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.queries import lines_about
from evenhand.domains.reviews.actions import recommendations
from evenhand.domains.reviews.lifecycle import ASSESSMENT, RECOMMENDATION
from evenhand.domains.reviews.models import Assessment, Body, Clock, Recommendation, Review
from evenhand.domains.reviews.queries.shown import shown_of
from evenhand.domains.reviews.tests import make_reviews as make

TODAY = dt.date(2026, 11, 23)
SEEN = {"verification": "text-seen", "seen": "the report itself"}


@pytest.fixture
def stand_on(monkeypatch):
    """A clock that stands on a day of our choosing."""
    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda *_of: day)


@pytest.mark.django_db
class TestTwoPeople:
    def test_whoever_captured_it_can_neither_verify_nor_publish_it(self):
        first, second = make.keeper(), make.keeper()
        one = make.recommendation(at="captured", by=first)
        with pytest.raises(NotAllowed):
            RECOMMENDATION.move(one, "verify", by=first, **SEEN)
        with pytest.raises(Refused, match="see its number"):
            RECOMMENDATION.move(one, "verify", by=second, verification="gist-only", seen="a blog")
        one = RECOMMENDATION.move(one, "verify", by=second, **SEEN)
        with pytest.raises(NotAllowed):
            RECOMMENDATION.move(one, "publish", by=first)
        assert RECOMMENDATION.move(one, "publish", by=second).status == "published"

    def test_nothing_is_captured_without_its_source_or_by_a_stranger(self):
        made = Recommendation(review=make.review(), slug="1", summary="Count.", addressed_to="A body")
        with pytest.raises(Refused, match="without its source"):
            recommendations.capture(made, by=make.keeper())
        with pytest.raises(NotAllowed):
            recommendations.capture(made, by=make.keeper("assessor"))
        with pytest.raises(NotAllowed):
            recommendations.capture(made, by=make.keeper(second_factor=False))
        taken = Review(slug="bodies", title="Bodies", short="Bodies")
        with pytest.raises(Refused, match="taken"):
            recommendations.add_review(taken, by=make.keeper())

    def test_what_shipped_unchecked_is_checked_by_one_person_and_then_counts(self):
        one = make.recommendation()
        Recommendation.objects.filter(pk=one.pk).update(verification="gist-only", numbered="inferred", written_by=None)
        one.refresh_from_db()
        assert "not checked" in shown_of(one, TODAY).title
        one = recommendations.check(one, by=make.keeper(), verification="text-seen", seen="the report", page="12")
        assert shown_of(one, TODAY).title == "Recommendation 1"
        assert lines_about(one.ref).first().details["from"] == "gist-only"

    def test_an_assessment_of_ours_waits_for_the_body_and_supersedes_the_one_before(self, stand_on):
        first, second = make.keeper(), make.keeper()
        one = make.recommendation()
        made = make.drafted(one, by=first)
        assert shown_of(one, TODAY).judged.label == "cannot-tell"
        with pytest.raises(NotAllowed):
            ASSESSMENT.move(made, "review", by=first)
        made = ASSESSMENT.move(made, "review", by=second)
        with pytest.raises(NotPossible, match="right of reply"):
            ASSESSMENT.move(made, "quote", by=second)
        stand_on(dt.date(2026, 11, 23))
        with pytest.raises(Refused, match="Give today"):
            ASSESSMENT.move(made, "ask", by=first, on=dt.date(2026, 11, 3))
        made = ASSESSMENT.move(made, "ask", by=first, on=TODAY)
        assert made.reply_due == dt.date(2026, 12, 7)
        for day in (TODAY, made.reply_due):
            stand_on(day)
            with pytest.raises(NotPossible, match="2026-12-07"):
                ASSESSMENT.move(made, "publish", by=second)
        clock = Clock.objects.get(of=made.ref, kind=Clock.Kind.RIGHT_OF_REPLY)
        assert (clock.body.slug, clock.due_on) == ("a-body", made.reply_due)
        # It may be published once the body has replied, or when its time is over.
        stand_on(dt.date(2026, 11, 25))
        made = ASSESSMENT.move(made, "reply", by=first, reply="We do it already.", on=dt.date(2026, 11, 25))
        made = ASSESSMENT.move(made, "publish", by=second)
        assert Clock.objects.get(pk=clock.pk).met_on == dt.date(2026, 11, 25)
        newer = make.drafted(one, by=second, position="done-as-written")
        newer = ASSESSMENT.move(newer, "review", by=first)
        newer = ASSESSMENT.move(newer, "ask", by=first, on=dt.date(2026, 11, 25))
        stand_on(dt.date(2026, 12, 10))
        newer = ASSESSMENT.move(newer, "publish", by=first)
        made.refresh_from_db()
        assert made.status == "superseded"
        assert newer.supersedes == made
        shown = shown_of(Recommendation.objects.select_related("review").get(pk=one.pk), TODAY)
        assert shown.judged.label == "done-as-written"
        assert {each.status for each in shown.said} == {"published", "superseded"}
        assert shown.voices[1].said == newer

    def test_after_a_reply_that_shows_it_wrong_an_assessment_is_abandoned_by_whoever_keeps_it_and_says_why(self):
        first, second = make.keeper(), make.keeper()
        for steps in ((), ("ask",), ("ask", "reply")):
            one = make.recommendation()
            made = ASSESSMENT.move(make.drafted(one, by=first), "review", by=second)
            for step in steps:
                told = {"reply": "It is not so."} if step == "reply" else {}
                made = ASSESSMENT.move(made, step, by=first, on=timezone.localdate(), **told)
            with pytest.raises(Refused, match="Say why"):
                ASSESSMENT.move(made, "abandon", by=first)
            made = ASSESSMENT.move(made, "abandon", by=first, why="The body is right.")
            line = lines_about(made.ref).filter(tag="reviews.assessment.abandon").get()
            assert line.personal.get().details == {"why": "The body is right."}
            assert not Clock.objects.filter(of=made.ref, met_on=None, ended_on=None).exists()
            assert shown_of(one, TODAY).said == ()
            with pytest.raises(NotPossible):
                ASSESSMENT.move(made, "publish", by=second)

    def test_what_others_said_is_quoted_by_a_second_person_without_a_right_of_reply(self):
        first, second = make.keeper(), make.keeper()
        one = make.recommendation()
        said = {"capacity": "parliament", "position": "completed", "assessor": "A committee", "on": "2026-11"}
        made = make.drafted(one, by=first, **said)
        made = ASSESSMENT.move(made, "review", by=second)
        with pytest.raises(NotPossible, match="theirs"):
            ASSESSMENT.move(made, "ask", by=second, on=TODAY)
        assert ASSESSMENT.move(made, "quote", by=second).status == "published"
        with pytest.raises(Refused, match="what they said"):
            make.drafted(one, by=first, **{**said, "position": "done-as-written"})
        with pytest.raises(Refused, match="our labels"):
            make.drafted(one, by=first, position="completed")
        with pytest.raises(Refused, match="reasons"):
            make.drafted(one, by=first, rationale="")

    def test_a_response_that_is_awaited_has_a_clock_which_the_answer_keeps(self):
        one = make.recommendation(at="awaited")
        clock = Clock.objects.get(of=one.ref)
        assert (clock.kind, clock.body.slug, clock.due_on) == ("reply", "a-body", dt.date(2026, 4, 27))
        make.answered(one, on="2026-04-01", rationale="Yes.")
        one.refresh_from_db()
        assert Clock.objects.get(pk=clock.pk).met_on == dt.date(2026, 4, 1)
        assert one.status == "responded"
        gone = RECOMMENDATION.move(one, "withdraw", by=make.keeper(), why="It was made up.")
        assert "It was made up." in gone.errata
        assert Body.objects.filter(slug="a-body").exists()


class TestRandomWalks(TestCase):
    """Whatever is tried in whatever order by whichever of two, the status and the journal agree."""

    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from([one.name for one in RECOMMENDATION.moves]), st.booleans()), max_size=9))
    def test_a_recommendation_is_never_public_without_two_people(self, tried):
        first, second = make.keeper(), make.keeper()
        one = make.recommendation(at="captured", by=first)
        given_with = {
            "verify": SEEN,
            "return": {"why": "No."},
            "withdraw": {"why": "No."},
        }
        _walk(RECOMMENDATION, one, tried, (first, second), given_with)
        one.refresh_from_db()
        if one.status not in {"captured", "verified"}:
            assert one.verified_by == second.ref != one.written_by

    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from([one.name for one in ASSESSMENT.moves]), st.booleans()), max_size=9))
    def test_an_assessment_of_ours_is_never_public_before_the_body_could_reply(self, tried):
        first, second = make.keeper(), make.keeper()
        made = make.drafted(make.recommendation(), by=first)
        given_with = {
            "return": {"why": "No."},
            "ask": {"on": dt.date.today()},  # noqa: DTZ011  (of no zone: a day)
            "reply": {"reply": "We do.", "on": dt.date.today()},  # noqa: DTZ011  (as above)
            "abandon": {"why": "No."},
            "withdraw": {"why": "No."},
        }
        _walk(ASSESSMENT, made, tried, (first, second), given_with)
        made.refresh_from_db()
        if made.status in {"published", "superseded", "withdrawn"}:
            assert made.reviewed_by == second.ref
            assert made.reply


def _walk(lifecycle, thing, tried, callers, given_with):
    taken = []
    for name, as_first in tried:
        by = callers[0] if as_first else callers[1]
        open_now = {move.name for move in lifecycle.open_to(thing, by)}
        try:
            thing = lifecycle.move(thing, name, by=by, **given_with.get(name, {}))
        except (NotPossible, NotAllowed):
            pass
        else:
            assert name in open_now
            taken.append(name)
    lines = [line for line in list(lines_about(thing.ref))[::-1] if "from" in line.details]
    assert [line.tag for line in lines] == [f"{lifecycle.name}.{name}" for name in taken]
    stands = lifecycle.first
    for line in lines:
        assert line.details["from"] == stands
        stands = line.details["to"]
    assert type(thing).objects.get(pk=thing.pk).status == stands


@pytest.mark.django_db
def test_a_quotation_is_refused_by_the_table_itself_where_nothing_was_seen():
    one = make.recommendation(at="captured")
    one.quotation = "Count everybody"
    with pytest.raises(Exception, match="cannot be quoted"):
        one.full_clean()
    assert Assessment.objects.count() == 0
