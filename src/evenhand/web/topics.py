"""The pages of topics: what each domain says of one, and all of them by name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.pages import kept
from evenhand.domains.support.queries.rounds import standings
from evenhand.domains.support.queries.rounds import state as support_state
from evenhand.library.vocabulary import Term, UnknownTerm
from evenhand.library.vocabulary import topic as topic_of
from evenhand.library.vocabulary import topics as topics_of
from evenhand.web.composition import Part, Subject, Teller, composed, state_of
from evenhand.web.promised import promised
from evenhand.web.published import published


def _support(one: Term) -> Part | None:
    told = [each for each in standings() if one.slug in each.programme.topics]
    return Part("support", _("Support on offer"), "support/told.html", told) if told else None


# What each domain says of a topic, in the order of the page.
TELLERS = (
    promised("topics", lambda one: one.slug),
    published("topics", lambda one: one.slug),
    Teller(_support, support_state),
)


@allow(anyone)
@kept(state_of(TELLERS))
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic, with everything that is known of it."""
    try:
        one = topic_of(slug)
    except UnknownTerm as fault:
        raise Refused(str(fault), near=fault.near, code="no-such-topic", status=404) from None
    said = {"topic": _(one.name)}
    told = any(teller.tell(one) for teller in TELLERS)
    subject = Subject(
        _("Topic"),
        _(one.name),
        _(one.description),
        _("%(topic)s: what has been published about it on this site.") % said,
        (Link(_("Home"), "/"), Link(_("Topics"), reverse("topics")), Link(_(one.name), "", current=True)),
        () if told else (_("Nothing has been published about this topic yet."),),
    )
    return composed(request, subject, TELLERS, one)


@allow(anyone)
@kept(state_of(()))
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic."""
    context: dict[str, Any] = {
        "topics": topics_of(),
        "crumbs": [Link(_("Home"), "/"), Link(_("Topics"), "", current=True)],
        "canonical": settings.SITE_URL + reverse("topics"),
        "alternates": [],
    }
    return render(request, "web/topics.html", context)
