"""Writing an application: begun once however often it is asked for, kept as it grows, sent, withdrawn."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.access import Caller, machine
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.files.models import File
from evenhand.core.journal.actions import record
from evenhand.core.lifecycle import Move
from evenhand.core.organisations.models import Organisation
from evenhand.core.organisations.people import ROLES, member
from evenhand.domains.support.actions.days import open_engagement
from evenhand.domains.support.actions.decisions import stands_otherwise
from evenhand.domains.support.actions.engagements import move as move_engagement
from evenhand.domains.support.actions.letters import tell
from evenhand.domains.support.actions.organisations import Named, applying
from evenhand.domains.support.lifecycle import APPLICATION
from evenhand.domains.support.lifecycle.applications import CHANGEABLE
from evenhand.domains.support.lifecycle.rounds import TAKES
from evenhand.domains.support.models import Application, Engagement, Participant, Round
from evenhand.domains.support.people import handler, officer, telephone, writer
from evenhand.domains.support.queries.eligibility import organisation_numbered, outcomes_of, snapshot, unsaid
from evenhand.domains.support.queries.scores import scores_in
from evenhand.domains.support.rules.answers import marked, missing
from evenhand.domains.support.rules.capacity import asked_for
from evenhand.domains.support.rules.clocks import decision_due
from evenhand.domains.support.rules.programmes import programme

FIRST = 101
ACCEPTED = machine("support-acceptance")
SCORING = machine("support-scoring")
NOT_BEGUN = ("matching", "shortlisted", "chosen", "briefing")
AUDIO = ("mp3", "m4a", "ogg")
WRITTEN_DOWN = ("submitted", "queried", "assessment", "more-information")  # while an officer may write down a recording
NUMBERED = 5  # tries at a number that another took at the same moment


def begin(
    one: Round,
    organisation: Organisation | Named,
    *,
    by: Caller,
    key: UUID,
    facts: Mapping[str, Any],
    way: str = Application.Way.FORM,
) -> Application:
    """Begin an application, or go on with the one that this form began before.

    An organisation has one application in a round. Where its entry is looked after here, only those who do begin one;
    and officers, who write down what is said on the telephone.
    """
    if not by.signed_in or by.person is None:
        raise NotAllowed(_("Sign in to apply: your application is kept under your account."))
    if way == Application.Way.CALL and not officer.admits(by):
        raise NotAllowed(officer.sentence)
    for _try in range(NUMBERED):
        try:
            return _begin(one, organisation, by=by, key=key, facts=facts, way=way)
        except IntegrityError:  # of two who begin at once, one takes the next number, or goes on with the other's
            continue
    raise NotPossible(_("Many people apply just now. Try again in a minute."), status=503)


@transaction.atomic
def _begin(
    one: Round, organisation: Organisation | Named, *, by: Caller, key: UUID, facts: Mapping[str, Any], way: str
) -> Application:
    before = Application.objects.filter(key=key).select_related("organisation").first()
    if before is not None and not _is_of(before.organisation, organisation) and writer.admits(by, before):
        said = {"reference": before.reference, "name": before.organisation.title}
        message = _("With this form you began %(reference)s for %(name)s. Open the page anew for another organisation.")
        raise NotPossible(message % said, code="begun-otherwise")
    if before is None:
        if isinstance(organisation, Named):
            organisation = applying(organisation, by=by)
        before = Application.objects.filter(round=one, organisation=organisation).exclude(status="withdrawn").first()
    if before is not None and writer.admits(by, before):
        return before
    if before is not None or isinstance(organisation, Named):
        raise _not_yours()
    kept = RoleHeld.objects.filter(organisation=organisation, role__in=ROLES).holding().exists()
    called = way == Application.Way.CALL
    if kept and not called and not member.admits(by, organisation):
        raise _not_yours()
    _refuse_unless_open(one)
    number = (Application.objects.aggregate(most=Max("number"))["most"] or FIRST - 1) + 1
    made = Application(
        number=number,
        reference=f"A-{number}",
        round=one,
        organisation=organisation,
        key=key,
        way=way,
        facts=dict(facts),
        begun_by=by.ref,
    )
    made.full_clean(validate_unique=False, validate_constraints=False)  # the database says so, in one step
    made.save(force_insert=True)
    if not called:
        Participant.objects.create(application=made, person=by.person, joined_at=timezone.now())
    details = {"round": str(one.ref), "organisation": str(organisation.ref)}
    record("support.application.begin", made.ref, by=by, details=details | ({"way": way} if called else {}))
    return made


@transaction.atomic
def write(application: Application, answers: Mapping[str, Any], *, by: Caller, seen: str | None = None) -> Application:
    """Keep answers to some of the questions. `seen` is the mark of what stood there when they were written.

    Refused where somebody else has changed the same answers since, so that neither is lost unseen.
    """
    locked = changeable(application, by)
    before = {slug: locked.answers.get(slug) for slug in answers}
    if before == dict(answers):
        return locked
    if seen is not None and seen != mark(locked, answers):
        raise _changed_meanwhile()
    locked.answers = {**locked.answers, **answers}
    locked.save(update_fields=["answers", "touched_at"])
    record("support.application.write", locked.ref, by=by, details={"questions": sorted(answers)} | _spoken(locked, by))
    return locked


@transaction.atomic
def say_facts(
    application: Application, facts: Mapping[str, Any], *, by: Caller, seen: str | None = None
) -> Application:
    """Say anew what eligibility rests on. `seen` is the mark of what stood there, as with answers."""
    locked = changeable(application, by)
    if locked.facts == dict(facts):
        return locked
    if seen is not None and seen != marked(locked.facts):
        raise _changed_meanwhile()
    locked.facts = dict(facts)
    locked.save(update_fields=["facts", "touched_at"])
    record("support.application.say-facts", locked.ref, by=by, details=_spoken(locked, by))
    return locked


@transaction.atomic
def choose_way(application: Application, way: str, *, by: Caller) -> Application:
    """Say that the answers are spoken, or written after all."""
    locked = changeable(application, by)
    if way not in {Application.Way.FORM, Application.Way.AUDIO}:
        raise Refused(_("There is no such way to apply."), code="unknown-way")
    locked.way = way
    locked.save(update_fields=["way", "touched_at"])
    record("support.application.choose-way", locked.ref, by=by, details={"way": way})
    return locked


def mark(application: Application, questions: Mapping[str, Any]) -> str:
    """A mark of what stands at these questions now."""
    return marked({slug: application.answers.get(slug) for slug in questions})


def standing(application: Application) -> str:
    """A mark of where it stands, and of what a step is taken on: the question that is asked, the scores that are in."""
    given = sorted(str(one.in_at) for one in scores_in(application))
    return marked([application.status, str(application.asked_at), application.agreed_scores, given])


def _changed_meanwhile() -> NotPossible:
    return NotPossible(_("Somebody else has changed this since you opened it."), code="changed-meanwhile")


def move(application: Application, name: str, *, by: Caller, seen: str | None = None, **details: Any) -> Application:
    """Take a step in the life of an application. The same step again is no second step: what stands is given back.

    The same step with other words is refused, so that nobody believes that theirs are kept; and so is any step on
    something else than was seen, by its mark.
    """
    try:
        with transaction.atomic():
            if seen is not None and seen != standing(Application.objects.select_for_update().get(pk=application.pk)):
                raise _changed_meanwhile()
            spoken = _step(name).who is writer and _spoken(application, by)
            moved: Application = APPLICATION.move(application, name, by=by, **details)
            if spoken:
                record("support.application.speak", moved.ref, by=by, details={"step": name} | spoken)
            _follow(moved, name, by)
    except NotPossible:
        stands = Application.objects.select_related("round", "organisation").get(pk=application.pk)
        step = _step(name)
        if stands.status != step.end or stands.status in step.start or not step.who.admits(by, stands):
            raise
        if stands_otherwise(stands, name, details):
            raise NotPossible(
                _("This was done already, with other words, which stand. What you typed now is not kept."),
                code="done-otherwise",
            ) from None
        return stands
    return moved


@APPLICATION.on("send")
def sent(application: Application, *, by: Caller) -> None:
    """It has its promise from here on: what the rules propose is kept, and everybody who takes part gets a copy."""
    del by
    _refuse_unless_open(application.round)
    declared = programme(application.programme)
    recorded = File.objects.filter(about=application.ref, removed_at=None, kind__in=AUDIO).exists()
    spoken = application.way == Application.Way.AUDIO and recorded
    now = timezone.now()
    outcomes = outcomes_of(application, on=timezone.localdate(now))
    near = [_(one.rule.title) for one in unsaid(application, outcomes)]
    if not spoken:
        near += [_(one.label) for one in missing(declared, application.answers)]
    if near:
        raise Refused(_("Some questions are not answered yet."), near=near, code="unanswered")
    application.sent_at = now
    application.proposal = snapshot(outcomes)
    application.due_on = decision_due(
        declared.clocks, sent=timezone.localdate(now), closes=timezone.localdate(application.round.closes_at)
    )
    tell(application, "received")


@APPLICATION.on("withdraw")
def withdrawn(application: Application, *, by: Caller) -> None:
    """Nothing is held against who withdraws; what was asked of assessors is asked no longer."""
    del by
    engagement = _engagement(application)
    if engagement is not None and engagement.status not in NOT_BEGUN:
        raise NotPossible(_("The support has begun. Talk to us, and we end it together."), code="under-way")
    application.withdrawn_at = timezone.now()
    if application.sent_at is not None:
        tell(application, "withdrawn")


def _step(name: str) -> Move:
    return next(one for one in APPLICATION.moves if one.name == name)


def _spoken(application: Application, by: Caller) -> dict[str, str]:
    """What the journal adds where an officer wrote down what was said on the telephone."""
    return {"way": str(Application.Way.CALL)} if telephone.admits(by, application) else {}


def _is_of(organisation: Organisation, named: Organisation | Named) -> bool:
    if isinstance(named, Organisation):
        return named == organisation
    if named.number:
        return organisation_numbered(named.number) in {None, organisation}
    return named.name.strip().casefold() == organisation.name.casefold()


def _not_yours() -> NotPossible:
    """The same words whether or not there is an application: that is nobody else's business."""
    return NotPossible(
        _("The people of this organisation apply for it. Ask them to invite you, or ask us to ring you."),
        code="not-yours",
    )


