"""Every kind of chart, drawn as the pages draw it from real figures: the largest of its kind that there is."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.report import Line

MOST = 5
RUNS = 60
ASKED: tuple[dict[str, Any], ...] = (
    {},
    {"groups": 19},
    {"place": "E23000016"},
    {"place": "W15000002"},
)


def lines() -> list[Line]:
    """Milliseconds to draw one chart, the median of many; FAIL if there is a kind that no page shows."""
    from evenhand.core.design import charts
    from evenhand.core.design.charts import kinds

    draw: dict[type, Callable[..., Any]] = {
        charts.DotPlot: charts.dot_and_interval,
        charts.TrendPlot: charts.trend,
        charts.BarPlot: charts.bar_with_unknowns,
        charts.TileMap: charts.tile_map,
        charts.RankPlot: charts.rank_plot,
    }
    shown = _shown()
    made = []
    for kind in kinds.KINDS:
        if kind not in shown:
            made.append(Line("Charts", f"{kind.__name__}: on no page", float("inf"), "ms", MOST))
            continue
        chart = shown[kind]
        took = _median(lambda kind=kind, chart=chart: draw[kind](chart.plot, name=chart.name))
        made.append(Line("Charts", kind.__name__, took, "ms", MOST, f"{len(chart.svg):,} characters of SVG"))
    marks, axis = _strips()
    made.append(Line("Charts", "StripMark, in a cell", _median(lambda: charts.strip(marks[0], axis)), "ms", MOST))
    for kind, chart in shown.items():
        took = _median(lambda chart=chart: charts.standalone(chart, heading="A message", source="Home Office"))
        made.append(Line("Charts", f"{kind.__name__}, as a file to keep", took, "ms", MOST))
    return made


def _shown() -> dict[type, Any]:
    """The largest chart of each kind on the pages of the nation and of two forces."""
    from evenhand.domains.evidence.queries.answers import ask
    from evenhand.domains.evidence.queries.exhibits import exhibits
    from evenhand.domains.evidence.queries.shown import shown_for

    found: dict[type, Any] = {}
    for slug in ("stop-and-search", "arrests"):
        for asked in ASKED:
            if slug == "arrests" and "place" in asked:
                continue
            for exhibit in exhibits(shown_for(ask(slug, **asked))):
                for chart in exhibit.charts:
                    kind = type(chart.plot)
                    if kind not in found or len(chart.svg) > len(found[kind].svg):
                        found[kind] = chart
    return found


def _strips() -> tuple[tuple[Any, ...], Any]:
    from evenhand.core.design import charts
    from evenhand.domains.evidence.queries.answers import ask

    rows = ask("stop-and-search", groups=19).answer().rows
    marks = tuple(charts.StripMark(row.ratio, row.lower, row.upper) for row in rows if row.ratio is not None)
    return marks, charts.strip_axis(marks)


def _median(draw: Callable[[], Any]) -> float:
    draw()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        draw()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)
