"""Charts say what they were given, at the right place, and never what is not a number."""

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from evenhand.core.design import charts
from evenhand.core.design.charts import pictures
from evenhand.core.design.charts.axes import Frame, folded, log_axis
from evenhand.core.design.charts.plots import BarPart, DotPlot, DotRow, FunnelDot, RankRow, Tile, TrendSeries
from evenhand.core.design.tests.make import BAR, CHARTS, DOTS, RANKS, TILES, TREND

STYLES = Path(charts.__file__).parents[1] / "static/design/evenhand.css"
ratios = st.floats(min_value=0, max_value=1e6)
labels = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60).filter(str.strip)


def parsed(svg):
    return html5lib.HTMLParser(strict=True).parseFragment(svg, container="div")


def attributes(svg, tag, kind, name):
    """An attribute of every element of one tag and class, in order."""
    return [
        element.get(name)
        for element in parsed(svg).iter()
        if str(element.tag).endswith("}" + tag) and kind in element.get("class", "").split()
    ]


def words(svg):
    return " ".join(parsed(svg).itertext())


@st.composite
def rows(draw):
    value = draw(st.none() | ratios)
    if value is None:
        return DotRow(draw(labels), None, empty=draw(labels))
    bounds = draw(st.none() | st.tuples(ratios, ratios).map(sorted))
    lower, upper = bounds or (None, None)
    kind = draw(st.sampled_from(["lead", "other", "few", "reference", "published", "extreme"]))
    return DotRow(
        draw(labels), value, lower, upper, kind, draw(st.just("") | labels), "1.0", draw(st.just("") | labels),
        draw(st.none() | ratios), draw(st.just("") | labels),
    )  # fmt: skip


@given(st.lists(ratios, min_size=1), ratios, ratios)
def test_a_higher_ratio_is_never_left_of_a_lower_one(all_ratios, one, other):
    axis = log_axis(all_ratios)
    low, high = sorted((one, other))
    assert axis.share(low) <= axis.share(high)


@given(st.lists(ratios, min_size=1), st.lists(ratios))
def test_every_ratio_stands_on_the_axis_and_parity_within_it(all_ratios, bounds):
    axis = log_axis(all_ratios, bounds)
    assert 0 < axis.parity < 1
    assert all(0 <= axis.share(ratio) <= 1 for ratio in all_ratios)
    assert axis.share(2) > axis.parity


def test_each_doubling_is_the_same_step():
    axis = log_axis([8.0])
    steps = [axis.share(2.0 ** (power + 1)) - axis.share(2.0**power) for power in range(3)]
    assert steps == pytest.approx([steps[0]] * 3)


def test_ticks_name_halves_and_doublings():
    names = [tick.label for tick in log_axis([0.5, 8.0]).ticks()]
    assert names == ["half", "same", "2 times", "4 times", "8 times"]


def test_a_long_axis_names_fewer_places_in_fewer_letters():
    names = [tick.label for tick in log_axis([0.02, 900.0]).ticks()]
    assert "same" in names
    assert len([name for name in names if name]) <= 9


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_valid_html_with_no_style_or_script(name):
    svg = CHARTS[name].svg
    parsed(svg)
    assert "style=" not in svg
    assert "<script" not in svg
    assert "<style" not in svg


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_names_and_describes_itself(name):
    chart = CHARTS[name]
    assert f'id="{name}-t">' in chart.svg
    assert f'id="{name}-d">' in chart.svg
    assert chart.plot.title in chart.svg
    assert chart.summary


@pytest.mark.parametrize("name", ["dots", "trend", "bar", "differences", "ranks", "funnel", "shares"])
def test_a_chart_without_links_is_one_picture(name):
    assert f'role="img" aria-labelledby="{name}-t {name}-d"' in CHARTS[name].svg


def test_a_map_of_links_is_no_picture_and_every_area_can_be_reached():
    svg = CHARTS["tiles"].svg
    assert 'role="img"' not in svg
    assert 'role="group"' in svg
    assert 'href="/areas/b/" aria-label="Area B &amp; B: 8.5"' in svg
    assert svg.count("<a ") == len(TILES.tiles)


def test_a_map_may_count_from_any_number():
    moved = replace(TILES, tiles=tuple(replace(tile, column=tile.column - 1, row=tile.row + 4) for tile in TILES.tiles))
    assert charts.tile_map(moved, name="tiles").svg == CHARTS["tiles"].svg


def test_an_area_that_is_not_compared_is_hatched():
    svg = CHARTS["tiles"].svg
    assert svg.count("url(#tiles-h)") == 1
    assert CHARTS["tiles"].key[0].mark == "hatch"


def test_every_word_and_figure_of_a_row_is_printed():
    said = words(CHARTS["dots"].svg)
    for row in DOTS.rows:
        for text in (row.label, row.note, row.shown, row.range_shown, row.remark, row.empty):
            assert text in said


