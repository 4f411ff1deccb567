"""Rates and ratios adjusted for strata, such as ages or areas, in which two populations differ."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, listed, positive, tail, together, whole
from evenhand.library.statistics.intervals import gamma_quantile, normal_quantile, poisson_limits
from evenhand.library.statistics.rates import Rate, RateRatio


@dataclass(frozen=True, slots=True, eq=False)
class StandardisedRatio:
    """Events observed over events expected at the reference's rates, with its interval."""

    ratio: Floats
    lower: Floats
    upper: Floats
    observed: Floats
    expected: Floats


def directly_standardised_rate(
    events: ArrayLike, population: ArrayLike, weights: ArrayLike, *, per: float = 1, confidence: float = 0.95
) -> Rate:
    """Give the rate that a standard population would have at this group's rates, with an interval.

    Shape
        two array-likes of counts and one of weights, broadcast together, strata on the last axis; out: arrays `rate`,
        `lower`, `upper` without that axis
    Units
        events for each `per` of the population; only the proportions of the weights matter, and the caller names them
    Missing
        NaN where any stratum's count is missing; no events at all gives rate 0, lower 0 and a finite upper
    Errors
        ValueError for a stratum with no population, by its position from 0; for negative, fractional, infinite or
        non-numeric counts; for weights or a `per` missing, 0 or less; for shapes that do not fit together or hold no
        strata; and for a confidence outside 0 to 1
    Source
        Σ w (a/A) / Σ w; gamma limits of Fay and Feuer 1997. Assumes independent events.
    """
    happened, among, weight = together(
        events=whole("events", events),
        population=whole("population", population),
        weights=positive("weights", weights),
    )
    _refuse_empty("population", listed("strata", among) == 0)
    each = positive("per", per) * weight / weight.sum(axis=-1, keepdims=True) / among
    standardised = (each * happened).sum(axis=-1)
    variance = (each**2 * happened).sum(axis=-1)
    largest = each.max(axis=-1)
    beyond = tail(confidence)
    return Rate(
        np.asarray(standardised),
        _gamma_limit(standardised, variance, beyond),
        _gamma_limit(standardised + largest, variance + largest**2, 1 - beyond),
    )


def indirectly_standardised_ratio(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    confidence: float = 0.95,
) -> StandardisedRatio:
    """Compare the events of a group with those it would have at the reference's rate in each stratum.

    Shape
        four array-likes of counts, broadcast together, strata on the last axis; out: arrays `ratio`, `lower`,
        `upper`, `observed`, `expected` without that axis
    Units
        none: 1 is parity; `observed` and `expected` are events
    Missing
        NaN where any stratum's count is missing; ratio, lower and upper where nothing is expected
    Errors
        ValueError for a stratum in which the group has a population and the reference has none, by its position
        from 0; for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or hold
        no strata; and for a confidence outside 0 to 1
    Source
        O/E with E = Σ A × b/B; Garwood's exact Poisson limits for O, taking E as known. Assumes independent events.
    """
    happened, among, ref_happened, ref_among = counts(
        events=events, population=population, ref_events=ref_events, ref_population=ref_population
    )
    _refuse_empty("reference population", (listed("strata", ref_among) == 0) & (among > 0))
    # A stratum in which nobody lives adds nothing, whatever the reference rate there.
    expected = (among * ref_happened / np.where(ref_among == 0, 1, ref_among)).sum(axis=-1)
    observed = happened.sum(axis=-1)
    limits = poisson_limits(observed, confidence=confidence)
    base = np.where(expected > 0, expected, np.nan)
    return StandardisedRatio(
        ratio=np.asarray(observed / base),
        lower=np.asarray(limits.lower / base),
        upper=np.asarray(limits.upper / base),
        observed=np.asarray(observed),
        expected=np.asarray(expected),
    )


def mantel_haenszel_rate_ratio(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    confidence: float = 0.95,
) -> RateRatio:
    """Combine the rate ratios of strata into one, with an interval.

    Shape
        four array-likes of counts, broadcast together, strata on the last axis; out: arrays `ratio`, `lower`, `upper`
        without that axis
    Units
        none: 1 is parity
    Missing
        NaN where any stratum's count is missing, or where no stratum with a population has reference events; no
        events gives ratio 0 and NaN bounds; a stratum in which either population is zero carries no weight
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no strata; and for a confidence outside 0 to 1
    Source
        Σ (aB/T) / Σ (bA/T), T = A + B, on a log-normal interval with the variance of Greenland and Robins 1985 for
        rates. Assumes independent events and one ratio common to the strata.
    """
    happened, among, ref_happened, ref_among = counts(
        events=events, population=population, ref_events=ref_events, ref_population=ref_population
    )
    # Where both populations are zero, T is: such a stratum, too, carries no weight.
    both = np.where(listed("strata", among + ref_among) == 0, 1, among + ref_among)
    over = (happened * ref_among / both).sum(axis=-1)
    under = (ref_happened * among / both).sum(axis=-1)
    spread = ((happened + ref_happened) * among * ref_among / both**2).sum(axis=-1)
    ratio = over / np.where(under > 0, under, np.nan)
    error = np.sqrt(spread / np.where(over * under > 0, over * under, np.nan))
    factor = np.exp(normal_quantile(confidence) * error)
    return RateRatio(np.asarray(ratio), np.asarray(ratio / factor), np.asarray(ratio * factor))


def _gamma_limit(mean: Floats, variance: Floats, probability: float) -> Floats:
    some = mean > 0
    shape = np.where(some, mean**2, mean) / np.where(some, variance, 1)
    return np.asarray(gamma_quantile(shape, probability) * np.where(some, variance, 1) / np.where(some, mean, 1))


def _refuse_empty(whose: str, empty: np.ndarray) -> None:
    if empty.any():
        raise ValueError(f"stratum {np.argwhere(empty)[0, -1]} has no {whose}, so there is nothing to standardise by")
