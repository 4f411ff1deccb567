"""What a caller says about a chart: labels already translated, numbers already worked out."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["lead", "other", "few", "reference", "published", "extreme"]
Point = tuple[float, float | None, float | None] | None


def finite(where: str, numbers: Iterable[float | None]) -> None:
    """Refuse whatever cannot be drawn: a missing number is None, never NaN."""
    for number in numbers:
        if number is not None and not math.isfinite(number):
            raise ValueError(f"{where}: {number} cannot be drawn; pass None with a reason")


def ratios(where: str, numbers: Iterable[float | None]) -> None:
    """Refuse what cannot stand on an axis of ratios."""
    kept = list(numbers)
    finite(where, kept)
    if any(number is not None and number < 0 for number in kept):
        raise ValueError(f"{where}: a ratio is never below zero")


def positive(where: str, numbers: Iterable[float]) -> None:
    """Refuse what has no logarithm."""
    kept = list(numbers)
    finite(where, kept)
    if any(number <= 0 for number in kept):
        raise ValueError(f"{where}: {min(kept):g} cannot stand on an axis of doublings")


@dataclass(frozen=True, slots=True)
class DotRow:
    """One line of a dot plot: a ratio, its interval, and the words printed beside it."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    kind: Kind = "other"
    note: str = ""
    shown: str = ""
    range_shown: str = ""
    benchmark: float | None = None
    remark: str = ""
    empty: str = ""
    span_of_doubt: tuple[float, float] | None = None
    lead: bool = False

    def __post_init__(self) -> None:
        ratios(self.label, (self.value, self.lower, self.upper, self.benchmark, *(self.span_of_doubt or ())))
        if (self.lower is None) != (self.upper is None):
            raise ValueError(f"{self.label}: an interval has two ends")
        if self.value is None and not self.empty:
            raise ValueError(f"{self.label}: a row without a value says why in `empty`")

    @property
    def leads(self) -> bool:
        """Whether this is the row that the heading speaks of."""
        return self.lead or self.kind == "lead"


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Ratios with intervals on a doubling axis; `width` makes room for the labels."""

    title: str
    description: str
    rows: tuple[DotRow, ...]
    parity_label: str
    width: Literal["auto", "short", "normal", "long"] = "auto"
    lead_label: str = ""
    other_label: str = ""
    few_label: str = ""
    reference_label: str = ""
    published_label: str = ""
    extreme_label: str = ""
    benchmark_label: str = ""
    doubt_label: str = ""
    empty_label: str = ""


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """One line through the periods: (value, lower, upper) each, or None for a gap."""

    label: str
    points: tuple[Point, ...]
    lead: bool = False

    def __post_init__(self) -> None:
        for point in self.points:
            ratios(self.label, point or ())


@dataclass(frozen=True, slots=True)
class TrendMoment:
    """A day to be drawn in: where it lies among the periods, 0 in the middle of the first, and the sign it carries."""

    at: float
    sign: str

    def __post_init__(self) -> None:
        finite(self.sign, (self.at,))


@dataclass(frozen=True, slots=True)
class TrendPlot:
    """Ratios over periods; a break stands before each period whose index is in `breaks`."""

    title: str
    description: str
    periods: tuple[str, ...]
    series: tuple[TrendSeries, ...]
    parity_label: str
    breaks: tuple[int, ...] = ()
    break_note: str = ""
    moments: tuple[TrendMoment, ...] = ()

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.points) != len(self.periods):
                raise ValueError(f"{series.label}: {len(series.points)} points for {len(self.periods)} periods")


@dataclass(frozen=True, slots=True)
class BarPart:
    """One stretch of a bar and the words that name it."""

    label: str
    value: float
    shown: str
    lead: bool = False

    def __post_init__(self) -> None:
        finite(self.label, (self.value,))
        if self.value < 0:
            raise ValueError(f"{self.label}: a part is never below zero")


@dataclass(frozen=True, slots=True)
class BarPlot:
    """A whole divided into its parts, with the unknown part hatched at the end."""

    title: str
    description: str
    parts: tuple[BarPart, ...]
    unknown: BarPart | None = None


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One line of a chart of differences: above or below zero, its interval, and the words printed beside it."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    shown: str = ""
    range_shown: str = ""
    note: str = ""
    remark: str = ""
    empty: str = ""
    lead: bool = False
    reference: bool = False

    def __post_init__(self) -> None:
        finite(self.label, (self.value, self.lower, self.upper))
        if (self.lower is None) != (self.upper is None):
            raise ValueError(f"{self.label}: an interval has two ends")
        if self.value is None and not self.empty:
            raise ValueError(f"{self.label}: a row without a value says why in `empty`")

    @property
    def leads(self) -> bool:
        """Whether this is the row that the heading speaks of."""
        return self.lead


@dataclass(frozen=True, slots=True)
class DifferencePlot:
    """Differences as bars on both sides of zero; `below` and `above` say what either side means."""

    title: str
    description: str
    rows: tuple[DifferenceRow, ...]
    below: str
    above: str
    lead_label: str = ""
    other_label: str = ""
    range_label: str = ""
    reference_label: str = ""
    empty_label: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One area as one square; columns and rows count from anywhere; step 0 means not compared."""

    code: str
    column: int
    row: int
    shown: str
    step: int
    url: str
    name: str

    def __post_init__(self) -> None:
        if not 0 <= self.step <= STEPS:
            raise ValueError(f"{self.name}: step {self.step} is not between 0 and {STEPS}")


