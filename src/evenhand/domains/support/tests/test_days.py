"""The ledger of days: quarters, who may write what, opposite lines, and an award that is never exceeded."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.queries import lines_about
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.models import Agreement, Application, DayEntry, Engagement, Round
from evenhand.domains.support.rules.days import FOLLOW_UP, BadDays, at_half, days, fits, quarters, written
from evenhand.domains.support.tests import engaging as make
from evenhand.library.calendar import months_after


@given(st.integers(1, 400))
def test_days_in_quarters_are_read_back_as_they_were(count):
    assert quarters(days(count)) == count
    assert quarters(str(days(count))) == count
    assert quarters(float(days(count))) == count


@pytest.mark.parametrize("bad", [0, -1, "0.3", 0.1, "", "one", "nan", "inf", "1e-3", Decimal("-0.25")])
def test_what_is_no_number_of_quarters_is_refused(bad):
    with pytest.raises(BadDays):
        quarters(bad)


def test_days_are_written_as_people_write_them():
    said = {0: "0", 1: "¼", 2: "½", 4: "1", 10: "2½", 7: "1¾", -4: "−1", -1: "−¼"}
    assert {count: written(count) for count in said} == said


def test_half_and_the_end_are_where_they_should_be():
    assert [at_half(20, used) for used in (9, 10)] == [False, True]
    assert [fits(20, 18, asked) for asked in (0, 2, 3)] == [False, True, False]


def test_six_months_later_is_a_day_that_there_is():
    assert months_after(dt.date(2027, 8, 31), FOLLOW_UP) == dt.date(2028, 2, 29)
    assert months_after(dt.date(2026, 11, 23), FOLLOW_UP) == dt.date(2027, 5, 23)


@pytest.fixture
def world(db):
    return make.world()


def test_the_consultant_records_and_the_organisation_confirms(world):
    entry = world.record("1")
    assert world.fresh().days_used == 1
    assert (world.engagement.quarters_confirmed, world.engagement.days_left) == (0, 4)
    ledger.confirm(entry, by=world.owner)
    ledger.confirm(entry, by=world.owner)
    assert world.fresh().quarters_confirmed == 4
    assert Agreement.objects.count() == 1
    tags = [line.tag for line in lines_about(world.engagement.ref)]
    assert tags[:2] == ["support.day.confirm", "support.day.record"]


def test_days_cannot_be_overspent(world):
    for ago in range(1, 5):
        world.record(1, ago=ago)
    with pytest.raises(Refused, match="quarters"):
        world.record("0.3", ago=6)
    world.record("0.75", ago=6)
    with pytest.raises(NotPossible, match="¼ days are left"):
        world.record("0.5", ago=7)
    world.record("0.25", ago=7)
    with pytest.raises(NotPossible):
        world.record("0.25", ago=8)
    assert world.fresh().days_left == 0


def test_the_table_itself_refuses_a_sixth_day(world):
    mine = Engagement.objects.filter(pk=world.engagement.pk)
    for wrong in (
        {"quarters_used": 21},
        {"quarters_used": -1},
        {"quarters_used": 2, "quarters_confirmed": 3},
        {"quarters_used": 3, "quarters_confirmed": 2, "quarters_invoiced": 3},
        {"quarters_awarded": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(**wrong)
    mine.update(quarters_used=20, quarters_confirmed=20, quarters_invoiced=20)


def test_a_line_is_taken_back_by_its_opposite_once(world):
    entry = world.record(1)
    opposite = ledger.correct(entry, by=world.helper, why="It was the week before.")
    assert (opposite.quarters, opposite.corrects) == (-4, entry)
    assert ledger.correct(entry, by=world.owner, why="Again.") == opposite
    assert world.fresh().quarters_used == 0
    assert DayEntry.objects.count() == 2
    with pytest.raises(NotPossible, match="nothing to confirm"):
        ledger.confirm(entry, by=world.owner)
    with pytest.raises(NotPossible, match="record the days anew"):
        ledger.correct(opposite, by=world.officer, why="No.")


def test_what_was_confirmed_is_taken_back_by_an_officer_alone(world):
    entry = world.record(1)
    ledger.confirm(entry, by=world.owner)
    for by in (world.helper, world.owner):
        with pytest.raises(NotAllowed):
            ledger.correct(entry, by=by, why="No.")
    ledger.correct(entry, by=world.officer, why="Both say that it was cancelled.")
    assert (world.fresh().quarters_used, world.engagement.quarters_confirmed) == (0, 0)


def test_nobody_else_records_or_confirms(world):
    other = make.world()
    with pytest.raises(NotAllowed):
        world.record(1, by=other.helper)
    with pytest.raises(NotAllowed):
        world.record(1, by=world.officer)
    entry = world.record(1)
    for by in (other.owner, world.helper, world.officer):
        with pytest.raises(NotAllowed):
            ledger.confirm(entry, by=by)


def test_a_form_sent_twice_is_one_line(world):
    key = uuid4()
    assert world.record(1, key=key) == world.record(1, key=key)
    assert world.fresh().quarters_used == 4
    other = make.world()
    with pytest.raises(Refused, match="another engagement"):
        other.record(1, key=key)


def test_no_more_than_one_day_is_recorded_for_one_day_nor_ahead_nor_before_the_brief(world):
    world.record("0.75")
    with pytest.raises(Refused, match="one day"):
        world.record("0.5")
    with pytest.raises(Refused, match="once it is over"):
        world.record(1, ago=-1)
    with pytest.raises(Refused, match="before the brief"):
        world.record(1, ago=31)


def test_training_is_booked_against_the_same_award_by_an_officer(world):
    today = timezone.localdate()
    with pytest.raises(NotAllowed):
        ledger.book_training(world.engagement, by=world.helper, days=1, on=today, note="Course")
    entry = ledger.book_training(world.engagement, by=world.officer, days="4.5", on=today, note="Course")
    assert entry.kind == DayEntry.Kind.TRAINING
    with pytest.raises(NotPossible):
        world.record("0.75")
    ledger.confirm(entry, by=world.owner)
    assert (world.fresh().quarters_used, world.engagement.quarters_confirmed) == (18, 0)


def test_an_award_is_raised_by_an_officer_with_a_reason(world):
    with pytest.raises(NotAllowed):
        ledger.raise_award(world.engagement, by=world.owner, days=6, why="We want more.")
    with pytest.raises(Refused, match="Say why"):
        ledger.raise_award(world.engagement, by=world.officer, days=6, why=" ")
    with pytest.raises(Refused, match="higher number"):
        ledger.raise_award(world.engagement, by=world.officer, days=4, why="Less.")
    raised = ledger.raise_award(world.engagement, by=world.officer, days="5.5", why="The board was elected anew.")
    assert raised.days_awarded == Decimal("5.5")
    assert lines_about(raised.ref)[0].details["why"] == "The board was elected anew."


def test_an_award_is_opened_once_and_only_for_what_was_accepted(db):
    by, asked = make.officer(), make.application()
    assert ledger.open_engagement(asked, by=by, days=5) == ledger.open_engagement(asked, by=by, days=5)
    other = make.application()
    type(other).objects.filter(pk=other.pk).update(status="offered")
    with pytest.raises(NotPossible, match="accepted the offer"):
        ledger.open_engagement(other, by=by, days=5)
    with pytest.raises(NotAllowed):
        ledger.open_engagement(other, by=make.owner_of(other.organisation), days=5)
    with pytest.raises(Refused):
        ledger.open_engagement(make.application(), by=by, days=500)


def test_at_half_it_is_time_to_look_back(world):
    for ago in (1, 2):
        world.record(1, ago=ago)
    assert world.fresh().status == "in-progress"
    world.record("0.5", ago=3)
    assert world.fresh().status == "review"
    world.record("0.5", ago=4)
    assert world.fresh().days_used == 3


def test_half_days_with_two_organisations_fill_one_day_and_no_more(world):
    other = make.world(at="matching")
    other.consultant, other.helper = world.consultant, world.helper
    other.to("in-progress")
    first = world.record("0.5", ago=3)
    other.record("0.5", ago=3)
    with pytest.raises(Refused, match="No more than one day"):
        other.record("0.25", ago=3)
    other.record("0.25", ago=4)
    ledger.correct(first, by=world.helper, why="It was the day before.")
    assert other.record("0.5", ago=3).quarters == 2


def test_two_consultants_who_follow_each_other_may_both_work_on_one_day(world):
    world.record("1", ago=3)
    world.step("rematch", world.owner)
    world.consultant = make.consultant()
    world.helper = make.self_of(world.consultant)
    world.to("in-progress")
    assert world.record("1", ago=3).quarters == 4


def test_a_raised_award_is_what_everybody_reads(world):
    raised = ledger.raise_award(world.engagement, by=world.officer, days="6.5", why="The funder agreed.")
    assert raised.days_awarded == Application.objects.get(pk=raised.application_id).days_awarded == Decimal("6.5")


def test_no_award_is_raised_beyond_what_the_round_has_left(world):
    Round.objects.update(available=Decimal(6))
    with pytest.raises(NotPossible, match="The round has 1 day left"):
        ledger.raise_award(world.engagement, by=world.officer, days="6.25", why="Agreed.")
    assert world.fresh().days_awarded == 5
    assert ledger.raise_award(world.engagement, by=world.officer, days=6, why="Agreed.").days_awarded == 6
