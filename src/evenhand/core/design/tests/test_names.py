"""Words find a place that is clear at every width, or the least bad where they must stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.design.charts.names import DOT, Clearing, Place

shares = st.floats(0, 1)
places = st.builds(Place, shares, st.sampled_from(["start", "middle", "end"]), st.floats(-40, 40), st.floats(0, 120))


@given(st.lists(st.tuples(st.floats(5, 200), st.lists(places, min_size=1, max_size=5)), max_size=25), shares)
def test_what_is_placed_is_clear_of_all_that_was_placed_before_at_every_width(wanted, between):
    room = Clearing(286, 608)
    placed = [(found, size) for size, choices in wanted if (found := room.find(size, choices))]
    width = 286 + between * (608 - 286)
    spans = []
    for place, size in placed:
        start = place.share * width + place.aside - {"start": 0, "middle": size / 2, "end": size}[place.anchor]
        assert start >= -1e-6
        assert start + size <= width + 1e-6
        spans.append((start, start + size, place.y))
    for at, (left, right, y) in enumerate(spans):
        for other_left, other_right, other_y in spans[:at]:
            assert abs(y - other_y) > 10 or right <= other_left or other_right <= left


def test_the_first_place_that_is_clear_is_taken_and_the_next_words_go_elsewhere():
    room = Clearing(300, 300)
    here, there = Place(0.5, "start", 0, 20), Place(0.5, "start", 0, 60)
    assert room.find(50, [here, there]) == here
    assert room.find(50, [here, there]) == there
    assert room.find(50, [here, there]) is None


def test_words_that_must_stand_rather_lie_over_a_mark_than_over_words():
    room = Clearing(300, 300)
    free, dotted = Place(0.0, "start", 0, 20), Place(0.5, "start", 0, 20)
    room.taken.append(room.box(0.55, (-5, 5), (10, 20), DOT))
    room.find(80, [free])
    assert room.find(80, [free, dotted]) is None
    assert room.find(80, [free, dotted], must=True) == dotted


def test_words_wider_than_the_chart_are_not_placed_at_all():
    assert Clearing(100, 500).find(150, [Place(0.5, "middle", 0, 20)], must=True) is None


@pytest.mark.parametrize("anchor", ["start", "end"])
def test_words_may_reach_to_the_very_edge(anchor):
    share = 0.0 if anchor == "start" else 1.0
    assert Clearing(100, 500).find(90, [Place(share, anchor, 0, 20)])
