"""Commitments: adopted by two, told of in public, changed with the old words kept, asked about and answered."""

import datetime as dt
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.notices.models import Notice
from evenhand.domains.reviews.actions import challenges, commitments
from evenhand.domains.reviews.lifecycle import CHALLENGE, COMMITMENT, UPDATE
from evenhand.domains.reviews.models import Challenge, Clock, Commitment, Update
from evenhand.domains.reviews.queries.commitments import adopted, lessons, record, sheet, shown
from evenhand.domains.reviews.tests import make
from evenhand.library.calendar import months_after

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_nobody_adopts_what_they_proposed_and_no_coordinator_writes_for_the_board():
    proposer = make.somebody()
    made = make.proposed(by=proposer)
    for who in (proposer, make.somebody("coordinator"), make.somebody("content-editor")):
        with pytest.raises(NotAllowed):
            commitments.adopt(made, by=who, decided_on=TODAY())
    assert not adopted().exists()
    commitments.adopt(made, by=make.somebody("administrator"), decided_on=TODAY())
    assert adopted().get().adopted_on == TODAY()


def test_the_board_decides_on_no_day_to_come():
    with pytest.raises(Refused, match="not come yet"):
        commitments.adopt(make.proposed(), by=make.somebody(), decided_on=TODAY() + make.DAY)
    assert Commitment.objects.get().status == "proposed"
    assert not Clock.objects.exists()


def test_what_the_board_did_not_adopt_is_seen_by_nobody_outside():
    made = commitments.decline(make.proposed(), by=make.somebody(), why="No money for it.")
    assert (made.status, made.why) == ("declined", "No money for it.")
    assert not adopted().exists()


def test_adopting_starts_the_clock_of_the_next_update_and_that_of_the_promise():
    made = make.adopted(ago=10)
    clocks = {clock.kind: clock.due_on for clock in Clock.objects.filter(of=made.ref)}
    assert clocks == {"update": months_after(made.adopted_on, 3), "promise": made.due_on}


def test_an_update_is_published_by_a_second_person_and_moves_what_it_is_about():
    made, writer = make.adopted(), make.somebody("coordinator")
    update = commitments.write_update(Update(commitment=made, standing="missed", words="We did not."), by=writer)
    with pytest.raises(NotAllowed, match="you who wrote it"):
        commitments.publish_update(update, by=writer)
    assert shown([made])[0].updates == ()
    commitments.publish_update(update, by=make.somebody())
    made.refresh_from_db()
    assert made.status == "missed"
    assert [one.words for one in shown(adopted())[0].updates] == ["We did not."]
    tags = set(Line.objects.filter(about=made.ref).values_list("tag", flat=True))
    assert {"reviews.commitment.missed", "reviews.update.write", "reviews.clock.keep"} <= tags


def test_one_update_waits_at_a_time_and_none_before_adoption():
    made = make.adopted()
    commitments.write_update(Update(commitment=made, standing="met", words="Done."), by=make.somebody())
    with pytest.raises(NotPossible, match="Another update waits"):
        commitments.write_update(Update(commitment=made, standing="missed", words="No."), by=make.somebody())
    with pytest.raises(NotPossible, match="not adopted"):
        commitments.write_update(Update(commitment=make.proposed(), standing="met", words="Done."), by=make.somebody())
    with pytest.raises(IntegrityError), transaction.atomic():
        Update.objects.create(commitment=made, standing="met", words="Too.", written_by=make.somebody().ref)


def test_what_was_promised_before_stays_with_the_reason():
    made = make.adopted()
    before, later = made.due_on, made.due_on + 90 * make.DAY
    make.told(made, "changed", words="The log was not complete.", text="Every second panel.", due_on=later)
    one = shown([made])[0]
    assert (made.status, made.text, made.due_on) == ("changed", "Every second panel.", later)
    wording = made.wordings.get()
    assert (wording.text, wording.due_on) == ("Every panel has a member who was in prison.", before)
    assert wording.why == "The log was not complete."
    promises = [(clock.due_on, clock.standing) for clock in one.clocks if clock.kind == "promise"]
    assert promises == [(later, "running"), (before, "ended")]
    assert record(one)["earlier_wordings"][0]["target"] == "9 of 10"


def test_only_who_writes_for_the_board_changes_what_it_adopted():
    update = Update(commitment=make.adopted(), standing="changed", words="We would rather not.", text="Some panels.")
    with pytest.raises(NotAllowed):
        commitments.write_update(update, by=make.somebody("coordinator"))
    update = commitments.write_update(update, by=make.somebody())
    with pytest.raises(NotAllowed):
        commitments.publish_update(update, by=make.somebody("coordinator"))
    assert Commitment.objects.get().text == "Every panel has a member who was in prison."
    assert Update.objects.get().status == "written"


def test_a_promise_that_is_met_owes_no_update_more():
    made = make.adopted()
    make.told(made, "met", learned="Ask a month ahead.")
    assert not Clock.objects.filter(of=made.ref, met_on=None).exists()
    assert shown([made])[0].next_update is None
    assert [update.learned for _one, update in lessons(shown(adopted()))] == ["Ask a month ahead."]


