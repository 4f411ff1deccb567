"""The page behind the link that asks whether days are right: reading it does nothing, a button answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evenhand.core.access import WRITE, allow, anyone
from evenhand.core.accounts.views import whole
from evenhand.core.errors import Refused
from evenhand.domains.support.actions.links import answer_link, digest_of
from evenhand.domains.support.models import DayLink
from evenhand.domains.support.queries.ledger import in_words


@allow(anyone, methods=WRITE)
@whole
def confirm_day(request: HttpRequest, token: str) -> HttpResponse:
    """Show one line of the ledger, and take one answer."""
    link = DayLink.objects.select_related("entry__engagement__application__organisation", "entry__consultant__person")
    asked = link.filter(digest=digest_of(token)).first()
    if asked is None:
        raise Http404
    context = {"asked": asked, "entry": asked.entry, "days": in_words(asked.entry.quarters)}
    ended = asked.used_at is not None or asked.expires_at <= timezone.now()
    if request.method == "POST" and not ended:
        right = request.POST.get("answer") == "right"
        try:
            answer_link(asked, right=right, why=request.POST.get("why", "").strip()[:500])
        except Refused as fault:
            context["fault"] = fault.message
        else:
            context["answered"] = "right" if right else "wrong"
    elif ended:
        context["ended"] = "used" if asked.used_at else "expired"
    return render(request, "support/engagements/confirm.html", context)
