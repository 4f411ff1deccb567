"""What the counts would be under a named assumption: two different questions, one stage alone, and their doubt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, listed, position, together, whole
from evenhand.library.statistics.intervals import proportion
from evenhand.library.statistics.rates import excess


@dataclass(frozen=True, slots=True, eq=False)
class Counterfactual:
    """The counts expected under an assumption, and how far the real ones are above them, with intervals."""

    expected: Floats
    difference: Floats
    lower: Floats
    upper: Floats
    total: Floats
    total_lower: Floats
    total_upper: Floats


@dataclass(frozen=True, slots=True, eq=False)
class CounterfactualBounds:
    """How far the counts of unknown group could move a counterfactual, which says nothing of chance."""

    lower: Floats
    upper: Floats
    total_lower: Floats
    total_upper: Floats


def fixed_total_swap(
    counts: ArrayLike, populations: ArrayLike, *, reference: int | None = None, confidence: float = 0.95
) -> Counterfactual:
    """Ask who would be counted if the total stayed and each group's share were its share of the population.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis; out: arrays `expected`, `difference`,
        `lower`, `upper` of that shape, and `total`, `total_lower`, `total_upper` without that axis
    Units
        those of the counts; `difference` is real less expected; `total` adds it up over every group but the reference
        at that position from 0, and over all groups, where it and its limits are 0, when none is named
    Missing
        NaN where any group's count is missing or the populations add up to zero; limits also where nobody is counted
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; for a reference that is not one of them; and for a confidence outside 0 to 1
    Source
        N_g − N × P_g/P, as in the Lammy Review 2017 (by its arithmetic). The question holds N fixed, and given N a
        group's count is binomial: the limits are N times Wilson's (1927) for its share, less N × P_g/P. The other
        groups together are one group with limits of its own, to which those of single groups do not add up. Assumes
        independent people.
    """
    actual, among = _groups(counts, populations, reference)
    everyone = actual.sum(axis=-1, keepdims=True)
    expected = everyone * _shares(among)
    share = proportion(actual, everyone, confidence=confidence)
    difference, lower, upper = actual - expected, everyone * share.lower - expected, everyone * share.upper - expected
    if reference is None:
        none = np.asarray(difference.sum(axis=-1) * 0)
        return Counterfactual(expected, difference, lower, upper, none, none, none)
    # What the reference has too few of, the others together have too many of, limits and all.
    total, total_upper, total_lower = (np.asarray(-array[..., reference]) for array in (difference, lower, upper))
    return Counterfactual(expected, difference, lower, upper, total, total_lower, total_upper)


def equal_rate(
    counts: ArrayLike, populations: ArrayLike, reference: int, *, confidence: float = 0.95
) -> Counterfactual:
    """Ask who would be counted if every group had the reference's rate, the total changing with it.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis, and the reference's position on it;
        out: arrays `expected`, `difference`, `lower`, `upper` of that shape, and `total`, `total_lower`,
        `total_upper` without that axis
    Units
        those of the counts; `difference` is real less expected; `total` adds it up over the groups
    Missing
        NaN for a group whose count is missing, for all where the reference's is or its population is zero, and for
        the total where any group's is; limits also where there is no population, and for the reference, which is
        never compared with itself
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; for a reference that is not one of them; and for a confidence outside 0 to 1
    Source
        N_g − P_g × N_W/P_W; in total N − N_W × P/P_W. Limits are those of the excess (Zou and Donner 2008, over
        Garwood's exact limits of each rate), for each group and for the other groups taken as one. Assumes
        independent people.
    """
    actual, among = _groups(counts, populations, reference)
    theirs, of_them = actual[..., [reference]], among[..., [reference]]
    expected = among * theirs / np.where(of_them > 0, of_them, np.nan)
    difference = actual - expected
    each = excess(actual, among, theirs, of_them, confidence=confidence)
    itself = np.arange(actual.shape[-1]) == reference
    lower, upper = np.where(itself, np.nan, each.lower), np.where(itself, np.nan, each.upper)
    others = _others(actual, reference), _others(among, reference)
    all_others = excess(*others, theirs[..., 0], of_them[..., 0], confidence=confidence)
    total = np.asarray(difference.sum(axis=-1))
    return Counterfactual(expected, difference, lower, upper, total, all_others.lower, all_others.upper)


def one_stage(
    counts: ArrayLike, stage_before: ArrayLike, reference: int, *, confidence: float = 0.95
) -> Counterfactual:
    """Ask who would be counted if at this stage alone every group had the reference's rate, the rest staying real.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis, and the reference's position on it;
        out: arrays `expected`, `difference`, `lower`, `upper` of that shape, and `total`, `total_lower`,
        `total_upper` without that axis
    Units
        those of the counts; `difference` is real less expected; `total` adds it up over the groups
    Missing
        NaN for a group whose count is missing, for all where the reference's is or its stage before is zero, and for
        the total where any group's is; limits also where there is no stage before, and for the reference, which is
        never compared with itself
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; for a reference that is not one of them; and for a confidence outside 0 to 1
    Source
        a − A × b/B, with A and B the real counts at the stage before, which keep all earlier disparity. Limits as for
        equal rates.
    """
    # The arithmetic of equal_rate; what differs is the question, which lies in the denominators.
    return equal_rate(counts, stage_before, reference, confidence=confidence)


def fixed_total_swap_bounds(
    counts: ArrayLike, populations: ArrayLike, unknown: ArrayLike, *, reference: int | None = None
) -> CounterfactualBounds:
    """Bound a swap by every way of sharing out the counts of unknown group, which join the total.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis, and one without that axis; out: arrays
        `lower`, `upper` with it and `total_lower`, `total_upper` without
    Units
        those of the counts; as the difference and the total of a swap
    Missing
        NaN where any count is missing or the populations add up to zero
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; and for a reference that is not one of them
    Source
        Worst cases: none of the unknowns are of the group (`lower`) or all are (`upper`); the total likewise, of all
        groups but the reference. These bounds are not an interval and are never merged with one.
    """
    swap = fixed_total_swap(counts, populations, reference=reference)
    actual, among = _groups(counts, populations, reference)
    joining, share = _unknown(unknown, actual), _shares(among)
    lower, upper = swap.difference - joining * share, swap.difference + joining * (1 - share)
    if reference is None:
        none = np.asarray(lower.sum(axis=-1) * 0)
        return CounterfactualBounds(lower, upper, none, none)
    return CounterfactualBounds(lower, upper, np.asarray(-upper[..., reference]), np.asarray(-lower[..., reference]))


def equal_rate_bounds(
    counts: ArrayLike, populations: ArrayLike, unknown: ArrayLike, reference: int
) -> CounterfactualBounds:
    """Bound an equal rate by every way of sharing out the counts of unknown group.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis, one without that axis, and the
        reference's position on it; out: arrays `lower`, `upper` with that axis and `total_lower`, `total_upper`
        without
    Units
        those of the counts; as the difference and the total of an equal rate
    Missing
        NaN as for the equal rate, and where the unknown is missing
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; and for a reference that is not one of them
    Source
        Worst cases: all unknowns are of the reference (`lower`) or of the group (`upper`); the total likewise, of any
        group but the reference. These bounds are not an interval and are never merged with one.
    """
    equal = equal_rate(counts, populations, reference)
    actual, among = _groups(counts, populations, reference)
    joining, of_them = _unknown(unknown, actual), among[..., [reference]]
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(of_them > 0, among / of_them, np.nan)
    itself = np.arange(actual.shape[-1]) == reference
    return CounterfactualBounds(
        equal.difference - np.where(itself, 0, joining * times),
        equal.difference + np.where(itself, 0, joining),
        equal.total - joining[..., 0] * _others(times, reference),
        equal.total + joining[..., 0],
    )


def _groups(actual: ArrayLike, populations: ArrayLike, reference: int | None) -> tuple[Floats, Floats]:
    checked, among = counts(counts=actual, populations=populations)
    groups = listed("groups", checked).shape[-1]
    if reference is not None:
        position("reference", reference, groups)
    return checked, among


def _shares(among: Floats) -> Floats:
    everyone = among.sum(axis=-1, keepdims=True)
    return among / np.where(everyone > 0, everyone, np.nan)


def _others(array: Floats, reference: int) -> Floats:
    """What stands on the last axis beside the reference, added up."""
    return np.asarray(np.delete(array, reference, axis=-1).sum(axis=-1))


def _unknown(unknown: ArrayLike, actual: Floats) -> Floats:
    _, joining = together(counts=actual[..., 0], unknown=whole("unknown", unknown))
    return np.asarray(joining[..., np.newaxis])