def test_dots_stand_where_their_ratios_say():
    (lead,) = attributes(CHARTS["dots"].svg, "circle", "dot--lead", "cx")
    axis = log_axis(
        [number for row in DOTS.rows for number in (row.value, row.benchmark, *(row.span_of_doubt or ()))],
        [bound for row in DOTS.rows for bound in (row.lower, row.upper)],
    )
    assert lead == f"{100 * axis.share(8.0):.2f}%"
    assert attributes(CHARTS["dots"].svg, "circle", "ref", "cx") == [f"{100 * axis.parity:.2f}%"]


def test_each_kind_of_row_has_a_mark_of_its_own():
    svg = CHARTS["dots"].svg
    for kind in ("dot--lead", "few", "published", "bench", "ref", "span-of-doubt", "interval--lead"):
        assert re.search(rf'class="[^"]*\b{kind}\b', svg), kind
    assert [item.mark for item in CHARTS["dots"].key] == ["lead", "other", "few", "published", "benchmark", "hatch"]


def test_nothing_at_all_is_marked_at_the_edge_and_said_in_words():
    plot = DotPlot("t", "", (DotRow("None", 0, 0, 0.7, shown="0.0"), DotRow("Some", 2.0, shown="2.0")), "same")
    svg = charts.dot_and_interval(plot, name="edge").svg
    assert 'class="off"' in svg
    assert "off this scale" in svg


def test_an_interval_far_beyond_the_others_is_cut_with_an_arrow():
    plot = DotPlot("t", "", (DotRow("Wide", 2.0, 0.01, 5000.0, shown="2.0"), DotRow("Some", 2.2)), "same")
    svg = charts.dot_and_interval(plot, name="wide").svg
    assert svg.count('class="arrow"') == 2
    assert attributes(svg, "line", "interval", "x2") == ["100.00%"]


def test_a_row_without_a_figure_is_hatched_and_says_why():
    svg = CHARTS["dots"].svg
    assert "withheld: too few to show" in svg
    assert "url(#dots-h)" in svg
    with pytest.raises(ValueError, match="says why"):
        DotRow("Silent", None)


def test_a_gap_or_a_break_is_never_drawn_across():
    lead = attributes(CHARTS["trend"].svg, "line", "series--lead", "x1")
    other = [x for x in attributes(CHARTS["trend"].svg, "line", "series", "x1") if x not in lead]
    assert len(lead) == 1
    assert len(other) == 2
    assert "counting changed" in CHARTS["trend"].svg
    assert len(attributes(CHARTS["trend"].svg, "line", "break", "x1")) == 1


def test_a_higher_ratio_is_drawn_higher_up():
    heights = [float(y) for y in attributes(CHARTS["trend"].svg, "circle", "dot--lead", "cy")]
    values = [point[0] for point in TREND.series[0].points if point]
    assert [values[heights.index(y)] for y in sorted(heights)] == sorted(values, reverse=True)


def test_several_lines_are_named_at_their_ends():
    series = (*TREND.series, replace(TREND.series[1], label="Elsewhere"))
    chart = charts.trend(replace(TREND, series=series), name="several")
    assert [item.label for item in chart.key] == ["Here"]
    assert {"Here", "Everywhere", "Elsewhere"} <= set(words(chart.svg).split())


def test_parts_of_a_bar_are_in_proportion_and_fill_it():
    svg = CHARTS["bar"].svg
    found = [
        element for element in parsed(svg).iter() if str(element.tag).endswith("}rect") and element.get("y") == "34"
    ]
    widths = [float(one.get("width").rstrip("%")) for one in found if one.get("class") != "hatch-edge"]
    assert widths == pytest.approx([100 * value / 3172 for value in (2292, 171, 168, 541)], abs=0.3)
    assert "url(#bar-h)" in svg


def test_every_part_of_a_bar_is_named_in_the_picture_or_its_key():
    said = words(CHARTS["bar"].svg) + " ".join(item.label for item in CHARTS["bar"].key)
    for part in (*BAR.parts, BAR.unknown):
        assert f"{part.label} {part.shown}" in said


def test_an_empty_bar_divides_by_nothing():
    plot = replace(BAR, parts=(BarPart("One", 0, "0"),), unknown=None)
    assert "nan" not in charts.bar_with_unknowns(plot, name="empty").svg


def test_ranks_run_from_first_to_last():
    svg = CHARTS["ranks"].svg
    assert attributes(svg, "circle", "dot", "cx") == ["50.00%", "0.00%", "100.00%"]
    for row in RANKS.rows:
        assert row.label in svg


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=8))
def test_whatever_the_rows_the_chart_is_valid_and_all_numbers_are_numbers(all_rows):
    chart = charts.dot_and_interval(DotPlot("t", "", tuple(all_rows), "same"), name="any")
    for element in parsed(chart.svg).iter():
        for name, value in element.attrib.items():
            assert not re.search(r"\b(nan|inf|None)\b", str(value)) or name in {"id", "class"}
            if name in {"x", "y", "cx", "x1", "x2", "width"}:
                assert re.fullmatch(r"-?\d+(\.\d+)?(%|px)?", value), (name, value)
    text = words(chart.svg)
    for row in all_rows:
        assert " ".join(row.label.split()) in " ".join(text.split())


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_never_reaches_a_chart(number):
    for make in (
        lambda: DotRow("x", number),
        lambda: DotRow("x", 1.0, number, 2.0),
        lambda: TrendSeries("x", ((number, None, None),)),
        lambda: BarPart("x", number, ""),
        lambda: RankRow("x", number),
        lambda: FunnelDot("x", number, 5),
        lambda: FunnelDot("x", 1, number),
    ):
        with pytest.raises(ValueError, match="cannot be drawn"):
            make()


