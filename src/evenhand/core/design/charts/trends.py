"""Trend: one or more lines through the periods, on a doubling axis, with gaps where there is no figure."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evenhand.core.design.charts.axes import HALFWAY, Frame, LogAxis, log_axis, short
from evenhand.core.design.charts.plots import Point, TrendPlot, TrendSeries
from evenhand.core.design.charts.rows import PHONE, Text
from evenhand.core.design.numbers import times
from evenhand.core.design.parts import KeyItem, Mark

TOP, BASE, HEIGHT = 50, 312, 346
CLEAR = 8
START, END, END_BESIDE_LABELS = 0.15, 0.93, 0.74
FEW_PERIODS, MANY_PERIODS = 6, 14
LINE = 18
TWO_LINES = 2
FREE = 44
SPELT_OUT = 9
LABEL_ENDS, LABEL_REACH = 0.6, 28
PAGE, SHORT, LONG = 600.0, 48.0, 66.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """One straight piece of a line."""

    x1: str
    y1: str
    x2: str
    y2: str
    lead: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure of a series, with its interval."""

    x: str
    y: str
    lead: bool
    interval: tuple[str, str] | None = None


def drawn(plot: TrendPlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    points = [point for series in plot.series for point in series.points if point]
    axis = log_axis([point[0] for point in points], [bound for point in points for bound in point[1:]], air=0.12)
    across = _across(plot)
    series = sorted(plot.series, key=lambda one: one.lead)
    texts = [*_values(plot, axis, frame, across), *_names(plot, axis, frame, across)]
    drop = max([0.0, *(text.y - BASE - CLEAR for text in texts)])  # periods stand below the lowest figure
    texts += _periods(plot, frame, across, BASE + 26 + drop)
    levels = [(_up(axis, tick.share), tick.parity, short(tick.label)) for tick in axis.ticks()]
    parity = _height(axis, 1.0)
    label_y = round(parity + 19 if _crowded_above(series, axis, across) else parity - 8, 1)
    texts.append(Text("parity-label", frame.at(0), label_y, plot.parity_label))
    breaks = [
        frame.at((across[index - 1] + across[index]) / 2) for index in plot.breaks if 0 < index < len(plot.periods)
    ]
    if breaks and plot.break_note:
        share = (across[plot.breaks[0] - 1] + across[plot.breaks[0]]) / 2
        left = share < HALFWAY
        texts.append(Text("remark", breaks[0], 16, plot.break_note, "start" if left else "end", 6 if left else -6))
    moments = [(frame.at(_place(across, one.at)), one.sign) for one in plot.moments]
    texts += [Text("bold", x, 16, sign, "middle") for x, sign in moments]
    return {
        "moments": [x for x, _sign in moments],
        "levels": levels,
        "strokes": [stroke for one in series for stroke in _strokes(plot, one, axis, frame, across)],
        "spots": [spot for one in series for spot in _spots(one, axis, frame, across)],
        "texts": texts,
        "thin": len(plot.periods) > SPELT_OUT,
        "breaks": breaks,
        "left": frame.at(0),
        "right": frame.at(1),
        "height": round(HEIGHT + drop),
        "base": BASE,
    }


def room(plot: TrendPlot) -> tuple[int, int]:  # noqa: ARG001  (each kind of chart answers this)
    """Pixels that a drawing of fixed width leaves before and after the plot."""
    return 0, 0


def key_of(plot: TrendPlot) -> tuple[KeyItem, ...]:
    """Each line and its mark; where several are alike, they are named at their ends."""
    return tuple(KeyItem(mark, label) for mark, label in _key(plot))


def summary_of(plot: TrendPlot) -> str:
    """The chart in words, line by line."""
    said = []
    for series in plot.series:
        pairs = zip(plot.periods, series.points, strict=True)
        said.append(f"{series.label}: " + ", ".join(f"{period} {times(point[0])}" for period, point in pairs if point))
    return ". ".join(said) + "."


def _key(plot: TrendPlot) -> Iterator[tuple[Mark, str]]:
    several = _several(plot)
    for series in plot.series:
        if series.lead:
            yield "series-lead", series.label
        elif not several:
            yield "series", series.label


def _several(plot: TrendPlot) -> bool:
    return sum(not series.lead for series in plot.series) >= TWO_LINES


def _crowded_above(series: list[TrendSeries], axis: LogAxis, across: list[float]) -> bool:
    """Whether words under the parity line would meet fewer marks than words over it."""
    parity = _height(axis, 1.0)
    near = [
        _height(axis, point[0]) - parity
        for one in series
        for share, point in zip(across, one.points, strict=True)
        if point and share < LABEL_ENDS
    ]
    return sum(-LABEL_REACH < y <= 0 for y in near) > sum(0 < y < LABEL_REACH for y in near)


def _across(plot: TrendPlot) -> list[float]:
    end = END_BESIDE_LABELS if _several(plot) else END
    count = len(plot.periods)
    if count == 1:
        return [(START + end) / 2]
    return [START + (end - START) * index / (count - 1) for index in range(count)]


def _place(across: list[float], at: float) -> float:
    """How far across a day lies that is so many periods from the middle of the first."""
    step = (across[-1] - across[0]) / (len(across) - 1) if len(across) > 1 else 0.0
    return min(max(across[0] + at * step, 0.0), 1.0)


def _height(axis: LogAxis, ratio: float) -> float:
    return BASE - axis.share(ratio) * (BASE - TOP)


def _up(axis: LogAxis, share: float) -> str:
    return f"{BASE - share * (BASE - TOP):.1f}" if axis.high > axis.low else str(BASE)


def _pairs(plot: TrendPlot, series: TrendSeries) -> Iterator[tuple[int, Point, Point]]:
    for index in range(1, len(series.points)):
        if index not in plot.breaks:
            yield index, series.points[index - 1], series.points[index]


def _strokes(
    plot: TrendPlot,
    series: TrendSeries,
    axis: LogAxis,
    frame: Frame,
    across: list[float],
) -> Iterator[Stroke]:
    for index, before, after in _pairs(plot, series):
        if before and after:
            yield Stroke(
                frame.at(across[index - 1]),
                f"{_height(axis, before[0]):.1f}",
                frame.at(across[index]),
                f"{_height(axis, after[0]):.1f}",
                series.lead,
            )


def _spots(series: TrendSeries, axis: LogAxis, frame: Frame, across: list[float]) -> Iterator[Spot]:
    for share, point in zip(across, series.points, strict=True):
        if not point:
            continue
        value, lower, upper = point
        interval = None
        if lower is not None and upper is not None:
            interval = (f"{_height(axis, lower):.1f}", f"{_height(axis, upper):.1f}")
        yield Spot(frame.at(share), f"{_height(axis, value):.1f}", series.lead, interval)


def _printed(plot: TrendPlot, series: TrendSeries) -> dict[int, str]:
    """Which figures are printed beside their dots: "" everywhere, " full" only where the page is wide."""
    known = [index for index, point in enumerate(series.points) if point]
    if len(plot.periods) <= FEW_PERIODS or not known:
        return dict.fromkeys(known, "")
    ordered = sorted(known, key=lambda index: (series.points[index] or (0.0,))[0])
    chosen = {known[0], known[-1], ordered[0], ordered[-1]}
    chosen = {
        index
        for index in chosen
        if index in {known[0], known[-1]} or min(index - known[0], known[-1] - index) > len(known) / 6
    }
    wide = known if len(plot.periods) <= MANY_PERIODS else []
    return dict.fromkeys(wide, " full") | dict.fromkeys(chosen, "")


def _values(plot: TrendPlot, axis: LogAxis, frame: Frame, across: list[float]) -> Iterator[Text]:
    lead = next((series for series in plot.series if series.lead), None)
    others = [series for series in plot.series if series is not lead]
    for series in ([lead] if lead else []) + ([] if _several(plot) and lead else others[:1]):
        for index, when in _printed(plot, series).items():
            point = series.points[index]
            if not point:
                continue
            rivals = [one.points[index] for one in plot.series if one is not series]
            heights = [rival[0] for rival in rivals if rival]
            over = series.lead if not heights else point[0] >= max(heights)
            if series.lead and len(heights) > 1:
                over = point[0] >= sorted(heights)[len(heights) // 2]
            upper = point[2] if point[2] is not None else point[0]
            lower = point[1] if point[1] is not None else point[0]
            free = all(_height(axis, height) - _height(axis, lower) > FREE for height in heights if height < lower)
            if series.lead and free and _dips(series, index):
                over = False
            edge = _height(axis, upper) - 13 if over else _height(axis, lower) + 24
            kind = ("row-num is-lead" if series.lead else "sub") + when
            yield Text(kind, frame.at(across[index]), round(edge, 1), times(point[0]), "middle")


def _dips(series: TrendSeries, index: int) -> bool:
    """Whether a figure is lower than those on both sides of it."""
    here, sides = series.points[index], (series.points[index - 1 : index] + series.points[index + 1 : index + 2])
    known = [side for side in sides if side]
    return here is not None and len(known) > 1 and all(side[0] > here[0] for side in known)


def _names(plot: TrendPlot, axis: LogAxis, frame: Frame, across: list[float]) -> Iterator[Text]:
    """The name of each line at its end, moved apart where they would touch."""
    if not _several(plot):
        return
    ends = []
    for series in plot.series:
        known = [(index, point) for index, point in enumerate(series.points) if point]
        if known:
            ends.append((_height(axis, known[-1][1][0]), series))
    floor = 0.0
    for y, series in sorted(ends, key=lambda end: end[0]):
        floor = max(y + 5, floor + LINE)
        kind = "sub is-lead" if series.lead else "sub"
        yield Text(kind, frame.at(across[-1]), round(floor, 1), series.label, "start", 14)


# Several financial years together: from April of the first year to March of the last.
POOLED = re.compile(r"(\d{4})/\d\d to \d\d(?:\d\d)/(\d\d)")


def _periods(plot: TrendPlot, frame: Frame, across: list[float], y: float) -> Iterator[Text]:
    count = len(plot.periods)
    apart = (across[-1] - across[0]) / (count - 1) if count > 1 else 1.0
    phone = math.ceil(SHORT / (apart * PHONE))
    wide = math.ceil((LONG if count <= SPELT_OUT else SHORT) / (apart * PAGE))
    for index, (share, period) in enumerate(zip(across, plot.periods, strict=True)):
        back = count - 1 - index
        named = POOLED.sub(r"\1–\2", period)
        years = re.fullmatch(r"(\d\d)(\d\d[/–]\d\d)", named)
        brief = years[2] if years else named
        spoken = named if count <= SPELT_OUT else brief
        at = frame.at(share)
        if frame.fluid and back % phone == 0 == back % wide and brief == spoken:
            yield Text("tick", at, y, spoken, "middle")
            continue
        if frame.fluid and back % phone == 0:
            yield Text("tick seg", at, y, brief, "middle")
        if back % wide == 0:
            yield Text("tick full" if frame.fluid else "tick", at, y, spoken, "middle")
