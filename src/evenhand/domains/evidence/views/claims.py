"""Claims: all of them in one list, and each with a permanent address, as pages and as data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from evenhand.core.access import allow, anyone
from evenhand.core.pages import kept
from evenhand.domains.evidence.queries.answers import released
from evenhand.domains.evidence.queries.claims import listing, pages
from evenhand.domains.evidence.queries.claims.filters import FILTERS


@allow(anyone)
@kept(released, *FILTERS)
def claims(request: HttpRequest) -> HttpResponse:
    """What Evenhand says and what others have said, beside the figures."""
    return render(request, "evidence/claims.html", listing.claims_page(request.GET))


@allow(anyone)
@kept(released, *FILTERS)
def claims_json(request: HttpRequest) -> HttpResponse:
    """The same claims as data."""
    return open_data(JsonResponse(listing.claims_json(request.GET)))


@allow(anyone)
@kept(released)
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim, with what it rests on."""
    return render(request, "evidence/claim.html", pages.claim_page(slug))


@allow(anyone)
@kept(released)
def claim_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim as data."""
    del request
    return open_data(JsonResponse(pages.claim_json(slug)))


def open_data(response: HttpResponse) -> HttpResponse:
    """A response that programs of other sites may read: open, and the same for everyone."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
