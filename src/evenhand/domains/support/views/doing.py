"""What the pages have in common: doing a thing and saying how it went, and where the reader is."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused


def done(request: HttpRequest, work: Callable[[], object], said: str, where: str) -> HttpResponse:
    """Do it, say how it went, and go there."""
    try:
        work()
    except Refused as refusal:
        more = f" {'; '.join(refusal.near)}" if refusal.near else ""
        messages.error(request, refusal.message + more)
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    else:
        messages.success(request, said)
    return redirect(where)


def crumbs(*links: Link) -> tuple[Link, ...]:
    """Where the reader is, below the support on offer."""
    return (Link(_("Home"), reverse("home")), Link(_("Support on offer"), reverse("support:programmes")), *links)


def here(name: str) -> Link:
    """The page itself."""
    return Link(name, "", current=True)
