"""What a report to a funder says of a period, worked out of plain rows, with small numbers protected."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final, Literal

from evenhand.domains.support.rules.capacity import changes
from evenhand.domains.support.rules.days import PARTS, QUARTERS, written
from evenhand.domains.support.rules.periods import SMALL, Period, is_small
from evenhand.library.statistics.suppress import suppress

BASE: Final = 30  # under this, no percentage
STEP: Final = SMALL + 1
FEW, HELD, LEAST = "fewer than 6", "withheld", "at least "
NOT_SAID: Final = "Not said"
Outcome = Literal["supported", "not-supported", ""]
OUTCOMES: Final[tuple[Outcome, ...]] = ("supported", "not-supported")
Answers = Mapping[str, int]


@dataclass(frozen=True)
class Asked:
    """One application that was sent, as far as a report may know it: no name, and no words."""

    sent_on: dt.date
    outcome: Outcome = ""
    decided_on: dt.date | None = None
    due_on: dt.date | None = None
    ineligible: bool = False
    area: str = ""
    size: str = ""
    led_by: str = ""
    help: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    feedback: bool = False
    first: bool = False  # on no register, or not supported here before
    awarded: float = 0  # in quarters of a day, or in pounds
    delivered_on: dt.date | None = None
    rematched_on: dt.date | None = None


@dataclass(frozen=True)
class Given:
    """Quarters of a day that an organisation confirmed on a day, negative where they were taken back."""

    organisation: str
    quarters: int
    on: dt.date


@dataclass(frozen=True)
class Compared:
    """What one organisation answered before and after, and on which day it answered the second time."""

    before: Answers
    after: Answers
    on: dt.date


@dataclass(frozen=True)
class Rows:
    """All that a programme did, without names; what a report says of a period is read from here."""

    asked: tuple[Asked, ...] = ()
    given: tuple[Given, ...] = ()
    compared: tuple[Compared, ...] = ()
    in_days: bool = True

    def decided_in(self, period: Period) -> tuple[Asked, ...]:
        """The applications that were decided in a period, whenever they were sent."""
        return tuple(one for one in self.asked if one.outcome and period.holds(one.decided_on))

    def counts(self, period: Period) -> tuple[int, int, int]:
        """How many were offered support, were not, and were helped: what decides whether a period may be told."""
        outcomes = Counter(one.outcome for one in self.decided_in(period))
        helped = {one.organisation for one in self.given if period.holds(one.on)}
        return outcomes["supported"], outcomes["not-supported"], len(helped)


def number(count: int) -> str:
    """A count as it may be shown on its own: one to five are not told apart."""
    return FEW if is_small(count) else f"{count:,}"


def at_least(count: int) -> str:
    """A count that still moves, in whole sixes: between two looks at it nothing small can be worked out."""
    return number(count) if count <= SMALL else f"{LEAST}{count // STEP * STEP:,}"


def share(part: int, whole: int) -> str:
    """A part of a whole, as far as it may be shown: neither a small part, nor what is left of one, nor a weak share."""
    if not whole:
        return ""
    if is_small(whole):
        return FEW
    if is_small(part) or is_small(whole - part):
        return f"{HELD}, of {whole:,}"
    percent = f" ({100 * part / whole:.0f}%)" if whole >= BASE else ""
    return f"{part:,} of {whole:,}{percent}"


def table(rows: Iterable[Asked], of: Callable[[Asked], str], order: Sequence[str] = ()) -> list[list[str]]:
    """How many in each part were offered support, and were not, under their totals; or nothing where all is held.

    Each column is protected by itself, and nothing adds up across: who was supported is public by name elsewhere, so
    that a total of both would tell of those who were not.
    """
    counted: Counter[tuple[str, str]] = Counter((of(one) or NOT_SAID, one.outcome) for one in rows)
    names = {name for name, _outcome in counted}
    parts = [*(name for name in order if name in names), *sorted(names - set(order) - {NOT_SAID})]
    parts += [NOT_SAID] if NOT_SAID in names else []
    if not parts:
        return []
    columns = [_column([counted[part, outcome] for part in parts]) for outcome in OUTCOMES]
    if all(cell in {HELD, FEW, "0"} for column in columns for cell in column[:-1]):
        return []
    return [[part, *cells] for part, *cells in zip([*parts, "All"], *columns, strict=True)]


def tally(values: Iterable[str], whole: int, order: Sequence[str] = ()) -> list[list[str]]:
    """How often each was said, of so many. One application can say several, so that nothing adds up to a total."""
    counted = Counter(values)
    names = [*(one for one in order if one in counted), *sorted(set(counted) - set(order))]
    return [[name, share(counted[name], whole)] for name in names]


def figures(rows: Rows, period: Period, *, sizes: Sequence[str] = ()) -> dict[str, Any]:
    """Everything that a report says of a period that may be told, as values that can be kept and shown again."""
    decided = rows.decided_in(period)
    supported = [one for one in decided if one.outcome == "supported"]
    others = [one for one in decided if one.outcome == "not-supported"]
    given = [one for one in rows.given if period.holds(one.on)]
    helped = {one.organisation for one in given}
    delivered = sum(period.holds(one.delivered_on) for one in rows.asked)
    days = [["helped", number(len(helped))]] if rows.in_days else []
    confirmed = [
        ["days-confirmed", _days(sum(one.quarters for one in given), len(helped))],
        ["delivered", number(delivered)],
    ]
    return {
        "reach": [
            ["decided", number(len(decided))],
            ["supported", number(len(supported))],
            ["not-supported", number(len(others))],
            *days,
        ],
        "success": share(len(supported), len(decided)),
        "unmet": [["ineligible", share(sum(one.ineligible for one in others), len(others))]],
        "reasons": tally((why for one in others if one.ineligible for why in one.not_met), len(others)),
        "help": tally((one for row in decided for one in row.help), len(decided)),
        "given": [
            ["days-awarded" if rows.in_days else "pounds-awarded", amount(rows, supported)],
            *(confirmed if rows.in_days else []),
        ],
        "change": [
            [one.skill.name, f"{one.before:.1f}", f"{one.after:.1f}", str(one.answered)]
            for one in changes((one.before, one.after) for one in rows.compared if period.holds(one.on))
            if one.answered > SMALL
        ],
        "area": table(decided, lambda one: one.area),
        "size": table(decided, lambda one: one.size, sizes),
        "led-by": table(decided, lambda one: one.led_by),
    }


def amount(rows: Rows, supported: Sequence[Asked]) -> str:
    """What was offered to several together; nothing is said of fewer than six."""
    whole = sum(one.awarded for one in supported)
    if rows.in_days:
        return _days(int(whole), len(supported))
    return HELD if is_small(len(supported)) else f"£{whole:,.0f}"


def added_up(rows: Rows, told: Sequence[Period]) -> dict[str, Any]:
    """What several periods together did: sums of what each of them tells, and nothing else."""
    decided = [one for period in told for one in rows.decided_in(period)]
    supported = [one for one in decided if one.outcome == "supported"]
    confirmed = sum(one.quarters for one in rows.given if any(period.holds(one.on) for period in told))
    return {
        "reach": [
            ["decided", number(len(decided))],
            ["supported", number(len(supported))],
            ["not-supported", number(len(decided) - len(supported))],
        ],
        "success": share(len(supported), len(decided)),
        "given": [
            ["days-awarded" if rows.in_days else "pounds-awarded", amount(rows, supported)],
            *([["days-confirmed", written(confirmed)]] if rows.in_days else []),
        ],
    }


def as_number(value: str) -> float:
    """The number of a value that is shown as one: 1,200 and £9,000 as well as 2½."""
    digits = value.removeprefix("£").replace(",", "")
    part = next((quarters for quarters, sign in PARTS.items() if sign and digits.endswith(sign)), 0)
    return float(digits.removesuffix(PARTS[part]) or 0) + part / QUARTERS


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[list[str]]:
    """What two issues of one report say otherwise: the part, the line, and the values before and after."""
    first, then = _lines(before), _lines(after)
    places = [*first, *(place for place in then if place not in first)]
    return [
        [*place, first.get(place, ""), then.get(place, "")] for place in places if first.get(place) != then.get(place)
    ]


def days_to_decide(rows: Iterable[Asked]) -> float | None:
    """How many days a decision took, in the middle; None if fewer than six were decided."""
    took = [(one.decided_on - one.sent_on).days for one in rows if one.decided_on]
    return median(took) if len(took) > SMALL else None


def _column(counts: list[int]) -> list[str]:
    """Counts with their total, which is known from elsewhere: if it had to be hidden, all else is."""
    found, total = suppress(counts, threshold=SMALL), sum(counts)
    if found.hidden[-1]:
        return [HELD] * len(counts) + [number(total)]
    cells = zip(found.counts, found.small, found.withheld, strict=True)
    return [FEW if small else HELD if withheld else f"{count:,.0f}" for count, small, withheld in cells]


def _days(quarters: int, organisations: int) -> str:
    return HELD if is_small(organisations) else written(quarters)


def _lines(figures: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Every line of a report by its part and its name, with its values in one."""
    parts = {name: value for name, value in figures.items() if isinstance(value, list)}
    found = {(part, row[0]): " / ".join(row[1:]) for part, rows in parts.items() for row in rows}
    return found | {("success", "success"): str(figures.get("success", ""))}
