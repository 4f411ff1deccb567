"""Every way in which a page is refused, in words: as a page, or as JSON where JSON was asked for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from evenhand.core.access import READ, caller_of, declared
from evenhand.core.api import error_response
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.answers import ask, catalogue
from evenhand.domains.evidence.queries.claims.filters import FILTERS
from evenhand.library.places import find

NOT_FOUND, NOT_ALLOWED = 404, 405
PARTS = {
    "unknown-period": "period",
    "unknown-groups": "groups",
    "unknown-group": "reference",
    "unknown-scenario": "scenario",
    "unknown-confidence": "confidence",
    "missing-group": "group",
    "group-not-there": "group",
    "unknown-figure": "figure",
    "unknown-outcome": "outcome",
    "unknown-column": "column",
    "no-counts": "measure",
    **{f"unknown-{name}": name for name in FILTERS},
}
PAGES = {"unknown-claim": "evidence:claim", "unknown-correction": "evidence:correction"}
# What happened, where the status says it.
HEADINGS = {
    403: gettext_noop("This is not open to you"),
    409: gettext_noop("That cannot be done now"),
    410: gettext_noop("This is no longer here"),
    413: gettext_noop("That is too much at once"),
    429: gettext_noop("Wait a little"),
    503: gettext_noop("That cannot be done just now"),
}
# Pages whose near matches are slugs of the vocabulary.
TERMS = {"no-such-group": "group", "no-such-stage": "stage", "no-such-topic": "topic"}


class Refusals:
    """The middleware that turns a refusal into a page."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand around the views."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a method that an address does not take is refused in words too."""
        response = self.respond(request)
        if response.status_code != NOT_ALLOWED:
            return response
        if "GET" in response.headers["Allow"]:
            message = _("This page can be read, and nothing can be sent to it. Go back, and open it from a link.")
        else:
            message = _("This address only takes what a form sends. Go back to the page with the form.")
        refusal = _refusal(request, "method-not-allowed", _("That cannot be done here"), message, status=NOT_ALLOWED)
        refusal.headers["Allow"] = response.headers["Allow"]
        return refusal

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """A page for a refusal; anything else goes on as it was."""
        if not isinstance(fault, Refused):
            return None
        return _refusal(
            request,
            fault.code,
            _heading(request, fault),
            fault.message,
            status=fault.status,
            near=fault.near,
            links=tuple(_nearby(request, fault)),
        )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read; 413 if it is longer, or has more parts, than is read at once."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        message = _("That is more than can be sent at once. Go back, shorten it or send it in parts, and try again.")
        return _refusal(request, "too-large", _("That is too much at once"), message, status=413)
    message = _("The address or the form could not be read. Go back, check it and try again.")
    return _refusal(request, "bad-request", _("That could not be read"), message, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the caller may not; a reader who may be somebody is asked who, or for the second factor that is missing."""
    if leads_to := _way_in(request):
        return HttpResponseRedirect(f"{leads_to}?{urlencode({'next': request.get_full_path()})}")
    return _refusal(request, "not-allowed", _("This page is not open to you"), str(exception), status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too often, from one place or for one account."""
    message = _("That was tried too often in a short time. Wait five minutes, then try again.")
    return _refusal(request, "too-many", _("Wait a little"), message, status=429)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form was sent without the mark that it came from here."""
    del reason
    message = _("The form may have been open for long, or cookies are off. Go back, load the page again and send it.")
    return _refusal(request, "stale-form", _("That form could not be accepted"), message, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is here."""
    del exception
    message = _("Check the address for slips of the pen, search for what you need, or begin at one of these pages.")
    return _refusal(request, "not-found", _("There is nothing at this address"), message, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours."""
    message = _("The fault is ours. Nothing that you sent was kept by half. Go back, and try again in a minute.")
    try:
        return _refusal(request, "server-error", _("Something went wrong here"), message, status=500)
    except Exception:  # noqa: BLE001  (what is broken may be what every page needs; a page in words is owed all the same)
        return HttpResponse(render_to_string("design/error.html"), status=500)


def _way_in(request: HttpRequest) -> str:
    """Where a page that was asked for is to be had after all: the sign-in, or the set-up of a second factor."""
    caller = caller_of(request)
    match = request.resolver_match
    if match is None or request.method not in READ or request.path.startswith("/api/"):
        return ""
    who = declared(match.func).who
    if who.admits(caller):  # it was not the gate that refused, but the page itself
        return ""
    if not caller.signed_in:
        return reverse("account_login")
    return reverse("mfa_index") if who.admits(replace(caller, second_factor=True)) else ""


def _refusal(
    request: HttpRequest,
    code: str,
    heading: str,
    message: str,
    *,
    status: int,
    near: tuple[str, ...] = (),
    links: tuple[Link, ...] = (),
) -> HttpResponse:
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return error_response(code, message, near, status=status)
    links = (
        *links,
        Link(_("Find help"), reverse("directory:find")),
        Link(_("All the evidence"), reverse("evidence:journey")),
        Link(_("Search"), reverse("search")),
        Link(_("The front page"), reverse("home")),
    )
    context: dict[str, Any] = {"heading": heading, "lede": message, "links": links}
    return render(request, "design/error.html", context, status=status)


def _heading(request: HttpRequest, fault: Refused) -> str:
    """What happened, above the words that say what to do."""
    if fault.code == "bad-link":
        return _("This link does not hold")
    if fault.status in HEADINGS:
        return _(HEADINGS[fault.status])
    if fault.status == NOT_FOUND:
        figure = request.path.startswith(reverse("evidence:journey"))
        return _("There is no such figure") if figure else _("There is nothing of that name here")
    return _("That cannot be answered as asked")


def _nearby(request: HttpRequest, fault: Refused) -> Iterator[Link]:
    """The near matches that can be shown, each as a link, as far as the address tells what was meant."""
    match = request.resolver_match
    slug = str(match.kwargs.get("slug", "")) if match else ""
    titles = {measure.slug: measure.title for measure in catalogue().measures}
    for name in fault.near:
        if part := PARTS.get(fault.code):
            query = request.GET.copy()
            query[part] = name
            yield Link(name, f"{request.path}?{query.urlencode()}")
        elif page := TERMS.get(fault.code):
            yield Link(capfirst(name.replace("-", " ")), reverse(page, args=[name]))
        elif _about_places(request):
            yield Link(name, reverse("place", args=[find(name).code]))
        elif match and "dataset" in match.kwargs:  # of which some are called as a measure is
            yield Link(name, reverse("evidence:dataset", args=[name]))
        elif view := PAGES.get(fault.code):
            yield Link(name, reverse(view, args=[name]))
        elif name in titles:
            yield Link(_(titles[name]), reverse("evidence:measure", args=[name]))
        elif slug in titles and (code := _published(slug, name)):
            yield Link(name, reverse("evidence:place", args=[slug, code]))


def _about_places(request: HttpRequest) -> bool:
    """Whether the address is that of a place, and not of a figure there."""
    return bool(request.resolver_match and request.resolver_match.url_name in ("places", "place"))


def _published(slug: str, place: str) -> str:
    """The code of a place that a measure has figures for; nothing if it has none."""
    try:
        return ask(slug, place=place).place.code
    except Refused:
        return ""
