"""What everybody may read of a programme: its promises, its reports, rounds that are over, and awards as open data."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import READ, allow, anyone
from evenhand.core.design.parts import Link
from evenhand.domains.support.models import FunderReport
from evenhand.domains.support.queries import rounds
from evenhand.domains.support.queries.grants import package_of
from evenhand.domains.support.queries.reporting import kept_promises
from evenhand.domains.support.queries.reports import PUBLISHED, demonstration, in_words, invented, published_reports
from evenhand.domains.support.views.doing import crumbs, here
from evenhand.domains.support.views.programmes import alerts_of, found
from evenhand.domains.support.views.reports import file_of, page_of


@allow(anyone)
def promises(request: HttpRequest, programme: str) -> HttpResponse:
    """How a programme keeps the eight commitments of open and trusting funders."""
    declared = found(programme)
    period, kept = kept_promises(declared)
    context = {
        "programme": declared,
        "period": in_words(period) if period else "",
        "promises": [(one, _(one.found) % one.said) for one in kept],
        "demonstration": demonstration() if invented(declared) else "",
        "reports": published_reports(programme),
        "crumbs": crumbs(_programme(declared), here(_("Eight promises"))),
        "canonical": settings.SITE_URL + request.path,
    }
    return render(request, "support/reports/promises.html", context)


@allow(anyone)
def public_report(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """The version of a report that everybody may read, once it is published."""
    one = _published(programme, pk)
    context = page_of(one) | {
        "later": one.issues.filter(status=PUBLISHED, issue__gt=one.issue).first(),
        "earlier": one.issues.filter(status=PUBLISHED, issue__lt=one.issue),
        "crumbs": crumbs(_programme(found(programme)), here(_("Report"))),
        "canonical": settings.SITE_URL + request.path,
    }
    return render(request, "support/reports/public.html", context)


@allow(anyone)
def public_report_file(request: HttpRequest, programme: str, pk: int, form: str) -> HttpResponse:
    """A published report to take away."""
    del request
    return file_of(_published(programme, pk), form)


@allow(anyone)
def round_over(request: HttpRequest, programme: str, pk: UUID) -> HttpResponse:
    """A round that takes nothing more: what it did, what came of it, what is open instead, and when the next one is."""
    declared = found(programme)
    one = get_object_or_404(rounds.rounds_over(), programme=programme, pk=pk)
    context: dict[str, Any] = {
        "programme": declared,
        "outcome": rounds.outcome_of(one),
        "standing": rounds.standing_of(declared),
        "others": rounds.open_instead_of(declared),
        "alerts": alerts_of(declared),
        "reports": published_reports(programme),
        "crumbs": crumbs(_programme(declared), here(str(one))),
        "canonical": settings.SITE_URL + request.path,
    }
    return render(request, "support/round.html", context)


@allow(anyone, methods=READ)
def grants(request: HttpRequest, programme: str) -> HttpResponse:
    """What was awarded, as 360Giving has it."""
    del request
    package = package_of(found(programme))
    if package is None:
        raise Http404
    response = JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _published(slug: str, pk: int) -> FunderReport:
    one: FunderReport = get_object_or_404(FunderReport, programme=slug, pk=pk, status=PUBLISHED)
    found(slug)
    return one


def _programme(declared: Any) -> Link:
    return Link(_(declared.title), reverse("support:programme", args=[declared.slug]))
