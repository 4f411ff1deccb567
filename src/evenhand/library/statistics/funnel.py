"""Funnels: what an area would show by chance, were its true ratio a target, and how far areas vary beyond chance."""

from dataclasses import dataclass

import numpy as np

# The attribute scipy.special is imported when it is first used: it takes twice as long as all else here.
import scipy
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, listed, numbers, positive, refuse, tail, together, whole


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """An area's events shared out as they would fall, were its ratio the target."""

    expected: Floats
    ref_expected: Floats
    precision: Floats


@dataclass(frozen=True, slots=True, eq=False)
class FunnelLimits:
    """The ratios within which an area lies by chance, were its true ratio the target."""

    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class OverDispersion:
    """How many times the variance that chance alone gives the areas show, and how far each stands from its target."""

    factor: Floats
    z: Floats


def expected_events(
    events: ArrayLike, population: ArrayLike, ref_events: ArrayLike, ref_population: ArrayLike, *, target: ArrayLike
) -> Expected:
    """Share out an area's events between a group and its reference as they would fall, were its ratio the target.

    Shape
        four array-likes of counts and one of ratios, broadcast together; out: arrays `expected`, `ref_expected`,
        `precision` of that shape
    Units
        events; the precision counts them as the harmonic sum 1/(1/expected + 1/ref_expected), which is the variance of
        the count of the group and the inverse of the variance of the log ratio
    Missing
        NaN where a count is missing or a population is zero
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, for a target missing, 0 or less, and for
        shapes that do not fit together
    Source
        Poisson counts, conditional on their sum: of all a + b events, A θ/(A θ + B) are expected to be the group's.
    """
    happened, among, ref_happened, ref_among = counts(
        events=events, population=population, ref_events=ref_events, ref_population=ref_population
    )
    aim, happened, among, ref_happened, ref_among = together(
        target=positive("target", target),
        events=happened,
        population=among,
        ref_events=ref_happened,
        ref_population=ref_among,
    )
    both = happened + ref_happened
    weight = np.where((among > 0) & (ref_among > 0), among * aim, np.nan)
    share = weight / (weight + ref_among)
    return Expected(both * share, both * (1 - share), both * share * (1 - share))


def funnel_limits(
    expected: ArrayLike,
    ref_expected: ArrayLike | None = None,
    *,
    target: ArrayLike = 1,
    confidence: float = 0.998,
    dispersion: float = 1,
) -> FunnelLimits:
    """Give the ratios beyond which an area lies by chance in no more than 1 − confidence of cases.

    Shape
        three array-likes, broadcast together; out: arrays `lower`, `upper` of that shape; without `ref_expected` the
        reference counts as certain, as for a line drawn along the precision
    Units
        those of the target: ratios
    Missing
        NaN where an expected number is missing or 0; lower is 0 where no count is too few, and upper NaN where none
        is too many
    Errors
        ValueError for expected numbers that are negative, infinite or non-numeric, for a target missing, 0 or less,
        for a dispersion under 1, for a confidence outside 0 to 1, and for shapes that do not fit together
    Source
        Spiegelhalter 2005 (Statistics in Medicine 24: 1185–1202), exact limits: given the events of both groups
        together, those of the group are binomial; beside a certain reference, Poisson. For whole sums an area lies
        outside exactly where its Clopper–Pearson interval leaves out the target: no more often than stated, and
        seldomer on small counts. An over-dispersion factor φ carries the limits √φ times as far from the target on
        the log scale (the multiplicative model of the same paper). The target counts as known.
    """
    own = _amount("expected", expected)
    other = np.ones(()) if ref_expected is None else _amount("ref_expected", ref_expected)
    own, other, aim = together(expected=own, ref_expected=other, target=positive("target", target))
    if not dispersion >= 1:
        raise ValueError(f"dispersion must be 1 or more; got {dispersion}")
    low = tail(confidence)
    high = 1 - low
    known = (own > 0) & (other > 0)
    e, f = np.where(known, own, 1), np.where(known, other, 1)
    special = scipy.special
    if ref_expected is None:
        few, many = (count / e for count in (special.pdtrik(low, e), 1 + special.pdtrik(high, e)))
    else:
        few, many = (
            count / e * f / np.where(e + f > count, e + f - count, np.nan)
            for count in (special.bdtrik(low, e + f, e / (e + f)), 1 + special.bdtrik(high, e + f, e / (e + f)))
        )
    lower, upper = (np.where(known, times ** np.sqrt(dispersion) * aim, np.nan) for times in (few, many))
    return FunnelLimits(lower, upper)


def over_dispersion(
    events: ArrayLike, expected: ArrayLike, ref_expected: ArrayLike, *, trim: float = 0.1
) -> OverDispersion:
    """Say how many times the variance that chance alone gives a list of areas shows around its target.

    Shape
        an array-like of counts and two of expected numbers, broadcast together, areas on the last axis; out: `factor`
        without that axis, `z` with it
    Units
        `factor` none: 1 is chance alone; `z` standard errors by which an area's events stand above what is expected
    Missing
        `z` is NaN where a number is missing or nothing is expected, and that area does not count; `factor` is NaN
        where no area counts
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, for expected numbers that are negative,
        infinite or non-numeric, for a share to trim outside 0 to a half, for no areas, and for shapes that do not fit
        together
    Source
        Spiegelhalter 2005 (Statistics in Medicine 24: 1185–1202): the mean square of the z-scores (events less
        expected, over √precision), winsorised: a score beyond the quantiles `trim` and 1 − `trim` is set to that
        quantile, so that a few outlying areas do not widen the lines that would show them. Never under 1. Chance
        alone then gives 0.68 on average, so areas that vary a little more than chance still show 1.
    """
    if not 0 <= trim < 0.5:  # noqa: PLR2004  (half of either side is all)
        raise ValueError(f"trim must lie between 0 and a half; got {trim}")
    happened, own, other = together(
        events=whole("events", events),
        expected=_amount("expected", expected),
        ref_expected=_amount("ref_expected", ref_expected),
    )
    some = (own > 0) & (other > 0)
    precision = np.where(some, own, 1) * np.where(some, other, 1) / np.where(some, own + other, 1)
    z = np.where(some, (listed("areas", happened) - own) / np.sqrt(precision), np.nan)
    return OverDispersion(np.apply_along_axis(_winsorised_mean_square, -1, z, trim), z)


def _winsorised_mean_square(z: Floats, trim: float) -> float:
    known = z[~np.isnan(z)]
    if not known.size:
        return np.nan
    low, high = np.quantile(known, [trim, 1 - trim])
    return max(1.0, float(np.mean(np.clip(known, low, high) ** 2)))


def _amount(name: str, values: ArrayLike) -> Floats:
    """Check one array of expected numbers, which need not be whole."""
    floats = numbers(name, values)
    return refuse(name, "0 or more", floats, floats < 0)
