"""Statistics of disproportionality: arrays in, arrays out."""

from evenhand.library.statistics.bounds import MissingnessBounds, missingness_bounds
from evenhand.library.statistics.counterfactual import (
    Counterfactual,
    CounterfactualBounds,
    equal_rate,
    equal_rate_bounds,
    fixed_total_swap,
    fixed_total_swap_bounds,
    one_stage,
)
from evenhand.library.statistics.funnel import (
    Expected,
    FunnelLimits,
    OverDispersion,
    expected_events,
    funnel_limits,
    over_dispersion,
)
from evenhand.library.statistics.intervals import PoissonLimits, Proportion, poisson_limits, proportion
from evenhand.library.statistics.linked import Sum, feasible_linked, suppress_linked
from evenhand.library.statistics.pooling import Pooled, pooled_rate_ratio
from evenhand.library.statistics.ranks import Ranks, rank_intervals
from evenhand.library.statistics.rates import (
    Excess,
    Rate,
    RateDifference,
    RateRatio,
    excess,
    rate,
    rate_difference,
    rate_ratio,
)
from evenhand.library.statistics.standardise import (
    StandardisedRatio,
    directly_standardised_rate,
    indirectly_standardised_ratio,
    mantel_haenszel_rate_ratio,
)
from evenhand.library.statistics.suppress import FeasibleRanges, Suppressed, feasible_ranges, suppress, withhold
from evenhand.library.statistics.trend import Changes, changes, ratio_of_ratios, segments

__all__ = [
    "Changes",
    "Counterfactual",
    "CounterfactualBounds",
    "Excess",
    "Expected",
    "FeasibleRanges",
    "FunnelLimits",
    "MissingnessBounds",
    "OverDispersion",
    "PoissonLimits",
    "Pooled",
    "Proportion",
    "Ranks",
    "Rate",
    "RateDifference",
    "RateRatio",
    "StandardisedRatio",
    "Sum",
    "Suppressed",
    "changes",
    "directly_standardised_rate",
    "equal_rate",
    "equal_rate_bounds",
    "excess",
    "expected_events",
    "feasible_linked",
    "feasible_ranges",
    "fixed_total_swap",
    "fixed_total_swap_bounds",
    "funnel_limits",
    "indirectly_standardised_ratio",
    "mantel_haenszel_rate_ratio",
    "missingness_bounds",
    "one_stage",
    "over_dispersion",
    "poisson_limits",
    "pooled_rate_ratio",
    "proportion",
    "rank_intervals",
    "rate",
    "rate_difference",
    "rate_ratio",
    "ratio_of_ratios",
    "segments",
    "suppress",
    "suppress_linked",
    "withhold",
]
