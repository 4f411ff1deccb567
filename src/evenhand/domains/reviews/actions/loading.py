"""Loading the reviews that ship: what is missing is made, what changed written anew, what a person wrote let be."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from evenhand.core.access import Caller
from evenhand.core.days import last_day
from evenhand.core.journal.actions import record
from evenhand.core.references import Ref
from evenhand.core.sources import CHECKED
from evenhand.domains.reviews.actions.clocks import hand_over
from evenhand.domains.reviews.lifecycle import RECOMMENDATION
from evenhand.domains.reviews.models import Assessment, Body, Recommendation, Review, Total
from evenhand.domains.reviews.rules import catalogue

Count = dict[str, int]
Rows = dict[str, Any]


@transaction.atomic
def load(*, by: Caller) -> Count:
    """Make the tables say what is declared, and say how many rows of each kind were written. Done again, none is."""
    bodies = _rows(Body, "slug")
    reviews = _rows(Review, "slug")
    done = {
        "bodies": _bodies(catalogue.bodies(), bodies),
        "reviews": sum(
            _write(Review, reviews, one.slug, {"slug": one.slug, **_review(one)}, one.digest, {"status": "published"})
            for one in catalogue.reviews()
        ),
        "recommendations": 0,
        "assessments": 0,
        "totals": 0,
        "standings": 0,
    }
    recommendations, assessments, totals = (_rows(model, "key") for model in (Recommendation, Assessment, Total))
    for review in catalogue.reviews():
        row = reviews[review.slug]
        done["recommendations"] += _recommendations(row, review.recommendations, recommendations, bodies, by)
        done["assessments"] += _claims(row, review.claims, assessments, recommendations, by)
        for one in review.totals:
            key = f"{row.slug}-{one.id}"
            done["totals"] += _write(Total, totals, key, {"key": key, "review": row, **_total(one)}, one.digest)
        done["standings"] += _put_right(review, recommendations, by)
    done["standings"] += hand_over(by=by)
    if any(done.values()):
        record("reviews.catalogue.load", Ref("reviews.catalogue", "shipped"), by=by, details=done)
    return done


def _bodies(declared: Iterable[catalogue.Body], known: Rows) -> int:
    written = [
        one
        for one in declared
        if _write(Body, known, one.slug, _of(one, ("slug", "name", "kind", "also", "ended", "note")), one.digest)
    ]
    for one in written:
        known[one.slug].successors.set([known[slug] for slug in one.successors])
    return len(written)


def _recommendations(
    review: Review, declared: Iterable[catalogue.Recommendation], known: Rows, bodies: Rows, by: Caller
) -> int:
    written = 0
    for order, one in enumerate(declared, start=1):
        key = f"{review.slug}-{one.slug}"
        values = {
            "key": key,
            "review": review,
            "slug": one.slug,
            "order": order,
            "written_by": by.ref,
            "part_of": known[f"{review.slug}-{one.part_of}"] if one.part_of else None,
            **_recommendation(one),
        }
        answered = one.response and one.response_on and one.verification in CHECKED
        born = {"status": "responded" if answered else "published"}
        if _write(Recommendation, known, key, values, one.digest, born):
            known[key].bodies.set([bodies[slug] for slug in one.bodies])
            written += 1
    return written


def _put_right(review: catalogue.Review, known: Rows, by: Caller) -> int:
    """Let each stand as responded only where an answer is held, whatever an earlier release took for one; how many.

    What a person published as an answer is one.
    """
    mended = 0
    for one in review.recommendations:
        row = known[f"{review.slug}-{one.slug}"]
        if row.changed_by is not None and row.response:
            continue
        name = {("published", True): "respond", ("responded", False): "retract"}.get((row.status, row.was_answered))
        if name and not row.assessments.filter(answers=True, status="published").exists():
            known[row.key] = RECOMMENDATION.move(row, name, by=by)
            mended += 1
    return mended


def _claims(review: Review, declared: Iterable[catalogue.Claim], known: Rows, recommendations: Rows, by: Caller) -> int:
    written = 0
    for one in declared:
        key = f"{review.slug}-{one.id}"
        values = {"key": key, "review": review, "written_by": by.ref, **_claim(one)}
        if _write(Assessment, known, key, values, one.digest, {"status": "published"}):
            named = [recommendations[f"{review.slug}-{slug}"] for slug in one.recommendations]
            known[key].recommendations.set(named)
            written += 1
    return written


def _rows(model: type[models.Model], name: str) -> Rows:
    """The rows that are there, by their names."""
    return {getattr(row, name): row for row in model._default_manager.all()}  # noqa: SLF001  (Django's name)


def _write(
    model: type[models.Model],
    known: Rows,
    key: str,
    values: dict[str, Any],
    digest: str,
    born: dict[str, Any] | None = None,
) -> bool:
    """Write a row as declared, whether or not it is there; not one that says it already, or that a person changed."""
    row: Any = known.get(key)
    if row is None:
        row = known[key] = model(**values, **(born or {}))
    elif row.shipped == digest or getattr(row, "changed_by", None) is not None:
        return False
    else:
        for name, value in values.items():
            setattr(row, name, value)
    row.shipped = digest
    row.clean_fields()
    row.save()
    return True


def _review(one: catalogue.Review) -> dict[str, Any]:
    same = ("title", "short", "kind", "published", "in_all", "answered", "standing", "standing_on")
    return {**_of(one, same), "chair": one.by, **_of(one, ("url", "notes", "errata"))}


def _recommendation(one: catalogue.Recommendation) -> dict[str, Any]:
    same = (
        *("number", "numbered", "number_note", "summary", "quotation", "page", "chapter", "addressed_to", "theme"),
        *("topics", "stages", "groups", "places", "response", "response_on", "response_note", "latest", "latest_on"),
        *("latest_note", "url", "where", "seen", "notes", "errata", "verification"),
    )
    return {**_of(one, same), "measures": " ".join(one.measures), "further": "\n".join(one.further)}


def _claim(one: catalogue.Claim) -> dict[str, Any]:
    same = ("about", "assessor", "capacity", "on", "on_note", "position", "basis", "quotation", "url", "note")
    return {**_of(one, same), "day": last_day(one.on)}


def _total(one: catalogue.Total) -> dict[str, Any]:
    same = ("assessor", "capacity", "on", "on_note", "scope", "counts", "method", "url")
    return {**_of(one, same), "tally": one.tally or {}}


def _of(one: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}
