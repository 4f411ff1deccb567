"""What waits at the programme officer's desk, and all that an officer sees of one application."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import resolve
from evenhand.domains.support.lifecycle import APPLICATION, ASSESSMENT, INVOICE
from evenhand.domains.support.lifecycle.applications import WAITING
from evenhand.domains.support.lifecycle.assessments import COUNTED
from evenhand.domains.support.models import (
    Application,
    Assessment,
    Consultant,
    Declaration,
    Engagement,
    Invoice,
    Round,
)
from evenhand.domains.support.people import handler, writer
from evenhand.domains.support.queries.applications import (
    applications_handled_by,
    calls_begun,
    conversations_open,
    files_of,
)
from evenhand.domains.support.queries.assessing import may_be_asked
from evenhand.domains.support.queries.own import answered
from evenhand.domains.support.queries.scores import scored, scores_in
from evenhand.domains.support.rules.clocks import working_days_late
from evenhand.domains.support.rules.programmes import programme
from evenhand.domains.support.rules.scoring import total

ORDER = {
    "submitted": "eligibility",
    "queried": "queries",
    "assessment": "scoring",
    "more-information": "scoring",
    "scored": "panel",
    "moderated": "panel",
    "reserve": "reserve",
    "offered": "offered",
}


@dataclass(frozen=True)
class Waiting:
    """One application on the desk: where it stands, and how late its decision is, in working days."""

    application: Application
    state: str
    late: int
    note: str


@dataclass(frozen=True)
class Scores:
    """What one assessor said, for officers: no scores before they are in."""

    pk: UUID
    who: str
    state: str
    points: str
    waited_for: bool
    conflict: bool
    lines: tuple[tuple[str, int, str], ...]


def desk(caller: Caller, today: dt.date) -> dict[str, Any]:
    """Everything that waits, in the order in which it is dealt with."""
    piles: dict[str, list[Waiting]] = {pile: [] for pile in dict.fromkeys(ORDER.values())}
    found = applications_handled_by(caller).filter(status__in=ORDER).order_by("due_on", "number")
    for one in found.prefetch_related("assessments"):
        piles[ORDER[one.status]].append(_waiting(one, today))
    late = [one for pile in piles.values() for one in pile if one.late]
    return {
        "late": sorted(late, key=lambda one: -one.late),
        "calls": calls_begun(caller),
        "invoices": [
            (one, INVOICE.state(one.status).label)
            for one in Invoice.objects.filter(status__in=("submitted", "checked", "approved"))
            .select_related("engagement__application__organisation", "consultant__person")
            .order_by("submitted_at")
        ],
        "matching": Engagement.objects.filter(status="matching")
        .select_related("application__organisation")
        .order_by("opened_at"),
        "pool": Consultant.objects.filter(status__in=("applied", "checked", "endorsed")).select_related("person"),
        "piles": piles,
        "conversations": conversations_open(),
        "rounds": Round.objects.exclude(status__in=("complete", "dropped")).order_by("opens_at"),
    }


def officers_page(application: Application, caller: Caller, today: dt.date) -> dict[str, Any]:
    """All that an officer on no side of an application sees of it: of scores none, while they have still to score."""
    if not handler.admits(caller, application):
        raise NotAllowed(handler.sentence)
    conflicted = set(
        Declaration.objects.filter(
            round=application.round_id, organisation=application.organisation_id, conflict=True
        ).values_list("person", flat=True)
    )
    asked = application.assessments.filter(status="asked", person_id=caller.person and caller.person.pk).exists()
    declared = programme(application.programme)
    moves = [move for move in APPLICATION.open_to(application, caller) if move.who is not writer]
    lines = list(lines_about(application.ref))
    known = resolve(line.by for line in lines)
    points = scored(application)
    return {
        "application": application,
        "programme": declared,
        "state": APPLICATION.state(application.status).label,
        "late": _late(application, today),
        "moves": moves,
        "sections": answered(application),
        "files": files_of(application),
        "assessments": [
            _scores(one, application, shown=not asked, conflicted=conflicted)
            for one in application.assessments.select_related("person")
        ],
        "points": points,
        "together": None if asked or points.together is None else f"{float(points.together):.1f}",
        "gap": f"{float(points.gap):.1f}",
        "wanting": application.status in {"assessment", "more-information"}
        and sum(one.status in COUNTED for one in application.assessments.all()) < declared.assessment.assessors,
        "ask": may_be_asked(application) if application.status in {"assessment", "more-information"} else [],
        "lines": [(line, known[line.by].title) for line in lines],
    }


def page_of_round(one: Round) -> dict[str, Any]:
    """A round with its numbers, and everything that was done to it."""
    lines = list(lines_about(one.ref))
    known = resolve(line.by for line in lines)
    counted = Counter(one.applications.values_list("status", flat=True))
    ranked = sorted(
        (
            each
            for each in one.applications.select_related("organisation", "round").prefetch_related("assessments")
            if each.status in RANKED
        ),
        key=lambda each: -(scored(each).together or 0),
    )
    return {
        "counts": [(state.label, counted[state.name]) for state in APPLICATION.states if counted[state.name]],
        "ranked": [(each, APPLICATION.state(each.status).label, _points(each)) for each in ranked],
        "lines": [(line, known[line.by].title) for line in lines],
    }


RANKED = ("scored", "moderated", "offered", "reserve", "unsuccessful", "accepted", "declined", "lapsed")


def _points(application: Application) -> str:
    together = scored(application).together
    return "" if together is None else f"{float(together):.1f}"


def _waiting(one: Application, today: dt.date) -> Waiting:
    note = ""
    if ORDER[one.status] == "scoring":
        wanted = programme(one.programme).assessment.assessors
        note = _("%(given)s of %(wanted)s scores are in") % {"given": len(scores_in(one)), "wanted": wanted}
        if sum(each.status in COUNTED for each in one.assessments.all()) < wanted:
            note = _("%(note)s, and somebody has to be asked") % {"note": note}
    elif one.status == "scored" and scored(one).to_moderate:
        note = _("the panel has to talk it over")
    return Waiting(one, APPLICATION.state(one.status).label, _late(one, today), note)


def _late(one: Application, today: dt.date) -> int:
    return working_days_late(one.due_on, today) if one.due_on and one.status in WAITING else 0


def _scores(one: Assessment, application: Application, *, shown: bool, conflicted: set[UUID]) -> Scores:
    """An officer reads scores once they are in; what is being written is its writer's."""
    given = shown and one.status == "in"
    declared = programme(application.programme)
    lines = (
        tuple((each.label, one.scores[each.slug], one.reasons.get(each.slug, "")) for each in declared.criteria)
        if given
        else ()
    )
    points = f"{float(total(declared, one.scores)):.1f}" if given else ""
    return Scores(
        one.pk,
        one.person.name,
        ASSESSMENT.state(one.status).label,
        points,
        one.status == "asked",
        one.status == "in" and one.person_id in conflicted,
        lines,
    )
