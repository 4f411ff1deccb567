from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenhand.library.statistics import (
    directly_standardised_rate,
    indirectly_standardised_ratio,
    mantel_haenszel_rate_ratio,
    rate,
    rate_ratio,
)

# Home Office, searches 2024/25 by police force (43), over ONS Census 2021 TS021: Black events and residents, White
# events and residents. Both OGL v3.0.
SEARCHES = """
415 37844 3229 1584583  466 39601 1734 507517  203 18496 1577 763744  336 6616 9997 1038185  101 6729 4969 521940
107 1194 7481 488025  162 14563 2641 958164  134 6768 4968 1719233  93 5315 1506 733925  18 2441 2371 607196
30 1286 3339 501963  935 63422 8214 1651617  117 7774 1819 600306  4411 134114 26616 2190838  96 4593 2208 553586
752 29387 9531 1811054  543 44893 3642 980061  73 7623 3487 889233  811 56757 8967 1644756  314 10096 13093 1325538
506 37231 2499 812992  85 4366 2109 737532  277 232 653 5955  1376 21902 46403 1304797  29018 1188137 31601 4725217
129 8376 1802 867152  25 2326 2787 665147  55 3784 1750 783322  422 31678 2559 690422  225 17465 8966 1333584
242 42141 1480 980656  224 19356 3186 1195156  556 33985 6435 1206059  213 13773 4514 1035936  118 10168 1639 708272
458 20832 3564 1028639  406 21388 4340 1552521  1185 93215 9549 1972407  83 8018 913 531672  168 11185 2292 1224249
3666 236047 9159 1793173  1004 72257 9415 1801352  89 11909 1180 671555
"""
FORCES = np.array(SEARCHES.split(), int).reshape(43, 4).T

SOME = st.integers(1, 10**4)
STRATA = st.lists(st.tuples(SOME, SOME, SOME, SOME), min_size=1, max_size=8)


def columns(strata):
    return [list(column) for column in zip(*strata, strict=True)]


def test_the_forty_three_forces_as_strata_lower_the_black_ratio_from_365():
    crude = rate_ratio(*FORCES.sum(axis=1)).ratio
    indirect = indirectly_standardised_ratio(*FORCES)
    combined = mantel_haenszel_rate_ratio(*FORCES)
    assert round(float(crude), 2) == 3.65
    assert round(float(indirect.ratio), 2) == 3.38
    assert float(indirect.observed) == 50647
    assert round(float(indirect.expected), 1) == 14982.4
    assert round(float(combined.ratio), 2) == 3.36
    for result in (indirect, combined):
        assert 0.97 * result.ratio < result.lower < result.ratio < result.upper < 1.03 * result.ratio


@settings(deadline=None)
@given(STRATA)
def test_the_direct_rate_is_the_weighted_sum_of_fractions(strata):
    events, population, weights, _ = columns(strata)
    exact = sum(Fraction(w * a, big_a) for a, big_a, w in zip(events, population, weights, strict=True)) / sum(weights)
    result = directly_standardised_rate(events, population, weights, per=1000)
    assert float(result.rate) == pytest.approx(float(exact * 1000))
    assert result.lower <= result.rate <= result.upper


@settings(deadline=None)
@given(STRATA, st.sampled_from([0.8, 0.95, 0.99]))
def test_direct_limits_agree_with_fay_and_feuer_written_out(strata, confidence):
    events, population, weights, _ = columns(strata)
    tail = (1 - confidence) / 2
    shares = [w / sum(weights) / big_a for w, big_a in zip(weights, population, strict=True)]
    y = sum(w * a for w, a in zip(shares, events, strict=True))
    v = sum(w * w * a for w, a in zip(shares, events, strict=True))
    top = max(shares)
    lower = v / (2 * y) * stats.chi2.ppf(tail, 2 * y * y / v)
    upper = (v + top**2) / (2 * (y + top)) * stats.chi2.isf(tail, 2 * (y + top) ** 2 / (v + top**2))
    result = directly_standardised_rate(events, population, weights, confidence=confidence)
    np.testing.assert_allclose([result.lower, result.upper], [lower, upper], rtol=1e-7)


@settings(deadline=None)
@given(SOME, SOME, SOME)
def test_one_stratum_standardises_to_its_own_rate_and_exact_limits(events, population, weight):
    result, crude = directly_standardised_rate([events], [population], [weight]), rate(events, population)
    for name in ("rate", "lower", "upper"):
        assert float(getattr(result, name)) == pytest.approx(float(getattr(crude, name)))


@settings(deadline=None)
@given(STRATA, st.floats(0.001, 1000), st.randoms())
def test_neither_the_size_of_the_weights_nor_the_order_of_strata_matters(strata, times, shuffle):
    events, population, weights, _ = columns(strata)
    turned = list(strata)
    shuffle.shuffle(turned)
    other = columns(turned)
    one = directly_standardised_rate(events, population, weights)
    two = directly_standardised_rate(other[0], other[1], np.array(other[2]) * times)
    np.testing.assert_allclose([one.rate, one.lower, one.upper], [two.rate, two.lower, two.upper])


def test_no_events_have_a_rate_of_0_and_a_finite_upper_limit():
    result = directly_standardised_rate([0, 0], [100, 200], [1, 1])
    assert result.rate == result.lower == 0
    assert 0 < result.upper < 0.1


