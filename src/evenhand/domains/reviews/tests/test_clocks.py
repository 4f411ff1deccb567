"""Clocks: kept, late or overdue by the day; staff are told once, whoever asks the clockwork how often."""

import datetime as dt
from datetime import UTC

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.accounts.tests.make import person
from evenhand.core.jobs.actions import tick
from evenhand.core.journal.models import Line
from evenhand.core.notices.models import Notice
from evenhand.core.references import Ref
from evenhand.domains.reviews.actions.clocks import CLOCKWORK, end, keep, start
from evenhand.domains.reviews.models import Body, Clock
from evenhand.domains.reviews.queries.clocks import clocks_of, due_soon, kept, overdue
from evenhand.domains.reviews.rules.clocks import days_late, standing
from evenhand.domains.reviews.tasks import chase_what_is_due
from evenhand.domains.reviews.tests import make

REF = Ref("reviews.recommendation", "a-review-1")
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@given(DAYS, st.none() | DAYS, DAYS)
def test_what_is_done_on_the_day_is_kept_and_the_day_after_is_late(due, met, today):
    stands = standing(due, met_on=met, ended_on=None, today=today)
    late = days_late(due, met_on=met, today=today)
    assert (late > 0) == (stands in {"late", "overdue"})
    assert stands in ({"kept", "late"} if met else {"running", "overdue"})


@pytest.mark.django_db
def test_starting_again_ends_what_still_ran():
    first = start(REF, "reply", due_on=dt.date(2026, 5, 1), on=dt.date(2026, 4, 1), by=CLOCKWORK)
    start(REF, "reply", due_on=dt.date(2026, 7, 1), on=dt.date(2026, 5, 2), by=CLOCKWORK)
    first.refresh_from_db()
    assert first.ended_on == dt.date(2026, 5, 2)
    assert [one.met_on for one in keep(REF, "reply", by=CLOCKWORK, on=dt.date(2026, 7, 3))] == [dt.date(2026, 7, 3)]
    assert keep(REF, "reply", by=CLOCKWORK) == []
    assert end(REF, "reply", by=CLOCKWORK) == []
    shown = clocks_of([REF], dt.date(2026, 8, 1))[REF]
    assert [(one.standing, one.days) for one in shown] == [("ended", 0), ("late", 2)]


@pytest.mark.django_db
def test_two_clocks_of_a_kind_never_run_at_once():
    start(REF, "reply", due_on=dt.date(2026, 5, 1), on=dt.date(2026, 4, 1), by=CLOCKWORK)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.create(of=REF, kind="reply", begins_on=dt.date(2026, 4, 1), due_on=dt.date(2026, 5, 1))


@pytest.mark.django_db
def test_what_is_overdue_is_listed_by_body_and_ours_comes_first():
    day = dt.date(2026, 6, 1)
    theirs = {"body": Body.objects.create(slug="ministry-of-justice", name="Ministry of Justice")}
    start(REF, "reply", due_on=dt.date(2026, 5, 1), on=dt.date(2026, 4, 1), by=CLOCKWORK, **theirs)
    start(REF, "promise", due_on=dt.date(2026, 5, 20), on=dt.date(2026, 4, 1), by=CLOCKWORK, **theirs)
    start(REF, "update", due_on=dt.date(2026, 5, 31), on=dt.date(2026, 4, 1), by=CLOCKWORK)
    start(REF, "right-of-reply", due_on=dt.date(2026, 5, 2), on=dt.date(2026, 4, 1), by=CLOCKWORK, **theirs)
    found = overdue(day)
    assert [(one.slug, [clock.days for clock in one.clocks]) for one in found] == [
        ("", [1]),
        ("ministry-of-justice", [31, 12]),
    ]
    assert [one.slug for one in overdue(day, body="ministry-of-justice")] == ["ministry-of-justice"]
    assert overdue(dt.date(2026, 4, 15)) == []
    assert len(due_soon(dt.date(2026, 4, 15), 30)) == 1
    assert kept().all == 0


@pytest.mark.django_db
def test_staff_are_told_once_that_something_is_due_and_once_that_it_is_overdue(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clerk = person("secretariat")
    person("statistics-editor")
    made = make.adopted(ago=0)
    due = Clock.objects.get(of=made.ref, kind="update").due_on

    def at(day, hour=9):
        moment = dt.datetime.combine(day, dt.time(hour), tzinfo=UTC)
        tick(moment, among=(chase_what_is_due,))
        return list(Notice.objects.filter(about=made.ref).values_list("to", "subject"))

    assert at(due - 15 * make.DAY) == []
    soon = at(due - 14 * make.DAY)
    assert [to for to, _subject in soon] == [clerk.email]
    assert soon[0][1].startswith("Due soon:")
    assert at(due) == soon
    late = at(due + make.DAY)
    assert len(late) == 2
    assert any(subject.startswith("Overdue:") for _to, subject in late)
    assert at(due + make.DAY, 10) == at(due + 9 * make.DAY) == late
    assert Line.objects.filter(tag="reviews.clock.overdue", about=made.ref).count() == 1


@pytest.mark.django_db
def test_an_overdue_right_of_reply_is_not_said_to_stand_where_everybody_can_read_it():
    person("secretariat")
    day = dt.date(2026, 5, 2)
    for number, kind in enumerate(("right-of-reply", "promise")):
        about = Ref("reviews.commitment", str(number))
        start(about, kind, due_on=day, on=day - make.DAY, by=CLOCKWORK)
    tick(dt.datetime.combine(day + make.DAY, dt.time(9), tzinfo=UTC), among=(chase_what_is_due,))
    texts = dict(Notice.objects.values_list("about", "text"))
    assert ["everybody can read" in text for _about, text in sorted(texts.items())] == [False, True]
    assert all("It has not come" in text for text in texts.values())


@pytest.mark.django_db
def test_what_was_done_in_time_chases_nobody():
    person("secretariat")
    made = make.adopted(ago=0)
    make.told(made, "met")
    moment = timezone.now() + dt.timedelta(days=400)
    tick(moment, among=(chase_what_is_due,))
    assert not Notice.objects.exists()
