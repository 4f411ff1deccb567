"""Change over a series of years, kept within the breaks that make years incomparable."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, listed, numbers, position
from evenhand.library.statistics.intervals import normal_quantile
from evenhand.library.statistics.rates import RateRatio, log_variance, rate_ratio


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """The first and last value of each segment of a series, and the way from one to the other."""

    first: Floats
    last: Floats
    difference: Floats
    quotient: Floats


def segments(years: int, breaks: Iterable[int] = ()) -> tuple[slice, ...]:
    """Split a series into the stretches within which its years may be compared.

    Shape
        the number of years and the positions of breaks; out: a tuple of slices, in order, that cover the series
    Units
        positions from 0; a break at position i says that year i cannot be compared with year i − 1
    Missing
        no breaks gives one segment; no years give none
    Errors
        ValueError for a break that is not inside the series
    Source
        arithmetic
    """
    inside = sorted(set(breaks))
    for each in inside:
        if not 0 < each < years:
            raise ValueError(f"a break must be a position from 1 to {years - 1}; got {each}")
    edges = [0, *inside, years] if years else [0]
    return tuple(slice(start, end) for start, end in pairwise(edges))


def changes(values: ArrayLike, *, breaks: Iterable[int] = ()) -> Changes:
    """Give the change from the first to the last year of each segment, and none across a break.

    Shape
        an array-like of numbers, years on the last axis; out: arrays `first`, `last`, `difference`, `quotient`, with
        segments in place of years
    Units
        those of the values; the quotient, last over first, has none
    Missing
        NaN where the first or last value of a segment is missing; difference and quotient where the segment is a
        single year; the quotient where the first value is zero
    Errors
        ValueError for infinite or non-numeric values, for no years, and for a break that is not inside the series
    Source
        arithmetic
    """
    series = listed("years", numbers("values", values))
    pieces = segments(series.shape[-1], breaks)
    first = series[..., [piece.start for piece in pieces]]
    last = series[..., [piece.stop - 1 for piece in pieces]]
    several = np.array([piece.stop - piece.start > 1 for piece in pieces])
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(several & (first != 0), last / first, np.nan)
    return Changes(first, last, np.where(several, last - first, np.nan), quotient)


def ratio_of_ratios(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    *,
    first: int,
    last: int,
    breaks: Iterable[int] = (),
    confidence: float = 0.95,
) -> RateRatio:
    """Compare the rate ratio of a later year with that of an earlier one, with an interval.

    Shape
        four array-likes of counts, broadcast together, years on the last axis, and two positions on it; out: arrays
        `ratio`, `lower`, `upper` without that axis
    Units
        none: 1 is no change, below 1 is a ratio that fell
    Missing
        NaN where a count of either year is missing, a population or the reference's events are zero, or the earlier
        year has no events; no events in the later year gives ratio 0 and NaN bounds
    Errors
        ValueError for a break between the two years, which are then not comparable; for years outside the series or
        out of order; for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together
        or hold no years; for a break that is not inside the series; and for a confidence outside 0 to 1
    Source
        log-normal, the variances of the two log ratios added (Altman and Bland 2003). Assumes that the years are
        independent and their events too.
    """
    four = counts(events=events, population=population, ref_events=ref_events, ref_population=ref_population)
    years = listed("years", four[0]).shape[-1]
    if position("first", first, years) >= position("last", last, years):
        raise ValueError(f"first must come before last; got {first} and {last}")
    if not any(piece.start <= first and last < piece.stop for piece in segments(years, breaks)):
        raise ValueError(f"there is a break between years {first} and {last}: they cannot be compared")
    before, after = ([each[..., year] for each in four] for year in (first, last))
    earlier, later = rate_ratio(*before).ratio, rate_ratio(*after).ratio
    change = later / np.where(earlier > 0, earlier, np.nan)
    spread = np.exp(normal_quantile(confidence) * np.sqrt(log_variance(*before) + log_variance(*after)))
    return RateRatio(np.asarray(change), np.asarray(change / spread), np.asarray(change * spread))
