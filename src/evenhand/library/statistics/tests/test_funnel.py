import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from evenhand.library.statistics import expected_events, funnel_limits, over_dispersion, rate_ratio

COUNT, PEOPLE = st.integers(1, 5000), st.integers(100, 10**7)
RATIO = st.floats(0.1, 10)
CONFIDENCE = st.sampled_from([0.8, 0.95, 0.998])


@settings(deadline=None)
@given(COUNT, PEOPLE, COUNT, PEOPLE, RATIO)
def test_expected_events_keep_their_sum_and_stand_in_the_target_ratio(a, big_a, b, big_b, target):
    found = expected_events(a, big_a, b, big_b, target=target)
    assert float(found.expected + found.ref_expected) == pytest.approx(a + b)
    assert float(found.expected / big_a / (found.ref_expected / big_b)) == pytest.approx(target)
    assert float(found.precision) == pytest.approx(1 / (1 / found.expected + 1 / found.ref_expected))


@settings(deadline=None, max_examples=300)
@given(COUNT, PEOPLE, COUNT, PEOPLE, RATIO, CONFIDENCE)
def test_an_area_lies_outside_exactly_where_its_own_exact_interval_leaves_out_the_target(
    a, big_a, b, big_b, target, confidence
):
    shared = expected_events(a, big_a, b, big_b, target=target)
    assume(min(shared.expected, shared.ref_expected) >= 1)
    limits = funnel_limits(shared.expected, shared.ref_expected, target=target, confidence=confidence)
    own = rate_ratio(a, big_a, b, big_b, confidence=confidence)
    # On the very edge, rounding decides.
    assume(all(abs(float(edge) / target - 1) > 1e-9 for edge in (own.lower, own.upper)))
    assert bool(own.ratio < limits.lower) == bool(own.upper < target)
    assert bool(own.ratio > np.nan_to_num(limits.upper, nan=np.inf)) == bool(own.lower > target)


@pytest.mark.parametrize("confidence", [0.95, 0.998])
@pytest.mark.parametrize(("expected", "ref_expected"), [(8, 20), (40, 4000), (300, 700), (15000, 18000)])
def test_the_tails_beyond_the_limits_are_what_an_independent_binomial_says(expected, ref_expected, confidence):
    limits = funnel_limits(expected, ref_expected, confidence=confidence)
    both, share = expected + ref_expected, expected / (expected + ref_expected)
    # A ratio of the limit back to the count that it stands for.
    few, many = (both * share * each / (share * each + 1 - share) for each in (limits.lower, limits.upper))
    inside = stats.binom(both, share)
    assert inside.cdf(np.ceil(few) - 1) < (1 - confidence) / 2 <= inside.cdf(np.ceil(few))
    assert inside.sf(np.floor(many)) < (1 - confidence) / 2 <= inside.sf(np.floor(many) - 1)


@pytest.mark.long
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_areas_whose_true_ratio_is_the_target_lie_outside_as_seldom_as_stated(confidence):
    randomness = np.random.default_rng(17)
    target, population, ref_population = 3.65, np.array([900, 4000, 30000, 10**6]), 10**6
    ref_events = randomness.poisson(6000, (100_000, 4))
    events = randomness.poisson(target * population * 0.006, (100_000, 4))
    shared = expected_events(events, population, ref_events, ref_population, target=target)
    limits = funnel_limits(shared.expected, shared.ref_expected, target=target, confidence=confidence)
    ratio = rate_ratio(events, population, ref_events, ref_population).ratio
    outside = ((ratio < limits.lower) | (ratio > limits.upper)).mean(axis=0)
    assert (outside <= (1 - confidence) * 1.15).all()
    assert (outside[-2:] >= (1 - confidence) * 0.8).all()


@settings(deadline=None)
@given(st.floats(1, 10**5), RATIO, CONFIDENCE)
def test_without_a_reference_the_limits_are_those_beside_a_very_large_one(expected, target, confidence):
    line = funnel_limits(expected, target=target, confidence=confidence)
    beside = funnel_limits(expected, 10**11, target=target, confidence=confidence)
    np.testing.assert_allclose([line.lower, line.upper], [beside.lower, beside.upper], rtol=2e-4, atol=1e-9)


@settings(deadline=None)
@given(st.floats(1, 10**5), st.floats(1, 10**5), RATIO, CONFIDENCE)
def test_the_target_lies_within_and_more_events_or_less_confidence_narrow_the_funnel(e, f, target, confidence):
    limits = funnel_limits([e, e * 2], [f, f * 2], target=target, confidence=confidence)
    upper = np.nan_to_num(limits.upper, nan=np.inf)
    assert (limits.lower < target).all()
    assert (upper > target).all()
    assert limits.lower[0] <= limits.lower[1] * (1 + 1e-9)
    assert upper[0] >= upper[1] * (1 - 1e-9)
    wide = funnel_limits([e, e * 2], [f, f * 2], target=target, confidence=0.9999)
    assert (wide.lower <= limits.lower * (1 + 1e-9)).all()
    assert (np.nan_to_num(wide.upper, nan=np.inf) >= upper * (1 - 1e-9)).all()


