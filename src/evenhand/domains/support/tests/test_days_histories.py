"""Whatever is done in whatever order, the ledger agrees with itself and stays within the award."""

import os
import subprocess
import sys
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as DjangoCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from evenhand.core.errors import Refused
from evenhand.core.journal.models import Line
from evenhand.domains.support.actions import consultants as pool
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.models import Agreement, DayEntry, Engagement, Invoice
from evenhand.domains.support.queries.ledger import LIVE
from evenhand.domains.support.tests import engaging as make

QUARTERS = st.integers(1, 6).map(lambda count: Decimal(count) / 4)


class Ledger(RuleBasedStateMachine):
    """One engagement, everybody who can touch its ledger, and every verb there is."""

    def __init__(self):
        super().__init__()
        self.world = None

    @initialize(award=st.integers(1, 24))
    def begin(self, award):
        self.world = make.world(days=Decimal(award) / 4)
        self.numbers = 0

    def try_to(self, verb, *args, **said):
        try:
            return verb(*args, **said)
        except Refused:
            return None

    def any_line(self, data):
        return data.draw(st.sampled_from(list(DayEntry.objects.filter(engagement=self.world.engagement))))

    def has_lines(self):
        return self.world is not None and DayEntry.objects.filter(engagement=self.world.engagement).exists()

    @rule(days=QUARTERS, ago=st.integers(0, 30))
    def record(self, days, ago):
        self.try_to(self.world.record, days, ago=ago)

    @rule(days=QUARTERS)
    def train(self, days):
        today = timezone.localdate()
        self.try_to(
            ledger.book_training, self.world.engagement, by=self.world.officer, days=days, on=today, note="Course"
        )

    @precondition(has_lines)
    @rule(data=st.data())
    def confirm(self, data):
        self.try_to(ledger.confirm, self.any_line(data), by=self.world.owner)

    @precondition(has_lines)
    @rule(data=st.data(), who=st.sampled_from(("helper", "owner", "officer")))
    def correct(self, data, who):
        self.try_to(ledger.correct, self.any_line(data), by=getattr(self.world, who), why="Wrong.")

    @rule(days=QUARTERS)
    def raise_award(self, days):
        to = self.world.fresh().days_awarded + days
        self.try_to(ledger.raise_award, self.world.engagement, by=self.world.officer, days=to, why="Agreed.")

    @rule(days=QUARTERS)
    def invoice(self, days):
        self.numbers += 1
        self.try_to(
            pool.submit_invoice,
            self.world.engagement,
            by=self.world.helper,
            number=str(self.numbers),
            days=days,
            amount=Decimal(1),
        )

    @rule(name=st.sampled_from(("check", "approve", "pay", "refuse")), data=st.data())
    def move_invoice(self, name, data):
        there = list(Invoice.objects.filter(engagement=self.world.engagement))
        if there:
            said = {"why": "Wrong."} if name == "refuse" else {}
            self.try_to(pool.move_invoice, data.draw(st.sampled_from(there)), name, by=self.world.officer, **said)

    @invariant()
    def everything_agrees(self):
        if self.world is None:
            return
        row = Engagement.objects.get(pk=self.world.engagement.pk)
        lines = DayEntry.objects.filter(engagement=row)
        agreed = Agreement.objects.filter(entry__engagement=row, entry__kind="days", entry__correction=None)
        invoiced = Invoice.objects.filter(engagement=row, status__in=LIVE)
        assert row.quarters_used == (lines.aggregate(sum=Sum("quarters"))["sum"] or 0)
        assert row.quarters_confirmed == (agreed.aggregate(sum=Sum("entry__quarters"))["sum"] or 0)
        assert row.quarters_invoiced == (invoiced.aggregate(sum=Sum("quarters"))["sum"] or 0)
        assert 0 <= row.quarters_invoiced <= row.quarters_confirmed <= row.quarters_used <= row.quarters_awarded
        assert (
            Line.objects.filter(about=row.ref, tag="support.day.record").count() == lines.filter(corrects=None).count()
        )
        assert (
            Line.objects.filter(about=row.ref, tag="support.day.correct").count()
            == lines.exclude(corrects=None).count()
        )


def histories(many, steps):
    """A test of so many histories, each undone before the next."""

    class Histories(DjangoCase):
        def test_a_ledger_agrees_with_itself(self):
            outer = self

            class Undone(Ledger):
                def __init__(self):
                    outer.setup_example()
                    super().__init__()

                def teardown(self):
                    outer.teardown_example(None)

            run_state_machine_as_test(Undone, settings=settings(max_examples=many, stateful_step_count=steps))

    return Histories


@pytest.mark.long
def test_the_same_thousand_hold_on_a_postgresql_of_its_own():
    """`make test-postgres` leaves out what is long, so the long run starts a server for this alone."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        __file__,
        "--postgres",
        "-k",
        "TestAThousandHistories",
        "-p",
        "no:cacheprovider",
    ]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "database: postgresql" in ran.stdout, ran.stdout[-3000:] + ran.stderr[-3000:]
    assert "1 passed" in ran.stdout, ran.stdout[-3000:]


TestAFewHistories = histories(2, 10)
TestAThousandHistories = pytest.mark.long(histories(1000, 20))
