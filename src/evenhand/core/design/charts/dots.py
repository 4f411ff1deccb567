"""Dot and interval: one ratio a row on a doubling axis."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import HALFWAY, Frame, LogAxis, breadth, log_axis, short
from evenhand.core.design.charts.plots import DotPlot, DotRow
from evenhand.core.design.charts.rows import (
    PHONE,
    TICKS,
    WIDEST,
    Text,
    haloed,
    lanes,
    layout_of,
    off_edge,
    room_of,
    segments,
)
from evenhand.core.design.parts import KeyItem, Mark


@dataclass(frozen=True, slots=True)
class DotMark:
    """The marks on one lane."""

    y: int
    kind: str
    lead: bool
    x: str = ""
    interval: tuple[str, str] | None = None
    benchmark: str = ""
    doubt: tuple[str, str, int] | None = None
    arrows: tuple[tuple[str, str], ...] = ()
    hatch: int = 0


def drawn(plot: DotPlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    axis = _axis(plot)
    layout = layout_of(plot.rows, frame, axis.parity, plot.width)
    heights, bottom = lanes(plot.rows, layout, lambda row: _beside(row, axis))
    marks = [_mark(row, axis, frame, lane) for row, lane in zip(plot.rows, heights, strict=True)]
    return {
        "marks": marks,
        "texts": layout.texts if frame.fluid else list(haloed(layout.texts)),
        "seg": segments(plot.rows, heights),
        "bottom": bottom,
        "tick_y": bottom + 20,
        "ticks": _ticks(axis, frame),
        "height": bottom + TICKS,
        "width": layout.width,
        "after": layout.after,
        "parity": _parity(plot.parity_label, axis.parity, frame),
        "left": frame.at(0),
        "right": frame.at(1),
        "all": frame.breadth(1),
        "hatched": any(mark.hatch or mark.doubt for mark in marks),
    }


def _ticks(axis: LogAxis, frame: Frame) -> list[tuple[str, bool, str, int]]:
    """Each tick with its name: in short if one would be cut at the edge of a phone, and then moved off the edge."""
    ticks = axis.ticks()
    tight = any(off_edge(tick.share, tick.label) < 0 for tick in ticks)
    named = [(tick, short(tick.label) if tight else tick.label) for tick in ticks]
    return [(frame.at(tick.share), tick.parity, label, off_edge(tick.share, label)) for tick, label in named]


def _parity(label: str, share: float, frame: Frame) -> Text:
    """What the parity line means, on the side where there is more room, and moved as far as a phone needs."""
    after = share < HALFWAY
    beyond = max(breadth(label, 15.0 * WIDEST) - PHONE * (1 - share if after else share), 0.0)
    moved = round(min(beyond, PHONE * (share if after else 1 - share)))
    dx = (-moved if after else moved) if frame.fluid else 0
    return Text("parity-label", frame.at(share), 16, label, "start" if after else "end", dx)


def room(plot: DotPlot) -> tuple[int, int]:
    """Pixels that a drawing of fixed width leaves before and after the lanes."""
    return room_of(layout_of(plot.rows, Frame(), _axis(plot).parity, plot.width))


def key_of(plot: DotPlot) -> tuple[KeyItem, ...]:
    """The marks that occur, each with what it stands for."""
    return tuple(KeyItem(mark, label) for mark, label in _key(plot))


def summary_of(plot: DotPlot) -> str:
    """The chart in words, row by row."""
    said = []
    for row in plot.rows:
        words = [row.shown, row.range_shown, row.remark] if row.value is not None else [row.empty]
        said.append(f"{row.label}: {', '.join(word for word in words if word)}.")
    return " ".join(said)


def _axis(plot: DotPlot) -> LogAxis:
    ratios = [number for row in plot.rows for number in (row.value, row.benchmark, *(row.span_of_doubt or ()))]
    return log_axis(ratios, [bound for row in plot.rows for bound in (row.lower, row.upper)])


def _key(plot: DotPlot) -> Iterator[tuple[Mark, str]]:
    rows = [row for row in plot.rows if row.value is not None]
    leads = [row for row in rows if row.leads and row.kind in {"lead", "other"}]
    kinds = {row.kind for row in rows if row not in leads}
    if leads:
        ranged = any(row.lower is not None for row in leads)
        spoken = _("%(name)s, with likely range") if ranged else "%(name)s"
        yield "lead", plot.lead_label or spoken % {"name": leads[0].label}
    if "other" in kinds:
        yield "other", plot.other_label or _("Others")
    if "few" in kinds:
        yield "few", plot.few_label or _("Small numbers")
    if "published" in kinds:
        led = any(row.lead for row in rows if row.kind == "published")
        yield ("published-lead" if led else "published"), plot.published_label or _("Published as a ratio only")
    if "reference" in kinds and plot.reference_label:
        yield "reference", plot.reference_label
    if "extreme" in kinds and plot.extreme_label:
        yield "extreme", plot.extreme_label
    if plot.benchmark_label and any(row.benchmark is not None for row in rows):
        yield "benchmark", plot.benchmark_label
    if plot.doubt_label and any(row.span_of_doubt for row in rows):
        yield "hatch", plot.doubt_label
    if len(rows) < len(plot.rows) and not plot.doubt_label:
        yield "hatch", plot.empty_label or _("No figure")


def _beside(row: DotRow, axis: LogAxis) -> tuple[str, list[float]]:
    """What is remarked of a row, and where its marks stand."""
    numbers = (row.value, row.lower, row.upper, row.benchmark, *(row.span_of_doubt or ()))
    remark = row.remark or (_("none, so off this scale") if row.value == 0 else "")
    return remark, [axis.share(number) for number in numbers if number is not None]


def _mark(row: DotRow, axis: LogAxis, frame: Frame, y: int) -> DotMark:
    if row.value is None:
        return DotMark(y, "empty", row.leads, hatch=y - 6)
    arrows, interval, doubt = [], None, None
    if row.lower is not None and row.upper is not None:
        interval = (frame.at(axis.share(row.lower)), frame.at(axis.share(row.upper)))
        if axis.below(row.lower) and not axis.below(row.value):
            arrows.append((frame.at(0), "M7 -6L0 0L7 6"))
        if axis.above(row.upper):
            arrows.append((frame.at(1), "M-7 -6L0 0L-7 6"))
    if row.span_of_doubt:
        start, end = axis.share(row.span_of_doubt[0]), axis.share(row.span_of_doubt[1])
        doubt = (frame.at(start), frame.breadth(max(end - start, 0.0)), y - 11)
    kind: str = "dot" if row.kind in {"lead", "other"} else row.kind
    kind = "low" if axis.below(row.value) else "high" if axis.above(row.value) else kind
    benchmark = "" if row.benchmark is None else frame.at(axis.share(row.benchmark))
    return DotMark(y, kind, row.leads, frame.at(axis.share(row.value)), interval, benchmark, doubt, tuple(arrows))
