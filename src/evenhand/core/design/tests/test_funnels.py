"""A funnel stands where its numbers say, never hides an area, and never writes one name over another."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.design import charts
from evenhand.core.design.charts.axes import breadth
from evenhand.core.design.charts.dots import PHONE
from evenhand.core.design.charts.funnels import BROAD, NARROW
from evenhand.core.design.charts.names import Clearing
from evenhand.core.design.charts.plots import FunnelDot, FunnelLine
from evenhand.core.design.tests.make import CHARTS, FUNNEL

SVG = CHARTS["funnel"].svg
LABELS = {"dot-name", "parity-label", "target-label"}
NAMES = ("Area A & all", "Area B")
areas = st.builds(
    FunnelDot,
    st.text("abcdefgh ", min_size=3, max_size=22).filter(str.strip),
    st.floats(0.05, 40),
    st.floats(5, 20000),
    st.sampled_from(["inside", "outside", "few"]),
    st.just("1.0"),
    st.booleans(),
)


def parsed(svg):
    return html5lib.HTMLParser(strict=True).parseFragment(svg, container="div")


def marks(svg, kind):
    """Where the dots of one kind stand: shares of the width, and pixels from the top."""
    found = [one for one in parsed(svg).iter() if str(one.tag).endswith("}circle")]
    return [
        (float(one.get("cx").rstrip("%")), float(one.get("cy"))) for one in found if kind in one.get("class").split()
    ]


def written(svg, where):
    """Every text that is shown at one width: its words, and what it covers between the narrowest and the widest."""
    other = {"seg": "full", "full": "seg"}[where]
    room = Clearing(*{"seg": (PHONE, NARROW), "full": (NARROW, BROAD)}[where])
    for one in parsed(svg).iter():
        kinds = (one.get("class") or "").split()
        if str(one.tag).endswith("}text") and other not in kinds and LABELS & set(kinds):
            text = "".join(one.itertext())
            size = breadth(text, 15.0)
            before = {None: 0, "start": 0, "middle": size / 2, "end": size}[one.get("text-anchor")]
            left, y = float(one.get("dx") or 0) - before, float(one.get("y"))
            share = float(one.get("x").rstrip("%")) / 100
            yield text, room.box(share, (left, left + size), (y - 11, y + 3)), room


def test_more_events_stand_farther_right_and_a_higher_ratio_higher_up():
    everything = [*marks(SVG, "dot"), *marks(SVG, "few")]
    assert len(everything) == len(FUNNEL.dots) - 1
    (lead,) = marks(SVG, "dot--lead")
    far, near = sorted(marks(SVG, "dot--outside"), reverse=True)
    assert far[0] > lead[0] > near[0]
    assert far[1] > lead[1] > near[1]


def test_each_doubling_of_the_ratio_and_of_the_events_is_the_same_step():
    dots = tuple(FunnelDot(f"{i}", 2.0**i, 100 * 2.0**i) for i in range(4))
    found = sorted(marks(charts.funnel(replace(FUNNEL, dots=dots), name="steps").svg, "dot"))
    for place in (0, 1):
        steps = [after[place] - before[place] for before, after in pairwise(found)]
        assert steps == pytest.approx([steps[0]] * 3, abs=0.11)


def test_the_lines_narrow_and_what_lies_beyond_the_chart_is_cut_off_not_moved():
    paths = {
        one.get("class").split("--")[1]: one.get("d")
        for one in parsed(SVG).iter()
        if str(one.tag).endswith("}path") and "limit" in one.get("class").split()
    }
    assert set(paths) == {"inner", "outer", "widened"}
    sides = {kind: [side.split("L") for side in path.split("M")[1:]] for kind, path in paths.items()}
    heights = {kind: [[float(p.split()[1]) for p in side] for side in both] for kind, both in sides.items()}
    for lower, upper in heights.values():
        apart = [low - high for low, high in zip(lower, upper, strict=True)]
        assert apart == sorted(apart, reverse=True)
    assert heights["inner"][0][0] < heights["outer"][0][0] < heights["widened"][0][0]
    assert heights["widened"][0][0] > 330


def test_the_current_area_is_always_named_and_an_area_within_the_lines_never():
    said = [text for text, *_ in (*written(SVG, "seg"), *written(SVG, "full"))]
    assert "Area D5.0" in said
    assert not [text for text in said if text.startswith(("Area C", "Area E", "Area F"))]
    assert set(NAMES) <= set(said)


def test_an_area_far_off_the_axis_is_marked_at_its_edge_if_its_base_is_small_and_held_if_it_is_not():
    assert SVG.count('class="off"') == 1
    sound = replace(FUNNEL, dots=tuple(replace(dot, kind="inside", ratio=max(dot.ratio, 0.02)) for dot in FUNNEL.dots))
    svg = charts.funnel(sound, name="sound").svg
    assert 'class="off"' not in svg
    assert len(marks(svg, "dot")) == len(FUNNEL.dots)


def test_the_key_explains_every_mark_and_line_that_occurs():
    items = CHARTS["funnel"].key
    assert [item.mark for item in items] == [
        "here", "outside", "inside", "ring", "target", "inner", "outer", "widened",
    ]  # fmt: skip
    assert items[0].label == "Area D"
    assert items[4].label == "The nation 3.7"
    fewer = charts.funnel(replace(FUNNEL, dots=FUNNEL.dots[:1], lines=FUNNEL.lines[:2]), name="fewer")
    assert [item.mark for item in fewer.key] == ["outside", "target", "inner", "outer"]


@settings(max_examples=25, deadline=None)
@given(st.lists(areas, min_size=1, max_size=43), st.integers(0, 42))
def test_however_many_areas_no_name_meets_another_or_leaves_the_chart_at_any_width(dots, lead):
    dots = [replace(dot, lead=place == lead % len(dots)) for place, dot in enumerate(dots)]
    svg = charts.funnel(replace(FUNNEL, dots=tuple(dots)), name="any").svg
    for where in ("seg", "full"):
        found = list(written(svg, where))
        assert not [(one, other) for (one, a, _), (other, b, _) in combinations(found, 2) if a.meets(b)]
        assert all(room.holds(box) for _, box, room in found)
        assert any(text.startswith(dots[lead % len(dots)].label) for text, *_ in found)


@settings(max_examples=40, deadline=None)
@given(st.lists(areas, min_size=1, max_size=20))
def test_whatever_the_areas_all_numbers_are_numbers_and_every_area_is_marked(dots):
    chart = charts.funnel(replace(FUNNEL, dots=tuple(dots)), name="any")
    drawn = [*marks(chart.svg, "dot"), *marks(chart.svg, "few")]
    assert len(drawn) + chart.svg.count('class="off"') == len(dots)
    for element in parsed(chart.svg).iter():
        for name, value in element.attrib.items():
            assert not re.search(r"\b(nan|inf|None)\b", str(value))
            if name in {"x", "y", "cx", "cy", "x1", "x2"}:
                assert re.fullmatch(r"-?\d+(\.\d+)?(%|px)?", value), (name, value)


def test_a_funnel_to_keep_writes_each_name_once_and_no_name_over_another():
    file = charts.standalone(CHARTS["funnel"], heading="The message")
    tree = ET.fromstring(file)  # noqa: S314  (our own output)
    texts = [one for one in tree.iter("{http://www.w3.org/2000/svg}text") if "halo" not in (one.get("class") or "")]
    said = ["".join(one.itertext()) for one in texts]
    assert [said.count(name) for name in NAMES] == [1, 1]


def test_an_axis_of_many_powers_names_tens_alone():
    dots = (FunnelDot("a", 1, 0.4), FunnelDot("b", 1, 90000))
    svg = charts.funnel(replace(FUNNEL, dots=dots), name="long").svg
    said = [one.text for one in parsed(svg).iter() if "tick" in (one.get("class") or "").split()]
    assert {"1", "100", "10,000"} <= set(said)
    assert "3" not in said


def test_impossible_funnels_are_refused():
    with pytest.raises(ValueError, match="cannot stand on an axis of doublings"):
        FunnelDot("x", 1, 0)
    with pytest.raises(ValueError, match="below zero"):
        FunnelDot("x", -1, 5)
    with pytest.raises(ValueError, match="as many lower and upper ends"):
        FunnelLine("inner", "x", (1, 2), (1,), (1, 2))
    with pytest.raises(ValueError, match="a funnel has lines"):
        replace(FUNNEL, lines=())
    with pytest.raises(ValueError, match="cannot stand"):
        replace(FUNNEL, target=0)
