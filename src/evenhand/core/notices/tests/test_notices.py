"""A message is written with what it tells of, and is sent: not before, not twice, and whatever mail does meanwhile."""

import logging
import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evenhand.core.errors import NotPossible, Refused
from evenhand.core.notices import actions
from evenhand.core.notices.actions import forget_sent, post, send_due
from evenhand.core.notices.letters import write
from evenhand.core.notices.models import Notice
from evenhand.core.references import Ref

pytestmark = pytest.mark.django_db
TO = "anne@example.org"


class Refusing(EmailBackend):
    """A mail server with moods: what it does with the next messages, in order; None takes one."""

    moods: list = []  # noqa: RUF012

    def open(self):
        if self.moods and isinstance(self.moods[0], ConnectionError):
            raise self.moods.pop(0)

    def send_messages(self, messages):
        mood = self.moods.pop(0) if self.moods else None
        if mood:
            raise mood
        return super().send_messages(messages)


@pytest.fixture
def moods(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    logging.getLogger("evenhand.core.notices.actions").disabled = True
    Refusing.moods = []
    yield Refusing.moods
    logging.getLogger("evenhand.core.notices.actions").disabled = False


@pytest.fixture(autouse=True)
def _letters(settings, tmp_path):
    """A letter of our own, beside those of the house."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "hello.txt").write_text(
        '{% extends "notices/letter.txt" %}{% block subject %}Hello {{ name }}{% endblock %}'
        "{% block text %}Dear {{ name }}, look at {{ link }}{% endblock %}"
    )
    templates = [dict(one) for one in settings.TEMPLATES]
    templates[1]["DIRS"] = [tmp_path]
    settings.TEMPLATES = templates


def hello(name="Anne", **said):
    return post("tests/hello.txt", to=TO, name=name, link="https://evenhand.example/?a=1&b=2", **said)


def later(**after):
    return timezone.now() + timedelta(**after)


def test_a_letter_is_plain_text_with_a_subject_and_nothing_escaped(settings):
    letter = write("tests/hello.txt", {"name": "Anne & <Ben>", "link": "https://x.example/?a=1&b=2"})
    assert letter.subject == "Hello Anne & <Ben>"
    assert letter.text.startswith("Dear Anne & <Ben>, look at https://x.example/?a=1&b=2")
    assert letter.text.endswith(f"Evenhand\n{settings.SITE_URL}\n")


def test_a_name_cannot_add_a_header_or_a_line_to_the_subject():
    letter = write("tests/hello.txt", {"name": "Anne\nBcc: all@example.org", "link": ""})
    assert letter.subject == "Hello Anne"
    assert "\r" not in letter.subject


def test_a_message_is_sent_once_with_an_id_that_stays(settings):
    notice = hello(about=Ref("tests.thing", "1"))
    assert mail.outbox == []
    assert send_due() == 1
    assert send_due() == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([TO], "Hello Anne")
    assert sent.from_email == settings.DEFAULT_FROM_EMAIL
    assert sent.extra_headers["Message-ID"].startswith(f"<{notice.pk}@")
    notice.refresh_from_db()
    assert (notice.sent_at is not None, notice.attempts, notice.about) == (True, 1, Ref("tests.thing", "1"))


def test_a_message_asks_for_its_own_sending():
    hello()
    assert [one.task_path for one in DBTaskResult.objects.all()] == ["evenhand.core.notices.tasks.send"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_takes_its_message_with_it():
    def change():
        with transaction.atomic():
            hello()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not Notice.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert send_due() == 0


def test_while_mail_is_down_nothing_is_lost_and_each_try_comes_later(moods):
    hello()
    hello("Ben")
    moods += [ConnectionRefusedError("down")]
    assert send_due() == 0
    assert [n.attempts for n in Notice.objects.all()] == [1, 1]
    assert send_due() == 0  # not due again yet
    moods += [ConnectionRefusedError("down")]
    assert send_due(later(minutes=2)) == 0
    assert send_due(later(minutes=3)) == 0
    assert send_due(later(minutes=6)) == 2
    assert [one.subject for one in mail.outbox] == ["Hello Anne", "Hello Ben"]
    assert set(Notice.objects.values_list("fault", flat=True)) == {""}


def test_after_six_hours_without_mail_everything_is_sent_within_four(moods):
    hello()
    now = timezone.now()
    for minute in range(360):
        moods[:] = [ConnectionRefusedError("down")]
        send_due(now + timedelta(minutes=minute))
    moods.clear()
    for minute in range(360, 600):
        send_due(now + timedelta(minutes=minute))
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_is_given_up_and_stops_no_other(moods):
    hello()
    hello("Ben")
    moods += [smtplib.SMTPRecipientsRefused({TO: (550, b"no such user")})]
    assert send_due() == 1
    given_up = Notice.objects.get(subject="Hello Anne")
    assert given_up.given_up_at is not None
    assert "550" in given_up.fault
    assert send_due(later(days=1)) == 0


def test_an_address_in_code_is_written_to_by_nobody():
    for code in ("=?utf-8?q?=0a?=@example.com", "=?utf-8?q?victim?=@example.com"):
        with pytest.raises(Refused, match="cannot be written to"):
            post("tests/hello.txt", to=code, name="", link="")


def test_a_message_that_cannot_be_built_is_given_up_and_stops_no_other(moods):
    hello()
    hello("Ben")
    moods += [ValueError("no such header")]
    assert send_due() == 1
    assert Notice.objects.get(subject="Hello Anne").given_up_at is not None


def test_an_address_that_is_refused_for_now_is_tried_again(moods):
    hello()
    moods += [smtplib.SMTPRecipientsRefused({TO: (451, b"later")})]
    assert send_due() == 0
    assert send_due(later(minutes=2)) == 1


def test_a_message_nobody_takes_for_days_is_given_up(moods):
    hello()
    for hour in range(80):
        moods[:] = [ConnectionRefusedError("down")]
        send_due(later(hours=hour))
    assert Notice.objects.get().given_up_at is not None


def test_a_sender_that_died_leaves_its_message_to_another_after_ten_minutes(monkeypatch):
    hello()
    monkeypatch.setattr(actions, "_send", lambda _claimed, _now: 0)  # taken, and then the power went
    send_due()
    monkeypatch.undo()
    assert send_due(later(minutes=9)) == 0
    assert send_due(later(minutes=11)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_senders_at_once_each_message_is_sent_by_one():
    for number in range(120):
        hello(f"number {number}")
    sent, start = [], threading.Barrier(4)

    def sender():
        start.wait(10)
        sent.append(send_due())
        connection.close()

    threads = [threading.Thread(target=sender) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(sent) == 120
    assert len({one.subject for one in mail.outbox}) == len(mail.outbox) == 120


def test_an_address_that_nobody_confirmed_gets_only_so_many_a_day():
    assert [bool(hello(stranger=True)) for _ in range(7)] == [True] * 5 + [False] * 2
    assert post("tests/hello.txt", to="ben@example.org", stranger=True, name="Ben", link="") is not None
    Notice.objects.update(written_at=later(days=-1))
    assert hello(stranger=True) is not None


def test_the_whole_site_writes_only_so_many_to_strangers_in_an_hour(monkeypatch, moods):
    monkeypatch.setattr(actions, "STRANGERS_AN_HOUR", 3)
    for number in range(3):
        post("tests/hello.txt", to=f"n{number}@example.org", stranger=True, name="", link="")
    with pytest.raises(NotPossible, match="Too many messages") as refusal:
        post("tests/hello.txt", to="another@example.org", stranger=True, name="", link="")
    assert refusal.value.status == 503
    assert hello() is not None  # to somebody known, always


def test_what_messages_said_is_forgotten_once_they_are_old_and_sent():
    hello()
    send_due()
    hello("Ben")
    Notice.objects.update(written_at=later(days=-40))
    assert forget_sent(later(days=-30)) == 1
    assert forget_sent(later(days=-30)) == 0
    assert [n.text == "" for n in Notice.objects.order_by("subject")] == [True, False]
    assert Notice.objects.filter(to=TO).count() == 1
