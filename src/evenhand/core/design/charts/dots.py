"""Dot and interval: one ratio a row on a doubling axis."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from evenhand.core.design.charts.axes import HALFWAY, Frame, LogAxis, breadth, folded, log_axis, short
from evenhand.core.design.charts.plots import DotPlot, DotRow
from evenhand.core.design.parts import KeyItem, Mark

PHONE = 286.0  # the width a phone of 320 px leaves
BEFORE = {"short": 88, "normal": 176, "long": 256}
AFTER = {"tight": 64, "usual": 128, "roomy": 172}
PLAIN, NOTED, STACKED, LINE = 58, 62, 80, 19
FEW = 4
FIRST, FOOT, TICKS = 64, 46, 28
WIDEST, WIDE = 1.2, 1.1  # bold and plain letters of the widest font in the stack, as `breadth` counts them
SMALL_SUB = 13.0  # the second words of a row on the narrowest phone


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; `sub` follows on the line, `lines` stand below it."""

    kind: str
    x: str
    y: float
    text: str
    anchor: str = "start"
    dx: int = 0
    sub: str = ""
    lines: tuple[tuple[str, str], ...] = ()


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


@dataclass(slots=True)
class Layout:
    """What the rows share."""

    axis: LogAxis
    frame: Frame
    width: str
    after: str
    stacked: bool
    texts: list[Text] = field(default_factory=list)

    @property
    def before(self) -> int:
        return BEFORE[self.width]


def drawn(plot: DotPlot, frame: Frame) -> dict[str, Any]:
    """Everything the template prints, in coordinates of the frame."""
    layout = _layout(plot, frame)
    y, last, marks, seg = float(FIRST), FIRST, [], ""
    lifted = max((_lift(row, layout) for row in plot.rows), default=0)
    for row in plot.rows:
        lift = _lift(row, layout) if len(plot.rows) > FEW else lifted
        lane = round(y + lift)
        marks.append(_mark(row, layout, lane))
        drop = _words(row, layout, lane)
        if row.value is not None:
            seg += f"M0 {lane - 12}v24"
        below = layout.stacked and any(row.note or row.range_shown for row in plot.rows)
        step = STACKED if below else NOTED if any(row.note for row in plot.rows) else PLAIN
        y += lift + step + drop
        last = lane + drop
    bottom = round(last + FOOT)
    parity = layout.axis.parity
    return {
        "marks": marks,
        "texts": layout.texts if frame.fluid else list(_haloed(layout.texts)),
        "seg": seg,
        "bottom": bottom,
        "tick_y": bottom + 20,
        "ticks": _ticks(layout.axis, frame),
        "height": bottom + TICKS,
        "width": layout.width,
        "after": layout.after,
        "parity": _parity(plot.parity_label, parity, frame),
        "left": frame.at(0),
        "right": frame.at(1),
        "all": frame.breadth(1),
        "hatched": any(mark.hatch or mark.doubt for mark in marks),
    }


def _ticks(axis: LogAxis, frame: Frame) -> list[tuple[str, bool, str, int]]:
    """Each tick with its name: in short if one would be cut at the edge of a phone, and then moved off the edge."""
    ticks = axis.ticks()

    def beyond(share: float, label: str) -> float:
        return max(PHONE * share + breadth(label, 14.0 * WIDE) / 2 - PHONE, 0.0)

    tight = any(beyond(tick.share, tick.label) for tick in ticks)
    named = [(tick, short(tick.label) if tight else tick.label) for tick in ticks]
    return [(frame.at(tick.share), tick.parity, label, -round(beyond(tick.share, label))) for tick, label in named]


def _parity(label: str, share: float, frame: Frame) -> Text:
    """What the parity line means, on the side where there is more room, and moved as far as a phone needs."""
    after = share < HALFWAY
    beyond = max(breadth(label, 15.0 * WIDEST) - PHONE * (1 - share if after else share), 0.0)
    moved = round(min(beyond, PHONE * (share if after else 1 - share)))
    dx = (-moved if after else moved) if frame.fluid else 0
    return Text("parity-label", frame.at(share), 16, label, "start" if after else "end", dx)


def _haloed(texts: list[Text]) -> Iterator[Text]:
    """Remarks with a plain copy behind them, for programs that cannot paint the outline of a letter first."""
    for text in texts:
        if text.kind == "remark":
            yield replace(text, kind="halo")
        yield text


def room(plot: DotPlot) -> tuple[int, int]:
    """Pixels that a drawing of fixed width leaves before and after the lanes."""
    layout = _layout(plot, Frame())
    return BEFORE[layout.width], AFTER[layout.after]


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


def _layout(plot: DotPlot, frame: Frame) -> Layout:
    ratios = [number for row in plot.rows for number in (row.value, row.benchmark, *(row.span_of_doubt or ()))]
    axis = log_axis(ratios, [bound for row in plot.rows for bound in (row.lower, row.upper)])
    labels = max((breadth(row.label) for row in plot.rows), default=0.0)
    noted = max((_label_breadth(row) for row in plot.rows), default=0.0)
    values = max((_value_breadth(row) for row in plot.rows), default=0.0)
    width = str(plot.width)
    if width == "auto":
        width = "short" if noted < BEFORE["short"] - 8 else "normal" if labels < BEFORE["normal"] - 8 else "long"
    after = next((name for name, pixels in AFTER.items() if values < pixels - 16), "roomy")
    crowded = any(_phone_breadth(row) > PHONE for row in plot.rows)
    crowded = crowded or values > AFTER["roomy"] - 16
    return Layout(axis, frame, width, after, stacked=crowded or noted > BEFORE[width] - 8)