def _engagement(application: Application) -> Engagement | None:
    return Engagement.objects.filter(application=application).first()


def _follow(application: Application, name: str, by: Caller) -> None:
    """What a step brings about beyond the application: days that are accepted have their engagement at once."""
    if name == "accept" and application.days_awarded is not None:
        asked = asked_for(application.answers.get("help", ()))
        open_engagement(application, by=ACCEPTED, days=application.days_awarded, skills=asked)
    elif name == "withdraw" and (engagement := _engagement(application)):
        move_engagement(engagement, "stop", by=by)
    elif name in {"reply", "resume"}:
        count_scores(application)


def count_scores(application: Application) -> None:
    """Move an application on once all scores that its programme asks for are in, and back where one is taken back."""
    stands = Application.objects.get(pk=application.pk)
    enough = len(scores_in(stands)) >= programme(stands.programme).assessment.assessors
    if stands.status == "scored" and not enough:
        move(stands, "rescore", by=SCORING)
    elif stands.status == "assessment" and enough and not stands.assessments.filter(status="asked").exists():
        move(stands, "score", by=SCORING)


def changeable(application: Application, by: Caller) -> Application:
    locked = Application.objects.select_for_update().select_related("round", "organisation").get(pk=application.pk)
    if locked.way == Application.Way.AUDIO and locked.status in WRITTEN_DOWN and handler.admits(by, locked):
        return locked
    if not writer.admits(by, locked):
        raise NotAllowed(writer.sentence)
    if locked.status not in CHANGEABLE:
        raise NotPossible(_("It was sent already, and stays as it was sent."), code="sent-already")
    return locked


def _refuse_unless_open(one: Round) -> None:
    now = timezone.now()
    if one.status not in TAKES or one.closes_at <= now:
        raise NotPossible(
            _("This round takes no applications now. Its page says what is open, and how to be told of the next one."),
            code="not-open",
        )
