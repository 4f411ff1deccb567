"""A status changes by moves alone, each whole or not at all, once, by who may, and written down."""

import threading

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.core.access import Caller, anyone, evenhand, machine, role
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.models import Line
from evenhand.core.journal.queries import lines_about
from evenhand.core.lifecycle import Lifecycle, Move, State, check_lifecycles, lifecycles
from evenhand.core.references import Ref

STATES = (
    State("draft", "Draft"),
    State("sent", "Sent"),
    State("given", "Given", ends=True),
    State("refused", "Refused", ends=True),
)
MOVES = (
    Move("send", "Send", ("draft",), "sent", anyone),
    Move("take-back", "Take back", ("sent",), "draft", anyone),
    Move("give", "Give", ("sent",), "given", evenhand),
    Move("refuse", "Refuse", ("sent", "draft"), "refused", evenhand, needs=("why",), personal=("why",)),
)
PAPER = Lifecycle("tests.paper", STATES, MOVES)
BY = machine("test")

with isolate_apps("evenhand.core.journal"):

    class Paper(models.Model):
        status = models.CharField(max_length=20, default=PAPER.first)
        given = models.PositiveIntegerField(default=0)

        class Meta:
            app_label = "journal"
            db_table = "tests_paper"

        @property
        def ref(self):
            return Ref("tests.paper", str(self.pk))


@PAPER.on("give")
def give(paper, *, by, **_details):
    paper.given += 1


