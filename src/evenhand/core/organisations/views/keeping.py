"""The pages of an organisation for who looks after it: details, facts, people, invitations."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import NAMES, WRITE, allow, caller_of, signed_in
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.accounts.views import fresh, whole
from evenhand.core.errors import Refused
from evenhand.core.organisations import actions
from evenhand.core.organisations.actions import keeping
from evenhand.core.organisations.communities import communities
from evenhand.core.organisations.forms import DetailsForm, FactForm, InvitationForm, WhyForm
from evenhand.core.organisations.models import Fact, Invitation, Organisation
from evenhand.core.organisations.people import OWNER, owner
from evenhand.core.organisations.queries import (
    entries_of,
    invitations_open,
    keepers_of,
    organisations_kept_by,
    standings,
)
from evenhand.library.places import UnknownPlace, place


@allow(signed_in)
def kept(request: HttpRequest, slug: str) -> HttpResponse:
    """What is held of an organisation, and what can be done to it."""
    return _shown(request, _kept(request, slug))


@allow(signed_in, methods=WRITE)
@whole
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what the public reads."""
    organisation = _kept(request, slug)
    instance = Organisation.objects.get(pk=organisation.pk)
    form = DetailsForm(request.POST or None, instance=instance, initial={"seen": actions.stand_of(organisation)})
    if request.method == "POST" and form.is_valid():
        said, by = dict(form.cleaned_data), caller_of(request)
        name, areas, seen = said.pop("name"), said.pop("areas"), said.pop("seen")
        try:
            actions.look_again(organisation, seen)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            return _changed_meanwhile(request, organisation, form)
        actions.change(organisation, by=by, **said)
        actions.rename(organisation, name, by=by)
        actions.set_areas(organisation, areas, by=by)
        messages.success(request, _("The entry was changed."))
        return redirect("organisation_kept", slug=slug)
    return render(request, "organisations/change.html", {"organisation": organisation, "form": form})


def _changed_meanwhile(request: HttpRequest, organisation: Organisation, form: DetailsForm) -> HttpResponse:
    """What is typed stays, beside what stands now; what is sent next takes its place."""
    now = Organisation.objects.get(pk=organisation.pk)
    differs = [
        (form.fields[name].label, str(getattr(now, name)))
        for name in DetailsForm.Meta.fields
        if form.cleaned_data[name] != getattr(now, name)
    ]
    again = request.POST.copy()
    again["seen"] = actions.stand_of(now)
    form.data = again
    context = {"organisation": organisation, "form": form, "differs": differs}
    return render(request, "organisations/change.html", context, status=409)


