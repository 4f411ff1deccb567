"""What is due stands on the page of the body that owes it, and what readers sent on that of a recommendation."""

import datetime as dt

import pytest
from django.utils import timezone

from evenhand.domains.reviews.actions import evidence
from evenhand.domains.reviews.models import Clock, Recommendation, Review
from evenhand.domains.reviews.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]


def test_the_page_of_a_body_says_what_it_owes_and_what_it_is_asked_to_explain(client):
    made = make.opened()
    page = client.get("/progress/bodies/an-authority/").content.decode()
    assert "Overdue from it" not in page
    assert made.title in page
    make.turn(made, "ask", on=timezone.localdate() - dt.timedelta(days=60))
    Clock.objects.update(due_on=timezone.localdate() - dt.timedelta(days=30))
    page = client.get("/progress/bodies/an-authority/").content.decode()
    assert "Overdue from it" in page
    assert "days overdue" in page


def test_the_page_of_a_recommendation_shows_what_readers_sent_once_it_is_used(client):
    review = Review.objects.create(slug="a-review-2026", title="A review", short="A review")
    one = Recommendation.objects.create(
        review=review, slug="1", number="1", summary="Count searches.", addressed_to="All", status="published"
    )
    here = "/progress/a-review-2026/1/"
    assert "?about=reviews.recommendation%3Aa-review-2026-1" in client.get(here).content.decode()
    sent = evidence.submit(one.ref, "They are counted.")
    sent = evidence.screen(sent, by=make.somebody(), words="They are counted since May.")
    assert "since May" not in client.get(here).content.decode()
    evidence.accept(sent, by=make.somebody(), why="It is the first count.")
    assert "They are counted since May." in client.get(here).content.decode()
