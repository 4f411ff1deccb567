"""What a funder and staff see: the dashboard of a programme, its reports as pages and files, and their steps."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Chooser, Link
from evenhand.core.errors import Refused
from evenhand.core.exports import pdf_response, sheet_response, written
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import resolve
from evenhand.domains.support.actions import reports as actions
from evenhand.domains.support.forms.reports import CorrectForm, QuestionForm, RedraftForm, ReplyForm
from evenhand.domains.support.lifecycle import REPORT
from evenhand.domains.support.lifecycle.payers import onlooker
from evenhand.domains.support.lifecycle.reports import OUT
from evenhand.domains.support.models import FunderReport
from evenhand.domains.support.people import officer, reader
from evenhand.domains.support.queries.reporting import figures_of, kept_figures, periods_of, rows_of
from evenhand.domains.support.queries.reports import (
    Told,
    changed,
    demonstration,
    document_of,
    in_plain_words,
    in_words,
    invented,
    sheet_of,
    shown,
    times_told,
    words_on_numbers,
)
from evenhand.domains.support.rules.periods import Period
from evenhand.domains.support.rules.programmes import Programme, UnknownProgramme, programme, programmes
from evenhand.domains.support.rules.reporting import Rows, added_up, at_least

FORMS: dict[str, Any] = {"redraft": RedraftForm, "query": QuestionForm, "answer": ReplyForm}


@allow(reader)
def reports(request: HttpRequest) -> HttpResponse:
    """Every programme whose dashboard is open to the caller, with its reports."""
    caller = caller_of(request)
    found = [
        (one, [(each, REPORT.state(each.status).label) for each in _open_to(request, one.slug)])
        for one in programmes()
        if onlooker.admits(caller, one.slug)
    ]
    return render(request, "support/reports/list.html", {"programmes": found})


@allow(reader)
def dashboard(request: HttpRequest, programme: str) -> HttpResponse:
    """How a programme stands: one of the times that may be told, and at least how many have asked by now."""
    declared = _declared(request, programme)
    rows, times = _times(programme)
    told = _chosen(request, times)
    where = reverse("support:dashboard", args=[programme])
    options = tuple(Link(one.name, f"{where}?time={one.key}", current=one == told) for one in times)
    context = {
        "programme": declared,
        "demonstration": demonstration() if invented(declared) else "",
        "told": told,
        "times": Chooser(_("Which time"), options) if times else None,
        "asked": in_plain_words(at_least(len(rows.asked))),
        "of": shown(_figures(programme, rows, told)) if told else None,
        "reports": [(one, REPORT.state(one.status).label) for one in _open_to(request, programme)],
        **words_on_numbers(),
    }
    return render(request, "support/reports/dashboard.html", context)


@allow(reader)
def dashboard_file(request: HttpRequest, programme: str, form: str) -> HttpResponse:
    """What the dashboard shows, to take away as a spreadsheet or a document."""
    declared = _declared(request, programme)
    rows, times = _times(programme)
    told = _chosen(request, times)
    if told is None:
        raise Http404
    return _file(declared, _figures(programme, rows, told), told, form, "")


@allow(reader)
def report(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """One report, its steps, its questions, its issues, and what was done."""
    one = _found(request, programme, pk)
    lines = list(lines_about(one.ref)[:40])
    known = resolve([line.by for line in lines])
    labels = {f"{REPORT.name}.{move.name}": move.label for move in REPORT.moves}
    labels["support.report.correct"] = _("A new issue was begun")
    caller = caller_of(request)
    latest = one.issues.first() == one
    context = page_of(one) | {
        "state": REPORT.state(one.status).label,
        "moves": [
            (move, FORMS[move.name](initial={"words": one.words}, auto_id=f"{move.name}-%s"))
            if move.name in FORMS
            else (move, None)
            for move in REPORT.open_to(one, caller)
        ],
        "correcting": CorrectForm() if latest and one.status in OUT and officer.admits(caller) else None,
        "issues": [each for each in _open_to(request, programme) if each.issue != one.issue and _same(each, one)],
        "lines": [(line, known[line.by].title, _(labels.get(line.tag, _("Expected")))) for line in lines],
    }
    return render(request, "support/reports/report.html", context)


@allow(reader)
def report_file(request: HttpRequest, programme: str, pk: int, form: str) -> HttpResponse:
    """A report to take away."""
    one = _found(request, programme, pk)
    if not one.figures:
        raise Http404
    return file_of(one, form)


@allow(reader, methods=("POST",))
@whole
def move(request: HttpRequest, programme: str, pk: int, name: str) -> HttpResponse:
    """Take a step with a report, or begin a new issue of it."""
    one = _found(request, programme, pk)
    if name not in {"correct", *(step.name for step in REPORT.moves)}:
        raise Http404
    form = {**FORMS, "correct": CorrectForm}[name](request.POST) if name in {*FORMS, "correct"} else None
    if form is not None and not form.is_valid():
        messages.error(request, _("Write it first."))
        return redirect("support:report", programme=programme, pk=pk)
    given = form.cleaned_data if form else {}
    try:
        if name == "correct":
            one = actions.correct(one, by=caller_of(request), **given)
        else:
            actions.move(one, name, by=caller_of(request), **given)
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("Done."))
    return redirect("support:report", programme=programme, pk=one.pk)


def page_of(one: FunderReport) -> dict[str, Any]:
    """What every page of a report shows, whoever reads it."""
    declared, before = programme(one.programme), one.issues.filter(issue__lt=one.issue).first()
    return {
        "report": one,
        "programme": declared,
        "period": in_words(Period(one.begins_on, one.ends_on)),
        "demonstration": demonstration() if invented(declared) else "",
        "of": shown(one.figures) if one.figures else None,
        "otherwise": changed(before.figures, one.figures) if before and one.figures else None,
        "questions": one.questions.all(),
        **words_on_numbers(),
    }


def file_of(one: FunderReport, form: str) -> HttpResponse:
    """A report as a file, with the figures that were kept."""
    period = Period(one.begins_on, one.ends_on)
    return _file(programme(one.programme), one.figures, Told("report", in_words(period), (period,)), form, one.words)


def _declared(request: HttpRequest, slug: str) -> Programme:
    """A programme that the caller may look at; to a funder there is no other than their own."""
    try:
        declared = programme(slug)
    except UnknownProgramme:
        raise Http404 from None
    if not onlooker.admits(caller_of(request), slug):
        raise Http404
    return declared


def _found(request: HttpRequest, slug: str, pk: int) -> FunderReport:
    _declared(request, slug)
    one: FunderReport = get_object_or_404(_open_to(request, slug), pk=pk)
    return one


def _open_to(request: HttpRequest, slug: str) -> QuerySet[FunderReport]:
    """Reports as far as the caller may open them: staff all, others those that were sent."""
    found = FunderReport.objects.filter(programme=slug)
    return found if officer.admits(caller_of(request)) else found.filter(status__in=OUT)


def _same(one: FunderReport, other: FunderReport) -> bool:
    return (one.begins_on, one.ends_on) == (other.begins_on, other.ends_on)


def _times(slug: str) -> tuple[Rows, tuple[Told, ...]]:
    rows = rows_of(slug)
    today = timezone.localdate()
    return rows, times_told(periods_of(slug, rows, today), today)


def _chosen(request: HttpRequest, times: tuple[Told, ...]) -> Told | None:
    """The time that is asked for, the last period if none is; None if nothing may be told yet."""
    asked = request.GET.get("time", "")
    if not times:
        return None
    found = {one.key: one for one in times}
    if asked and asked not in found:
        said = {"times": "; ".join(f"{one.name} ({one.key})" for one in times)}
        message = _("There are no figures of that time. There are figures of: %(times)s.") % said
        raise Refused(message, near=tuple(found), code="unknown-time")
    return found[asked] if asked else times[0]


def _figures(slug: str, rows: Rows, told: Told) -> dict[str, Any]:
    """Of one period, as it was reported if it was; of several, what they add up to."""
    if len(told.periods) > 1 or told.key in {"year", "whole"}:
        return added_up(rows, told.periods)
    return kept_figures(slug).get(told.period) or figures_of(rows, told.period)


def _file(declared: Programme, figures: dict[str, Any], told: Told, form: str, words: str) -> HttpResponse:
    saved_as = f"{declared.slug}-report-{told.period.ends.isoformat()}"
    if form == "pdf":
        return pdf_response(document_of(declared, figures, told, words=words), saved_as=saved_as)
    content = written(sheet_of(declared, figures, told, timezone.localdate()), form, stem=saved_as)
    return sheet_response(content, form, stem=saved_as, saved_as=saved_as)
