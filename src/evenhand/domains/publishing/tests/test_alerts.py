"""Nobody is written to who has not said yes by a button; nobody hears twice; one click ends it and forgets."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.errors import NotPossible
from evenhand.core.journal.models import Line
from evenhand.core.news import Entry
from evenhand.core.notices.actions import send_due
from evenhand.core.notices.models import Notice
from evenhand.domains.publishing.actions import alerts
from evenhand.domains.publishing.models import Alert

pytestmark = pytest.mark.django_db
JOB = machine("alerts")
ADDRESS = "reader@example.org"


def entry(key, *topics):
    about = {"topics": topics}
    return Entry(f"test/{key}", "Article", f"Title {key}", "A summary.", f"/news/{key}/", dt.date(2026, 11, 1), about)


def asked(client, *topics):
    """Ask by the form, and return the path of the link in the message."""
    response = client.post("/news/alerts/", {"email": ADDRESS, "topics": topics})
    assert (response.status_code, response.headers["Location"]) == (302, "/news/alerts/?asked=yes")
    return re.search(r"http://[^/]+(/news/alerts/confirm/\S+)", Notice.objects.latest("written_at").text)[1]


@pytest.fixture
def confirmed(client):
    client.post(asked(client, "prisons"))
    return Alert.objects.get()


def told():
    return (
        Notice.objects.filter(subject__contains="Title").count()
        + Notice.objects.filter(subject__contains="new things").count()
    )


def test_asking_sends_a_link_and_opening_it_changes_nothing(client):
    link = asked(client)
    assert client.get(link).status_code == 200
    assert Alert.objects.get().confirmed_at is None
    assert alerts.tell([entry("a")], timezone.now(), by=JOB) == 0


def test_the_button_confirms_once(client):
    link = asked(client, "prisons", "faith")
    assert client.post(link).status_code == 200
    alert = Alert.objects.get()
    assert alert.confirmed_at
    assert set(alert.topics) == {"prisons", "faith"}
    again = client.post(link)
    assert again.status_code == 409
    assert "has been used" in again.content.decode()


def test_asking_for_an_address_that_is_confirmed_looks_the_same_and_changes_nothing(client, confirmed):
    before = client.get("/news/alerts/?asked=yes").content
    asked(Client(), "faith")
    assert Client().get("/news/alerts/?asked=yes").content == before
    confirmed.refresh_from_db()
    assert confirmed.topics == ("prisons",)


def test_a_link_that_is_too_old_or_not_ours_is_refused_in_words(client, monkeypatch):
    link = asked(client)
    refused = client.post(link[:-5] + "xxxx/")
    assert refused.status_code == 409
    assert "not complete" in refused.content.decode()
    monkeypatch.setattr(alerts, "WAITING", dt.timedelta(seconds=-1))
    assert "older than a week" in client.post(link).content.decode()
    assert Alert.objects.get().confirmed_at is None


def test_only_what_is_new_and_asked_for_is_told_and_only_once(confirmed):
    now = timezone.now()
    alerts.tell([entry("old", "prisons")], now, by=JOB)
    assert told() == 0
    news = [entry("old", "prisons"), entry("new", "prisons"), entry("other", "faith")]
    later = now + dt.timedelta(days=1)
    assert alerts.tell(news, later, by=JOB) == 1
    assert alerts.tell(news, later, by=JOB) == 0
    assert alerts.tell(news, later + dt.timedelta(days=1), by=JOB) == 0
    message = Notice.objects.get(subject="Title new")
    assert "/news/new/" in message.text
    assert "/news/other/" not in message.text


def test_every_message_ends_by_one_click_of_a_mail_program(confirmed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    now = timezone.now()
    alerts.see([entry("old")], now)
    alerts.tell([entry("fresh", "prisons")], now + dt.timedelta(days=1), by=JOB)
    send_due(now + dt.timedelta(days=2))
    sent = next(one for one in mail.outbox if "Title" in one.subject)
    link = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link.removeprefix(settings.SITE_URL)
    program = Client(enforce_csrf_checks=True)
    assert program.get(path).status_code == 200
    assert Alert.objects.exists()
    for _twice in range(2):
        assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists()


def test_the_journal_never_holds_an_address(client, confirmed):
    lines = list(Line.objects.filter(tag__startswith="publishing.alert"))
    assert {line.tag for line in lines} == {"publishing.alert.ask", "publishing.alert.confirm"}
    assert ADDRESS not in str([(line.details, str(line.about), str(line.by)) for line in lines])


def test_an_address_that_nobody_confirms_is_forgotten_in_a_week(client):
    asked(client)
    now = timezone.now()
    assert alerts.forget_unconfirmed(now + dt.timedelta(days=6), by=JOB) == 0
    assert alerts.forget_unconfirmed(now + dt.timedelta(days=8), by=JOB) == 1
    assert not Alert.objects.exists()


def test_a_stranger_is_not_flooded(client):
    for _attempt in range(8):
        client.post("/news/alerts/", {"email": ADDRESS})
    assert Notice.objects.filter(to=ADDRESS).count() == 5


def test_a_wrong_address_or_topic_is_said_at_its_field(client):
    response = client.post("/news/alerts/", {"email": "nobody", "topics": ["zebra"]})
    page = response.content.decode()
    assert response.status_code == 400
    assert "There is a problem" in page
    assert 'aria-invalid="true"' in page
    assert not Alert.objects.exists()


def test_an_ended_alert_cannot_be_confirmed_by_an_old_link(client):
    link = asked(client)
    Alert.objects.all().delete()
    with pytest.raises(NotPossible):
        alerts.confirm(link.split("/")[-2], by=JOB)
