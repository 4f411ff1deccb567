"""A listing is asked about in time, answered once, marked and hidden when nobody answers; nothing is sent twice."""

import datetime as dt
import re
import threading

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from evenhand.core.errors import NotPossible
from evenhand.core.journal.queries import lines_about
from evenhand.core.notices.actions import send_due
from evenhand.core.notices.models import Notice
from evenhand.domains.directory.actions import checks
from evenhand.domains.directory.actions.checks import age, answer, ask, ask_who_is_due
from evenhand.domains.directory.actions.reports import report
from evenhand.domains.directory.models import Confirmation, Report, Service
from evenhand.domains.directory.queries import listed_services
from evenhand.domains.directory.rules import CLOCK
from evenhand.domains.directory.tests import make

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TODAY = NOON.date()


def days_ago(days):
    return TODAY - dt.timedelta(days=days)


def letters(service):
    return Notice.objects.filter(about=service.ref, subject__contains="still right")


def link_of(notice):
    return re.search(r"/directory/check/\S+", notice.text)[0]


@pytest.mark.parametrize(
    ("age_in_days", "state"),
    [(0, "checked"), (91, "checked"), (92, "due"), (121, "due"), (122, "stale"), (364, "stale"), (365, "hidden")],
)
def test_a_check_lasts_three_months_is_marked_after_four_and_hidden_after_a_year(age_in_days, state):
    assert CLOCK.freshness(days_ago(age_in_days), TODAY) == state
    assert CLOCK.freshness(None, TODAY) == "never"


def test_nobody_is_asked_before_the_eightieth_day_and_everybody_once_then():
    early, due = make.service(checked=days_ago(79)), make.service(checked=days_ago(80))
    assert ask_who_is_due(NOON) == 1
    assert ask_who_is_due(NOON) == 0
    assert not letters(early).exists()
    assert letters(due).count() == 1


def test_chasers_follow_and_each_step_is_taken_once_however_often_the_clock_is_asked():
    service = make.service(checked=days_ago(80))
    for day in range(0, 300, 1):
        ask_who_is_due(NOON + dt.timedelta(days=day))
    assert [one.step for one in service.confirmations.order_by("step")] == [0, 1, 2, 3]
    assert letters(service).count() == 4


def test_steps_that_were_missed_are_not_made_up():
    service = make.service(checked=days_ago(120))
    assert ask_who_is_due(NOON) == 1
    assert service.confirmations.get().step == 2


def test_the_same_question_cannot_be_asked_twice_even_at_the_same_time():
    service = make.service(checked=days_ago(80))
    assert ask(service, step=0, now=NOON) is not None
    assert ask(service, step=0, now=NOON) is None
    assert letters(service).count() == 1


