"""The page of a service, the same to be shown in another site, and the form that says what is wrong with it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from evenhand.core.access import READ, WRITE, allow, anyone, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.limits import limited
from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.actions.reports import report as make_report
from evenhand.domains.directory.forms import ReportForm
from evenhand.domains.directory.models import Service
from evenhand.domains.directory.people import editor, keeper
from evenhand.domains.directory.queries.listed import RELATED, listed_services
from evenhand.domains.directory.queries.lists import linked_data
from evenhand.domains.directory.queries.provision import latest
from evenhand.domains.directory.queries.shown import shown_all, shown_of

# A prison or an office has one address for everybody in it: so much about one listing, far more in all.
REPORTS = "5/m/key,10/d/key,60/h/ip,300/d/ip"
GONE = 410


@allow(anyone)
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is said of a service; of one that closed, that it did."""
    one = _found(slug)
    caller = caller_of(request)
    own = keeper.admits(caller, one) or editor.admits(caller, one)
    shown = shown_of(one)
    context: dict[str, Any] = {
        "shown": shown,
        "own": own,
        "service": one,
        "exit": shown.exits,
        "crumbs": _crumbs(Link(shown.organisation, shown.organisation_url), Link(shown.title, "", current=True)),
        "canonical": settings.SITE_URL + shown.url,
        "alternates": [],
    }
    if one.status == "closed":
        response = render(request, "directory/closed.html", context, status=GONE)
        response.headers["Cache-Control"] = "no-cache"  # browsers keep what is gone for good, and this may open again
        return response
    listed = listed_services(timezone.localdate()).filter(pk=one.pk).exists()
    if not listed and not own:
        return render(request, "directory/hidden.html", context, status=404)
    if listed:
        context["linked_data"] = mark_safe(linked_data(one, shown))  # noqa: S308  (it has no < and no >)
    return render(request, "directory/service.html", context)


@allow(anyone)
def service_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """A service as a small page that any site may show in its own."""
    one = get_object_or_404(listed_services(timezone.localdate()).prefetch_related(*RELATED), slug=slug)
    return _embedded(request, [one], one.title)


@allow(anyone)
def organisation_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The services of an organisation as a small page that any site, first of all its own, may show."""
    own = get_object_or_404(Organisation, slug=slug)
    services = latest(listed_services(timezone.localdate()).filter(organisation=own))
    return _embedded(request, services, own.title)


@allow(anyone, methods=WRITE)
@whole
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is wrong with a listing; nobody needs to say who they are."""
    one = _found(slug)
    if one.status not in {"listed", "stale", "hidden"}:
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    shown = shown_of(one)
    context: dict[str, Any] = {"form": form, "shown": shown, "exit": shown.exits, "robots": "noindex"}
    context["crumbs"] = _crumbs(Link(shown.title, shown.url), Link(_("Tell us what is wrong"), "", current=True))
    if request.method not in READ and form.is_valid():
        said = form.cleaned_data
        try:
            limited(request, "directory-report", REPORTS, about=one.slug)
        except Refused as fault:  # what was typed stays on the page
            form.add_error(None, fault.message)
            return render(request, "directory/report.html", context, status=fault.status)
        make_report(one, said["kind"], words=said["words"], email=said["email"])
        return render(request, "directory/reported.html", context | {"answers": bool(said["email"])})
    return render(request, "directory/report.html", context)


def _found(slug: str) -> Service:
    """A service that was listed once; of what was never listed, nobody learns that it is there."""
    services = Service.objects.select_related("organisation").prefetch_related(*RELATED)
    one = get_object_or_404(services, slug=slug)
    if one.assured_on is None:
        raise Http404
    return one


def _embedded(request: HttpRequest, services: list[Service], title: str) -> HttpResponse:
    context = {"cards": shown_all(services), "title": title, "site": settings.SITE_URL}
    response = render(request, "directory/embed.html", context)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]  # noqa: SLF001  (django-csp's)
    return response


def _crumbs(*links: Link) -> tuple[Link, ...]:
    return (Link(_("Home"), reverse("home")), Link(_("Find help"), reverse("directory:find")), *links)
