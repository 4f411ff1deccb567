"""Asking for e-mail, confirming it, and ending it. A link alone changes nothing: a button has to be pressed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from evenhand.core.access import WRITE, allow, anyone, caller_of, machine
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.limits import limited
from evenhand.core.news import followed
from evenhand.core.references import Ref
from evenhand.domains.publishing.actions import alerts as actions
from evenhand.domains.publishing.forms import AlertForm, FollowForm

MOST = 20  # things that one address may name


@allow(anyone, methods=WRITE)
def alerts(request: HttpRequest) -> HttpResponse:
    """Ask to be told: of topics, or of the single things that the address names."""
    given = request.POST if request.method == "POST" else None
    follows = [_followed(text) for text in request.GET.getlist("of")[:MOST]]
    form = FollowForm(given) if follows else AlertForm(given, initial={"topics": request.GET.getlist("topic")})
    if request.method == "POST" and form.is_valid():
        limited(request, "alerts", "5/m/ip,20/h/ip")
        of = [ref for ref, _title in follows]
        actions.ask(form.cleaned_data["email"], form.cleaned_data.get("topics", ()), by=_who(request), of=of)
        return redirect(f"{reverse('alerts')}?asked=yes")
    context: dict[str, Any] = {
        "form": form,
        "follows": [title for _ref, title in follows],
        "asked": "asked" in request.GET,
        "crumbs": _crumbs(),
    }
    return render(request, "publishing/alerts.html", context, status=400 if form.errors else 200)


@allow(anyone, methods=WRITE)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that the address is one's own."""
    return _by_button(
        request,
        lambda: actions.confirm(token, by=_who(request)),
        heading=_("Be told of what is new"),
        button=_("Yes, write to me"),
        done=_("You will be told. Each message has a link that ends it."),
    )


@csrf_exempt  # a mail program ends it by one click, and has seen no form of ours; the token is what proves it
@allow(anyone, methods=WRITE)
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Stop being told."""
    return _by_button(
        request,
        lambda: actions.end(token, by=_who(request)),
        heading=_("Stop these messages"),
        button=_("Stop, and forget my address"),
        done=_("It is done: nothing more will be sent, and your address is forgotten."),
    )


def _followed(text: str) -> tuple[Ref, str]:
    found = followed(text)
    if found is None:
        raise Refused(
            _("There is nothing of that name to follow. Choose “Follow” on its page."), code="unknown", status=404
        )
    return found


def _by_button(request: HttpRequest, act: Any, *, heading: str, button: str, done: str) -> HttpResponse:
    context: dict[str, Any] = {"heading": heading, "button": button, "crumbs": _crumbs()}
    if request.method == "POST":
        try:
            act()
        except Refused as refusal:
            return render(
                request, "publishing/alert.html", {**context, "refused": refusal.message}, status=refusal.status
            )
        context["done"] = done
    return render(request, "publishing/alert.html", context)


def _who(request: HttpRequest) -> Any:
    """Who is signed in; otherwise whoever holds the link, of whom nothing else is known."""
    caller = caller_of(request)
    return caller if caller.signed_in else machine("visitor")


def _crumbs() -> tuple[Link, ...]:
    return (
        Link(_("Home"), "/"),
        Link(_("What’s new"), "/news/"),
        Link(_("E-mail"), "", current=True),
    )
