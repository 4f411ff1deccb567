"""Declaring conflicts, asking assessors, and keeping what they score from one another until all is in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post
from evenhand.core.organisations.models import Organisation
from evenhand.domains.support.actions.applications import count_scores
from evenhand.domains.support.lifecycle import ASSESSMENT
from evenhand.domains.support.lifecycle.applications import BEFORE_PANEL
from evenhand.domains.support.lifecycle.assessments import BACK
from evenhand.domains.support.models import Application, Assessment, Declaration, Participant, Round
from evenhand.domains.support.people import assessor, clockwork, handler
from evenhand.domains.support.rules.answers import marked
from evenhand.domains.support.rules.programmes import programme
from evenhand.domains.support.rules.scoring import HIGHEST, LOWEST, BadScores, total


@transaction.atomic
def declare(one: Round, organisation: Organisation, *, by: Caller, conflict: bool) -> Declaration:
    """Say of an organisation, before anything of its application is seen, whether there is a conflict.

    A conflict that shows later can always be declared, and takes back what was scored until the panel has met; that
    there is none after all, an officer has to be told.
    """
    if not assessor.admits(by) or by.person is None:
        raise NotAllowed(assessor.sentence)
    if conflict:
        own = Assessment.objects.filter(person=by.person, status__in=BACK, application__status__in=BEFORE_PANEL)
        for each in own.filter(application__round=one, application__organisation=organisation):
            name = BACK[each.status]
            move(each, name, by=by, **({"why": _("Declared a conflict.")} if name == "take-back" else {}))
    return _declared(one, organisation, by=by, conflict=conflict)


def _declared(one: Round, organisation: Organisation, *, by: Caller, conflict: bool) -> Declaration:
    before = Declaration.objects.select_for_update().filter(round=one, person=by.person, organisation=organisation)
    said = before.first()
    if said is not None and said.conflict and not conflict:
        raise NotPossible(_("You declared a conflict. Talk to the programme officer if that was a slip."), code="said")
    if said is not None and said.conflict == conflict:
        return said
    if said is None:
        said = Declaration.objects.create(round=one, person=by.person, organisation=organisation, conflict=conflict)
    else:
        said.conflict, said.made_at = conflict, timezone.now()
        said.save(update_fields=["conflict", "made_at"])
    details = {"organisation": str(organisation.ref), "conflict": conflict}
    record("support.assessment.declare", one.ref, by=by, details=details)
    return said


@transaction.atomic
def ask(application: Application, people: Iterable[Person], *, by: Caller) -> list[Assessment]:
    """Ask assessors to score an application: only those who said that they have no conflict, and wrote none of it."""
    if not (handler | clockwork).admits(by, application):
        raise NotAllowed(handler.sentence)
    locked = Application.objects.select_for_update().select_related("round", "organisation").get(pk=application.pk)
    if locked.status not in {"assessment", "more-information"}:
        raise NotPossible(
            _("Assessors are asked once it is found eligible, and before all scores are in."), code="when"
        )
    made = []
    for person in people:
        if fault := _why_not(locked, person):
            raise NotPossible(_("%(name)s cannot score this: %(fault)s") % {"name": person.name, "fault": fault})
        before = Assessment.objects.filter(application=locked, person=person).first()
        if before is not None:
            continue
        asked = Assessment.objects.create(application=locked, person=person, asked_by=by.ref)
        post("support/assess.txt", to=person.email, about=asked.ref, reference=locked.reference)
        record("support.assessment.ask", locked.ref, by=by, details={"assessor": str(person.ref)})
        made.append(asked)
    return made


@transaction.atomic
def keep_scores(
    assessment: Assessment,
    scores: Mapping[str, int],
    reasons: Mapping[str, str],
    *,
    by: Caller,
    seen: str | None = None,
) -> Assessment:
    """Keep scores that are not handed in yet: nobody else sees them. `seen` is the mark of what stood there."""
    locked = _own(assessment, by)
    if seen is not None and seen != mark_of_scores(locked) and (locked.scores, locked.reasons) != (scores, reasons):
        raise NotPossible(_("You changed this elsewhere since you opened it. What is below stands if you keep it."))
    declared = programme(locked.application.programme)
    known = {one.slug for one in declared.criteria}
    if not set(scores) <= known or any(not LOWEST <= score <= HIGHEST for score in scores.values()):
        raise Refused(_("Score every criterion from 0 to 4."), code="bad-scores")
    locked.scores, locked.reasons = dict(scores), {slug: said for slug, said in reasons.items() if slug in known}
    locked.save(update_fields=["scores", "reasons"])
    return locked


def mark_of_scores(assessment: Assessment) -> str:
    """A mark of what was scored so far."""
    return marked([assessment.scores, assessment.reasons])


def move(assessment: Assessment, name: str, *, by: Caller, **details: Any) -> Assessment:
    """Take a step in the life of an assessment."""
    with transaction.atomic():
        # All scores of one application are handed in one after the other, so that the last one knows to be the last.
        Application.objects.select_for_update().get(pk=assessment.application_id)
        moved: Assessment = ASSESSMENT.move(assessment, name, by=by, **details)
        count_scores(moved.application)
    return moved


@ASSESSMENT.on("hand-in")
def handed_in(assessment: Assessment, *, by: Caller) -> None:
    """They stay as they are from here on."""
    del by
    if assessment.application.status != "assessment":
        raise NotPossible(_("The application is not being scored now."), code="not-now")
    try:
        total(programme(assessment.application.programme), assessment.scores)
    except BadScores as fault:
        raise Refused(_("Score every criterion from 0 to 4."), near=fault.criteria, code="bad-scores") from None
    assessment.in_at = timezone.now()


@ASSESSMENT.on("step-back")
def stepped_back(assessment: Assessment, *, by: Caller) -> None:
    """From here on they see nothing of it, what they scored is gone, and whoever asked them asks somebody else."""
    application = assessment.application
    if application.status not in BEFORE_PANEL:
        raise NotPossible(_("The panel has met. Tell the programme officer at once."), code="too-late")
    _declared(application.round, application.organisation, by=by, conflict=True)
    assessment.scores, assessment.reasons, assessment.in_at = {}, {}, None
    asking = Person.objects.filter(pk=assessment.asked_by.key, is_active=True).first()
    if assessment.asked_by.kind == "accounts.person" and asking is not None:
        path = reverse("staff_support:application", args=[application.reference])
        post("support/stepped_back.txt", to=asking.email, about=assessment.ref, application=application, path=path)


@ASSESSMENT.on("take-back")
def taken_back(assessment: Assessment, *, by: Caller, why: str) -> None:
    """The same after the scores were handed in, until the panel has met; why is kept in the journal."""
    del why
    stepped_back(assessment, by=by)


@ASSESSMENT.on("release")
def released(assessment: Assessment, *, by: Caller) -> None:
    """They need do nothing more, and what they had begun is gone."""
    del by
    assessment.scores, assessment.reasons = {}, {}
    reference = assessment.application.reference
    post("support/released.txt", to=assessment.person.email, about=assessment.ref, reference=reference)


def _own(assessment: Assessment, by: Caller) -> Assessment:
    locked = Assessment.objects.select_for_update().select_related("application__round").get(pk=assessment.pk)
    if not assessor.admits(by) or by.person is None or locked.person_id != by.person.pk:
        raise NotAllowed(_("This is for the assessor who was asked."))
    if locked.status != "asked":
        raise NotPossible(_("These scores were handed in already, and stay as they are."), code="in-already")
    return locked


def _why_not(application: Application, person: Person) -> str:
    if not RoleHeld.objects.filter(person=person, role="assessor").holding().exists():
        return _("they are no assessor today.")
    if Participant.objects.filter(application=application, person=person).exists():
        return _("they take part in the application.")
    if RoleHeld.objects.filter(person=person, organisation=application.organisation_id).exists():
        return _("they have a part in the organisation.")
    said = Declaration.objects.filter(
        round=application.round_id, person=person, organisation=application.organisation_id
    ).first()
    if said is None:
        return _("they have not said yet whether they have a conflict.")
    return _("they have a conflict of interest.") if said.conflict else ""
