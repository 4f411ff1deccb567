import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.library.statistics import changes, rate_ratio, ratio_of_ratios, segments

SEARCHES = ([10, 20, 30, 40], [1000] * 4, [100, 100, 100, 50], [10000] * 4)


def test_a_series_is_cut_before_each_break():
    assert segments(5) == (slice(0, 5),)
    assert segments(5, [4, 2]) == (slice(0, 2), slice(2, 4), slice(4, 5))
    assert segments(0) == ()


@given(st.integers(2, 30), st.data())
def test_segments_cover_the_series_once_and_in_order(years, data):
    breaks = data.draw(st.sets(st.integers(1, years - 1)))
    pieces = segments(years, breaks)
    assert [year for piece in pieces for year in range(years)[piece]] == list(range(years))
    assert len(pieces) == len(breaks) + 1


@pytest.mark.parametrize("outside", [0, 5, -1, 9])
def test_a_break_outside_the_series_is_refused(outside):
    with pytest.raises(ValueError, match="a break must be a position from 1 to 4"):
        segments(5, [outside])


def test_change_is_told_within_segments_and_never_across_a_break():
    result = changes([4.0, 5.0, 6.0, 60.0, 30.0, 7.0], breaks=[3, 5])
    np.testing.assert_array_equal(result.first, [4, 60, 7])
    np.testing.assert_array_equal(result.last, [6, 30, 7])
    np.testing.assert_array_equal(result.difference, [2, -30, np.nan])
    np.testing.assert_array_equal(result.quotient, [1.5, 0.5, np.nan])


def test_change_from_nothing_or_from_the_unknown_has_no_quotient():
    result = changes([[0, 3], [None, 3], [3, None], [-2, 3]])
    np.testing.assert_array_equal(result.difference[:, 0], [3, np.nan, np.nan, 5])
    np.testing.assert_array_equal(result.quotient[:, 0], [np.nan, np.nan, np.nan, -1.5])


def test_a_series_of_nothing_is_refused():
    for nothing in ([], 5):
        with pytest.raises(ValueError, match="a list of years is needed"):
            changes(nothing)


def test_the_ratio_of_ratios_adds_the_variances_of_both_years():
    result = ratio_of_ratios(*SEARCHES, first=0, last=3)
    assert float(result.ratio) == pytest.approx((40 / 1000 / (50 / 10000)) / (10 / 1000 / (100 / 10000)))
    error = sum(1 / n for n in (10, 100, 40, 50)) - sum(1 / n for n in (1000, 10000) * 2)
    expected = float(result.ratio) * np.exp(1.959964 * error**0.5 * np.array([-1, 1]))
    np.testing.assert_allclose([result.lower, result.upper], expected, rtol=1e-6)


FOUR = st.tuples(*[st.integers(1, 10**4)] * 4)


@settings(deadline=None)
@given(FOUR, FOUR, FOUR)
def test_changes_of_ratio_chain_from_year_to_year(one, two, three):
    a, more, b, more_b = np.array([one, two, three]).T
    four = a, a + more, b, b + more_b
    steps = [ratio_of_ratios(*four, first=i, last=j) for i, j in ((0, 1), (1, 2), (0, 2))]
    assert float(steps[0].ratio * steps[1].ratio) == pytest.approx(float(steps[2].ratio))
    for step in steps:
        assert step.lower <= step.ratio <= step.upper
    singles = rate_ratio(*four).ratio
    assert float(steps[2].ratio) == pytest.approx(singles[2] / singles[0])


@settings(deadline=None)
@given(FOUR, FOUR)
def test_swapping_the_groups_inverts_the_change(one, two):
    a, more, b, more_b = np.array([one, two]).T
    forth = ratio_of_ratios(a, a + more, b, b + more_b, first=0, last=1)
    back = ratio_of_ratios(b, b + more_b, a, a + more, first=0, last=1)
    np.testing.assert_allclose([forth.ratio * back.ratio, forth.lower * back.upper], 1)


def test_years_on_two_sides_of_a_break_are_not_compared():
    assert ratio_of_ratios(*SEARCHES, first=2, last=3, breaks=[2]).ratio > 0
    with pytest.raises(ValueError, match="there is a break between years 1 and 3"):
        ratio_of_ratios(*SEARCHES, first=1, last=3, breaks=[2])


@pytest.mark.parametrize(
    ("first", "last", "message"), [(1, 1, "before"), (3, 1, "before"), (0, 4, "last"), (-1, 2, "first")]
)
def test_years_out_of_order_or_out_of_the_series_are_refused(first, last, message):
    with pytest.raises(ValueError, match=message):
        ratio_of_ratios(*SEARCHES, first=first, last=last)


def test_a_change_that_cannot_be_is_missing():
    result = ratio_of_ratios(
        [[0, 5], [5, 0], [5, 5], [None, 5]], 100, [[5, 5], [5, 5], [0, 5], [5, 5]], 100, first=0, last=1
    )
    np.testing.assert_array_equal(result.ratio, [np.nan, 0, np.nan, np.nan])
    assert np.isnan([result.lower, result.upper]).all()
