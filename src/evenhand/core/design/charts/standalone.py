"""A chart as a file of its own: fixed width, its own colours, with title, key and source drawn as text."""

from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from evenhand.core.design.charts import kinds
from evenhand.core.design.charts.axes import Frame, breadth, folded
from evenhand.core.design.charts.plots import TileMap
from evenhand.core.design.parts import Chart

WIDTH, MARGIN = 960, 32
INNER = WIDTH - 2 * MARGIN
SWATCH, BETWEEN = 48, 26
SLIM = 8  # before and after a mark that is no wider than a dot
NARROWEST = 560


def drawing(chart: Chart, *, heading: str = "", subtitle: str = "", source: str = "") -> str:
    """The whole file; without a heading, the chart's own title heads it."""
    plot: Any = chart.plot
    before, after = kinds.kind_of(plot).room(plot)
    inner = min(INNER, NARROWEST + before + after) if isinstance(plot, TileMap) else INNER
    marks, context = kinds.rendered(plot, chart.name, Frame(before, inner - before - after, "px"))
    y: float = MARGIN + 22
    titles, y = _lines(heading or plot.title, 23, y, 31)
    subtitles, y = _lines(subtitle, 16, y - 4, 22)
    items, y = _key(chart, y + 12)
    scale = []
    if isinstance(plot, TileMap):
        scale = [(MARGIN + 100 * step, label) for step, label in enumerate(plot.step_labels)]
        y += 46
    top = y + 8
    sources, bottom = _lines(source, 14, top + context["height"] + 34, 20)
    return get_template("design/charts/standalone.svg").render(
        {
            "name": chart.name,
            "title": plot.title,
            "summary": chart.summary,
            "titles": titles,
            "subtitles": subtitles,
            "items": items,
            "scale": scale,
            "scale_y": y - 46,
            "marks": SafeString(marks),
            "margin": MARGIN,
            "top": top,
            "sources": sources,
            "height": round(bottom + 4),
            "width": WIDTH,
        }
    )


def _lines(text: str, size: float, y: float, step: float) -> tuple[list[tuple[float, str]], float]:
    lines = folded(text, INNER, size) if text else ()
    return [(y + step * line, words) for line, words in enumerate(lines)], y + step * len(lines)


def _key(chart: Chart, y: float) -> tuple[list[dict[str, Any]], float]:
    """The marks of the key in rows, as wide as they need."""
    items: list[dict[str, Any]] = []
    x = float(MARGIN)
    for item in chart.key:
        spare = SLIM if item.slim else 0
        wide = SWATCH - 2 * spare + breadth(item.label, 15.5) + BETWEEN
        if x > MARGIN and x + wide > WIDTH - MARGIN:
            x, y = float(MARGIN), y + 26
        words_x = SWATCH - 2 - spare
        items.append({"mark": item.mark, "label": item.label, "x": f"{x - spare:.1f}", "y": y - 13, "label_x": words_x})
        x += wide
    return items, y + 18 if items else y
