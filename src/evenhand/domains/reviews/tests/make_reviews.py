"""Reviews, recommendations and assessments for tests, taken by their real ways to where they stand."""

import datetime as dt
from types import SimpleNamespace
from uuid import uuid4

from evenhand.core.access import Caller
from evenhand.domains.reviews.actions import assessments, recommendations
from evenhand.domains.reviews.lifecycle import ASKING, ASSESSMENT, RECOMMENDATION
from evenhand.domains.reviews.models import Asking, Assessment, Body, Recommendation, Review

ASKED = dt.date(2026, 3, 2)


def keeper(role: str = "coordinator", *, second_factor: bool = True) -> Caller:
    """Somebody who keeps the record, and has no row of their own."""
    return Caller(True, frozenset({role}), second_factor=second_factor, person=SimpleNamespace(pk=uuid4()))


def review(**said) -> Review:
    """A review of an unused name."""
    slug = f"review-{uuid4().hex[:8]}"
    return Review.objects.create(
        **({"slug": slug, "title": "A made-up review", "short": "Made up", "status": "published"} | said)
    )


def recommendation(*, at: str = "published", by: Caller | None = None, **said) -> Recommendation:
    """One that one person captured and another verified and published, as far as `at`."""
    said = {"slug": "1", "number": "1", "summary": "Count everybody.", "url": "https://example.org/report"} | said
    made = Recommendation(**({"review": review(), "addressed_to": "A body"} | said))
    body, _new = Body.objects.get_or_create(slug="a-body", defaults={"name": "A body"})
    made = recommendations.capture(made, by=by or keeper(), bodies=[body])
    second = keeper("secretariat")
    for move in RECOMMENDATION.path(at):
        if move.name == "await":
            asked(made)
        elif move.name == "respond":
            answered(made)
        else:
            given = {
                "verify": {"verification": "text-seen", "seen": "the report itself"},
                "withdraw": {"why": "It was never asked."},
            }.get(move.name, {})
            RECOMMENDATION.move(made, move.name, by=second, **given)
        made.refresh_from_db()
    return made


def asked(one: Recommendation, *, on: dt.date = ASKED) -> Asking:
    """That an answer was asked for, as a second person published it."""
    asking = recommendations.write_asking(Asking(recommendation=one, on=on, words="What was done?"), by=keeper())
    published: Asking = ASKING.move(asking, "publish", by=keeper())
    return published


def answer(one: Recommendation, *, by: Caller, body: Body | None = None, **said) -> Assessment:
    """What a body answered, as one person wrote it down."""
    said = {"position": "accepted", "basis": "intent", "rationale": "They will.", "on": ASKED.isoformat()} | said
    made = Assessment(**({"url": "https://example.org/answer", "body": body or one.bodies.first()} | said))
    return assessments.answer(one, made, by=by)


def answered(one: Recommendation, **said) -> Assessment:
    """The same, as a second person published it."""
    made, second = answer(one, by=keeper(), **said), keeper("secretariat")
    published: Assessment = ASSESSMENT.move(ASSESSMENT.move(made, "review", by=second), "quote", by=second)
    return published


def drafted(one: Recommendation, *, by: Caller, **said) -> Assessment:
    """A draft of ours, unless told otherwise."""
    said = {"capacity": "us", "position": "under-way", "basis": "letter", "rationale": "We read it."} | said
    said = {"url": "https://example.org/evidence", "assessor": "Evenhand"} | said
    return assessments.draft(one, Assessment(**said), by=by)
