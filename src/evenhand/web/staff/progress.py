"""The record of recommendations in the staff home: capturing, verifying, assessing and publishing, by two people."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
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
from evenhand.core.lifecycle import Lifecycle, Move
from evenhand.domains.reviews.actions import assessments, recommendations
from evenhand.domains.reviews.forms.reviews import (
    AnswerForm,
    AskingForm,
    AssessmentForm,
    CaptureForm,
    OnForm,
    ReplyForm,
    ReviewForm,
    SeenForm,
    WhyForm,
)
from evenhand.domains.reviews.lifecycle import ASKING, ASSESSMENT, RECOMMENDATION, REVIEW
from evenhand.domains.reviews.lifecycle.determinations import OPEN
from evenhand.domains.reviews.lifecycle.recommendations import CURRENT, PUBLIC
from evenhand.domains.reviews.models import Asking, Assessment, Clock, Determination, Recommendation, Review
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.clocks import clocks_of
from evenhand.domains.reviews.queries.shown import position_in_words, review_url, shown_of
from evenhand.web.staff.cases import Case, Step, page, take, text
from evenhand.web.staff.determinations import asking_a_panel, panels_of
from evenhand.web.staff.drafts import rewriting
from evenhand.web.staff.home import at_home

MOST = 50
FORMS: dict[str, Any] = {
    "verify": SeenForm,
    "ask": OnForm,
    "reply": ReplyForm,
    "return": WhyForm,
    "drop": WhyForm,
    "abandon": WhyForm,
    "withdraw": WhyForm,
}
NOT_BY_HAND = {"supersede", "await", "respond", "retract"}
QUIET = {"return", "abandon", "withdraw", "drop"}


@allow(keeper)
@at_home
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what is with a body, what was never checked; and a way to find any."""
    wanted = request.GET.get("q", "").strip()
    every = Recommendation.objects.select_related("review")
    found = every.filter(Q(key__icontains=wanted) | Q(summary__icontains=wanted)) if wanted else every.none()
    waiting = Assessment.objects.filter(status__in=("draft", "reviewed", "replying", "replied"))
    context: dict[str, Any] = {
        "reviews": Review.objects.filter(status=REVIEW.first),
        "panels": Determination.objects.filter(status__in=OPEN).select_related("recommendation__review"),
        "askings": Asking.objects.filter(status=ASKING.first).select_related("recommendation__review"),
        "captured": every.filter(status__in=("captured", "verified"))[:MOST],
        "assessments": [
            (one, ASSESSMENT.state(one.status).label)
            for one in waiting.select_related("review").prefetch_related("recommendations")[:MOST]
        ],
        "unchecked": every.filter(status__in=PUBLIC).exclude(verification__in=("text-seen", "gist-seen")).count(),
        "unchecked_first": every.filter(status__in=PUBLIC).exclude(verification__in=("text-seen", "gist-seen"))[:10],
        "wanted": wanted,
        "found": found[:MOST],
    }
    return render(request, "web/staff/progress.html", context)


@allow(keeper, methods=WRITE)
@at_home
@whole
def add_review(request: HttpRequest) -> HttpResponse:
    """Keep one more review."""
    form = ReviewForm(request.POST if request.method == "POST" else None)
    made = _made(request, form, lambda: recommendations.add_review(form.save(commit=False), by=caller_of(request)))
    if made:
        messages.success(request, _("It is captured. Somebody else has to publish it. Now capture what it asked for."))
        return redirect(f"{reverse('staff_progress_capture')}?review={made.slug}")
    return _asked(request, form, _("Add a review"), _("Add it"))


