"""What an assessor sees, and nothing else: organisations to declare on, applications to score, one sheet of each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from evenhand.core.access import Caller
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.organisations.models import Organisation
from evenhand.domains.support.lifecycle.assessments import COUNTED
from evenhand.domains.support.models import Application, Assessment, Declaration, Participant, Round
from evenhand.domains.support.people import assessor
from evenhand.domains.support.queries.scores import scores_in
from evenhand.domains.support.rules.answers import shown_blind
from evenhand.domains.support.rules.programmes import Criterion, Programme, programme

TO_SCORE = ("submitted", "assessment", "more-information")


@dataclass(frozen=True)
class Evidence:
    """One question with its answer, as an assessor reads it."""

    label: str
    answer: str


@dataclass(frozen=True)
class Judged:
    """One criterion with what it rests on, and what this assessor said of it."""

    criterion: Criterion
    evidence: tuple[Evidence, ...]
    score: int | None
    reason: str


@dataclass(frozen=True)
class Sheet:
    """All that an assessor sees of an application. The organisation is blank where the programme is scored blind."""

    reference: str
    programme: Programme
    organisation: str
    status: str
    due_on: Any
    eligibility: tuple[tuple[str, str], ...]
    criteria: tuple[Judged, ...]
    asked: str
    answered: str
    others: tuple[tuple[str, tuple[tuple[str, int, str], ...]], ...]


def undeclared(caller: Caller) -> list[tuple[Round, list[Organisation]]]:
    """Organisations on which an assessor has said nothing yet, by round and by name: never by application."""
    if not assessor.admits(caller) or caller.person is None:
        return []
    said = Declaration.objects.filter(
        round=OuterRef("round"), organisation=OuterRef("organisation"), person=caller.person
    )
    waiting = (
        Application.objects.filter(status__in=TO_SCORE).exclude(Exists(said)).select_related("round", "organisation")
    )
    found: dict[Round, list[Organisation]] = {}
    for one in waiting.order_by("round__opens_at", "organisation__name"):
        found.setdefault(one.round, []).append(one.organisation)
    return list(found.items())


def declared_by(caller: Caller) -> QuerySet[Declaration]:
    """What an assessor said of organisations whose round is not over."""
    if caller.person is None:
        return Declaration.objects.none()
    found = Declaration.objects.filter(person=caller.person).exclude(round__status__in=("complete", "dropped"))
    return found.select_related("round", "organisation").order_by("organisation__name")


def assessments_of(caller: Caller) -> QuerySet[Assessment]:
    """What an assessor was asked to score and may see: nothing with a conflict, and nothing asked no longer."""
    if not assessor.admits(caller) or caller.person is None:
        return Assessment.objects.none()
    conflict = Declaration.objects.filter(
        round=OuterRef("application__round"),
        organisation=OuterRef("application__organisation"),
        person=caller.person,
        conflict=True,
    )
    found = Assessment.objects.filter(person=caller.person, status__in=COUNTED).exclude(Exists(conflict))
    found = found.exclude(application__status="withdrawn")
    return found.select_related("application__round", "application__organisation", "person")


def sheet(assessment: Assessment) -> Sheet:
    """What an assessor sees of the application that they were asked to score."""
    application = assessment.application
    declared = programme(application.programme)
    answers = shown_blind(declared, application.answers)
    everything = application.status not in TO_SCORE and assessment.status == "in"
    return Sheet(
        reference=application.reference,
        programme=declared,
        organisation="" if declared.assessment.blind else application.organisation.title,
        status=assessment.status,
        due_on=application.due_on,
        eligibility=tuple((one["title"], one["verdict"]) for one in application.proposal),
        criteria=tuple(_judged(one, declared, answers, assessment) for one in declared.criteria),
        asked=application.question,
        answered=application.reply,
        others=_others(assessment, declared) if everything else (),
    )


def may_be_asked(application: Application) -> list[Person]:
    """The assessors who said that they have no conflict with the organisation, and were not asked yet."""
    clear = Declaration.objects.filter(
        round=application.round_id, organisation=application.organisation_id, conflict=False, person=OuterRef("pk")
    )
    holding = RoleHeld.objects.filter(role="assessor", person=OuterRef("pk")).holding()
    bound = RoleHeld.objects.filter(organisation=application.organisation_id, person=OuterRef("pk"))
    asked = Assessment.objects.filter(application=application, person=OuterRef("pk"))
    taking = Participant.objects.filter(application=application, person=OuterRef("pk"))
    people = Person.objects.filter(Exists(clear), Exists(holding), is_active=True)
    return list(people.exclude(Exists(bound)).exclude(Exists(asked)).exclude(Exists(taking)).order_by("name"))


def _judged(criterion: Criterion, declared: Programme, answers: dict[str, Any], assessment: Assessment) -> Judged:
    asked = [declared.question(slug) for slug in criterion.questions if slug in answers]
    return Judged(
        criterion,
        tuple(Evidence(one.label, in_words(answers[one.slug])) for one in asked),
        assessment.scores.get(criterion.slug),
        assessment.reasons.get(criterion.slug, ""),
    )


def _others(assessment: Assessment, declared: Programme) -> tuple[tuple[str, tuple[tuple[str, int, str], ...]], ...]:
    """What the other assessors scored, once all is in: by number, since who they are is not the point."""
    others = [one for one in scores_in(assessment.application) if one.pk != assessment.pk]
    return tuple(
        (
            str(number),
            tuple((each.label, one.scores[each.slug], one.reasons.get(each.slug, "")) for each in declared.criteria),
        )
        for number, one in enumerate(others, 1)
    )


def in_words(answer: Any) -> str:
    """An answer as it is read: several choices one after the other."""
    return "; ".join(answer) if isinstance(answer, list) else str(answer or "")
