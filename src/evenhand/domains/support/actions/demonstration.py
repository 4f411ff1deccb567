"""The rounds and applications of a demonstration, taken by real steps to where they stand; none of them is real."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from evenhand.core.access import Caller
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.demonstration import BY, address
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.journal.actions import record
from evenhand.core.organisations.demonstration import ALL
from evenhand.core.organisations.models import Form, Identifier, Organisation
from evenhand.domains.support.actions import applications, assessing, rounds
from evenhand.domains.support.actions import demonstration_of_last_year as last_year
from evenhand.domains.support.models import Application, Assessment, Declaration, Engagement, Participant, Round
from evenhand.domains.support.people import CLOCK
from evenhand.domains.support.rules.clocks import decision_due
from evenhand.domains.support.rules.programmes import programme as programme_of
from evenhand.library.discover import made, read_table

DECLARED: Final = Path(__file__).with_name("demonstration.toml")
FUND: Final = "demonstration-fund"
NOON: Final = dt.time(12)


@dataclass(frozen=True)
class DeclaredRound:
    """A round, by days from today."""

    slug: str
    programme: str
    title: str
    opens: int
    closes: int
    available: float


@dataclass(frozen=True)
class DeclaredApplication:
    """An application: whose, to which round, how far it has come, and what is said in it."""

    organisation: str
    round: str
    at: str
    sent: int
    income: int
    answers: Mapping[str, Any]
    scores: tuple[str, ...] = ()  # one row of figures an assessor, a figure a criterion
    amount: float = 0.0
    words: str = ""
    engagement: str = ""  # how far the days have come that it was awarded


def declared_applications() -> tuple[DeclaredApplication, ...]:
    """The applications that the file declares."""
    return tuple(made(DeclaredApplication, row, where=DECLARED) for row in read_table(DECLARED)["application"])


@transaction.atomic
def load(today: dt.date | None = None) -> int:
    """Make the rounds and applications that are missing; how many applications."""
    if Round.objects.filter(demonstration=True).exists():
        return 0
    day = today or timezone.localdate()
    table = read_table(DECLARED)
    _give_funder(table["last_year"]["programme"])
    declared = [made(DeclaredRound, row, where=DECLARED) for row in table["round"]]
    begun = {one.slug: _round(one, day) for one in declared}
    written = 0
    for one in declared_applications():
        if organisation := Organisation.objects.filter(slug=one.organisation).first():
            closes = next(each.closes for each in declared if each.slug == one.round)
            _application(one, begun[one.round], organisation, day, closes)
            written += 1
    for each in declared:
        _date(begun[each.slug], each, day)
    written += last_year.write_applications(_round_over(day), by=_role("person"))
    record("support.demonstration.load", ALL, by=BY, details={"applications": written})
    return written


@transaction.atomic
def remove() -> int:
    """Take every round of the demonstration away with what hangs on it; how many applications. The journal stays."""
    theirs = Application.objects.filter(Q(round__demonstration=True) | Q(organisation__demonstration=True))
    Engagement.objects.filter(application__in=theirs).delete()
    removed = theirs.count()
    Declaration.objects.filter(Q(round__demonstration=True) | Q(person__demonstration=True)).delete()
    Assessment.objects.filter(Q(application__in=theirs) | Q(person__demonstration=True)).delete()
    theirs.delete()
    Round.objects.filter(demonstration=True).delete()
    RoleHeld.objects.filter(organisation__slug=FUND).update(organisation=None)
    Organisation.objects.filter(slug=FUND).delete()
    if removed:
        record("support.demonstration.remove", ALL, by=BY, details={"removed": removed})
    return removed


def _round(one: DeclaredRound, day: dt.date) -> Round:
    """Approved by two; and open, whatever its dates will be, while its applications are made."""
    ahead = one.opens > 0
    now = timezone.now()
    drafted = rounds.draft(
        one.programme,
        one.title,
        by=_role("programme-officer"),
        opens_at=_noon(day + dt.timedelta(days=one.opens)) if ahead else now - dt.timedelta(hours=1),
        closes_at=_noon(day + dt.timedelta(days=one.closes)) if ahead else now + dt.timedelta(days=60),
        available=Decimal(str(one.available)),
        demonstration=True,
    )
    for name, slug in (("agree", "funder"), ("approve", "administrator")):
        drafted = rounds.move(drafted, name, by=_role(slug))
    return drafted if ahead else rounds.move(drafted, "open", by=CLOCK)


def _date(begun: Round, one: DeclaredRound, day: dt.date) -> None:
    """Give it the dates that it would have had."""
    if one.opens <= 0:
        opens, closes = _noon(day + dt.timedelta(days=one.opens)), _noon(day + dt.timedelta(days=one.closes))
        Round.objects.filter(pk=begun.pk).update(opens_at=opens, closes_at=closes, opened_at=opens)


def _round_over(day: dt.date) -> Round:
    """The round of last year, complete, with what came of it."""
    said, period = last_year.declared(), last_year.period_of(day)
    closes = (period.begins - day).days - 2
    one = DeclaredRound("before", said.programme, said.title, closes - 56, closes, said.available)
    begun = _round(one, day)
    _date(begun, one, day)
    rounds.keep_rounds(timezone.now())
    Round.objects.filter(pk=begun.pk).update(closed_at=_noon(day + dt.timedelta(days=closes)))
    for name, details in (("deliver", {}), ("report", {}), ("complete", {"outcome": said.outcome})):
        begun = rounds.move(begun, name, by=_role("programme-officer"), **details)
    return begun


def _give_funder(programme: str) -> None:
    """The sign-in of the funder is of the body that pays, which is as invented as all else."""
    declared = programme_of(programme)
    scheme, _dash, value = declared.funder_id.rpartition("-")
    fund = Organisation.objects.create(slug=FUND, name=declared.funder, legal_form=Form.CHARITY, demonstration=True)
    Identifier.objects.create(organisation=fund, scheme=scheme, value=value, primary=True)
    RoleHeld.objects.filter(person__demonstration=True, role="funder", organisation=None).update(organisation=fund)


def _application(one: DeclaredApplication, to: Round, of: Organisation, day: dt.date, closes: int) -> None:
    """Written by the demonstration's person, and taken as far as it says, by those whose part it is."""
    by, officer = _role("person"), _role("programme-officer")
    welsh = any(each.code.startswith("W") for each in of.areas.all())
    facts = {
        "form": of.legal_form,
        "income": one.income,
        "nations": ["wales"] if welsh else ["england"],
        "led": "yes",
        "specialist": "yes",
        "interest": "works",
    }
    key = uuid5(NAMESPACE_URL, f"{to.title}/{of.slug}")
    begun = _begin(to, of, by, key, facts)
    begun = applications.write(begun, one.answers, by=by)
    if one.at == "draft":
        return
    begun = applications.move(begun, "send", by=by)
    sent = _noon(day - dt.timedelta(days=one.sent))
    clocks = programme_of(to.programme).clocks
    due = decision_due(clocks, sent=sent.date(), closes=day + dt.timedelta(days=closes))
    Application.objects.filter(pk=begun.pk).update(sent_at=sent, due_on=due)
    if one.at == "submitted":
        return
    if one.at == "ineligible":
        applications.move(begun, "find-ineligible", by=officer, why=one.words)
        return
    if one.at == "withdrawn":
        applications.move(begun, "withdraw", by=by)
        return
    begun = applications.move(begun, "find-eligible", by=officer)
    if one.scores:
        begun = _score(begun, one, officer)
    _decide(begun, one, by, _role("administrator"))


