"""The pages of the staff home on which editors keep organisations, see evidence, and settle what registers say."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.access import WRITE, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.core.journal.queries import lines_about
from evenhand.core.organisations import actions, queries
from evenhand.core.organisations.actions.alerts import settle_alert
from evenhand.core.organisations.communities import communities
from evenhand.core.organisations.forms import FactForm, WhyForm
from evenhand.core.organisations.lifecycle import CLAIM
from evenhand.core.organisations.models import Alert, Claim, Fact, Load, Organisation
from evenhand.core.organisations.people import editor
from evenhand.core.plain import NAME
from evenhand.core.references import resolve
from evenhand.domains.directory.actions.listings import take_over
from evenhand.library.registers import UnknownIdentifier, read_identifier
from evenhand.web.staff.home import at_home

AT_ONCE, LINES, LOADS = 50, 50, 10
POST = ("POST",)
SHOWN = {
    "": _("All"),
    "renamed": _("Renamed by their own people"),
    "facts": _("With facts to confirm"),
    "closed": _("Closed"),
    "unchecked": _("On no register"),
}


class NameForm(forms.Form):
    """What it is to be called."""

    name = forms.CharField(label=_("Name"), max_length=250, validators=NAME)


class IdentifierForm(forms.Form):
    """A number of a register."""

    identifier = forms.CharField(
        label=_("Identifier"), max_length=40, help_text=_("Such as GB-CHC-1234567 or GB-COH-01234567.")
    )


class EditorsFactForm(FactForm):
    """A fact, and what an editor saw."""

    basis = forms.ChoiceField(label=_("On what basis?"), choices=Fact.Basis.choices)


@allow(editor)
@at_home
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, found by name, number or address, and what waits for an editor."""
    wanted, shown = request.GET.get("q", "").strip(), request.GET.get("show", "")
    found = queries.organisations_seen_by(caller_of(request)).prefetch_related("identifiers")
    if wanted:
        number = wanted.rpartition("-")[2]
        found = found.filter(
            Q(name__icontains=wanted) | Q(names__name__icontains=wanted) | Q(identifiers__value__iexact=number)
        ).distinct()
    if shown == "facts":
        found = found.filter(facts__basis=Fact.Basis.SAID).distinct()
    elif shown == "closed":
        found = found.exclude(closed_on=None)
    elif shown == "renamed":
        found = found.filter(to_look_at=True)
    elif shown == "unchecked":
        found = found.filter(identifiers=None)
    page = Paginator(found, AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "shown": shown,
        "choices": SHOWN.items(),
        "form": NameForm(),
        "alerts": queries.alerts_open().count(),
        "renamed": Organisation.objects.filter(to_look_at=True).count(),
        "claims": queries.claims_waiting().count(),
    }
    return render(request, "web/staff/organisations.html", context)


@allow(editor, methods=POST)
@at_home
@whole
def create(request: HttpRequest) -> HttpResponse:
    """List a new one, by name."""
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type a name, on one line."))
        return redirect("staff_organisations")
    name = form.cleaned_data["name"]
    if request.POST.get("new") != "yes" and (like := queries.named_like(name)):
        return render(request, "web/staff/like.html", {"name": name, "like": like})
    made = actions.create(name, by=caller_of(request))
    return redirect("staff_organisation", pk=made.pk)


@allow(editor)
@at_home
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One organisation: what is held, what registers say, what was done."""
    return _shown(request, get_object_or_404(Organisation, pk=pk))


@allow(editor, methods=POST)
@at_home
@whole
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call it something else."""
    form = NameForm(request.POST)
    return _checked(
        request, pk, form, lambda one: actions.rename(one, form.cleaned_data["name"], by=caller_of(request))
    )


@allow(editor, methods=POST)
@at_home
@whole
def look_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The name that its own people gave it was looked at."""
    actions.look_over(get_object_or_404(Organisation, pk=pk), by=caller_of(request))
    messages.success(request, _("It is off the list."))
    return redirect("staff_organisation", pk=pk)


@allow(editor, methods=POST)
@at_home
@whole
def add_identifier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Match it with an entry of a register."""
    form = IdentifierForm(request.POST)

    def work(one: Organisation) -> object:
        try:
            identifier = read_identifier(form.cleaned_data["identifier"])
        except UnknownIdentifier as fault:
            raise Refused(str(fault), code="unknown-number") from None
        return actions.add_identifier(one, identifier, by=caller_of(request))

    return _checked(request, pk, form, work)


@allow(editor, methods=WRITE)
@at_home
@whole
def confirm_fact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """State a fact, with what it rests on."""
    one = get_object_or_404(Organisation, pk=pk)
    fact = (
        one.facts.filter(pk=request.GET.get("fact", "0") or 0).first()
        if request.GET.get("fact", "").isdigit()
        else None
    )
    started = {name: getattr(fact, name) for name in EditorsFactForm.base_fields} if fact else None
    form = EditorsFactForm(request.POST or None, initial=started)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        kind, about = said.pop("kind"), said.pop("community")
        try:
            actions.confirm_fact(one, kind, about, by=caller_of(request), on=timezone.localdate(), **said)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The fact is confirmed, with today's date."))
            return redirect("staff_organisation", pk=pk)
    return render(request, "web/staff/fact.html", {"organisation": one, "form": form})


