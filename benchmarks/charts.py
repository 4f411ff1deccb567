"""Every kind of chart, drawn as the pages draw it from real figures: the largest of its kind that there is."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from benchmarks.report import Line
from benchmarks.site import Site

MOST = 5
ROUNDS, RUNS = 3, 20
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("stop-and-search", {}),
    ("stop-and-search", {"groups": 19}),
    ("stop-and-search", {"place": "E23000016"}),
    ("arrests", {}),
    ("arrests", {"groups": 19}),
)


def lines(site: Site) -> list[Line]:
    """Milliseconds to draw one chart: the median of a few dozen, in the best of a few rounds."""
    del site
    from evenhand.core.design import charts
    from evenhand.core.design.charts import kinds

    draw: dict[type, Callable[..., Any]] = {
        charts.DotPlot: charts.dot_and_interval,
        charts.TrendPlot: charts.trend,
        charts.BarPlot: charts.bar_with_unknowns,
        charts.DifferencePlot: charts.difference_bars,
        charts.TileMap: charts.tile_map,
        charts.RankPlot: charts.rank_plot,
        charts.FunnelPlot: charts.funnel,
        charts.SharePlot: charts.share_bars,
    }
    if kinds.KINDS.keys() != draw.keys():
        raise ValueError("there is a kind of chart that this bench does not draw")
    shown = _shown()
    jobs: dict[str, Callable[[], Any]] = {}
    notes: dict[str, str] = {}
    for kind, function in draw.items():
        chart = shown[kind]
        jobs[kind.__name__] = partial(function, chart.plot, name=chart.name)
        jobs[f"{kind.__name__}, as a file to keep"] = partial(charts.standalone, chart, heading="A message")
        notes[kind.__name__] = _size(chart)
    jobs["StripMark, in a cell"] = _strip()
    best = dict.fromkeys(jobs, float("inf"))
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            best[name] = min(best[name], _median(job))
    return [Line("Charts", name, best[name], "ms", MOST, notes.get(name, "")) for name in jobs]


def _shown() -> dict[type, Any]:
    """The largest chart of each kind on the pages of the nation, of a force, and of what if rates were equal."""
    from evenhand.domains.evidence.queries.answers import ask
    from evenhand.domains.evidence.queries.counterfactuals import exhibits as counterfactuals
    from evenhand.domains.evidence.queries.counterfactuals.shown import PRISON, supposed_for
    from evenhand.domains.evidence.queries.exhibits import exhibits
    from evenhand.domains.evidence.queries.shown import shown_for

    shown = [exhibit for slug, asked in ASKED for exhibit in exhibits(shown_for(ask(slug, **asked)))]
    shown += counterfactuals.exhibits(supposed_for(PRISON))
    found: dict[type, Any] = {}
    for chart in (chart for exhibit in shown for chart in exhibit.charts):
        kind = type(chart.plot)
        if kind not in found or len(chart.svg) > len(found[kind].svg):
            found[kind] = chart
    return found


def _strip() -> Callable[[], Any]:
    from evenhand.core.design import charts
    from evenhand.domains.evidence.queries.answers import ask

    rows = ask("stop-and-search", groups=19).answer().rows
    marks = tuple(charts.StripMark(row.ratio, row.lower, row.upper) for row in rows if row.ratio is not None)
    return partial(charts.strip, marks[0], charts.strip_axis(marks))


def _size(chart: Any) -> str:
    rows = getattr(chart.plot, "rows", ())
    return f"{f'{len(rows)} rows, ' if rows else ''}{len(chart.svg):,} characters of SVG"


def _median(draw: Callable[[], Any]) -> float:
    draw()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        draw()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)
