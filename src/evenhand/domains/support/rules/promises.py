"""The eight commitments of open and trusting funders, each as something that is counted.

Source: https://www.ivar.org.uk/open-and-trusting/ (the eight commitments; how each is measured here is our own).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evenhand.domains.support.rules.reporting import Asked, days_to_decide, share

NOTHING: Final = "There is nothing to count yet."
TOO_FEW: Final = "Too few to show without telling of one organisation."


@dataclass(frozen=True)
class Asking:
    """What a programme asks, as its file declares it, and how its conversations went."""

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


def promises(rows: Sequence[Asked], asking: Asking) -> tuple[Promise, ...]:
    """How each commitment was kept."""
    decided = [one for one in rows if one.outcome != "not-decided"]
    supported = [one for one in rows if one.outcome == "supported"]
    helped = [one for one in rows if one.awarded]
    in_time = [one for one in decided if one.decided_on and one.due_on and one.decided_on <= one.due_on]
    took = days_to_decide(decided)
    small = sum(one.unregistered or one.size in SMALLEST for one in supported)
    told = sum(one.feedback for one in decided)
    ineligible = sum(one.status == "ineligible" for one in rows)
    written = [
        _of("time", "Don’t waste time", "How many applied and turned out not to be eligible", ineligible, len(rows)),
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
            "How many of those supported have an income under £50,000, or are on no register",
            small,
            len(supported),
        ),
        _of("urgency", "Act with urgency", "How many were decided by the promised day", len(in_time), len(decided)),
        _of("open", "Be open", "How many of those who were decided on were told why", told, len(decided)),
        _of(
            "flexible",
            "Enable flexibility",
            "How many were matched with another consultant when they asked, without a reason",
            sum(one.rematched for one in helped),
            len(helped),
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
            "%(reports)s times, each by a few short answers. Nobody is asked for a report: we write it.",
            {"reports": str(asking.reports)},
        ),
    ]
    if took is not None:
        place = next(at for at, one in enumerate(written) if one.slug == "urgency")
        one = written[place]
        more = "%(share)s. In the middle, a decision took %(days)s days from the day on which it was sent."
        if "share" in one.said:
            written[place] = Promise(one.slug, one.commitment, one.measure, more, {**one.said, "days": f"{took:g}"})
    return tuple(written)


SMALLEST: Final = frozenset({"Under £10,000", "£10,000 to £50,000"})


def _of(slug: str, commitment: str, measure: str, part: int, whole: int) -> Promise:
    if not whole:
        return Promise(slug, commitment, measure, NOTHING, {})
    shown = share(part, whole)
    if "of" not in shown or shown.startswith("withheld"):
        return Promise(slug, commitment, measure, TOO_FEW, {})
    return Promise(slug, commitment, measure, "%(share)s", {"share": shown})
