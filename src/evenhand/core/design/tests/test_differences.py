"""Bars of differences lie on the right side of zero, in proportion, with whiskers at the ends of their ranges."""

import re
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.design import charts
from evenhand.core.design.charts.axes import linear_axis
from evenhand.core.design.charts.plots import DifferencePlot, DifferenceRow
from evenhand.core.design.tests.make import CHARTS, DIFFERENCES

numbers = st.floats(min_value=-1e7, max_value=1e7)
labels = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60).filter(str.strip)


def parsed(svg):
    return html5lib.HTMLParser(strict=True).parseFragment(svg, container="div")


def marks(svg, tag, kind):
    return [
        one for one in parsed(svg).iter() if str(one.tag).endswith("}" + tag) and kind in one.get("class", "").split()
    ]


def at(text):
    return float(text.rstrip("%"))


def axis_of(plot):
    return linear_axis(number for row in plot.rows for number in (row.value, row.lower, row.upper))


@st.composite
def rows(draw):
    value = draw(st.none() | numbers)
    if value is None:
        return DifferenceRow(draw(labels), None, empty=draw(labels))
    lower, upper = draw(st.just((None, None)) | st.tuples(numbers, numbers).map(sorted))
    shown, remark = draw(st.just("") | labels), draw(st.just("") | labels)
    return DifferenceRow(
        draw(labels), value, lower, upper, shown, draw(st.just("") | labels), draw(st.just("") | labels), remark,
        lead=draw(st.booleans()), reference=draw(st.booleans()),
    )  # fmt: skip


@given(st.lists(st.none() | numbers))
def test_an_axis_of_differences_holds_zero_and_every_number_in_order(found):
    axis = linear_axis(found)
    known = sorted(number for number in found if number is not None)
    shares = [axis.share(number) for number in known]
    assert shares == sorted(shares)
    assert all(0 < share < 1 for share in (*shares, axis.zero))


@given(st.lists(numbers, min_size=1))
def test_ticks_are_a_few_round_numbers_with_zero_among_them(found):
    axis = linear_axis(found)
    ticks = axis.ticks()
    assert 1 <= len(ticks) <= 7
    assert [float(tick.label) for tick in ticks if tick.parity] == [0]
    assert len({tick.label for tick in ticks}) == len(ticks)
    assert f"{axis.step:.0e}"[0] in "125"
    assert axis.step == pytest.approx(float(f"{axis.step:.0e}"))


def test_ticks_are_written_with_a_true_minus_and_commas():
    assert [tick.label for tick in linear_axis([-8105, 7012]).ticks()] == ["−5,000", "0", "5,000"]
    assert [tick.label for tick in linear_axis([-0.4, 0.3]).ticks()] == ["−0.4", "−0.2", "0.0", "0.2"]


def test_bars_lie_on_their_side_of_zero_in_proportion():
    axis = axis_of(DIFFERENCES)
    (first,) = marks(CHARTS["differences"].svg, "rect", "bar-part--lead")
    rest = [one for one in marks(CHARTS["differences"].svg, "rect", "bar-part") if one is not first]
    second, third = [one for one in rest if "bar-part--lead" not in one.get("class")]
    assert at(first.get("x")) == pytest.approx(100 * axis.zero, abs=0.01)
    assert at(second.get("x")) + at(second.get("width")) == pytest.approx(100 * axis.zero, abs=0.02)
    widths = [at(one.get("width")) for one in (first, second, third)]
    assert widths == pytest.approx([widths[0] * value / 6824.2 for value in (6824.2, 1056.9, 168.2)], abs=0.02)


def test_whiskers_end_where_the_ranges_do_and_can_be_seen_on_a_bar():
    axis = axis_of(DIFFERENCES)
    lines = marks(CHARTS["differences"].svg, "line", "whisker")
    expected = [(row.lower, row.upper) for row in DIFFERENCES.rows if row.lower is not None]
    drawn = [(at(one.get("x1")), at(one.get("x2"))) for one in lines]
    for pair, ends in zip(drawn, expected, strict=True):
        assert pair == pytest.approx([100 * axis.share(end) for end in ends], abs=0.01)
    assert len(marks(CHARTS["differences"].svg, "line", "whisker-back")) == 1  # on the dark bar


def test_the_reference_is_a_ring_at_zero_and_a_missing_row_is_hatched_and_says_why():
    svg = CHARTS["differences"].svg
    (ring,) = marks(svg, "circle", "ref")
    assert at(ring.get("cx")) == pytest.approx(100 * axis_of(DIFFERENCES).zero, abs=0.01)
    assert svg.count("url(#differences-h)") == 1
    assert "withheld: too few to show" in svg
    key = [item.mark for item in CHARTS["differences"].key]
    assert key == ["bar-lead", "bar", "whisker", "reference", "hatch"]


def test_every_word_and_figure_of_a_row_is_printed_and_read_out():
    said = " ".join(" ".join(parsed(CHARTS["differences"].svg).itertext()).split())
    for row in DIFFERENCES.rows:
        for text in (row.label, row.shown, row.range_shown, row.note, row.remark, row.empty):
            assert text in said
    assert "First: +6,824, 6,639 to 7,012." in CHARTS["differences"].summary
    assert "Fifth: withheld: too few to show." in CHARTS["differences"].summary


def test_a_side_is_named_only_where_something_lies_on_it():
    def sides(*found):
        made = tuple(DifferenceRow(str(value), value) for value in found)
        svg = charts.difference_bars(replace(DIFFERENCES, rows=made), name="sides").svg
        return [one.text for one in marks(svg, "text", "side")]

    assert sides(-1, 2) == ["← more than now", "fewer than now →"]
    assert sides(1, 2) == ["fewer than now →"]
    assert sides(-1) == ["← more than now"]
    assert sides(0) == []


def test_two_long_names_of_sides_stand_on_two_lines():
    plot = replace(DIFFERENCES, below="more people than there are in prison now", above="fewer people than there are")
    low, high = marks(charts.difference_bars(plot, name="long").svg, "text", "side")
    assert low.get("y") != high.get("y")


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), max_size=8))
def test_whatever_the_rows_the_chart_is_valid_and_all_numbers_are_numbers(found):
    chart = charts.difference_bars(DifferencePlot("t", "", tuple(found), "more", "fewer"), name="any")
    for element in parsed(chart.svg).iter():
        for name, value in element.attrib.items():
            assert not re.search(r"\b(nan|inf|None)\b", str(value)) or name in {"id", "class"}
            if name in {"x", "cx", "x1", "x2", "width"}:
                assert re.fullmatch(r"-?\d+(\.\d+)?(%|px)?", value), (name, value)
                assert at(value) >= 0
    said = " ".join(" ".join(parsed(chart.svg).itertext()).split())
    for row in found:
        assert " ".join(row.label.split()) in said
    assert charts.standalone(chart)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="cannot be drawn"):
        DifferenceRow("x", float("nan"))
    with pytest.raises(ValueError, match="two ends"):
        DifferenceRow("x", 1.0, 0.5)
    with pytest.raises(ValueError, match="says why"):
        DifferenceRow("x", None)
