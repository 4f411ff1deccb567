"""What a funder sees: the dashboard of a programme as it stands, its reports, and what anybody may read."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import READ, allow, anyone, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.core.exports import pdf_response, sheet_response, written
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import resolve
from evenhand.domains.support.actions import reports as actions
from evenhand.domains.support.forms.reports import QuestionForm, RedraftForm, ReplyForm
from evenhand.domains.support.lifecycle import REPORT
from evenhand.domains.support.models import FunderReport
from evenhand.domains.support.people import funder, officer, reader
from evenhand.domains.support.queries.grants import package_of
from evenhand.domains.support.queries.reporting import figures_of, promises_of
from evenhand.domains.support.queries.reports import document_of, sheet_of, shown, small_numbers, too_few
from evenhand.domains.support.rules.programmes import Programme, UnknownProgramme, programme, programmes

SENT = ("sent", "queried", "answered", "accepted", "published")
FORMS: dict[str, Any] = {"redraft": RedraftForm, "query": QuestionForm, "answer": ReplyForm}


@allow(reader)
def reports(request: HttpRequest) -> HttpResponse:
    """Every programme that has a dashboard."""
    return render(request, "support/reports/list.html", {"programmes": programmes()})


@allow(reader)
def dashboard(request: HttpRequest, programme: str) -> HttpResponse:
    """A programme as it stands today, since the first of April or since a day that is asked for."""
    declared, begins, ends = _asked(request, programme)
    context = {
        "programme": declared,
        "begins": begins,
        "ends": ends,
        "query": f"from={begins.isoformat()}&to={ends.isoformat()}",
        "of": shown(figures_of(programme, begins, ends)),
        "reports": [(one, REPORT.state(one.status).label) for one in _open_to(request, programme)],
        "small_numbers": small_numbers(),
        "too_few": too_few(),
    }
    return render(request, "support/reports/dashboard.html", context)


@allow(reader)
def dashboard_file(request: HttpRequest, programme: str, form: str) -> HttpResponse:
    """The dashboard to take away, as a spreadsheet or a document."""
    declared, begins, ends = _asked(request, programme)
    return _file(declared, figures_of(programme, begins, ends), begins, ends, form, "")


@allow(reader)
def report(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """One finished report, its steps, its questions, and what was done."""
    one = get_object_or_404(_open_to(request, programme), pk=pk)
    lines = list(lines_about(one.ref)[:40])
    known = resolve([line.by for line in lines])
    labels = {f"{REPORT.name}.{move.name}": move.label for move in REPORT.moves}
    context = _page(one) | {
        "state": REPORT.state(one.status).label,
        "moves": [
            (move, FORMS[move.name](initial={"words": one.words}, auto_id=f"{move.name}-%s"))
            if move.name in FORMS
            else (move, None)
            for move in REPORT.open_to(one, caller_of(request))
        ],
        "lines": [(line, known[line.by].title, _(labels.get(line.tag, _("Expected")))) for line in lines],
    }
    return render(request, "support/reports/report.html", context)


@allow(reader)
def report_file(request: HttpRequest, programme: str, pk: int, form: str) -> HttpResponse:
    """A finished report to take away."""
    one = get_object_or_404(_open_to(request, programme), pk=pk)
    if not one.figures:
        raise Http404
    return _file(_declared(programme), one.figures, one.begins_on, one.ends_on, form, one.words)


@allow(reader, methods=("POST",))
@whole
def move(request: HttpRequest, programme: str, pk: int, name: str) -> HttpResponse:
    """Take a step with a report."""
    one = get_object_or_404(_open_to(request, programme), pk=pk)
    if name not in {step.name for step in REPORT.moves}:
        raise Http404
    form = FORMS[name](request.POST) if name in FORMS else None
    if form is not None and not form.is_valid():
        messages.error(request, _("Write it first."))
    else:
        try:
            actions.move(one, name, by=caller_of(request), **(form.cleaned_data if form else {}))
        except Refused as fault:
            messages.error(request, fault.message)
        else:
            messages.success(request, _("Done."))
    return redirect("support:report", programme=programme, pk=pk)


@allow(anyone)
def public_report(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """The version of a report that everybody may read, once it is published."""
    one = get_object_or_404(FunderReport, programme=programme, pk=pk, status="published")
    return render(request, "support/reports/public.html", _page(one))


@allow(anyone)
def promises(request: HttpRequest, programme: str) -> HttpResponse:
    """How a programme keeps the eight commitments of open and trusting funders."""
    declared = _declared(programme)
    context = {
        "programme": declared,
        "promises": [(one, _(one.found) % one.said) for one in promises_of(declared)],
        "reports": FunderReport.objects.filter(programme=programme, status="published"),
        "grants": reverse("support:grants", args=[programme]),
    }
    return render(request, "support/reports/promises.html", context)


@allow(anyone, methods=READ)
def grants(request: HttpRequest, programme: str) -> HttpResponse:
    """What was awarded, as 360Giving has it."""
    del request
    package = package_of(_declared(programme))
    if package is None:
        raise Http404
    response = JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _declared(slug: str) -> Programme:
    try:
        return programme(slug)
    except UnknownProgramme:
        raise Http404 from None


def _asked(request: HttpRequest, slug: str) -> tuple[Programme, dt.date, dt.date]:
    """The programme and the period that are asked for; a period that is none is the one that is usual."""
    today = timezone.localdate()
    year = today.year if today.month >= 4 else today.year - 1  # noqa: PLR2004  (April)
    days = []
    for name, usual in (("from", dt.date(year, 4, 1)), ("to", today)):
        try:
            days.append(dt.date.fromisoformat(request.GET.get(name, "")))
        except ValueError:
            days.append(usual)
    begins, ends = days
    return _declared(slug), min(begins, ends), max(begins, ends)


def _open_to(request: HttpRequest, slug: str) -> Any:
    """Reports as far as the caller may open them: a funder, those that were sent."""
    found = FunderReport.objects.filter(programme=slug)
    caller = caller_of(request)
    if funder.admits(caller) and not officer.admits(caller):
        return found.filter(status__in=SENT)
    return found


def _page(one: FunderReport) -> dict[str, Any]:
    return {
        "report": one,
        "programme": _declared(one.programme),
        "of": shown(one.figures) if one.figures else None,
        "questions": one.questions.all(),
        "small_numbers": small_numbers(),
        "too_few": too_few(),
    }


def _file(
    declared: Programme, figures: dict[str, Any], begins: dt.date, ends: dt.date, form: str, words: str
) -> HttpResponse:
    saved_as = f"{declared.slug}-report-{ends.isoformat()}"
    if form == "pdf":
        return pdf_response(document_of(declared, figures, begins, ends, words=words), saved_as=saved_as)
    content = written(sheet_of(declared, figures, begins, ends), form, stem=saved_as)
    return sheet_response(content, form, stem=saved_as, saved_as=saved_as)
