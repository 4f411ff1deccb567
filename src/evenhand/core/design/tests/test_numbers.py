"""Numbers on a page are rounded as people round them, and never stand for something missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.design import numbers


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0.25, "0.3"), (1.05, "1.1"), (2.5, "2.5"), (3.649, "3.6"), (3.65, "3.7"), (1224.95, "1,225.0")],
)
def test_ratios_are_rounded_half_up_from_what_is_written(number, shown):
    assert numbers.times(number) == shown


def test_something_above_nothing_never_reads_as_nothing():
    assert numbers.times(0.04) == "0.04"
    assert numbers.times(0.0087) == "0.01"
    assert numbers.times(0.96) == "0.96"
    assert numbers.times(1.04) == "1.04"
    assert numbers.times(0.99996) == "1.0"
    assert numbers.times(1) == "1.0"
    assert numbers.times(0) == "0.0"
    assert numbers.times(0.05) == "0.1"


def test_counts_have_commas():
    assert numbers.whole(1224249) == "1,224,249"
    assert numbers.whole(0) == "0"


def test_shares_become_percentages_half_up():
    assert numbers.percent(0.16544) == "16.5%"
    assert numbers.percent(0.0005) == "0.1%"
    assert numbers.percent(0.285, 0) == "29%"


def test_a_minus_sign_is_a_minus_sign_and_nothing_is_never_negative():
    assert numbers.rate(-13.14) == "−13.1"
    assert numbers.rate(-0.01) == "0.0"


def test_a_change_carries_its_sign_and_none_where_it_rounds_to_nothing():
    assert [numbers.change(number) for number in (6824.24, -1056.94)] == ["+6,824", "−1,057"]
    assert {numbers.change(number) for number in (0.4, -0.4, 0)} == {"0"}
    assert [numbers.change(number) for number in (0.5, -0.5)] == ["+1", "−1"]


SHOWS = [numbers.whole, numbers.change, numbers.times, numbers.rate, numbers.percent]


@pytest.mark.parametrize("show", SHOWS)
def test_what_is_missing_shows_nothing(show):
    assert show(None) == ""


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("show", SHOWS)
def test_what_is_no_number_is_refused(show, number):
    with pytest.raises(ValueError, match="None"):
        show(number)


@given(st.floats(min_value=0.05, max_value=1e9))
def test_a_shown_ratio_is_within_half_a_tenth(number):
    assert abs(float(numbers.times(number).replace(",", "")) - number) <= 0.05 + 1e-6
