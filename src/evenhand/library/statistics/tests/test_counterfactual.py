from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.statistics import equal_rate, excess, fixed_total_swap, one_stage

PRISONERS = [62692, 10314, 6932, 4200, 2187]
RESIDENTS = [48699231, 2409283, 5515455, 1717977, 1255632]
LAMMY = ([21250, 63750], [14, 86])
GROUPS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**8)), min_size=1, max_size=8)


def test_the_lammy_review_swaps_9350_and_at_the_white_rate_would_have_found_10872():
    assert float(fixed_total_swap(*LAMMY, reference=1).total) == pytest.approx(9350)
    assert float(fixed_total_swap(*LAMMY).difference[0]) == pytest.approx(9350)
    assert float(equal_rate(*LAMMY, 1).total) == pytest.approx(10872, abs=0.5)


def test_the_prisons_of_june_2025_answer_two_different_questions():
    swap = fixed_total_swap(PRISONERS, RESIDENTS, reference=0)
    np.testing.assert_allclose(swap.difference[1:], [6824, -1057, 1712, 368], atol=0.5)
    assert float(swap.total) == pytest.approx(7847, abs=0.5)
    equal = equal_rate(PRISONERS, RESIDENTS, 0)
    np.testing.assert_allclose(equal.difference[1:], [7212, -168, 1988, 571], atol=0.5)
    assert float(equal.total) == pytest.approx(9603, abs=0.5)


@given(GROUPS)
def test_a_swap_keeps_the_total_and_gives_each_group_its_share(groups):
    counts, populations = zip(*groups, strict=True)
    swap = fixed_total_swap(counts, populations)
    size = sum(counts) + 1
    assert float(swap.expected.sum()) == pytest.approx(sum(counts), rel=1e-9)
    assert float(swap.total) == pytest.approx(0, abs=1e-9 * size)
    exact = [Fraction(sum(counts) * people, sum(populations)) for people in populations]
    np.testing.assert_allclose(swap.expected, [float(each) for each in exact])


@given(GROUPS, st.data())
def test_equal_rates_are_the_reference_rate_and_leave_the_reference_alone(groups, data):
    counts, populations = zip(*groups, strict=True)
    reference = data.draw(st.integers(0, len(groups) - 1))
    equal = equal_rate(counts, populations, reference)
    assert equal.difference[reference] == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(equal.expected / populations, counts[reference] / populations[reference])
    whole = sum(counts) - Fraction(counts[reference] * sum(populations), populations[reference])
    assert float(equal.total) == pytest.approx(float(whole), rel=1e-9, abs=1e-6)


@given(GROUPS)
def test_one_stage_alone_is_the_excess_over_the_stage_before(groups):
    counts, before = zip(*groups, strict=True)
    alone = one_stage(counts, before, 0)
    np.testing.assert_allclose(alone.difference, excess(counts, before, counts[0], before[0]).excess, atol=1e-6)


def test_groups_on_the_last_axis_may_be_asked_for_many_places_at_once():
    result = equal_rate([[5, 10], [0, 10]], [[10, 100], [10, 0]], 1)
    np.testing.assert_array_equal(result.difference, [[4, 0], [np.nan, np.nan]])
    np.testing.assert_array_equal(result.total, [4, np.nan])


def test_a_missing_count_is_missing_in_the_answer():
    assert np.isnan(fixed_total_swap([5, None], [10, 10]).difference).all()
    assert np.isnan(fixed_total_swap([5, 5], [0, 0]).expected).all()
    np.testing.assert_array_equal(np.isnan(equal_rate([5, None, 5], [10, 10, 10], 0).difference), [False, True, False])


@pytest.mark.parametrize("reference", [2, -1])
def test_a_reference_that_is_no_group_is_refused(reference):
    for scenario in (equal_rate, one_stage):
        with pytest.raises(ValueError, match="reference must be a position from 0 to 1"):
            scenario([1, 2], [3, 4], reference)
    with pytest.raises(ValueError, match="reference must be a position from 0 to 1"):
        fixed_total_swap([1, 2], [3, 4], reference=reference)
