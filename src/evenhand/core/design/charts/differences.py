"""Differences: one bar a row, to one side of zero or the other, with its likely range as a whisker."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import Frame, LinearAxis, breadth, linear_axis
from evenhand.core.design.charts.plots import DifferencePlot, DifferenceRow
from evenhand.core.design.charts.rows import (
    PHONE,
    TICKS,
    WIDE,
    Layout,
    Text,
    haloed,
    lanes,
    layout_of,
    off_edge,
    room_of,
    segments,
)
from evenhand.core.design.parts import KeyItem, Mark

DEEP = 16  # of a bar
SLIGHT = 0.004  # so that a bar of next to nothing can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """The marks on one lane."""

    y: int
    kind: str
    lead: bool
    x: str = ""
    width: str = ""
    top: int = 0
    whisker: tuple[str, str] | None = None


def drawn(plot: DifferencePlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    axis, layout = _axis(plot), _layout(plot, frame)
    heights, bottom = lanes(plot.rows, layout, lambda row: (row.remark, _spots(row, axis)))
    bars = [_bar(row, axis, frame, lane) for row, lane in zip(plot.rows, heights, strict=True)]
    return {
        "bars": bars,
        "deep": DEEP,
        "texts": layout.texts if frame.fluid else list(haloed(layout.texts)),
        "seg": segments(plot.rows, heights),
        "bottom": bottom,
        "tick_y": bottom + 20,
        "ticks": _ticks(axis, frame),
        "height": bottom + TICKS,
        "width": layout.width,
        "after": layout.after,
        "sides": _sides(plot, frame),
        "left": frame.at(0),
        "right": frame.at(1),
        "all": frame.breadth(1),
        "hatched": any(bar.kind == "empty" for bar in bars),
    }


def room(plot: DifferencePlot) -> tuple[int, int]:
    """Pixels that a drawing of fixed width leaves before and after the lanes."""
    return room_of(_layout(plot, Frame()))


def key_of(plot: DifferencePlot) -> tuple[KeyItem, ...]:
    """The marks that occur, each with what it stands for."""
    return tuple(KeyItem(mark, label) for mark, label in _key(plot))


def summary_of(plot: DifferencePlot) -> str:
    """The chart in words, row by row."""
    said = []
    for row in plot.rows:
        words = [row.shown, row.range_shown, row.remark] if row.value is not None else [row.empty]
        said.append(f"{row.label}: {', '.join(word for word in words if word)}.")
    return " ".join(said)


def _axis(plot: DifferencePlot) -> LinearAxis:
    return linear_axis(number for row in plot.rows for number in (row.value, row.lower, row.upper))


def _layout(plot: DifferencePlot, frame: Frame) -> Layout:
    return layout_of(plot.rows, frame, _axis(plot).zero)


def _key(plot: DifferencePlot) -> Iterator[tuple[Mark, str]]:
    rows = [row for row in plot.rows if row.value is not None]
    bars = [row for row in rows if not row.reference]
    if lead := next((row for row in bars if row.lead), None):
        yield "bar-lead", plot.lead_label or lead.label
    if any(not row.lead for row in bars):
        yield "bar", plot.other_label or _("Others")
    if any(row.lower is not None for row in bars):
        yield "whisker", plot.range_label or _("Likely range")
    if plot.reference_label and len(bars) < len(rows):
        yield "reference", plot.reference_label
    if len(rows) < len(plot.rows):
        yield "hatch", plot.empty_label or _("No figure")


def _sides(plot: DifferencePlot, frame: Frame) -> list[Text]:
    """What lies to the left and to the right of zero, where anything does: on two lines if a phone needs them."""
    numbers = [number for row in plot.rows for number in (row.value, row.lower, row.upper) if number is not None]
    left = f"← {plot.below}" if min(numbers, default=0) < 0 else ""
    right = f"{plot.above} →" if max(numbers, default=0) > 0 else ""
    tight = left and right and breadth(left, 15.0 * WIDE) + breadth(right, 15.0 * WIDE) + 16 > PHONE
    made = [Text("side", frame.at(0), 32 if tight else 16, left), Text("side", frame.at(1), 16, right, "end")]
    return [text for text in made if text.text]


def _ticks(axis: LinearAxis, frame: Frame) -> list[tuple[str, bool, str, int]]:
    """Each tick with its name, unless a phone has no room for it; moved off the edges of a phone as far as needed."""
    ticks = axis.ticks()
    zero = next(at for at, tick in enumerate(ticks) if tick.parity)
    moved = max(abs(off_edge(tick.share, tick.label)) for tick in ticks)
    wide = max(breadth(tick.label, 14.0 * WIDE) for tick in ticks) + 10 + moved
    apart = PHONE * (ticks[1].share - ticks[0].share) if len(ticks) > 1 else PHONE
    every = next(every for every in (1, 2, 4, len(ticks)) if every * apart >= wide or every == len(ticks))
    named = [(tick, tick.label if (at - zero) % every == 0 else "") for at, tick in enumerate(ticks)]
    return [(frame.at(tick.share), tick.parity, label, off_edge(tick.share, label)) for tick, label in named]


def _spots(row: DifferenceRow, axis: LinearAxis) -> list[float]:
    """Where the marks of a row stand, zero among them."""
    return [axis.share(number) for number in (0.0, row.value, row.lower, row.upper) if number is not None]


def _bar(row: DifferenceRow, axis: LinearAxis, frame: Frame, y: int) -> Bar:
    if row.value is None:
        return Bar(y, "empty", row.leads, top=y - 6)
    if row.reference and row.value == 0:
        return Bar(y, "reference", row.leads, frame.at(axis.zero))
    start, end = sorted((axis.zero, axis.share(row.value)))
    whisker = None
    if row.lower is not None and row.upper is not None:
        whisker = (frame.at(axis.share(row.lower)), frame.at(axis.share(row.upper)))
    wide = frame.breadth(max(end - start, SLIGHT))
    return Bar(y, "bar", row.leads, frame.at(start), wide, y - DEEP // 2, whisker)
