"""The kinds of chart: which module draws which plot, and the template with its marks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from evenhand.core.design.charts import bars, differences, dots, funnels, ranks, shares, tiles, trends
from evenhand.core.design.charts.axes import Frame
from evenhand.core.design.charts.plots import (
    BarPlot,
    DifferencePlot,
    DotPlot,
    FunnelPlot,
    RankPlot,
    SharePlot,
    TileMap,
    TrendPlot,
)
from evenhand.core.design.parts import KeyItem

Plot = DotPlot | TrendPlot | BarPlot | DifferencePlot | TileMap | RankPlot | FunnelPlot | SharePlot


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of plot becomes coordinates, a key and words."""

    template: str
    drawn: Callable[[Any, Frame], dict[str, Any]]
    room: Callable[[Any], tuple[int, int]]
    key: Callable[[Any], tuple[KeyItem, ...]]
    summary: Callable[[Any], str]


KINDS: dict[type, Kind] = {
    DotPlot: Kind("dots", dots.drawn, dots.room, dots.key_of, dots.summary_of),
    TrendPlot: Kind("trends", trends.drawn, trends.room, trends.key_of, trends.summary_of),
    BarPlot: Kind("bars", bars.drawn, bars.room, bars.key_of, bars.summary_of),
    DifferencePlot: Kind(
        "differences", differences.drawn, differences.room, differences.key_of, differences.summary_of
    ),
    TileMap: Kind("tiles", tiles.drawn, tiles.room, tiles.key_of, tiles.summary_of),
    RankPlot: Kind("ranks", ranks.drawn, ranks.room, ranks.key_of, ranks.summary_of),
    FunnelPlot: Kind("funnels", funnels.drawn, funnels.room, funnels.key_of, funnels.summary_of),
    SharePlot: Kind("shares", shares.drawn, shares.room, shares.key_of, shares.summary_of),
}


def kind_of(plot: Plot) -> Kind:
    """The kind that draws this plot."""
    return KINDS[type(plot)]


def words(plot: Plot) -> str:
    """The description its caller gave, or else every row in words."""
    return plot.description or kind_of(plot).summary(plot)


def rendered(plot: Plot, name: str, frame: Frame) -> tuple[SafeString, dict[str, Any]]:
    """The marks as SVG in coordinates of the frame, and the context they were printed from."""
    kind = kind_of(plot)
    context = kind.drawn(plot, frame)
    context |= {"name": name, "title": plot.title, "summary": words(plot), "fluid": frame.fluid}
    return SafeString(get_template(f"design/charts/{kind.template}.svg").render(context).strip()), context
