"""The pages on which figures are brought, looked at, sent on, and published by somebody else."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.access import WRITE, allow, caller_of
from evenhand.core.accounts.views import fresh, whole
from evenhand.core.design.numbers import whole as in_figures
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.domains.evidence import actions
from evenhand.domains.evidence.forms.figures import DecisionForm, DeclaredForm, DescribedForm, NoteForm, TableForm
from evenhand.domains.evidence.lifecycle import EDITION
from evenhand.domains.evidence.models import Edition
from evenhand.domains.evidence.people import approver, editor, either
from evenhand.domains.evidence.queries.editions.listing import crumbs, editions_page
from evenhand.domains.evidence.queries.editions.page import declaration_of, edition_page, faults_table, report_of
from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import Store

POST = ("POST",)


@allow(either)
def editions(request: HttpRequest) -> HttpResponse:
    """Everything on its way."""
    return render(request, "evidence/figures/list.html", editions_page(caller_of(request)))


@allow(editor, methods=WRITE)
def load(request: HttpRequest) -> HttpResponse:
    """Bring a table with its declaration, or a newer file of one that is here."""
    form = DeclaredForm(*_sent(request), store=_store())
    return _loaded(request, form) or _asked(request, "evidence/figures/load.html", form, _("Load figures"))


@allow(editor, methods=WRITE)
def describe(request: HttpRequest) -> HttpResponse:
    """Bring a table, and answer what a declaration would say."""
    form = DescribedForm(*_sent(request))
    return _loaded(request, form) or _asked(request, "evidence/figures/describe.html", form, _("Describe a table"))


@allow(either)
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures on their way."""
    one = get_object_or_404(Edition, pk=pk)
    return render(request, "evidence/figures/edition.html", edition_page(one, caller_of(request)))


@allow(either)
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The declaration, for the next time."""
    del request
    one = get_object_or_404(Edition, pk=pk)
    response = HttpResponse(declaration_of(one), content_type="application/toml")
    response.headers["Content-Disposition"] = f'attachment; filename="{one.dataset}.toml"'
    return response


@allow(editor, methods=POST)
@whole
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send them to be published by somebody else."""
    return _moved(request, pk, "send", _("Sent. Whoever may publish them has been told."))


@allow(editor, methods=POST)
@whole
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take them away."""
    return _moved(request, pk, "withdraw", _("Taken away: nothing of them was published."))


@allow(approver, methods=WRITE)
@fresh
@whole
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish them, or send them back with a reason."""
    one = get_object_or_404(Edition, pk=pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["decision"] == "publish":
            return _moved(request, pk, "publish", _("Published: every page answers from them now."))
        return _moved(request, pk, "return", _("Sent back, with your reason."), why=form.cleaned_data["why"])
    context = edition_page(one, caller_of(request))
    return render(request, "evidence/figures/decide.html", {**context, "form": form})


@allow(either, methods=POST)
@whole
def take_up(request: HttpRequest, dataset: str, version: str) -> HttpResponse:
    """Decide here on figures that were loaded at the terminal."""
    return _tried(request, lambda: actions.take_up(dataset, version, by=caller_of(request)), _("Taken up."))


@allow(editor, methods=WRITE)
def restore(request: HttpRequest, dataset: str, version: str) -> HttpResponse:
    """Put an earlier release forward again, with a note for readers."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        said = _("Put forward again. Look at what it would change, then send it on.")
        return _tried(request, lambda: actions.restore(dataset, version, note=note, by=caller_of(request)), said)
    try:
        report = _store().report(dataset, version)
    except Unknown as fault:
        raise Refused(str(fault), code="unknown-release", status=404) from None
    context = {**report_of(report), "form": form, "crumbs": crumbs(Link(_("Go back to a release"), "", current=True))}
    return render(request, "evidence/figures/restore.html", context)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _asked(request: HttpRequest, template: str, form: TableForm, title: str) -> HttpResponse:
    context = {"form": form, "crumbs": crumbs(Link(title, "", current=True))}
    return render(request, template, {**context, "faults": form.faults})


def _loaded(request: HttpRequest, form: TableForm) -> HttpResponse | None:
    """On to the page of what was loaded; nothing, and the faults with the form, where anything is wrong."""
    if not form.is_valid():
        return None
    try:
        edition, is_new = actions.load(form.own, form.content, by=caller_of(request))
    except RefusedFile as refused:
        form.faults = faults_table(refused.faults)
        count = len(refused.faults)
        text = ngettext(
            "The table was refused, and nothing of it was kept. %(count)s thing is wrong: it is listed below.",
            "The table was refused, and nothing of it was kept. %(count)s things are wrong: they are listed below.",
            count,
        )
        form.add_error("table", text % {"count": in_figures(count)})
        return None
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    said = _("Loaded, and seen by nobody yet. Look at it, then send it on.") if is_new else _("These wait already.")
    messages.success(request, said)
    return redirect("figures:edition", pk=edition.pk)


def _moved(request: HttpRequest, pk: int, move: str, said: str, **details: str) -> HttpResponse:
    one = get_object_or_404(Edition, pk=pk)
    return _tried(request, lambda: EDITION.move(one, move, by=caller_of(request), **details), said, one)


def _tried(request: HttpRequest, work: Callable[[], Edition], said: str, before: Edition | None = None) -> HttpResponse:
    """To the page of the edition, saying that it is done or why not."""
    try:
        after = work()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("figures:edition", pk=before.pk) if before else redirect("figures:list")
    messages.success(request, said)
    return redirect("figures:edition", pk=after.pk)


def _store() -> Store:
    return Store(settings.EVIDENCE_FOLDER)
