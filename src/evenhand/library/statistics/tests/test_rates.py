import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenhand.library.statistics import excess, rate, rate_difference, rate_ratio

SOME = st.integers(1, 10**5)
COUNT = st.integers(0, 10**5)
PEOPLE = st.integers(1, 10**7)
BOTH = pytest.mark.parametrize("method", ["exact", "wald"])
WEST_MERCIA = (168, 11185, 2292, 1224249)
ENGLAND_AND_WALES = (50647, 2409283, 280184, 48699231)


def limits_of(result):
    return [float(result.lower), float(result.upper)]


@pytest.mark.parametrize(
    ("four", "ratio", "limits"),
    [
        ((5200, 333587, 36923, 4161949), 1.757090, [1.706491, 1.808902]),
        ((38, 731, 217, 3808), 0.912228, [0.628518, 1.292217]),
        ((9, 85, 210, 3636), 1.833277, [0.826768, 3.547330]),
        ((202, 2183, 645, 11111), 1.594010, [1.354201, 1.869751]),
        ((55, 536, 444, 6526), 1.508211, [1.118254, 1.999228]),
        ((7, 103, 218, 3667), 1.143182, [0.454235, 2.395655]),
        ((10326, 333587, 53593, 4161949), 2.403874, [2.353544, 2.455096]),
    ],
)
def test_published_exact_intervals_of_children_are_reproduced_to_six_places(four, ratio, limits):
    result = rate_ratio(*four)
    assert float(result.ratio) == pytest.approx(ratio, abs=1e-6)
    assert limits_of(result) == pytest.approx(limits, abs=2e-6)


@pytest.mark.parametrize(
    ("four", "wald", "exact"),
    [
        ((23, 255, 218, 3667), [1.006, 2.287], [0.942, 2.336]),
        ((26, 304, 645, 11111), [1.012, 2.144], [0.955, 2.179]),
    ],
)
def test_wald_excludes_parity_where_exact_includes_it(four, wald, exact):
    assert limits_of(rate_ratio(*four, method="wald")) == pytest.approx(wald, abs=5e-4)
    assert limits_of(rate_ratio(*four)) == pytest.approx(exact, abs=5e-4)


def test_west_mercia_is_compared_in_all_three_ways():
    ratio = rate_ratio(*WEST_MERCIA)
    difference = rate_difference(*WEST_MERCIA, per=1000)
    above = excess(*WEST_MERCIA)
    assert [round(float(each), 1) for each in (ratio.ratio, ratio.lower, ratio.upper)] == [8.0, 6.8, 9.4]
    assert [round(float(each), 1) for each in (difference.difference, difference.lower, difference.upper)] == [
        13.1,
        11.0,
        15.6,
    ]
    # The limits 122.6 and 174.49 stand as 123 and 174 on the page.
    assert [round(float(each)) for each in (above.excess, above.lower, above.upper)] == [147, 123, 174]


def test_england_and_wales_has_its_ratio_difference_and_excess():
    assert float(rate_ratio(*ENGLAND_AND_WALES).ratio) == pytest.approx(3.654, abs=5e-4)
    assert float(rate_difference(*ENGLAND_AND_WALES, per=1000).difference) == pytest.approx(15.27, abs=5e-3)
    assert float(excess(*ENGLAND_AND_WALES).excess) == pytest.approx(36786, abs=0.5)


def test_a_rate_has_exact_poisson_limits():
    result = rate([0, 10, 5], [1000, 1000, 0], per=1000)
    np.testing.assert_array_equal(result.rate, [0, 10, np.nan])
    np.testing.assert_allclose(result.lower, [0, stats.chi2.ppf(0.025, 20) / 2, np.nan])
    np.testing.assert_allclose(result.upper, [stats.chi2.ppf(0.975, 2) / 2, stats.chi2.ppf(0.975, 22) / 2, np.nan])


def test_scalars_give_arrays_of_no_dimension_and_shapes_broadcast():
    for result in (rate_ratio(*WEST_MERCIA), rate_ratio(*WEST_MERCIA, method="wald"), excess(*WEST_MERCIA)):
        for name in result.__slots__:
            field = getattr(result, name)
            assert isinstance(field, np.ndarray)
            assert field.dtype == np.float64
            assert field.shape == ()
    assert rate_ratio(np.ones((3, 1), int), 10, [1, 2], 10).upper.shape == (3, 2)
    assert rate_ratio([], [], [], []).ratio.shape == (0,)
    assert rate(5, 100).rate.shape == ()


