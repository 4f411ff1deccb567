"""The eight commitments of open and trusting funders, each as something that is counted.

Source: https://www.ivar.org.uk/open-and-trusting/ (the eight commitments; how each is measured here is our own).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evenhand.domains.support.rules.periods import Period
from evenhand.domains.support.rules.reporting import FEW, HELD, Asked, days_to_decide, share

NOTHING: Final = "Not yet measured: there is nothing to count yet."
TOO_FEW: Final = "Not shown: so few that it could tell of one organisation."


@dataclass(frozen=True)
class Asking:
    """What a programme asks, as its file declares it, and how its conversations of a period went."""

    questions: int
    optional: int
    reports: int
    conversations: int = 0
    rung: int = 0


@dataclass(frozen=True)
class Promise:
    """One commitment, what is measured, and what was found: a sentence with its blanks."""

    slug: str
    commitment: str
    measure: str
    found: str
    said: dict[str, str]

    @property
    def measured(self) -> bool:
        """Whether there was something to count, and enough of it to be shown."""
        return self.found not in {NOTHING, TOO_FEW}


def promises(decided: Sequence[Asked], asking: Asking, period: Period | None) -> tuple[Promise, ...]:
    """How each commitment was kept with those who were decided on in a period; None is that none may be told yet."""
    supported = [one for one in decided if one.outcome == "supported"]
    in_time = [one for one in decided if one.decided_on and one.due_on and one.decided_on <= one.due_on]
    again = [one for one in supported if period and one.rematched_on and one.rematched_on <= period.ends]
    return (
        _of(
            "time",
            "Don’t waste time",
            "How many applied and turned out not to be eligible",
            sum(one.ineligible for one in decided),
            len(decided),
        ),
        Promise(
            "questions",
            "Ask relevant questions",
            "How many questions the form asks",
            "%(questions)s questions, of which %(optional)s may be left blank. None is asked twice.",
            {"questions": str(asking.questions), "optional": str(asking.optional)},
        ),
        _of(
            "risk",
            "Accept risk",
            "How many of those supported are on no register, or were not supported here before",
            sum(one.first for one in supported),
            len(supported),
        ),
        _with_days(
            _of("urgency", "Act with urgency", "How many were decided by the promised day", len(in_time), len(decided)),
            decided,
        ),
        _of(
            "open",
            "Be open",
            "How many of those who were decided on were told why",
            sum(one.feedback for one in decided),
            len(decided),
        ),
        _of(
            "flexible",
            "Enable flexibility",
            "How many were matched with another consultant when they asked, without a reason",
            len(again),
            len(supported),
        ),
        _of(
            "purpose",
            "Communicate with purpose",
            "How many who asked for a conversation have been rung",
            asking.rung,
            asking.conversations,
        ),
        Promise(
            "proportionate",
            "Be proportionate",
            "How often those supported are asked to tell what became of it",
            "%(reports)s times, each by a few short answers. Nobody is asked for a report: we write it."
            if asking.reports != 1
            else "Once, by a few short answers. Nobody is asked for a report: we write it.",
            {"reports": str(asking.reports)},
        ),
    )


def _of(slug: str, commitment: str, measure: str, part: int, whole: int) -> Promise:
    if not whole:
        return Promise(slug, commitment, measure, NOTHING, {})
    shown = share(part, whole)
    if shown.startswith((HELD, FEW)):
        return Promise(slug, commitment, measure, TOO_FEW, {})
    return Promise(slug, commitment, measure, "%(share)s", {"share": shown})


def _with_days(one: Promise, decided: Sequence[Asked]) -> Promise:
    """With how long it took in the middle, where that may be said."""
    took = days_to_decide(decided)
    if took is None or "share" not in one.said:
        return one
    more = "%(share)s. In the middle, a decision took %(days)s days from the day on which it was sent."
    return Promise(one.slug, one.commitment, one.measure, more, {**one.said, "days": f"{took:g}"})