@allow(keeper)
@at_home
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """One review and the steps that are open."""
    return page(request, _review(get_object_or_404(Review, slug=slug), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def review_step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Take a step with a review."""
    return take(request, _review(get_object_or_404(Review, slug=slug), caller_of(request)), name)


@allow(keeper, methods=WRITE)
@at_home
@whole
def capture(request: HttpRequest) -> HttpResponse:
    """Write down what a review asked for."""
    review = Review.objects.filter(slug=request.GET.get("review", "")).first()
    form = CaptureForm(request.POST if request.method == "POST" else None, initial={"review": review})

    def act() -> Recommendation:
        bodies = form.cleaned_data["bodies"]
        return recommendations.capture(form.save(commit=False), by=caller_of(request), bodies=bodies)

    if made := _made(request, form, act):
        messages.success(request, _("It is captured. Somebody else has to verify it against the report."))
        return redirect("staff_recommendation", pk=made.pk)
    return _asked(request, form, _("Capture a recommendation"), _("Capture it"))


@allow(keeper)
@at_home
def recommendation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One recommendation and the steps that are open."""
    return page(request, _recommendation(_one(pk), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def recommendation_step(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with a recommendation."""
    return take(request, _recommendation(_one(pk), caller_of(request)), name)


@allow(keeper, methods=WRITE)
@at_home
@whole
def assess(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft an assessment of a recommendation, ours or somebody else's."""
    one = _one(pk)
    form = AssessmentForm(request.POST if request.method == "POST" else None, initial={"capacity": "us"})
    made = _made(request, form, lambda: assessments.draft(one, form.save(commit=False), by=caller_of(request)))
    if made:
        messages.success(request, _("It is drafted. Somebody else has to review it."))
        return redirect("staff_assessment", pk=made.pk)
    shown = shown_of(one, timezone.localdate())
    return _asked(request, form, _("Assess: %(what)s") % {"what": shown.full_title}, _("Draft it"), one.summary)


@allow(keeper)
@at_home
def assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One assessment and the steps that are open."""
    return page(request, _assessment(get_object_or_404(Assessment, pk=pk), caller_of(request)))


@allow(keeper, methods=("POST",))
@at_home
@whole
def assessment_step(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a step with an assessment."""
    return take(request, _assessment(get_object_or_404(Assessment, pk=pk), caller_of(request)), name)


def _review(one: Review, by: Caller) -> Case:
    steps = [_step(REVIEW, move, one, by) for move in REVIEW.open_to(one, by)]
    asked = one.recommendations.count()
    return Case(
        title=one.title,
        state=REVIEW.state(one.status).label,
        back=Link(_("The record of recommendations"), reverse("staff_progress")),
        url=reverse("staff_review", args=[one.slug]),
        public=review_url(one) if one.status == "published" else "",
        pairs=[
            *text([(_("Who led or made it"), one.chair), (_("Published"), words.when(one.published))]),
            *text([(_("Source"), one.url), (_("Address"), review_url(one))]),
            (_("Recommendations that are captured"), str(asked), _captures(one)),
        ],
        steps=(*steps, *rewriting(one, ReviewForm, by)),
        refs=(one.ref,),
        none=_("Nothing is open to you now. What one person wrote, another has to publish."),
    )


def _captures(one: Review) -> Link | None:
    address = f"{reverse('staff_progress_capture')}?review={one.slug}"
    return Link(_("Capture a recommendation"), address) if one.status != "dropped" else None


def _asking(one: Recommendation, by: Caller) -> list[Step]:
    """Asking the bodies for an answer, and writing down what one answered: each published by a second person."""
    if one.status not in CURRENT:
        return []
    bodies = list(one.bodies.all())
    note = _("A second person publishes it.")
    steps = []
    if waits := one.askings.filter(status=ASKING.first).first():
        steps += [
            Step(
                f"{move.name}-asking",
                _("%(step)s (the asking)") % {"step": move.label},
                lambda _form, name=move.name: ASKING.move(waits, name, by=by),
                quiet=move.name == "withdraw",
            )
            for move in ASKING.open_to(waits, by)
        ]
        steps += rewriting(waits, AskingForm, by, name="rewrite-asking", label=_("Change what you wrote (the asking)"))
    elif bodies:
        asking = Asking(recommendation=one, on=timezone.localdate())
        asks, ask = _("Write down that an answer was asked for"), partial(AskingForm, instance=asking)
        steps.append(Step("asking", asks, lambda _form: recommendations.write_asking(asking, by=by), ask, note))
    if bodies:
        made = Assessment(on=timezone.localdate().isoformat(), basis="intent")
        says, say = _("Write down an answer"), partial(AnswerForm, instance=made, asked=bodies)
        steps.append(Step("answer", says, lambda _form: assessments.answer(one, made, by=by), say, note))
    return steps


def _recommendation(one: Recommendation, by: Caller) -> Case:
    shown = shown_of(one, timezone.localdate())
    public = one.status in PUBLIC
    steps = [_step(RECOMMENDATION, move, one, by) for move in RECOMMENDATION.open_to(one, by) if _by_hand(move)]
    steps += rewriting(one, CaptureForm, by) + _asking(one, by) + asking_a_panel(shown, by)
    if public and not one.checked and by.ref != one.written_by:
        note = _("Open the report, find it, and say how far what stands here is in it.")
        steps.insert(
            0,
            Step(
                "check",
                _("I have checked it against the report"),
                lambda form: recommendations.check(one, by=by, **form.cleaned_data),
                SeenForm,
                note,
            ),
        )
    link = Link(_("Assess it"), reverse("staff_assess", args=[one.pk])) if public else None
    said = [
        (
            _("Answered") if each.answers else _("Said"),
            f"{each.assessor}: {position_in_words(each)} ({ASSESSMENT.state(each.status).label})",
            Link(_("Open"), reverse("staff_assessment", args=[each.pk])),
        )
        for each in one.assessments.all()
    ]
    pairs = text([(_("Asked of"), one.addressed_to), (_("Source"), one.url), (_("Seen"), one.seen)])
    pairs += text([(_("How far it was checked"), words.VERIFICATIONS.get(one.verification, ""))])
    pairs += [(_("Label"), f"{shown.label}. {shown.why}", link), *said, *panels_of(shown)]
    pairs += text((clock.whose, clock.words) for clock in clocks_of([one.ref])[one.ref])
    waits = one.askings.filter(status=ASKING.first).first()
    asking = f"{date_format(waits.on, 'j F Y')}: {waits.words}" if waits else ""
    return Case(
        title=shown.full_title,
        state=RECOMMENDATION.state(one.status).label,
        back=Link(_("The record of recommendations"), reverse("staff_progress")),
        url=reverse("staff_recommendation", args=[one.pk]),
        public=shown.url if public else "",
        pairs=pairs,
        parts=((_("What it asks"), one.summary), *([(_("An asking that waits"), asking)] if asking else [])),
        steps=tuple(sorted(steps, key=lambda step: step.quiet)),  # what is mostly meant comes first
        refs=(one.ref, *((waits.ref,) if waits else ())),
        none=_("Nothing is open to you now. What one person wrote, another has to verify and publish."),
    )


def _assessment(made: Assessment, by: Caller) -> Case:
    steps = [
        _step(ASSESSMENT, move, made, by)
        for move in ASSESSMENT.open_to(made, by)
        if _by_hand(move) and _fits(made, move)
    ]
    bodies = [body for one in made.recommendations.all() for body in one.bodies.all()]
    form = partial(AnswerForm, asked=bodies) if made.answers else AssessmentForm
    steps += rewriting(made, form, by)
    named = made.recommendations.select_related("review").first()
    said: list[tuple[str, Any]] = [
        (_("Who says so"), f"{made.assessor}, {words.CAPACITIES.get(made.capacity, made.capacity)}"),
        (_("What is said"), position_in_words(made)),
        (_("On which basis"), words.BASES.get(made.basis, "")),
        (_("When"), words.when(made.on, made.on_note)),
        (_("In its own words"), made.quotation),
        (_("Evidence"), made.url),
        (_("Sent to the body"), _day(made.asked_on)),
        (_("It may reply until"), _day(made.reply_due)),
        (_("It replied on"), _day(made.replied_on)),
    ]
    parts = ((_("Why"), made.rationale), (_("What the body replies"), made.reply))
    return Case(
        title=_("%(who)s on %(review)s, %(about)s")
        % {"who": made.assessor, "review": made.review.short, "about": made.about},
        state=ASSESSMENT.state(made.status).label,
        back=Link(
            _("The recommendation") if named else _("The record of recommendations"),
            reverse("staff_recommendation", args=[named.pk]) if named else reverse("staff_progress"),
        ),
        url=reverse("staff_assessment", args=[made.pk]),
        public=shown_of(named, timezone.localdate()).url if named and named.status in PUBLIC else "",
        pairs=text(said),
        parts=tuple((heading, words_) for heading, words_ in parts if words_),
        steps=tuple(steps),
        refs=(made.ref,),
        none=_("Nothing is open to you now. What one person wrote, another has to review and publish."),
    )


def _fits(made: Assessment, move: Move) -> bool:
    """What others said is quoted; what we say goes to the body first."""
    return {"quote": not made.ours, "ask": made.ours}.get(move.name, True)


def _by_hand(move: Move) -> bool:
    return move.name not in NOT_BY_HAND


def _step(lifecycle: Lifecycle, move: Move, thing: Any, by: Caller) -> Step:
    form = FORMS.get(move.name)
    if move.name == "reply":
        owed = Clock.objects.running().filter(of=thing.ref, kind=Clock.Kind.RIGHT_OF_REPLY)
        form = partial(ReplyForm, asked=[clock.body for clock in owed.select_related("body") if clock.body])
    act = partial(lifecycle.move, thing, move.name, by=by)
    return Step(
        move.name,
        move.label,
        lambda bound: act(**bound.cleaned_data) if bound else act(),
        form,
        quiet=move.name in QUIET,
    )


def _made(request: HttpRequest, form: Any, act: Any) -> Any:
    """What an action made of a form; nothing, with what is wrong said in the form, where it could not."""
    if request.method in READ or not form.is_valid():
        return None
    try:
        return act()
    except Refused as fault:
        form.add_error(None, fault.message)
    except ValidationError as fault:
        form.add_error(None, "; ".join(fault.messages))
    return None


def _asked(request: HttpRequest, form: Any, title: str, button: str, said: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "said": said}
    return render(request, "web/staff/progress_form.html", context, status=400 if form.errors else 200)


def _one(pk: UUID) -> Recommendation:
    return get_object_or_404(Recommendation.objects.select_related("review", "part_of__review"), pk=pk)


def _day(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