def test_a_stratum_without_population_is_refused_by_its_position():
    with pytest.raises(ValueError, match="stratum 1 has no population"):
        directly_standardised_rate([1, 0, 1], [5, 0, 5], [1, 1, 1])
    with pytest.raises(ValueError, match="stratum 2 has no population"):
        directly_standardised_rate([[1, 0, 1], [1, 0, 1]], [[5, 5, 5], [5, 5, 0]], [1, 1, 1])
    with pytest.raises(ValueError, match="stratum 0 has no reference population"):
        indirectly_standardised_ratio([1, 1], [5, 5], [0, 1], [0, 5])


@pytest.mark.parametrize("weights", [[1, 0], [1, -1], [1, None], [1, np.inf]])
def test_weights_are_all_there_and_more_than_0(weights):
    with pytest.raises(ValueError, match="weights must be"):
        directly_standardised_rate([1, 1], [5, 5], weights)


def test_weights_may_be_fractions_and_groups_share_them():
    result = directly_standardised_rate([[1, 1], [2, 2]], [[10, 20], [10, 20]], [0.25, 0.75])
    np.testing.assert_allclose(result.rate, [0.0625, 0.125])


@settings(deadline=None)
@given(STRATA)
def test_the_indirect_ratio_is_observed_over_expected_with_exact_limits(strata):
    result = indirectly_standardised_ratio(*columns(strata))
    expected = float(sum(Fraction(big_a * b, big_b) for _, big_a, b, big_b in strata))
    observed = sum(stratum[0] for stratum in strata)
    limits = [stats.chi2.ppf(0.025, 2 * observed) / 2, stats.chi2.ppf(0.975, 2 * observed + 2) / 2]
    np.testing.assert_allclose(
        [result.observed, result.expected, result.ratio, result.lower, result.upper],
        [observed, expected, observed / expected, *(each / expected for each in limits)],
        rtol=1e-7,
    )


def test_a_stratum_where_nobody_lives_expects_nothing():
    result = indirectly_standardised_ratio([5, 0], [10, 0], [5, 0], [20, 0])
    assert result.ratio == 2
    nothing = indirectly_standardised_ratio([5, 0], [10, 10], [0, 0], [20, 20])
    assert np.isnan([nothing.ratio, nothing.lower, nothing.upper]).all()


@settings(deadline=None)
@given(STRATA)
def test_mantel_haenszel_agrees_with_a_loop_over_fractions(strata):
    over = under = spread = Fraction(0)
    for a, big_a, b, big_b in strata:
        both = big_a + big_b
        over += Fraction(a * big_b, both)
        under += Fraction(b * big_a, both)
        spread += Fraction((a + b) * big_a * big_b, both**2)
    ratio, error = float(over / under), float(spread / (over * under)) ** 0.5
    factor = np.exp(stats.norm.ppf(0.975) * error)
    result = mantel_haenszel_rate_ratio(*columns(strata))
    np.testing.assert_allclose([result.ratio, result.lower, result.upper], [ratio, ratio / factor, ratio * factor])


@settings(deadline=None)
@given(STRATA)
def test_mantel_haenszel_turns_round_and_lies_among_the_ratios_of_the_strata(strata):
    a, big_a, b, big_b = columns(strata)
    forth, back = mantel_haenszel_rate_ratio(a, big_a, b, big_b), mantel_haenszel_rate_ratio(b, big_b, a, big_a)
    np.testing.assert_allclose([forth.ratio * back.ratio, forth.lower * back.upper], 1)
    each = rate_ratio(a, big_a, b, big_b).ratio
    assert each.min() * (1 - 1e-12) <= forth.ratio <= each.max() * (1 + 1e-12)


def test_mantel_haenszel_of_one_stratum_is_its_ratio_and_empty_strata_carry_no_weight():
    assert float(mantel_haenszel_rate_ratio([6], [10], [3], [10]).ratio) == pytest.approx(2)
    with_empty = mantel_haenszel_rate_ratio([6, 0, 9, 0], [10, 0, 10, 0], [3, 9, 0, 0], [10, 10, 0, 0])
    assert float(with_empty.ratio) == pytest.approx(2)


def test_mantel_haenszel_without_events_has_a_ratio_of_0_or_none():
    none, undefined = (mantel_haenszel_rate_ratio([a], [10], [b], [10]) for a, b in ((0, 5), (5, 0)))
    assert none.ratio == 0
    assert np.isnan([none.lower, none.upper, undefined.ratio, undefined.lower, undefined.upper]).all()


def test_a_missing_stratum_is_not_dropped_silently():
    four = [5, None], [10, 10], [5, 5], [10, 10]
    for result in (
        directly_standardised_rate(*four[:2], [1, 1]).rate,
        indirectly_standardised_ratio(*four).ratio,
        mantel_haenszel_rate_ratio(*four).ratio,
    ):
        assert np.isnan(result)


def test_single_numbers_are_no_list_of_strata():
    for standardise in (indirectly_standardised_ratio, mantel_haenszel_rate_ratio):
        with pytest.raises(ValueError, match="a list of strata is needed"):
            standardise(1, 2, 3, 4)
