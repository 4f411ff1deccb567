"""The shape of a question in an address."""

from collections.abc import Mapping
from typing import TypedDict

from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.shown import USUAL_FIGURE
from evenhand.domains.evidence.queries.traces.trace import Wanted
from evenhand.library.datasets.compare import LONGEST
from evenhand.library.datasets.counterfactuals import SCENARIOS

MOST_DIGITS = 2
ASKED = ("place", "period", "groups", "reference", "release", "group")  # all that a page looks at in an address
# What every page settles in one way, or shows in all: a value that there is changes nothing, another is refused.
SETTLED: Mapping[str, tuple[str, ...]] = {"scenario": tuple(SCENARIOS), "confidence": ("0.95",)}
TRACED = (*ASKED, "figure", "outcome")  # and what the page of one number looks at


class Asked(TypedDict):
    """What a question says besides its measure and place."""

    period: str | None
    groups: int | None
    reference: str | None
    release: str | None


def read_question(query: QueryDict) -> Asked:
    """The parts of a question, blank ones left out; Refused for a number of groups that is none, or a value unknown."""
    for name, known in SETTLED.items():
        value = query.get(name, "").strip()
        if value and value not in known:
            said = {"value": value[:LONGEST], "name": name, "known": ", ".join(known)}
            message = _("“%(value)s” is no value of %(name)s here. There is: %(known)s.") % said
            raise Refused(message, near=known, code=f"unknown-{name}", status=404)
    groups = query.get("groups", "").strip()
    if groups and not (groups.isdecimal() and len(groups) <= MOST_DIGITS):
        message = _("“%(groups)s” is not a number of groups. Choose 5 or 19.") % {"groups": groups[:LONGEST]}
        raise Refused(message, near=("5", "19"), code="unknown-groups", status=400)
    return Asked(
        period=query.get("period", "").strip() or None,
        groups=int(groups) if groups else None,
        reference=query.get("reference", "").strip() or None,
        release=query.get("release", "").strip() or None,
    )


def read_wanted(query: QueryDict) -> Wanted:
    """Which number of an answer is meant: the ratio, unless another figure is named."""
    return Wanted(
        figure=query.get("figure", "").strip() or USUAL_FIGURE,
        group=query.get("group", "").strip(),
        outcome=query.get("outcome", "").strip(),
    )
