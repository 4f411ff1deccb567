"""Pages of commitments: all of them, each one, a question to one, and the template."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import READ, WRITE, allow, anyone
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.exports import file_response, sheet_response, written
from evenhand.core.limits import limited
from evenhand.domains.reviews.actions.challenges import ask as ask_of
from evenhand.domains.reviews.forms.commitments import ChallengeForm
from evenhand.domains.reviews.lifecycle import COMMITMENT
from evenhand.domains.reviews.lifecycle.commitments import ADOPTED
from evenhand.domains.reviews.queries import template as templates
from evenhand.domains.reviews.queries.commitments import adopted, by_status, lessons, sheet, shown
from evenhand.domains.reviews.queries.evidence import used_of
from evenhand.domains.reviews.queries.filters import refuse_unknown

QUESTIONS = "5/m/ip,20/d/ip"


@allow(anyone)
def commitments(request: HttpRequest) -> HttpResponse:
    """Everything that the board has adopted, and where each stands; those of one state if asked."""
    asked = request.GET.get("status", "")
    if asked:
        refuse_unknown("status", asked, ADOPTED)
    every = shown(adopted())
    context: dict[str, Any] = {
        "cards": [one for one in every if asked in ("", one.one.status)],
        "asked": COMMITMENT.state(asked).label if asked else "",
        "chooser": by_status(every, asked),
        "lessons": lessons(every),
        "any": bool(every),
        "canonical": settings.SITE_URL + reverse("reviews:commitments"),
        "alternates": [],
        "crumbs": _crumbs(Link(_("Our commitments"), "", current=True)),
    }
    return render(request, "reviews/commitments.html", context)


@allow(anyone)
def commitment(request: HttpRequest, slug: str) -> HttpResponse:
    """One promise: its words, where it stands, every update, every question and its answer."""
    one = shown([get_object_or_404(adopted(), slug=slug)])[0]
    context: dict[str, Any] = {
        "shown": one,
        "canonical": settings.SITE_URL + one.url,
        "alternates": [],
        "sent": "sent" in request.GET,
        "evidence": used_of(one.one.ref),
        "crumbs": _crumbs(_all(), Link(one.one.name, "", current=True)),
    }
    return render(request, "reviews/commitment.html", context)


@allow(anyone, methods=WRITE)
@whole
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask about a commitment; nobody needs to say who they are."""
    made = get_object_or_404(adopted(), slug=slug)
    form = ChallengeForm(request.POST if request.method == "POST" else None)
    if request.method not in READ:
        limited(request, "reviews-ask", QUESTIONS)
        if form.is_valid():
            ask_of(made, form.cleaned_data["words"], email=form.cleaned_data["email"])
            return redirect(f"{reverse('reviews:commitment', args=[slug])}?sent=yes")
    url = reverse("reviews:commitment", args=[slug])
    context: dict[str, Any] = {
        "form": form,
        "made": made,
        "url": url,
        "crumbs": _crumbs(_all(), Link(made.name, url), Link(_("Ask about it"), "", current=True)),
    }
    return render(request, "reviews/ask.html", context, status=400 if form.errors else 200)


@allow(anyone)
def commitments_file(request: HttpRequest, form: str) -> HttpResponse:
    """Every commitment, to take away."""
    del request
    every = shown(adopted())
    if not every:
        raise Http404
    return sheet_response(
        written(sheet(every), form, stem="commitments"), form, stem="commitments", saved_as="commitments"
    )


@allow(anyone)
def template(request: HttpRequest) -> HttpResponse:
    """The questions that a commitment answers, for any charity to copy."""
    context: dict[str, Any] = {
        "questions": templates.questions(),
        "canonical": settings.SITE_URL + reverse("reviews:template"),
        "alternates": [],
        "crumbs": _crumbs(_all(), Link(_("A template to copy"), "", current=True)),
    }
    return render(request, "reviews/template.html", context)


@allow(anyone)
def template_file(request: HttpRequest, form: str) -> HttpResponse:
    """The template, to take away."""
    del request
    name = "commitment-template"
    if form == "md":
        return file_response(templates.as_text().encode(), "text/markdown; charset=utf-8", f"{name}.md")
    return sheet_response(written(templates.as_sheet(), form, stem="template"), form, stem="template", saved_as=name)


def _all() -> Link:
    return Link(_("Our commitments"), reverse("reviews:commitments"))


def _crumbs(*links: Link) -> tuple[Link, ...]:
    return (Link(_("Home"), reverse("home")), *links)