def test_impossible_plots_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        DotRow("x", -1.0)
    with pytest.raises(ValueError, match="two ends"):
        DotRow("x", 1.0, 0.5)
    with pytest.raises(ValueError, match="step"):
        Tile("A", 1, 1, "", 6, "", "A")
    with pytest.raises(ValueError, match="periods"):
        replace(TREND, periods=("2020/21",))
    with pytest.raises(ValueError, match="name a chart"):
        charts.trend(TREND, name="Not a name")


def test_words_from_the_caller_are_escaped():
    plot = DotPlot("<b>", "", (DotRow("<i>", 1.0, shown='"'),), "<u>")
    assert "<b>" not in charts.dot_and_interval(plot, name="safe").svg
    assert "<i>" not in charts.dot_and_interval(plot, name="safe").svg


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_to_keep_is_whole_in_itself(name):
    file = charts.standalone(CHARTS[name], heading="The message", subtitle="What it counts", source="Who counted")
    tree = ET.fromstring(file)  # noqa: S314  (our own output)
    assert tree.get("viewBox") == f"0 0 960 {tree.get('height')}"
    text = " ".join(tree.itertext())
    for said in ("The message", "What it counts", "Who counted"):
        assert said in text
    assert "var(" not in file
    assert "%" not in "".join(element.get("x", "") + element.get("cx", "") for element in tree.iter())
    assert not re.search(r"href=|@import|url\((?!#)", file)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_as_a_picture_is_twice_as_large_and_the_same_each_time(name):
    file = charts.standalone(CHARTS[name], heading="The message", subtitle="What it counts", source="Who counted")
    drawn = charts.picture(file)
    assert drawn == charts.picture(file)
    tree = ET.fromstring(file)  # noqa: S314  (our own output)
    with Image.open(io.BytesIO(drawn)) as image:
        image.load()
        assert image.format == "PNG"
        assert image.size == (2 * int(tree.get("width")), 2 * int(tree.get("height")))
        assert image.convert("RGB").getpixel((3, 3)) == (0xFB, 0xF8, 0xF3)
        heading = image.convert("L").crop((64, 60, 500, 120))
        assert heading.getextrema()[0] < 60, "the message is drawn in dark letters"


def test_a_picture_knows_no_letters_but_those_that_travel_with_the_product():
    assert all(Path(file).is_file() and "font_source_sans_pro" in file for file in pictures._letters())
    bare = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="20" {}>Letters</text></svg>'
    ours = charts.picture(bare.format('font-family="Source Sans Pro"'))
    assert charts.picture(bare.format('font-family="Georgia, serif"')) == ours
    assert charts.picture(bare.format('font-family="DejaVu Sans"')) == ours


@pytest.mark.parametrize("name", CHARTS)
def test_every_class_of_a_chart_has_a_style_on_the_page_and_in_the_file(name):
    css = STYLES.read_text()
    file = charts.standalone(CHARTS[name])
    style, body = file.split("</style>")
    unstyled = {"chart", "full", "fluid", "t-code"}
    for kind in set(" ".join(re.findall(r'class="([^"]*)"', CHARTS[name].svg)).split()) - unstyled:
        assert f".{kind}" in css, kind
    for kind in set(" ".join(re.findall(r'class="([^"]*)"', body)).split()) - unstyled - {"t0", "row-name"}:
        assert f".{kind}" in style, kind


def test_a_fixed_frame_counts_in_pixels():
    assert Frame(100, 600, "px").at(0.5) == "400.00px"
    assert Frame().at(0.5) == "50.00%"


@given(labels, st.floats(min_value=20, max_value=500))
def test_folding_loses_no_word(text, limit):
    assert " ".join(folded(text, limit)).split() == text.split()


def test_strips_share_one_axis():
    marks = (
        charts.StripMark(3.65, 3.6, 3.7, lead=True),
        charts.StripMark(0.9),
        charts.StripMark(1.2, kind="published"),
    )
    axis = charts.strip_axis(marks)
    drawn = [charts.strip(mark, axis) for mark in marks]
    places = [re.search(r'(?:cx|<svg x)="([\d.]+)%"', svg)[1] for svg in drawn]
    assert float(places[1]) < float(places[2]) < float(places[0])
    assert "same" in charts.strip_scale(axis)
    assert "circle" not in charts.strip(charts.StripMark(None), axis)


def test_a_plot_of_no_rows_is_an_empty_axis():
    assert "same" in charts.dot_and_interval(DotPlot("t", "", (), "same"), name="none").svg
    assert charts.tile_map(replace(TILES, tiles=()), name="none").svg
    assert charts.rank_plot(replace(RANKS, rows=()), name="none").svg
    assert charts.bar_with_unknowns(replace(BAR, parts=(), unknown=None), name="none").svg