def test_mail_that_is_down_loses_nothing(settings):
    service = make.service(checked=days_ago(80))
    ask_who_is_due(NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_due() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(timezone.now() + dt.timedelta(hours=1)) >= 1
    sent = [one for one in mail.outbox if "still right" in one.subject]
    assert [one.to for one in sent] == [["keeper@example.org"]]
    assert ask_who_is_due(NOON) == 0
    assert service.confirmations.count() == 1


def test_looking_at_the_link_answers_nothing_and_one_button_does():
    service = make.service(checked=timezone.localdate() - dt.timedelta(days=81))
    ask_who_is_due(timezone.now())
    url = link_of(letters(service).get())
    client = Client()
    for method in ("get", "head", "get"):
        assert getattr(client, method)(url).status_code == 200
    assert service.confirmations.get().used_at is None
    assert "Gateway Mentoring" in client.get(url).content.decode()
    edited = service.edited_at
    assert client.post(url, {"answer": "right"}).status_code == 200
    service.refresh_from_db()
    assert service.assured_on == timezone.localdate()
    assert service.assured_by == service.organisation.ref
    assert service.edited_at == edited
    assert service.confirmations.get().answer == "right"


def test_a_link_is_answered_once_and_the_digest_alone_is_kept():
    service = make.service(checked=days_ago(80))
    ask_who_is_due(NOON)
    url = link_of(letters(service).get())
    token = url.rstrip("/").rpartition("/")[2]
    question = service.confirmations.get()
    assert token not in str(question.__dict__)
    answer(question, "right", now=NOON)
    with pytest.raises(NotPossible, match="answered already"):
        answer(question, "closed", now=NOON)
    page = Client().post(url, {"answer": "closed"})
    assert page.status_code == 200
    assert "answered" in page.content.decode()
    service.refresh_from_db()
    assert service.status == "listed"


def test_an_answer_ends_every_other_open_link():
    service = make.service(checked=days_ago(110))
    first = ask(service, step=0, now=NOON)
    second = ask(service, step=1, now=NOON)
    answer(second, "right", now=NOON)
    with pytest.raises(NotPossible, match="run out"):
        answer(first, "closed", now=NOON + dt.timedelta(seconds=1))


def test_a_link_runs_out_and_an_unknown_one_is_nothing():
    service = make.service(checked=days_ago(80))
    question = ask(service, step=0, now=NOON)
    with pytest.raises(NotPossible, match="run out"):
        answer(question, "right", now=NOON + dt.timedelta(days=60))
    assert Client().get("/directory/check/nothing-of-ours/").status_code == 404


def test_who_says_that_something_changed_says_what_and_the_check_does_not_move():
    service = make.service(checked=timezone.localdate() - dt.timedelta(days=80))
    ask_who_is_due(timezone.now())
    url = link_of(letters(service).get())
    assert "Say in a few words" in Client().post(url, {"answer": "changed"}).content.decode()
    Client().post(url, {"answer": "changed", "words": "We moved."})
    report = Report.objects.get()
    assert (report.words, report.from_keeper, report.email) == ("We moved.", True, "keeper@example.org")
    before = service.assured_on
    service.refresh_from_db()
    assert service.assured_on == before


def test_who_says_that_it_closed_closes_it():
    service = make.service(checked=days_ago(80))
    answer(ask(service, step=0, now=NOON), "closed", now=NOON)
    service.refresh_from_db()
    assert service.status == "closed"
    assert service not in listed_services(TODAY)


def test_what_nobody_checks_is_marked_then_hidden_and_a_check_brings_it_back():
    service = make.service(checked=days_ago(121))
    assert age(NOON) == 0
    assert age(NOON + dt.timedelta(days=1)) == 1
    assert age(NOON + dt.timedelta(days=1)) == 0
    service.refresh_from_db()
    assert service.status == "stale"
    assert age(NOON + dt.timedelta(days=244)) == 1
    service.refresh_from_db()
    assert service.status == "hidden"
    assert Notice.objects.filter(about=service.ref, subject__contains="no longer shown").count() == 1
    question = ask(service, step=9, now=NOON)
    answer(question, "right", now=NOON)
    service.refresh_from_db()
    assert service.status == "listed"


def test_nothing_over_a_year_is_shown_even_if_no_clock_has_run():
    service = make.service(checked=days_ago(365))
    assert service.status == "listed"
    assert service not in listed_services(TODAY)
    assert service in listed_services(days_ago(1))


def test_what_has_no_address_is_not_asked_and_stops_nobody():
    silent = make.service(checked=days_ago(90), keeper_email="", email="")
    asked = make.service(checked=days_ago(90))
    assert ask_who_is_due(NOON) == 1
    assert not Confirmation.objects.filter(service=silent).exists()
    assert letters(asked).exists()


def test_nobody_is_asked_about_a_service_of_an_organisation_that_closed():
    service = make.service(checked=days_ago(80))
    service.organisation.closed_on = TODAY
    service.organisation.save()
    assert ask_who_is_due(NOON) == 0


def test_the_same_words_from_two_addresses_are_two_reports_and_both_are_told():
    service = make.service()
    said = {"words": "Nobody picks up the telephone.", "by": make.BY}
    first = report(service, "contact", email="anne@example.org", **said)
    second = report(service, "contact", email="ben@example.org", **said)
    assert first != second
    assert report(service, "contact", email="ben@example.org", **said) == second
    assert report(service, "contact", **said) in (first, second)


def test_the_journal_says_who_asked_and_who_answered():
    service = make.service(checked=days_ago(80))
    answer(ask(service, step=0, now=NOON), "right", now=NOON)
    tags = [line.tag for line in lines_about(service.ref)]
    assert tags[:3] == ["directory.listing.confirm", "directory.check.answer", "directory.check.ask"]


def expired_link():
    """A question of 90 days ago, whose link has run out, and its address."""
    service = make.service(checked=timezone.localdate() - dt.timedelta(days=170))
    ask(service, step=0, now=timezone.now() - dt.timedelta(days=90))
    return service, link_of(letters(service).get())


def test_whoever_holds_a_link_that_ran_out_can_have_a_new_one_sent_to_the_address_of_the_listing():
    service, url = expired_link()
    Service.objects.filter(pk=service.pk).update(keeper_email="new@example.org")
    client = Client()
    assert f'action="{url}renew"' in client.get(url).content.decode()
    page = client.post(f"{url}renew").content.decode()
    assert "A new link is on its way" in page
    assert "new@example.org" not in page
    fresh = letters(service).get(to="new@example.org")
    assert client.post(link_of(fresh), {"answer": "right"}).status_code == 200
    service.refresh_from_db()
    assert service.assured_on == timezone.localdate()


def test_a_new_link_is_sent_once_a_day_and_never_for_what_was_answered_or_is_closed():
    service, url = expired_link()
    client = Client()
    client.post(f"{url}renew")
    assert "A new link was sent already" in client.post(f"{url}renew").content.decode()
    assert letters(service).count() == 2
    fresh = service.confirmations.get(renews__isnull=False)
    answer(fresh, "closed", now=timezone.now())
    assert "is not one that can be confirmed" in client.post(f"{url}renew").content.decode()
    assert letters(service).count() == 2
    assert client.get(f"{url}renew").status_code == 405
    assert client.post("/directory/check/nothing-of-ours/renew").status_code == 404


def test_a_renewed_link_does_not_keep_the_clock_from_asking_in_its_turn():
    service, url = expired_link()
    Client().post(f"{url}renew")
    later = timezone.now() + dt.timedelta(days=170)
    assert service.confirmations.filter(step__gt=0).count() == 0
    assert ask_who_is_due(later) == 1


def answered_at_once(service):
    """Four who press the button of one link at once: how many were told that they answered."""
    question = ask(service, step=0, now=timezone.now())
    done, start = [], threading.Barrier(4)

    def press():
        try:
            mine = Confirmation.objects.get(pk=question.pk)
            start.wait(10)
            answer(mine, "changed", words=f"We moved {threading.get_ident()}", now=timezone.now())
            done.append(True)
        except NotPossible:
            done.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done.count(True)


@pytest.mark.django_db(transaction=True)
def test_of_four_clicks_on_one_link_at_once_one_answers():
    for _ in range(3):
        service = make.service(checked=timezone.localdate() - dt.timedelta(days=81))
        assert answered_at_once(service) == 1
        assert Report.objects.filter(service=service).count() == 1
        assert [line.tag for line in lines_about(service.ref)].count("directory.check.answer") == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_more_than_one_click_answers(monkeypatch):
    """The control: were this to pass with one, the race above would prove nothing."""
    monkeypatch.setattr(checks, "_locked", lambda question: question)
    service = make.service(checked=timezone.localdate() - dt.timedelta(days=81))
    assert answered_at_once(service) > 1
