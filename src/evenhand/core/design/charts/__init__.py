"""Charts, drawn on the server: geometry here, marks in templates, words from the caller."""

import re

from django.template.loader import get_template
from django.utils.safestring import SafeString

from evenhand.core.design.charts import kinds, strips
from evenhand.core.design.charts.axes import Frame, LogAxis
from evenhand.core.design.charts.pictures import picture
from evenhand.core.design.charts.plots import (
    BarPart,
    BarPlot,
    DifferencePlot,
    DifferenceRow,
    DotPlot,
    DotRow,
    FunnelDot,
    FunnelLine,
    FunnelPlot,
    RankPlot,
    RankRow,
    SharePlot,
    ShareRow,
    StripMark,
    Tile,
    TileMap,
    TrendMoment,
    TrendPlot,
    TrendSeries,
)
from evenhand.core.design.charts.standalone import drawing
from evenhand.core.design.parts import Chart

__all__ = [
    "BarPart",
    "BarPlot",
    "DifferencePlot",
    "DifferenceRow",
    "DotPlot",
    "DotRow",
    "FunnelDot",
    "FunnelLine",
    "FunnelPlot",
    "RankPlot",
    "RankRow",
    "SharePlot",
    "ShareRow",
    "StripMark",
    "Tile",
    "TileMap",
    "TrendMoment",
    "TrendPlot",
    "TrendSeries",
    "bar_with_unknowns",
    "difference_bars",
    "dot_and_interval",
    "funnel",
    "picture",
    "rank_plot",
    "share_bars",
    "standalone",
    "strip",
    "strip_axis",
    "strip_ground",
    "strip_scale",
    "tile_map",
    "trend",
]


def dot_and_interval(plot: DotPlot, *, name: str) -> Chart:
    """Ratios with their likely ranges, one a row."""
    return _chart(plot, name)


def trend(plot: TrendPlot, *, name: str) -> Chart:
    """Ratios over periods."""
    return _chart(plot, name)


def bar_with_unknowns(plot: BarPlot, *, name: str) -> Chart:
    """A whole and its parts, with what nobody recorded hatched."""
    return _chart(plot, name)


def difference_bars(plot: DifferencePlot, *, name: str) -> Chart:
    """Differences above and below zero with their likely ranges, one a row."""
    return _chart(plot, name)


def tile_map(plot: TileMap, *, name: str) -> Chart:
    """Areas as tiles, each a link."""
    return _chart(plot, name)


def rank_plot(plot: RankPlot, *, name: str) -> Chart:
    """Likely places in an order, in order of name."""
    return _chart(plot, name)


def funnel(plot: FunnelPlot, *, name: str) -> Chart:
    """Areas around a target, within lines that narrow as more is counted."""
    return _chart(plot, name)


def share_bars(plot: SharePlot, *, name: str) -> Chart:
    """Shares that nobody recorded, under the sources that they come from."""
    return _chart(plot, name)


def standalone(chart: Chart, *, heading: str = "", subtitle: str = "", source: str = "") -> str:
    """The chart as a file to keep: an SVG 960 pixels wide that needs nothing else."""
    return drawing(chart, heading=heading, subtitle=subtitle, source=source)


def strip_axis(marks: tuple[StripMark, ...]) -> LogAxis:
    """The axis that all strips of one table share."""
    return strips.axis_of(marks)


def strip(mark: StripMark, axis: LogAxis, *, ground: str = "") -> SafeString:
    """One ratio drawn in a cell; the number itself stands beside it as text.

    With the name of a `strip_ground` that stands before it on the page, the lines of the axis are not drawn again.
    """
    return SafeString(get_template("design/charts/strip.svg").render(strips.drawn(mark, axis, ground=ground)))


def strip_ground(axis: LogAxis, *, name: str) -> SafeString:
    """The lines of the axis for every strip that names them; itself it shows nothing."""
    return SafeString(get_template("design/charts/strip_ground.svg").render(strips.ground(axis, name)))


def strip_scale(axis: LogAxis) -> SafeString:
    """The scale at the head of a column of strips."""
    return SafeString(get_template("design/charts/strip_scale.svg").render(strips.scale(axis)))


def _chart(plot: kinds.Plot, name: str) -> Chart:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(f"{name!r} cannot name a chart: small letters, digits and hyphens")
    svg, _context = kinds.rendered(plot, name, Frame())
    return Chart(svg, kinds.kind_of(plot).key(plot), kinds.words(plot), plot, name)
