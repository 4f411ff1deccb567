"""The pages of reviews, recommendations and bodies, their citations, feeds, and the same to take away."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.exports import Sheet, sheet_response, written
from evenhand.core.moving import state as moving
from evenhand.core.news import Feed, atom, json_feed
from evenhand.core.pages import kept
from evenhand.domains.reviews.lifecycle.assessments import PUBLIC
from evenhand.domains.reviews.models import Assessment, Body, Recommendation, Review
from evenhand.domains.reviews.queries import citations, feeds, filters, lists, pages, sheets
from evenhand.domains.reviews.queries.shown import (
    ever_public,
    recommendations,
    review_url,
    reviews,
    shown_all,
    shown_of,
    state,
)


@allow(anyone)
@kept(state, *filters.FILTERS, "page")
def progress(request: HttpRequest) -> HttpResponse:
    """Every review, or the recommendations that are of what is asked for."""
    return render(request, "reviews/progress.html", lists.progress(request.GET, timezone.localdate()))


@allow(anyone)
@kept(state)
def review(request: HttpRequest, review: str) -> HttpResponse:
    """One review."""
    return render(request, "reviews/review.html", pages.review_page(_review(review), timezone.localdate()))


@allow(anyone)
@kept(lambda: (state(), moving()))
def recommendation(request: HttpRequest, review: str, number: str) -> HttpResponse:
    """One recommendation."""
    found = _recommendation(review, number)
    return render(request, "reviews/recommendation.html", pages.recommendation_page(found, timezone.localdate()))


@allow(anyone)
@kept(state)
def embed(request: HttpRequest, review: str, number: str) -> HttpResponse:
    """A recommendation as a small page that any site may show in its own."""
    shown = shown_of(_recommendation(review, number), timezone.localdate())
    response = render(request, "reviews/embed.html", {"one": shown, "site": settings.SITE_URL})
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]  # noqa: SLF001  (django-csp's)
    return response


@allow(anyone)
def cite(request: HttpRequest, form: str, review: str, number: str = "") -> HttpResponse:
    """The citation of a review or of a recommendation, as a file."""
    del request
    citation = citations.citation_of(_recommendation(review, number) if number else _review(review))
    content_type = f"{citations.TYPES[form]}; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{citation.name}.{form}"'}
    return HttpResponse(citations.written(citation, form), content_type=content_type, headers=headers)


@allow(anyone)
@kept(state)
def atom_feed(request: HttpRequest, review: str) -> HttpResponse:
    """What was said of a review as an Atom feed."""
    del request
    return _open(HttpResponse(atom(_feed(review, "atom")), content_type="application/atom+xml; charset=utf-8"))


@allow(anyone)
@kept(state)
def json_feed_of(request: HttpRequest, review: str) -> HttpResponse:
    """The same as a JSON feed."""
    del request
    return _open(JsonResponse(json_feed(_feed(review, "json-feed")), content_type="application/feed+json"))


@allow(anyone)
@kept(state)
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body that was asked for something."""
    return render(request, "reviews/bodies.html", lists.bodies_page(timezone.localdate()))


@allow(anyone)
@kept(state)
def body(request: HttpRequest, body: str) -> HttpResponse:
    """One body, and what it was asked for."""
    found = get_object_or_404(Body.objects.prefetch_related("successors", "predecessors"), slug=body)
    return render(request, "reviews/body.html", lists.body_page(found, timezone.localdate()))


@allow(anyone)
def recommendations_file(request: HttpRequest, form: str) -> HttpResponse:
    """The recommendations that are of what is asked for, as a file."""
    wanted = filters.asked(request.GET)
    found = [one for one in shown_all(recommendations(), timezone.localdate()) if filters.matches(one, wanted)]
    if not found:
        raise Http404
    return _file(sheets.recommendations_sheet(found, filters.address(wanted)), form, request)


@allow(anyone)
def assessments_file(request: HttpRequest, form: str) -> HttpResponse:
    """What was said of one review or of all, as a file."""
    found = Assessment.objects.filter(status__in=PUBLIC).select_related("review").prefetch_related("recommendations")
    if asked := filters.asked({"review": request.GET.get("review", "")}):
        found = found.filter(review__slug=asked["review"])
    if not found:
        raise Http404
    return _file(sheets.assessments_sheet(list(found), ""), form, request)


def _file(sheet: Sheet, form: str, request: HttpRequest) -> HttpResponse:
    query = filters.address(filters.asked(request.GET)).partition("?")[2]
    content = written(sheet, form, stem=sheet.name, query=query)
    return sheet_response(content, form, stem=sheet.name, saved_as=sheet.name, query=query)


def _feed(slug: str, view: str) -> Feed:
    one = _review(slug)
    said = {"review": one.title}
    return Feed(
        _("%(review)s: what is said of it") % said,
        _("Dated claims and assessments of progress, the newest first."),
        review_url(one),
        reverse(f"reviews:{view}", args=[one.slug]),
        tuple(feeds.said_of(one)),
    )


def _review(slug: str) -> Review:
    return get_object_or_404(reviews(), slug=slug)


def _recommendation(review: str, number: str) -> Recommendation:
    found: Any = get_object_or_404(ever_public(), review__slug=review, slug=number)
    one: Recommendation = found
    return one


def _open(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
