"""A list that somebody makes, kept in their own browser and in its address; booklets; tables to take away."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Link
from evenhand.core.exports import file_response, pdf_response, written
from evenhand.core.pages import Kept, kept
from evenhand.domains.directory.queries.listed import listed_services
from evenhand.domains.directory.queries.lists import MOST, chosen, sheet
from evenhand.domains.directory.queries.lists import booklet as made_booklet
from evenhand.domains.directory.queries.paper import booklet_document
from evenhand.domains.directory.queries.provision import latest, state
from evenhand.domains.directory.queries.shown import Shown, shown_all
from evenhand.library.places import Place, UnknownPlace
from evenhand.library.places import place as place_of

COOKIE = "shortlist"
APART = "."  # no part of an address of a service
ON_PAPER = Kept(most=64)  # booklets, each some tens of kilobytes


@allow(anyone)
def shortlist(request: HttpRequest) -> HttpResponse:
    """The list that stands in the address, or else the one that this browser keeps; nobody signs in for it."""
    shared = "s" in request.GET
    slugs = _in_address(request) if shared else _in_browser(request)
    cards = chosen(slugs)
    query = urlencode([("s", APART.join(one.slug for one in cards))])
    address = f"{reverse('directory:shortlist')}?{query}"
    context: dict[str, Any] = {
        "cards": cards,
        "gone": len(set(slugs)) - len(cards),
        "shared": shared,
        "large": request.GET.get("size") == "large",
        "address": settings.SITE_URL + address,
        "here": address,
        "csv": f"{reverse('directory:shortlist-csv')}?{query}",
        "made_on": timezone.localdate(),
        "demonstration": any(one.demonstration for one in cards),
        "exit": any(one.exits for one in cards),
        "crumbs": (Link(_("Home"), reverse("home")), Link(_("Your list"), "", current=True)),
    }
    return render(request, "directory/shortlist.html", context)


@allow(anyone, methods=("POST",))
def shortlist_change(request: HttpRequest, what: str) -> HttpResponse:
    """Put a service on the list of this browser, take one off, or forget the list."""
    slugs, slug = _in_browser(request), request.POST.get("service", "")
    if what == "add" and slug:
        slugs = [*slugs, slug]
    elif what == "remove":
        slugs = [one for one in slugs if one != slug]
    elif what == "clear":
        slugs = []
    response = redirect("directory:shortlist")
    kept = APART.join(one.slug for one in chosen(slugs))
    if kept:
        # It goes when the browser is closed: others may use it after.
        response.set_cookie(COOKIE, kept, httponly=True, samesite="Lax", secure=settings.HTTPS)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


@allow(anyone)
def shortlist_csv(request: HttpRequest) -> HttpResponse:
    """The list in the address as a table."""
    address = f"{reverse('directory:shortlist')}?{request.GET.urlencode()}"
    return _table(_("A list of services"), chosen(_in_address(request)), address, "services")


@allow(anyone)
def booklet(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who helps in a prison or an area, to be printed."""
    made = made_booklet(_place(code))
    context: dict[str, Any] = {
        "booklet": made,
        "large": request.GET.get("size") == "large",
        "demonstration": any(one.demonstration for _heading, cards in made.parts for one in cards),
        "csv": reverse("directory:booklet-csv", args=[made.place.code]),
        "pdf": reverse("directory:booklet-pdf", args=[made.place.code]),
        "canonical": settings.SITE_URL + reverse("directory:booklet", args=[made.place.code]),
        "crumbs": (
            Link(_("Home"), reverse("home")),
            Link(made.place.name, reverse("place", args=[made.place.code])),
            Link(_("Booklet"), "", current=True),
        ),
    }
    return render(request, "directory/booklet.html", context)


@allow(anyone)
def booklet_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a table."""
    del request
    made = made_booklet(_place(code))
    cards = [one for _heading, part in made.parts for one in part]
    title = _("Services for %(place)s") % {"place": made.place.name}
    return _table(title, cards, reverse("directory:booklet", args=[code]), f"services-{code.lower()}")


@allow(anyone)
@kept(state, "size", among=ON_PAPER)
def booklet_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same as an accessible PDF, in ordinary or large print."""
    made, large = made_booklet(_place(code)), request.GET.get("size") == "large"
    if not made.total:
        raise Http404
    name = f"who-can-help-{code.lower()}{'-large' if large else ''}"
    return pdf_response(booklet_document(made, large=large), saved_as=name)


@allow(anyone)
@kept(state, among=ON_PAPER)
def services_csv(request: HttpRequest) -> HttpResponse:
    """Every service that is listed, as a table."""
    del request
    cards = shown_all(latest(listed_services(timezone.localdate())))
    return _table(_("Every service listed"), cards, reverse("directory:services-csv"), "services")


def _table(title: str, cards: Iterable[Shown], address: str, name: str) -> HttpResponse:
    rows = list(cards)
    if not rows:
        raise Http404
    content = written(sheet(title, rows, address), "csv", stem=name)
    return file_response(content, "text/csv; charset=utf-8", f"{name}.csv")


def _place(code: str) -> Place:
    try:
        return place_of(code)
    except UnknownPlace:
        raise Http404 from None


def _in_address(request: HttpRequest) -> list[str]:
    return request.GET.get("s", "").split(APART)[:MOST]


def _in_browser(request: HttpRequest) -> list[str]:
    return [slug for slug in request.COOKIES.get(COOKIE, "").split(APART) if slug][:MOST]
