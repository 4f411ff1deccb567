"""Five days are never six, however many ask at once; and without lock, transaction and guard they are.

On a database file, as the site has it, and with `--postgres` on a PostgreSQL. The controls take the protections away:
were they to pass with nothing oversold, the races would prove nothing.
"""

import datetime as dt
import threading
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from evenhand.core.errors import NotPossible
from evenhand.core.journal.models import Line
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.models import DayEntry, Engagement
from evenhand.domains.support.tests import engaging as make

pytestmark = pytest.mark.django_db(transaction=True)
MANY = [4, pytest.param(50, marks=pytest.mark.long)]


def at_once(*tries):
    """Do all of these at the same moment, each on a connection of its own: what each gave, or was refused with."""
    start, gave = threading.Barrier(len(tries)), [None] * len(tries)

    def run(place, work):
        try:
            start.wait(60)
            gave[place] = work()
        except Exception as fault:  # noqa: BLE001  (a thread's failure is what the test looks at)
            gave[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return gave


def recorded(engagement):
    """What the lines add up to, in quarters."""
    return DayEntry.objects.filter(engagement=engagement).aggregate(sum=Sum("quarters"))["sum"] or 0


def refusals(gave):
    """How many were told plainly, that the award or the day is full; whatever else went wrong is raised."""
    told = [one for one in gave if isinstance(one, NotPossible) or getattr(one, "code", "") == "longer-than-a-day"]
    for one in gave:
        if isinstance(one, Exception) and one not in told:
            raise one
    return len(told)


def holds(engagement):
    """Whether lines, counters and journal agree, and stay within the award."""
    row = Engagement.objects.get(pk=engagement.pk)
    written = Line.objects.filter(about=row.ref, tag="support.day.record").count()
    return (
        recorded(row) == row.quarters_used <= row.quarters_awarded
        and written == row.entries.filter(corrects=None).count()
    )


def nearly_used():
    """An engagement with one day left of five."""
    world = make.world()
    for ago in range(1, 5):
        world.record(1, ago=ago)
    return world


@pytest.mark.parametrize("many", MANY)
def test_of_many_who_ask_for_the_last_day_one_gets_it(many):
    world = nearly_used()
    gave = at_once(*((lambda at=at: world.record(1, ago=5 + at % 20)) for at in range(many)))
    assert refusals(gave) == many - 1
    assert holds(world.engagement)
    assert recorded(world.engagement) == 20


@pytest.mark.long
@pytest.mark.parametrize("many", [4, 50])
def test_half_days_and_quarters_fill_the_award_and_no_more(many):
    world = nearly_used()
    asked = ["0.5", "0.25", "0.75", "0.5"]
    gave = at_once(*((lambda at=at: world.record(asked[at % 4], ago=5 + at % 20)) for at in range(many)))
    refusals(gave)
    assert holds(world.engagement)
    assert recorded(world.engagement) >= 18


@pytest.mark.long
def test_two_officers_and_a_consultant_share_what_is_left():
    world, other, today = nearly_used(), make.officer(), timezone.localdate()

    def book(by):
        return lambda: ledger.book_training(world.engagement, by=by, days=1, on=today, note="Course")

    gave = at_once(book(world.officer), book(other), lambda: world.record(1, ago=9))
    assert refusals(gave) == 2
    assert holds(world.engagement)


@pytest.mark.long
def test_cancelling_and_allocating_at_once_keep_the_award():
    world = make.world()
    entries = [world.record(1, ago=ago) for ago in range(1, 6)]
    for turn in range(3):
        taken = entries.pop()
        gave = at_once(
            lambda taken=taken: ledger.correct(taken, by=world.helper, why="Cancelled."),
            lambda ago=11 + turn: world.record(1, ago=ago),
            lambda taken=taken: ledger.correct(taken, by=world.owner, why="Cancelled."),
            lambda ago=20 + turn: world.record("0.5", ago=ago),
        )
        refusals(gave)
        assert holds(world.engagement)
        assert DayEntry.objects.filter(corrects=taken).count() == 1


@pytest.mark.long
def test_a_line_is_confirmed_or_taken_back_never_both():
    for _round in range(3):
        world = make.world()
        entry = world.record(1)
        gave = at_once(
            lambda world=world, entry=entry: ledger.confirm(entry, by=world.owner),
            lambda world=world, entry=entry: ledger.correct(entry, by=world.helper, why="No."),
        )
        assert sum(isinstance(one, Exception) for one in gave) == 1
        row = Engagement.objects.get(pk=world.engagement.pk)
        assert (row.quarters_used, row.quarters_confirmed) in {(4, 4), (0, 0)}


@pytest.mark.long
def test_raising_twice_at_once_and_spending_keep_the_order():
    world = nearly_used()
    gave = at_once(
        lambda: ledger.raise_award(world.engagement, by=world.officer, days=6, why="Agreed."),
        lambda: world.record(1, ago=6),
        lambda: world.record(1, ago=7),
    )
    refusals(gave)
    assert holds(world.engagement)


@contextmanager
def nothing():
    yield


@pytest.fixture
def unguarded(monkeypatch):
    """The same code with lock, transaction and the table's guard taken away: it reads, thinks, and writes."""
    met = threading.Barrier(4)

    def unlocked(engagement):
        read = Engagement.objects.select_related("application", "consultant").get(pk=engagement.pk)
        met.wait(20)
        return read

    def written_over(engagement, **quarters):
        for name, count in quarters.items():
            setattr(engagement, name, getattr(engagement, name) + count)
        Engagement.objects.filter(pk=engagement.pk).update(**{name: getattr(engagement, name) for name in quarters})

    class Never:
        atomic = staticmethod(nothing)

    monkeypatch.setattr(ledger, "locked", unlocked)
    monkeypatch.setattr(ledger, "one_at_a_time", lambda _one: None)
    monkeypatch.setattr(ledger, "move_counters", written_over)
    monkeypatch.setattr(ledger, "transaction", Never)
    monkeypatch.setattr(ledger, "record", lambda *_, **__: None)
    monkeypatch.setattr(ledger.ENGAGEMENT.__class__, "move", lambda *_, **__: None)


def test_without_lock_transaction_and_guard_the_last_day_is_sold_again(request):
    """The control."""
    world = nearly_used()
    request.getfixturevalue("unguarded")
    on = timezone.localdate()
    bare = ledger.record_day.__wrapped__

    def ask(ago):
        day = on - dt.timedelta(days=ago)
        return lambda: bare(world.engagement, by=world.helper, days=1, on=day, note="Work")

    gave = at_once(*(ask(ago) for ago in range(6, 10)))
    assert [one for one in gave if isinstance(one, Exception)] == []
    assert recorded(world.engagement) > 20


def test_with_nothing_left_but_the_table_the_table_refuses(request, monkeypatch):
    """The last guard alone: no lock, no rule, and yet not a quarter too many."""
    world = nearly_used()
    monkeypatch.setattr(ledger, "locked", lambda one: Engagement.objects.get(pk=one.pk))
    monkeypatch.setattr(ledger, "one_at_a_time", lambda _one: None)
    monkeypatch.setattr(ledger, "fits", lambda *_: True)
    gave = at_once(*(lambda ago=ago: world.record(1, ago=ago) for ago in range(6, 10)))
    assert refusals(gave) == 3
    assert holds(world.engagement)


def of_one_consultant():
    """Two engagements of one consultant, both under way."""
    one, other = make.world(), make.world(at="matching")
    other.consultant, other.helper = one.consultant, one.helper
    return one, other.to("in-progress")


@pytest.mark.long
def test_a_day_is_a_day_also_where_two_organisations_were_helped_on_it_at_once():
    for _turn in range(3):
        worlds = of_one_consultant()
        gave = at_once(*((lambda world=world: world.record("0.75", ago=3)) for world in worlds))
        assert refusals(gave) == 1
        assert sum(recorded(world.engagement) for world in worlds) == 3


def test_without_the_turn_of_the_consultant_one_day_is_recorded_twice(monkeypatch):
    """The control: both look, both find the day free, and both write."""
    worlds = of_one_consultant()
    met = threading.Barrier(2)
    look = ledger._check_day

    def both_look(*given):
        look(*given)
        met.wait(20)

    monkeypatch.setattr(ledger, "one_at_a_time", lambda _one: None)
    monkeypatch.setattr(ledger, "_check_day", both_look)
    monkeypatch.setattr(ledger, "transaction", type("Never", (), {"atomic": staticmethod(nothing)}))
    monkeypatch.setattr(ledger, "record", lambda *_, **__: None)
    bare, on = ledger.record_day.__wrapped__, timezone.localdate() - dt.timedelta(days=3)
    monkeypatch.setattr(ledger, "locked", lambda one: Engagement.objects.get(pk=one.pk))
    gave = at_once(
        *((lambda world=world: bare(world.engagement, by=world.helper, days=1, on=on, note="Work")) for world in worlds)
    )
    assert [one for one in gave if isinstance(one, Exception)] == []
    assert sum(recorded(world.engagement) for world in worlds) == 8
