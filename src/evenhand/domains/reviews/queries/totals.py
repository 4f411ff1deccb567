"""The totals that assessors published, each beside what of it can be found again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenhand.core.days import last_day
from evenhand.domains.reviews.lifecycle.recommendations import CURRENT
from evenhand.domains.reviews.models import Assessment, Review, Total
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.rules.totals import Named, Reproduced, reproduce


@dataclass(frozen=True)
class ShownTotal:
    """One total: whose claim it is, and how much of it is held recommendation by recommendation."""

    one: Total
    on: str
    capacity: str
    verdict: str
    lines: tuple[str, ...]
    found: Reproduced


def totals_of(review: Review, said: Iterable[Assessment]) -> list[ShownTotal]:
    """The totals of a review, the oldest first, beside what stands published of single recommendations."""
    named = [
        Named(one.key, each.assessor, each.capacity, each.position, each.day)
        for each in said
        if each.status == "published" and each.day and not each.of_several
        for one in each.recommendations.all()
        if one.checked and one.status in CURRENT
    ]
    return [
        _shown(total, named) for total in sorted(review.totals.all(), key=lambda one: (not one.on, one.on, one.key))
    ]


def _shown(total: Total, named: list[Named]) -> ShownTotal:
    found = reproduce(
        total.tally, assessor=total.assessor, capacity=total.capacity, day=last_day(total.on), named=named
    )
    lines = tuple(
        _("%(position)s: %(found)s of %(claimed)s named")
        % {
            "position": words.POSITIONS.get(line.position, line.position),
            "found": line.found,
            "claimed": line.claimed,
        }
        for line in found.lines
        if found.verdict == "in-part"
    )
    on, role = words.when(total.on, total.on_note), str(words.CAPACITIES[total.capacity])
    return ShownTotal(total, on, role, _verdict(found), lines, found)


def _verdict(found: Reproduced) -> str:
    if found.pooled and found.verdict == "found-again":
        return _("Found again, from dated claims of all who were asked: they name as many recommendations.")
    if found.pooled and found.verdict == "in-part":
        return _(
            "This assessor’s claim. Dated claims of all who were asked, taken together, do not name every "
            "recommendation that was counted, or say otherwise of some."
        )
    return {
        "found-again": _("Found again: dated claims that are held here name as many recommendations."),
        "in-part": _(
            "This assessor’s claim. Dated claims that are held here do not name every recommendation that was counted, "
            "or say otherwise of some."
        ),
        "none-named": _("This assessor’s claim: which recommendations were counted, nothing that is held here tells."),
        "not-counted": _("This assessor’s words: no count of each kind was given."),
    }[found.verdict]
