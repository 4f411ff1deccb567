import dataclasses
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.statistics import missingness_bounds, rate_ratio

SOME = st.integers(1, 10**6)
ENGLAND_AND_WALES = (50647, 2409283, 280184, 48699231)


def test_no_allocation_of_the_unknown_searches_removes_the_disparity():
    bounds = missingness_bounds(*ENGLAND_AND_WALES, 92225)
    assert [round(float(each), 2) for each in (bounds.lower, bounds.proportional, bounds.upper)] == [2.75, 3.65, 10.31]
    assert float(bounds.tipping_share) == pytest.approx(-0.333, abs=5e-4)


@given(SOME, SOME, SOME, SOME, st.integers(1, 10**6))
def test_the_tipping_share_makes_the_two_rates_equal(a, big_a, b, big_b, unknown):
    share = Fraction(float(missingness_bounds(a, big_a, b, big_b, unknown).tipping_share))
    compared = (a + share * unknown) / big_a
    reference = (b + (1 - share) * unknown) / big_b
    assert float(compared - reference) == pytest.approx(0, abs=1e-9 * float(abs(compared) + abs(reference) + 1))


@given(SOME, SOME, SOME, SOME, SOME)
def test_the_tipping_share_says_on_which_side_of_parity_the_bounds_stand(a, big_a, b, big_b, unknown):
    bounds = missingness_bounds(a, big_a, b, big_b, unknown)
    assert bounds.lower < bounds.proportional < bounds.upper
    if abs(bounds.lower - 1) > 1e-9:
        assert (bounds.lower > 1) == (bounds.tipping_share < 0)
    if abs(bounds.upper - 1) > 1e-9:
        assert (bounds.upper < 1) == (bounds.tipping_share > 1)


@given(st.tuples(SOME, SOME, SOME, SOME, SOME), st.integers(0, 100))
def test_every_allocation_lies_within_the_bounds(counts, percent):
    a, big_a, b, big_b, unknown = counts
    bounds = missingness_bounds(a, big_a, b, big_b, unknown)
    theirs = Fraction(percent, 100) * unknown
    ratio = float((a + theirs) / big_a / ((b + unknown - theirs) / big_b))
    assert bounds.lower * (1 - 1e-12) <= ratio <= bounds.upper * (1 + 1e-12)


@given(SOME, SOME, SOME, SOME, SOME)
def test_unknowns_that_fall_as_the_known_do_leave_the_ratio(a, big_a, b, big_b, unknown):
    grown = Fraction(a + b + unknown, a + b)
    expected = (a * grown / big_a) / (b * grown / big_b)
    assert float(missingness_bounds(a, big_a, b, big_b, unknown).proportional) == pytest.approx(float(expected))


def test_without_unknowns_the_bounds_are_the_ratio_and_nothing_can_tip_it():
    bounds = missingness_bounds(*ENGLAND_AND_WALES, 0)
    assert bounds.lower == bounds.proportional == bounds.upper == rate_ratio(*ENGLAND_AND_WALES).ratio
    assert np.isnan(bounds.tipping_share)


def test_what_cannot_be_divided_is_missing_and_the_rest_is_not():
    bounds = missingness_bounds(
        [0, 5, 5, 5, None, 5], [9, 0, 9, 9, 9, 9], [5, 5, 0, 5, 5, 5], [9, 9, 9, 0, 9, 9], [3, 3, 3, 3, 3, None]
    )
    np.testing.assert_allclose(bounds.lower, [0, np.nan, 5 / 3, np.nan, np.nan, np.nan])
    np.testing.assert_allclose(bounds.proportional, [0, np.nan, np.nan, np.nan, np.nan, np.nan])
    np.testing.assert_allclose(bounds.upper, [0.6, np.nan, np.nan, np.nan, np.nan, np.nan])
    np.testing.assert_allclose(
        bounds.tipping_share, [8 * 9 / (3 * 18), np.nan, -2 * 9 / (3 * 18), np.nan, np.nan, np.nan]
    )


def test_bounds_stand_apart_from_every_interval():
    bounds = missingness_bounds(50, 1000, 50, 5000, 20)
    larger = missingness_bounds(5000, 100000, 5000, 500000, 2000)
    for field in dataclasses.fields(bounds):
        assert float(getattr(bounds, field.name)) == pytest.approx(float(getattr(larger, field.name)))
