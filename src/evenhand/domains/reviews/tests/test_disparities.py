"""The register: opened by two, asked and answered in turns that two publish, with clocks, and nothing overwritten."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.domains.reviews.actions import disparities
from evenhand.domains.reviews.lifecycle import DISPARITY, EXCHANGE
from evenhand.domains.reviews.models import Body, Clock, Disparity, Exchange
from evenhand.domains.reviews.queries.clocks import clocks_of, overdue
from evenhand.domains.reviews.queries.disparities import record, register, shown
from evenhand.domains.reviews.rules.disparities import clear, comparable, found
from evenhand.domains.reviews.tests import make
from evenhand.library.calendar import working_days_after

TODAY = timezone.localdate
ENDS = st.none() | st.tuples(st.floats(0.1, 5), st.floats(0, 5)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(ENDS, max_size=6), st.sampled_from(["higher", "lower"]))
def test_what_persists_is_clear_in_the_latest_and_in_two_of_the_latest_three(intervals, harm):
    shows = found(intervals, harm)
    flags = [clear(one, harm) for one in intervals]
    assert (shows == "lasting") == (len(intervals) > 1 and all(flags))
    assert (shows == "none") == (not flags or not flags[-1] or flags[-3:].count(True) < 2)


def test_what_was_counted_in_another_way_is_not_compared():
    periods = ("2019/20", "2020/21", "2021/22", "2022/23")
    assert comparable(periods, {}) == periods
    assert comparable(periods, {"2020/21": "A new law.", "2022/23": "A new form."}) == ("2022/23",)
    assert comparable((), {"2020/21": "A new law."}) == ()


def test_what_touches_parity_is_not_clear_and_a_gain_is_no_harm():
    assert not clear((1, 2), "higher")
    assert clear((1.01, 2), "higher")
    assert not clear((1.01, 2), "lower")
    assert clear((0.5, 0.99), "lower")


@pytest.mark.django_db
def test_a_second_person_opens_it_with_a_body_and_it_stands_on_the_register_once():
    proposer = make.somebody()
    made = make.put_forward(by=proposer, group="Black")
    with pytest.raises(NotAllowed):
        disparities.open_it(made, by=proposer, body=make.body())
    assert not register().exists()
    with pytest.raises(NotPossible, match="on the register already"):
        make.put_forward(group="Black")
    made = disparities.open_it(made, by=make.somebody(), body=make.body())
    assert register().get().opened_on == TODAY()
    with pytest.raises(IntegrityError), transaction.atomic():
        Disparity.objects.filter(pk=made.pk).update(body=None)


@pytest.mark.django_db
def test_what_was_not_opened_can_be_put_forward_again():
    made = disparities.dismiss(make.put_forward(group="Black"), by=make.somebody(), why="The figures were revised.")
    assert made.why == "The figures were revised."
    make.put_forward(group="Black")
    assert not register().exists()


@pytest.mark.django_db
def test_a_turn_is_seen_by_nobody_before_a_second_person_publishes_it():
    made, writer = make.opened(), make.somebody()
    turn = disparities.write_turn(Exchange(disparity=made, kind="ask", on=TODAY(), words="Why?"), by=writer)
    with pytest.raises(NotAllowed, match="you who wrote it"):
        disparities.publish_turn(turn, by=writer)
    assert shown(register())[0].turns == ()
    assert not Clock.objects.exists()
    with pytest.raises(NotPossible, match="Another turn waits"):
        disparities.write_turn(Exchange(disparity=made, kind="ask", on=TODAY(), words="Why?"), by=writer)
    disparities.publish_turn(turn, by=make.somebody())
    made.refresh_from_db()
    assert made.status == "awaited"
    assert [one.kind for one in shown(register())[0].turns] == ["ask"]


@pytest.mark.django_db
def test_asking_gives_twenty_working_days_and_an_answer_stops_the_clock():
    made, asked_on = make.opened(), TODAY() - 60 * make.DAY
    turn = make.turn(made, "ask", on=asked_on)
    clock = Clock.objects.get(of=made.ref)
    # Asked long ago and told of only now: its time runs from today, so that nobody is late on the first day.
    assert (clock.due_on, clock.body) == (working_days_after(TODAY(), 20), make.body())
    assert turn.due_on == clock.due_on
    assert overdue(TODAY()) == []
    assert [one.slug for one in overdue(clock.due_on + make.DAY)] == ["an-authority"]
    with pytest.raises(Refused, match="That day is over"):
        make.turn(make.opened(), "ask", on=asked_on, due_on=TODAY() - make.DAY)
    make.turn(made, "explain", evidence="None")
    assert overdue(clock.due_on + make.DAY) == []
    assert [one.standing for one in clocks_of([made.ref])[made.ref]] == ["kept"]


@pytest.mark.django_db
def test_a_reform_needs_a_day_and_has_a_clock_until_it_is_done():
    made = make.opened()
    for said, why in (({}, "by when"), ({"due_on": TODAY() - make.DAY}, "before it was")):
        with pytest.raises(Refused, match=why):
            make.turn(made, "promise", **said)
    make.turn(made, "promise", due_on=TODAY() + 90 * make.DAY)
    make.turn(made, "accept")
    make.turn(made, "close", done=True)
    assert [one.standing for one in clocks_of([made.ref])[made.ref]] == ["kept"]
    make.turn(made, "reopen", words="The difference is wider now.")
    assert made.status == "reopened"
    assert [turn.kind for turn in shown(register())[0].turns] == ["reopen", "close", "accept", "promise"]


@pytest.mark.django_db
def test_what_was_closed_with_the_promise_not_done_says_that_it_is_not_due_any_more():
    made = make.opened()
    make.turn(made, "promise", due_on=TODAY() + 90 * make.DAY)
    make.turn(made, "accept")
    make.turn(made, "close")
    assert [one.standing for one in clocks_of([made.ref])[made.ref]] == ["ended"]


@pytest.mark.django_db
def test_an_answer_that_is_not_accepted_stays_beside_the_next_one():
    made = make.opened()
    make.turn(made, "explain", words="First.", on=TODAY() - 3 * make.DAY)
    make.turn(made, "refuse", words="No evidence was given.", on=TODAY() - 2 * make.DAY)
    make.turn(made, "explain", words="Second.", evidence="A table.", on=TODAY())
    one = shown(register())[0]
    assert [turn.words for turn in one.turns] == ["Second.", "No evidence was given.", "First."]
    assert dict(one.boxes)["Evidence that it gives"] == "A table."
    assert record(one)["turns"][2]["words"] == "First."


@pytest.mark.django_db
def test_nothing_happens_out_of_turn_or_on_a_day_to_come():
    made = make.opened()
    with pytest.raises(NotPossible, match="cannot have happened"):
        make.turn(made, "accept")
    with pytest.raises(Refused, match="not come yet"):
        make.turn(made, "ask", on=TODAY() + make.DAY)
    with pytest.raises(NotPossible, match="cannot have happened"):
        make.turn(make.put_forward(), "ask")


@pytest.mark.parametrize("cycle", [DISPARITY, EXCHANGE], ids=lambda one: one.name)
def test_each_life_is_without_fault(cycle):
    assert cycle.faults() == ()


KINDS = (*Exchange.Kind.values, "open", "dismiss", "publish", "withdraw")


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 2)), max_size=18))
def test_whatever_is_tried_state_journal_turns_and_clocks_agree(steps):
    """Three people try steps at random: what is public was done by two, and each clock runs once."""
    with transaction.atomic():
        people = [make.somebody(), make.somebody("coordinator"), make.somebody("statistics-editor")]
        made = make.put_forward(by=people[0])
        for name, number in steps:
            with suppress(Refused):
                _try(made, name, people[number])
            made.refresh_from_db()
        moves = [
            line
            for line in Line.objects.filter(about=made.ref).order_by("pk")
            if line.tag.startswith("reviews.disparity") and "to" in line.details
        ]
        assert (moves[-1].details["to"] if moves else "proposed") == made.status
        turns = made.exchanges.filter(status="published")
        assert turns.count() == len([line for line in moves if line.details["to"] not in {"opened", "dismissed"}])
        for turn in turns:
            assert Line.objects.get(about=turn.ref, tag="reviews.exchange.publish").by != turn.written_by
        running = list(Clock.objects.filter(of=made.ref, met_on=None, ended_on=None).values_list("kind", flat=True))
        assert len(running) == len(set(running))
        if made.status in {"proposed", "dismissed", "opened", "closed"}:
            assert not running
        transaction.set_rollback(True)


def _try(made, name, by):
    waits = made.exchanges.filter(status="written").first()
    if name == "open":
        disparities.open_it(made, by=by, body=make.body())
    elif name == "dismiss":
        disparities.dismiss(made, by=by, why="No.")
    elif name in {"publish", "withdraw"}:
        if waits:
            getattr(disparities, f"{name}_turn")(waits, by=by)
    else:
        due_on = dt.date(2027, 1, 5) if name == "promise" else None
        turn = Exchange(disparity=made, kind=name, on=dt.date(2026, 1, 5), words="So.", due_on=due_on)
        disparities.write_turn(turn, by=by)


@pytest.mark.django_db
def test_where_the_body_that_answers_for_it_ended_those_that_took_over_owe_the_reply():
    made = make.opened()
    heir = make.body("an-heir")
    made.body.successors.set([heir])
    Body.objects.filter(pk=made.body_id).update(ended="2026")
    make.turn(made, "ask")
    assert Clock.objects.get(of=made.ref).body == heir
    one = shown(register())[0]
    assert ("Who answers for it", "An authority (until 2026; now An heir)", None) in one.pairs
    Body.objects.filter(pk=heir.pk).update(ended="2026")
    assert "nobody took over" in shown(register())[0].pairs[0][1]
