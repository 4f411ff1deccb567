"""The journal is written with the change, is never altered, and gives up what is personal when asked to."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from evenhand.core.access import VISITOR, machine
from evenhand.core.journal.actions import erase, record
from evenhand.core.journal.models import Line, Personal
from evenhand.core.journal.queries import lines_about, lines_by
from evenhand.core.references import Ref

pytestmark = pytest.mark.django_db

THING, OTHER = Ref("tests.thing", "one"), Ref("tests.thing", "two")
ANNE, BEN = Ref("accounts.person", "anne"), Ref("accounts.person", "ben")
TICK = machine("tick")


def test_a_line_says_who_did_what_to_which_thing_and_when():
    line = record("tests.thing.make", THING, by=TICK, details={"size": 3})
    found = Line.objects.get(pk=line.pk)
    assert (found.by, found.tag, found.about, found.details) == (
        Ref("core.machine", "tick"),
        "tests.thing.make",
        THING,
        {"size": 3},
    )
    assert found.at is not None


def test_lines_are_found_by_what_they_are_about_and_by_who_did_it():
    record("tests.thing.make", THING, by=TICK)
    record("tests.thing.make", OTHER, by=machine("import"))
    record("tests.thing.mend", THING, by=machine("import"))
    assert [line.tag for line in lines_about(THING)] == ["tests.thing.mend", "tests.thing.make"]
    assert [line.about for line in lines_by(Ref("core.machine", "import"))] == [THING, OTHER]


def test_a_visitor_does_nothing_that_could_be_written():
    with pytest.raises(ValueError, match="say who acts"):
        record("tests.thing.make", THING, by=VISITOR)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_of_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="outside of a transaction"):
        record("tests.thing.make", THING, by=TICK)
    assert not Line.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_takes_its_line_with_it():
    def change():
        with transaction.atomic():
            record("tests.thing.make", THING, by=TICK)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not Line.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_line SET tag = 'other' WHERE id = %s",
        "UPDATE journal_line SET details = '{}' WHERE id = %s",
        "DELETE FROM journal_line WHERE id = %s",
        "UPDATE journal_personal SET details = '{}' WHERE line_id = %s",
    ],
)
def test_the_database_itself_refuses_to_alter_a_line(statement):
    line = record("tests.thing.make", THING, by=TICK, personal={ANNE: {"name": "A"}})
    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [line.pk])


def test_the_code_can_alter_a_line_no_more_than_the_database():
    line = record("tests.thing.make", THING, by=TICK)
    line.tag = "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        line.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.update(tag="other")


def test_a_table_of_lines_cannot_be_emptied_at_once():
    record("tests.thing.make", THING, by=TICK)
    emptying = "DELETE FROM journal_line" if connection.vendor == "sqlite" else "TRUNCATE journal_line CASCADE"
    with pytest.raises(DatabaseError, match="never altered"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(emptying)


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_lines_leaves_none_to_the_next():
    with transaction.atomic():
        record("tests.thing.make", THING, by=TICK, personal={ANNE: {"name": "A"}})


def test_erasing_takes_what_is_personal_and_leaves_every_line():
    both = record(
        "tests.thing.give", THING, by=TICK, details={"n": 1}, personal={ANNE: {"name": "A"}, BEN: {"name": "B"}}
    )
    record("tests.thing.make", OTHER, by=TICK, personal={ANNE: {"note": "mine"}})
    assert erase(ANNE, by=TICK) == 2
    assert not Personal.objects.filter(of=ANNE).exists()
    assert [part.details for part in Personal.objects.all()] == [{"name": "B"}]
    assert Line.objects.get(pk=both.pk).details == {"n": 1}
    last = Line.objects.first()
    assert (last.tag, last.about, last.details) == ("journal.personal.erase", ANNE, {"lines": 2})


def test_erasing_a_second_time_finds_nothing_and_says_so():
    assert erase(ANNE, by=TICK) == 0
    assert Line.objects.first().details == {"lines": 0}