@allow(signed_in, methods=WRITE)
@whole
def state_fact(request: HttpRequest, slug: str) -> HttpResponse:
    """State one of the three facts, or state it anew."""
    organisation, form = _kept(request, slug), FactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        about, kind = said.pop("community"), said.pop("kind")
        try:
            actions.confirm_fact(
                organisation, kind, about, by=caller_of(request), on=timezone.localdate(), basis=Fact.Basis.SAID, **said
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The fact is stated, with today's date."))
            return redirect("organisation_kept", slug=slug)
    return render(request, "organisations/fact.html", {"organisation": organisation, "form": form})


@allow(signed_in, methods=("POST",))
@whole
def withdraw_fact(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a fact back."""
    organisation = _kept(request, slug)
    fact = get_object_or_404(Fact, pk=pk, organisation=organisation)
    why = _("Taken back by the organisation.")
    return _done(
        request,
        organisation,
        lambda: actions.withdraw_fact(fact, by=caller_of(request), why=why),
        _("The fact was taken back."),
    )


@allow(signed_in, methods=("POST",))
@fresh
@whole
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite somebody."""
    organisation, form = _kept(request, slug), InvitationForm(request.POST)
    if not form.is_valid():
        return _shown(request, organisation, form)
    try:
        keeping.invite(organisation, form.cleaned_data["email"], form.cleaned_data["role"], by=caller_of(request))
    except Refused as refusal:
        form.add_error("email", refusal.message)
        return _shown(request, organisation, form)
    messages.success(request, _("The invitation is on its way."))
    return redirect("organisation_kept", slug=slug)


@allow(signed_in, methods=("POST",))
@whole
def withdraw_invitation(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    organisation = _kept(request, slug)
    invitation = get_object_or_404(Invitation, pk=pk, organisation=organisation)
    return _done(
        request,
        organisation,
        lambda: keeping.withdraw_invitation(invitation, by=caller_of(request)),
        _("The invitation was taken back."),
    )


@allow(signed_in, methods=("POST",))
@whole
def end(request: HttpRequest, slug: str, held: int) -> HttpResponse:
    """End somebody's part, or one's own."""
    organisation = _kept(request, slug)
    role = get_object_or_404(RoleHeld.objects.holding(), pk=held, organisation=organisation)
    try:
        keeping.end_keeping(role, by=caller_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("organisation_kept", slug=slug)
    messages.success(request, _("That part has ended."))
    person = caller_of(request).person
    left = not RoleHeld.objects.filter(person=person, organisation=organisation).holding().exists()
    return redirect("organisations_mine") if left else redirect("organisation_kept", slug=slug)


@allow(signed_in, methods=("POST",))
@fresh
@whole
def hand_over(request: HttpRequest, slug: str, held: int) -> HttpResponse:
    """Make a member the owner in one's own place."""
    organisation = _kept(request, slug)
    role = get_object_or_404(RoleHeld.objects.holding(), pk=held, organisation=organisation)
    return _done(
        request,
        organisation,
        lambda: keeping.hand_over(organisation, to=role, by=caller_of(request)),
        _("The organisation is handed over. You are a member of it now."),
    )


@allow(signed_in, methods=("POST",))
@whole
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the organisation is no more."""
    organisation, form = _kept(request, slug), WhyForm(request.POST)
    if not owner.admits(caller_of(request), organisation):
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Say why it is closed."))
        return redirect("organisation_kept", slug=slug)
    why, today = form.cleaned_data["why"], timezone.localdate()
    return _done(
        request,
        organisation,
        lambda: actions.close(organisation, by=caller_of(request), on=today, why=why),
        _("The organisation is marked as closed."),
    )


@allow(signed_in, methods=WRITE)
@whole
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Where the link of an invitation leads: it shows, and the button acts."""
    found, caller = keeping.invitation_of(key), caller_of(request)
    if found is None:
        return render(request, "organisations/no_invitation.html", status=404)
    if request.method == "POST":
        try:
            keeping.accept_invitation(key, by=caller)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("organisations_mine")
        messages.success(request, _("You now look after %(name)s.") % {"name": found.organisation.title})
        return redirect("organisation_kept", slug=found.organisation.slug)
    context = {
        "invitation": found,
        "role": _(NAMES[found.role]),
        "theirs": caller.person is not None and caller.person.email == found.email,
    }
    return render(request, "organisations/invitation.html", context)


def _kept(request: HttpRequest, slug: str) -> Organisation:
    """One that the caller looks after; to anybody else there is none."""
    return get_object_or_404(organisations_kept_by(caller_of(request)), slug=slug)


def _done(request: HttpRequest, organisation: Organisation, work: Callable[[], object], said: str) -> HttpResponse:
    try:
        work()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("organisation_kept", slug=organisation.slug)


def _shown(request: HttpRequest, organisation: Organisation, form: InvitationForm | None = None) -> HttpResponse:
    caller = caller_of(request)
    context: dict[str, Any] = {
        "organisation": organisation,
        "facts": [(fact, communities().get(fact.community)) for fact in organisation.facts.order_by("kind", "pk")],
        "areas": [_area(one.code) for one in organisation.areas.all()],
        "keepers": keepers_of(organisation),
        "invitations": invitations_open(organisation),
        "standing": standings([organisation.pk])[organisation.pk],
        "entries": entries_of(organisation),
        "owns": owner.admits(caller, organisation),
        "owner_role": OWNER,
        "me": caller.person,
        "form": form or InvitationForm(),
        "why_form": WhyForm(),
    }
    return render(request, "organisations/kept.html", context, status=200)


def _area(code: str) -> str:
    try:
        return place(code).name
    except UnknownPlace:
        return code
