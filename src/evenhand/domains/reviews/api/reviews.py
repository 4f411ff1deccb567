"""Reviews, recommendations and bodies as JSON."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from evenhand.core.errors import Refused
from evenhand.domains.reviews.lifecycle.determinations import ASKED, STOOD
from evenhand.domains.reviews.lifecycle.recommendations import CURRENT
from evenhand.domains.reviews.models import Assessment, Body, Determination
from evenhand.domains.reviews.queries import filters
from evenhand.domains.reviews.queries.pages import said_publicly
from evenhand.domains.reviews.queries.shown import (
    Shown,
    body_url,
    ever_public,
    recommendations,
    review_url,
    reviews,
    shown_all,
    shown_of,
)
from evenhand.domains.reviews.queries.totals import totals_of

HELD = Q(recommendations__status__in=CURRENT)

router = Router()


class SaidEntry(Schema):
    """One dated claim or assessment: who, in which role, on which basis, with its source."""

    assessor: str
    role: str
    about: str
    recommendations: list[str]
    position: str
    basis: str
    on: str
    on_note: str
    quotation: str
    rationale: str
    reply: str
    answers: bool
    source: str
    state: str


class RecommendationEntry(Schema):
    """What was asked of whom, how far it was checked, and the label that follows from what is said."""

    key: str
    review: str
    number: str
    numbered: str
    part_of: str
    status: str
    verification: str
    counts_as_published: bool
    asked_of: str
    bodies: list[str]
    summary: str
    quotation: str
    page: str
    theme: str
    topics: list[str]
    stages: list[str]
    groups: list[str]
    places: list[str]
    measures: list[str]
    response: str
    response_on: str
    response_note: str
    last_reported: str
    last_reported_on: str
    label: str
    reason: str
    newest: str
    source: str
    errata: str
    url: str


class DeterminationEntry(Schema):
    """What a panel of experts was asked and given, and what it determined: empty until that is published."""

    panel: str
    question: str
    material: str
    asked_on: date
    determined: str
    determined_on: date | None
    label: str
    source: str
    state: str


class RecommendationPage(RecommendationEntry):
    """A recommendation with everything that was said of it and every panel that was asked, the newest first."""

    said: list[SaidEntry]
    determinations: list[DeterminationEntry]


class RecommendationList(Schema):
    """Recommendations that are of what was asked for."""

    recommendations: list[RecommendationEntry]


class TotalEntry(Schema):
    """A total as an assessor published it, and how much of it is held; `pooled`: in claims of all who were asked."""

    assessor: str
    role: str
    on: str
    scope: str
    counts: str
    tally: dict[str, int]
    verdict: str
    pooled: bool
    source: str


class ReviewEntry(Schema):
    """A review: `in_all` is what it made, `held` what is kept here."""

    review: str
    title: str
    kind: str
    by: str
    published: str
    in_all: int | None
    held: int
    source: str
    errata: str
    url: str


class ReviewPage(ReviewEntry):
    """A review with its recommendations, what was said of it as a whole, and the totals of others."""

    recommendations: list[RecommendationEntry]
    said: list[SaidEntry]
    totals: list[TotalEntry]


class ReviewList(Schema):
    """Every review, the oldest first."""

    reviews: list[ReviewEntry]


class BodyEntry(Schema):
    """A body that was asked, and those that took over from it."""

    body: str
    name: str
    kind: str
    ended: str
    successors: list[str]
    asked: int
    url: str


class BodyList(Schema):
    """Every body, by name."""

    bodies: list[BodyEntry]


@router.get("/reviews", response=ReviewList, url_name="progress_reviews", summary="Every review")
def list_reviews(request: HttpRequest) -> dict[str, Any]:
    """Every review whose recommendations are kept here, and some that are kept for comparison."""
    del request
    return {"reviews": [_review(one) for one in _reviews()]}


@router.get("/reviews/{slug}", response=ReviewPage, url_name="progress_review", summary="One review")
def one_review(request: HttpRequest, slug: str) -> dict[str, Any]:
    """A review with its recommendations, what was said of it, and the totals that others counted."""
    del request
    review = _reviews().filter(slug=slug).first()
    if review is None:
        raise _unknown("review", slug, reviews().values_list("slug", flat=True))
    said = said_publicly(review)
    shown = shown_all(recommendations().filter(review=review), timezone.localdate())
    return {
        **_review(review),
        "recommendations": [_recommendation(one) for one in shown],
        "said": [_said(one) for one in said],
        "totals": [
            {
                "assessor": one.one.assessor,
                "role": one.one.capacity,
                "on": one.one.on,
                "scope": one.one.scope,
                "counts": one.one.counts,
                "tally": one.one.tally,
                "verdict": one.found.verdict,
                "pooled": one.found.pooled,
                "source": one.one.url,
            }
            for one in totals_of(review, said)
        ],
    }


@router.get(
    "/recommendations", response=RecommendationList, url_name="progress_recommendations", summary="Recommendations"
)
def list_recommendations(
    request: HttpRequest,
    status: str = "",
    theme: str = "",
    stage: str = "",
    group: str = "",
    place: str = "",
    body: str = "",
    review: str = "",
) -> dict[str, Any]:
    """Those that are of all that is asked for: a label as `status`, and the words of our lists."""
    del request
    places = {"stage": stage, "group": group, "place": place}
    wanted = filters.asked({"status": status, "theme": theme, **places, "body": body, "review": review})
    every = shown_all(recommendations(), timezone.localdate())
    return {"recommendations": [_recommendation(one) for one in every if filters.matches(one, wanted)]}


@router.get(
    "/recommendations/{key}",
    response=RecommendationPage,
    url_name="progress_recommendation",
    summary="One recommendation",
)
def one_recommendation(request: HttpRequest, key: str) -> dict[str, Any]:
    """A recommendation by its key, such as lammy-2017-13, with everything that was said of it."""
    del request
    found = ever_public().filter(key=key).first()
    if found is None:
        raise _unknown("recommendation", key, recommendations().values_list("key", flat=True))
    shown = shown_of(found, timezone.localdate())
    return {
        **_recommendation(shown),
        "said": [_said(one) for one in shown.said],
        "determinations": [_determination(one) for one in shown.determinations],
    }


@router.get("/bodies", response=BodyList, url_name="progress_bodies", summary="Bodies that were asked")
def list_bodies(request: HttpRequest) -> dict[str, Any]:
    """Every body that a recommendation names, with its successors."""
    del request
    found = Body.objects.prefetch_related("successors").annotate(asked=Count("recommendations", HELD))
    return {
        "bodies": [
            {
                "body": one.slug,
                "name": one.name,
                "kind": one.kind,
                "ended": one.ended,
                "successors": [each.slug for each in one.successors.all()],
                "asked": one.asked,
                "url": settings.SITE_URL + body_url(one),
            }
            for one in found
        ]
    }


def _unknown(kind: str, name: str, known: Any) -> Refused:
    from difflib import get_close_matches  # noqa: PLC0415  (only where something is not found)

    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return Refused(f"There is no {kind} called {name!r}.", near=near, code=f"unknown-{kind}", status=404)


def _reviews() -> Any:
    """Reviews, each with how many of its recommendations are `held` for everyone to see."""
    return reviews().annotate(held=Count("recommendations", HELD))


def _review(one: Any) -> dict[str, Any]:
    return {
        "review": one.slug,
        "title": one.title,
        "kind": one.kind,
        "by": one.chair,
        "published": one.published,
        "in_all": one.in_all,
        "held": one.held,
        "source": one.url,
        "errata": one.errata,
        "url": settings.SITE_URL + review_url(one),
    }


def _recommendation(shown: Shown) -> dict[str, Any]:
    one = shown.one
    same = (
        *("key", "number", "numbered", "status", "verification", "summary", "quotation", "page", "theme", "topics"),
        "stages",
        *("groups", "places", "response_note", "errata"),
    )
    return {
        **{name: getattr(one, name) for name in same},
        "review": one.review.slug,
        "response": shown.answered[0],
        "response_on": shown.answered[1],
        "part_of": one.part_of.key if one.part_of else "",
        "counts_as_published": one.checked,
        "asked_of": one.addressed_to,
        "bodies": [body.slug for body in one.bodies.all()],
        "measures": one.measures.split(),
        "last_reported": one.latest,
        "last_reported_on": one.latest_on,
        "label": shown.judged.label,
        "reason": shown.why,
        "newest": str(shown.judged.newest or ""),
        "source": one.url,
        "url": settings.SITE_URL + shown.url,
    }


def _said(one: Assessment) -> dict[str, Any]:
    same = ("assessor", "about", "position", "basis", "on", "on_note", "quotation", "rationale", "reply", "answers")
    return {
        **{name: getattr(one, name) for name in same},
        "role": one.capacity,
        "recommendations": [each.key for each in one.recommendations.all()],
        "source": one.url,
        "state": one.status,
    }


def _determination(one: Determination) -> dict[str, Any]:
    stood = one.status in STOOD
    return {
        "panel": one.panel,
        "question": one.question,
        "material": one.material,
        "asked_on": one.asked_on,
        "determined": one.words if stood else "",
        "determined_on": one.on if stood else None,
        "label": one.label if stood else "",
        "source": one.url if stood else "",
        "state": "asked" if one.status in ASKED else one.status,
    }
