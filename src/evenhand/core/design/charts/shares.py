"""Shares that nobody recorded: one hatched bar a row, under the source that it comes from, and no line between."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import Frame, folded
from evenhand.core.design.charts.plots import SharePlot
from evenhand.core.design.charts.rows import PHONE, WIDE, Text
from evenhand.core.design.numbers import percent
from evenhand.core.design.parts import KeyItem

ROW, DEEP, WORDS = 54, 22, 20  # of a row, of its bar, and from its words down to the bar
LINE, BETWEEN = 19, 14
TICK = 28
FULL = ((0.02, 0.01), (0.05, 0.01), (0.1, 0.05), (0.2, 0.1), (0.4, 0.1), (0.6, 0.2), (1.0, 0.25))  # end, and step
END = 0.95  # of the width, at which the axis ends: so that the last number on it is not cut


@dataclass(frozen=True, slots=True)
class Bar:
    """One share as it is drawn: how far it reaches, and between what ends it may lie."""

    middle: float
    width: str
    ends: tuple[str, str]

    @property
    def top(self) -> float:
        """Where the bar begins."""
        return self.middle - DEEP / 2

    @property
    def cap(self) -> tuple[float, float]:
        """From where to where the ends of the whisker reach."""
        return self.middle - 6, self.middle + 6


def drawn(plot: SharePlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    end, step = _axis(plot)
    y, under = 0.0, None
    texts: list[Text] = []
    bars: list[Bar] = []
    for row in plot.rows:
        if row.under != under:
            under = row.under
            y += BETWEEN if bars else 0
            lines = folded(under, PHONE if frame.fluid else frame.width, 15.0 * WIDE)
            if lines:
                rest = tuple((line, "sub") for line in lines[1:])
                texts.append(Text("sub", frame.at(0), y + 14, lines[0], lines=rest))
            y += LINE * len(lines) + (6 if lines else 0)
        lead = " is-lead" if row.lead else ""
        texts.append(Text(f"bar-label{lead}", frame.at(0), y + 15, row.label))
        texts.append(Text(f"bar-value{lead}", frame.at(END), y + 15, row.shown, "end", sub=row.range_shown))
        middle = y + WORDS + 3 + DEEP / 2
        ends = (frame.at(END * row.lower / end), frame.at(END * row.upper / end))
        bars.append(Bar(middle, frame.breadth(END * row.share / end), ends))
        y += ROW
    base = round(y)
    count = round(end / step)
    return {
        "bars": bars,
        "texts": texts,
        "deep": DEEP,
        "left": frame.at(0),
        "right": frame.at(END),
        "base": base,
        "tick_y": base + 20,
        "ticks": [
            (frame.at(END * at / count), percent(at * step, 0), "start" if at == 0 else "middle")
            for at in range(count + 1)
        ],
        "height": base + TICK,
    }


def room(plot: SharePlot) -> tuple[int, int]:  # noqa: ARG001  (each kind of chart answers this)
    """Pixels that a drawing of fixed width leaves before and after the bars."""
    return 0, 0


def key_of(plot: SharePlot) -> tuple[KeyItem, ...]:
    """What hatching and whiskers stand for."""
    return tuple(_key(plot))


def summary_of(plot: SharePlot) -> str:
    """The chart in words, row by row."""
    return "; ".join(f"{row.label} {row.shown} ({row.range_shown})" for row in plot.rows) + "."


def _key(plot: SharePlot) -> Iterator[KeyItem]:
    yield KeyItem("hatch", plot.bar_label or _("Not recorded"))
    yield KeyItem("whisker", plot.range_label or _("Likely range"))


def _axis(plot: SharePlot) -> tuple[float, float]:
    """Where the axis ends, a little beyond the largest share, and how far its numbers lie apart."""
    largest = max((row.upper for row in plot.rows), default=0.0)
    return next((end, step) for end, step in FULL if largest <= end)