@settings(deadline=None)
@given(COUNT, PEOPLE, SOME, PEOPLE, st.sampled_from([0.8, 0.95, 0.99]))
def test_exact_limits_agree_with_an_independent_clopper_pearson(a, big_a, b, big_b, confidence):
    result = rate_ratio(a, big_a, b, big_b, confidence=confidence)
    odds = np.array(limits_of(result)) * big_a / big_b
    # The other implementation finds the share of all events to 2e-12, and so is no judge of odds that are extreme.
    share = stats.binomtest(a, a + b).proportion_ci(confidence, method="exact")
    np.testing.assert_allclose(odds / (1 + odds), share, atol=1e-10)
    # These tails are what makes the limits exact, each taken on the side where its probability has its digits.
    tail, total = (1 - confidence) / 2, a + b
    lower, upper = odds
    if a:
        at_least = (
            stats.binom.cdf(b, total, 1 / (1 + lower))
            if lower > 1
            else stats.binom.sf(a - 1, total, lower / (1 + lower))
        )
        assert at_least == pytest.approx(tail, rel=1e-6)
    at_most = (
        stats.binom.sf(b - 1, total, 1 / (1 + upper)) if upper > 1 else stats.binom.cdf(a, total, upper / (1 + upper))
    )
    assert at_most == pytest.approx(tail, rel=1e-6)
    assert float(result.ratio) == pytest.approx(float(Fraction(a * big_b, b * big_a)))
    assert result.lower <= result.ratio <= result.upper


@BOTH
@settings(deadline=None)
@given(SOME, SOME, SOME, SOME)
def test_swapping_the_groups_inverts_ratio_and_limits(method, a, more, b, more_b):
    forth = rate_ratio(a, a + more, b, b + more_b, method=method)
    back = rate_ratio(b, b + more_b, a, a + more, method=method)
    assert float(forth.ratio * back.ratio) == pytest.approx(1)
    assert float(forth.lower * back.upper) == pytest.approx(1)
    assert float(forth.upper * back.lower) == pytest.approx(1)


@settings(deadline=None)
@given(COUNT, PEOPLE, SOME, PEOPLE, st.integers(2, 1000))
def test_only_the_proportion_of_the_populations_matters_to_the_exact_ratio(a, big_a, b, big_b, times):
    once, many = rate_ratio(a, big_a, b, big_b), rate_ratio(a, big_a * times, b, big_b * times)
    np.testing.assert_allclose([once.ratio, *limits_of(once)], [many.ratio, *limits_of(many)], rtol=1e-12)


@BOTH
@settings(deadline=None)
@given(SOME, SOME, SOME, SOME)
def test_more_confidence_is_a_wider_interval_around_the_same_ratio(method, a, more, b, more_b):
    four = a, a + more, b, b + more_b
    narrow, wide = (rate_ratio(*four, method=method, confidence=each) for each in (0.8, 0.99))
    assert wide.lower < narrow.lower <= narrow.ratio <= narrow.upper < wide.upper
    assert narrow.ratio == wide.ratio


@settings(deadline=None)
@given(COUNT, PEOPLE, SOME, PEOPLE)
def test_more_events_raise_ratio_and_limits(a, big_a, b, big_b):
    ratios = rate_ratio([a, a + 1], big_a, b, big_b)
    for each in (ratios.ratio, ratios.lower, ratios.upper):
        assert each[0] < each[1]


@settings(deadline=None)
@given(SOME, SOME, SOME, SOME)
def test_wald_is_the_log_normal_formula(a, more, b, more_b):
    big_a, big_b = a + more, b + more_b
    variance = Fraction(1, a) - Fraction(1, big_a) + Fraction(1, b) - Fraction(1, big_b)
    ratio = float(Fraction(a * big_b, b * big_a))
    spread = np.exp(stats.norm.ppf(0.975) * float(variance) ** 0.5)
    result = rate_ratio(a, big_a, b, big_b, method="wald")
    np.testing.assert_allclose(limits_of(result), [ratio / spread, ratio * spread])


