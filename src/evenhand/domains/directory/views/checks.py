"""The page behind the link that asks whether a listing is still right: reading it does nothing, a button answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import WRITE, allow, anyone
from evenhand.core.accounts.views import whole
from evenhand.core.errors import NotPossible
from evenhand.core.limits import limited
from evenhand.domains.directory.actions.checks import answer, digest_of, renew
from evenhand.domains.directory.forms import AnswerForm
from evenhand.domains.directory.models import Confirmation
from evenhand.domains.directory.queries.shown import shown_of

NOT_FOUND = 404


@allow(anyone, methods=WRITE)
@whole
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the listing says, and take one answer."""
    asked = _asked(token)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context = {"asked": asked, "form": form, "shown": shown_of(asked.service), "answers": Confirmation.Answer}
    context["renew"] = reverse("directory:check-renew", args=[token])
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            asked = answer(asked, said["answer"], words=said["words"], now=now)
        except NotPossible as fault:
            context["fault"] = fault.message
        context["asked"] = asked
        return render(request, "directory/checked.html", context)
    if asked.used_at is not None or asked.expires_at <= now:
        return render(request, "directory/checked.html", context | {"expired": asked.used_at is None})
    return render(request, "directory/check.html", context)


@allow(anyone, methods=("POST",))
@whole
def check_renew(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address of the listing, in place of one that ran out."""
    asked = _asked(token)
    limited(request, "check-renew", "5/h/ip")
    context = {"asked": asked, "shown": shown_of(asked.service)}
    try:
        renew(asked, now=timezone.now())
    except NotPossible as fault:
        context["fault"] = fault.message
    return render(request, "directory/checked.html", context | {"renewed": True})


def _asked(token: str) -> Confirmation:
    asked = Confirmation.objects.select_related("service__organisation").filter(digest=digest_of(token)).first()
    if asked is None:
        raise NotPossible(_("It is not complete. Copy all of it from the message."), code="bad-link", status=NOT_FOUND)
    return asked
