"""Commitments for tests, taken by their real way to where they stand."""

import datetime as dt
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from evenhand.core.access import Caller
from evenhand.domains.reviews.actions import commitments
from evenhand.domains.reviews.models import Commitment, Update

DAY = dt.timedelta(days=1)


def somebody(role: str = "secretariat") -> Caller:
    """A caller without a row of their own: each time somebody else."""
    person = SimpleNamespace(pk=uuid4())
    return Caller(True, frozenset({role}), second_factor=True, person=person)


def proposed(*, by: Caller | None = None, **said) -> Commitment:
    """A commitment that waits for the board."""
    facts = {
        "slug": f"panels-{uuid4().hex[:8]}",
        "title": "Lived experience on every panel",
        "text": "Every panel has a member who was in prison.",
        "owner": "The head of people",
        "sponsor": "The vice-chair",
        "measure": "Panels with such a member, out of all",
        "baseline": "1 of 9",
        "target": "9 of 10",
        "due_on": timezone.localdate() + 200 * DAY,
    }
    return commitments.propose(Commitment(**(facts | said)), by=by or somebody("coordinator"))


def adopted(*, ago: int = 10, **said) -> Commitment:
    """A commitment that the board adopted some days ago."""
    return commitments.adopt(proposed(**said), by=somebody(), decided_on=timezone.localdate() - ago * DAY)


def told(made: Commitment, standing: str, **said) -> Update:
    """An update that a second person has published."""
    update = Update(commitment=made, standing=standing, **({"words": "Three panels were held."} | said))
    update = commitments.write_update(update, by=somebody())
    published = commitments.publish_update(update, by=somebody())
    made.refresh_from_db()
    return published
