"""The evidence inbox, open to everybody, and what of it is used."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import READ, WRITE, allow, anyone
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.limits import limited
from evenhand.domains.reviews.actions.evidence import submit
from evenhand.domains.reviews.forms.evidence import EvidenceForm
from evenhand.domains.reviews.queries.evidence import shown, used

RATES = "3/m/ip,15/d/ip"
MOST = 50


@allow(anyone, methods=WRITE)
def evidence(request: HttpRequest) -> HttpResponse:
    """Send evidence about something; nobody needs to say who they are. Below it, what is used."""
    sends = request.method not in READ
    form = EvidenceForm(
        request.POST if sends else None, request.FILES if sends else None, initial={"about": request.GET.get("about")}
    )
    if sends:
        limited(request, "reviews-evidence", RATES)
        if form.is_valid():
            said = form.cleaned_data
            try:
                submit(form.subject, said["words"], url=said["url"], email=said["email"], file=said["file"])
            except Refused as fault:
                form.add_error("file" if said["file"] else None, fault.message)
            else:
                return redirect(f"{reverse('reviews:evidence')}?sent=yes")
    context: dict[str, Any] = {
        "form": form,
        "sent": "sent" in request.GET,
        "used": shown(used()[:MOST]),
        "canonical": settings.SITE_URL + reverse("reviews:evidence"),
        "alternates": [],
        "crumbs": (Link(_("Home"), reverse("home")), Link(_("Send evidence"), "", current=True)),
    }
    return render(request, "reviews/evidence.html", context, status=400 if form.errors else 200)
