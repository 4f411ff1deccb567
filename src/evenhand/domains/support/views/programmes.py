"""The public pages of programmes: what is on offer, one programme, the minute's check, and asking to be rung."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import WRITE, allow, anyone, caller_of, machine
from evenhand.core.accounts.views import whole
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.limits import limited
from evenhand.domains.support.actions import conversations
from evenhand.domains.support.forms.applications import ConversationForm
from evenhand.domains.support.forms.eligibility import CheckForm
from evenhand.domains.support.queries import eligibility, rounds
from evenhand.domains.support.queries.grants import has_awards
from evenhand.domains.support.queries.reporting import kept_promises
from evenhand.domains.support.queries.reports import in_words, invented, published_reports
from evenhand.domains.support.rules.eligibility import proposes
from evenhand.domains.support.rules.programmes import Programme, UnknownProgramme
from evenhand.domains.support.rules.programmes import programme as programme_of
from evenhand.domains.support.views.doing import crumbs, here

RATES = "5/m/ip,20/h/ip"


@allow(anyone)
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, those that are open first."""
    context: dict[str, Any] = {
        "standings": rounds.standings(),
        "crumbs": (Link(_("Home"), reverse("home")), here(_("Support on offer"))),
        "canonical": settings.SITE_URL + request.path,
    }
    return render(request, "support/programmes.html", context)


@allow(anyone)
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme: for whom it is, how it works, when it is open; and once it is closed, what came of it."""
    declared = found(slug)
    standing = rounds.standing_of(declared)
    period, kept = kept_promises(declared)
    context: dict[str, Any] = {
        "programme": declared,
        "standing": standing,
        "outcomes": [rounds.outcome_of(one) for one in standing.over],
        "others": rounds.open_instead_of(declared),
        "alerts": alerts_of(declared),
        "promises": [(one, _(one.found) % one.said) for one in kept],
        "period": in_words(period) if period else "",
        "reports": published_reports(slug),
        "has_awards": has_awards(declared),
        "of_a_demonstration": invented(declared),
        "crumbs": crumbs(here(_(declared.title))),
        "canonical": settings.SITE_URL + request.path,
    }
    return render(request, "support/programme.html", context)


@allow(anyone)
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """The minute's check. It needs no account, and keeps nothing: what is asked stands in the address alone."""
    declared, today = found(slug), timezone.localdate()
    number = request.GET.get("number", "")[:12].strip()
    organisation = eligibility.organisation_numbered(number) if number else None
    entries = eligibility.entries_numbered(number) if number else []
    asked = "asked" in request.GET
    known = eligibility.suggested(organisation, entries, on=today) if number else {}
    form = CheckForm(declared, request.GET if asked else None, initial={"number": number, **known})
    context: dict[str, Any] = {
        "programme": declared,
        "form": form,
        "number": number,
        "name": organisation.title if organisation else entries[0].name if entries else "",
        "takes": rounds.standing_of(declared).takes,
        "crumbs": crumbs(Link(_(declared.title), reverse("support:programme", args=[slug])), here(_("Am I eligible?"))),
        "canonical": settings.SITE_URL + request.path,
    }
    if asked and form.is_valid():
        outcomes = eligibility.outcomes_for(declared, {**known, **form.facts}, entries, on=today)
        context |= {
            "outcomes": eligibility.shown(outcomes),
            "proposal": proposes(outcomes),
            "query": request.GET.urlencode(),
        }
    return render(request, "support/check.html", context, status=400 if form.errors else 200)


@allow(anyone, methods=WRITE)
@whole
def ring(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to be rung: to talk before applying, or to apply on the telephone."""
    declared, caller = found(slug), caller_of(request)
    form = ConversationForm(request.POST or None, initial={"key": uuid4(), "kind": request.GET.get("for", "")})
    if request.method == "POST":
        limited(request, "support-ring", RATES)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        by = caller if caller.signed_in else machine("visitor")
        try:
            conversations.ask(slug, said.pop("kind"), by=by, key=said.pop("key"), **said)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(f"{reverse('support:ring', args=[slug])}?asked=yes")
    context = {
        "programme": declared,
        "form": form,
        "asked": "asked" in request.GET,
        "crumbs": crumbs(
            Link(_(declared.title), reverse("support:programme", args=[slug])), here(_("Ask us to ring you"))
        ),
    }
    return render(request, "support/ring.html", context, status=400 if form.errors else 200)


def alerts_of(declared: Programme) -> str:
    """Where somebody asks to be told of the next round."""
    return f"{reverse('alerts')}?topic={declared.topics[0]}" if declared.topics else reverse("alerts")


def found(slug: str) -> Programme:
    """The programme of an address; to everybody there is no other."""
    try:
        return programme_of(slug)
    except UnknownProgramme:
        raise Http404 from None
