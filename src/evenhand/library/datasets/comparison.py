"""One group in one place and period, as it compares with the reference group."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

# "few" is a count of our own that is suppressed because it is small, and not for the sake of another: people are told
# so, and whoever reads JSON or CSV finds it suppressed.
Flag = Literal[
    "reference", "small-base", "no-row", "few", "suppressed", "no-denominator", "rates-only", "not-comparable"
]
SMALL_BASE = 30


@dataclass(frozen=True)
class Comparison:
    """One group in one place and period: counts, rate, and how it compares with the reference group.

    `rate` and the differences are per `rate_per` of the measure. Whatever a flag forbids is None.
    """

    group: str
    flag: Flag | None
    events: int | None
    population: int | None
    rate: float | None
    ratio: float | None
    lower: float | None
    upper: float | None
    difference: float | None
    difference_lower: float | None
    difference_upper: float | None
    excess: float | None
    excess_lower: float | None
    excess_upper: float | None

    def as_json(self) -> dict[str, Any]:
        """The row as the library, the terminal and the JSON address give it."""
        record = asdict(self)
        flag = record.pop("flag")
        return {**record, "flag": "suppressed" if flag == "few" else flag}

    @property
    def clear(self) -> bool:
        """Whether the interval of the ratio leaves out parity."""
        return self.lower is not None and self.upper is not None and not self.lower <= 1 <= self.upper


@dataclass(frozen=True)
class NotRecorded:
    """Events with no ethnicity recorded, out of all events."""

    events: int
    of: int

    @property
    def share(self) -> float:
        """Their share of all events, from 0 to 1."""
        return self.events / self.of
