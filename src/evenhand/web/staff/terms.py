"""The words of the language check in the staff home: what is looked for, what is put forward, and deciding on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from evenhand.core.access import WRITE, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.core.references import resolve
from evenhand.domains.publishing.actions.terms import put_forward
from evenhand.domains.publishing.forms import TermForm
from evenhand.domains.publishing.lifecycle import TERM
from evenhand.domains.publishing.models import HouseTerm
from evenhand.domains.publishing.models.terms import ALIVE
from evenhand.domains.publishing.people import may_publish
from evenhand.domains.publishing.rules.language import terminology
from evenhand.web.staff.home import at_home


@allow(may_publish, methods=WRITE)
@at_home
@whole
def terms(request: HttpRequest) -> HttpResponse:
    """What the check looks for, and a form that puts more forward."""
    caller, form = caller_of(request), TermForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            put_forward(by=caller, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("words", refusal.message)
        else:
            messages.success(request, _("Put forward. Somebody else has to take it in."))
            return redirect("staff_terms")
    held = list(HouseTerm.objects.filter(status__in=ALIVE))
    known = resolve([one.put_forward_by for one in held])
    context: dict[str, Any] = {
        "form": form,
        "held": [
            (one, TERM.state(one.status).label, known[one.put_forward_by].title, TERM.open_to(one, caller))
            for one in held
        ],
        "shipped": [one for one in terminology().flagged if one.kind == "term"],
        "source": terminology().source,
        "checked": terminology().checked,
    }
    return render(request, "web/staff/terms.html", context, status=400 if form.errors else 200)


@allow(may_publish, methods=("POST",))
@at_home
@whole
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Decide on words that somebody put forward."""
    one, caller = get_object_or_404(HouseTerm, pk=pk), caller_of(request)
    step = next((each for each in TERM.open_to(one, caller) if each.name == name), None)
    if step is None:
        messages.error(request, _("That step is not open to you now. Look again: somebody may have taken it."))
    else:
        TERM.move(one, name, by=caller)
        messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return redirect("staff_terms")
