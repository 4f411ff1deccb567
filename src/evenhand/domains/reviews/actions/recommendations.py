"""Capturing what a review asked for, verifying it against its source, publishing it, recording what was answered."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.sources import CHECKED
from evenhand.domains.reviews.actions import clocks
from evenhand.domains.reviews.lifecycle import ASKING, RECOMMENDATION, REVIEW
from evenhand.domains.reviews.lifecycle.recommendations import CURRENT
from evenhand.domains.reviews.models import Asking, Body, Clock, Recommendation, Review
from evenhand.domains.reviews.models.reviews import RESERVED
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.rules.clocks import ANSWER


@transaction.atomic
def add_review(review: Review, *, by: Caller) -> Review:
    """Write down a review that nobody shipped. Nobody outside sees it before a second person published it."""
    _refuse(by)
    if review.slug in RESERVED:
        raise Refused(_("That word is taken by an address of ours. Choose another."), code="taken")
    review.status, review.written_by, review.changed_by = REVIEW.first, by.ref, by.ref
    review.full_clean()
    review.save()
    record("reviews.review.add", review.ref, by=by)
    return review


@transaction.atomic
def capture(one: Recommendation, *, by: Caller, bodies: Iterable[Body] = ()) -> Recommendation:
    """Write down what was asked for, with its source. Nobody outside sees it before a second person verified it."""
    _refuse(by)
    fit(one, by=by)
    one.written_by = one.changed_by = by.ref
    one.verification = "unverified"
    one.order = one.order or one.review.recommendations.count() + 1
    one.key = f"{one.review.slug}-{one.slug}"
    one.full_clean()
    one.save()
    one.bodies.set(bodies)
    record("reviews.recommendation.capture", one.ref, by=by)
    return one


def fit(one: Recommendation, *, by: Caller) -> None:
    """Refuse what is not to be kept, whoever wrote it."""
    del by
    if not one.url:
        raise Refused(_("Say where it can be read: nothing is kept without its source."), code="no-source")


@transaction.atomic
def check(one: Recommendation, *, by: Caller, verification: str, seen: str, page: str = "") -> Recommendation:
    """Keep how far a recommendation that is public was now seen in the report, by somebody other than who wrote it."""
    locked = Recommendation.objects.select_for_update().get(pk=one.pk)
    _refuse(by)
    if by.ref == locked.written_by:
        raise NotAllowed(_("A second person has to do this: it was you who wrote it."))
    before = locked.verification
    _seen(locked, by, verification, seen, page)
    locked.full_clean()
    locked.save()
    details = {"from": before, "to": verification, "seen": seen}
    record("reviews.recommendation.check", locked.ref, by=by, details=details)
    return locked


@RECOMMENDATION.on("verify")
def _verify(one: Recommendation, *, by: Caller, verification: str, seen: str, page: str = "") -> None:
    if verification not in CHECKED:
        raise Refused(_("To verify it, see its number and its text or gist in the source."), code="not-seen")
    _seen(one, by, verification, seen, page)


@RECOMMENDATION.on("publish")
def _publish(one: Recommendation, *, by: Caller) -> None:
    del by
    if one.review.status != "published":
        raise NotPossible(_("Publish the review first: nobody can see yet what it is of."), code="review-first")


@transaction.atomic
def write_asking(asking: Asking, *, by: Caller) -> Asking:
    """Write down that the bodies were asked for an answer; a second person publishes it."""
    _refuse(by)
    one = Recommendation.objects.select_for_update().get(pk=asking.recommendation_id)
    if one.status not in CURRENT:
        raise NotPossible(_("Publish the recommendation first: nobody answers what nobody can see."), code="not-public")
    if one.askings.filter(status=ASKING.first).exists():
        raise NotPossible(_("Another asking waits to be published. Publish it or take it back first."), code="waits")
    fit_asking(asking, by=by)
    if not _asked(one):
        raise NotPossible(_("No body that could answer is left: name the one that took over first."), code="no-body")
    asking.written_by, asking.status = by.ref, ASKING.first
    asking.full_clean()
    asking.save()
    record("reviews.asking.write", one.ref, by=by, details={"on": str(asking.on), "asking": str(asking.pk)})
    return asking


def fit_asking(asking: Asking, *, by: Caller) -> None:
    """Refuse an asking that cannot have been, whoever wrote it."""
    del by
    if asking.on > timezone.localdate():
        raise Refused(_("That day has not come yet."), code="not-yet")


@ASKING.on("publish")
def _published(asking: Asking, *, by: Caller) -> None:
    """The asking, where the recommendation stands and the clock of each body change together."""
    asking.published_on = timezone.localdate()
    one = Recommendation.objects.get(pk=asking.recommendation_id)
    RECOMMENDATION.move(one, "await", by=by)
    due_on = asking.on + dt.timedelta(days=ANSWER)
    clocks.start_each(one.ref, Clock.Kind.REPLY, due_on=due_on, by=by, on=asking.on, bodies=one.bodies.all())


def _asked(one: Recommendation) -> list[Body]:
    return [heir for body in one.bodies.all() for heir in body.heirs]


@RECOMMENDATION.on("withdraw")
def _withdraw(one: Recommendation, *, by: Caller, why: str) -> None:
    one.errata = _("Withdrawn on %(day)s: %(why)s") % {"day": timezone.localdate().isoformat(), "why": why}
    one.changed_by = by.ref
    clocks.end(one.ref, Clock.Kind.REPLY, by=by)


def _seen(one: Recommendation, by: Caller, verification: str, seen: str, page: str) -> None:
    one.verification, one.seen = verification, seen
    one.page = page or one.page
    if verification in CHECKED and one.numbered == "inferred":
        one.numbered = "source"
    one.verified_by = one.changed_by = by.ref


def _refuse(by: Caller) -> None:
    if not keeper.admits(by):
        raise NotAllowed(keeper.sentence)
