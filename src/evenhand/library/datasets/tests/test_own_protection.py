"""Small counts of one's own stay hidden along every axis and beside every release; a solver of our own tries."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.library.datasets.loader import ALL, ANY, KNOWN, UNRECORDED, Observation, RefusedFile, Source, Total
from evenhand.library.datasets.own.protection import Decision, protect, shown_before
from evenhand.library.datasets.tests.solver import leaks
from evenhand.library.vocabulary import UNKNOWN

SOURCE = Source("T", "https://example.org/", "1", "CC0")
LEEDS, BRADFORD, WAKEFIELD, ENGLAND = "E08000035", "E08000032", "E08000036", "E92000001"
GROUPS, SEXES, PLACES = ("Asian", "Black", "White"), ("male", "female"), (LEEDS, BRADFORD, WAKEFIELD)
CELL = st.one_of(st.integers(0, 8), st.integers(0, 60))


def figure(value, *, place=LEEDS, group="White", sex=ALL, detail="", period="2024", series="people", state="present"):
    scheme = ANY if group in (ALL, KNOWN, UNKNOWN) else "five"
    return Observation(
        series, period, place, scheme, group, value, state, 2, "n", SOURCE, detail=detail, sex=sex
    )  # fmt: skip


def shown(found, totals=(), earlier=()):
    """What is shown of each figure, by what it is of, and what was decided."""
    protected, decision = protect(found, totals, earlier, file="try.csv")
    return {one.key: one.state if one.value is None else one.value for one in protected}, decision


def states(found, **more):
    return list(shown(found, **more)[0].values())


@st.composite
def cubes(draw):
    """Counts by place, group and sex, with some of their totals printed."""
    places, groups = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    sexes = draw(st.integers(0, 2))
    counts = draw(st.lists(CELL, min_size=places * groups * max(1, sexes), max_size=places * groups * max(1, sexes)))
    cube = np.reshape(counts, (places, groups, max(1, sexes)))
    return cube, draw(st.booleans()), draw(st.booleans())


def printed(cube, group_totals, sex_totals):
    """The rows of a table: every cell, and the totals over groups and sexes if they are printed."""
    places, groups, sexes = cube.shape
    of_sexes = [ALL] if sexes == 1 else list(SEXES[:sexes])
    found = []
    for p, (g, group), (s, sex) in itertools.product(
        range(places), [*enumerate(GROUPS[:groups]), (None, ALL)], [*enumerate(of_sexes), (None, ALL)]
    ):
        if (group == ALL and not group_totals) or (s is None and (not sex_totals or sexes == 1)):
            continue
        part = cube[p, slice(None) if g is None else g, ...]
        part = part[..., slice(None) if s is None else s] if sexes > 1 else part
        found.append(figure(float(part.sum()), place=PLACES[p], group=group, sex=sex))
    return found


@settings(max_examples=60)
@given(cubes())
def test_no_small_count_is_shown_or_worked_out_whatever_is_crossed_and_whatever_totals_are_printed(made):
    found = printed(*made)
    seen, decision = shown(found)
    assert leaks([(found, seen)]) == []
    for one in found:
        if 1 <= one.value <= 5:
            assert seen[one.key] in {"small", "suppressed"}
        if one.value == 0 or not isinstance(seen[one.key], str):
            assert seen[one.key] == one.value
    assert decision.printed == {one.key for one in found}


@st.composite
def revised(draw):
    cube, group_totals, sex_totals = draw(cubes())
    later = []
    for _ in range(draw(st.integers(1, 2))):
        new = (later[-1] if later else cube).copy()
        for cell in draw(st.lists(st.integers(0, cube.size - 1), max_size=3)):
            new.ravel()[cell] = draw(CELL)
        later.append(new)
    return [printed(each, group_totals, sex_totals) for each in (cube, *later)]


@pytest.mark.long
@settings(max_examples=60)
@given(revised())
def test_releases_laid_side_by_side_give_nothing_away(every):
    earlier, seen = [], []
    for found in every:
        try:
            told, decision = shown(found, earlier=earlier)
        except RefusedFile:
            assume(False)
        earlier.append(decision)
        seen.append((found, told))
    assert leaks(seen) == []


def test_each_release_protected_by_itself_is_seen_to_fail():
    counts = ((3, 9, 20), (3, 9, 8))
    every = [printed(np.reshape(each, (1, 3, 1)), True, False) for each in counts]
    naive = [(found, shown(found)[0]) for found in every]
    assert leaks(naive) != []
    first, decision = shown(every[0])
    second, _ = shown(every[1], earlier=[decision])
    assert leaks([(every[0], first), (every[1], second)]) == []


def test_the_next_smallest_of_row_and_column_goes_with_a_small_count_even_where_no_total_is_printed():
    counts = {LEEDS: (64, 58, 402), BRADFORD: (131, 19, 208), WAKEFIELD: (15, 3, 214)}
    found = [
        figure(value, place=place, group=group)
        for place, of in counts.items()
        for group, value in zip(GROUPS, of, strict=True)
    ]
    seen, decision = shown(found)
    assert [key[2:5:2] for key, cell in seen.items() if cell == "small"] == [(WAKEFIELD, "Black")]
    withheld = {key[2:5:2] for key, cell in seen.items() if cell == "suppressed"}
    # The next smallest of its row, and one row more that closes the ring.
    assert (WAKEFIELD, "Asian") in withheld
    assert len(withheld) == 3
    assert {group for _, group in withheld} == {"Asian", "Black"}
    assert len(decision.counts) > len(found)


def test_nothing_small_hides_nothing_and_zero_is_shown_as_zero():
    assert states([figure(0, group="Black"), figure(6)]) == [0, 6]


def test_years_and_series_stand_each_for_itself():
    found = [figure(3, group="Black"), figure(20), figure(30, period="2023"), figure(9, period="2023", group="Black")]
    assert states(found) == ["small", "suppressed", 30, 9]
    apart = [
        figure(3, group="Black"),
        figure(20),
        figure(9, series="events", group="Black"),
        figure(8, series="events"),
    ]
    assert states(apart)[2:] == [9, 8]


def test_those_of_no_group_are_part_of_everyone():
    found = [figure(3, group="Black"), figure(20), figure(7, group=UNKNOWN), figure(30, group=ALL)]
    seen = shown(found)[0]
    assert seen[found[0].key] == "small"
    assert sum(isinstance(cell, str) for cell in seen.values()) > 1
    assert leaks([(found, seen)]) == []


def test_why_nothing_was_recorded_adds_up_to_unknown():
    reasons = [
        figure(value)._replace(classification=UNRECORDED, group=name) for name, value in (("Refused", 2), ("Blank", 9))
    ]
    seen = shown([*reasons, figure(11, group=UNKNOWN), figure(40)])[0]
    assert seen[reasons[0].key] == "small"
    assert seen[reasons[1].key] == "suppressed"


def test_broad_groups_are_the_sums_of_detailed_ones():
    detailed = [
        figure(value)._replace(classification="gss-18", group=name)
        for name, value in (("African", 40), ("Caribbean", 3), ("Other Black", 12))
    ]
    seen = shown([*detailed, figure(55, group="Black"), figure(200)])[0]
    assert [seen[one.key] for one in detailed] == [40, "small", "suppressed"]


def test_known_and_unknown_make_everyone_and_known_is_its_groups():
    found = [
        figure(3, group="Black"),
        figure(20),
        figure(23, group=KNOWN),
        figure(8, group=UNKNOWN),
        figure(31, group=ALL),
    ]
    seen = shown(found)[0]
    hidden = {one.group for one in found if isinstance(seen[one.key], str)}
    assert {"Black", "White"} <= hidden


def test_a_wider_place_bounds_the_places_within_it():
    """England counts the two councils and others: 8 in all, of which 6 are shown, leave 2 at most."""
    found = [figure(2, place=LEEDS), figure(6, place=BRADFORD), figure(9, place=ENGLAND)]
    seen = shown(found)[0]
    assert seen[found[0].key] == "small"
    assert "suppressed" in {seen[found[1].key], seen[found[2].key]}


def test_a_total_that_the_declaration_names_is_a_sum_too():
    years = [figure(value, period=period) for period, value in (("2023", 3), ("2024", 20), ("2023 to 2024", 23))]
    assert states(years) == ["small", 20, 23]
    total = Total("2023 to 2024", ("2023", "2024"), along="period")
    assert states(years, totals=(total,)) == ["small", "suppressed", 23]


def test_what_the_source_withholds_stays_withheld_and_bounds_what_stands_beside_it():
    found = [figure(3, group="Black"), figure(None, group="Asian", state="suppressed"), figure(4, group=ALL)]
    seen = shown(found)[0]
    assert seen[found[1].key] == "suppressed"
    assert seen[found[0].key] == "small"
    assert seen[found[2].key] == "suppressed"


def test_parts_that_come_to_more_than_their_total_are_no_parts_of_it():
    found = [figure(3, detail="drugs"), figure(20, detail="weapons"), figure(21, detail="")]
    assert states(found) == ["small", 20, 21]


def test_an_earlier_release_that_hid_nothing_has_told_everything():
    first = [figure(3, group="Black"), figure(20)]
    known = shown_before(first)
    assert states(first, earlier=[known]) == ["small", 20]
    second = [figure(2, group="Black"), figure(20), figure(22, group=ALL)]
    assert states(second, earlier=[known]) == ["small", 20, "suppressed"]


def test_a_small_count_that_earlier_releases_give_away_is_refused_by_its_row():
    first = [figure(9, group="Black"), figure(20), figure(29, group=ALL)]
    second = [figure(5, group="Black"), figure(24), figure(29, group=ALL)]
    assert states(second, earlier=[shown_before(first)]) == ["small", "suppressed", 29]
    third = [figure(3, group="Black"), figure(20), figure(26, group="Asian"), figure(49, group=ALL)]
    told = shown_before([figure(20), figure(26, group="Asian"), figure(49, group=ALL)])
    with pytest.raises(RefusedFile, match="row 2, n: this small count could be worked out from what earlier releases"):
        shown(third, earlier=[told])


def test_a_decision_is_written_and_read_again_without_loss():
    found = printed(np.array([[[3, 9], [20, 30]], [[8, 2], [40, 50]]]), True, True)
    _, decision = shown(found)
    again = Decision.from_json(decision.as_json())
    assert again == decision
    assert again.hidden
    assert states(found, earlier=[again]) == states(found)
