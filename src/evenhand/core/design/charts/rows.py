"""The words of a chart of rows: where each lane lies, with its label before it and its value after."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from evenhand.core.design.charts.axes import Frame, breadth, folded

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


class Row(Protocol):
    """One line of a chart: its words, and a value or the reason why there is none."""

    @property
    def label(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def shown(self) -> str: ...
    @property
    def range_shown(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def empty(self) -> str: ...
    @property
    def leads(self) -> bool: ...


R = TypeVar("R", bound=Row)


@dataclass(slots=True)
class Layout:
    """What the rows share: the frame, the columns before and after it, and the words set so far."""

    frame: Frame
    middle: float
    width: str
    after: str
    stacked: bool
    under: bool  # ranges stand below their values, in every row alike
    texts: list[Text] = field(default_factory=list)

    @property
    def before(self) -> int:
        """Pixels before the lanes on a wide page."""
        return BEFORE[self.width]


def layout_of(rows: Sequence[Row], frame: Frame, middle: float, width: str = "auto") -> Layout:
    """Columns wide enough for the words of the rows; `middle` is where the strong line stands across the lanes."""
    labels = max((breadth(row.label) for row in rows), default=0.0)
    noted = max((_label_breadth(row) for row in rows), default=0.0)
    values = max((_value_breadth(row) for row in rows), default=0.0)
    if width == "auto":
        width = "short" if noted < BEFORE["short"] - 8 else "normal" if labels < BEFORE["normal"] - 8 else "long"
    after = next((name for name, pixels in AFTER.items() if values < pixels - 16), "roomy")
    crowded = any(_phone_breadth(row) > PHONE for row in rows)
    crowded = crowded or values > AFTER["roomy"] - 16
    stacked = crowded or noted > BEFORE[width] - 8
    return Layout(frame, middle, width, after, stacked=stacked, under=values > AFTER[after] - 16)


def room_of(layout: Layout) -> tuple[int, int]:
    """Pixels that a drawing of fixed width leaves before and after the lanes."""
    return BEFORE[layout.width], AFTER[layout.after]


def lanes(rows: Sequence[R], layout: Layout, beside: Callable[[R], tuple[str, list[float]]]) -> tuple[list[int], int]:
    """Set the words of every row: the height of each lane, and where the axis ends below them.

    `beside` gives a row's remark, and where its marks stand across the lane.
    """
    y, last, found = float(FIRST), FIRST, []
    lifted = max((_lift(row, layout) for row in rows), default=0)
    for row in rows:
        lift = _lift(row, layout) if len(rows) > FEW else lifted
        lane = round(y + lift)
        found.append(lane)
        _words(row, layout, lane)
        drop = _reason(row, layout, lane) if row.value is None else _remark(*beside(row), layout, lane)
        below = layout.stacked and any(row.note or row.range_shown for row in rows)
        step = STACKED if below else NOTED if any(row.note for row in rows) else PLAIN
        y += lift + step + drop
        last = lane + drop
    return found, round(last + FOOT)


def segments(rows: Sequence[Row], heights: Sequence[int]) -> str:
    """Short pieces of an upright line, one across each lane that has a mark, for pages where words lie between."""
    return "".join(f"M0 {lane - 12}v24" for row, lane in zip(rows, heights, strict=True) if row.value is not None)


def off_edge(share: float, label: str) -> int:
    """How far the name of a tick is moved to the left, below 0, or to the right, to lie within a phone's width."""
    half, middle = breadth(label, 14.0 * WIDE) / 2, PHONE * share
    return round(max(half - middle, 0.0)) - round(max(middle + half - PHONE, 0.0))


def haloed(texts: list[Text]) -> Iterator[Text]:
    """Remarks with a plain copy behind them, for programs that cannot paint the outline of a letter first."""
    for text in texts:
        if text.kind == "remark":
            yield replace(text, kind="halo")
        yield text


def _phone_breadth(row: Row) -> float:
    """What one line needs on a phone for the label, the value and what follows each."""
    bold = breadth(row.label, 16.0 * WIDEST) + breadth(row.shown, 18.0 * WIDEST)
    plain = sum(8 + breadth(text, SMALL_SUB * WIDE) for text in (row.note, row.range_shown) if text)
    return bold + plain + 6


def _label_breadth(row: Row) -> float:
    return breadth(row.label, 16.5) + (breadth(row.note, 15) + 8 if row.note else 0)


def _value_breadth(row: Row) -> float:
    return breadth(row.shown, 18.5) + (breadth(row.range_shown, 15) + 7 if row.range_shown else 0)


def _lift(row: Row, layout: Layout) -> int:
    """How much lower a lane stands because its label needs a second line above it."""
    if not layout.stacked:
        return 0
    phone = len(folded(row.label, PHONE - breadth(row.shown, 18.0 * WIDEST) - 12, 16.0 * WIDEST))
    wide = len(folded(row.label, layout.before - 8, 16.5)) + bool(row.note)
    return max((phone - 1) * LINE, (wide - 2) * LINE // 2, 0)


def _words(row: Row, layout: Layout, y: int) -> None:
    """Set the label and the value."""
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
    if layout.under and row.range_shown:
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


def _reason(row: Row, layout: Layout, y: int) -> int:
    """Why there is no value, under the lane; how far it reaches below the usual row."""
    lines = folded(row.empty, PHONE, 15)
    rest = tuple((line, "") for line in lines[1:])
    layout.texts.append(Text("remark", layout.frame.at(0), y + 25, lines[0], lines=rest))
    return (len(lines) - layout.stacked) * LINE


def _remark(text: str, shares: list[float], layout: Layout, y: int) -> int:
    """Beside the marks where there is room, under the lane where there is none; how far it reaches below the row."""
    if not text:
        return 0
    frame, add = layout.frame, layout.texts.append
    need = breadth(text, 15.0 * WIDE) / PHONE + 0.06
    if max(shares) + need <= 1:
        add(Text("remark", frame.at(max(shares)), y + 5, text, "start", 14))
        return 0
    if min(shares) - need >= 0 and not min(shares) - need < layout.middle < min(shares):
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
