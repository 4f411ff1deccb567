"""Ranks of areas by their ratios, with the uncertainty without which no ranking may be shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, listed, tail, whole


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """The range of ranks each area may truly hold; 1 is the highest ratio."""

    lower: Floats
    upper: Floats
    median: Floats


def rank_intervals(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    draws: int = 2000,
    seed: int = 1,
    confidence: float = 0.95,
    floor: int = 30,
) -> Ranks:
    """Rank areas by their rate ratio, each rank with an interval.

    Shape
        four array-likes of counts, broadcast together, areas on the last axis; out: arrays `lower`, `upper`, `median`
        of that shape; reference counts given once for all areas are one reference, drawn once
    Units
        whole ranks, 1 for the highest ratio, among the areas that are ranked
    Missing
        NaN, and no place in the ranking, where a count is missing, any of an area's four counts is under `floor`, the
        reference has no events or a population is zero
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no areas; for no draws; and for a confidence outside 0 to 1
    Source
        parametric bootstrap: each count's expectation drawn from the gamma distribution of shape count + ½ (Poisson
        counts, Jeffreys prior), areas ranked in every draw, percentiles of the ranks. The same seed gives the same
        ranks. Assumes independent events; each interval holds for its own area, not for all at once.
    """
    four = counts(events=events, population=population, ref_events=ref_events, ref_population=ref_population)
    if draws < 1:
        raise ValueError(f"draws must be 1 or more; got {draws}")
    beyond = tail(confidence)
    _, among, ref_happened, ref_among = four
    ranked = (np.min(four, axis=0) >= floor) & (listed("areas", among * ref_happened * ref_among) > 0)
    randomness = np.random.default_rng(seed)

    def drawn(name: str, values: ArrayLike) -> Floats:
        shape = np.nan_to_num(whole(name, values))[..., np.newaxis] + 0.5
        return randomness.standard_gamma(shape, (*shape.shape[:-1], draws))

    # The unranked take the last places, where they push nobody.
    scale = np.where(ranked, ref_among / np.where(ranked, among, 1), -1)[..., np.newaxis]
    ratio = drawn("events", events) / drawn("ref_events", ref_events) * scale
    ranks = np.argsort(np.argsort(-ratio, axis=-2), axis=-2) + 1
    lower, median, upper = np.quantile(ranks, [beyond, 0.5, 1 - beyond], axis=-1, method="inverted_cdf")
    return Ranks(*(np.where(ranked, each, np.nan) for each in (lower, upper, median)))
