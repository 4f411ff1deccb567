"""Evidence that was sent in: what is used, by what it is about; what waits, for staff; who sees its files."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from evenhand.core.access import Caller
from evenhand.core.files.queries import sees
from evenhand.core.references import Known, Ref, resolve
from evenhand.domains.reviews.lifecycle.disparities import PUBLIC
from evenhand.domains.reviews.lifecycle.recommendations import PUBLIC as PUBLISHED
from evenhand.domains.reviews.models import Disparity, Recommendation, Submission
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries.commitments import adopted


@dataclass(frozen=True)
class ShownEvidence:
    """Evidence that is used, and what it is about."""

    one: Submission
    about: Known


def used() -> QuerySet[Submission]:
    """What is used, and that something was and is taken down; the latest first."""
    return Submission.objects.filter(status__in=("accepted", "removed")).order_by("-decided_on", "-made_at")


def used_of(about: Ref) -> list[Submission]:
    """What is used about one thing, and that something was and is taken down."""
    return list(used().filter(about=about))


def shown(submissions: Iterable[Submission]) -> list[ShownEvidence]:
    """Evidence with what each is about."""
    rows = list(submissions)
    known = resolve(row.about for row in rows)
    return [ShownEvidence(row, known[row.about]) for row in rows]


def waiting() -> QuerySet[Submission]:
    """What has still to be read or decided on, the oldest first."""
    return Submission.objects.filter(status__in=("submitted", "screened"))


def subjects() -> list[Ref]:
    """Everything that evidence can be about: what is public of commitments, disparities and recommendations."""
    return [
        *(one.ref for one in adopted()),
        *(one.ref for one in Disparity.objects.filter(status__in=PUBLIC)),
        *(one.ref for one in Recommendation.objects.filter(status__in=PUBLISHED)),
    ]


@sees("reviews.submission")
def evidence_seen_by(caller: Caller, about: Ref) -> bool:
    """Whether a caller sees the files of what was sent in: those who keep the record do."""
    del about
    return keeper.admits(caller)
