"""The page of what is new, and its feeds."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Chooser, Link, pages
from evenhand.core.errors import Refused
from evenhand.core.news import Feed, atom, json_feed
from evenhand.core.pages import kept
from evenhand.core.terms import KINDS, name_of
from evenhand.domains.publishing.queries import lists, outside
from evenhand.web.news.streams import STREAMS, news, state

A_PAGE, A_FEED = 20, 50
ASKED = (*lists.ONE.values(), "kind")


@allow(anyone)
@kept(lambda: (state(), outside.state()), *ASKED, "page")
def whats_new(request: HttpRequest) -> HttpResponse:
    """Everything new, by what it is and what it is about."""
    asked, kind = _asked(request)
    path, query = reverse("news"), _query(asked, kind)
    found = Paginator(news(asked, kind), A_PAGE)
    here = found.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "entries": here,
        "elsewhere": () if asked or kind or here.number > 1 else outside.posts(),
        "asked": [name_of(name, slug) for name, slug in asked.items()],
        "choosers": _choosers(asked, kind),
        "pages": pages(here.number, found.num_pages, lists.address(path, query) + ("&" if query else "?") + "page="),
        "feeds": (
            Link(_("Atom feed"), lists.address(reverse("news-atom"), query), note="application/atom+xml"),
            Link(_("JSON feed"), lists.address(reverse("news-json"), query), note="application/feed+json"),
        ),
        "crumbs": (Link(_("Home"), "/"), Link(_("What’s new"), "", current=True)),
        "canonical": settings.SITE_URL + lists.address(path, query),
    }
    return render(request, "web/news.html", {**context, "alternates": context["feeds"]})


@allow(anyone)
@kept(state, *ASKED)
def atom_feed(request: HttpRequest) -> HttpResponse:
    """The newest as an Atom feed."""
    return _open(HttpResponse(atom(_feed(request, "news-atom")), content_type="application/atom+xml; charset=utf-8"))


@allow(anyone)
@kept(state, *ASKED)
def json(request: HttpRequest) -> HttpResponse:
    """The newest as a JSON feed."""
    return _open(JsonResponse(json_feed(_feed(request, "news-json")), content_type="application/feed+json"))


def _feed(request: HttpRequest, view: str) -> Feed:
    asked, kind = _asked(request)
    query = _query(asked, kind)
    words = [name_of(name, slug) for name, slug in asked.items()]
    title = (
        _("Evenhand: what’s new about %(words)s") % {"words": ", ".join(words)} if words else _("Evenhand: what’s new")
    )
    return Feed(
        title,
        _("Articles, publications, new figures and corrections."),
        lists.address(reverse("news"), query),
        lists.address(reverse(view), query),
        tuple(news(asked, kind)[:A_FEED]),
    )


def _asked(request: HttpRequest) -> tuple[dict[str, str], str]:
    kind = request.GET.get("kind", "").strip()
    if kind and kind not in {one.slug for one in STREAMS}:
        kinds = tuple(one.slug for one in STREAMS)
        message = _("There is no news of that kind. Choose one of: %(kinds)s.") % {"kinds": ", ".join(kinds)}
        raise Refused(message, near=kinds, code="unknown-filter", status=404)
    return lists.asked_of(request.GET), kind


def _query(asked: dict[str, str], kind: str) -> dict[str, str]:
    return {lists.ONE[name]: slug for name, slug in asked.items()} | ({"kind": kind} if kind else {})


def _choosers(asked: dict[str, str], kind: str) -> tuple[Chooser, ...]:
    """What it is, and the topics that anything new carries."""
    path = reverse("news")
    kinds = [Link(_("All"), lists.address(path, _query(asked, "")), current=not kind)]
    kinds += [
        Link(str(one.name), lists.address(path, _query(asked, one.slug)), current=kind == one.slug) for one in STREAMS
    ]
    carried = {slug for entry in news({}, kind) for slug in entry.about.get("topics", ())}
    others = {name: slug for name, slug in asked.items() if name != "topics"}
    topics = [Link(_("All"), lists.address(path, _query(others, kind)), current="topics" not in asked)]
    topics += [
        Link(name, lists.address(path, _query({**others, "topics": slug}, kind)), current=asked.get("topics") == slug)
        for slug, name in KINDS["topics"]()
        if slug in carried
    ]
    return (Chooser(_("What"), tuple(kinds)), *((Chooser(_("Topic"), tuple(topics)),) if carried else ()))


def _open(response: HttpResponse) -> HttpResponse:
    """Open to programs of other sites, and the same for everyone."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
