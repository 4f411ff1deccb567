"""What events of unknown group can do to a ratio: the two ends, the scenario between, and the tipping share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts


@dataclass(frozen=True, slots=True, eq=False)
class MissingnessBounds:
    """How far the unknowns could move a ratio, which says nothing of sampling."""

    lower: Floats
    proportional: Floats
    upper: Floats
    tipping_share: Floats


def missingness_bounds(
    events: ArrayLike,
    population: ArrayLike,
    ref_events: ArrayLike,
    ref_population: ArrayLike,
    unknown: ArrayLike,
) -> MissingnessBounds:
    """Bound a rate ratio by every way of sharing out the events of unknown group.

    Shape
        five array-likes of counts, broadcast together; out: arrays `lower`, `proportional`, `upper`, `tipping_share`
        of that shape
    Units
        none: ratios, where 1 is parity; the tipping share is a share of the unknowns, below 0 where no allocation
        brings the ratio down to 1, above 1 where none brings it up to 1
    Missing
        NaN where a count is missing or a population is zero; `lower`, `proportional` or `upper` where the reference
        events it divides by are zero; the tipping share where nothing is unknown
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts, and for shapes that do not fit together
    Source
        Worst cases: all unknowns belong to the reference (`lower`) or to the compared group (`upper`). Missing at
        random: the unknowns fall as the known events do, which raises both rates and leaves their ratio
        (`proportional`). The tipping share is the share of the unknowns, the rest being reference, at which the
        rates are equal. These bounds are not an interval and are never merged with one.
    """
    known, among, ref_known, ref_among, unplaced = counts(
        events=events,
        population=population,
        ref_events=ref_events,
        ref_population=ref_population,
        unknown=unknown,
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        tipping_share = (among * (ref_known + unplaced) - ref_among * known) / (unplaced * (ref_among + among))
        some = (among > 0) & (ref_among > 0)
        return MissingnessBounds(
            lower=_ratio(known, among, ref_known + unplaced, ref_among),
            proportional=_ratio(known, among, np.where(np.isnan(unplaced), np.nan, ref_known), ref_among),
            upper=_ratio(known + unplaced, among, ref_known, ref_among),
            tipping_share=np.where(some & (unplaced > 0), tipping_share, np.nan),
        )


def _ratio(events: Floats, population: Floats, ref_events: Floats, ref_population: Floats) -> Floats:
    defined = (population > 0) & (ref_events > 0)
    # A ratio over a reference population of zero is NaN, not 0.
    scale = np.where(ref_population > 0, ref_population, np.nan)
    return np.where(defined, events * scale / (population * ref_events), np.nan)
