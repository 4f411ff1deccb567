"""Intervals for one count and for one proportion, and the quantiles that they and the other statistics rest on."""

from dataclasses import dataclass

import numpy as np

# The attribute scipy.special is imported when it is first used: it takes twice as long as all else here.
import scipy
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, tail, whole

ENOUGH_STEPS = 8
CLOSE_ENOUGH = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class PoissonLimits:
    """The range of expected counts that one count is compatible with."""

    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Proportion:
    """A share of trials, with its interval."""

    proportion: Floats
    lower: Floats
    upper: Floats


def poisson_limits(events: ArrayLike, *, confidence: float = 0.95) -> PoissonLimits:
    """Give exact limits for the expected number of events.

    Shape
        an array-like of counts; out: arrays `lower`, `upper` of its shape
    Units
        events
    Missing
        NaN where the count is missing; no events gives lower 0 and a finite upper
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, and for a confidence outside 0 to 1
    Source
        Garwood 1936: gamma quantiles. Assumes independent events.
    """
    observed = whole("events", events)
    beyond = tail(confidence)
    return PoissonLimits(gamma_quantile(observed, beyond), gamma_quantile(observed + 1, 1 - beyond))


def proportion(successes: ArrayLike, trials: ArrayLike, *, confidence: float = 0.95) -> Proportion:
    """Give the share of trials that succeeded, with an interval.

    Shape
        two array-likes of counts, broadcast together; out: arrays `proportion`, `lower`, `upper` of that shape
    Units
        none: 0 to 1
    Missing
        NaN where a count is missing or there are no trials
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, for more successes than trials,
        for shapes that do not fit together, and for a confidence outside 0 to 1
    Source
        Wilson 1927, the score interval. For events that are part of their denominator; a rate of events among
        residents, who may each have several, is not a proportion.
    """
    hits, among = counts(successes=successes, trials=trials)
    if (hits > among).any():
        raise ValueError("successes cannot be more than trials")
    z = normal_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / among
        centre = (hits + z**2 / 2) / (among + z**2)
        half = z / (among + z**2) * np.sqrt(hits * (1 - share) + z**2 / 4)
    # Subtraction leaves a speck of rounding where the limit is the end of the scale.
    lower = np.where(hits == 0, share, centre - half)
    upper = np.where(hits == among, share, centre + half)
    return Proportion(np.asarray(share), lower, upper)


def normal_quantile(confidence: float) -> float:
    """Give z, the half width of a normal interval in standard errors."""
    return -float(scipy.special.ndtri(tail(confidence)))


def gamma_quantile(shape: Floats, probability: float) -> Floats:
    """Give the quantile of the gamma distribution of scale 1, which is 0 where the shape is 0."""
    quantile = scipy.special.gammaincinv(np.where(shape == 0, 1, shape), probability)
    return np.where(shape == 0, 0, quantile)


def beta_odds(successes: Floats, failures: Floats, probability: float) -> Floats:
    """Give the quantile of the beta distribution as odds, p/(1 − p); both parameters 1 or more."""
    # scipy.special.betaincinv takes 6 µs a cell at the counts of a police force. Halley's method on the log odds,
    # from Abramowitz and Stegun's approximation 26.5.22, takes 1 µs; what it leaves unsettled goes to betaincinv.
    special = scipy.special
    # On the side where p is small, 1 − p loses no digits.
    flip = successes > failures
    a, b = np.where(flip, failures, successes), np.where(flip, successes, failures)
    target = np.where(flip, 1 - probability, probability)
    with np.errstate(all="ignore"):
        z = -special.ndtri(target)
        lift = (z**2 - 3) / 6
        near, far = 1 / (2 * a - 1), 1 / (2 * b - 1)
        mean = 2 / (near + far)
        log_odds = np.log(a / b) - 2 * (
            z * np.sqrt(mean + lift) / mean - (far - near) * (lift + 5 / 6 - 2 / (3 * mean))
        )
        log_beta = special.betaln(a, b)
        # Each step cubes the error, measured in standard errors of the log odds.
        close = CLOSE_ENOUGH * np.sqrt(1 / a + 1 / b)
        for _ in range(ENOUGH_STEPS):
            p = special.expit(log_odds)
            density = np.exp((a + b) * special.log_expit(log_odds) - b * log_odds - log_beta)
            step = (special.betainc(a, b, p) - target) / density
            step /= 1 - np.clip(step * (a - (a + b) * p) / 2, -0.5, 0.5)
            log_odds = log_odds - step
            if not (np.abs(step) >= close).any():
                break
        unsettled = ~(np.abs(step) < close)
        if unsettled.any():
            log_odds = np.where(unsettled, special.logit(special.betaincinv(a, b, target)), log_odds)
        return np.asarray(np.exp(np.where(flip, -log_odds, log_odds)))
