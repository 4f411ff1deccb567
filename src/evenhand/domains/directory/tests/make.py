"""Organisations and services for tests, listed as they would be."""

import datetime as dt
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from evenhand.core.access import Caller, machine
from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.actions.listings import draft, move
from evenhand.domains.directory.models import Service

BY = machine("tests")
FACTS = {
    "name": "Gateway Mentoring",
    "summary": "Meets young men at the prison gate.",
    "phone": "0121 496 0112",
    "keeper_email": "keeper@example.org",
    "terms": [{"kind": "need", "term": "mentoring"}, {"kind": "stage", "term": "release-and-recall"}],
    "audiences": [{"kind": "community", "term": "five/black", "only": False}],
    "coverage": [{"code": "BMI", "court": ""}, {"code": "E23000014", "court": ""}],
    "locations": [{"visibility": "full", "line_1": "4 Demonstration Yard", "town": "Birmingham", "postcode": "b5 0xx"}],
}


def organisation(**said) -> Organisation:
    """A body of an unused name."""
    key = uuid4().hex[:8]
    return Organisation.objects.create(**({"slug": f"gateway-{key}", "name": f"Gateway {key}"} | said))


def editor() -> Caller:
    """Somebody who edits the directory."""
    return somebody("directory-editor")


def member(of: Organisation) -> Caller:
    """Somebody who belongs to an organisation."""
    return somebody("organisation-member", of=of)


def somebody(role: str, *, of: Organisation | None = None) -> Caller:
    """A caller without a row of their own, whose password nobody has to work out."""
    bound = frozenset({(role, of.pk)}) if of else frozenset()
    person = SimpleNamespace(pk=uuid4())
    return Caller(True, frozenset({role}), second_factor=True, organisations=bound, person=person)


def service(of: Organisation | None = None, *, checked: dt.date | None = None, at: str = "listed", **facts) -> Service:
    """A listing, taken by its real way to where it stands."""
    made = draft(of or organisation(), FACTS | facts, by=BY)
    if at == "draft":
        return made
    made = move(made, "submit", by=member(made.organisation))
    if at == "submitted":
        return made
    made = move(made, "list", by=editor(), on=checked or timezone.localdate())
    for step in {"stale": ("age",), "hidden": ("hide",), "closed": ("close",)}.get(at, ()):
        made = move(made, step, by=BY)
    return made