def _begin(to: Round, of: Organisation, by: Caller, key: Any, facts: Mapping[str, Any]) -> Application:
    """Begun as its own people would: of the first organisation those are sign-ins of the demonstration."""
    keeper = _role("organisation-owner")
    own = any(organisation == of.pk for _role_held, organisation in keeper.organisations)
    begun = applications.begin(to, of, by=keeper if own else by, key=key, facts=facts)
    Participant.objects.get_or_create(
        application=begun, person=by.person, ended_at=None, defaults={"joined_at": timezone.now()}
    )
    return begun


def _score(begun: Application, one: DeclaredApplication, officer: Caller) -> Application:
    """Scored by as many assessors as there are rows of scores."""
    declared = programme_of(begun.programme)
    judges = [_role(slug) for slug, _row in zip(("assessor", "second-assessor"), one.scores, strict=False)]
    for judge in (_role("assessor"), _role("second-assessor")):
        assessing.declare(begun.round, begun.organisation, by=judge, conflict=False)
    assessing.ask(begun, [judge.person for judge in judges], by=officer)
    for judge, row in zip(judges, one.scores, strict=True):
        sheet = Assessment.objects.get(application=begun, person=judge.person)
        given = dict(zip((each.slug for each in declared.criteria), map(int, row), strict=True))
        assessing.keep_scores(sheet, given, {}, by=judge)
        assessing.move(sheet, "hand-in", by=judge)
    return Application.objects.get(pk=begun.pk)


def _decide(begun: Application, one: DeclaredApplication, by: Caller, chair: Caller) -> None:
    """The panel, as far as it has come."""
    if one.at == "more-information":
        applications.move(begun, "ask", by=chair, question=one.words)
    moves = {"reserve": "hold", "unsuccessful": "refuse", "offered": "offer", "accepted": "offer"}
    if one.at in moves:
        details: dict[str, Any] = {"feedback": one.words}
        if moves[one.at] == "offer":
            details["amount"] = Decimal(str(one.amount))
        begun = applications.move(begun, moves[one.at], by=chair, **details)
    if one.at == "accepted":
        applications.move(begun, "accept", by=by)


def _role(slug: str) -> Caller:
    """The sign-in of a role, as if it had just shown its second factor."""
    return caller_for(Person.objects.get(email=address(slug)), second_factor=True)


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, NOON))
