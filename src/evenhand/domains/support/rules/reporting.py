"""What a report to a funder says, worked out of plain rows, with small numbers protected."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from evenhand.domains.support.rules.capacity import Change
from evenhand.domains.support.rules.days import written
from evenhand.library.statistics.suppress import Suppressed, suppress

SMALL: Final = 5  # 1 to 5 are "fewer than 6"
BASE: Final = 30  # under this, no percentage
FEW, HELD = "fewer than 6", "withheld"
OUTCOMES: Final = ("supported", "not-supported", "not-decided")
DECIDED: Final = frozenset({"offered", "accepted", "declined", "lapsed", "reserve", "unsuccessful", "ineligible"})
YES: Final = frozenset({"offered", "accepted", "declined", "lapsed"})


@dataclass(frozen=True)
class Asked:
    """One application that was sent, as far as a report may know it: no name, and no words."""

    status: str
    sent_on: dt.date
    due_on: dt.date | None = None
    decided_on: dt.date | None = None
    area: str = ""
    size: str = ""
    led_by: str = ""
    help: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    feedback: bool = False
    unregistered: bool = False
    awarded: int = 0  # in quarters
    used: int = 0
    confirmed: int = 0
    delivered: bool = False
    closed: bool = False
    rematched: bool = False

    @property
    def outcome(self) -> str:
        """Whether it was supported, was not, or is not decided."""
        if self.status in YES:
            return "supported"
        return "not-supported" if self.status in DECIDED else "not-decided"


def number(count: int) -> str:
    """A count as it may be shown on its own: one to five are not told apart."""
    return FEW if 1 <= count <= SMALL else f"{count:,}"


def share(part: int, whole: int) -> str:
    """A part of a whole, as far as it may be shown: neither a small part, nor what is left of one, nor a weak share."""
    if not whole:
        return ""
    if 1 <= whole <= SMALL:
        return FEW
    if 1 <= part <= SMALL or 1 <= whole - part <= SMALL:
        return f"{HELD}, of {whole:,}"
    percent = f" ({100 * part / whole:.0f}%)" if whole >= BASE else ""
    return f"{part:,} of {whole:,}{percent}"


def table(rows: Iterable[Asked], of: Callable[[Asked], str], order: Sequence[str] = ()) -> list[list[str]]:
    """How many in each part were supported, were not, or are not decided; or only how many asked; or nothing.

    A total that is hidden here and stands elsewhere would give away what it hides. So a table that would hide one is
    not shown, and where that leaves nothing but how many asked, only that is.
    """
    counted: Counter[tuple[str, str]] = Counter((of(one) or "Not said", one.outcome) for one in rows)
    names = {name for name, _outcome in counted}
    parts = [*(name for name in order if name in names), *sorted(names - set(order) - {"Not said"})]
    parts += ["Not said"] if "Not said" in names else []
    if not parts:
        return []
    found = suppress([[counted[part, outcome] for outcome in OUTCOMES] for part in parts], threshold=SMALL)
    if found.hidden[-1].any():
        return _asked(counted, parts)
    return [
        [part, *(_cell(found, at, across) for across in range(len(OUTCOMES) + 1))]
        for at, part in enumerate([*parts, "All"])
    ]


def tally(values: Iterable[str], order: Sequence[str] = ()) -> list[list[str]]:
    """How often each was said. One application can say several, so that nothing adds up to a total."""
    counted = Counter(values)
    names = [*(one for one in order if one in counted), *sorted(set(counted) - set(order))]
    return [[name, number(counted[name])] for name in names]


def figures(rows: Sequence[Asked], changes: Iterable[Change], *, sizes: Sequence[str] = ()) -> dict[str, Any]:
    """Everything that a report says, as values that can be kept and shown again as they were."""
    by = Counter(one.outcome for one in rows)
    decided = by["supported"] + by["not-supported"]
    supported = [one for one in rows if one.awarded]
    turned_down = [one for one in rows if one.status in {"unsuccessful", "reserve"}]
    awarded, used, confirmed = (sum(getattr(one, name) for one in rows) for name in ("awarded", "used", "confirmed"))
    return {
        "reach": [
            ["applications", number(len(rows))],
            ["supported", number(by["supported"])],
            ["not-decided", number(by["not-decided"])],
            ["delivered", number(sum(one.delivered for one in supported))],
        ],
        "success": share(by["supported"], decided),
        "unmet": [
            ["eligible-not-supported", number(len(turned_down))],
            ["reserve", number(sum(one.status == "reserve" for one in turned_down))],
            ["ineligible", number(sum(one.status == "ineligible" for one in rows))],
        ],
        "reasons": tally(reason for one in rows if one.status == "ineligible" for reason in one.not_met),
        "help": tally(one for row in rows for one in row.help),
        "days": [
            ["awarded", written(awarded)],
            ["used", written(used)],
            ["confirmed", written(confirmed)],
            ["left", written(awarded - used)],
        ],
        "change": [
            [one.skill.name, f"{one.before:.1f}", f"{one.after:.1f}", str(one.answered)]
            for one in changes
            if one.answered > SMALL
        ],
        "area": table(rows, lambda one: one.area),
        "size": table(rows, lambda one: one.size, sizes),
        "led-by": table(rows, lambda one: one.led_by),
    }


def days_to_decide(rows: Iterable[Asked]) -> float | None:
    """How many days a decision took, in the middle; None if fewer than six were decided."""
    took = [(one.decided_on - one.sent_on).days for one in rows if one.decided_on]
    return median(took) if len(took) > SMALL else None


def _asked(counted: Counter[tuple[str, str]], parts: Sequence[str]) -> list[list[str]]:
    found = suppress([sum(counted[part, outcome] for outcome in OUTCOMES) for part in parts], threshold=SMALL)
    if found.hidden[-1]:
        return []
    shown = [
        FEW if small else HELD if withheld else f"{count:,.0f}"
        for count, small, withheld in zip(found.counts, found.small, found.withheld, strict=True)
    ]
    return [[part, value] for part, value in zip([*parts, "All"], shown, strict=True)]


def _cell(found: Suppressed, at: int, across: int) -> str:
    if found.small[at, across]:
        return FEW
    return HELD if found.withheld[at, across] else f"{found.counts[at, across]:,.0f}"
