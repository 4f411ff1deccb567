"""The pages of the staff home on which people get and lose their roles."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.access import NAMES, ROLES, allow, caller_of, role
from evenhand.core.accounts import actions
from evenhand.core.accounts.factors import has_second_factor
from evenhand.core.accounts.lifecycle import ERASURE
from evenhand.core.accounts.models import Erasure, Person, RoleHeld
from evenhand.core.accounts.queries import done_by, erasures_open, roles_of
from evenhand.core.accounts.views import fresh, whole
from evenhand.core.errors import Refused
from evenhand.core.journal.queries import lines_about
from evenhand.core.organisations.models import Organisation
from evenhand.core.references import resolve
from evenhand.web.staff.home import at_home

LONDON = ZoneInfo("Europe/London")
LINES, PEOPLE = 50, 50
administrator = role("administrator")


class RoleForm(forms.Form):
    """A role to be given, for an organisation or none, for good or until a day."""

    role = forms.ChoiceField(label=_("Role"), choices=lambda: [(one.slug, one.name) for one in ROLES])
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        to_field_name="slug",
        label=_("For which organisation"),
        help_text=_("The last part of the address of its page, such as demo-bridge. Leave it blank for none."),
        error_messages={"invalid_choice": _("No organisation has that address. Look for it among the organisations.")},
        widget=forms.TextInput,
        required=False,
    )
    until = forms.DateField(
        label=_("Until and with"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_until(self) -> datetime | None:
        """The end of that day in London."""
        day = self.cleaned_data["until"]
        return datetime.combine(day + timedelta(days=1), time(), LONDON) if day else None


class WhyForm(forms.Form):
    """Why an account is suspended; its owner may be told."""

    why = forms.CharField(label=_("Why"), max_length=500)


@allow(administrator)
@at_home
def people(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, found by name or address."""
    wanted = request.GET.get("q", "").strip()
    found = Person.objects.prefetch_related("roles")
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted))
    page = Paginator(found, PEOPLE).get_page(request.GET.get("page"))
    return render(request, "web/staff/people.html", {"page": page, "wanted": wanted})


@allow(administrator)
@fresh
@at_home
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: roles, second factor, what was done."""
    return _shown(request, get_object_or_404(Person, pk=pk), RoleForm())


@allow(administrator, methods=("POST",))
@fresh
@at_home
@whole
def give_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a role."""
    somebody, form = get_object_or_404(Person, pk=pk), RoleForm(request.POST)
    if not form.is_valid():
        return _shown(request, somebody, form)
    said = form.cleaned_data
    return _done(
        request,
        somebody,
        lambda: actions.give_role(
            somebody, said["role"], by=caller_of(request), organisation=said["organisation"], ends_at=said["until"]
        ),
        _("The role is given: %(role)s.") % {"role": _(NAMES[said["role"]])},
    )


@allow(administrator, methods=("POST",))
@fresh
@at_home
@whole
def end_role(request: HttpRequest, pk: UUID, held: int) -> HttpResponse:
    """End a role now."""
    one = get_object_or_404(RoleHeld.objects.select_related("person"), pk=held, person=pk)
    return _done(request, one.person, lambda: actions.end_role(one, by=caller_of(request)), _("The role has ended."))


@allow(administrator, methods=("POST",))
@fresh
@at_home
@whole
def suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend an account."""
    somebody, form = get_object_or_404(Person, pk=pk), WhyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the account is to be suspended."))
        return redirect("staff_person", pk=pk)
    return _done(
        request,
        somebody,
        lambda: actions.suspend(somebody, by=caller_of(request), why=form.cleaned_data["why"]),
        _("The account is suspended, and signed out everywhere."),
    )


@allow(administrator, methods=("POST",))
@fresh
@at_home
@whole
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a suspended person sign in again."""
    somebody = get_object_or_404(Person, pk=pk)
    restored = _("The account is open again.")
    return _done(request, somebody, lambda: actions.restore(somebody, by=caller_of(request)), restored)


@allow(administrator, methods=("POST",))
@fresh
@at_home
@whole
def remove_factors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a lost second factor away, with the roles that need one."""
    somebody = get_object_or_404(Person, pk=pk)
    removed = _("Every second factor is removed, and the roles that need one have ended. Give them anew later.")
    return _done(request, somebody, lambda: actions.remove_factors(somebody, by=caller_of(request)), removed)


@allow(administrator)
@at_home
def erasures(request: HttpRequest) -> HttpResponse:
    """Who asked to be erased, and the steps that are open."""
    caller = caller_of(request)
    rows = [
        (one, done_by(one), ERASURE.state(one.status), ERASURE.open_to(one, caller)) for one in erasures_open()[:PEOPLE]
    ]
    return render(request, "web/staff/erasures.html", {"rows": rows})


@allow(administrator, methods=("POST",))
@fresh
@at_home
@whole
def erasure_step(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Agree, or erase."""
    asked = get_object_or_404(Erasure, pk=pk)
    if name not in {each.name for each in ERASURE.open_to(asked, caller_of(request))}:
        messages.error(request, _("That step is not open to you now. Look again: somebody may have taken it."))
        return redirect("staff_erasures")
    try:
        moved = ERASURE.move(asked, name, by=caller_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Done: %(step)s.") % {"step": ERASURE.state(moved.status).label})
    return redirect("staff_erasures")


def _done(request: HttpRequest, somebody: Person, work: Callable[[], object], said: Any) -> HttpResponse:
    try:
        work()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("staff_person", pk=somebody.pk)


def _shown(request: HttpRequest, somebody: Person, form: RoleForm) -> HttpResponse:
    lines = list(lines_about(somebody.ref)[:LINES])
    known = resolve(line.by for line in lines)
    context = {
        "somebody": somebody,
        "roles": roles_of(somebody),
        "now": timezone.now(),
        "has_factor": has_second_factor(somebody),
        "form": form,
        "why_form": WhyForm(),
        "lines": [(line, known[line.by].title) for line in lines],
    }
    return render(request, "web/staff/person.html", context)
