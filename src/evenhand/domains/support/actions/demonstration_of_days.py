"""Consultants and engagements of a demonstration: none of them exists, and each state can be looked at."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from typing import Final

from django.db import transaction
from django.utils import timezone

from evenhand.core.access import Caller, machine
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.demonstration import address
from evenhand.core.accounts.models import Person
from evenhand.core.journal.actions import record
from evenhand.core.organisations.demonstration import ALL
from evenhand.domains.support.actions import consultants as pool
from evenhand.domains.support.actions import days, engagements
from evenhand.domains.support.actions import demonstration_of_last_year as last_year
from evenhand.domains.support.actions.awarding import award_what_was_accepted
from evenhand.domains.support.actions.demonstration import declared_applications
from evenhand.domains.support.models import (
    Agreement,
    Application,
    CapacityCheck,
    Consultant,
    DayEntry,
    DayLink,
    Engagement,
    FunderReport,
    Invoice,
    Shortlisted,
)
from evenhand.domains.support.rules.capacity import skills

BY: Final = machine("demonstration")
STATES: Final = ("in-progress", "shortlisted", "delivered", "matching", "review", "briefing", "closed", "chosen")
POOL: Final = (
    (("finance", "fundraising"), ("E23000001",), True, 420),
    (("governance", "people"), ("E23000014", "E23000016"), False, 380),
    (("commissioning", "partnership"), (), True, 450),
    (("impact", "fundraising"), ("E23000005",), True, 350),
    (("safeguarding", "people"), ("W15000003",), False, 300),
    (("finance", "governance"), ("E23000013",), True, 400),
)
HOST: Final = "@demo.invalid"
BEGAN: Final = 30  # days ago, so that there are some to record
LIVED: Final = (
    "Here stands, in their own words, what somebody wants known of their life. Invented for this demonstration."
)


@transaction.atomic
def load() -> tuple[int, int]:
    """Make the consultants that are missing, and take each accepted demonstration to a state; how many of each."""
    officer, second = _role("programme-officer"), _role("administrator")
    if officer is None or second is None:
        return 0, 0
    made = sum(_consultant(number, officer, second) for number in range(1, len(POOL) + 1))
    today = timezone.localdate()
    pooled = list(Consultant.objects.filter(person__email__endswith=HOST, status="available").order_by("pk"))
    written = last_year.write_engagements(today, pooled, by=_role("person") or officer)
    award_what_was_accepted()
    untouched = Engagement.objects.filter(status="matching", shortlist=None, brief="")
    moved, to = written, {one.organisation: one.engagement for one in declared_applications()}
    for one in untouched.filter(application__organisation__demonstration=True).order_by("opened_at"):
        number = int(one.reference.rpartition("-")[2])
        state = to.get(one.application.organisation.slug) or STATES[number % len(STATES)]
        moved += _walk(one, state, officer, second)
    if written:
        last_year.report_it(lambda slug: _role(slug) or officer, timezone.now())
    if made or moved:
        record("support.demonstration.load", ALL, by=BY, details={"consultants": made, "engagements": moved})
    return made, moved


@transaction.atomic
def remove() -> tuple[int, int]:
    """Take them away, with every line of their ledgers; how many of each. The journal keeps what was done."""
    theirs = Engagement.objects.filter(application__organisation__demonstration=True)
    of = {"engagement__in": theirs}
    Invoice.objects.filter(**of).delete()
    DayLink.objects.filter(entry__engagement__in=theirs).delete()
    Agreement.objects.filter(entry__engagement__in=theirs).delete()
    DayEntry.objects.filter(**of).exclude(corrects=None).delete()
    DayEntry.objects.filter(**of).delete()
    CapacityCheck.objects.filter(**of).delete()
    Shortlisted.objects.filter(**of).delete()
    gone = theirs.delete()[1].get("support.Engagement", 0)
    real = Application.objects.filter(round__demonstration=False, organisation__demonstration=False)
    FunderReport.objects.exclude(programme__in=real.values("round__programme")).delete()
    left = Consultant.objects.filter(person__email__endswith=HOST).delete()[1].get("support.Consultant", 0)
    # Those who never sign in are ours to take away; the one who does is of the sign-ins.
    Person.objects.filter(email__startswith="consultant-", email__endswith=HOST).delete()
    if gone or left:
        record("support.demonstration.remove", ALL, by=BY, details={"consultants": left, "engagements": gone})
    return left, gone


def _role(slug: str) -> Caller | None:
    person = Person.objects.filter(email=address(slug), demonstration=True).first()
    return caller_for(person, second_factor=True) if person else None


def _consultant(number: int, officer: Caller, second: Caller) -> int:
    """One of the pool; the first is who signs in as consultant."""
    email = address("consultant") if number == 1 else address(f"consultant-{number}")
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(
        email, None, name=f"Consultant {number} (demonstration)", is_active=False
    )
    if Consultant.objects.filter(person=person).exists():
        return 0
    wanted, areas, remote, rate = POOL[number - 1]
    one = pool.apply(
        person,
        by=Caller(signed_in=True, person=person),
        name=f"Consultant {number} (demonstration)",
        about="Invented for this demonstration: works with small organisations, in person and at a distance.",
        skills=list(wanted),
        areas=list(areas),
        remote=remote,
        lived_experience=LIVED if number % 3 == 1 else "",
        lived_experience_shown=number % 3 == 1,
        referees="Two references that do not exist",
        rate=Decimal(rate),
    )
    for step, by in (("check", officer), ("endorse", officer), ("approve", second), ("open", officer)):
        one = pool.move(one, step, by=by)
    return 1


def _walk(one: Engagement, to: str, officer: Caller, second: Caller) -> int:
    """Take an engagement to a state by the real steps."""
    organisation = one.application.organisation
    owner = Person.objects.filter(email=address("organisation-owner"), demonstration=True).first()
    member = Caller(signed_in=True, organisations=frozenset({("organisation-owner", organisation.pk)}), person=owner)
    pooled = list(Consultant.objects.filter(person__email__endswith=HOST, status="available").order_by("pk"))
    # Each next one has the next consultant.
    first = int(one.reference.rpartition("-")[2]) % (len(pooled) or 1)
    available = [*pooled[first:], *pooled[:first]][:3]
    if owner is None or not available or to == "matching":
        return 0
    consultant = available[0]
    helper = Caller(signed_in=True, second_factor=True, roles=frozenset({"consultant"}), person=consultant.person)
    brief = "Two days on a budget for the year, two on a board that shares the work, one to look back."

    def step(name: str, by: Caller, **said: object) -> Callable[[], object]:
        return lambda: engagements.move(one, name, by=by, **said)

    def begin() -> None:
        engagements.write_brief(one, by=helper, words=brief)
        engagements.answer_capacity(one, "before", by=member, answers=_answers(2))
        engagements.sign(one, by=helper, words=brief)
        engagements.sign(one, by=member, words=brief)
        Engagement.objects.filter(pk=one.pk).update(begun_on=timezone.localdate() - dt.timedelta(days=BEGAN))
        _record(one, helper, member, 1)

    def finish() -> None:
        engagements.move(one, "deliver", by=helper)
        engagements.answer_capacity(one, "after", by=member, answers=_answers(4))
        pool.submit_invoice(one, by=helper, number=f"DEMO-{one.reference}", days="1.5", amount=Decimal(600))

    walk: tuple[tuple[str, Callable[[], object]], ...] = (
        ("shortlisted", step("shortlist", officer, consultants=", ".join(each.reference for each in available))),
        ("chosen", step("choose", member, consultant=consultant)),
        ("briefing", step("accept", helper)),
        ("in-progress", begin),
        ("review", lambda: _record(one, helper, member, 2)),
        ("second-half", step("review", member, words="It goes well. More time for the board.")),
        ("delivered", finish),
        ("follow-up", step("ask", officer)),
        ("closed", step("close", second, outcome="A first budget, and a board that shares the work.")),
    )
    for state, take in walk:
        take()
        if state == to:
            break
    return 1


def _record(one: Engagement, helper: Caller, member: Caller, count: int) -> None:
    """Some days, confirmed, and half a day that waits; each on a day that the consultant gave to nobody else."""
    taken = set(DayEntry.objects.filter(consultant__person=helper.person).values_list("on", flat=True))
    past = (timezone.localdate() - dt.timedelta(days=at) for at in range(1, BEGAN))
    free = (day for day in past if day not in taken)
    for day in islice(free, count):
        entry = days.record_day(one, by=helper, days=1, on=day, note="Went through the accounts with the treasurer.")
        days.confirm(entry, by=member)
    days.record_day(one, by=helper, days="0.5", on=next(free), note="Wrote a plan for the year with the manager.")


def _answers(value: int) -> dict[str, int]:
    return {one.slug: min(5, value + at % 2) for at, one in enumerate(skills())}
