"""Rates, and the three ways of setting one beside a reference: ratio, difference and excess."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, positive, tail, whole
from evenhand.library.statistics.intervals import beta_odds, normal_quantile, poisson_limits


@dataclass(frozen=True, slots=True, eq=False)
class Rate:
    """Events for each so many of a population, with its interval."""

    rate: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RateRatio:
    """One rate over another, with its interval."""

    ratio: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RateDifference:
    """One rate less another, with its interval."""

    difference: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Excess:
    """Events above what the reference rate would give, with their interval."""

    excess: Floats
    lower: Floats
    upper: Floats


def rate(events: ArrayLike, population: ArrayLike, *, per: float = 1, confidence: float = 0.95) -> Rate:
    """Give events for each `per` of a population, with an interval.

    Shape
        two array-likes of counts, broadcast together; out: arrays `rate`, `lower`, `upper` of that shape
    Units
        events for each `per` of the population
    Missing
        NaN where a count is missing or the population is zero; no events gives rate 0, lower 0 and a finite upper
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, for shapes that do not fit together,
        for a `per` of 0 or less, and for a confidence outside 0 to 1
    Source
        Garwood 1936: exact Poisson limits for the events. Assumes independent events, which repeat searches of one
        person are not.
    """
    happened, among = counts(events=events, population=population)
    limits = poisson_limits(happened, confidence=confidence)
    with np.errstate(divide="ignore"):
        each = np.where(among > 0, positive("per", per) / among, np.nan)
    return Rate(np.asarray(happened * each), np.asarray(limits.lower * each), np.asarray(limits.upper * each))


def rate_ratio(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    method: str = "exact",
    confidence: float = 0.95,
) -> RateRatio:
    """Compare one rate with another, with an interval.

    Shape
        four array-likes of counts, broadcast together; out: arrays `ratio`, `lower`, `upper` of that shape
    Units
        none: 1 is parity, 2 is twice the reference rate
    Missing
        ratio, lower and upper are NaN where a count is missing, the reference has no events or a population is zero;
        no events gives ratio 0, lower 0 and a finite upper (exact) or NaN bounds (wald); NaN bounds (wald) also where
        events outnumber their population so far that se² is negative; that a reference is never compared with
        itself is the caller's to see to
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, for shapes that do not fit together,
        for a method that is neither "exact" nor "wald", and for a confidence outside 0 to 1
    Source
        "exact": Poisson counts, conditional on their sum, Clopper–Pearson; "wald": log-normal,
        se² = 1/a − 1/A + 1/b − 1/B (Altman and others 2000). Assumes independent events, which repeat searches of one
        person are not.
    """
    if method not in LIMITS:
        raise ValueError(f'method must be "exact" or "wald"; got {method!r}')
    four = counts(events=events, population=population, ref_events=ref_events, ref_population=ref_population)
    happened, among, ref_happened, ref_among = four
    known = (among > 0) & (ref_among > 0) & (ref_happened > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(known, happened * ref_among / (among * ref_happened), np.nan)
        lower, upper = LIMITS[method](*four, confidence)
    return RateRatio(ratio, np.where(known, lower, np.nan), np.where(known, upper, np.nan))


def rate_difference(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    per: float = 1,
    confidence: float = 0.95,
) -> RateDifference:
    """Subtract the reference rate from a rate, with an interval.

    Shape
        four array-likes of counts, broadcast together; out: arrays `difference`, `lower`, `upper` of that shape
    Units
        events for each `per` of the population: 0 is parity
    Missing
        NaN where a count is missing or a population is zero; a rate or a reference with no events is a rate of 0
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, for shapes that do not fit together,
        for a `per` of 0 or less, and for a confidence outside 0 to 1
    Source
        Zou and Donner 2008 (the method of variance estimates recovery), over Garwood's exact limits of each rate.
        Assumes independent events, which repeat searches of one person are not.
    """
    happened, among, ref_happened, ref_among = counts(
        events=events, population=population, ref_events=ref_events, ref_population=ref_population
    )
    ours = rate(happened, among, per=per, confidence=confidence)
    theirs = rate(ref_happened, ref_among, per=per, confidence=confidence)
    difference = np.asarray(ours.rate - theirs.rate)
    below = np.hypot(ours.rate - ours.lower, theirs.upper - theirs.rate)
    above = np.hypot(ours.upper - ours.rate, theirs.rate - theirs.lower)
    return RateDifference(difference, np.asarray(difference - below), np.asarray(difference + above))


def excess(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Excess:
    """Count the events above what the reference rate would give this population, with an interval.

    Shape
        four array-likes of counts, broadcast together; out: arrays `excess`, `lower`, `upper` of that shape
    Units
        events: 0 is parity, below 0 is fewer than the reference rate would give
    Missing
        NaN where a count is missing or a population is zero; a rate or a reference with no events is a rate of 0
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, for shapes that do not fit together,
        and for a confidence outside 0 to 1
    Source
        a − A × b/B: the difference of rates, times the population; interval as for the difference.
    """
    difference = rate_difference(events, population, ref_events, ref_population, confidence=confidence)
    among = whole("population", population)
    return Excess(
        np.asarray(difference.difference * among),
        np.asarray(difference.lower * among),
        np.asarray(difference.upper * among),
    )


def log_variance(events: Floats, population: Floats, ref_events: Floats, ref_population: Floats) -> Floats:
    """Give the variance of the log of a rate ratio, NaN where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 1 / events - 1 / population + 1 / ref_events - 1 / ref_population
    return np.where((events > 0) & (ref_events > 0) & (variance >= 0), variance, np.nan)


def _exact(
    events: Floats, population: Floats, ref_events: Floats, ref_population: Floats, confidence: float
) -> tuple[Floats, Floats]:
    beyond = tail(confidence)
    scale = ref_population / population
    # A beta distribution has no parameter 0: the lower limit is then 0, and without reference events there is none.
    some, ref_some = np.maximum(events, 1), np.maximum(ref_events, 1)
    lower = np.where(events == 0, 0, beta_odds(some, ref_events + 1, beyond))
    upper = beta_odds(events + 1, ref_some, 1 - beyond)
    return lower * scale, upper * scale


def _wald(
    events: Floats, population: Floats, ref_events: Floats, ref_population: Floats, confidence: float
) -> tuple[Floats, Floats]:
    ratio = events * ref_population / (population * ref_events)
    spread = np.exp(normal_quantile(confidence) * np.sqrt(log_variance(events, population, ref_events, ref_population)))
    return ratio / spread, ratio * spread


LIMITS: dict[str, Callable[..., tuple[Floats, Floats]]] = {"exact": _exact, "wald": _wald}
