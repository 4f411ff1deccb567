"""The journey, the method, the page of each measure, and its exhibits as files."""

from collections.abc import Hashable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.asides import state
from evenhand.core.citations import Citation
from evenhand.core.design import charts
from evenhand.core.design.parts import Exhibit
from evenhand.core.errors import Refused
from evenhand.core.exports import sheet_response, written
from evenhand.core.pages import kept
from evenhand.domains.evidence.forms.questions import ASKED, SETTLED, read_question
from evenhand.domains.evidence.queries import citations
from evenhand.domains.evidence.queries.answers import ask, released, unanswered
from evenhand.domains.evidence.queries.exhibits import EXHIBITS
from evenhand.domains.evidence.queries.exhibits import exhibit as exhibit_named
from evenhand.domains.evidence.queries.exhibits.downloads import drawing, filename, sheet
from evenhand.domains.evidence.queries.exhibits.receipts import PICTURES
from evenhand.domains.evidence.queries.journey import journey as journey_page
from evenhand.domains.evidence.queries.journey import journey_sheet
from evenhand.domains.evidence.queries.pages import gap_page, measure_page, method_page
from evenhand.domains.evidence.queries.shown import Shown, shown_for


@allow(anyone)
@kept(released)
def journey(request: HttpRequest) -> HttpResponse:
    """The stages in order, and what is known at each."""
    return render(request, "evidence/journey.html", journey_page())


@allow(anyone)
@kept(released)
def journey_table(request: HttpRequest, form: str) -> HttpResponse:
    """Every figure of the journey as a file, at full precision."""
    del request
    return sheet_response(written(journey_sheet(), form, stem="journey"), form, stem="journey", saved_as="journey")


@allow(anyone)
@kept(released)
def method(request: HttpRequest) -> HttpResponse:
    """How the figures are worked out, in words and in numbers."""
    return render(request, "evidence/method.html", method_page())


def _shown_now() -> Hashable:
    """What the page of a measure depends on: the figures, and what other parts have to say of them."""
    return released(), state("evidence.measure")


@allow(anyone)
@kept(_shown_now, *ASKED, *SETTLED)
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure for England and Wales; with `place` in the address, on to that place."""
    if wanted := request.GET.get("place", "").strip():
        question = ask(slug, place=wanted, **read_question(request.GET))
        asked = {name: str(value) for name, value in request.GET.items() if name != "place" and value}
        url = reverse("evidence:place", args=[slug, question.place.code])
        return HttpResponseRedirect(f"{url}?{urlencode(asked)}" if asked else url)
    if (gap := unanswered(slug)) is not None:
        return render(request, "evidence/gap.html", gap_page(gap))
    return _page(request, shown_of(request, slug))


@allow(anyone)
@kept(_shown_now, *ASKED, *SETTLED)
def place(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One measure in one place."""
    return _page(request, shown_of(request, slug, code))


@allow(anyone)
@kept(released, *ASKED, *SETTLED)
def exhibit(request: HttpRequest, slug: str, code: str, name: str, form: str) -> HttpResponse:
    """One exhibit as a file: its table at full precision, or its chart as a picture that needs nothing else."""
    shown = shown_of(request, slug, code)
    query = urlencode([(name, request.GET[name]) for name in ASKED if name in request.GET])
    return file_of(shown, exhibit_of(shown, name), form, query=query)


def file_of(shown: Shown, found: Exhibit, form: str, *, query: str) -> HttpResponse:
    """Any exhibit as a file, asked for with this query."""
    if form in PICTURES:
        return _picture(shown, found, form)
    if found.table is None:
        raise Refused(_("This exhibit has no table."), code="no-table", status=404)
    content = written(sheet(shown, found, found.table), form, stem=found.id, query=query)
    return sheet_response(content, form, stem=found.id, saved_as=filename(shown, found), query=query)


def _picture(shown: Shown, exhibit: Exhibit, form: str) -> HttpResponse:
    if exhibit.chart is None:
        raise Refused(_("This exhibit has no chart."), code="no-chart", status=404)
    drawn = drawing(shown, exhibit, exhibit.chart)
    if form == "png":
        response = HttpResponse(charts.picture(drawn), content_type="image/png")
    else:
        response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Content-Disposition"] = f'inline; filename="{filename(shown, exhibit)}.{form}"'
    return response


def shown_of(request: HttpRequest, slug: str, code: str = "") -> Shown:
    asked = read_question(request.GET)
    question = ask(slug, place=code, **asked) if code else ask(slug, **asked)
    return shown_for(question, request.GET.get("group", ""))


def _page(request: HttpRequest, shown: Shown) -> HttpResponse:
    return render(request, "evidence/measure.html", measure_page(shown, request.GET))


def exhibit_of(shown: Shown, name: str) -> Exhibit:
    found = exhibit_named(shown, name)
    if found is None:
        message = _("No exhibit of this page is called “%(name)s”. There are: %(known)s.")
        known = (*EXHIBITS, *(one.id for one in shown.answered.measure.further))
        said = {"name": name, "known": ", ".join(known)}
        raise Refused(message % said, near=known, code="unknown-exhibit", status=404)
    return found


def cited(citation: Citation, form: str) -> HttpResponse:
    """A citation as a file of one form."""
    response = HttpResponse(citations.written(citation, form), content_type=f"{citations.TYPES[form]}; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{citation.name}.{form}"'
    return response
