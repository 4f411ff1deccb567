"""What is overdue, body by body, for everybody to read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Link
from evenhand.domains.reviews.queries.clocks import due_soon, kept, ours
from evenhand.domains.reviews.queries.clocks import overdue as overdue_now

SOON = 30


@allow(anyone)
def overdue(request: HttpRequest) -> HttpResponse:
    """Every reply, promise and update that is overdue, ours first among equals; and what is due next."""
    today = timezone.localdate()
    context: dict[str, Any] = {
        "owed": overdue_now(today),
        "soon": due_soon(today, SOON),
        "days": SOON,
        "kept": kept(),
        "ours": ours(),
        "today": today,
        "canonical": settings.SITE_URL + reverse("reviews:overdue"),
        "alternates": [],
        "crumbs": (Link(_("Home"), reverse("home")), Link(_("Overdue"), "", current=True)),
    }
    return render(request, "reviews/overdue.html", context)
