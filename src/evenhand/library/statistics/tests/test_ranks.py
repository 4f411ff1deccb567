import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.library.statistics import rank_intervals, rate_ratio

AREAS = st.lists(st.tuples(*[st.integers(30, 10**5)] * 4), min_size=1, max_size=12).map(lambda rows: np.array(rows).T)


def fields(ranks):
    return np.array([ranks.lower, ranks.median, ranks.upper])


@settings(deadline=None, max_examples=30)
@given(AREAS, st.integers(0, 2**32))
def test_ranks_are_whole_ordered_within_the_number_of_areas_and_the_same_for_the_same_seed(areas, seed):
    ranks = fields(rank_intervals(*areas, draws=200, seed=seed))
    assert (np.diff(ranks, axis=0) >= 0).all()
    assert ((ranks >= 1) & (ranks <= areas.shape[1]) & (ranks == np.floor(ranks))).all()
    np.testing.assert_array_equal(ranks, fields(rank_intervals(*areas, draws=200, seed=seed)))


def test_another_seed_is_another_draw_and_global_randomness_is_left_alone():
    areas = np.full((4, 20), 100)
    before = np.random.get_state()[1].copy()  # noqa: NPY002 - the very state that must not move
    one, two = (fields(rank_intervals(*areas, draws=50, seed=seed)) for seed in (1, 2))
    assert (one != two).any()
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002 - as above


def test_areas_far_apart_have_one_rank_and_areas_alike_have_many():
    apart = rank_intervals([1000, 100000, 10000], 10**6, 10000, 10**6)
    np.testing.assert_array_equal(fields(apart), [[3, 1, 2]] * 3)
    alike = rank_intervals(np.full(10, 100), 10**4, np.full(10, 1000), 10**5)
    assert (alike.lower <= 2).all()
    assert (alike.upper >= 9).all()


def test_more_confidence_never_narrows_a_rank():
    areas = np.random.default_rng(3).integers(50, 500, (4, 15))
    narrow, wide = (rank_intervals(*areas, confidence=each) for each in (0.5, 0.99))
    assert (wide.lower <= narrow.lower).all()
    assert (wide.upper >= narrow.upper).all()
    np.testing.assert_array_equal(wide.median, narrow.median)


def test_small_bases_are_not_ranked_and_push_nobody_down():
    events, reference = [29, 100, 1000, None, 500, 500], [100, 100, 100, 100, 29, 100]
    population = [10**4, 10**4, 10**4, 10**4, 10**4, 0]
    ranks = rank_intervals(events, population, reference, 10**4)
    np.testing.assert_array_equal(ranks.median, [np.nan, 2, 1, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(np.isnan(fields(ranks)), [[True, False, False, True, True, True]] * 3)


def test_the_floor_is_the_callers_but_a_ratio_that_cannot_be_is_never_ranked():
    ranks = rank_intervals([0, 5, 5], 100, [5, 5, 0], 100, floor=0)
    np.testing.assert_array_equal(np.isnan(ranks.median), [False, False, True])
    np.testing.assert_array_equal(ranks.median[:2], [2, 1])


def test_a_reference_given_once_is_one_reference():
    events, population = np.array([100, 110, 120, 130, 140]), 10**4
    shared = rank_intervals(events, population, 30, 10**4)
    certain = rank_intervals(events, population, 10**9, 10**9)
    assert np.abs(fields(shared) - fields(certain)).max() <= 1
    separate = rank_intervals(events, population, np.full(5, 30), 10**4)
    assert (separate.upper - separate.lower).sum() > (shared.upper - shared.lower).sum()


def test_an_independent_loop_over_poisson_draws_gives_nearly_the_same_ranks():
    events, population = np.array([60, 80, 100, 150, 400]), np.array([1000, 1100, 1000, 1200, 2500])
    reference, residents = np.array([300, 280, 310, 305, 400]), np.array([9000, 9100, 9500, 9000, 9900])
    randomness = np.random.default_rng(11)
    seen = []
    for _ in range(4000):
        ratios = [
            randomness.poisson(a) / big_a / (randomness.poisson(b) / big_b)
            for a, big_a, b, big_b in zip(events, population, reference, residents, strict=True)
        ]
        seen.append([1 + sum(other > ratio for other in ratios) for ratio in ratios])
    expected = np.quantile(seen, [0.025, 0.5, 0.975], axis=0, method="inverted_cdf")
    ours = fields(rank_intervals(events, population, reference, residents, draws=4000))
    assert np.abs(ours - expected).max() <= 1
    np.testing.assert_array_equal(ours[1], expected[1])


def test_several_years_may_be_ranked_at_once():
    areas = np.random.default_rng(5).integers(50, 500, (4, 3, 8))
    assert rank_intervals(*areas).median.shape == (3, 8)
    ratio = rate_ratio(*areas * 100000).ratio
    ranks = rank_intervals(*areas * 10**9).median
    np.testing.assert_array_equal(ranks, 9 - (np.argsort(np.argsort(ratio, axis=1), axis=1) + 1))


def test_no_draws_and_no_areas_are_refused():
    with pytest.raises(ValueError, match="draws must be 1 or more; got 0"):
        rank_intervals([50], 50, 50, 50, draws=0)
    with pytest.raises(ValueError, match="a list of areas is needed"):
        rank_intervals(50, 50, 50, 50)


def test_forty_three_areas_and_two_thousand_draws_are_quick():
    areas = np.random.default_rng(7).integers(30, 10**5, (4, 43))
    taken = []
    for _ in range(10):
        start = time.perf_counter()
        rank_intervals(*areas)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.04
