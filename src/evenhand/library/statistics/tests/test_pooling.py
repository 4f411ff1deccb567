import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.library.statistics import pooled_rate_ratio, rate_ratio

BLACK = ([78, 86, 38], [889, 563, 731])
WHITE = ([210, 218, 217], [3636, 3667, 3808])


def test_three_years_of_child_custody_speak_together_and_one_by_one():
    result = pooled_rate_ratio(*BLACK, *WHITE)
    assert [round(float(each), 2) for each in result.singles.ratio] == [1.52, 2.57, 0.91]
    pooled = result.pooled
    assert [round(float(each), 3) for each in (pooled.ratio, pooled.lower, pooled.upper)] == [1.594, 1.354, 1.870]
    assert pooled.ratio.shape == ()


YEARS = st.lists(st.tuples(*[st.integers(1, 10**5)] * 4), min_size=1, max_size=6)


@settings(deadline=None)
@given(YEARS)
def test_pooling_is_the_ratio_of_the_sums_whatever_the_order_of_the_years(years):
    four = np.array(years).T
    result = pooled_rate_ratio(*four).pooled
    sums = rate_ratio(*map(sum, zip(*years, strict=True)))
    turned = pooled_rate_ratio(*four[:, ::-1]).pooled
    for name in ("ratio", "lower", "upper"):
        assert getattr(result, name) == getattr(sums, name) == getattr(turned, name)


@settings(deadline=None)
@given(st.tuples(*[st.integers(1, 10**5)] * 4))
def test_one_year_pooled_is_that_year(year):
    result = pooled_rate_ratio(*([each] for each in year), method="wald")
    np.testing.assert_array_equal(result.pooled.ratio, result.singles.ratio[0])
    np.testing.assert_array_equal(result.pooled.upper, result.singles.upper[0])


def test_a_missing_year_is_not_dropped_silently():
    result = pooled_rate_ratio([5, None, 5], 100, [5, 5, 5], 100)
    assert np.isnan(result.pooled.ratio)
    np.testing.assert_array_equal(np.isnan(result.singles.ratio), [False, True, False])


def test_a_population_given_once_counts_in_every_year():
    assert pooled_rate_ratio([5, 5], 100, [5, 5], 200).pooled.ratio == 2


def test_a_single_number_is_no_list_of_years():
    with pytest.raises(ValueError, match="a list of years is needed"):
        pooled_rate_ratio(5, 100, 5, 100)