STEPS = 5


@dataclass(frozen=True, slots=True)
class TileMap:
    """Areas as squares, each a link; `step_labels` name steps 1 to 5, lightest first."""

    title: str
    description: str
    tiles: tuple[Tile, ...]
    step_labels: tuple[str, ...]
    empty_label: str = ""


@dataclass(frozen=True, slots=True)
class RankRow:
    """One area's likely place in the order: middle, lower and upper rank."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    shown: str = ""
    lead: bool = False
    empty: str = ""

    def __post_init__(self) -> None:
        finite(self.label, (self.value, self.lower, self.upper))
        if (self.lower is None) != (self.upper is None):
            raise ValueError(f"{self.label}: an interval has two ends")
        if self.value is None and not self.empty:
            raise ValueError(f"{self.label}: a row without a value says why in `empty`")


@dataclass(frozen=True, slots=True)
class RankPlot:
    """Intervals of rank on an axis from 1 to the number compared, in the order given."""

    title: str
    description: str
    rows: tuple[RankRow, ...]
    first_label: str
    last_label: str
    lead_label: str = ""
    other_label: str = ""
    empty_label: str = ""


@dataclass(frozen=True, slots=True)
class FunnelDot:
    """One area of a funnel: its ratio, and how many events it rests on; `named` if its name is to stand beside it."""

    label: str
    ratio: float
    precision: float
    kind: Literal["inside", "outside", "few"] = "inside"
    shown: str = ""
    named: bool = False
    lead: bool = False

    def __post_init__(self) -> None:
        ratios(self.label, (self.ratio,))
        positive(self.label, (self.precision,))


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """One pair of lines of a funnel, from the fewest events to the most."""

    kind: Literal["inner", "outer", "widened"]
    label: str
    precision: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]

    def __post_init__(self) -> None:
        ratios(self.label, (*self.lower, *self.upper))
        positive(self.label, self.precision)
        if not len(self.precision) == len(self.lower) == len(self.upper) > 1:
            raise ValueError(f"{self.label}: a line has as many lower and upper ends as places, and more than one")


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """Ratios on a doubling axis over the events that they rest on, within lines that narrow toward a target.

    Where names would lie over one another, the dots that stand first keep theirs.
    """

    title: str
    description: str
    dots: tuple[FunnelDot, ...]
    lines: tuple[FunnelLine, ...]
    target: float
    target_label: str
    parity_label: str
    across_label: str
    inside_label: str = ""
    outside_label: str = ""
    few_label: str = ""

    def __post_init__(self) -> None:
        positive(self.title, (self.target,))
        if not self.lines:
            raise ValueError(f"{self.title}: a funnel has lines")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One whole, and the share of it that nobody recorded; `under` heads the rows that come from one source."""

    label: str
    share: float
    lower: float
    upper: float
    shown: str
    range_shown: str = ""
    under: str = ""
    lead: bool = False

    def __post_init__(self) -> None:
        finite(self.label, (self.share, self.lower, self.upper))
        if not 0 <= self.lower <= self.share <= self.upper <= 1:
            raise ValueError(f"{self.label}: a share lies between its ends, and they from 0 to 1")


@dataclass(frozen=True, slots=True)
class SharePlot:
    """Shares that nobody recorded, one hatched bar a row, never joined up."""

    title: str
    description: str
    rows: tuple[ShareRow, ...]
    bar_label: str = ""
    range_label: str = ""


@dataclass(frozen=True, slots=True)
class StripMark:
    """One ratio drawn inside a cell of a table; None draws no mark."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    kind: Kind = "other"
    lead: bool = False

    def __post_init__(self) -> None:
        ratios("strip", (self.value, self.lower, self.upper))
