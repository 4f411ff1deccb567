"""Commitments for tests, taken by their real way to where they stand."""

import datetime as dt
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from evenhand.core.access import Caller
from evenhand.core.references import Ref
from evenhand.domains.reviews.actions import commitments, disparities
from evenhand.domains.reviews.models import Body, Commitment, Disparity, Exchange, Update

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


def body(slug: str = "an-authority") -> Body:
    """A body that answers for something."""
    return Body.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").capitalize()})[0]


def put_forward(*, by: Caller | None = None, **said) -> Disparity:
    """A difference that waits for a second person."""
    facts = {
        "slug": f"searches-{uuid4().hex[:8]}",
        "title": "Stop and search: Black compared with White",
        "finding": "Black people were searched 3.7 times as often as White people.",
        "lasting": True,
        "figure": Ref("evidence.measure", "stop-and-search"),
        "group": f"Black {uuid4().hex[:6]}",
        "reference": "White",
        "period": "2024/25",
        "release": "0123456789",
        "permalink": "/evidence/stop-and-search/",
    }
    return disparities.propose(Disparity(**(facts | said)), by=by or somebody("coordinator"))


def opened(**said) -> Disparity:
    """A difference on the register."""
    return disparities.open_it(put_forward(**said), by=somebody(), body=body())


def turn(made: Disparity, kind: str, **said) -> Exchange:
    """A turn that a second person has published."""
    facts = {"words": "It was so.", "on": timezone.localdate()} | said
    written = disparities.write_turn(Exchange(disparity=made, kind=kind, **facts), by=somebody())
    published = disparities.publish_turn(written, by=somebody("coordinator"))
    made.refresh_from_db()
    return published
