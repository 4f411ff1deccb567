"""Which public label a recommendation gets, from what is said of it: stated rules, and the same answer for everyone."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from evenhand.core.sources import CHECKED
from evenhand.library.calendar import months_after

Label = Literal[
    "not-started",
    "planned",
    "under-way",
    "stalled",
    "done-as-written",
    "done-another-way",
    "done-no-change",
    "set-aside",
    "cannot-tell",
]
Reason = Literal[
    "panel",
    "ours",
    "wording-not-checked",
    "nothing-said",
    "asked-reject",
    "others-agree",
    "others-agree-on-intent",
    "no-change-seen",
    "disputed",
    "only-the-asked",
    "moving",
    "others-see-progress",
    "promised",
    "no-new-evidence",
    "said-to-have-stopped",
    "not-begun",
    "not-shown",
    "unclear",
]
LABELS: Final[tuple[Label, ...]] = (
    "done-as-written",
    "done-another-way",
    "done-no-change",
    "under-way",
    "planned",
    "stalled",
    "not-started",
    "set-aside",
    "cannot-tell",
)
DONE: Final = ("done-as-written", "done-another-way", "done-no-change")
ASKED, US, PANEL = "addressee", "us", "panel"
WITHOUT: Final = ("not-met", "no-evidence", "not-started", "no-answer")
AGREED: Final = ("accepted", "accepted-in-part", "accepted-in-principle")
# Where each position leaves a recommendation: two who leave it in different places disagree on it.
PLACES: Final = {
    **dict.fromkeys(("completed", "done-as-written", "done-another-way"), "done"),
    "done-no-change": "done without effect",
    **dict.fromkeys((*AGREED, "alternative", "in-progress", "planned", "under-way"), "going on"),
    "stalled": "halted",
    **dict.fromkeys(WITHOUT, "not done"),
    **dict.fromkeys(("rejected", "set-aside"), "set aside"),
}
MONTHS: Final = 12


@dataclass(frozen=True)
class Said:
    """What somebody said: in which role, on which basis, and the last day on which it can have been."""

    capacity: str
    position: str
    basis: str
    day: dt.date | None = None


@dataclass(frozen=True)
class Judged:
    """A label, the rule that gave it, and the newest day of anything that was said."""

    label: Label
    reason: Reason
    newest: dt.date | None = None


def judge(said: Iterable[Said], *, verification: str, today: dt.date) -> Judged:
    """The label of a recommendation, by the first of the rules that holds.

    Nobody marks their own work: what only the body asked calls done is not called done here.
    """
    # In one order, whatever order they came in.
    every = sorted(said, key=lambda one: (one.day or dt.date.min, one.capacity, one.position, one.basis))
    newest = max((one.day for one in every if one.day), default=None)
    label, reason = _first(every, verification, months_after(today, -MONTHS))
    return Judged(label, reason, newest)


def disagree(positions: Iterable[str]) -> bool:
    """Whether the last that each of several said leaves a recommendation in more than one place."""
    return len({PLACES[one] for one in positions if one in PLACES}) > 1


def _first(every: list[Said], verification: str, since: dt.date) -> tuple[Label, Reason]:
    ours = [one for one in every if one.capacity == US]
    asked = [one for one in every if one.capacity == ASKED]
    panel = [one for one in every if one.capacity == PANEL]
    others = [one for one in every if one.capacity not in (US, ASKED, PANEL)]
    if settled := _newest(ours, panel):
        fresh = _fresh([*ours, *panel, *asked], since) or _fresh(_at_work(others), since)
        return _of_ours(settled.position, "panel" if settled in panel else "ours", fresh=fresh)
    if verification not in CHECKED:
        return "cannot-tell", "wording-not-checked"
    if not every:
        return "cannot-tell", "nothing-said"
    if asked and asked[-1].position == "rejected":
        return "set-aside", "asked-reject"
    return _done(asked, others) or _going(asked, others, since)


def _newest(ours: list[Said], panel: list[Said]) -> Said | None:
    """What was settled last; on one and the same day, what the panel determined."""
    every = [*ours, *panel]
    return max(every, key=lambda one: (one.day or dt.date.min, one.capacity == PANEL), default=None)


def _of_ours(position: str, reason: Reason, *, fresh: bool) -> tuple[Label, Reason]:
    found = next((label for label in LABELS if label == position), None)
    if found in ("planned", "under-way") and not fresh:
        return "stalled", "no-new-evidence"
    return (found, reason) if found else ("cannot-tell", "unclear")


def _done(asked: list[Said], others: list[Said]) -> tuple[Label, Reason] | None:
    """Whether somebody other than those asked calls it done; and what to say where only those asked do."""
    agreed = [one for one in others if one.position == "completed"]
    no_change = [one for one in others if one.basis == "outcome" and one.position in WITHOUT]
    denied = [one for one in others if one.basis != "outcome" and one.position in WITHOUT]
    if agreed and denied:
        return "cannot-tell", "disputed"
    if agreed and no_change:
        return "done-no-change", "no-change-seen"
    if agreed and any(one.basis == "letter" for one in agreed):
        return "done-as-written", "others-agree"
    if agreed:
        return "done-another-way", "others-agree-on-intent"
    if asked and asked[-1].position == "completed":
        return ("cannot-tell", "disputed") if denied or no_change else ("cannot-tell", "only-the-asked")
    return None


def _going(asked: list[Said], others: list[Said], since: dt.date) -> tuple[Label, Reason]:
    """How far it has come, where nobody else calls it done. Only news of work or of intent keeps it moving."""
    positions = {one.position for one in asked}
    begun = bool(positions & {"in-progress", "alternative", "completed"})
    agreed = bool(positions & set(AGREED))
    last = (others or asked)[-1].position
    if (begun or agreed) and _fresh(asked, since):
        return ("under-way", "moving") if begun else ("planned", "promised")
    if last == "stalled":
        return "stalled", "said-to-have-stopped"
    if _fresh(_at_work(others), since):
        return "under-way", "others-see-progress"
    if begun or agreed or last == "in-progress":
        return "stalled", "no-new-evidence"
    if last == "not-started":
        return "not-started", "not-begun"
    # That something was not done does not say that nothing was begun.
    return "cannot-tell", "not-shown" if others and last in WITHOUT else "unclear"


def _at_work(others: Iterable[Said]) -> list[Said]:
    return [one for one in others if one.position == "in-progress"]


def _fresh(some: Iterable[Said], since: dt.date) -> bool:
    return any(one.day and one.day >= since for one in some)
