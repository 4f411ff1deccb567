"""Bars of what nobody recorded are as long as their shares, under their sources, with no line between them."""

import re
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.design import charts
from evenhand.core.design.charts.plots import ShareRow
from evenhand.core.design.tests.make import CHARTS, SHARES

thirds = st.tuples(*[st.floats(0, 1)] * 3).map(sorted)


def parsed(svg):
    return html5lib.HTMLParser(strict=True).parseFragment(svg, container="div")


def reached(svg, tag, kind, name):
    found = [one for one in parsed(svg).iter() if str(one.tag).endswith("}" + tag) and one.get("class") == kind]
    return [float(one.get(name).rstrip("%")) for one in found]


@given(st.lists(thirds, min_size=1, max_size=6))
def test_bars_and_ranges_are_in_proportion_and_stay_on_the_axis(numbers):
    rows = tuple(ShareRow(f"{at}", share, low, high, "x", "y") for at, (low, share, high) in enumerate(numbers))
    svg = charts.share_bars(replace(SHARES, rows=rows), name="any").svg
    widths = reached(svg, "rect", "hatch-edge", "width")
    unit = max(widths) / max(row.share for row in rows) if max(row.share for row in rows) else 0
    assert widths == pytest.approx([unit * row.share for row in rows], abs=0.02)
    whiskers = list(zip(reached(svg, "line", "whisker", "x1"), reached(svg, "line", "whisker", "x2"), strict=True))
    for (start, end), width in zip(whiskers[::3], widths, strict=True):
        assert -0.01 <= start <= width + 0.01
        assert width - 0.01 <= end <= 95.01


def test_each_source_heads_its_rows_once():
    said = " ".join(parsed(CHARTS["shares"].svg).itertext())
    picture = said.partition("First source")[2]
    assert picture.count("Second & last") == 1
    assert picture.index("2018/19") < picture.index("Second & last") < picture.index("2019/20")
    assert not re.search(r'class="series', CHARTS["shares"].svg)


def test_every_share_and_range_is_printed_and_the_current_one_is_marked():
    said = " ".join(parsed(CHARTS["shares"].svg).itertext())
    for row in SHARES.rows:
        for text in (row.label, row.shown, row.range_shown):
            assert text in said
    assert CHARTS["shares"].svg.count("is-lead") == 2


@pytest.mark.parametrize(
    ("largest", "last"), [(0.015, "2%"), (0.04, "5%"), (0.18, "20%"), (0.33, "40%"), (0.9, "100%")]
)
def test_the_axis_ends_a_little_beyond_the_largest_share(largest, last):
    row = ShareRow("x", largest, largest / 2, largest, "x")
    ticks = [one.text for one in parsed(charts.share_bars(replace(SHARES, rows=(row,)), name="a").svg).iter()
             if one.get("class") == "tick"]  # fmt: skip
    assert (ticks[0], ticks[-1]) == ("0%", last)


def test_a_share_outside_its_own_range_is_refused():
    for low, share, high in ((0.2, 0.1, 0.3), (0.1, 0.4, 0.3), (-0.1, 0.1, 0.2), (0.1, 0.2, 1.1)):
        with pytest.raises(ValueError, match="lies between its ends"):
            ShareRow("x", share, low, high, "")
    with pytest.raises(ValueError, match="cannot be drawn"):
        ShareRow("x", float("nan"), 0, 1, "")