def test_an_overdue_update_is_said_in_days():
    made = make.adopted(ago=100)
    due = months_after(made.adopted_on, 3)
    update = shown([made])[0].next_update
    assert update.standing == "overdue"
    assert update.days == (TODAY() - due).days
    assert "overdue" in update.words
    row = dict(zip([field.name for field in sheet(shown([made])).fields], sheet(shown([made])).rows[0], strict=True))
    assert row["update_days_overdue"] == update.days


def test_no_commitment_takes_the_address_of_another_page():
    for slug in ("template", "propose", "challenges"):
        with pytest.raises(ValidationError, match="Another page"):
            make.proposed(slug=slug)


def test_a_question_is_shown_cleared_answered_by_a_second_person_and_its_sender_forgotten():
    made, screener = make.adopted(), make.somebody("coordinator")
    asked = challenges.ask(made, "Why did Jo get no answer?", email="asker@example.org")
    assert challenges.ask(made, "Why did Jo get no answer?") == asked
    assert shown(adopted())[0].challenges == ()
    asked = challenges.show(asked, by=screener, words="Why did somebody get no answer?")
    assert asked.words == ""
    assert Clock.objects.get(of=asked.ref).kind == "reply"
    with pytest.raises(NotAllowed, match="you who screened it"):
        challenges.answer(asked, by=screener, answer="We were slow.")
    asked = challenges.answer(asked, by=make.somebody(), answer="We were slow.")
    letter = Notice.objects.get()
    assert letter.to == "asker@example.org"
    assert "We were slow." in letter.text
    assert Challenge.objects.get().email == ""
    assert "asker" not in str(list(Line.objects.values_list("details", flat=True)))
    [(row, clocks)] = shown(adopted())[0].challenges
    assert (row.asked, row.answer) == ("Why did somebody get no answer?", "We were slow.")
    assert clocks[0].standing == "kept"


def test_a_question_that_is_not_shown_leaves_nothing_of_its_words():
    asked = challenges.ask(make.adopted(), "Jo is a thief.", email="asker@example.org")
    asked = challenges.refuse(asked, by=make.somebody(), why="It names somebody.")
    assert (asked.words, asked.email, asked.status) == ("", "", "refused")
    assert "It names somebody." in Notice.objects.get().text
    assert shown(adopted())[0].challenges == ()


def test_nobody_asks_about_what_is_not_public():
    with pytest.raises(NotPossible):
        challenges.ask(make.proposed(), "What is it?")


@pytest.mark.parametrize("cycle", [COMMITMENT, UPDATE, CHALLENGE], ids=lambda one: one.name)
def test_each_life_is_without_fault_and_every_state_is_reached(cycle):
    assert cycle.faults() == ()
    assert all(cycle.path(state.name) is not None for state in cycle.states)


WHO = ("secretariat", "coordinator", "administrator", "content-editor")
STEPS = ("adopt", "decline", "on-track", "missed", "met", "changed", "publish", "withdraw")


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(WHO), st.integers(0, 1)), max_size=14))
def test_whatever_is_tried_status_journal_clocks_and_wordings_agree(steps):
    """Two people of each role try steps at random: what is public was done by two, and each clock runs once."""
    with transaction.atomic():
        people = {(role, number): make.somebody(role) for role in WHO for number in (0, 1)}
        made = make.proposed(by=people["coordinator", 0])
        for name, role, number in steps:
            by = people[role, number]
            with suppress(Refused):
                _try(made, name, by)
            made.refresh_from_db()
        moves = [
            line
            for line in Line.objects.filter(about=made.ref).order_by("pk")
            if line.tag.startswith("reviews.commitment")
        ]
        assert (moves[-1].details.get("to") or "proposed") == made.status
        for update in made.updates.filter(status="published"):
            published = Line.objects.get(about=update.ref, tag="reviews.update.publish")
            assert published.by != update.written_by
        assert made.wordings.count() == made.updates.filter(status="published", standing="changed").count()
        running = list(Clock.objects.filter(of=made.ref, met_on=None, ended_on=None).values_list("kind", flat=True))
        assert len(running) == len(set(running))
        if made.status in {"proposed", "declined"}:
            assert not running
        transaction.set_rollback(True)


def _try(made, name, by):
    waits = made.updates.filter(status="written").first()
    if name == "adopt":
        commitments.adopt(made, by=by, decided_on=dt.date(2026, 1, 5))
    elif name == "decline":
        commitments.decline(made, by=by, why="No.")
    elif name in {"publish", "withdraw"}:
        if waits:
            getattr(commitments, f"{name}_update")(waits, by=by)
    else:
        new = {"text": "Less."} if name == "changed" else {}
        commitments.write_update(Update(commitment=made, standing=name, words="So it is.", **new), by=by)


def test_what_was_said_to_be_met_and_was_not_is_due_by_the_day_that_was_promised():
    made = make.adopted(due_on=TODAY() - make.DAY, ago=30)
    make.told(made, "met")
    assert Clock.objects.get(of=made.ref, kind="promise").met_on == TODAY()
    make.told(made, "missed", words="The count was wrong.")
    (promise,) = [clock for clock in shown([made])[0].clocks if clock.kind == "promise"]
    assert (promise.standing, promise.days, promise.due_on) == ("overdue", 1, made.due_on)
    assert shown([made])[0].next_update.standing == "running"
    make.told(made, "met", words="Now it is.")
    (promise,) = [clock for clock in shown([made])[0].clocks if clock.kind == "promise"]
    assert (promise.standing, promise.days) == ("late", 1)
    assert shown([made])[0].next_update is None