@pytest.fixture(scope="module")
def table(django_db_setup, django_db_blocker):
    """A table for papers, as long as this file is tested."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Paper)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Paper)


@pytest.fixture
def paper(table, db):
    return Paper.objects.create()


def test_a_move_changes_the_status_and_writes_a_line(paper):
    moved = PAPER.move(paper, "send", by=BY)
    assert moved.status == "sent"
    assert Paper.objects.get().status == "sent"
    (line,) = lines_about(paper.ref)
    assert (line.tag, line.by, line.details) == ("tests.paper.send", BY.ref, {"from": "draft", "to": "sent"})


def test_a_move_runs_its_effect(paper):
    assert PAPER.move(PAPER.move(paper, "send", by=BY), "give", by=BY).given == 1


def test_a_move_from_another_state_is_not_possible_and_changes_nothing(paper):
    with pytest.raises(NotPossible, match="“Give” is not possible now: it stands at “Draft”"):
        PAPER.move(paper, "give", by=BY)
    assert Paper.objects.get().status == "draft"
    assert not Line.objects.exists()


def test_what_counts_is_the_row_and_not_what_the_caller_holds(paper):
    stale = Paper.objects.get()
    PAPER.move(paper, "send", by=BY)
    with pytest.raises(NotPossible):
        PAPER.move(stale, "send", by=BY)


def test_a_move_by_who_may_not_is_refused_with_the_reason(paper):
    PAPER.move(paper, "send", by=BY)
    with pytest.raises(NotAllowed, match="Evenhand does this by itself"):
        PAPER.move(paper, "give", by=Caller(signed_in=True, roles=frozenset({"administrator"}), second_factor=True))


@pytest.mark.parametrize("said", [{}, {"why": ""}, {"why": None}])
def test_a_move_without_what_it_needs_is_refused(paper, said):
    with pytest.raises(Refused, match=r"“Refuse” was not done\. Say why\."):
        PAPER.move(paper, "refuse", by=BY, **said)


def test_what_is_personal_goes_where_it_can_be_erased(paper):
    PAPER.move(paper, "refuse", by=BY, why="a story")
    (line,) = lines_about(paper.ref)
    assert "a story" not in str(line.details)
    assert [part.details for part in line.personal.all()] == [{"why": "a story"}]


def test_a_thing_is_written_down_by_its_reference(paper):
    PAPER.move(paper, "send", by=BY, to=Paper(pk=7), copies=2, on=None)
    (line,) = lines_about(paper.ref)
    assert line.details == {
        "from": "draft",
        "to": "sent",
        "given": {"to": "tests.paper:7", "copies": 2, "on": None},
    }


def test_an_effect_that_fails_leaves_everything_as_it_was(paper):
    broken = Lifecycle("tests.paper", STATES, MOVES)

    @broken.on("send")
    def fail(paper, *, by):
        paper.given = 9
        paper.save()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken.move(paper, "send", by=BY)
    assert (Paper.objects.get().status, Paper.objects.get().given) == ("draft", 0)
    assert not Line.objects.exists()


def test_an_effect_that_makes_the_row_invalid_is_refused(paper):
    broken = Lifecycle("tests.paper", STATES, MOVES)

    @broken.on("send")
    def spoil(paper, *, by):
        paper.given = -1

    with pytest.raises(Exception, match="given"):
        broken.move(paper, "send", by=BY)
    assert Paper.objects.get().status == "draft"


def test_the_moves_that_are_open_are_those_that_would_be_granted(paper):
    nobody = Caller()
    assert [move.name for move in PAPER.open_to(paper, nobody)] == ["send"]
    assert [move.name for move in PAPER.open_to(paper, BY)] == ["send", "refuse"]


def test_a_right_may_be_about_the_thing_itself(paper):
    from evenhand.core.access import Who

    owner = Who("its owner", "Only its owner may.", lambda caller, thing: thing is not None and thing.pk == paper.pk)
    mine = Lifecycle("tests.paper", STATES[:2], (Move("send", "Send", ("draft",), "sent", owner),))
    other = Paper.objects.create()
    assert mine.open_to(paper, BY)
    assert not mine.open_to(other, BY)
    with pytest.raises(NotAllowed, match="Only its owner may"):
        mine.move(other, "send", by=BY)
    assert not owner.admits(BY)


def test_the_path_to_a_state_is_the_shortest_and_can_be_walked(paper):
    assert [move.name for move in PAPER.path("given")] == ["send", "give"]
    assert PAPER.path("draft") == ()
    for move in PAPER.path("given"):
        paper = PAPER.move(paper, move.name, by=BY)
    assert paper.status == "given"
    with pytest.raises(ValueError, match=r"nothing in tests\.paper leads to nowhere"):
        PAPER.path("nowhere")


def test_a_sound_lifecycle_has_no_fault():
    assert PAPER.faults() == ()


def test_every_fault_of_a_declaration_is_named():
    broken = Lifecycle(
        "tests.broken",
        (
            State("a", "A"),
            State("a", "A again"),
            State("b", "B"),
            State("c", "C", ends=True),
            State("d", "D", ends=True),
        ),
        (
            Move("go", "Go", ("a",), "b", anyone),
            Move("go", "Go", ("a", "x"), "c", anyone, personal=("why",)),
            Move("on", "On", ("c",), "b", anyone),
        ),
    )
    assert set(broken.faults()) == {
        "two states are called a",
        "two moves are called go",
        "go knows no state x",
        "go does not need why, which is personal",
        "c ends, and yet a move starts there",
        "b is a dead end: let it end, or a move start there",
        "d cannot be reached",
    }


def test_an_effect_belongs_to_one_move_that_exists():
    with pytest.raises(ValueError, match="has no move fly"):
        PAPER.on("fly")
    with pytest.raises(ValueError, match="has an effect already"):
        PAPER.on("give")(lambda _paper: None)
    with pytest.raises(ValueError, match="has no move fly"):
        PAPER.move(None, "fly", by=BY)


def test_the_diagram_shows_every_state_and_move():
    assert PAPER.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    draft: Draft",
        "    sent: Sent",
        "    given: Given",
        "    refused: Refused",
        "    [*] --> draft",
        "    draft --> sent: Send",
        "    sent --> draft: Take back",
        "    sent --> given: Give",
        "    sent --> refused: Refuse",
        "    draft --> refused: Refuse",
        "    given --> [*]",
        "    refused --> [*]",
    ]


def test_every_lifecycle_of_the_house_is_without_fault():
    assert check_lifecycles() == []
    assert len({one.name for one in lifecycles()}) == len(lifecycles())


@pytest.mark.usefixtures("table")
class TestRandomWalks(TestCase):
    """Whatever moves are tried in whatever order, the status and the journal agree."""

    @settings(max_examples=60)
    @given(st.lists(st.tuples(st.sampled_from([move.name for move in MOVES]), st.booleans()), max_size=12))
    def test_status_and_journal_always_agree(self, tried):
        paper = Paper.objects.create()
        visitor = Caller(signed_in=True, person=None)
        taken = []
        for name, allowed in tried:
            moves = {move.name: move for move in PAPER.open_to(paper, BY if allowed else visitor)}
            by = BY if allowed else visitor
            try:
                paper = PAPER.move(paper, name, by=by, why="why")
            except (NotPossible, NotAllowed):
                assert name not in moves
            except ValueError:  # whoever has no reference does nothing that is written down
                assert not allowed
            else:
                assert name in moves
                taken.append(name)
        lines = list(lines_about(paper.ref))[::-1]
        assert [line.tag for line in lines] == [f"tests.paper.{name}" for name in taken]
        stands = PAPER.first
        for line in lines:
            assert line.details["from"] == stands
            stands = line.details["to"]
        assert Paper.objects.get(pk=paper.pk).status == stands
        assert Paper.objects.get(pk=paper.pk).given == taken.count("give")


def race(lifecycle, paper):
    """Four who take the same step at once: how many were told that they did."""
    done, start = [], threading.Barrier(4)

    def step():
        try:
            mine = Paper.objects.get(pk=paper.pk)
            start.wait(10)
            lifecycle.move(mine, "give", by=BY)
            done.append(True)
        except NotPossible:
            done.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=step) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done.count(True)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_take_a_step_at_once_one_takes_it(table):
    for _ in range(5):
        paper = PAPER.move(Paper.objects.create(), "send", by=BY)
        assert race(PAPER, paper) == 1
        assert [line.tag for line in lines_about(paper.ref)] == ["tests.paper.give", "tests.paper.send"]
    Paper.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_race_is_lost(table, monkeypatch):
    """The control: were this to pass with one, the race above would prove nothing."""

    def unlocked(_self, subject):
        return subject

    monkeypatch.setattr(Lifecycle, "_locked", unlocked)
    paper = PAPER.move(Paper.objects.create(), "send", by=BY)
    assert race(PAPER, paper) > 1
    Paper.objects.all().delete()


def test_a_role_may_take_a_step_only_with_its_second_factor(paper):
    mine = Lifecycle("tests.paper", STATES[:2], (Move("send", "Send", ("draft",), "sent", role("assessor")),))
    assert not mine.open_to(paper, Caller(signed_in=True, roles=frozenset({"assessor"})))
    assert mine.open_to(paper, Caller(signed_in=True, roles=frozenset({"assessor"}), second_factor=True))