def test_no_events_have_a_ratio_of_0_with_a_finite_upper_limit_when_exact_and_none_when_wald():
    exact, wald = rate_ratio(0, 100, 5, 100), rate_ratio(0, 100, 5, 100, method="wald")
    assert exact.ratio == exact.lower == wald.ratio == 0
    # Of 5 events, none: (1 − p)^5 = 0.025.
    p = 1 - 0.025**0.2
    assert float(exact.upper) == pytest.approx(p / (1 - p))
    assert np.isnan(limits_of(wald)).all()


@BOTH
@pytest.mark.parametrize(
    "four", [(3, 10, 0, 10), (0, 10, 0, 10), (3, 0, 3, 10), (3, 10, 3, 0), (None, 10, 3, 10), (3, 10, None, 10)]
)
def test_a_ratio_that_cannot_be_is_missing_whole(method, four):
    result = rate_ratio(*([each] for each in four), method=method)
    assert np.isnan([result.ratio, result.lower, result.upper]).all()


def test_wald_has_no_bounds_where_events_far_outnumber_the_population():
    result = rate_ratio(1000, 10, 1000, 10, method="wald")
    assert result.ratio == 1
    assert np.isnan(limits_of(result)).all()


def test_an_unknown_method_is_refused_by_naming_the_two():
    with pytest.raises(ValueError, match='method must be "exact" or "wald"; got \'bayes\''):
        rate_ratio(1, 2, 3, 4, method="bayes")


@settings(deadline=None)
@given(COUNT, PEOPLE, COUNT, PEOPLE)
def test_difference_and_excess_hold_together_and_turn_round(a, big_a, b, big_b):
    forth, back = rate_difference(a, big_a, b, big_b), rate_difference(b, big_b, a, big_a)
    above = excess(a, big_a, b, big_b)
    assert forth.lower <= forth.difference <= forth.upper
    np.testing.assert_allclose([forth.lower, forth.upper], [-back.upper, -back.lower], atol=1e-15)
    expected = [float(each) * big_a for each in (forth.difference, forth.lower, forth.upper)]
    np.testing.assert_allclose([above.excess, *limits_of(above)], expected)
    assert float(above.excess) == pytest.approx(float(a - Fraction(big_a * b, big_b)), abs=1e-6 + 1e-9 * a)


@settings(deadline=None)
@given(SOME, PEOPLE, SOME, PEOPLE)
def test_the_difference_is_zou_and_donner_over_independent_poisson_limits(a, big_a, b, big_b):
    (l1, u1), (l2, u2) = (
        (stats.chi2.ppf(0.025, 2 * n) / 2 / size, stats.chi2.ppf(0.975, 2 * n + 2) / 2 / size)
        for n, size in ((a, big_a), (b, big_b))
    )
    r1, r2 = a / big_a, b / big_b
    expected = [
        r1 - r2 - ((r1 - l1) ** 2 + (u2 - r2) ** 2) ** 0.5,
        r1 - r2 + ((u1 - r1) ** 2 + (r2 - l2) ** 2) ** 0.5,
    ]
    np.testing.assert_allclose(limits_of(rate_difference(a, big_a, b, big_b)), expected, rtol=1e-6, atol=1e-12)


def test_a_difference_is_defined_without_events_and_missing_without_a_population():
    result = rate_difference([0, 0, 5, 5], [10, 10, 0, 10], [0, 5, 5, None], 10)
    np.testing.assert_allclose(result.difference, [0, -0.5, np.nan, np.nan])
    assert result.lower[0] < 0 < result.upper[0]
    assert np.isnan([result.lower[2:], result.upper[2:]]).all()


def test_a_page_of_cells_and_a_hundred_thousand_cells_are_both_quick():
    randomness = np.random.default_rng(1)

    def fastest(cells, times):
        events, reference = randomness.integers(1, 10**5, (2, cells))
        taken = []
        for _ in range(times):
            start = time.perf_counter()
            rate_ratio(events, events * 50, reference, reference * 60)
            taken.append(time.perf_counter() - start)
        return min(taken)

    # Several times what an idle machine needs, so that a busy one does not fail the build.
    assert fastest(215, 50) < 0.004
    assert fastest(100_000, 2) < 2
