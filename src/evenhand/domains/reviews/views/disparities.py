"""The register of disparities: all that were opened, and each."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Link
from evenhand.core.exports import sheet_response, written
from evenhand.domains.reviews.lifecycle.disparities import PUBLIC
from evenhand.domains.reviews.queries.disparities import choosers, register, sheet, shown
from evenhand.domains.reviews.queries.evidence import used_of
from evenhand.domains.reviews.queries.filters import refuse_unknown


@allow(anyone)
def disparities(request: HttpRequest) -> HttpResponse:
    """Every disparity that was opened; those of one state or one body if asked."""
    status, body = request.GET.get("status", ""), request.GET.get("body", "")
    every = shown(register())
    cards = [
        one
        for one in every
        if status in ("", one.one.status) and (not body or (one.one.body and one.one.body.slug == body))
    ]
    if status:
        refuse_unknown("status", status, PUBLIC)
    if body:
        refuse_unknown("body", body, sorted({one.one.body.slug for one in every if one.one.body}))
    context: dict[str, Any] = {
        "cards": cards,
        "any": bool(every),
        "choosers": choosers(every, status, body),
        "canonical": settings.SITE_URL + reverse("reviews:disparities"),
        "alternates": [],
        "crumbs": (Link(_("Home"), reverse("home")), Link(_("Explain or reform"), "", current=True)),
    }
    return render(request, "reviews/disparities.html", context)


@allow(anyone)
def disparity(request: HttpRequest, slug: str) -> HttpResponse:
    """One disparity: the figures, who answers for it, what was said, and what is due."""
    one = shown([get_object_or_404(register(), slug=slug)])[0]
    context: dict[str, Any] = {
        "shown": one,
        "evidence": used_of(one.one.ref),
        "canonical": settings.SITE_URL + one.url,
        "alternates": [],
        "crumbs": (
            Link(_("Home"), reverse("home")),
            Link(_("Explain or reform"), reverse("reviews:disparities")),
            Link(one.one.name, "", current=True),
        ),
    }
    return render(request, "reviews/disparity.html", context)


@allow(anyone)
def disparities_file(request: HttpRequest, form: str) -> HttpResponse:
    """The register, to take away."""
    del request
    every = shown(register())
    if not every:
        raise Http404
    return sheet_response(written(sheet(every), form, stem="register"), form, stem="register", saved_as="register")
