"""The directory's desk in the staff home: what waits, what is reported, what grows old, and each history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import resolve
from evenhand.domains.directory.actions import listings
from evenhand.domains.directory.actions.reports import settle
from evenhand.domains.directory.forms import OutcomeForm, WhyForm
from evenhand.domains.directory.lifecycle import LISTING
from evenhand.domains.directory.models import Report, Service
from evenhand.domains.directory.people import editor
from evenhand.domains.directory.queries import kept
from evenhand.domains.directory.queries.shown import shown_of
from evenhand.web.staff.home import at_home

PAGE, LINES = 50, 50


@allow(editor)
@at_home
def desk(request: HttpRequest) -> HttpResponse:
    """What wants an editor's attention."""
    return _desk(request)


def _desk(request: HttpRequest, typed: dict[UUID, OutcomeForm] | None = None) -> HttpResponse:
    """The desk, with what was typed about a report and could not be taken."""
    typed = typed or {}
    today = timezone.localdate()
    wanted = request.GET.get("q", "").strip()
    found = Service.objects.select_related("organisation").order_by("name", "slug")
    if wanted:
        found = found.filter(name__icontains=wanted) | found.filter(organisation__name__icontains=wanted)
    context: dict[str, Any] = {
        "submitted": kept.submitted()[:PAGE],
        "reports": [
            (one, typed.get(one.pk, OutcomeForm(auto_id=f"id_{one.pk}_%s"))) for one in kept.reports_open()[:PAGE]
        ],
        "changed": kept.changed_by_keepers()[:PAGE],
        "silent": kept.without_address(today)[:PAGE],
        "regions": kept.stale_by_region(today),
        "wanted": wanted,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")) if wanted else None,
    }
    return render(request, "web/staff/directory.html", context, status=400 if typed else 200)


@allow(editor)
@at_home
def listing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One listing: what it says, the steps that are open, its versions and its journal."""
    return _listing(request, get_object_or_404(Service.objects.select_related("organisation"), pk=pk))


def _listing(request: HttpRequest, one: Service, typed: dict[str, WhyForm] | None = None) -> HttpResponse:
    """The page of a listing, with a reason that was typed and could not be taken."""
    typed = typed or {}
    lines = list(lines_about(one.ref)[:LINES])
    steps = kept.history(one)
    known = resolve([line.by for line in lines] + [step.version.by for step in steps])
    context = {
        "service": one,
        "shown": shown_of(one),
        "state": LISTING.state(one.status).label,
        "moves": [
            (each, typed.get(each.name, WhyForm(auto_id=f"id_{each.name}_%s")) if "why" in each.needs else None)
            for each in LISTING.open_to(one, caller_of(request))
        ],
        "steps": [(step, known[step.version.by].title) for step in steps],
        "lines": [(line, known[line.by].title) for line in lines],
    }
    return render(request, "web/staff/listing.html", context, status=400 if typed else 200)


@allow(editor, methods=("POST",))
@at_home
@whole
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with a listing."""
    one = get_object_or_404(Service, pk=pk)
    offered = {each.name: each for each in LISTING.open_to(one, caller_of(request))}
    if name not in offered:
        messages.error(request, _("That step is not open to you now. Look again: somebody may have taken it."))
        return redirect("staff_listing", pk=pk)
    details: dict[str, str] = {}
    if "why" in offered[name].needs:
        form = WhyForm(request.POST, auto_id=f"id_{name}_%s")
        if not form.is_valid():
            messages.error(request, _("Nothing was done: see what is wrong beside the step."))
            return _listing(request, one, {name: form})
        details = form.cleaned_data
    try:
        listings.move(one, name, by=caller_of(request), **details)
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("Done: %(step)s.") % {"step": _(offered[name].label)})
    return redirect("staff_listing", pk=pk)


@allow(editor, methods=("POST",))
@at_home
@whole
def look_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What its own people changed was looked at."""
    listings.look_over(get_object_or_404(Service, pk=pk), by=caller_of(request))
    messages.success(request, _("It is off the list. The day of its check stays as it was."))
    return redirect("staff_directory")


@allow(editor, methods=("POST",))
@at_home
@whole
def undo(request: HttpRequest, pk: UUID, version: int) -> HttpResponse:
    """Let a listing say again what it said in an earlier version."""
    one = get_object_or_404(Service, pk=pk)
    try:
        listings.undo(one, version, by=caller_of(request))
    except (Refused, ValidationError) as fault:
        said = "; ".join(fault.messages) if isinstance(fault, ValidationError) else fault.message
        messages.error(request, said)
    else:
        messages.success(request, _("It says again what version %(number)s said.") % {"number": version})
    return redirect("staff_listing", pk=pk)


@allow(editor, methods=("POST",))
@at_home
@whole
def settle_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what came of a report."""
    made = get_object_or_404(Report, pk=pk)
    form = OutcomeForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        messages.error(request, _("Nothing was settled: see what is wrong beside the report."))
        return _desk(request, {made.pk: form})
    try:
        outcome = form.cleaned_data["outcome"]
        settle(made, by=caller_of(request), outcome=outcome, changed=request.POST.get("changed") == "yes")
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("The report is settled."))
    return redirect("staff_directory")
