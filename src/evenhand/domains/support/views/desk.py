"""The programme officer's pages: what waits, each application with its next step, rounds, and calls."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import WRITE, allow, caller_of
from evenhand.core.accounts.models import Person
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.domains.support.actions import applications, assessing, conversations, participants, rounds
from evenhand.domains.support.actions.letters import addresses, left_addresses
from evenhand.domains.support.actions.organisations import Named
from evenhand.domains.support.forms.applications import AnswersForm
from evenhand.domains.support.forms.assessing import RoundForm, ScoresForm
from evenhand.domains.support.forms.eligibility import CallForm
from evenhand.domains.support.lifecycle import APPLICATION, ROUND
from evenhand.domains.support.lifecycle.payers import overseer
from evenhand.domains.support.models import Application, Conversation, Round
from evenhand.domains.support.people import funder, officer
from evenhand.domains.support.queries.applications import applications_handled_by
from evenhand.domains.support.queries.desk import desk as desk_page
from evenhand.domains.support.queries.desk import officers_page, page_of_round
from evenhand.domains.support.rules.programmes import programme as programme_of
from evenhand.domains.support.rules.programmes import programmes
from evenhand.domains.support.views.applications import meanwhile
from evenhand.domains.support.views.doing import done, here

POST = ("POST",)
TYPED = {"why": gettext_lazy("Why"), "question": gettext_lazy("What to ask"), "feedback": gettext_lazy("Feedback")}
overseers = officer | funder


@allow(officer)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, what is overdue first."""
    context = {**desk_page(caller_of(request), timezone.localdate()), "crumbs": _crumbs()}
    return render(request, "support/desk/desk.html", context)


@allow(officer)
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """One application, with everything on it and its next step."""
    return _shown(request, _handled(request, reference))


