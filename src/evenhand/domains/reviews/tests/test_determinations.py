"""A panel is asked where those who assess disagree: by two people, and what it determined is published by two."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.queries import lines_about
from evenhand.domains.reviews.actions.determinations import draft
from evenhand.domains.reviews.lifecycle import ASSESSMENT, DETERMINATION
from evenhand.domains.reviews.models import Determination
from evenhand.domains.reviews.queries.pages import recommendation_page
from evenhand.domains.reviews.queries.shown import ever_public, shown_of
from evenhand.domains.reviews.rules.labels import Said, disagree, judge
from evenhand.domains.reviews.tests import make_reviews as make

TODAY = timezone.localdate


def disputed():
    """A recommendation that the body calls done, and others do not."""
    one, second = make.recommendation(), make.keeper()
    make.answered(one, position="completed")
    said = {"capacity": "civil-society", "position": "not-met", "assessor": "A charity", "on": "2026-05"}
    made = make.drafted(one, by=make.keeper(), **said)
    ASSESSMENT.move(ASSESSMENT.move(made, "review", by=second), "quote", by=second)
    return ever_public().get(pk=one.pk)


def question(one, by):
    facts = {"panel": "The expert reference group on courts", "question": "Was it done?", "material": "Both claims."}
    return draft(Determination(recommendation=one, **facts), by=by)


def page(one, today=None):
    return recommendation_page(ever_public().get(pk=one.pk), today or TODAY())


@pytest.mark.parametrize(
    ("positions", "differ"),
    [
        ([], False),
        (["completed"], False),
        (["completed", "done-as-written"], False),
        (["accepted", "in-progress", "under-way"], False),
        (["completed", "under-way"], True),
        (["in-progress", "stalled"], True),
        (["not-met", "no-evidence"], False),
        (["completed", "cannot-tell"], False),
    ],
)
def test_two_disagree_who_leave_it_in_different_places(positions, differ):
    assert disagree(positions) is differ


def test_what_a_panel_determined_settles_it_until_we_assess_it_anew():
    day, later = dt.date(2026, 5, 1), dt.date(2026, 9, 1)
    claims = [Said("addressee", "completed", "letter", day), Said("civil-society", "not-met", "letter", later)]
    panel = Said("panel", "done-another-way", "letter", day)

    def judged(*said, today=dt.date(2026, 11, 23)):
        found = judge([*claims, *said], verification="text-seen", today=today)
        return found.label, found.reason

    assert judged() == ("cannot-tell", "disputed")
    assert judged(panel) == ("done-another-way", "panel")
    assert judged(panel, Said("us", "stalled", "letter", day)) == ("done-another-way", "panel")
    assert judged(panel, Said("us", "done-no-change", "letter", later)) == ("done-no-change", "ours")
    going = Said("panel", "under-way", "letter", day)
    assert judged(going) == ("under-way", "panel")
    assert judged(going, today=dt.date(2028, 1, 1)) == ("stalled", "no-new-evidence")


@pytest.mark.django_db
def test_nobody_is_asked_where_nobody_disagrees():
    one = make.recommendation()
    make.answered(one)
    with pytest.raises(NotPossible, match="Nobody disagrees"):
        question(one, make.keeper())


@pytest.mark.django_db
def test_a_panel_is_asked_by_two_and_what_it_determined_is_published_by_two():
    one, first, second = disputed(), make.keeper(), make.keeper()
    assert page(one)["shown"].judged.reason == "disputed"
    made = question(one, first)
    with pytest.raises(NotPossible, match="being asked already"):
        question(one, second)
    assert page(one)["panels"] == []
    with pytest.raises(NotAllowed, match="you who wrote it"):
        DETERMINATION.move(made, "ask", by=first, on=TODAY())
    with pytest.raises(Refused, match="not come yet"):
        DETERMINATION.move(made, "ask", by=second, on=TODAY() + dt.timedelta(days=1))
    made = DETERMINATION.move(made, "ask", by=second, on=TODAY())
    (panel,) = page(one)["panels"]
    assert (panel["stood"], panel["state"]) == (False, "The panel was asked")
    answer = {"words": "Its aim was met.", "on": TODAY(), "label": "done-another-way"}
    with pytest.raises(Refused, match="one of our labels"):
        DETERMINATION.move(made, "record", by=first, **{**answer, "label": "completed"})
    with pytest.raises(Refused, match="after it was asked"):
        DETERMINATION.move(made, "record", by=first, **{**answer, "on": TODAY() - dt.timedelta(days=3)})
    made = DETERMINATION.move(made, "record", by=first, **answer)
    (panel,) = page(one)["panels"]
    assert (panel["stood"], panel["state"]) == (False, "The panel was asked")
    with pytest.raises(NotAllowed, match="you who recorded it"):
        DETERMINATION.move(made, "publish", by=first)
    made = DETERMINATION.move(made, "publish", by=second)
    shown = page(one)["shown"]
    assert (shown.judged.label, shown.judged.reason) == ("done-another-way", "panel")
    assert "panel of experts" in shown.why
    # A newer one supersedes it, and what is withdrawn settles nothing.
    newer = DETERMINATION.move(question(one, first), "ask", by=second, on=TODAY())
    newer = DETERMINATION.move(newer, "record", by=second, words="It settles nothing.", on=TODAY())
    newer = DETERMINATION.move(newer, "publish", by=first)
    made.refresh_from_db()
    assert made.status == "superseded"
    assert page(one)["shown"].judged.reason == "disputed"
    assert [panel["state"] for panel in page(one)["panels"]] == ["", "Superseded by a newer one"]
    DETERMINATION.move(newer, "withdraw", by=first, why="It was of another.")
    assert page(one)["panels"][0]["state"] == "Withdrawn"


@pytest.mark.django_db
def test_everybody_reads_it_on_the_page_in_the_feed_and_as_json(client, gathered_styles):
    one, first, second = disputed(), make.keeper(), make.keeper()
    made = DETERMINATION.move(question(one, first), "ask", by=second, on=TODAY())
    made = DETERMINATION.move(made, "record", by=first, words="Its aim was met.", on=TODAY(), label="done-another-way")
    here = f"/progress/{one.review.slug}/1/"
    api = f"/api/progress/v1/recommendations/{one.key}"
    for address in (here, api):
        said = client.get(address).content.decode()
        assert "Was it done?" in said
        assert "Its aim was met." not in said
    DETERMINATION.move(made, "publish", by=second)
    said = client.get(here).content.decode()
    for words in ("Its aim was met.", "The expert reference group on courts", "Done another way", "Both claims."):
        assert words in said
    (entry,) = client.get(api).json()["determinations"]
    assert (entry["determined"], entry["label"], entry["state"]) == (
        "Its aim was met.",
        "done-another-way",
        "published",
    )
    for address in (f"/progress/{one.review.slug}/latest.json", "/news/latest.json?kind=progress"):
        titles = [item["title"] for item in client.get(address).json()["items"]]
        assert "Made up, Recommendation 1. A panel of experts: Done another way" in titles


@pytest.mark.django_db
def test_the_table_itself_keeps_one_open_and_one_standing():
    one, first = disputed(), make.keeper()
    facts = {"recommendation": one, "panel": "P", "question": "Q", "material": "M", "written_by": first.ref}
    for status in ("asked", "published"):
        Determination.objects.create(**facts, status=status)
        with pytest.raises(IntegrityError), transaction.atomic():
            Determination.objects.create(**facts, status=status)


def test_its_life_is_without_fault():
    assert DETERMINATION.faults() == ()


class TestRandomWalks(TestCase):
    """Whatever two people try in whatever order, what is public was done by both."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from([one.name for one in DETERMINATION.moves]), st.booleans()), max_size=9))
    def test_what_a_panel_determined_is_never_public_by_one_person(self, tried):
        first, second = make.keeper(), make.keeper()
        one = disputed()
        made = question(one, first)
        given_with = {
            "ask": {"on": TODAY()},
            "record": {"words": "So.", "on": TODAY(), "label": "stalled"},
            **{name: {"why": "No."} for name in ("return", "abandon", "withdraw")},
        }
        for name, as_first in tried:
            with suppress(Refused):
                made = DETERMINATION.move(made, name, by=first if as_first else second, **given_with.get(name, {}))
        lines = [line for line in lines_about(made.ref) if "from" in line.details]
        assert (lines[0].details["to"] if lines else "drafted") == made.status
        if made.asked_on:
            assert next(line for line in lines if line.tag.endswith(".ask")).by == second.ref
        if made.status == "published":
            assert next(line for line in lines if line.tag.endswith(".publish")).by != made.recorded_by
        shown = shown_of(ever_public().get(pk=one.pk), TODAY())
        assert (shown.judged.reason == "panel") == (made.status == "published")
