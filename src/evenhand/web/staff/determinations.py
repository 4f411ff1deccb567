"""Questions to a panel of experts in the staff home: asked by two people, and what it determined published by two."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, allow, caller_of
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.domains.reviews.actions.determinations import draft
from evenhand.domains.reviews.forms.determinations import DeterminedForm, QuestionForm
from evenhand.domains.reviews.forms.reviews import OnForm, WhyForm
from evenhand.domains.reviews.lifecycle import DETERMINATION
from evenhand.domains.reviews.lifecycle.determinations import OPEN
from evenhand.domains.reviews.models import Determination
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.shown import Shown, shown_of
from evenhand.web.staff.cases import Case, Pairs, Step, page, take, text
from evenhand.web.staff.drafts import rewriting
from evenhand.web.staff.home import at_home

FORMS: dict[str, Any] = {
    "ask": OnForm,
    "record": DeterminedForm,
    **dict.fromkeys(("return", "abandon", "withdraw"), WhyForm),
}
QUIET = {"return", "abandon", "withdraw"}


@allow(keeper)
@at_home
def determination(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question to a panel and the steps that are open."""
    return page(request, _case(_one(pk), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def determination_step(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with a question to a panel."""
    return take(request, _case(_one(pk), caller_of(request)), name)


def asking_a_panel(shown: Shown, by: Caller) -> list[Step]:
    """The step by which a panel is to be asked, where those who assess a recommendation disagree on it."""
    if not shown.disputed or Determination.objects.filter(recommendation=shown.one, status__in=OPEN).exists():
        return []
    made = Determination(recommendation=shown.one)
    note = _("Those who assess it disagree. A second person asks the panel.")
    form = partial(QuestionForm, instance=made)
    return [Step("determination", _("Have a panel asked"), lambda _form: draft(made, by=by), form, note, quiet=True)]


def panels_of(shown: Shown) -> Pairs:
    """The questions to panels, each with its page."""
    return [
        (
            _("A panel"),
            f"{one.panel} ({DETERMINATION.state(one.status).label})",
            Link(_("Open"), reverse("staff_determination", args=[one.pk])),
        )
        for one in Determination.objects.filter(recommendation=shown.one)
    ]


def _case(made: Determination, by: Caller) -> Case:
    shown = shown_of(made.recommendation, timezone.localdate())
    steps = [
        Step(
            move.name,
            move.label,
            lambda form, name=move.name: DETERMINATION.move(made, name, by=by, **(form.cleaned_data if form else {})),
            FORMS.get(move.name),
            quiet=move.name in QUIET,
        )
        for move in DETERMINATION.open_to(made, by)
        if move.name != "supersede"
    ]
    said = [
        (_("Asked on"), date_format(made.asked_on, "j F Y") if made.asked_on else ""),
        (_("Determined on"), date_format(made.on, "j F Y") if made.on else ""),
        (_("What that settles"), words.LABELS.get(made.label, "")),
        (_("Where it can be read"), made.url),
        (_("Why it was given up or withdrawn"), made.why),
    ]
    parts = (
        (_("What it is asked"), made.question),
        (_("What it was given"), made.material),
        (_("What it determined"), made.words),
    )
    return Case(
        title=_("%(panel)s on %(what)s") % {"panel": made.panel, "what": shown.full_title},
        state=DETERMINATION.state(made.status).label,
        back=Link(_("The recommendation"), reverse("staff_recommendation", args=[made.recommendation_id])),
        url=reverse("staff_determination", args=[made.pk]),
        public=shown.url,
        pairs=text(said),
        parts=tuple((heading, words_) for heading, words_ in parts if words_),
        steps=(*steps, *rewriting(made, QuestionForm, by)),
        refs=(made.ref,),
        none=_("Nothing is open to you now. What one person wrote, another has to publish."),
    )


def _one(pk: UUID) -> Determination:
    return get_object_or_404(Determination.objects.select_related("recommendation__review"), pk=pk)
