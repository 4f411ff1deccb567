"""Working days skip weekends and bank holidays, and months that are too short end a day earlier."""

import datetime as dt

import pytest

from evenhand.library.calendar import (
    UnknownYear,
    bank_holidays,
    is_working_day,
    months_after,
    working_days_after,
    years,
)

DAY = dt.date


def test_ten_working_days_from_the_eve_of_christmas_skip_weekends_and_three_holidays():
    # 25 and 28 December (the substitute for the 26th, a Saturday) and 1 January are bank holidays.
    assert working_days_after(DAY(2026, 12, 24), 10) == DAY(2027, 1, 12)


def test_the_day_itself_is_not_counted():
    assert working_days_after(DAY(2026, 11, 23), 1) == DAY(2026, 11, 24)
    assert working_days_after(DAY(2026, 11, 27), 1) == DAY(2026, 11, 30)


def test_every_year_has_its_eight_holidays_and_the_years_of_an_event_one_more():
    first, last = years()
    for year in range(first, last + 1):
        found = [day for day in bank_holidays() if day.year == year]
        assert len(found) == {2022: 10, 2023: 9}.get(year, 8), year
        assert all(day.weekday() < 5 for day in found)


def test_days_set_by_proclamation_are_in_the_table():
    for day in (DAY(2020, 5, 8), DAY(2022, 6, 3), DAY(2022, 9, 19), DAY(2023, 5, 8)):
        assert not is_working_day(day)
    assert is_working_day(DAY(2020, 5, 4))


def test_a_year_that_is_not_in_the_table_is_not_guessed():
    with pytest.raises(UnknownYear, match="add those of"):
        working_days_after(DAY(years()[1], 12, 30), 5)
    with pytest.raises(ValueError, match="lead nowhere"):
        working_days_after(DAY(2026, 1, 5), 0)


def test_a_quarter_is_three_months_and_short_months_end_sooner():
    assert months_after(DAY(2026, 11, 23), 3) == DAY(2027, 2, 23)
    assert months_after(DAY(2026, 11, 30), 3) == DAY(2027, 2, 28)
    assert months_after(DAY(2026, 12, 5), 12) == DAY(2027, 12, 5)
