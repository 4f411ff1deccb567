import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evenhand.library.statistics import poisson_limits, proportion
from evenhand.library.statistics.intervals import beta_odds

COUNT = st.integers(0, 10**6)
CONFIDENCE = st.sampled_from([0.5, 0.8, 0.95, 0.99, 0.999])


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [(50930, 318763, (15.98, 15.85, 16.10)), (38, 731, (5.20, 3.81, 7.05))],
)
def test_the_published_proportions_are_reproduced(successes, trials, expected):
    share = proportion(successes, trials)
    assert tuple(round(float(each) * 100, 2) for each in (share.proportion, share.lower, share.upper)) == expected


@settings(deadline=None)
@given(COUNT, COUNT, CONFIDENCE)
def test_wilson_agrees_with_an_independent_implementation(successes, failures, confidence):
    trials = successes + failures + 1
    share = proportion(successes, trials, confidence=confidence)
    expected = stats.binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    np.testing.assert_allclose([share.lower, share.upper], expected, rtol=1e-9, atol=1e-12)
    assert share.lower <= share.proportion <= share.upper


def test_a_proportion_ends_where_the_scale_ends():
    share = proportion([0, 10, 0, 5, None], [10, 10, 0, None, 5])
    np.testing.assert_array_equal(share.proportion, [0, 1, np.nan, np.nan, np.nan])
    assert share.lower[0] == 0
    assert 0 < share.upper[0] < 1
    assert 0 < share.lower[1] < 1
    assert share.upper[1] == 1
    assert np.isnan([share.lower[2:], share.upper[2:]]).all()


def test_more_successes_than_trials_are_refused():
    with pytest.raises(ValueError, match="successes cannot be more than trials"):
        proportion(11, 10)


@settings(deadline=None)
@given(COUNT, CONFIDENCE)
def test_poisson_limits_leave_the_tails_that_they_promise(events, confidence):
    limits = poisson_limits(events, confidence=confidence)
    tail = (1 - confidence) / 2
    assert stats.poisson.cdf(events, limits.upper) == pytest.approx(tail, rel=1e-6)
    if events:
        assert stats.poisson.sf(events - 1, limits.lower) == pytest.approx(tail, rel=1e-6)
    else:
        assert limits.lower == 0
        assert limits.upper == pytest.approx(-np.log(tail))


def test_poisson_limits_of_a_missing_count_are_missing():
    limits = poisson_limits([None, 4])
    np.testing.assert_array_equal(np.isnan([limits.lower, limits.upper]), [[True, False]] * 2)


def test_poisson_limits_rise_with_the_count():
    limits = poisson_limits(np.arange(2000))
    assert (np.diff(limits.lower) > 0).all()
    assert (np.diff(limits.upper) > 0).all()


@pytest.mark.parametrize("probability", [1e-9, 0.00005, 0.005, 0.025, 0.25, 0.5, 0.75, 0.975, 0.995, 0.99995])
def test_quantiles_of_the_odds_agree_with_an_independent_implementation(probability):
    sizes = np.unique(np.geomspace(1, 1e6, 25).round())
    successes, failures = np.meshgrid(sizes, sizes)
    odds = beta_odds(successes, failures, probability)
    p = stats.beta.ppf(probability, successes, failures)
    q = stats.beta.isf(probability, failures, successes)
    np.testing.assert_allclose(odds, np.where(p < 0.5, p / (1 - p), (1 - q) / q), rtol=1e-7)


def test_the_statistics_start_without_the_heavy_parts_of_scipy():
    seen = "import sys, evenhand.library.statistics; print([m for m in sys.modules if m.startswith('scipy.s')])"
    answer = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
