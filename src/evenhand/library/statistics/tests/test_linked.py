"""Counts linked by sums are hidden so that no solver finds them: in one table, in several, and across releases."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evenhand.library.statistics import Sum, Suppressed, feasible_linked, feasible_ranges, suppress, suppress_linked
from evenhand.library.statistics.linked import CannotHide

CELL = st.one_of(st.integers(0, 8), st.integers(0, 60))
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(st.lists(CELL, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)
CUBES = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(2, 3)).flatmap(
    lambda shape: st.lists(CELL, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))).map(
        lambda cells: np.reshape(cells, shape)
    )
)


def with_totals(counts):
    """A table or cube of any number of axes with all its totals, as a list, and the sums among them."""
    table = np.array(counts, float)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    at = np.arange(table.size).reshape(table.shape)
    lines = [line for axis in range(table.ndim) for line in np.moveaxis(at, axis, -1).reshape(-1, at.shape[axis])]
    return table.ravel(), [Sum(int(line[-1]), tuple(map(int, line[:-1]))) for line in lines]


def attack(table, sums, suppressed, told=None):
    """What a reader finds who has every sum, every label and a solver of his own: written apart from what it tests."""
    told = np.zeros(len(table), bool) if told is None else told
    wholes = {each.whole for each in sums}
    bounds = []
    for at, value in enumerate(table):
        if not suppressed.hidden[at] or told[at]:
            bounds.append((value, value))
        elif suppressed.small[at]:
            bounds.append((1, suppressed.threshold))
        else:
            bounds.append((1 if at in wholes else suppressed.threshold + 1, None))
    rows = np.zeros((len(sums), len(table)))
    for row, each in zip(rows, sums, strict=True):
        row[list(each.parts)] = 1
        row[each.whole] = -1
    exact = np.array([each.exact for each in sums], bool)
    ranges = np.zeros((2, len(table)))
    for at in range(len(table)):
        for end, sign in enumerate((1, -1)):
            goal = np.zeros(len(table))
            goal[at] = sign
            found = linprog(
                goal,
                A_ub=rows[~exact] if (~exact).any() else None,
                b_ub=np.zeros((~exact).sum()) if (~exact).any() else None,
                A_eq=rows[exact] if exact.any() else None,
                b_eq=np.zeros(exact.sum()) if exact.any() else None,
                bounds=bounds,
            )
            ranges[end, at] = sign * found.fun if found.status == 0 else sign * -np.inf
    return ranges


def safe(table, sums, suppressed, told=None):
    lower, upper = attack(table, sums, suppressed, told)
    secret = suppressed.hidden & ~(np.zeros(len(table), bool) if told is None else told)
    return bool((upper - lower >= suppressed.threshold - 1 - 1e-6)[secret].all())


@pytest.mark.long
@settings(max_examples=40)
@given(st.one_of(TABLES, CUBES), st.integers(2, 9))
def test_no_hidden_count_can_be_worked_out_in_tables_of_two_axes_and_of_three(counts, threshold):
    table, sums = with_totals(counts)
    suppressed = suppress_linked(table, sums, threshold=threshold)
    assert safe(table, sums, suppressed)
    tiny = (table > 0) & (table <= threshold)
    assert suppressed.hidden[tiny].all()
    assert not suppressed.hidden[table == 0].any()
    assert not (suppressed.small & suppressed.withheld).any()
    np.testing.assert_array_equal(np.isnan(suppressed.counts), suppressed.hidden)
    np.testing.assert_array_equal(suppressed.counts[~suppressed.hidden], table[~suppressed.hidden])


@settings(max_examples=40)
@given(TABLES)
def test_in_a_plain_table_both_ways_are_safe_by_the_ranges_of_either(counts):
    table, sums = with_totals(counts)
    shape = np.array(counts).shape[0] + 1, np.array(counts).shape[1] + 1
    plain, linked = suppress(counts), suppress_linked(table, sums)
    ranges = feasible_linked(table, sums, Suppressed(table, plain.small.ravel(), plain.withheld.ravel(), 5))
    by_flow = feasible_ranges(counts, plain)
    np.testing.assert_allclose(ranges.lower, by_flow.lower.ravel(), atol=1e-6)
    np.testing.assert_allclose(ranges.upper, by_flow.upper.ravel(), atol=1e-6)
    again = Suppressed(table.reshape(shape), linked.small.reshape(shape), linked.withheld.reshape(shape), 5)
    by_flow = feasible_ranges(counts, again)
    assert (by_flow.upper - by_flow.lower >= 4)[again.hidden].all()


@pytest.mark.long
@settings(max_examples=12)
@given(CUBES)
def test_the_ranges_are_those_that_another_solver_finds(counts):
    table, sums = with_totals(counts)
    suppressed = suppress_linked(table, sums)
    ranges = feasible_linked(table, sums, suppressed)
    np.testing.assert_allclose([ranges.lower, ranges.upper], attack(table, sums, suppressed), atol=1e-5)


def test_nothing_small_hides_nothing():
    table, sums = with_totals([[6, 7], [100, 0]])
    assert not suppress_linked(table, sums).hidden.any()


def test_a_third_axis_lets_a_count_out_that_each_of_its_planes_would_keep():
    """Hiding by group and sex, then by group and area, each for itself, is seen to fail; hiding together is not."""
    counts = np.array([[[3, 20], [30, 40]], [[50, 60], [70, 80]]])
    table, sums = with_totals(counts)
    planes = np.zeros((3, 3, 3), bool)
    for level in range(3):
        full = counts[level] if level < 2 else counts.sum(axis=0)
        planes[level] = suppress(full).hidden
    naive = Suppressed(table, (table == 3) & planes.ravel(), planes.ravel() & (table != 3), 5)
    assert not safe(table, sums, naive)
    assert safe(table, sums, suppress_linked(table, sums))


def test_a_sum_with_a_part_left_out_still_bounds_its_parts():
    """A total that counts others too: a reader knows that the parts are no more than it."""
    table, sums = np.array([8.0, 3, 5]), [Sum(0, (1, 2), exact=True)]
    assert suppress_linked(table, sums).hidden.sum() >= 2
    loose = [Sum(0, (1, 2), exact=False)]
    alone = Suppressed(table, np.array([False, True, False]), np.zeros(3, bool), 5)
    assert feasible_linked(np.array([10.0, 3, 6]), loose, alone).upper[1] == 4
    suppressed = suppress_linked([10, 3, 6], loose)
    # The other part is 6 or more, by its being hidden without a hint: so the total must go as well.
    assert suppressed.hidden.all()
    assert safe(np.array([10.0, 3, 6]), loose, suppressed)
    assert suppress_linked([40, 3, 6], loose).hidden.sum() == 1


@st.composite
def releases(draw):
    """One table released twice: some counts changed between, the totals with them."""
    first = np.array(draw(TABLES), float)
    second = first.copy()
    for at in draw(st.lists(st.integers(0, first.size - 1), max_size=3)):
        second.ravel()[at] = draw(CELL)
    return first, second


def side_by_side(first, second):
    """Both releases as one list, in which a count that did not change stands once."""
    (old, old_sums), (new, new_sums) = with_totals(first), with_totals(second)
    place = [at if old[at] == new[at] else len(old) + at for at in range(len(new))]
    table = np.concatenate([old, new])
    moved = [Sum(place[each.whole], tuple(place[part] for part in each.parts)) for each in new_sums]
    used = sorted({*range(len(old)), *place})
    at = {cell: position for position, cell in enumerate(used)}
    sums = [Sum(at[one.whole], tuple(at[part] for part in one.parts)) for one in (*old_sums, *moved)]
    return table[used], list(dict.fromkeys(sums)), len(old), [at[cell] for cell in place]


@pytest.mark.long
@settings(max_examples=40)
@given(releases())
def test_two_releases_together_give_nothing_away_that_each_hides(pair):
    first, second = pair
    old, old_sums = with_totals(first)
    before = suppress_linked(old, old_sums)
    table, sums, length, now = side_by_side(first, second)
    none = np.zeros(len(table) - length, bool)
    earlier = Suppressed(table, np.append(before.small, none), np.append(before.withheld, none), 5)
    told = np.append(~before.hidden, none)
    try:
        found = suppress_linked(table, sums, told=told, earlier=earlier)
    except CannotHide:
        assume(False)
    assert safe(table, sums, found, told)
    # What was printed before stays as it was; what was hidden is not printed now.
    assert found.hidden[np.append(before.hidden, none)].all()
    assert not found.hidden[now][table[now] == 0].any()


def test_each_release_hidden_for_itself_is_seen_to_fail():
    """The second time another cell is withheld to protect the small one: the first release has it."""
    first, second = np.array([[3, 9, 20, 30]]), np.array([[3, 9, 8, 30]])
    table, sums, length, now = side_by_side(first, second)
    one, two = (suppress_linked(*with_totals(each)) for each in (first, second))
    told = np.zeros(len(table), bool)
    told[:length] |= ~one.hidden
    told[now] |= ~two.hidden
    small = np.zeros(len(table), bool)
    small[0] = True
    seen = Suppressed(table, small, ~told & ~small, 5)
    assert not safe(table, sums, seen, told)


def test_what_readers_were_told_already_cannot_be_protected_and_is_said_by_its_position():
    with pytest.raises(CannotHide) as caught:
        suppress_linked([9, 3, 6], [Sum(0, (1, 2))], told=[True, False, True])
    assert caught.value.position == 1
    assert not suppress_linked([9, 3, 6], [Sum(0, (1, 2))], told=[True, True, True]).withheld.any()


@pytest.mark.parametrize(
    ("counts", "sums", "message"),
    [
        ([1, None], [], "counts must be known"),
        ([1, -1], [], "whole numbers, 0 or more"),
        ([[1, 2]], [], r"a list of counts is needed; got the shape \(1, 2\)"),
        ([], [], "a list of counts is needed"),
        ([5, 2, 2], [Sum(0, (1, 2))], "a sum does not hold: 5 is not 4"),
        ([3, 2, 2], [Sum(0, (1, 2), exact=False)], "a sum does not hold: 3 is not 4"),
        ([3, 2], [Sum(0, (1, 2))], r"a sum names the positions \(0, 1, 2\), of 2 counts"),
    ],
)
def test_what_is_no_list_of_known_counts_that_add_up_is_refused(counts, sums, message):
    with pytest.raises(ValueError, match=message):
        suppress_linked(counts, sums)


def test_a_threshold_that_would_tell_is_refused():
    with pytest.raises(ValueError, match="threshold must be 2 or more; got 1"):
        suppress_linked([1, 2], [], threshold=1)


def test_every_whole_number_that_the_ranges_allow_to_a_small_count_really_occurs():
    counts = np.array([[3, 7], [2, 9]])
    table, sums = with_totals(counts)
    suppressed = suppress_linked(table, sums)
    seen = {}
    for candidate in itertools.product(range(16), repeat=4):
        other, _ = with_totals(np.reshape(candidate, (2, 2)))
        wholes = {each.whole for each in sums}
        fits = all(
            other[at] == value
            if not suppressed.hidden[at]
            else 1 <= other[at] <= 5
            if suppressed.small[at]
            else other[at] >= (1 if at in wholes else 6)
            for at, value in enumerate(table)
        )
        if fits:
            for at in np.flatnonzero(suppressed.small):
                seen.setdefault(int(at), set()).add(int(other[at]))
    assert all(values == {1, 2, 3, 4, 5} for values in seen.values())
    assert len(seen) == suppressed.small.sum() == 2
