"""Ranks with their doubt: one short row an area, in order of name, on an axis from first to last."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import Frame
from evenhand.core.design.charts.plots import RankPlot
from evenhand.core.design.charts.rows import Text
from evenhand.core.design.parts import KeyItem, Mark

ROW, FIRST = 26, 58
BEFORE, AFTER = 168, 124
STEP = 10
CLOSE = 7  # ranks apart at which two names of the axis would touch on a phone
BAND = 5


def drawn(plot: RankPlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    last = _last(plot)

    def at(rank: float) -> str:
        return frame.at(min(max((rank - 1) / max(last - 1, 1), 0.0), 1.0))

    base = FIRST + ROW * len(plot.rows) - 6
    rows = []
    right = "100%" if frame.fluid else f"{frame.left + frame.width + AFTER:.2f}px"
    for index, row in enumerate(plot.rows):
        y = FIRST + ROW * index
        rows.append(
            {
                "y": y,
                "text_y": y + 5,
                "lead": row.lead,
                "label": row.label,
                "shown": row.shown,
                "known": row.value is not None,
                "empty": row.empty,
                "x": at(row.value) if row.value is not None else "",
                "low": at(row.lower) if row.lower is not None else "",
                "high": at(row.upper or 1),
                "ruled": index % BAND == 0,
                "rule_y": y - 13,
                "hatch_y": y - 5,
            }
        )
    marks = [1, *range(STEP, last - CLOSE, STEP), last] if last > 1 else [1]
    ticks = [(at(rank), rank, "start" if rank == 1 else "end" if rank == last else "middle") for rank in marks]
    return {
        "rows": rows,
        "ticks": ticks,
        "base": base,
        "foot": base + 18,
        "height": base + 26,
        "left": frame.at(0),
        "right": frame.at(1),
        "value_x": right,
        "all": frame.breadth(1),
        "texts": [
            Text("parity-label full", frame.at(0), 14, plot.first_label),
            *([Text("parity-label row-name seg", "0", 14, plot.first_label)] if frame.fluid else []),
            Text("parity-label", frame.at(1), 14, plot.last_label, "end"),
        ],
    }


def room(plot: RankPlot) -> tuple[int, int]:  # noqa: ARG001  (each kind of chart answers this)
    """Pixels that a drawing of fixed width leaves before and after the lanes."""
    return BEFORE, AFTER


def key_of(plot: RankPlot) -> tuple[KeyItem, ...]:
    """The marks that occur, each with what it stands for."""
    return tuple(KeyItem(mark, label) for mark, label in _key(plot))


def summary_of(plot: RankPlot) -> str:
    """The chart in words, row by row."""
    return "; ".join(f"{row.label} {row.shown or row.empty}".strip() for row in plot.rows) + "."


def _key(plot: RankPlot) -> Iterator[tuple[Mark, str]]:
    lead = next((row for row in plot.rows if row.lead and row.value is not None), None)
    if lead:
        yield "lead", plot.lead_label or lead.label
    if any(not row.lead and row.value is not None for row in plot.rows):
        yield "other", plot.other_label or _("Middle of the likely places, with their range")
    if any(row.value is None for row in plot.rows):
        yield "hatch", plot.empty_label or _("Not compared")


def _last(plot: RankPlot) -> int:
    ranks = [number for row in plot.rows for number in (row.value, row.upper) if number is not None]
    return max(sum(row.value is not None for row in plot.rows), round(max(ranks, default=1)), 1)
