"""What is new in the record, as entries of a feed."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.days import first_day
from evenhand.core.news import Entry
from evenhand.domains.reviews.lifecycle.assessments import ASSESSMENT, PUBLIC
from evenhand.domains.reviews.models import Assessment, Review
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.shown import position_in_words, review_url, url_of

MOST = 50
KINDS = ("topics", "stages", "groups", "places")


def said_of(review: Review) -> list[Entry]:
    """What was said of a review and its recommendations, the newest first; what has no day is in no feed."""
    found = review.assessments.filter(status__in=PUBLIC).exclude(day=None)
    return [_entry(one) for one in found.prefetch_related("recommendations__review")[:MOST]]


def published() -> Iterator[Entry]:
    """Assessments that people published here, which is news; what came with the product is none."""
    found = Assessment.objects.filter(status__in=PUBLIC).exclude(published_at=None)
    for one in found.select_related("review").prefetch_related("recommendations__review"):
        yield _entry(one, published=True)


def _entry(one: Assessment, *, published: bool = False) -> Entry:
    named = list(one.recommendations.all())
    said = {
        "who": _("We") if one.ours else one.assessor,
        "what": position_in_words(one),
        "about": words.title_of(named[0]) if len(named) == 1 else one.about,
        "review": one.review.short,
    }
    title = _("%(review)s, %(about)s. %(who)s: %(what)s") % said
    if one.status != "published":
        title = f"{title} ({_(ASSESSMENT.state(one.status).label)})"
    on = first_day(one.on) or timezone.localdate(one.created_at)
    if published and one.published_at:
        on = timezone.localdate(one.published_at)
    about = {kind: tuple({word for each in named for word in getattr(each, kind)}) for kind in KINDS}
    url = url_of(named[0]) if len(named) == 1 else review_url(one.review)
    summary = one.rationale or (f"“{one.quotation}”" if one.quotation else title)
    return Entry(f"reviews/said/{one.key or one.pk}", _("What was promised"), title, summary, url, on, about)
