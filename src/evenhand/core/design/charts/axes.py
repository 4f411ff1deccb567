"""Where a number stands across or up a chart, and which numbers the axis names."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import rate

LOWEST, HIGHEST = -6.0, 10.0
STEPS, MOST_STEPS = (1, 2, 5, 10), 4
LEAST_REACH = 1e-6  # of an axis of differences: what lies nearer to zero than this is nothing
HALFWAY = 0.5
NEAR, BARELY = 0.45, 0.25
REACH = 2.0
CROWDED = 4.6
TIGHT = 6.4


@dataclass(frozen=True, slots=True)
class Frame:
    """The stretch of page a chart is drawn across: fluid in percentages, or fixed in pixels."""

    left: float = 0.0
    width: float = 100.0
    unit: str = "%"

    @property
    def fluid(self) -> bool:
        """Whether the page decides the width."""
        return self.unit == "%"

    def at(self, share: float) -> str:
        """A coordinate for a share of the width."""
        return f"{self.left + share * self.width:.2f}{self.unit}"

    def breadth(self, share: float) -> str:
        """A length for a share of the width."""
        return f"{share * self.width:.2f}{self.unit}"


@dataclass(frozen=True, slots=True)
class Tick:
    """One named place on an axis; `label` is empty where there is no room for it."""

    share: float
    label: str
    parity: bool


@dataclass(frozen=True, slots=True)
class LogAxis:
    """An axis of ratios on which each step doubles; ends are powers of two."""

    low: float
    high: float

    def share(self, ratio: float) -> float:
        """Where a ratio stands, from 0 at the low end to 1 at the high end; beyond the ends, the end."""
        if ratio <= 0:
            return 0.0
        return min(max((math.log2(ratio) - self.low) / (self.high - self.low), 0.0), 1.0)

    def below(self, ratio: float) -> bool:
        """Whether a ratio lies off the low end."""
        return ratio <= 0 or math.log2(ratio) < self.low

    def above(self, ratio: float) -> bool:
        """Whether a ratio lies off the high end."""
        return ratio > 0 and math.log2(ratio) > self.high

    @property
    def parity(self) -> float:
        """Where 1 stands."""
        return self.share(1.0)

    def ticks(self) -> tuple[Tick, ...]:
        """Doublings and halvings that lie on the axis, thinned where they would crowd."""
        span = self.high - self.low
        step = max(1, math.ceil(span / 8))
        powers = range(math.ceil(self.low), math.floor(self.high) + 1)
        return tuple(
            Tick(self.share(2.0**power), _named(power, span) if power % step == 0 else "", power == 0)
            for power in powers
        )


def log_axis(ratios: Iterable[float | None], bounds: Iterable[float | None] = (), *, air: float = 0.42) -> LogAxis:
    """An axis that holds every ratio, parity and twice, and as much of the bounds as stays readable."""
    known = [_power(ratio) for ratio in ratios if ratio]
    ends = [_power(bound) for bound in bounds if bound]
    low, high = min([*known, 0.0]), max([*known, 1.0])
    low = max(min([low, *ends]), low - REACH)
    high = min(max([high, *ends]), high + REACH)
    reach = high - low
    low = _outward(-low) * -1 if low < -BARELY else -air * (1 + 0.1 * reach)
    high = _outward(high) + 0.03 * reach + 0.08
    return LogAxis(low, high)


@dataclass(frozen=True, slots=True)
class LinearAxis:
    """An axis of differences, with zero on it; its ends lie a little beyond what it must hold."""

    low: float
    high: float
    step: float

    def share(self, number: float) -> float:
        """Where a number stands, from 0 at the low end to 1 at the high end."""
        return (number - self.low) / (self.high - self.low)

    @property
    def zero(self) -> float:
        """Where 0 stands."""
        return self.share(0.0)

    def ticks(self) -> tuple[Tick, ...]:
        """Round numbers that lie on the axis, a step apart."""
        steps = range(math.ceil(self.low / self.step), math.floor(self.high / self.step) + 1)
        places = max(0, -math.floor(math.log10(self.step)))
        return tuple(Tick(self.share(at * self.step), rate(at * self.step, places), at == 0) for at in steps)


def linear_axis(numbers: Iterable[float | None], *, air: float = 0.04) -> LinearAxis:
    """An axis that holds zero and every number, in at most a few round steps."""
    known = [0.0, *(number for number in numbers if number is not None)]
    low, high = min(known), max(known)
    high = high if high - low > LEAST_REACH else low + 1
    reach = high - low
    power = 10.0 ** math.floor(math.log10(reach / MOST_STEPS))
    step = next(one * power for one in STEPS if reach / (one * power) <= MOST_STEPS)
    return LinearAxis(low - air * reach, high + air * reach, step)


def _power(ratio: float) -> float:
    return min(max(math.log2(ratio), LOWEST), HIGHEST)


def _outward(power: float) -> float:
    """The next whole doubling, when it is near enough to be worth showing."""
    return float(math.ceil(power)) if math.ceil(power) - power < NEAR else power + 0.12


def _named(power: int, span: float) -> str:
    if power == 0:
        return _("same")
    if power == -1:
        return _("half") if span <= TIGHT else "½"
    if power < 0:
        return {-2: "¼", -3: "⅛"}.get(power, f"1/{2**-power}")
    if span > TIGHT:
        return f"{2**power}×" if power == 1 else f"{2**power:,}"
    if span > CROWDED and power > 1:
        return f"{2**power:,}"
    return _("%(number)s times") % {"number": 2**power}


def short(label: str) -> str:
    """The name of a tick where there is little room: “4×” for “4 times”."""
    number = re.match(r"\d+", label)
    return f"{number[0]}×" if number and "/" not in label else label


@lru_cache(4096)
def breadth(text: str, size: float = 16.0) -> float:
    """About how wide a text is in pixels: enough to see whether it fits."""
    narrow, wide = sum(text.count(letter) for letter in "iljtfrI.,:'’ "), sum(text.count(letter) for letter in "mwMW%@")
    return size * (0.56 * len(text) - 0.22 * narrow + 0.26 * wide)


def folded(text: str, limit: float, size: float = 16.0) -> tuple[str, ...]:
    """The text in lines no wider than `limit` where words allow."""
    lines: list[str] = []
    for word in text.split():
        if lines and breadth(f"{lines[-1]} {word}", size) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines) if lines or not text else (text,)