def test_over_dispersion_carries_the_limits_by_its_square_root_on_the_log_scale():
    plain, wide = (funnel_limits([50, 900], [400, 10**4], target=2.5, dispersion=each) for each in (1, 9))
    np.testing.assert_allclose(np.log(wide.lower / 2.5), 3 * np.log(plain.lower / 2.5))
    np.testing.assert_allclose(np.log(wide.upper / 2.5), 3 * np.log(plain.upper / 2.5))


def test_where_no_count_is_too_few_or_too_many_the_limits_say_so():
    limits = funnel_limits([2, 0.5, None, 0], [100, 0.4, 1, 5])
    np.testing.assert_array_equal(limits.lower, [0, 0, np.nan, np.nan])
    np.testing.assert_array_equal(np.isnan(limits.upper), [False, True, True, True])


def test_missing_counts_and_empty_populations_expect_nothing_known():
    found = expected_events([None, 5, 5, 0], [9, 0, 9, 9], 7, [9, 9, 0, 9], target=2)
    np.testing.assert_array_equal(np.isnan(found.expected), [True, True, True, False])
    np.testing.assert_array_equal(np.isnan(found.precision), [True, True, True, False])


def simulated(spread, areas=43, draws=400):
    """Areas whose counts have `spread` times the variance of chance: bursts of so many events at once."""
    randomness = np.random.default_rng(23)
    expected, ref_expected = randomness.uniform(40, 3000, areas), np.full(areas, 10**7)
    return spread * randomness.poisson(expected / spread, (draws, areas)), expected, ref_expected


def test_chance_alone_shows_no_over_dispersion():
    found = over_dispersion(*simulated(1))
    assert found.factor.shape == (400,)
    assert np.mean(found.factor == 1) > 0.9
    assert found.z.std() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("spread", [4, 25])
def test_areas_that_vary_more_than_chance_show_it(spread):
    # Of normal scores, drawing in a tenth on each side leaves 0.68 of the mean square.
    normal = stats.norm.ppf(0.9)
    left = 0.8 - 2 * normal * stats.norm.pdf(normal) + 0.2 * normal**2
    assert over_dispersion(*simulated(spread)).factor.mean() == pytest.approx(left * spread, rel=0.08)
    assert over_dispersion(*simulated(spread), trim=0).factor.mean() == pytest.approx(spread, rel=0.05)


def test_limits_widened_by_the_untrimmed_factor_hold_as_many_as_stated():
    events, expected, ref_expected = simulated(25, areas=2000, draws=20)
    factor = float(over_dispersion(events, expected, ref_expected, trim=0).factor.mean())
    limits = funnel_limits(expected, ref_expected, confidence=0.95, dispersion=factor)
    ratio = events / expected
    large = expected > 1000
    assert np.mean(((ratio < limits.lower) | (ratio > limits.upper))[:, large]) == pytest.approx(0.05, abs=0.012)


def test_a_few_areas_far_out_hardly_move_the_factor_and_the_loop_by_hand_agrees():
    events, expected, ref_expected = (each[..., :] for each in simulated(9, draws=1))
    events = events[0]
    before = over_dispersion(events, expected, ref_expected)
    events = events.copy()
    events[3] *= 10
    after = over_dispersion(events, expected, ref_expected)
    assert after.factor == pytest.approx(float(before.factor), rel=0.15)
    scores = [(a - e) / (e * f / (e + f)) ** 0.5 for a, e, f in zip(events, expected, ref_expected, strict=True)]
    low, high = np.quantile(scores, 0.1), np.quantile(scores, 0.9)
    assert float(after.factor) == pytest.approx(sum(min(max(z, low), high) ** 2 for z in scores) / len(scores))


def test_an_area_without_figures_does_not_count():
    some = over_dispersion([120, 80, None, 100], [100, 100, 50, 0], 10**6)
    np.testing.assert_array_equal(np.isnan(some.z), [False, False, True, True])
    assert float(some.factor) == pytest.approx(float(over_dispersion([120, 80], 100, 10**6).factor))
    assert np.isnan(over_dispersion([None], [10], [10]).factor)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: expected_events(5, 9, 5, 9, target=0), "target must be more than 0; got 0"),
        (lambda: expected_events(5.5, 9, 5, 9, target=1), "events must be whole numbers"),
        (lambda: funnel_limits(-1, 5), "expected must be 0 or more; got -1"),
        (lambda: funnel_limits(1, np.inf), "ref_expected must be finite; got inf"),
        (lambda: funnel_limits(1, 5, dispersion=0.9), "dispersion must be 1 or more; got 0.9"),
        (lambda: funnel_limits(1, 5, confidence=1), "confidence must lie between 0 and 1; got 1"),
        (lambda: funnel_limits([1, 2], [1, 2, 3]), "these shapes do not fit together"),
        (lambda: over_dispersion([5], [5], [5], trim=0.5), "trim must lie between 0 and a half; got 0.5"),
        (lambda: over_dispersion(5, 5, 5), "a list of areas is needed"),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
