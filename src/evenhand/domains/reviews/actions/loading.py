"""Loading the reviews that ship: what is missing is made, what changed written anew, what a person wrote let be."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction

from evenhand.core.access import Caller
from evenhand.core.days import last_day
from evenhand.core.journal.actions import record
from evenhand.core.references import Ref
from evenhand.domains.reviews.models import Assessment, Body, Recommendation, Review, Total
from evenhand.domains.reviews.rules import catalogue

Count = dict[str, int]


@transaction.atomic
def load(*, by: Caller) -> Count:
    """Make the tables say what is declared, and say how many rows of each kind were written. Done again, none is."""
    done = {
        "bodies": _bodies(catalogue.bodies()),
        "reviews": sum(_write(Review, {"slug": one.slug}, _review(one), one.digest) for one in catalogue.reviews()),
        "recommendations": 0,
        "assessments": 0,
        "totals": 0,
    }
    for review in catalogue.reviews():
        row = Review.objects.get(slug=review.slug)
        done["recommendations"] += _recommendations(row, review.recommendations, by)
        done["assessments"] += _claims(row, review.claims, by)
        done["totals"] += sum(
            _write(Total, {"key": f"{row.slug}-{one.id}"}, {"review": row, **_total(one)}, one.digest)
            for one in review.totals
        )
    if any(done.values()):
        record("reviews.catalogue.load", Ref("reviews.catalogue", "shipped"), by=by, details=done)
    return done


def _bodies(declared: Iterable[catalogue.Body]) -> int:
    written = 0
    for one in declared:
        values = {"name": one.name, "kind": one.kind, "also": one.also, "ended": one.ended, "note": one.note}
        written += _write(Body, {"slug": one.slug}, values, one.digest)
    known = {body.slug: body for body in Body.objects.prefetch_related("successors")}
    for one in declared:
        wanted = [known[slug] for slug in one.successors]
        if set(known[one.slug].successors.all()) != set(wanted):
            known[one.slug].successors.set(wanted)
    return written


def _recommendations(review: Review, declared: Iterable[catalogue.Recommendation], by: Caller) -> int:
    rows = {one.slug: one for one in review.recommendations.all()}
    bodies = {body.slug: body for body in Body.objects.all()}
    written = 0
    for order, one in enumerate(declared, start=1):
        part_of = rows.get(one.part_of)
        values = {**_recommendation(one), "order": order, "part_of": part_of, "written_by": by.ref}
        born = {"status": "responded" if one.response_on else "published"}

        def also(row: Any, one: catalogue.Recommendation = one) -> None:
            row.bodies.set([bodies[slug] for slug in one.bodies])

        where = {"review": review, "slug": one.slug}
        if _write(Recommendation, where, values, one.digest, born=born, also=also):
            written += 1
            rows[one.slug] = Recommendation.objects.get(review=review, slug=one.slug)
    return written


def _claims(review: Review, declared: Iterable[catalogue.Claim], by: Caller) -> int:
    rows = {one.slug: one for one in review.recommendations.all()}
    written = 0
    for one in declared:

        def also(row: Any, one: catalogue.Claim = one) -> None:
            row.recommendations.set([rows[slug] for slug in one.recommendations])

        values = {"review": review, **_claim(one), "written_by": by.ref}
        where = {"key": f"{review.slug}-{one.id}"}
        written += _write(Assessment, where, values, one.digest, born={"status": "published"}, also=also)
    return written


def _write(
    model: type[models.Model],
    where: dict[str, Any],
    values: dict[str, Any],
    digest: str,
    *,
    born: dict[str, Any] | None = None,
    also: Callable[[Any], None] | None = None,
) -> bool:
    """Write a row as declared, whether or not it is there; not one that says it already, or that a person changed."""
    row: Any = model._default_manager.filter(**where).first()  # noqa: SLF001  (Django's name)
    if row is None:
        row = model(**where, **values, **(born or {}))
    elif row.shipped == digest or getattr(row, "changed_by", None) is not None:
        return False
    else:
        for name, value in values.items():
            setattr(row, name, value)
    row.shipped = digest
    row.full_clean()
    row.save()
    if also:
        also(row)
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
