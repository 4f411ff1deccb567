"""One review, recommendation, commitment or difference is followed alone, by an address that said yes."""

import dataclasses
import datetime as dt
import re

import pytest
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.news import Entry
from evenhand.core.notices.models import Notice
from evenhand.core.references import Ref
from evenhand.domains.publishing.actions import alerts
from evenhand.domains.publishing.models import Alert
from evenhand.domains.reviews.models import Review
from evenhand.domains.reviews.tests import make_reviews as make
from evenhand.web.news.streams import news

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
JOB, ADDRESS = machine("alerts"), "reader@example.org"


def entry(key, *topics, of=()):
    about, day = {"topics": topics}, dt.date(2026, 11, 1)
    made = Entry(f"test/{key}", "Article", f"Title {key}", "A summary.", f"/news/{key}/", day, about)
    return dataclasses.replace(made, of=tuple(map(Ref.read, of)))


def ask(client, query="", **given):
    """Ask by the form, and return the path of the link in the message."""
    response = client.post(f"/news/alerts/{query}", {"email": ADDRESS, **given})
    assert (response.status_code, response.headers["Location"]) == (302, "/news/alerts/?asked=yes")
    return re.search(r"http://[^/]+(/news/alerts/confirm/\S+)", Notice.objects.latest("written_at").text)[1]


@pytest.fixture
def things():
    """Two things that news can be asked of one by one."""
    reviews = [Review.objects.create(slug=slug, title=slug.title(), short=slug, status="published") for slug in "xy"]
    return [str(one.ref) for one in reviews]


def test_one_thing_is_followed_alone_and_the_page_and_the_letter_say_which(client, things):
    page = client.get(f"/news/alerts/?of={things[0]}").content.decode()
    assert "You will be told of what is new of:" in page
    assert "<li>X</li>" in page
    link = ask(client, f"?of={things[0]}")
    assert "What is new of: X" in Notice.objects.get().text
    assert client.post(link).status_code == 200
    now = timezone.now()
    alerts.tell([entry("before", of=things)], now, by=JOB)
    fresh = [entry("mine", "prisons", of=things[:1]), entry("theirs", of=things[1:]), entry("else")]
    assert alerts.tell(fresh, now + dt.timedelta(days=1), by=JOB) == 1
    message = Notice.objects.get(subject="Title mine")
    assert "/news/theirs/" not in message.text


def test_what_is_followed_is_added_to_topics_and_to_what_is_followed_already(client, things):
    client.post(ask(client, topics=["prisons"]))
    for ref in things:
        client.post(ask(client, f"?of={ref}"))
    alert = Alert.objects.get()
    assert (alert.topics, alert.follows) == (("prisons",), things)
    # Whoever hears of everything hears of each thing, and is not made to hear less by following one.
    client.post(ask(client))
    assert Alert.objects.get().hears_all
    assert "told already" in client.post(ask(client, f"?of={things[0]}")).content.decode()
    assert Alert.objects.get().hears_all


@pytest.mark.parametrize("text", ["reviews.review:nothing", "accounts.person:1", "%00", "a b"])
def test_what_cannot_be_followed_is_refused_in_words(client, text):
    for response in (
        client.get(f"/news/alerts/?of={text}"),
        client.post(f"/news/alerts/?of={text}", {"email": "a@b.uk"}),
    ):
        assert response.status_code == 404
        assert "nothing of that name to follow" in response.content.decode()
    assert not Alert.objects.exists()


def test_whoever_follows_a_recommendation_is_told_of_its_answer(client):
    one = make.recommendation()
    client.post(ask(client, f"?of={one.ref}"))
    alerts.tell(news({}), timezone.now(), by=JOB)
    make.answered(one)
    make.answered(make.recommendation())
    assert alerts.tell(news({}), timezone.now() + dt.timedelta(days=1), by=JOB) == 1
    letter = Notice.objects.latest("written_at").text
    assert "They will." in letter
    assert letter.count("/progress/review-") == 1
