"""The desk of commitments in the staff home: what waits, each commitment, and each question to one."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.core.access import READ, WRITE, Caller, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.domains.reviews.actions import challenges as asking
from evenhand.domains.reviews.actions import commitments as actions
from evenhand.domains.reviews.forms.commitments import (
    AnswerForm,
    CommitmentForm,
    DecidedForm,
    ReasonForm,
    ShownForm,
    UpdateForm,
)
from evenhand.domains.reviews.forms.evidence import RemovalForm
from evenhand.domains.reviews.lifecycle import CHALLENGE, COMMITMENT, UPDATE
from evenhand.domains.reviews.lifecycle.commitments import ADOPTED
from evenhand.domains.reviews.models import Challenge, Commitment, Update
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries import commitments as queries
from evenhand.domains.reviews.queries.clocks import clocks_of, overdue
from evenhand.web.staff.cases import Case, Pairs, Step, page, take, text
from evenhand.web.staff.drafts import rewriting
from evenhand.web.staff.home import at_home


@allow(keeper)
@at_home
def desk(request: HttpRequest) -> HttpResponse:
    """What wants somebody's attention: decisions, updates, questions, and what is overdue."""
    context: dict[str, Any] = {
        "waiting": queries.waiting(),
        "updates": queries.updates_waiting(),
        "challenges": queries.challenges_waiting(),
        "overdue": overdue(timezone.localdate()),
        "every": queries.shown(queries.adopted()),
    }
    return render(request, "web/staff/commitments.html", context)


@allow(keeper, methods=WRITE)
@at_home
@whole
def propose(request: HttpRequest) -> HttpResponse:
    """Put a commitment forward for the board."""
    form = CommitmentForm(request.POST if request.method == "POST" else None)
    if request.method not in READ and form.is_valid():
        try:
            made = actions.propose(form.save(commit=False), by=caller_of(request))
        except (Refused, ValidationError) as fault:
            form.add_error(None, "; ".join(fault.messages) if isinstance(fault, ValidationError) else fault.message)
        else:
            messages.success(request, _("It is put forward. Somebody else writes down what the board decides."))
            return redirect("staff_commitment", slug=made.slug)
    return render(request, "web/staff/propose.html", {"form": form}, status=400 if form.errors else 200)


