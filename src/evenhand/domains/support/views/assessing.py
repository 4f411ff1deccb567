"""The assessor's pages: conflicts first, then one screen for each application. Keyboard only is enough."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import WRITE, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.organisations.models import Organisation
from evenhand.domains.support.actions import assessing as actions
from evenhand.domains.support.forms.applications import WordsForm
from evenhand.domains.support.forms.assessing import ScoresForm
from evenhand.domains.support.lifecycle.applications import BEFORE_PANEL
from evenhand.domains.support.lifecycle.assessments import BACK
from evenhand.domains.support.models import Assessment, Round
from evenhand.domains.support.people import assessor
from evenhand.domains.support.queries import assessing
from evenhand.domains.support.rules.programmes import programme as programme_of
from evenhand.domains.support.views.doing import crumbs, done, here, typed_in

POST = ("POST",)
WHY = gettext_lazy("What the conflict is")


@allow(assessor)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an assessor: organisations to declare on, applications to score, and what is handed in."""
    caller = caller_of(request)
    own = assessing.assessments_of(caller).order_by("application__due_on", "asked_at")
    context = {
        "undeclared": assessing.undeclared(caller),
        "declared": assessing.declared_by(caller),
        "waiting": [one for one in own if one.status == "asked"],
        "handed_in": [one for one in own if one.status == "in"],
        "crumbs": crumbs(here(_("Assessing"))),
    }
    return render(request, "support/assessing.html", context)


@allow(assessor, methods=POST)
@whole
def declare(request: HttpRequest) -> HttpResponse:
    """Say of an organisation whether there is a conflict."""
    caller = caller_of(request)
    one = get_object_or_404(Round, pk=_pk(request, "round"))
    organisation = get_object_or_404(Organisation, pk=_pk(request, "organisation"))
    known = {(each.pk, body.pk) for each, some in assessing.undeclared(caller) for body in some}
    known |= {(said.round_id, said.organisation_id) for said in assessing.declared_by(caller)}
    if (one.pk, organisation.pk) not in known:
        messages.error(request, _("That organisation has nothing to be declared on."))
        return redirect("support:assessing")
    conflict = request.POST.get("conflict") != "none"
    said = _("Noted: a conflict. You see nothing of it.") if conflict else _("Noted: no conflict.")
    return done(
        request,
        lambda: actions.declare(one, organisation, by=caller, conflict=conflict),
        said,
        reverse("support:assessing"),
    )


@allow(assessor, methods=WRITE)
@whole
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """One application: rubric, evidence and eligibility on one screen. Scores are kept, or handed in."""
    one = _own(request, reference)
    declared = programme_of(one.application.programme)
    handing_in = "hand-in" in request.POST
    if request.method == "POST":
        form = ScoresForm(declared, request.POST, complete=handing_in)
        if form.is_valid():
            try:
                seen = request.POST.get("seen") or None
                actions.keep_scores(one, form.scores, form.reasons, by=caller_of(request), seen=seen)
                if handing_in:
                    actions.move(one, "hand-in", by=caller_of(request))
            except Refused as refusal:
                form.add_error(None, refusal.message)
                one.refresh_from_db()
            else:
                messages.success(request, _("Your scores are in.") if handing_in else _("Kept. Nobody else sees them."))
                return redirect("support:assessing" if handing_in else request.path)
    else:
        said = {f"score-{slug}": score for slug, score in one.scores.items()}
        said |= {f"reason-{slug}": reason for slug, reason in one.reasons.items()}
        form = ScoresForm(declared, initial=said)
    found = assessing.sheet(one)
    context = {
        "sheet": found,
        "form": form,
        "open": one.status == "asked",
        "seen": actions.mark_of_scores(one),
        "typed": typed_in(form) if form.is_bound and one.status != "asked" else [],
        "takes_back": one.status == "in" and one.application.status in BEFORE_PANEL,
        "why_form": WordsForm(WHY, auto_id="back_%s"),
        "rows": [(each, *form.of(each.criterion.slug)) for each in found.criteria],
        "crumbs": crumbs(Link(_("Assessing"), reverse("support:assessing")), here(reference)),
    }
    return render(request, "support/sheet.html", context, status=400 if form.errors else 200)


@allow(assessor, methods=POST)
@whole
def step_back(request: HttpRequest, reference: str) -> HttpResponse:
    """A conflict shows while reading, or after scoring: from here on nothing of it is seen."""
    one = _own(request, reference)
    name, details = BACK[one.status], {}
    if name == "take-back":
        form = WordsForm(WHY, request.POST)
        if not form.is_valid():
            messages.error(request, _("Say in a few words what the conflict is. Officers alone can read it."))
            return redirect("support:sheet", reference=reference)
        details = {"why": form.cleaned_data["words"]}
    return done(
        request,
        lambda: actions.move(one, name, by=caller_of(request), **details),
        _("Noted: a conflict. You see nothing of it any more."),
        reverse("support:assessing"),
    )


def _own(request: HttpRequest, reference: str) -> Assessment:
    """One that this assessor was asked for, with no conflict; to anybody else there is none."""
    return get_object_or_404(assessing.assessments_of(caller_of(request)), application__reference=reference)


def _pk(request: HttpRequest, name: str) -> UUID:
    """A number that a form gave; one that nothing has, where it is none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return UUID(int=0)
