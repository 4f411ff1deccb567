"""The desk of the register of disparities: what the figures bear, what waits, and each entry with its turns."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.domains.reviews.actions import disparities as actions
from evenhand.domains.reviews.forms.commitments import ReasonForm
from evenhand.domains.reviews.forms.disparities import BodyForm, TurnForm
from evenhand.domains.reviews.lifecycle import DISPARITY, EXCHANGE
from evenhand.domains.reviews.lifecycle.disparities import PUBLIC
from evenhand.domains.reviews.models import Disparity, Exchange
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries import disparities as queries
from evenhand.web.proposals import proposal, proposals
from evenhand.web.staff.cases import Case, Step, page, take, text
from evenhand.web.staff.drafts import rewriting
from evenhand.web.staff.home import at_home


@allow(keeper)
@at_home
def desk(request: HttpRequest) -> HttpResponse:
    """What the figures bear and is not on the register, what waits for a second person, and what is on it."""
    context: dict[str, Any] = {
        "proposals": proposals(),
        "waiting": queries.waiting(),
        "turns": queries.turns_waiting(),
        "every": queries.shown(queries.register()),
    }
    return render(request, "web/staff/disparities.html", context)


@allow(keeper, methods=("POST",))
@at_home
@whole
def propose(request: HttpRequest) -> HttpResponse:
    """Put a difference that the figures bear forward for the register."""
    chosen = proposal(request.POST.get("key", ""))
    if chosen is None:
        messages.error(request, _("The figures do not bear that any more, or it is on the register already."))
        return redirect("staff_disparities")
    try:
        made = actions.propose(chosen.entry(_slug(chosen.key)), by=caller_of(request))
    except (Refused, ValidationError) as fault:
        messages.error(request, "; ".join(fault.messages) if isinstance(fault, ValidationError) else fault.message)
        return redirect("staff_disparities")
    messages.success(request, _("It is put forward. A second person opens it."))
    return redirect("staff_disparity", slug=made.slug)


@allow(keeper)
@at_home
def disparity(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry and the steps that are open."""
    return page(request, _case(get_object_or_404(Disparity, slug=slug), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def disparity_step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take a step with an entry, or with the turn that waits."""
    return take(request, _case(get_object_or_404(Disparity, slug=slug), caller_of(request)), name)


def _slug(key: str) -> str:
    """An address that no entry has: one that was not opened keeps its own."""
    slug = slugify(key.replace(".", "-"))
    taken = Disparity.objects.filter(slug__startswith=slug).count()
    return f"{slug}-{taken + 1}" if taken else slug


def _case(made: Disparity, by: Caller) -> Case:
    shown = queries.shown([made])[0]
    waits = made.exchanges.filter(status=EXCHANGE.first).first()
    parts = [(_("What the figures show"), made.finding)]
    if waits:
        said = [f"{waits.get_kind_display()}, {date_format(waits.on, 'j F Y')}", waits.words, waits.evidence, waits.url]
        said += [f"{_('Due by:')} {date_format(waits.due_on, 'j F Y')}"] if waits.due_on else []
        parts.append((_("A turn that waits for a second person"), "\n\n".join(filter(None, said))))
    if shown.clocks:
        parts.append((_("What was due"), "\n".join(f"{one.what}: {one.words}." for one in shown.clocks)))
    return Case(
        title=made.name,
        state=shown.label,
        back=Link(_("The whole register"), reverse("staff_disparities")),
        url=reverse("staff_disparity", args=[made.slug]),
        public=shown.url if made.status in PUBLIC else "",
        pairs=shown.pairs + text([(_("Why it was not opened"), made.why)]),
        parts=tuple(parts),
        steps=tuple(_steps(made, waits, by)),
        refs=(made.ref, *((waits.ref,) if waits else ())),
        none=_("Nothing is open to you now. What one person wrote, another has to decide on."),
    )


def _steps(made: Disparity, waits: Exchange | None, by: Caller) -> list[Step]:
    offered = {move.name: move for move in DISPARITY.open_to(made, by)}
    if waits:
        form = partial(TurnForm, moves=offered.values())
        return [
            *rewriting(waits, form, by, name="rewrite-turn", label=_("Change what you wrote (the turn)")),
            *_publishing(waits, by),
        ]
    steps = []
    if "open" in offered:
        steps.append(Step("open", offered["open"].label, lambda form: _open(made, by, form), BodyForm))
    if "dismiss" in offered:
        steps.append(
            Step("dismiss", offered["dismiss"].label, lambda form: _dismiss(made, by, form), ReasonForm, quiet=True)
        )
    if made.status in PUBLIC and offered:
        fresh = Exchange(disparity=made, on=timezone.localdate())
        form = partial(TurnForm, instance=fresh, moves=offered.values())
        note = _("A second person publishes it.")
        steps.append(
            Step("turn", _("Write down what happened"), lambda _form: actions.write_turn(fresh, by=by), form, note)
        )
    return steps


def _publishing(waits: Exchange, by: Caller) -> list[Step]:
    takes = {"publish": actions.publish_turn, "withdraw": actions.withdraw_turn}
    return [
        Step(
            f"{move.name}-turn",
            _("%(step)s (the turn)") % {"step": move.label},
            lambda _form, act=takes[move.name]: act(waits, by=by),
            quiet=move.name == "withdraw",
        )
        for move in EXCHANGE.open_to(waits, by)
    ]


def _open(made: Disparity, by: Caller, form: Any) -> None:
    actions.open_it(made, by=by, body=form.cleaned_data["body"])


def _dismiss(made: Disparity, by: Caller, form: Any) -> None:
    actions.dismiss(made, by=by, why=form.cleaned_data["why"])
