"""Years put together, so that small counts can speak, beside the single years."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import counts, listed
from evenhand.library.statistics.rates import RateRatio, rate_ratio


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """One ratio for all years together, and one for each."""

    pooled: RateRatio
    singles: RateRatio


def pooled_rate_ratio(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    method: str = "exact",
    confidence: float = 0.95,
) -> Pooled:
    """Sum events and populations over years, then compare the rates; the single years come beside.

    Shape
        four array-likes of counts, broadcast together, years on the last axis; out: `pooled`, a rate ratio without
        that axis, and `singles`, a rate ratio with it
    Units
        none: 1 is parity
    Missing
        `pooled` is NaN where any year is missing: years are never dropped silently; otherwise as for the rate ratio
    Errors
        as for the rate ratio, and ValueError where there is no axis of years
    Source
        (Σa / ΣA) / (Σb / ΣB), with the interval of the rate ratio. Assumes years independent of one another.
    """
    four = counts(events=events, population=population, ref_events=ref_events, ref_population=ref_population)
    listed("years", four[0])
    return Pooled(
        pooled=rate_ratio(*(each.sum(axis=-1) for each in four), method=method, confidence=confidence),
        singles=rate_ratio(*four, method=method, confidence=confidence),
    )