@allow(keeper)
@at_home
def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    """One commitment and the steps that are open."""
    return page(request, _case(get_object_or_404(Commitment, slug=slug), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def commitment_step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take a step with a commitment, or with the update on it that waits."""
    return take(request, _case(get_object_or_404(Commitment, slug=slug), caller_of(request)), name)


@allow(keeper)
@at_home
def challenge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question and the steps that are open."""
    return page(request, _question(get_object_or_404(Challenge, pk=pk), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def challenge_step(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with a question."""
    return take(request, _question(get_object_or_404(Challenge, pk=pk), caller_of(request)), name)


def _case(made: Commitment, by: Caller) -> Case:
    shown = queries.shown([made])[0]
    waits = made.updates.filter(status=UPDATE.first).first()
    parts = [(_("What is promised"), made.text)]
    if waits:
        told = [f"{waits.get_standing_display()}: {waits.words}"]
        told += [f"{_('The measure now:')} {waits.figure}"] if waits.figure else []
        told += [f"{_('What we learned:')} {waits.learned}"] if waits.learned else []
        told += [f"{_('From now on:')} {waits.text}"] if waits.text else []
        told += [f"{_('How anybody can tell:')} {waits.measure}"] if waits.measure else []
        told += [f"{_('What counts as kept:')} {waits.target}"] if waits.target else []
        told += [f"{_('By when:')} {date_format(waits.due_on, 'j F Y')}"] if waits.due_on else []
        parts.append((_("An update that waits for a second person"), "\n\n".join(told)))
    parts += [(_("What was due"), "\n".join(f"{one.what}: {one.words}." for one in shown.clocks))] * bool(shown.clocks)
    return Case(
        title=made.name,
        state=shown.label,
        back=Link(_("All commitments"), reverse("staff_commitments")),
        url=reverse("staff_commitment", args=[made.slug]),
        public=shown.url if made.status in ADOPTED else "",
        pairs=shown.pairs + text([(_("Why it was not adopted"), made.why)]) + _questions(made),
        parts=tuple(parts),
        steps=tuple(_steps(made, waits, by)),
        refs=(made.ref, *((waits.ref,) if waits else ())),
        none=_("Nothing is open to you now. What one person wrote, another has to decide on."),
    )


def _questions(made: Commitment) -> Pairs:
    """The questions that were asked of it, each with its page."""
    return [
        (
            _("Asked on %(day)s") % {"day": date_format(timezone.localtime(one.made_at), "j F Y")},
            CHALLENGE.state(one.status).label,
            Link(_("Open the question"), reverse("staff_challenge", args=[one.pk])),
        )
        for one in made.challenges.all()
    ]


def _steps(made: Commitment, waits: Update | None, by: Caller) -> list[Step]:
    offered = {move.name: move.label for move in COMMITMENT.open_to(made, by)}
    steps = []
    if "adopt" in offered:
        steps.append(Step("adopt", offered["adopt"], lambda form: _adopt(made, by, form), DecidedForm))
    if "decline" in offered:
        steps.append(Step("decline", offered["decline"], lambda form: _decline(made, by, form), ReasonForm, quiet=True))
    if waits:
        takes = {"publish": actions.publish_update, "withdraw": actions.withdraw_update}
        steps += [
            Step(
                f"{move.name}-update",
                _("%(step)s (the update)") % {"step": move.label},
                lambda _form, act=takes[move.name]: act(waits, by=by),
                quiet=move.name == "withdraw",
            )
            for move in UPDATE.open_to(waits, by)
        ]
        steps += rewriting(waits, UpdateForm, by, name="rewrite-update", label=_("Change what you wrote (the update)"))
    elif made.status in ADOPTED:
        fresh = Update(commitment=made)
        note = _("A second person publishes it.")
        form = partial(UpdateForm, instance=fresh)
        steps.append(
            Step("update", _("Tell where it stands"), lambda _form: actions.write_update(fresh, by=by), form, note)
        )
    return steps + rewriting(made, CommitmentForm, by)


def _adopt(made: Commitment, by: Caller, form: Any) -> None:
    actions.adopt(made, by=by, decided_on=form.cleaned_data["decided_on"])


def _decline(made: Commitment, by: Caller, form: Any) -> None:
    actions.decline(made, by=by, why=form.cleaned_data["why"])


def _question(one: Challenge, by: Caller) -> Case:
    clocks = clocks_of([one.ref])[one.ref]
    takes: dict[str, tuple[Any, Any]] = {
        "show": (partial(ShownForm, initial={"words": one.words}), asking.show),
        "refuse": (ReasonForm, asking.refuse),
        "answer": (AnswerForm, asking.answer),
        "remove": (RemovalForm, asking.take_down),
    }
    parts = (
        (_("What was sent"), one.words),
        (_("As it is shown"), one.asked),
        (_("Answer"), one.answer),
        (_("When an answer is due"), "\n".join(f"{clock.words}." for clock in clocks)),
    )
    return Case(
        title=_("A question about “%(title)s”") % {"title": one.commitment.name},
        state=CHALLENGE.state(one.status).label,
        back=Link(_("All commitments"), reverse("staff_commitments")),
        url=reverse("staff_challenge", args=[one.pk]),
        public=reverse("reviews:commitment", args=[one.commitment.slug]),
        pairs=text(
            [(_("Sent on"), date_format(timezone.localtime(one.made_at), "j F Y")), (_("Why it is not shown"), one.why)]
        ),
        parts=tuple((heading, said) for heading, said in parts if said),
        steps=tuple(
            Step(
                move.name,
                move.label,
                lambda form, act=takes[move.name][1]: act(one, by=by, **form.cleaned_data),
                takes[move.name][0],
                quiet=move.name in {"refuse", "remove"},
            )
            for move in CHALLENGE.open_to(one, by)
        ),
        refs=(one.ref,),
        none=_("Nothing is open to you now. Whoever screened a question cannot be the one who answers it."),
    )