@allow(editor, methods=POST)
@at_home
@whole
def withdraw_fact(request: HttpRequest, pk: UUID, fact: int) -> HttpResponse:
    """Take a fact back."""
    form, found = WhyForm(request.POST), get_object_or_404(Fact, pk=fact, organisation=pk)
    return _checked(
        request,
        pk,
        form,
        lambda _one: actions.withdraw_fact(found, by=caller_of(request), why=form.cleaned_data["why"]),
    )


@allow(editor, methods=POST)
@at_home
@whole
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark it as closed."""
    form, today = WhyForm(request.POST), timezone.localdate()
    return _checked(
        request,
        pk,
        form,
        lambda one: actions.close(one, by=caller_of(request), on=today, why=form.cleaned_data["why"]),
    )


@allow(editor, methods=POST)
@at_home
@whole
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark it as open again."""
    form = WhyForm(request.POST)
    return _checked(
        request, pk, form, lambda one: actions.reopen(one, by=caller_of(request), why=form.cleaned_data["why"])
    )


@allow(editor, methods=POST)
@at_home
@whole
def merge(request: HttpRequest, pk: UUID, into: UUID) -> HttpResponse:
    """Make this entry and another one."""
    one, other = get_object_or_404(Organisation, pk=pk), get_object_or_404(Organisation, pk=into)
    try:
        kept = actions.merge(one, into=other, by=caller_of(request), on=timezone.localdate())
        take_over(kept, of=one, by=caller_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff_organisation", pk=pk)
    messages.success(request, _("The two are one now: everything that leads to the other entry leads here."))
    return redirect("staff_organisation", pk=into)


@allow(editor)
@at_home
def alerts(request: HttpRequest) -> HttpResponse:
    """What registers say against organisations that are listed, and the loads that brought it."""
    page = Paginator(queries.alerts_open(), AT_ONCE).get_page(request.GET.get("page"))
    loads = Load.objects.prefetch_related("files")[:LOADS]
    return render(request, "web/staff/alerts.html", {"page": page, "loads": loads, "form": WhyForm()})


@allow(editor, methods=POST)
@at_home
@whole
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of an alert."""
    alert = get_object_or_404(Alert, pk=pk)
    try:
        settle_alert(alert, by=caller_of(request), how=request.POST.get("why", ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The alert is settled."))
    return redirect("staff_alerts")


@allow(editor)
@at_home
def claims(request: HttpRequest) -> HttpResponse:
    """Claims with evidence that an editor has to look at."""
    page = Paginator(queries.claims_waiting(), AT_ONCE).get_page(request.GET.get("page"))
    return render(request, "web/staff/claims.html", {"page": page})


@allow(editor)
@at_home
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One claim: who asks, for what, and what they handed in."""
    return _claim(request, get_object_or_404(Claim.objects.select_related("person", "organisation"), pk=pk))


def _claim(request: HttpRequest, found: Claim, form: WhyForm | None = None) -> HttpResponse:
    """The page of a claim, with a reason that was typed and could not be taken."""
    entry = queries.entry_numbered(found.scheme, found.number) if found.number else None
    context = {
        "claim": found,
        "state": CLAIM.state(found.status).label,
        "said": queries.prefill(entry, on=timezone.localdate()) if entry else None,
        "evidence": found.evidence.select_related("file"),
        "moves": {move.name for move in CLAIM.open_to(found, caller_of(request))},
        "form": form or WhyForm(),
    }
    return render(request, "web/staff/claim.html", context, status=400 if form else 200)


@allow(editor, methods=POST)
@at_home
@whole
def decide(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """Grant or refuse a claim, with the reason."""
    found, form = (
        get_object_or_404(Claim.objects.select_related("person", "organisation"), pk=pk),
        WhyForm(request.POST),
    )
    if not form.is_valid():
        messages.error(request, _("Nothing was decided: see what is wrong with the reason."))
        return _claim(request, found, form)
    try:
        CLAIM.move(found, move, by=caller_of(request), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff_claim", pk=pk)
    messages.success(request, _("The claim is decided, and who made it is told."))
    return redirect("staff_claims")


def _checked(request: HttpRequest, pk: UUID, form: forms.Form, work: Callable[[Organisation], object]) -> HttpResponse:
    """Do it if the form is right, and say how it went."""
    one = get_object_or_404(Organisation, pk=pk)
    if not form.is_valid():
        for name, wrong in form.errors.items():
            messages.error(request, f"{form.fields[name].label}: {' '.join(map(str, wrong))}")
        return redirect("staff_organisation", pk=pk)
    try:
        work(one)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It is done, and in the journal."))
    return redirect("staff_organisation", pk=pk)


def _shown(request: HttpRequest, one: Organisation) -> HttpResponse:
    today, lines = timezone.localdate(), list(lines_about(one.ref)[:LINES])
    known = resolve(line.by for line in lines)
    context: dict[str, Any] = {
        "organisation": one,
        "standing": queries.standings([one.pk])[one.pk],
        "facts": [(fact, communities().get(fact.community)) for fact in one.facts.order_by("kind", "pk")],
        "entries": [(entry, queries.prefill(entry, on=today)) for entry in queries.entries_of(one)],
        "alerts": one.alerts.filter(ended_at=None),
        "evidence": one.evidence.select_related("file"),
        "keepers": queries.keepers_of(one),
        "duplicates": queries.possible_duplicates(one) if one.merged_into_id is None else [],
        "name_form": NameForm(initial={"name": one.name}),
        "identifier_form": IdentifierForm(),
        "why_form": WhyForm(),
        "lines": [(line, known[line.by].title) for line in lines],
    }
    return render(request, "web/staff/organisation.html", context)
