"""The pool of consultants for officers, one entry of it, and one's own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from evenhand.core.access import WRITE, allow, caller_of, signed_in
from evenhand.core.accounts.factors import has_second_factor
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import resolve
from evenhand.domains.support.actions import consultants as actions
from evenhand.domains.support.forms.consultants import ConsultantForm
from evenhand.domains.support.lifecycle import CONSULTANT
from evenhand.domains.support.models import Consultant
from evenhand.domains.support.people import is_self, officer
from evenhand.domains.support.queries.consultants import consultants_seen_by, pool, tally
from evenhand.domains.support.queries.engagements import candidate_of

LINES = 40


@allow(officer)
def consultants(request: HttpRequest) -> HttpResponse:
    """The pool."""
    state = request.GET.get("state", "")
    rows = [(one, CONSULTANT.state(one.status).label, candidate_of(one, ())) for one in pool(state)]
    return render(request, "support/engagements/consultants.html", {"rows": rows, "tally": tally(), "state": state})


@allow(signed_in, methods=WRITE)
@whole
def mine(request: HttpRequest) -> HttpResponse:
    """One's own entry: to apply, to change it, and to see where it stands."""
    caller = caller_of(request)
    entry = Consultant.objects.filter(person=caller.person).first()
    if entry is not None and CONSULTANT.state(entry.status).ends:
        return render(request, "support/engagements/consultant_mine.html", {"entry": entry, "ended": True})
    # The form fills the row that it is given: one of its own, since the action reads and writes its own under lock.
    form = ConsultantForm(
        request.POST or None,
        instance=Consultant.objects.get(pk=entry.pk) if entry else Consultant(person=caller.person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            if entry is None:
                actions.apply(caller.person, by=caller, **form.cleaned_data)
                messages.success(request, _("Thank you. We check your references, then two of us decide."))
            else:
                actions.describe(entry, by=caller, **form.cleaned_data)
                messages.success(request, _("Your entry was changed."))
        except (Refused, ValidationError) as fault:
            form.add_error(None, fault.messages if isinstance(fault, ValidationError) else fault.message)
        else:
            return redirect("support:consultant-mine")
    context = {
        "entry": entry,
        "form": form,
        "state": CONSULTANT.state(entry.status).label if entry else "",
        "moves": [one for one in CONSULTANT.open_to(entry, caller) if not one.needs] if entry else [],
        "needs_factor": not has_second_factor(caller.person),
        "lines": _lines(entry),
    }
    return render(request, "support/engagements/consultant_mine.html", context)


@allow(officer)
def consultant(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, with what only officers see, its next steps and what was done."""
    entry = get_object_or_404(Consultant.objects.select_related("person"), pk=pk)
    context = {
        "entry": entry,
        "shown": candidate_of(entry, ()),
        "state": CONSULTANT.state(entry.status).label,
        "moves": CONSULTANT.open_to(entry, caller_of(request)),
        "engagements": entry.engagements.select_related("application__organisation"),
        "lines": _lines(entry),
    }
    return render(request, "support/engagements/consultant.html", context)


@allow(signed_in, methods=("POST",))
@whole
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step with an entry: one's own, or any as an officer."""
    caller = caller_of(request)
    entry = get_object_or_404(consultants_seen_by(caller), pk=pk)
    step = next((one for one in CONSULTANT.moves if one.name == name), None)
    if step is None:
        raise Http404
    given = {"why": request.POST.get("why", "").strip()[:500]} if "why" in step.needs else {}
    try:
        actions.move(entry, name, by=caller, **given)
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    if is_self(caller, entry) and not officer.admits(caller):
        return redirect("support:consultant-mine")
    return redirect("support:consultant", pk=pk)


def _lines(entry: Consultant | None) -> list[tuple[Any, str, str]]:
    if entry is None:
        return []
    labels = {f"{CONSULTANT.name}.{one.name}": one.label for one in CONSULTANT.moves}
    labels |= {"support.consultant.apply": _("Applied"), "support.consultant.describe": _("Entry changed")}
    lines = list(lines_about(entry.ref)[:LINES])
    known = resolve([line.by for line in lines])
    return [(line, known[line.by].title, _(labels.get(line.tag, line.tag))) for line in lines]
