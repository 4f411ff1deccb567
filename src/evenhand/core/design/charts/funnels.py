"""Funnel: areas around a target on a doubling axis, within lines that narrow as more is counted."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import Frame, LogAxis, breadth, folded, log_axis, short
from evenhand.core.design.charts.names import DOT, Clearing, Place
from evenhand.core.design.charts.plots import FunnelDot, FunnelLine, FunnelPlot
from evenhand.core.design.charts.rows import PHONE, WIDE, WIDEST, Text
from evenhand.core.design.numbers import whole
from evenhand.core.design.parts import KeyItem, Mark

TOP, DEEP, FOOT = 16, 330, 8
START, END = 0.06, 0.97
LINE = 19
SPAN = 1000  # units across, of a drawing that is as wide as its page
SMALL, LARGE = 5, 8  # of dots
NARROW, BROAD = 608.0, 1152.0  # where one set of names gives way to the other, and the widest that a page is
MOST_TICKS = 5
ROUND = (1, 3)  # numbers that the lower axis names, and each ten times over
LETTERS = 15.0
MUST = {"dot-name is-lead", "parity-label"}
CLOSE = 0.55  # of the width, from where on words at the right end must keep clear of the lines


@dataclass(frozen=True, slots=True)
class Spot:
    """One area as it is drawn."""

    x: str
    y: str
    kind: str
    lead: bool


@dataclass(frozen=True, slots=True)
class Axes:
    """Where events and ratios stand."""

    first: float
    last: float
    ratios: LogAxis

    def across(self, precision: float) -> float:
        """The share of the width at which so many events stand."""
        reach = math.log(self.last / self.first)
        return START + (END - START) * min(max(math.log(precision / self.first) / reach, 0.0), 1.0)

    def down(self, ratio: float) -> float:
        """The height at which a ratio stands, in pixels from the top."""
        return _height(self.ratios.share(ratio))


def drawn(plot: FunnelPlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    axes = _axes(plot)
    wide = SPAN if frame.fluid else frame.width
    base = TOP + DEEP
    ticks = list(_ticks(axes, frame))
    return {
        "levels": [(f"{_height(tick.share):.1f}", tick.parity, short(tick.label)) for tick in axes.ratios.ticks()],
        "ticks": ticks,
        "lines": [(line.kind, _path(line, axes, wide)) for line in plot.lines],
        "dots": [
            Spot(frame.at(axes.across(dot.precision)), f"{axes.down(dot.ratio):.1f}", _kind(dot, axes.ratios), dot.lead)
            for dot in sorted(plot.dots, key=lambda dot: (dot.lead, dot.kind == "outside"))
        ],
        "target": f"{axes.down(plot.target):.1f}",
        "texts": [*_words(plot, axes, frame), *_under(plot, frame, base + 26 + LINE + 4)],
        "left": frame.at(0),
        "right": frame.at(1),
        "all": frame.breadth(1),
        "wide": f"{wide:g}",
        "top": TOP,
        "deep": DEEP,
        "base": base,
        "foot": base + FOOT,
        "tick_y": base + 26,
        "height": base + 26 + LINE * (1 + len(folded(plot.across_label, PHONE, 15.0 * WIDE))) + 2,
    }


def room(plot: FunnelPlot) -> tuple[int, int]:  # noqa: ARG001  (each kind of chart answers this)
    """Pixels that a drawing of fixed width leaves before and after the plot."""
    return 0, 0


def key_of(plot: FunnelPlot) -> tuple[KeyItem, ...]:
    """The marks and lines that occur, each with what it stands for."""
    return tuple(KeyItem(mark, label) for mark, label in _key(plot))


def summary_of(plot: FunnelPlot) -> str:
    """The chart in words, area by area."""
    return "; ".join(f"{dot.label} {dot.shown}".strip() for dot in sorted(plot.dots, key=lambda dot: dot.label)) + "."


def _key(plot: FunnelPlot) -> Iterator[tuple[Mark, str]]:
    lead = next((dot for dot in plot.dots if dot.lead), None)
    kinds = {dot.kind for dot in plot.dots if not dot.lead}
    if lead:
        yield "here", lead.label
    if "outside" in kinds:
        yield "outside", plot.outside_label or _("Outside the outer lines")
    if "inside" in kinds:
        yield "inside", plot.inside_label or _("Within them")
    if "few" in kinds:
        yield "ring", plot.few_label or _("Small numbers")
    yield "target", plot.target_label
    for line in plot.lines:
        yield line.kind, line.label


def _axes(plot: FunnelPlot) -> Axes:
    edges = [number for line in plot.lines for number in (line.precision[0], line.precision[-1])]
    held = [dot.precision for dot in plot.dots]
    ends = [number for line in plot.lines if line.kind != "widened" for number in (line.lower[0], line.upper[0])]
    ends += [dot.ratio for dot in plot.dots if dot.kind == "few"]
    sound = [dot.ratio for dot in plot.dots if dot.lead or dot.kind != "few"]
    axis = log_axis([plot.target, *sound], ends, air=0.12)
    return Axes(min(edges + held), max(edges + held), axis)


def _kind(dot: FunnelDot, axis: LogAxis) -> str:
    return "low" if axis.below(dot.ratio) else "high" if axis.above(dot.ratio) else dot.kind


def _height(share: float) -> float:
    return TOP + DEEP * (1 - share)


def _path(line: FunnelLine, axes: Axes, wide: float) -> str:
    """Both lines of a pair; what lies beyond the chart is cut off where it is drawn."""

    def side(ends: Iterable[float]) -> str:
        points = [
            f"{wide * axes.across(at):.1f} {_beyond(axes, end):.1f}"
            for at, end in zip(line.precision, ends, strict=True)
        ]
        return "M" + "L".join(points)

    return side(line.lower) + side(line.upper)


def _beyond(axes: Axes, ratio: float) -> float:
    """The height of a point of a line, from the top of the plot, without holding it to the ends of the axis."""
    if ratio <= 0:
        return DEEP * 3.0
    low, high = axes.ratios.low, axes.ratios.high
    return DEEP * min(max(1 - (math.log2(ratio) - low) / (high - low), -2.0), 3.0)


def _ticks(axes: Axes, frame: Frame) -> Iterator[tuple[str, str, str]]:
    powers = range(math.floor(math.log10(axes.first)), math.ceil(math.log10(axes.last)) + 1)
    numbers = [digit * 10**power for power in powers for digit in ROUND if power >= 0]
    numbers = [number for number in numbers if axes.first <= number <= axes.last]
    if len(numbers) > MOST_TICKS:
        numbers = [number for number in numbers if math.log10(number).is_integer()]
    for number in numbers:
        yield frame.at(axes.across(number)), whole(number), "middle"


def _under(plot: FunnelPlot, frame: Frame, y: float) -> Iterator[Text]:
    """What the lower axis counts: on one line where the page is wide, on as many as it needs on a phone."""
    lines = folded(plot.across_label, PHONE, 15.0 * WIDE)
    if len(lines) == 1 or not frame.fluid:
        yield Text("sub", frame.at(0), y, plot.across_label)
        return
    yield Text("sub full", frame.at(0), y, plot.across_label)
    yield Text("sub seg", frame.at(0), y, lines[0], lines=tuple((line, "") for line in lines[1:]))


def _words(plot: FunnelPlot, axes: Axes, frame: Frame) -> list[Text]:
    """The two lines that the reader must know, and as many names as there is room for; one set for each width."""
    if not frame.fluid:
        texts = _placed(plot, axes, frame, frame.width, frame.width)
        # For programs that cannot paint the outline of a letter first.
        return [*(replace(text, kind=f"halo {text.kind.split()[0]}") for text in texts), *texts]
    narrow, broad = _placed(plot, axes, frame, PHONE, NARROW), _placed(plot, axes, frame, NARROW, BROAD)
    both = [text for text in narrow if text in broad]
    return [
        *both,
        *(replace(text, kind=f"{text.kind} seg") for text in narrow if text not in both),
        *(replace(text, kind=f"{text.kind} full") for text in broad if text not in both),
    ]


def _placed(plot: FunnelPlot, axes: Axes, frame: Frame, narrowest: float, widest: float) -> list[Text]:
    room = Clearing(narrowest, widest)
    for dot in plot.dots:
        radius, y = LARGE if dot.lead else SMALL, axes.down(dot.ratio)
        room.taken.append(room.box(axes.across(dot.precision), (-radius, radius), (y - radius, y + radius), DOT))
    for tick in axes.ratios.ticks():
        if tick.label and not tick.parity:
            tick_y = _height(tick.share) - 5
            room.taken.append(room.box(0.0, (0.0, breadth(short(tick.label), 14.0 * WIDE)), (tick_y - 13, tick_y + 1)))
    wanted = [
        *(("dot-name is-lead", dot.label, dot.shown, _around(dot, axes)) for dot in plot.dots if dot.lead),
        ("parity-label", plot.parity_label, "", _along(axes.down(1.0))),
        ("target-label", plot.target_label, "", _along(axes.down(plot.target), *_around_lines(plot, axes))),
        *(("dot-name", dot.label, "", _around(dot, axes)) for dot in plot.dots if dot.named and not dot.lead),
    ]
    texts = []
    for kind, text, sub, places in wanted:
        size = breadth(text, LETTERS * WIDEST) + (7 + breadth(sub, LETTERS * WIDE) if sub else 0)
        if found := room.find(size, places, must=kind in MUST):
            where = frame.at(found.share)
            texts.append(Text(kind, where, round(found.y, 1), text, found.anchor, round(found.aside), sub))
    return texts


def _around_lines(plot: FunnelPlot, axes: Axes) -> tuple[float, ...]:
    """Heights over and under the lines, where they have come close to the target."""
    ends = [
        axes.down(end)
        for line in plot.lines
        if line.kind != "widened"
        for at, *pair in zip(line.precision, line.lower, line.upper, strict=True)
        if axes.across(at) > CLOSE
        for end in pair
    ]
    return (min(ends) - 7, max(ends) + 18) if ends else ()


def _along(y: float, *first: float) -> Iterator[Place]:
    """Over or under a line that runs across, at either end of it or between; farther off where a name stands on it."""
    for height in first:
        yield Place(1.0, "end", 0.0, height)
    between = [(share / 20, "middle", 0.0) for share in range(4, 17)]
    for heights in ((y - 8, y + 19), (y - 17, y + 28)):
        for share, anchor, aside in ((0.0, "start", 34.0), (1.0, "end", 0.0), *between):
            for height in heights:
                yield Place(share, anchor, aside, height)


def _around(dot: FunnelDot, axes: Axes) -> Iterator[Place]:
    """To the right of a dot, to its left, over it and under it; one that must stand may begin or end with the chart."""
    share, y, away = axes.across(dot.precision), axes.down(dot.ratio), (LARGE if dot.lead else SMALL) + 5.0
    yield Place(share, "start", away, y + 5)
    yield Place(share, "end", -away, y + 5)
    for anchor in ("middle", "start", "end"):
        yield Place(share, anchor, 0.0, y - away - 3)
        yield Place(share, anchor, 0.0, y + away + 13)
    if dot.lead:
        for edge, anchor in ((0.0, "start"), (1.0, "end")):
            yield Place(edge, anchor, 0.0, y - away - 3)
            yield Place(edge, anchor, 0.0, y + away + 13)
