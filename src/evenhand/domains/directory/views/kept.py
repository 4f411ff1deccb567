"""The listings that an organisation keeps: seen, changed, confirmed with one click, and closed by its members."""

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
from evenhand.domains.directory.forms import ListingForm, WhyForm
from evenhand.domains.directory.lifecycle import LISTING
from evenhand.domains.directory.models import Service
from evenhand.domains.directory.people import organisations_of, writing
from evenhand.domains.directory.queries.facts import COLUMNS, changed_since, facts_of, latest_version
from evenhand.domains.directory.queries.kept import services_kept_by
from evenhand.domains.directory.queries.shown import checked_of

DONE = {  # what is said once a step is taken
    "submit": gettext_lazy("It is sent. Somebody else checks it, and you get a message."),
    "confirm": gettext_lazy("Thank you. It counts as checked today; we ask again in about three months."),
    "close": gettext_lazy("It is closed. Its page says so. If that was a mistake, open it again here."),
    "reopen": gettext_lazy("It is sent to be checked again."),
}
ASKED = ("close", "reopen")  # steps that have a page of their own before they are taken


@allow(writing)
def mine(request: HttpRequest) -> HttpResponse:
    """Every listing of the organisations that one belongs to, what each waits for first."""
    caller, today = caller_of(request), timezone.localdate()
    services = services_kept_by(caller).select_related("organisation").order_by("assured_on", "name")
    own = organisations_of(caller)
    rows = [
        (one, _(LISTING.state(one.status).label), checked_of(one, today), _buttons(request, one))
        for one in services.filter(organisation__in=own)
    ]
    context = {
        "rows": rows,
        "asked": ASKED,
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
    before = facts_of(one)
    given = request.POST if request.method == "POST" else None
    form = ListingForm(given, instance=one, before=before, initial={"seen": latest_version(one)})
    if request.method not in READ and form.is_valid():
        try:
            listings.edit(one, form.facts, by=caller_of(request), seen=form.cleaned_data["seen"])
        except (Refused, ValidationError) as fault:
            return _shown(request, form, one.organisation, service=one, fault=fault)
        messages.success(request, _("It is changed. The version before is kept."))
        return redirect("directory:edit", pk=one.pk)
    return _shown(request, form, one.organisation, service=one)


@allow(writing, methods=("POST",))
@whole
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with one's own listing at once: submit, or confirm."""
    return _moved(request, get_object_or_404(services_kept_by(caller_of(request)), pk=pk), name)


@allow(writing, methods=WRITE)
@whole
def turn(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Close one's own listing, or open it again: a page says what will come of it, and its button does it."""
    services = services_kept_by(caller_of(request)).select_related("organisation")
    one = get_object_or_404(services, pk=pk)
    asks = name == "reopen"
    form = WhyForm(request.POST if request.method == "POST" else None) if asks else None
    if request.method not in READ and (form is None or form.is_valid()):
        return _moved(request, one, name, **(form.cleaned_data if form is not None else {}))
    context = {
        "service": one,
        "form": form,
        "offered": name in {each for each, _label in _buttons(request, one)},
        "state": _(LISTING.state(one.status).label),
        "crumbs": _crumbs(one.title),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, f"directory/{name}.html", context, status=status)


def _moved(request: HttpRequest, one: Service, name: str, **details: str) -> HttpResponse:
    try:
        listings.move(one, name, by=caller_of(request), **details)
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
    service: Service | None = None,
    fault: Refused | ValidationError | None = None,
) -> HttpResponse:
    meanwhile: list[tuple[str, str]] = []
    if service is not None and isinstance(fault, Refused) and fault.code == "changed-meanwhile":
        meanwhile = _meanwhile(request, form, service)
    if fault is not None:
        form.add_error(None, "; ".join(fault.messages) if isinstance(fault, ValidationError) else fault.message)
    context = {
        "form": form,
        "organisation": own,
        "service": service,
        "state": _(LISTING.state(service.status).label) if service else "",
        "buttons": _buttons(request, service) if service else (),
        "asked": ASKED,
        "meanwhile": meanwhile,
        "crumbs": _crumbs(service.title if service else _("A new service")),
    }
    return render(request, "directory/edit.html", context, status=400 if form.errors else 200)


def _meanwhile(request: HttpRequest, form: ListingForm, service: Service) -> list[tuple[str, str]]:
    """What somebody else changed, and what it says now. The form goes on from there: what is sent next stands."""
    one = Service.objects.get(pk=service.pk)
    names = changed_since(one, form.cleaned_data["seen"])
    again = request.POST.copy()
    again["seen"] = str(latest_version(one))
    form.data = again
    now = facts_of(one)
    return [(form.label_of(name), str(now[name] or "") if name in COLUMNS else "") for name in names]


def _buttons(request: HttpRequest, one: Service) -> list[tuple[str, str]]:
    """The steps that whoever looks may take here and now."""
    moves = LISTING.open_to(one, caller_of(request))
    return [(each.name, _(each.label)) for each in moves if each.name in DONE]


def _crumbs(here: str) -> tuple[Link, ...]:
    return (
        Link(_("Home"), reverse("home")),
        Link(_("Your services"), reverse("directory:mine")),
        Link(here, "", current=True),
    )
