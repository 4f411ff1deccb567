"""What the pages have in common: doing a thing and saying how it went, and where the reader is."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form, Textarea
from django.http import HttpRequest, HttpResponse, QueryDict
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


def typed_in(form: Form) -> list[tuple[str, str]]:
    """What was typed into a form that has no place on the page any more, under its labels: nobody's words vanish."""
    words = [one for one in form if isinstance(one.field.widget, Textarea) and one.value()]
    return [(str(one.label), str(one.value())) for one in words]


def once_more(typed: QueryDict, **fresh: str) -> QueryDict:
    """What was typed, to be sent again for what stands now: with the mark, or the key, of a fresh form."""
    again = typed.copy()
    for name, value in fresh.items():
        again[name] = value
    return again


def crumbs(*links: Link) -> tuple[Link, ...]:
    """Where the reader is, below the support on offer."""
    return (Link(_("Home"), reverse("home")), Link(_("Support on offer"), reverse("support:programmes")), *links)


def here(name: str) -> Link:
    """The page itself."""
    return Link(name, "", current=True)
