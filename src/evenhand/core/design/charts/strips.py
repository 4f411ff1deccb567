"""Strips: one ratio drawn inside a cell of a table, on an axis that all cells share."""

from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import Frame, LogAxis, log_axis, short
from evenhand.core.design.charts.plots import StripMark

MIDDLE = 14
MOST_NAMED = 6  # of the lines of an axis, where a phone shows it


def axis_of(marks: tuple[StripMark, ...]) -> LogAxis:
    """One axis for every strip of a table."""
    return log_axis([mark.value for mark in marks], [bound for mark in marks for bound in (mark.lower, mark.upper)])


def drawn(mark: StripMark, axis: LogAxis, *, ground: str = "") -> dict[str, Any]:
    """Everything the template prints; the lines of the axis stand in `ground`, if one is named."""
    frame = Frame()
    interval = None
    if mark.lower is not None and mark.upper is not None:
        interval = (frame.at(axis.share(mark.lower)), frame.at(axis.share(mark.upper)))
    return {
        "interval": interval,
        "x": "" if mark.value is None else frame.at(axis.share(mark.value)),
        "lead": mark.lead or mark.kind == "lead",
        "kind": "dot" if mark.kind in {"lead", "other"} else mark.kind,
        "ticks": [] if ground else [(frame.at(tick.share), tick.parity) for tick in axis.ticks()],
        "ground": ground,
    }


def ground(axis: LogAxis, name: str) -> dict[str, Any]:
    """The lines of the axis, drawn once for every strip that names them."""
    frame = Frame()
    return {"ground": name, "ticks": [(frame.at(tick.share), tick.parity) for tick in axis.ticks()]}


def _shortest(label: str) -> str:
    return {_("half"): "½"}.get(label) or short(label)


def scale(axis: LogAxis) -> dict[str, Any]:
    """The numbers that head a column of strips: of a long axis every other one, counted from parity."""
    frame, ticks = Frame(), axis.ticks()
    middle = next(at for at, tick in enumerate(ticks) if tick.parity)
    every = 2 if len(ticks) > MOST_NAMED else 1
    named = [(tick, _shortest(tick.label) if (at - middle) % every == 0 else "") for at, tick in enumerate(ticks)]
    return {"ticks": [(frame.at(tick.share), label, tick.parity) for tick, label in named]}
