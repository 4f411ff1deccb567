"""The listings that an organisation keeps: seen, changed, confirmed with one click, and closed by its members."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import READ, WRITE, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.actions import listings
from evenhand.domains.directory.forms import ListingForm
from evenhand.domains.directory.lifecycle import LISTING
from evenhand.domains.directory.people import organisations_of, writing
from evenhand.domains.directory.queries.facts import facts_of
from evenhand.domains.directory.queries.kept import services_kept_by
from evenhand.domains.directory.queries.shown import checked_of

DONE = {  # what is said once a step is taken
    "submit": gettext_lazy("It is sent. Somebody else checks it, and you get a message."),
    "confirm": gettext_lazy("Thank you. It counts as checked today; we ask again in about three months."),
    "close": gettext_lazy("It is closed. Its page says so."),
    "reopen": gettext_lazy("It is sent to be checked again."),
}


@allow(writing)
def mine(request: HttpRequest) -> HttpResponse:
    """Every listing of the organisations that one belongs to, what each waits for first."""
    caller, today = caller_of(request), timezone.localdate()
    services = services_kept_by(caller).select_related("organisation").order_by("assured_on", "name")
    own = organisations_of(caller)
    rows = [
        (one, LISTING.state(one.status).label, checked_of(one, today), _buttons(request, one))
        for one in services.filter(organisation__in=own)
    ]
    context = {
        "rows": rows,
        "organisations": Organisation.objects.filter(pk__in=own),
        "crumbs": (
            Link(_("Home"), reverse("home")),
            Link(_("Your account"), reverse("account")),
            Link(_("Your services"), "", current=True),
        ),
    }
    return render(request, "directory/mine.html", context)


@allow(writing, methods=WRITE)
@whole
def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Begin a listing for an organisation that one belongs to."""
    if organisation not in organisations_of(caller_of(request)):
        raise Http404
    own = get_object_or_404(Organisation, pk=organisation)
    form = ListingForm(
        request.POST if request.method == "POST" else None,
        initial={"phone": own.phone, "email": own.email, "website": own.website},
    )
    if request.method not in READ and form.is_valid():
        try:
            made = listings.draft(own, form.facts, by=caller_of(request))
        except (Refused, ValidationError) as fault:
            return _shown(request, form, own, fault=fault)
        messages.success(request, _("It is kept as a draft. Look at it, then submit it."))
        return redirect("directory:edit", pk=made.pk)
    return _shown(request, form, own)


@allow(writing, methods=WRITE)
@whole
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a service."""
    one = get_object_or_404(services_kept_by(caller_of(request)).select_related("organisation"), pk=pk)
    form = ListingForm(request.POST if request.method == "POST" else None, instance=one, before=facts_of(one))
    if request.method not in READ and form.is_valid():
        try:
            listings.edit(one, form.facts, by=caller_of(request))
        except (Refused, ValidationError) as fault:
            return _shown(request, form, one.organisation, service=one, fault=fault)
        messages.success(request, _("It is changed. The version before is kept."))
        return redirect("directory:edit", pk=one.pk)
    return _shown(request, form, one.organisation, service=one)


@allow(writing, methods=("POST",))
@whole
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with one's own listing: submit, confirm, close, or open it again."""
    one = get_object_or_404(services_kept_by(caller_of(request)), pk=pk)
    why = {"why": request.POST.get("why", "")} if name == "reopen" else {}
    try:
        listings.move(one, name, by=caller_of(request), **why)
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, DONE[name])
    return redirect("directory:mine")


def _shown(
    request: HttpRequest,
    form: ListingForm,
    own: Organisation,
    *,
    service: Any = None,
    fault: Refused | ValidationError | None = None,
) -> HttpResponse:
    if fault is not None:
        form.add_error(None, "; ".join(fault.messages) if isinstance(fault, ValidationError) else fault.message)
    context = {
        "form": form,
        "organisation": own,
        "service": service,
        "state": LISTING.state(service.status).label if service else "",
        "buttons": _buttons(request, service) if service else (),
        "crumbs": (
            Link(_("Home"), reverse("home")),
            Link(_("Your services"), reverse("directory:mine")),
            Link(service.title if service else _("A new service"), "", current=True),
        ),
    }
    return render(request, "directory/edit.html", context, status=400 if form.errors else 200)


def _buttons(request: HttpRequest, one: Any) -> list[tuple[str, str]]:
    """The steps that whoever looks may take here and now."""
    moves = LISTING.open_to(one, caller_of(request))
    return [(each.name, each.label) for each in moves if each.name in DONE and "why" not in each.needs]
