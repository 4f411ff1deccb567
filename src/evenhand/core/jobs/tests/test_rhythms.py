"""A turn has one name for as long as it lasts, whatever the clock on the wall does."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.jobs import Daily, Every
from evenhand.core.jobs.rhythms import LONDON

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "turn"),
    [
        ("2026-11-23 00:00:00", "2026-11-23 00:00"),
        ("2026-11-23 00:14:59", "2026-11-23 00:00"),
        ("2026-11-23 00:15:00", "2026-11-23 00:15"),
        ("2026-11-23 23:59:59", "2026-11-23 23:45"),
    ],
)
def test_a_turn_each_quarter_of_an_hour(moment, turn):
    assert Every(15).turn(utc(moment)) == turn


@pytest.mark.parametrize("minutes", [0, -1, 7, 1441])
def test_a_rhythm_that_does_not_divide_the_day_is_refused(minutes):
    with pytest.raises(ValueError, match="do not divide a day"):
        Every(minutes)


@pytest.mark.parametrize(
    ("moment", "turn"),
    [
        ("2026-11-23 06:59:59", "2026-11-22"),  # winter: London is at UTC
        ("2026-11-23 07:00:00", "2026-11-23"),
        ("2026-07-01 05:59:59", "2026-06-30"),  # summer: an hour ahead
        ("2026-07-01 06:00:00", "2026-07-01"),
        ("2028-02-29 07:00:00", "2028-02-29"),
        ("2026-12-31 23:59:00", "2026-12-31"),
        ("2027-01-01 06:59:00", "2026-12-31"),
    ],
)
def test_a_turn_each_day_at_seven_in_london(moment, turn):
    assert Daily(time(7)).turn(utc(moment)) == turn


@pytest.mark.parametrize("at", [time(0, 30), time(1, 30), time(2, 30), time(23, 59)])
@pytest.mark.parametrize("start", ["2026-03-28 00:00", "2026-10-24 00:00"])
def test_when_the_clocks_change_each_day_has_one_turn_and_none_comes_back(at, start):
    moments = [utc(start) + timedelta(minutes=5 * step) for step in range(3 * 24 * 12)]
    turns = [Daily(at).turn(moment) for moment in moments]
    # An hour that comes twice may show yesterday's turn again, which was taken; a new one never comes twice.
    firsts = list(dict.fromkeys(turns))
    days = [date.fromisoformat(turn) for turn in firsts]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert len(days) >= 3


@given(MOMENTS, st.times())
def test_a_daily_turn_is_never_of_a_time_to_come(moment, at):
    local = moment.astimezone(LONDON)
    day = datetime.fromisoformat(Daily(at).turn(moment)).date()
    assert (day, at) <= (local.date(), local.time())
    assert local.date() - day <= timedelta(days=1)


@given(MOMENTS, st.sampled_from([1, 5, 15, 60, 1440]))
def test_a_turn_by_minutes_lasts_so_long(moment, minutes):
    every = Every(minutes)
    began = utc(every.turn(moment))
    assert began <= moment < began + timedelta(minutes=minutes)
    assert every.turn(began) == every.turn(moment)
    assert every.turn(began - timedelta(seconds=1)) != every.turn(moment)


def test_a_rhythm_says_what_it_is():
    assert [str(one) for one in (Every(1), Every(15), Daily(time(3, 20)))] == [
        "every minute",
        "every 15 minutes",
        "daily at 03:20",
    ]
