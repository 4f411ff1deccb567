import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space
from scipy.optimize import linprog

from evenhand.library.statistics import (
    Suppressed,
    excess,
    feasible_ranges,
    proportion,
    rate,
    rate_ratio,
    suppress,
    withhold,
)

# Mostly small, so that most tables need secondary suppression.
CELL = st.one_of(st.integers(0, 8), st.integers(0, 60))
LISTS = st.lists(CELL, min_size=1, max_size=7)
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(st.lists(CELL, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)
THRESHOLD = st.integers(2, 9)


def with_totals(counts):
    table = np.array(counts, float)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def sums_of(shape):
    """Every line of the table as a row of coefficients: its parts, less its total."""
    whole = np.arange(np.prod(shape)).reshape(shape)
    rows = []
    for line in [whole] if whole.ndim == 1 else [*whole, *whole.T]:
        row = np.zeros(whole.size)
        row[line[:-1]] = 1
        row[line[-1]] = -1
        rows.append(row)
    return np.array(rows)


def totals_of(shape):
    total = np.zeros(shape, bool)
    total[-1] = True
    total.T[-1] = True
    return total


def solver_attack(suppressed):
    """What a linear program finds from the printed table alone."""
    least = np.where(suppressed.small | totals_of(suppressed.small.shape), 1, suppressed.threshold + 1)
    most = np.where(suppressed.small, suppressed.threshold, np.inf)
    least, most = (np.where(suppressed.hidden, each, suppressed.counts).ravel() for each in (least, most))
    sums, found = sums_of(suppressed.counts.shape), np.empty((least.size, 2))
    for cell in range(least.size):
        goal = np.zeros(least.size)
        goal[cell] = 1
        for column, sign in enumerate((1, -1)):
            answer = linprog(sign * goal, A_eq=sums, b_eq=np.zeros(len(sums)), bounds=np.column_stack([least, most]))
            found[cell, column] = sign * answer.fun if answer.status == 0 else np.inf
    return found.T.reshape(2, *suppressed.counts.shape)


def subtraction_attack(suppressed):
    """Which hidden cells plain linear algebra determines: those that do not move in any solution."""
    hidden = suppressed.hidden.ravel()
    free = null_space(sums_of(suppressed.counts.shape)[:, hidden]) if hidden.any() else np.zeros((0, 0))
    fixed = np.zeros(hidden.size, bool)
    fixed[hidden] = (np.abs(free) < 1e-9).all(axis=1)
    return fixed.reshape(suppressed.counts.shape)


def primary_only(counts, threshold=5):
    table = with_totals(counts)
    small = (table > 0) & (table <= threshold) & ~totals_of(table.shape)
    return Suppressed(np.where(small, np.nan, table), small, np.zeros_like(small), threshold)


@settings(deadline=None, max_examples=200)
@given(st.one_of(LISTS, TABLES), THRESHOLD)
def test_no_suppressed_count_can_be_worked_out(counts, threshold):
    table, suppressed = with_totals(counts), suppress(counts, threshold=threshold)
    ranges = feasible_ranges(counts, suppressed)
    assert not subtraction_attack(suppressed).any()
    assert ((ranges.lower <= table) & (table <= ranges.upper)).all()
    np.testing.assert_array_equal(ranges.lower[suppressed.small], 1)
    np.testing.assert_array_equal(ranges.upper[suppressed.small], threshold)
    assert (ranges.upper - ranges.lower >= threshold - 1)[suppressed.hidden].all()
    shown = ~suppressed.hidden
    np.testing.assert_array_equal(ranges.lower[shown], ranges.upper[shown])


@settings(deadline=None, max_examples=200)
@given(st.one_of(LISTS, TABLES), THRESHOLD)
def test_every_small_count_is_hidden_zeros_are_shown_and_what_is_shown_is_true(counts, threshold):
    table, suppressed = with_totals(counts), suppress(counts, threshold=threshold)
    tiny = (table > 0) & (table <= threshold)
    np.testing.assert_array_equal(suppressed.hidden, np.isnan(suppressed.counts))
    np.testing.assert_array_equal(suppressed.counts[~suppressed.hidden], table[~suppressed.hidden])
    assert suppressed.hidden[tiny].all()
    assert not suppressed.hidden[table == 0].any()
    np.testing.assert_array_equal(suppressed.small, tiny & ~totals_of(table.shape))
    assert not (suppressed.small & suppressed.withheld).any()


@settings(deadline=None, max_examples=25)
@given(st.one_of(LISTS, TABLES), st.booleans())
def test_the_ranges_are_those_that_a_linear_program_finds(counts, protected):
    suppressed = suppress(counts) if protected else primary_only(counts)
    ranges = feasible_ranges(counts, suppressed)
    np.testing.assert_allclose([ranges.lower, ranges.upper], solver_attack(suppressed), atol=1e-6)


def test_every_whole_number_that_the_ranges_allow_to_a_small_count_really_occurs():
    counts = np.array([[3, 7], [2, 9]])
    suppressed = suppress(counts)
    printed = {tuple(cell): suppressed.counts[tuple(cell)] for cell in np.argwhere(~suppressed.hidden)}
    least = np.where(suppressed.small | totals_of((3, 3)), 1, 6)
    seen = {}
    for candidate in itertools.product(range(16), repeat=4):
        table = with_totals(np.reshape(candidate, (2, 2)))
        labels = (table >= least) & (~suppressed.small | (table <= 5))
        if all(table[cell] == value for cell, value in printed.items()) and labels[suppressed.hidden].all():
            for cell in np.argwhere(suppressed.small):
                seen.setdefault(tuple(cell), set()).add(table[tuple(cell)])
    assert seen == {(0, 0): {1, 2, 3, 4, 5}, (1, 0): {1, 2, 3, 4, 5}}


def test_hiding_the_small_counts_alone_is_seen_to_fail():
    counts = [[3, 8, 20], [0, 9, 30], [40, 50, 60]]
    naive = primary_only(counts)
    ranges = feasible_ranges(counts, naive)
    assert subtraction_attack(naive)[0, 0]
    assert ranges.lower[0, 0] == ranges.upper[0, 0] == 3


def test_two_small_counts_that_add_up_to_two_are_worked_out_from_their_labels_alone():
    counts = [1, 1, 20]
    naive = primary_only(counts)
    assert not subtraction_attack(naive).any()
    ranges = feasible_ranges(counts, naive)
    np.testing.assert_array_equal(ranges.upper[:2], [1, 1])
    assert (feasible_ranges(counts, suppress(counts)).upper[:2] == 5).all()


def test_the_next_smallest_closes_a_ring_and_nothing_more_is_hidden():
    suppressed = suppress([[3, 8, 20], [0, 9, 30], [40, 50, 60]])
    np.testing.assert_array_equal(suppressed.small, np.array([[1, 0, 0, 0], [0] * 4, [0] * 4, [0] * 4], bool))
    np.testing.assert_array_equal(suppressed.withheld, np.array([[0, 1, 0, 0], [0] * 4, [1, 1, 0, 0], [0] * 4], bool))


def test_a_list_hides_the_next_smallest_and_keeps_its_total():
    suppressed = suppress([3, 20, 8, 0, 40])
    np.testing.assert_array_equal(suppressed.counts, [np.nan, 20, np.nan, 0, 40, 71])
    np.testing.assert_array_equal(suppressed.small, [True, False, False, False, False, False])


def test_a_small_total_is_withheld_without_a_hint():
    suppressed = suppress([1, 1, 1, 1, 1])
    np.testing.assert_array_equal(suppressed.withheld, [False] * 5 + [True])
    np.testing.assert_array_equal(feasible_ranges([1] * 5, suppressed).upper, [5] * 5 + [25])


def test_nothing_small_hides_nothing_and_zeros_are_nothing_small():
    for counts in ([6, 7, 100], [[0, 0], [0, 0]], [[10, 0], [6, 9]]):
        assert not suppress(counts).hidden.any()
    assert suppress([6, 7, 100], threshold=6).hidden.any()


def test_every_derived_figure_is_withheld_with_its_count():
    events, population = np.array([3, 20, 8, 0, 40]), np.full(5, 1000)
    hidden = suppress(events).hidden[:-1]
    for figure in (
        rate(events, population),
        rate_ratio(events, population, 50, 1000),
        excess(events, population, 50, 1000),
        proportion(events, 71),
    ):
        blank = withhold(figure, hidden)
        for name in figure.__slots__:
            np.testing.assert_array_equal(getattr(blank, name), np.where(hidden, np.nan, getattr(figure, name)))


def test_a_ratio_is_withheld_where_either_count_is_hidden():
    figure = rate_ratio([10, 20, 30], 100, [10, 20, 30], 100)
    np.testing.assert_array_equal(
        withhold(figure, [True, False, False], [False, False, True]).ratio, [np.nan, 1, np.nan]
    )
    assert np.isnan(withhold(figure, True).upper).all()


def test_a_mask_of_another_shape_is_refused_in_words():
    with pytest.raises(ValueError, match=r"do not fit together: rate \(3,\).* hidden 1 \(4,\)"):
        withhold(rate([1, 2, 3], 10), suppress([1, 2, 3]).hidden)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ([1, None], "counts must be known; got nan"),
        ([1, -1], "counts must be whole numbers, 0 or more; got -1"),
        (5, "a list of counts is needed"),
        ([], "a list of counts is needed"),
        (np.zeros((0, 3), int), r"a list or a table of rows and columns; got the shape \(0, 3\)"),
        (np.ones((2, 2, 2), int), r"a list or a table of rows and columns; got the shape \(2, 2, 2\)"),
    ],
)
def test_what_is_no_table_of_known_counts_is_refused(counts, message):
    with pytest.raises(ValueError, match=message):
        suppress(counts)


def test_a_threshold_that_would_tell_and_a_foreign_table_are_refused():
    with pytest.raises(ValueError, match="threshold must be 2 or more; got 1"):
        suppress([1, 2], threshold=1)
    with pytest.raises(ValueError, match=r"has the shape \(3,\), not \(4,\)"):
        feasible_ranges([1, 2, 3], suppress([1, 2]))
