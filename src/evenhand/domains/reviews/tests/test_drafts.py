"""What one wrote one may change until somebody else has looked at it, and nothing is lost by two who write at once."""

import pytest
from django.utils import timezone

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.queries import lines_about
from evenhand.domains.reviews.actions import commitments, disparities, recommendations
from evenhand.domains.reviews.actions.drafts import DRAFTS, rewrite
from evenhand.domains.reviews.lifecycle import ASSESSMENT, RECOMMENDATION
from evenhand.domains.reviews.models import Asking, Body, Exchange, Review, Update
from evenhand.domains.reviews.queries.drafts import version
from evenhand.domains.reviews.tests import make as promises
from evenhand.domains.reviews.tests import make_reviews as make
from evenhand.domains.reviews.tests.test_determinations import disputed, question

pytestmark = pytest.mark.django_db


def written(by):
    """One draft of each kind, with something to say of it anew."""
    one = make.recommendation()
    today = timezone.localdate()
    review = recommendations.add_review(Review(slug="fresh-2026", title="Fresh", short="Fresh"), by=by)
    asking = recommendations.write_asking(Asking(recommendation=one, on=today, words="What?"), by=by)
    update = Update(commitment=promises.adopted(), standing="missed", words="No.")
    turn = Exchange(disparity=promises.opened(), kind="ask", on=today, words="Why?")
    return (
        (review, {"title": "Fresher"}),
        (make.recommendation(at="captured", by=by), {"summary": "Count anew."}),
        (make.drafted(one, by=by), {"rationale": "We read it twice."}),
        (make.answer(one, by=by), {"rationale": "They might."}),
        (asking, {"words": "What was done?"}),
        (question(disputed(), by), {"question": "Was it done, and to what effect?"}),
        (promises.proposed(by=by), {"text": "Every panel, each month."}),
        (commitments.write_update(update, by=by), {"words": "We did not."}),
        (disparities.write_turn(turn, by=by), {"words": "Why is it so?"}),
    )


def test_each_kind_of_draft_is_changed_by_its_writer_and_by_nobody_else():
    writer, other = promises.somebody(), promises.somebody()
    drafts = written(writer)
    assert {type(row) for row, _facts in drafts} == set(DRAFTS)
    for row, facts in drafts:
        seen = version(row)
        with pytest.raises(NotAllowed, match="Only whoever wrote it"):
            rewrite(row, facts, by=other, seen=seen)
        row = rewrite(row, facts, by=writer, seen=seen)  # noqa: PLW2901  (as it then stands)
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in facts} == facts
        line = lines_about(row.ref).first()
        assert (line.tag.rpartition(".")[2], line.details) == ("rewrite", {"changed": sorted(facts)})
        with pytest.raises(NotPossible, match="changed while you had it open"):
            rewrite(row, facts, by=writer, seen=seen)


def test_what_somebody_has_looked_at_is_changed_no_more():
    writer, second = make.keeper(), make.keeper()
    made = make.drafted(make.recommendation(), by=writer)
    ASSESSMENT.move(made, "review", by=second)
    with pytest.raises(NotPossible, match="looked at it already"):
        rewrite(made, {"rationale": "No."}, by=writer, seen=version(made))
    ASSESSMENT.move(made, "return", by=second, why="Say more.")
    assert rewrite(made, {"rationale": "More."}, by=writer, seen=version(made)).rationale == "More."
    one = make.recommendation(at="verified", by=writer)
    with pytest.raises(NotPossible, match="looked at it already"):
        rewrite(one, {"summary": "No."}, by=writer, seen=version(one))
    RECOMMENDATION.move(one, "return", by=second, why="Wrong page.")
    assert rewrite(one, {"page": "7"}, by=writer, seen=version(one)).page == "7"


def test_what_could_not_have_been_written_cannot_be_made_of_a_draft_either():
    writer = make.keeper()
    made = make.drafted(make.recommendation(), by=writer)
    with pytest.raises(Refused, match="our labels"):
        rewrite(made, {"position": "completed"}, by=writer, seen=version(made))
    one = make.recommendation(at="captured", by=writer)
    with pytest.raises(Refused, match="without its source"):
        rewrite(one, {"url": ""}, by=writer, seen=version(one))
    one.refresh_from_db()
    assert one.url
    assert rewrite(one, {"summary": one.summary}, by=writer, seen=version(one)).summary == one.summary
    assert not lines_about(one.ref).filter(tag="reviews.recommendation.rewrite").exists()


def test_the_bodies_that_it_asks_are_changed_with_the_rest():
    writer = make.keeper()
    one = make.recommendation(at="captured", by=writer)
    other = Body.objects.create(slug="other", name="Other")
    rewrite(one, {"bodies": [other], "summary": "Count."}, by=writer, seen=version(one))
    assert list(one.bodies.all()) == [other]
