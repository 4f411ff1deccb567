"""Corrections: what is known to be wrong and what has changed, as pages, as files and as feeds."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from evenhand.core.access import allow, anyone
from evenhand.core.exports import sheet_response, written
from evenhand.core.pages import kept
from evenhand.domains.evidence.queries.answers import released
from evenhand.domains.evidence.queries.corrections import feeds, pages
from evenhand.domains.evidence.queries.corrections.sheets import sheet
from evenhand.domains.evidence.views.claims import open_data


@allow(anyone)
@kept(released)
def corrections(request: HttpRequest) -> HttpResponse:
    """What is known to be wrong, and what has changed."""
    return render(request, "evidence/corrections.html", pages.corrections_page())


@allow(anyone)
@kept(released)
def correction(request: HttpRequest, slug: str) -> HttpResponse:
    """One correction or revision."""
    return render(request, "evidence/correction.html", pages.correction_page(slug))


@allow(anyone)
@kept(released)
def figures(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Every figure that a correction is about, or that a revision changed, as a file."""
    del request
    return sheet_response(written(sheet(slug), form, stem=slug), form, stem=slug, saved_as=slug)


@allow(anyone)
@kept(released)
def atom(request: HttpRequest) -> HttpResponse:
    """The corrections as an Atom feed."""
    del request
    return open_data(HttpResponse(feeds.atom(), content_type="application/atom+xml; charset=utf-8"))


@allow(anyone)
@kept(released)
def json_feed(request: HttpRequest) -> HttpResponse:
    """The corrections as a JSON feed."""
    del request
    return open_data(JsonResponse(feeds.json_feed(), content_type="application/feed+json"))
