from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evenhand.library.statistics import (
    equal_rate,
    equal_rate_bounds,
    excess,
    fixed_total_swap,
    fixed_total_swap_bounds,
    one_stage,
)

PRISONERS = [62692, 10314, 6932, 4200, 2187]
RESIDENTS = [48699231, 2409283, 5515455, 1717977, 1255632]
LAMMY = ([21250, 63750], [14, 86])
UNRECORDED = 1009
DRAWS = 40_000
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


def test_the_limits_of_a_swap_are_wilsons_for_the_share_as_scipy_has_them():
    swap = fixed_total_swap(PRISONERS, RESIDENTS, reference=0)
    everyone, residents = sum(PRISONERS), sum(RESIDENTS)
    for place, (count, people) in enumerate(zip(PRISONERS, RESIDENTS, strict=True)):
        limits = binomtest(count, everyone).proportion_ci(method="wilson")
        fair = everyone * people / residents
        np.testing.assert_allclose(
            [swap.lower[place], swap.upper[place]], [limits.low * everyone - fair, limits.high * everyone - fair]
        )
    limits = binomtest(everyone - PRISONERS[0], everyone).proportion_ci(method="wilson")
    fair = everyone * (residents - RESIDENTS[0]) / residents
    np.testing.assert_allclose(
        [swap.total_lower, swap.total_upper], [limits.low * everyone - fair, limits.high * everyone - fair]
    )


def test_the_range_of_a_swap_is_how_far_redrawn_prisons_of_the_same_size_move_it():
    drawn = np.random.default_rng(18).multinomial(sum(PRISONERS), np.array(PRISONERS) / sum(PRISONERS), size=DRAWS)
    swap = fixed_total_swap(PRISONERS, RESIDENTS, reference=0)
    again = fixed_total_swap(drawn, RESIDENTS, reference=0)
    low, high = np.quantile(again.difference, [0.025, 0.975], axis=0)
    np.testing.assert_allclose([swap.lower, swap.upper], [low, high], atol=8)
    np.testing.assert_allclose([swap.total_lower, swap.total_upper], np.quantile(again.total, [0.025, 0.975]), atol=8)


def test_the_range_of_an_equal_rate_is_how_far_redrawn_counts_move_it():
    drawn = np.random.default_rng(18).poisson(PRISONERS, size=(DRAWS, 5))
    equal = equal_rate(PRISONERS, RESIDENTS, 0)
    again = equal_rate(drawn, RESIDENTS, 0)
    low, high = np.quantile(again.difference[:, 1:], [0.025, 0.975], axis=0)
    np.testing.assert_allclose([equal.lower[1:], equal.upper[1:]], [low, high], atol=8)
    np.testing.assert_allclose([equal.total_lower, equal.total_upper], np.quantile(again.total, [0.025, 0.975]), atol=8)


@pytest.mark.parametrize("size", [60, 600, 20_000])
def test_nineteen_ranges_in_twenty_hold_the_truth_whatever_the_size(size):
    """Counts are drawn from known shares and rates; the ranges must hold what those shares and rates give."""
    rng, people = np.random.default_rng(64), np.array([8000, 400, 900, 300])
    shares = np.array([0.62, 0.14, 0.18, 0.06])
    swap = fixed_total_swap(rng.multinomial(size, shares, size=DRAWS), people, reference=0)
    true = size * shares - size * people / people.sum()
    held = np.mean((swap.lower <= true) & (true <= swap.upper), axis=0)
    whole = np.mean((swap.total_lower <= true[1:].sum()) & (true[1:].sum() <= swap.total_upper))
    np.testing.assert_array_less(0.93, [*held, whole])
    np.testing.assert_array_less([*held, whole], 0.975)

    equal = equal_rate(rng.poisson(size * shares, size=(DRAWS, 4)), people, 0)
    true = size * shares - people * size * shares[0] / people[0]
    held = np.mean((equal.lower <= true) & (true <= equal.upper), axis=0)[1:]
    whole = np.mean((equal.total_lower <= true.sum()) & (true.sum() <= equal.total_upper))
    np.testing.assert_array_less(0.945, [*held, whole])
    np.testing.assert_array_less([*held, whole], 0.995)


def test_a_reference_has_no_range_at_its_own_rate_and_one_in_a_swap():
    for scenario in (equal_rate, one_stage):
        found = scenario(PRISONERS, RESIDENTS, 0)
        assert found.difference[0] == 0
        assert np.isnan([found.lower[0], found.upper[0]]).all()
    swap = fixed_total_swap(PRISONERS, RESIDENTS, reference=0)
    assert swap.lower[0] < swap.difference[0] == -swap.total < swap.upper[0]


def test_no_one_counted_has_no_range_and_no_reference_has_no_total():
    assert np.isnan(fixed_total_swap([0, 0], [5, 5]).lower).all()
    swap = fixed_total_swap(PRISONERS, RESIDENTS)
    assert (swap.total, swap.total_lower, swap.total_upper) == (0, 0, 0)


