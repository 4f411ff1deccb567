"""A job that is due is done once a turn, however often and from wherever it is asked for."""

import logging
import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from evenhand.core.accounts.models import SignIn
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.jobs import Daily, Every, Job
from evenhand.core.jobs.actions import MOST_ATTEMPTS, jobs, tick
from evenhand.core.jobs.models import Turn
from evenhand.core.jobs.tasks import forget

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


class Work:
    """Something that can be counted, and can fail."""

    def __init__(self, name="tests.work", rhythm=None, fails=0):
        self.seen, self.fails = [], fails
        self.job = Job(name, "Counts.", rhythm or Daily(time(6)), self)

    def __call__(self, now):
        self.seen.append(now)
        if len(self.seen) <= self.fails:
            raise ZeroDivisionError("no luck")


@pytest.fixture
def quiet():
    logging.getLogger("evenhand.core.jobs.actions").disabled = True
    yield
    logging.getLogger("evenhand.core.jobs.actions").disabled = False


def at(minutes=0, **later):
    return NOW + timedelta(minutes=minutes, **later)


def test_what_is_due_is_done_once_a_turn():
    work = Work()
    assert [outcome.job for outcome in tick(NOW, among=(work.job,))] == [work.job]
    assert tick(NOW, among=(work.job,)) == []
    assert tick(at(days=0, hours=5), among=(work.job,)) == []
    assert tick(at(days=1), among=(work.job,))
    assert work.seen == [NOW, at(days=1)]


def test_a_turn_that_was_missed_is_not_made_up():
    work = Work(rhythm=Every(60))
    tick(NOW, among=(work.job,))
    tick(at(days=3), among=(work.job,))
    assert len(work.seen) == 2


def test_a_clock_that_jumps_back_does_nothing_twice():
    work = Work(rhythm=Every(1))
    for minute in (0, 1, 2, -60, -59, 0, 1, 2):
        tick(at(minute), among=(work.job,))
    assert [int((seen - NOW).total_seconds() / 60) for seen in work.seen] == [0, 1, 2, -60, -59]
    daily = Work(name="tests.daily")
    for minute in (0, -30, 0):
        tick(at(minute), among=(daily.job,))
    assert len(daily.seen) == 1


def test_a_job_that_fails_stops_no_other_and_is_tried_again_each_time_later(quiet):
    broken, sound = Work("tests.a", fails=2), Work("tests.b")
    both = (broken.job, sound.job)
    outcomes = tick(NOW, among=both)
    assert [(one.job.name, one.fault) for one in outcomes] == [
        ("tests.a", "ZeroDivisionError: no luck"),
        ("tests.b", ""),
    ]
    assert tick(NOW, among=both) == []
    assert [one.fault for one in tick(at(1), among=both)] == ["ZeroDivisionError: no luck"]
    assert tick(at(2), among=both) == []
    assert [one.fault for one in tick(at(3), among=both)] == [""]
    assert tick(at(30), among=both) == []
    turn = Turn.objects.get(job="tests.a")
    assert (turn.state, turn.attempts, turn.fault) == (Turn.State.DONE, 3, "")


def test_a_job_that_goes_on_failing_is_left_until_its_next_turn(quiet):
    broken = Work(fails=1000)
    for minute in range(600):
        tick(at(minute), among=(broken.job,))
    assert len(broken.seen) == MOST_ATTEMPTS
    tick(at(days=1), among=(broken.job,))
    assert len(broken.seen) == MOST_ATTEMPTS + 1


def test_a_turn_whose_worker_died_is_taken_by_another_after_a_while():
    work = Work()
    Turn.objects.create(job=work.job.name, turn=work.job.rhythm.turn(NOW), began_at=NOW)
    assert tick(at(59), among=(work.job,)) == []
    assert tick(at(61), among=(work.job,))
    assert len(work.seen) == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_at_once_one_does_it():
    work = Work()
    start = threading.Barrier(4)

    def worker():
        start.wait(10)
        tick(NOW, among=(work.job,))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert work.seen == [NOW]


def test_every_job_of_the_house_says_what_it_does_and_has_a_name_of_its_own():
    found = jobs()
    assert {"jobs.forget", "notices.send_what_waits", "notices.forget"} <= {one.name for one in found}
    assert all(one.says.endswith(".") for one in found)
    assert len({one.name for one in found}) == len(found)


def test_every_job_of_the_house_can_be_done_and_done_again():
    assert [one.fault for one in tick(NOW)] == [""] * len(jobs())
    assert tick(NOW) == []


def test_what_has_run_out_is_forgotten_and_what_has_not_is_kept():
    old, new = signed_in(person()), signed_in(person())
    SignIn.objects.filter(pk=old.session.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    cache.set("old", 1, timeout=60)
    cache.set("new", 1, timeout=10_000)
    Turn.objects.create(job="x", turn="y", began_at=timezone.now() - timedelta(days=40))
    forget(timezone.now() + timedelta(minutes=30))
    assert list(SignIn.objects.values_list("pk", flat=True)) == [new.session.session_key]
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        assert cursor.fetchone() == (1,)
    assert not Turn.objects.filter(job="x").exists()
