"""What the counts would be under a named assumption: two different questions, and one stage alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.library.statistics.errors import Floats, counts, listed, position


@dataclass(frozen=True, slots=True, eq=False)
class Counterfactual:
    """The counts expected under an assumption, and how far the real ones are above them."""

    expected: Floats
    difference: Floats
    total: Floats


def fixed_total_swap(counts: ArrayLike, populations: ArrayLike, *, reference: int | None = None) -> Counterfactual:
    """Ask who would be counted if the total stayed and each group's share were its share of the population.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis; out: arrays `expected`, `difference`
        of that shape and `total` without that axis
    Units
        those of the counts; `difference` is real less expected; `total` adds it up over every group but the reference
        at that position from 0, and over all groups, where it is 0, when none is named
    Missing
        NaN where any group's count is missing or the populations add up to zero
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; and for a reference that is not one of them
    Source
        N_g − N × P_g/P, as in the Lammy Review 2017 (by its arithmetic).
    """
    actual, among = _groups(counts, populations, reference)
    everyone = among.sum(axis=-1, keepdims=True)
    share = among / np.where(everyone > 0, everyone, np.nan)
    return _against(actual, actual.sum(axis=-1, keepdims=True) * share, reference)


def equal_rate(counts: ArrayLike, populations: ArrayLike, reference: int) -> Counterfactual:
    """Ask who would be counted if every group had the reference's rate, the total changing with it.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis, and the reference's position on it;
        out: arrays `expected`, `difference` of that shape and `total` without that axis
    Units
        those of the counts; `difference` is real less expected; `total` adds it up over the groups
    Missing
        NaN for a group whose count is missing, for all where the reference's is or its population is zero, and for
        the total where any group's is
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; and for a reference that is not one of them
    Source
        N_g − P_g × N_W/P_W; in total N − N_W × P/P_W.
    """
    actual, among = _groups(counts, populations, reference)
    their_count, their_population = actual[..., [reference]], among[..., [reference]]
    expected = among * their_count / np.where(their_population > 0, their_population, np.nan)
    return _against(actual, expected, reference)


def one_stage(counts: ArrayLike, stage_before: ArrayLike, reference: int) -> Counterfactual:
    """Ask who would be counted if at this stage alone every group had the reference's rate, the rest staying real.

    Shape
        two array-likes of counts, broadcast together, groups on the last axis, and the reference's position on it;
        out: arrays `expected`, `difference` of that shape and `total` without that axis
    Units
        those of the counts; `difference` is real less expected; `total` adds it up over the groups
    Missing
        NaN for a group whose count is missing, for all where the reference's is or its stage before is zero, and for
        the total where any group's is
    Errors
        ValueError for negative, fractional, infinite or non-numeric counts; for shapes that do not fit together or
        hold no groups; and for a reference that is not one of them
    Source
        a − A × b/B, with A and B the real counts at the stage before, which keep all earlier disparity.
    """
    # The arithmetic of equal_rate; what differs is the question, which lies in the denominators.
    return equal_rate(counts, stage_before, reference)


def _groups(actual: ArrayLike, populations: ArrayLike, reference: int | None) -> tuple[Floats, Floats]:
    checked, among = counts(counts=actual, populations=populations)
    groups = listed("groups", checked).shape[-1]
    if reference is not None:
        position("reference", reference, groups)
    return checked, among


def _against(actual: Floats, expected: Floats, reference: int | None) -> Counterfactual:
    difference = actual - expected
    others = [group for group in range(actual.shape[-1]) if group != reference]
    return Counterfactual(expected, difference, np.asarray(difference[..., others].sum(axis=-1)))