@given(GROUPS, st.integers(1, 9))
def test_ten_times_as_many_people_make_the_same_swap_and_every_rate_scales(groups, times):
    counts, populations = map(np.array, zip(*groups, strict=True))
    once, wider = fixed_total_swap(counts, populations), fixed_total_swap(counts, populations * times)
    np.testing.assert_allclose(once.difference, wider.difference, rtol=1e-9, atol=1e-6)
    for scenario in (lambda *given: fixed_total_swap(*given, reference=0), lambda *given: equal_rate(*given, 0)):
        once, more = scenario(counts, populations), scenario(counts * times, populations * times)
        np.testing.assert_allclose(more.difference, once.difference * times, rtol=1e-9, atol=1e-5 * times)
        np.testing.assert_allclose(more.total, once.total * times, rtol=1e-9, atol=1e-5 * times)


@given(GROUPS.filter(lambda groups: len(groups) > 1))
def test_every_figure_lies_in_its_range_and_in_its_bounds(groups):
    counts, populations = zip(*groups, strict=True)
    for found in (fixed_total_swap(counts, populations, reference=0), equal_rate(counts, populations, 0)):
        speck = 1e-9 * (sum(counts) + 1)
        known = ~np.isnan(found.lower)
        assert (found.lower[known] <= found.difference[known] + speck).all()
        assert (found.difference[known] <= found.upper[known] + speck).all()
        if not np.isnan(found.total_lower):
            assert found.total_lower - speck <= found.total <= found.total_upper + speck


@given(GROUPS.filter(lambda groups: len(groups) > 1), st.integers(0, 10**6), st.data())
def test_no_way_of_sharing_out_the_unknowns_leaves_the_bounds_and_two_ways_meet_them(groups, unknown, data):
    counts, populations = map(np.array, zip(*groups, strict=True))
    reference = data.draw(st.integers(0, len(counts) - 1))
    cuts = sorted(data.draw(st.lists(st.integers(0, unknown), min_size=len(counts) - 1, max_size=len(counts) - 1)))
    somehow = counts + np.diff([0, *cuts, unknown])
    # Both questions are linear in the counts, so the ends lie where all unknowns are of one group.
    corners = [counts + unknown * np.eye(len(counts))[group] for group in range(len(counts))]
    for scenario, bounded in (
        (lambda made: fixed_total_swap(made, populations, reference=reference),
         fixed_total_swap_bounds(counts, populations, unknown, reference=reference)),
        (lambda made: equal_rate(made, populations, reference),
         equal_rate_bounds(counts, populations, unknown, reference)),
    ):  # fmt: skip
        ends = [scenario(corner) for corner in corners]
        speck = {"rtol": 1e-9, "atol": 1e-6 * (unknown + 1)}
        np.testing.assert_allclose(bounded.lower, np.min([end.difference for end in ends], axis=0), **speck)
        np.testing.assert_allclose(bounded.upper, np.max([end.difference for end in ends], axis=0), **speck)
        np.testing.assert_allclose(bounded.total_lower, min(end.total for end in ends), **speck)
        np.testing.assert_allclose(bounded.total_upper, max(end.total for end in ends), **speck)
        found = scenario(somehow)
        assert (bounded.lower - speck["atol"] <= found.difference).all()
        assert (found.difference <= bounded.upper + speck["atol"]).all()


def test_the_unrecorded_of_june_2025_move_the_swap_between_two_ends():
    swap = fixed_total_swap_bounds(PRISONERS, RESIDENTS, UNRECORDED, reference=0)
    # All 1,009 White: the total grows, and none of it is of the other groups. All of the others: the reverse.
    np.testing.assert_allclose([swap.total_lower, swap.total_upper], [7662.5, 8671.5], atol=0.5)
    equal = equal_rate_bounds(PRISONERS, RESIDENTS, UNRECORDED, 0)
    np.testing.assert_allclose([equal.total_lower, equal.total_upper], [9377.4, 10612.2], atol=0.5)
    assert (equal.lower[0], equal.upper[0]) == (0, 0)


def test_bounds_of_many_places_at_once_and_of_what_is_missing():
    counts, populations = [[5, 10], [5, None]], [[10, 100], [10, 100]]
    assert equal_rate_bounds(counts, populations, [1, 1], 1).upper.tolist()[0] == [5, 0]
    assert np.isnan(equal_rate_bounds(counts, populations, [1, 1], 1).upper[1]).all()
    assert np.isnan(fixed_total_swap_bounds(counts, populations, [1, 1]).upper).tolist() == [[False] * 2, [True] * 2]
    assert np.isnan(fixed_total_swap_bounds(PRISONERS, RESIDENTS, None).lower).all()
    with pytest.raises(ValueError, match="unknown must be whole numbers"):
        equal_rate_bounds(PRISONERS, RESIDENTS, -1, 0)
    with pytest.raises(ValueError, match="do not fit together"):
        fixed_total_swap_bounds(counts, populations, [1, 2, 3])
