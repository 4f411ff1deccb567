"""Rounds and applications for tests, each taken by its real way to where it stands."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from evenhand.core.access import Caller, machine
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.models import Person
from evenhand.core.accounts.tests import make as accounts
from evenhand.core.organisations.models import Area, Identifier, Organisation
from evenhand.domains.support.actions import applications, assessing, rounds, silence
from evenhand.domains.support.lifecycle import APPLICATION
from evenhand.domains.support.models import Application, Assessment, Round
from evenhand.domains.support.rules.programmes import programme as programme_of

CLOCK = machine("tests")
FACTS = {"form": "cio", "nations": ["england"], "income": 84_000, "led": "yes", "specialist": "no", "interest": "works"}
ANSWERS = {
    "help": ["Governance and trustees"],
    "situation": "Our treasurer left, and nobody reads the accounts.",
    "barriers": "We do not know how to bid.",
    "change": "Two trustees can read the accounts.",
    "people": "About forty families.",
    "days": "3",
    "ready": "The manager, on Tuesdays.",
    "consultant": "",
    "contact": "The manager, 0121 496 0112",
}
MONEY = {
    "what": "The rent of the hall.",
    "people": "About forty families.",
    "amount": "1500",
    "spent": "Rent.",
    "contact": "The chair, 0121 496 0112",
}
FEEDBACK = "Clear, and ready to begin."


def role(slug: str) -> Caller:
    """Somebody with a role, as a caller without a row."""
    return Caller(True, frozenset({slug}), second_factor=True, person=SimpleNamespace(pk=uuid4(), email="nobody@x.org"))


def person(*roles: str, **said) -> Caller:
    """Somebody with a row of their own, signed in with their second factor."""
    return caller_for(accounts.person(*roles, **said), second_factor=True)


def payer(programme: str = "consultancy", *, by: Caller | None = None) -> Caller:
    """Somebody who holds the role of funder for the organisation that pays for a programme."""
    scheme, _dash, value = programme_of(programme).funder_id.rpartition("-")
    number = Identifier.objects.filter(scheme=scheme, value=value).first()
    pays = number.organisation if number else organisation()
    if number is None:
        Identifier.objects.create(organisation=pays, scheme=scheme, value=value)
    return replace(by or role("funder"), organisations=frozenset({("funder", pays.pk)}))


def again(caller: Caller) -> Caller:
    """The same person, with what they hold by now."""
    return caller_for(Person.objects.get(pk=caller.person.pk), second_factor=True)


def organisation(**said) -> Organisation:
    """A body of an unused name, in England."""
    key = uuid4().hex[:8]
    made = Organisation.objects.create(**({"slug": f"harbour-{key}", "name": f"Harbour {key}"} | said))
    Area.objects.create(organisation=made, code="E23000014")
    return made


def opened(programme: str = "consultancy", *, at: str = "open", days: int = 30, **said) -> Round:
    """A round, agreed and approved by two, and opened."""
    now = timezone.now()
    one = rounds.draft(
        programme,
        f"Round {uuid4().hex[:6]}",
        by=role("programme-officer"),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=days),
        **said,
    )
    for name, by in (("agree", payer(programme)), ("approve", role("administrator")), ("open", CLOCK)):
        if one.status == at:
            break
        one = rounds.move(one, name, by=by)
    return one


def begun(
    by: Caller | None = None, *, programme: str = "consultancy", one: Round | None = None, of=None
) -> Application:
    """An application with nothing in it."""
    by = by or person()
    return applications.begin(one or opened(programme), of or organisation(), by=by, key=uuid4(), facts={})


def written(by: Caller | None = None, **said) -> Application:
    """One with every answer, not sent."""
    by = by or person()
    made = begun(by, **said)
    made = applications.say_facts(made, FACTS, by=by)
    return applications.write(made, ANSWERS if made.programme == "consultancy" else MONEY, by=by)


def assessor(application: Application) -> Caller:
    """Somebody who scores, and said that they have no conflict."""
    made = person("assessor")
    assessing.declare(application.round, application.organisation, by=made, conflict=False)
    return made


def scores(application: Application, score: int = 3, **said: int) -> dict[str, int]:
    """The same score for every criterion, but for those that are given."""
    return {one.slug: score for one in programme_of(application.programme).criteria} | said


def scored_by(application: Application, by: Caller, given: dict[str, int]) -> Assessment:
    """Asked, scored and handed in."""
    assessing.ask(application, [by.person], by=role("programme-officer"))
    one = Assessment.objects.get(application=application, person=by.person)
    assessing.keep_scores(one, given, {"need": "Clear."}, by=by)
    return assessing.move(one, "hand-in", by=by)


def application(at: str = "submitted", *, by: Caller | None = None, gap: bool = False, **said) -> Application:
    """An application at a state, by the shortest real way there."""
    by = by or person()
    one = written(by, **said)
    for move in APPLICATION.path(at):
        one = step(one, move.name, by, gap=gap or at == "moderated")
    return one


def step(one: Application, name: str, by: Caller, *, gap: bool = False) -> Application:
    """One step on the way there."""
    officer = person("programme-officer")
    if name == "score":
        both = assessor(one), assessor(one)
        assessing.ask(one, [each.person for each in both], by=officer)
        for each, need in zip(both, (0 if gap else 3, 4), strict=True):
            scored_by(one, each, scores(one, 3, need=need))
        return Application.objects.get(pk=one.pk)
    if name == "lapse":
        clocks = programme_of(one.programme).clocks
        later = timezone.now() + timedelta(days=clocks.answer_offer)
        silence.remind_of_offers(later)
        silence.let_offers_lapse(later + timedelta(days=1 + silence.AHEAD.days))
        return Application.objects.get(pk=one.pk)
    if name == "withdraw":
        return applications.move(one, name, by=by)
    amount = Decimal(3) if one.programme == "consultancy" else Decimal(1500)
    details = {
        "find-ineligible": {"why": "Too large."},
        "query": {"why": "We are not."},
        "uphold": {"why": "Too large."},
        "ask": {"question": "How many days?"},
        "reply": {"answer": "Three."},
        "moderate": {"scores": scores(one, 3), "why": "Talked over."},
        "offer": {"amount": amount, "feedback": FEEDBACK},
        "hold": {"feedback": FEEDBACK},
        "refuse": {"feedback": FEEDBACK},
    }.get(name, {})
    actor = by if name in {"send", "query", "reply", "accept", "decline"} else officer
    return applications.move(one, name, by=actor, **details)
