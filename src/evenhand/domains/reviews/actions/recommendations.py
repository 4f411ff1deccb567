"""Capturing what a review asked for, verifying it against its source, publishing it, recording what was answered."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, Refused
from evenhand.core.journal.actions import record
from evenhand.domains.reviews.actions import clocks
from evenhand.domains.reviews.lifecycle import RECOMMENDATION
from evenhand.domains.reviews.models import Body, Clock, Recommendation, Review
from evenhand.domains.reviews.models.reviews import CHECKED, RESERVED
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.rules.clocks import ANSWER


@transaction.atomic
def add_review(review: Review, *, by: Caller) -> Review:
    """Keep a review that nobody shipped; its recommendations are captured one by one."""
    _refuse(by)
    if review.slug in RESERVED:
        raise Refused(_("That word is taken by an address of ours. Choose another."), code="taken")
    review.changed_by = by.ref
    review.full_clean()
    review.save()
    record("reviews.review.add", review.ref, by=by)
    return review


@transaction.atomic
def capture(one: Recommendation, *, by: Caller, bodies: Iterable[Body] = ()) -> Recommendation:
    """Write down what was asked for, with its source. Nobody outside sees it before a second person verified it."""
    _refuse(by)
    if not one.url:
        raise Refused(_("Say where it can be read: nothing is kept without its source."), code="no-source")
    one.written_by = one.changed_by = by.ref
    one.verification = "unverified"
    one.order = one.order or one.review.recommendations.count() + 1
    one.key = f"{one.review.slug}-{one.slug}"
    one.full_clean()
    one.save()
    one.bodies.set(bodies)
    record("reviews.recommendation.capture", one.ref, by=by)
    return one


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


@RECOMMENDATION.on("await")
def _await(one: Recommendation, *, by: Caller, on: dt.date) -> None:
    due = on + dt.timedelta(days=ANSWER)
    clocks.start(one.ref, Clock.Kind.REPLY, due_on=due, by=by, on=on, body=one.bodies.first())


@RECOMMENDATION.on("respond")
def _respond(one: Recommendation, *, by: Caller, response: str, on: dt.date, url: str) -> None:
    one.response, one.response_on, one.response_note = response, on.isoformat(), ""
    one.further = "\n".join(dict.fromkeys([*one.further.split(), url]))
    one.changed_by = by.ref
    clocks.keep(one.ref, Clock.Kind.REPLY, by=by, on=on)


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
