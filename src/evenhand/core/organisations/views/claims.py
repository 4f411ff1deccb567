"""The pages of a claim: begun with a number, proven by the organisation's mail or by evidence."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import WRITE, allow, caller_of, signed_in
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.core.organisations.actions import claims as actions
from evenhand.core.organisations.forms import EvidenceForm, NumberForm
from evenhand.core.organisations.lifecycle import CLAIM
from evenhand.core.organisations.models import Claim, Organisation
from evenhand.core.organisations.people import claimant
from evenhand.core.organisations.queries import claims_of, entry_numbered, named_like, organisations_kept_by, prefill


@allow(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """The organisations that somebody looks after, and their claims."""
    caller = caller_of(request)
    context = {
        "kept": organisations_kept_by(caller),
        "claims": [(claim, CLAIM.state(claim.status)) for claim in claims_of(caller)],
    }
    return render(request, "organisations/mine.html", context)


@allow(signed_in, methods=WRITE)
@whole
def begin(request: HttpRequest) -> HttpResponse:
    """Ask to look after an entry: of a number, of a new group, or of an organisation that is listed."""
    slug = request.POST.get("organisation") or request.GET.get("organisation") or ""
    listed = get_object_or_404(Organisation, slug=slug, merged_into=None) if slug else None
    form = NumberForm(request.POST or None) if listed is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        said = form.cleaned_data if form is not None else {}
        if like := _like(said):
            return render(request, "organisations/like.html", {"like": like, "said": said})
        try:
            claim = actions.begin_claim(by=caller_of(request), organisation=listed, **_meant(said))
        except Refused as refusal:
            if form is None:
                messages.error(request, refusal.message)
            else:
                form.add_error("name" if said["register"] == "none" else "number", refusal.message)
        else:
            return redirect("claim", pk=claim.pk)
    return render(request, "organisations/begin.html", {"form": form, "listed": listed})


@allow(signed_in)
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One claim: what the register says, and how to prove it."""
    return _shown(request, _mine(request, pk), EvidenceForm())


@allow(signed_in, methods=("POST",))
@whole
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a link to the organisation's own address."""
    return _moved(request, pk, "send", _("A link is on its way to the organisation. It holds for three days."))


@allow(signed_in, methods=("POST",))
@whole
def hand_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask an editor to look at the evidence."""
    return _moved(request, pk, "hand-in", _("An editor will look at it, and you will get a letter."))


@allow(signed_in, methods=("POST",))
@whole
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No longer want it."""
    return _moved(request, pk, "withdraw", _("The claim is withdrawn."))


@allow(signed_in, methods=("POST",))
def add_evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand in a file."""
    found, form = _mine(request, pk), EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_evidence(found, said["kind"], said["file"], by=caller_of(request))
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, _("The file is kept. Only editors can see it."))
            return redirect("claim", pk=pk)
    return _shown(request, found, form)


@allow(signed_in, methods=WRITE)
@whole
def prove(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Where the link of a letter leads: it shows, and only the button acts, since mail scanners follow links too."""
    found = Claim.objects.select_related("person", "organisation").filter(pk=pk).first()
    theirs = found is not None and claimant.admits(caller_of(request), found)
    holds = found is not None and actions.link_holds(found, key)
    if found is None or not (theirs or holds):  # to whoever has no right link, no claim is there
        return _proving(request, None, status=404)
    if request.method == "POST" and theirs:
        try:
            moved = CLAIM.move(found, "prove", by=caller_of(request), key=key)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("claim", pk=pk)
        messages.success(request, _("You now look after %(name)s.") % {"name": moved.organisation.title})
        return redirect("organisation_kept", slug=moved.organisation.slug)
    return _proving(request, found, theirs=theirs, holds=holds)


def _proving(request: HttpRequest, found: Claim | None, *, status: int = 200, **said: bool) -> HttpResponse:
    return render(request, "organisations/prove.html", {"claim": found, **said}, status=status)


def _like(said: dict[str, Any]) -> list[Organisation]:
    """Entries of a like name, to be looked at before another is begun."""
    return named_like(said["name"]) if said.get("register") == "none" and not said["new"] else []


def _meant(said: dict[str, Any]) -> dict[str, str]:
    if not said:
        return {}
    if said["register"] == "none":
        return {"name": said["name"], "about": said["about"]}
    return {"register": said["register"], "number": said["number"]}


def _mine(request: HttpRequest, pk: UUID) -> Claim:
    found = claims_of(caller_of(request)).select_related("organisation", "person").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _moved(request: HttpRequest, pk: UUID, move: str, said: str) -> HttpResponse:
    try:
        CLAIM.move(_mine(request, pk), move, by=caller_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("claim", pk=pk)


def _shown(request: HttpRequest, found: Claim, form: EvidenceForm) -> HttpResponse:
    entry = entry_numbered(found.scheme, found.number) if found.number else None
    context = {
        "claim": found,
        "state": CLAIM.state(found.status),
        "said": prefill(entry, on=timezone.localdate()) if entry else None,
        "entry": entry,
        "address": actions.address_on_register(found),
        "moves": {move.name for move in CLAIM.open_to(found, caller_of(request))},
        "evidence": found.evidence.select_related("file"),
        "form": form,
        "links_left": actions.MOST_LINKS - found.links_sent,
    }
    return render(request, "organisations/claim.html", context)
