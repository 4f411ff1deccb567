"""Periods stand in time whatever their publisher wrote, and only neighbours of one length are joined."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.datasets.catalogue import loaders
from evenhand.library.datasets.periods import alike, in_order, joined, read_period
from evenhand.library.datasets.store import shipped_content


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024/25", date(2024, 4, 1), date(2025, 3, 31)),
        ("1999/00", date(1999, 4, 1), date(2000, 3, 31)),
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("30 June 2025", date(2025, 6, 30), date(2025, 6, 30)),
        ("June 2008", date(2008, 6, 1), date(2008, 6, 30)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("April to October 2014", date(2014, 4, 1), date(2014, 10, 31)),
        ("1 April 2019 to 22 November 2022", date(2019, 4, 1), date(2022, 11, 22)),
        ("2022/23 to 2024/25", date(2022, 4, 1), date(2025, 3, 31)),
        ("2015 to 2021", date(2015, 1, 1), date(2021, 12, 31)),
        ("August 2025 to July 2026", date(2025, 8, 1), date(2026, 7, 31)),
    ],
)
def test_a_period_runs_over_the_days_that_it_says(text, start, end):
    assert read_period(text) == (start, end)


def test_every_shipped_period_but_one_that_says_nothing_stands_in_time():
    periods = {one.period for loader in loaders() for one in loader.load(shipped_content(loader))}
    lost = {text for text in periods if read_period(text).end == date.min}
    assert lost == {"year not stated"}
    assert all(read_period(text).start <= read_period(text).end for text in periods)


@given(st.randoms())
def test_order_does_not_depend_on_how_they_came(shuffle):
    periods = ["April 2023", "May 2023", "June 2023", "May 2026", "June 2026", "July 2026", "2022/23", "30 June 2025"]
    mixed = periods[:]
    shuffle.shuffle(mixed)
    assert in_order(mixed) == in_order(periods)
    assert in_order(["April 2023", "July 2026", "May 2026"]) == ("April 2023", "May 2026", "July 2026")


def test_years_pooled_stand_before_the_last_of_them_and_not_in_its_line():
    years = ["2024/25", "2022/23", "2022/23 to 2024/25", "2023/24"]
    assert in_order(years) == ("2022/23", "2023/24", "2022/23 to 2024/25", "2024/25")
    assert alike(years) == ("2022/23", "2023/24", "2024/25")
    assert alike([]) == ()


@pytest.mark.parametrize(
    ("before", "after", "yes"),
    [
        ("2022/23", "2023/24", True),
        ("2022/23", "2024/25", False),
        ("2011", "2012", True),
        ("2009", "2016", False),
        ("April 2023", "May 2023", True),
        ("June 2023", "May 2026", False),
        ("30 June 2024", "30 June 2025", True),
        ("31 March 2019", "30 June 2025", False),
    ],
)
def test_only_neighbours_are_joined(before, after, yes):
    assert joined(before, after) is yes


@given(st.randoms())
def test_a_shuffled_list_of_financial_years_is_in_order_again(shuffle):
    years = [f"{year}/{(year + 1) % 100:02d}" for year in range(1990, 2030)]
    mixed = years[:]
    shuffle.shuffle(mixed)
    assert list(in_order(mixed)) == years
    assert list(alike(mixed)) == years
