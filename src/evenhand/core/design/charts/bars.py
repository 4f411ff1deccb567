"""A bar divided into its parts, the unknown part hatched and never left out."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import Frame, breadth
from evenhand.core.design.charts.plots import BarPart, BarPlot
from evenhand.core.design.charts.rows import PHONE, Text
from evenhand.core.design.parts import KeyItem

TOP, DEEP, HEIGHT = 34, 46, 118
GAP = 0.0025
AIR = 12.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One part as it is drawn."""

    x: str
    width: str
    kind: str


def drawn(plot: BarPlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    shares = _shares(plot)
    pieces, texts, leaders = [], [], []
    for part, start, width in shares:
        kind = "unknown" if part is plot.unknown else "lead" if part.lead else "part"
        pieces.append(Piece(frame.at(start), frame.breadth(max(width - GAP, width / 2)), kind))
        if part.lead:
            middle = start + width / 2
            leaders.append(frame.at(middle))
            texts.append(_under(part, middle, frame))
    labelled = _over(plot, shares)
    for part, start, _width in shares:
        if part in labelled:
            right = part is plot.unknown
            kind = "bold" if right else ""
            words = Text(kind, frame.at(1 if right else start), 22, _said(part), "end" if right else "start")
            texts.append(words)
    height = HEIGHT if leaders else HEIGHT - 34
    return {"pieces": pieces, "texts": texts, "leaders": leaders, "height": height, "hatched": plot.unknown is not None}


def room(plot: BarPlot) -> tuple[int, int]:  # noqa: ARG001  (each kind of chart answers this)
    """Pixels that a drawing of fixed width leaves before and after the bar."""
    return 0, 0


def key_of(plot: BarPlot) -> tuple[KeyItem, ...]:
    """The parts that have no room for their own words, in the order in which they stand."""
    shares = _shares(plot)
    labelled = _over(plot, shares)
    rest = [_said(part) for part in plot.parts if part not in labelled and not part.lead]
    items = []
    if rest:
        several = _("From the left: %(parts)s") if len(rest) > 1 else "%(parts)s"
        items.append(KeyItem("bar", several % {"parts": ", ".join(rest)}))
    if plot.unknown and plot.unknown not in labelled:
        items.append(KeyItem("hatch", _said(plot.unknown)))
    return tuple(items)


def summary_of(plot: BarPlot) -> str:
    """The chart in words, part by part."""
    parts = [*plot.parts, *([plot.unknown] if plot.unknown else [])]
    return ", ".join(_said(part) for part in parts) + "."


def _said(part: BarPart) -> str:
    return f"{part.label} {part.shown}".strip()


def _shares(plot: BarPlot) -> list[tuple[BarPart, float, float]]:
    parts = [*plot.parts, *([plot.unknown] if plot.unknown else [])]
    total = sum(part.value for part in parts)
    found, start = [], 0.0
    for part in parts:
        width = part.value / total if total else 0.0
        found.append((part, start, width))
        start += width
    return found


def _over(plot: BarPlot, shares: list[tuple[BarPart, float, float]]) -> list[BarPart]:
    """The parts whose words fit above the bar on a phone: each over itself, the unknown part to the right edge."""
    labelled: list[BarPart] = []
    limit = PHONE
    if plot.unknown and plot.unknown.value:
        words = breadth(_said(plot.unknown), 17)
        if words < PHONE * 0.7:
            labelled.append(plot.unknown)
            limit = PHONE - words - AIR
    free = 0.0
    for part, start, width in shares:
        if part is plot.unknown or part.lead:
            continue
        left, need = start * PHONE, breadth(_said(part), 16.5) + AIR
        if left >= free and left + need <= limit and need <= width * PHONE:
            labelled.append(part)
            free = left + need
    return labelled


def _under(part: BarPart, middle: float, frame: Frame) -> Text:
    half = breadth(_said(part), 17) / 2 / PHONE
    kind, y = "bold is-lead", TOP + DEEP + 29
    if middle + half > 1:
        return Text(kind, frame.at(1), y, _said(part), "end")
    if middle - half < 0:
        return Text(kind, frame.at(0), y, _said(part))
    return Text(kind, frame.at(middle), y, _said(part), "middle")
