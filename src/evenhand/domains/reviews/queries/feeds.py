"""What is new in the record, as entries of a feed."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.days import first_day
from evenhand.core.news import Entry
from evenhand.core.references import Ref
from evenhand.domains.reviews.lifecycle.assessments import ASSESSMENT, PUBLIC
from evenhand.domains.reviews.lifecycle.determinations import DETERMINATION, STOOD
from evenhand.domains.reviews.models import Asking, Assessment, Determination, Recommendation, Review
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.shown import position_in_words, review_url, url_of

MOST = 50
KINDS = ("topics", "stages", "groups", "places")


def said_of(review: Review) -> list[Entry]:
    """What was said of a review and its recommendations, the newest first; what has no day is in no feed."""
    found = review.assessments.filter(status__in=PUBLIC).exclude(day=None)
    said = [_entry(one) for one in found.prefetch_related("recommendations__review")[:MOST]]
    said += [_determined(one) for one in _panels().filter(recommendation__review=review)]
    return sorted(said, key=lambda one: one.on, reverse=True)[:MOST]


def published() -> Iterator[Entry]:
    """What people published here of progress, which is news; what came with the product is none."""
    yield from map(_determined, _panels())
    asked = Asking.objects.filter(status="published").select_related("recommendation__review")
    yield from map(_asked, asked)
    found = Assessment.objects.filter(status__in=PUBLIC).exclude(published_at=None)
    for one in found.select_related("review").prefetch_related("recommendations__review"):
        yield _entry(one, published=True)


def _panels() -> QuerySet[Determination]:
    found = Determination.objects.filter(status__in=STOOD).exclude(published_on=None)
    return found.select_related("recommendation__review")


def _determined(one: Determination) -> Entry:
    about = one.recommendation
    label = words.LABELS.get(one.label)
    said = {
        "about": words.title_of(about),
        "review": about.review.short,
        "what": label or _("it settles no label"),
    }
    title = _("%(review)s, %(about)s. A panel of experts: %(what)s") % said
    if one.status != "published":
        title = f"{title} ({DETERMINATION.state(one.status).label})"
    on = one.published_on or timezone.localdate(one.written_at)
    key, kind, carried = f"reviews/determined/{one.pk}", _("What was promised"), _carried(about.review, about)
    return Entry(key, kind, title, one.words, url_of(about), on, *carried)


def _asked(one: Asking) -> Entry:
    about = one.recommendation
    title = _("%(review)s, %(about)s: an answer was asked for") % {
        "about": words.title_of(about),
        "review": about.review.short,
    }
    on = one.published_on or one.on
    key, kind, carried = f"reviews/asked/{one.pk}", _("What was promised"), _carried(about.review, about)
    return Entry(key, kind, title, one.words, url_of(about), on, *carried)


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
        title = f"{title} ({ASSESSMENT.state(one.status).label})"
    on = first_day(one.on) or timezone.localdate(one.created_at)
    if published and one.published_at:
        on = timezone.localdate(one.published_at)
    url = url_of(named[0]) if len(named) == 1 else review_url(one.review)
    summary = one.rationale or (f"“{one.quotation}”" if one.quotation else title)
    key, kind, carried = f"reviews/said/{one.key or one.pk}", _("What was promised"), _carried(one.review, *named)
    return Entry(key, kind, title, summary, url, on, *carried)


def _carried(review: Review, *named: Recommendation) -> tuple[dict[str, tuple[str, ...]], tuple[Ref, ...]]:
    """The words that these recommendations carry, list by list, and the things that it is news of."""
    about = {kind: tuple(dict.fromkeys(word for each in named for word in getattr(each, kind))) for kind in KINDS}
    return about, (review.ref, *(each.ref for each in named))
