"""Data of the support programme for tests, made by its own actions."""

import datetime as dt
from uuid import uuid4

from django.db.models import Max
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.tests.make import person
from evenhand.core.organisations.models import Area, Organisation
from evenhand.domains.support.actions import consultants as pool
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.actions import engagements
from evenhand.domains.support.models import Application, Consultant, Engagement, Round
from evenhand.domains.support.rules.capacity import skills

BY = machine("tests")
LONDON = "E23000001"
PROGRAMME = "consultancy"


def officer():
    """A programme officer who is signed in with a second factor."""
    return caller_for(person("programme-officer"), second_factor=True)


def administrator():
    """An administrator, who minds the money."""
    return caller_for(person("administrator"), second_factor=True)


def organisation(name="Harbour"):
    """An organisation in London."""
    made = Organisation.objects.create(slug=f"{name.lower()}-{uuid4().hex[:6]}", name=name, email="post@example.org")
    Area.objects.create(organisation=made, code=LONDON)
    return made


def owner_of(made):
    """Somebody who looks after an organisation."""
    return caller_for(person("organisation-owner", organisation=made), second_factor=False)


def application(*, of=None, facts=None):
    """An application that was offered support, and took it."""
    now = timezone.now()
    number = (Application.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    return Application.objects.create(
        number=number,
        reference=f"A-{number}",
        round=one_round(),
        organisation=of or organisation(),
        status="accepted",
        key=uuid4(),
        begun_by=BY.ref,
        facts=facts or {},
        sent_at=now - dt.timedelta(days=60),
        due_on=(now - dt.timedelta(days=46)).date(),
        decided_at=now - dt.timedelta(days=50),
        answered_at=now - dt.timedelta(days=45),
        feedback="Clear, and ready.",
        days_awarded=5,
    )


def one_round():
    """A round of the consultancy programme, long closed."""
    now = timezone.now()
    return Round.objects.get_or_create(
        programme=PROGRAMME,
        title="Autumn",
        defaults={
            "opens_at": now - dt.timedelta(days=120),
            "closes_at": now - dt.timedelta(days=60),
            "status": "delivering",
            "drafted_by": BY.ref,
            "agreed_by": BY.ref,
            "approved_by": BY.ref,
        },
    )[0]


def consultant(*, at="available", name="", **said):
    """A consultant at some state of the pool."""
    somebody = person("consultant", name="consultant")
    made = pool.apply(
        somebody,
        by=caller_for(somebody, second_factor=True),
        **{
            "name": name or f"Consultant {uuid4().hex[:4]}",
            "about": "Ten years of helping small charities.",
            "skills": ["finance", "governance"],
            "areas": [LONDON],
            "referees": "The chair of a charity, by telephone",
            "rate": 400,
            **said,
        },
    )
    steps = [("check", officer()), ("endorse", officer()), ("approve", officer()), ("open", officer())]
    states = ("checked", "endorsed", "approved", "available")
    for (step, by), state in zip(steps, states, strict=True):
        if made.status == at:
            break
        made = pool.move(made, step, by=by)
        assert made.status == state
    assert made.status == at
    return Consultant.objects.get(pk=made.pk)


def self_of(one):
    """A consultant as a caller."""
    return caller_for(one.person, second_factor=True)


class World:
    """One engagement with everybody who is part of it."""

    def __init__(self, *, days=5, at="in-progress", **said):
        self.organisation = organisation()
        self.officer, self.owner = officer(), owner_of(self.organisation)
        self.consultant = consultant(**said)
        self.helper = self_of(self.consultant)
        self.engagement = ledger.open_engagement(application(of=self.organisation), by=self.officer, days=days)
        self.to(at)

    def step(self, name, by, **said):
        self.engagement = engagements.move(self.engagement, name, by=by, **said)

    def to(self, at):
        """Walk the real moves as far as a state."""
        walk = {
            "shortlisted": lambda: self.step("shortlist", self.officer, consultants=self.consultant.reference),
            "chosen": lambda: self.step("choose", self.owner, consultant=self.consultant),
            "briefing": lambda: self.step("accept", self.helper),
            "in-progress": self.sign,
            "second-half": lambda: self.step("review", self.owner, words="Going well."),
            "delivered": lambda: self.step("deliver", self.helper),
            "follow-up": lambda: self.step("ask", self.officer),
            "closed": lambda: self.step("close", self.officer, outcome="It bid for a contract."),
        }
        states = list(walk)
        here = states.index(self.engagement.status) + 1 if self.engagement.status in states else 0
        for state in states[here:]:
            if self.engagement.status == at:
                break
            walk[state]()
            assert self.engagement.status == state
        assert self.engagement.status == at
        return self

    def sign(self):
        words = "Two days on the budget, three on the board."
        engagements.write_brief(self.engagement, by=self.helper, words=words)
        engagements.sign(self.engagement, by=self.helper, words=words)
        self.engagement = engagements.sign(self.engagement, by=self.owner, words=words)
        # A day cannot be recorded before the brief was signed: in tests, that was a month ago.
        self.engagement.begun_on = timezone.localdate() - dt.timedelta(days=30)
        self.engagement.save(update_fields=["begun_on"])

    def fresh(self):
        self.engagement = Engagement.objects.get(pk=self.engagement.pk)
        return self.engagement

    def record(self, days, *, ago=1, by=None, key=None, note="Looked at the accounts."):
        on = timezone.localdate() - dt.timedelta(days=ago)
        return ledger.record_day(self.engagement, by=by or self.helper, days=days, on=on, note=note, key=key)


def world(**said):
    """As above."""
    return World(**said)


def answers(value=3):
    """The same answer to every question of the capacity check."""
    return {one.slug: value for one in skills()}