@allow(officer, methods=POST)
@whole
def step(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Take the next step of an application."""
    one = _handled(request, reference)
    move = next((each for each in APPLICATION.moves if each.name == name), None)
    if move is None:
        raise Http404
    details: dict[str, Any] = {
        need: request.POST.get(need, "").strip()[:3000] for need in move.needs if need not in {"amount", "scores"}
    }
    if "amount" in move.needs:
        details["amount"] = _amount(request.POST.get("amount", ""))
    if "scores" in move.needs:
        form = ScoresForm(programme_of(one.programme), request.POST, reasons=False)
        details["scores"] = form.scores if form.is_valid() else {}
    try:
        applications.move(one, name, by=caller_of(request), seen=request.POST.get("seen") or None, **details)
    except Refused as refusal:
        messages.error(request, " ".join((refusal.message, *map(str, refusal.near))))
        return _shown(request, _handled(request, reference), refused=name)
    messages.success(request, _("Done: %(step)s.") % {"step": move.label})
    return redirect("staff_support:application", reference=reference)


@allow(officer, methods=POST)
@whole
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask assessors to score it."""
    one = _handled(request, reference)
    chosen = [UUID(text) for text in request.POST.getlist("person") if _is_number(text)]
    people = list(Person.objects.filter(pk__in=chosen))
    return done(
        request,
        lambda: assessing.ask(one, people, by=caller_of(request)),
        _("They are asked, and get a message.") if people else _("Nobody was chosen."),
        reverse("staff_support:application", args=[reference]),
    )


@allow(officer, methods=POST)
@whole
def release(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Ask an assessor no longer, who does not answer."""
    one = _handled(request, reference)
    assessment = get_object_or_404(one.assessments, pk=pk)
    return done(
        request,
        lambda: assessing.move(assessment, "release", by=caller_of(request)),
        _("They are asked no longer, and get a message."),
        reverse("staff_support:application", args=[reference]),
    )


@allow(officer, methods=WRITE)
@whole
def write_down(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what is said in a recording, or on the telephone."""
    one = get_object_or_404(Application.objects.select_related("round", "organisation"), reference=reference)
    if one.way == Application.Way.FORM or (one.way == Application.Way.AUDIO and one.sent_at is None):
        raise Http404
    declared = programme_of(one.programme)
    theirs: list[tuple[str, str]] = []
    form = AnswersForm(
        declared.questions,
        request.POST if request.method == "POST" else None,
        initial={**one.answers, "seen": applications.mark(one, {each.slug: None for each in declared.questions})},
    )
    if request.method == "POST" and form.is_valid():
        try:
            applications.write(one, form.answers, by=caller_of(request), seen=form.cleaned_data["seen"] or None)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            theirs = meanwhile(one, form, request.POST) if refusal.code == "changed-meanwhile" else []
        else:
            return redirect(f"{'staff_support' if one.sent_at else 'support'}:application", reference=reference)
    context = {"application": one, "form": form, "theirs": theirs, "crumbs": _crumbs(here(reference))}
    return render(request, "support/desk/write_down.html", context, status=400 if form.errors else 200)


@allow(officer, methods=WRITE)
@whole
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin an application with somebody on the telephone."""
    one = get_object_or_404(Round, pk=pk)
    form = CallForm(request.POST if request.method == "POST" else None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = applications.begin(
                one,
                Named(said["number"], said["name"]),
                by=caller_of(request),
                key=said["key"],
                facts={},
                way=Application.Way.CALL,
            )
            if said["email"]:
                participants.invite(made, said["email"], by=caller_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("support:facts", reference=made.reference)
    context = {"round": one, "form": form, "crumbs": _crumbs(here(_("On the telephone")))}
    return render(request, "support/desk/call.html", context, status=400 if form.errors else 200)


@allow(overseers)
def rounds_page(request: HttpRequest) -> HttpResponse:
    """Every round, the latest first."""
    caller = caller_of(request)
    rows = [
        (one, ROUND.state(one.status).label, programme_of(one.programme))
        for one in Round.objects.all()
        if overseer.admits(caller, one)
    ]
    context = {"rows": rows, "may_draft": officer.admits(caller), "crumbs": _crumbs(here(_("Rounds")))}
    return render(request, "support/desk/rounds.html", context)


@allow(officer, methods=WRITE)
@whole
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a round."""
    choices = [(one.slug, _(one.title)) for one in programmes()]
    form = RoundForm(choices, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            made = rounds.draft(said.pop("programme"), said.pop("title"), by=caller_of(request), **said)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        except ValidationError as fault:
            form.add_error(None, " ".join(fault.messages))
        else:
            return redirect("staff_support:round", pk=made.pk)
    context = {"form": form, "crumbs": _crumbs(here(_("A new round")))}
    return render(request, "support/desk/draft.html", context, status=400 if form.errors else 200)


@allow(overseers)
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round: its dates, its numbers, its next step."""
    one, caller = _overseen(request, pk), caller_of(request)
    context = {
        "round": one,
        "programme": programme_of(one.programme),
        "state": ROUND.state(one.status).label,
        "moves": [move for move in ROUND.open_to(one, caller) if move.name != "close"],
        "handles": officer.admits(caller),
        **page_of_round(one),
        "crumbs": _crumbs(Link(_("Rounds"), reverse("staff_support:rounds")), here(str(one))),
    }
    return render(request, "support/desk/round.html", context)


@allow(overseers, methods=POST)
@whole
def move_round(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take the next step of a round."""
    one = _overseen(request, pk)
    move = next((each for each in ROUND.moves if each.name == name), None)
    if move is None:
        raise Http404
    details = {need: request.POST.get(need, "").strip()[:2000] for need in move.needs}
    return done(
        request,
        lambda: rounds.move(one, name, by=caller_of(request), **details),
        _("Done: %(step)s.") % {"step": move.label},
        reverse("staff_support:round", args=[pk]),
    )


@allow(officer, methods=POST)
@whole
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody was rung."""
    one = get_object_or_404(Conversation, pk=pk)
    return done(
        request,
        lambda: conversations.settle(one, by=caller_of(request)),
        _("Noted. Their name and number are forgotten."),
        reverse("staff_support:desk"),
    )


def _overseen(request: HttpRequest, pk: UUID) -> Round:
    """A round that the caller may look at; to a funder there is none but of their own programme."""
    one = get_object_or_404(Round, pk=pk)
    if not overseer.admits(caller_of(request), one):
        raise Http404
    return one


def _handled(request: HttpRequest, reference: str) -> Application:
    return get_object_or_404(applications_handled_by(caller_of(request)), reference=reference)


def _shown(request: HttpRequest, one: Application, *, refused: str = "") -> HttpResponse:
    """The page of an application; where a step was refused, with what was typed for it."""
    page = officers_page(one, caller_of(request), timezone.localdate())
    stands = any(move.name == refused for move in page["moves"])
    words = [(label, request.POST.get(name, "").strip()) for name, label in TYPED.items()]
    context = {
        **page,
        "refused": refused,
        "kept": request.POST if stands else {},
        "typed": [] if stands else [(label, said) for label, said in words if said],
        "standing": applications.standing(one),
        "written_to": bool(addresses(one)) or left_addresses(one).exists(),
        "scores_form": ScoresForm(
            programme_of(one.programme), request.POST if stands and refused == "moderate" else None, reasons=False
        ),
        "crumbs": _crumbs(here(one.reference)),
    }
    return render(request, "support/desk/application.html", context, status=400 if refused else 200)


def _crumbs(*links: Link) -> tuple[Link, ...]:
    home = Link(_("Staff home"), reverse("wagtailadmin_home"))
    if not links:
        return (home, here(_("Support")))
    return (home, Link(_("Support"), reverse("staff_support:desk")), *links)


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.replace(",", "").replace("£", "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _is_number(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
