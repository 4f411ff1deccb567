"""Where one number comes from, the row of the file that it stands in, and how it and other things are cited."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.core.access import allow, anyone
from evenhand.core.pages import Kept, kept
from evenhand.domains.evidence.forms.questions import ASKED, SETTLED, TRACED, read_question, read_wanted
from evenhand.domains.evidence.queries.answers import ask, released
from evenhand.domains.evidence.queries.citations import WHOLE, of_answer, of_trace
from evenhand.domains.evidence.queries.traces.page import trace_page
from evenhand.domains.evidence.queries.traces.row import row_page
from evenhand.domains.evidence.queries.traces.trace import trace_of
from evenhand.domains.evidence.views.measures import cited, exhibit_of, shown_of

NUMBERS = Kept(64)


@allow(anyone)
@kept(released, *TRACED, *SETTLED, among=NUMBERS)
def trace(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Where one number comes from."""
    question = ask(slug, place=code, **read_question(request.GET))
    found = trace_of(question, read_wanted(request.GET))
    return render(request, "evidence/trace.html", trace_page(question, found))


@allow(anyone)
@kept(released, *TRACED, *SETTLED, among=NUMBERS)
def trace_citation(request: HttpRequest, slug: str, code: str, form: str) -> HttpResponse:
    """How one number is cited, as a file."""
    question = ask(slug, place=code, **read_question(request.GET))
    return cited(of_trace(trace_of(question, read_wanted(request.GET)), question.versions), form)


@allow(anyone)
@kept(released, *ASKED, *SETTLED, among=NUMBERS)
def citation(request: HttpRequest, slug: str, code: str, name: str, form: str) -> HttpResponse:
    """How a page, or the table and chart of one exhibit, is cited, as a file."""
    shown = shown_of(request, slug, code)
    return cited(of_answer(shown, None if name == WHOLE else exhibit_of(shown, name)), form)


@allow(anyone)
@kept(released, "column", among=NUMBERS)
def row(request: HttpRequest, dataset: str, version: str, number: str) -> HttpResponse:
    """One row of a source file as it was loaded."""
    column = request.GET.get("column", "").strip()
    return render(request, "evidence/row.html", row_page(dataset, version, int(number), column))