def _phone_breadth(row: DotRow) -> float:
    """What one line needs on a phone for the label, the value and what follows each."""
    bold = breadth(row.label, 16.0 * WIDEST) + breadth(row.shown, 18.0 * WIDEST)
    plain = sum(8 + breadth(text, SMALL_SUB * WIDE) for text in (row.note, row.range_shown) if text)
    return bold + plain + 6


def _label_breadth(row: DotRow) -> float:
    return breadth(row.label, 16.5) + (breadth(row.note, 15) + 8 if row.note else 0)


def _value_breadth(row: DotRow) -> float:
    return breadth(row.shown, 18.5) + (breadth(row.range_shown, 15) + 7 if row.range_shown else 0)


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


def _lift(row: DotRow, layout: Layout) -> int:
    """How much lower a lane stands because its label needs a second line above it."""
    if not layout.stacked:
        return 0
    phone = len(folded(row.label, PHONE - breadth(row.shown, 18.0 * WIDEST) - 12, 16.0 * WIDEST))
    wide = len(folded(row.label, layout.before - 8, 16.5)) + bool(row.note)
    return max((phone - 1) * LINE, (wide - 2) * LINE // 2, 0)


def _words(row: DotRow, layout: Layout, y: int) -> int:
    """Set the label, the value and any remark; return how far they reach below the usual row."""
    frame, lead = layout.frame, " is-lead" if row.leads else ""
    right = "100%" if frame.fluid else f"{frame.left + frame.width + AFTER[layout.after]:.2f}px"
    wide_y = y if frame.fluid else y + 5.6
    full = " full" if layout.stacked else ""
    add = layout.texts.append
    if layout.stacked:
        block = [(line, "") for line in folded(row.label, layout.before - 8, 16.5)]
        block += [(line, "sub") for line in folded(row.note, layout.before - 8, 15)]
        top = wide_y - (len(block) - 1) * LINE / 2
        add(Text(f"row-label full{lead}", "0", top, block[0][0], lines=tuple(block[1:])))
    else:
        add(Text(f"row-label{lead}", "0", wide_y, row.label, sub=row.note))
    if _value_breadth(row) > AFTER[layout.after] - 16:
        under = ((row.range_shown, "sub"),)
        add(Text(f"row-value{full}{lead}", right, wide_y - LINE / 2, row.shown, "end", lines=under))
    elif row.shown or row.range_shown:
        add(Text(f"row-value{full}{lead}", right, wide_y, row.shown, "end", sub=row.range_shown))
    if layout.stacked and frame.fluid:
        lines = folded(row.label, PHONE - breadth(row.shown, 18.0 * WIDEST) - 12, 16.0 * WIDEST)
        rest = tuple((line, "") for line in lines[1:])
        add(Text(f"row-label seg{lead}", "0", y - (len(lines) - 1) * LINE, lines[0], lines=rest))
        if row.shown:
            add(Text(f"row-value seg{lead}", "100%", y, row.shown, "end"))
        if row.value is not None:
            if row.note:
                add(Text("sub seg", "0", y + 24, row.note))
            if row.range_shown:
                add(Text("sub seg", "100%", y + 24, row.range_shown, "end"))
    return _remark(row, layout, y)


def _remark(row: DotRow, layout: Layout, y: int) -> int:
    """Beside the marks where there is room, under the lane where there is none."""
    axis, frame, add = layout.axis, layout.frame, layout.texts.append
    if row.value is None:
        lines = folded(row.empty, PHONE, 15)
        add(Text("remark", frame.at(0), y + 25, lines[0], lines=tuple((line, "") for line in lines[1:])))
        return (len(lines) - layout.stacked) * LINE
    text = row.remark or (_("none, so off this scale") if row.value == 0 else "")
    if not text:
        return 0
    numbers = (row.value, row.lower, row.upper, row.benchmark, *(row.span_of_doubt or ()))
    shares = [axis.share(number) for number in numbers if number is not None]
    need = breadth(text, 15.0 * WIDE) / PHONE + 0.06
    if max(shares) + need <= 1:
        add(Text("remark", frame.at(max(shares)), y + 5, text, "start", 14))
        return 0
    if min(shares) - need >= 0 and not min(shares) - need < axis.parity < min(shares):
        add(Text("remark", frame.at(min(shares)), y + 5, text, "end", -14))
        return 0
    place = (frame.at(min(shares)), "start") if min(shares) + need <= 1 else (frame.at(1), "end")
    if not layout.stacked:
        add(Text("remark", place[0], y + 25, text, place[1]))
        return LINE
    add(Text("remark full" if frame.fluid else "remark", place[0], y + 25, text, place[1]))
    if frame.fluid:
        add(Text("remark seg", "0", y + 25 + LINE, text))
    return LINE


def _mark(row: DotRow, layout: Layout, y: int) -> DotMark:
    axis, frame = layout.axis, layout.frame
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
