"""Pages and downloads of the evidence."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design import charts
from evenhand.core.design.parts import Exhibit
from evenhand.core.errors import Refused
from evenhand.core.pages import kept
from evenhand.domains.evidence.forms import ASKED, read_question
from evenhand.domains.evidence.queries.answers import ask, released, unanswered
from evenhand.domains.evidence.queries.exhibits import EXHIBITS, exhibit
from evenhand.domains.evidence.queries.exhibits.downloads import filename, records
from evenhand.domains.evidence.queries.journey import journey as journey_page
from evenhand.domains.evidence.queries.pages import gap_page, measure_page, method_page
from evenhand.domains.evidence.queries.shown import Shown, shown_for


@allow(anyone)
@kept(released)
def journey(request: HttpRequest) -> HttpResponse:
    """The stages in order, and what is known at each."""
    return render(request, "evidence/journey.html", journey_page())


@allow(anyone)
@kept(released)
def journey_table(request: HttpRequest) -> HttpResponse:
    """Every figure of the journey as CSV, at full precision."""
    del request
    return _csv(journey_page()["table"].records(), "journey.csv")


@allow(anyone)
@kept(released)
def method(request: HttpRequest) -> HttpResponse:
    """How the figures are worked out, in words and in numbers."""
    return render(request, "evidence/method.html", method_page())


@allow(anyone)
@kept(released, *ASKED)
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure for England and Wales; with `place` in the address, on to that place."""
    if wanted := request.GET.get("place", "").strip():
        question = ask(slug, place=wanted, **read_question(request.GET))
        asked = {name: str(value) for name, value in request.GET.items() if name != "place" and value}
        url = reverse("evidence:place", args=[slug, question.place.code])
        return HttpResponseRedirect(f"{url}?{urlencode(asked)}" if asked else url)
    if (gap := unanswered(slug)) is not None:
        return render(request, "evidence/gap.html", gap_page(gap))
    return _page(request, _shown(request, slug))


@allow(anyone)
@kept(released, *ASKED)
def place(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One measure in one place."""
    return _page(request, _shown(request, slug, code))


@allow(anyone)
@kept(released, *ASKED)
def table(request: HttpRequest, slug: str, code: str, name: str) -> HttpResponse:
    """The table of one exhibit as CSV, at full precision."""
    shown = _shown(request, slug, code)
    found = _exhibit(shown, name)
    if found.table is None:
        raise Refused(_("This exhibit has no table."), code="no-table", status=404)
    return _csv(records(shown, found, found.table), filename(shown, found))


@allow(anyone)
@kept(released, *ASKED)
def chart(request: HttpRequest, slug: str, code: str, name: str) -> HttpResponse:
    """The chart of one exhibit as an SVG file that needs nothing else."""
    found = _exhibit(_shown(request, slug, code), name)
    if found.chart is None:
        raise Refused(_("This exhibit has no chart."), code="no-chart", status=404)
    source = next((text for term, text in found.receipt.pairs if term == _("Source")), "") if found.receipt else ""
    drawn = charts.standalone(found.chart, heading=found.heading, subtitle=found.subtitle, source=source)
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _csv(lines: Iterable[Iterable[object]], name: str) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(request: HttpRequest, slug: str, code: str = "") -> Shown:
    asked = read_question(request.GET)
    question = ask(slug, place=code, **asked) if code else ask(slug, **asked)
    return shown_for(question, request.GET.get("group", ""))


def _page(request: HttpRequest, shown: Shown) -> HttpResponse:
    return render(request, "evidence/measure.html", measure_page(shown, request.GET))


def _exhibit(shown: Shown, name: str) -> Exhibit:
    found = exhibit(shown, name)
    if found is None:
        message = _("No exhibit of this page is called “%(name)s”. There are: %(known)s.")
        known = (*EXHIBITS, *(one.id for one in shown.answered.measure.further))
        said = {"name": name, "known": ", ".join(known)}
        raise Refused(message % said, near=known, code="unknown-exhibit", status=404)
    return found
