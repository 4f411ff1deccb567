"""Killed, raced or out of disk, a release is there whole or not at all, and readers see one truth or the other."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.compare import compare
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.store import Store, shipped_content

NATIONS = "census-2021-nations"
ARRESTS = "arrests-nineteen-groups"
NOT_STATED = "stop-search-not-stated"
TODAY = date(2026, 11, 1)
MOVING = {"current.json", "history.json"}  # what is written anew with each release
KILLED, REFUSED, RELEASED, THERE_ALREADY = -9, 3, 10, 11
NURSERY = Path(__file__).with_name("nursery.py")


@pytest.fixture(scope="module")
def nursery():
    """Gives orders to a process whose children release figures, and tells how they ended."""
    with subprocess.Popen(
        [sys.executable, str(NURSERY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:

        def order(folder, *files, **how):
            wanted = {"folder": str(folder), "files": [[name, str(file)] for name, file in files], **how}
            running.stdin.write(json.dumps({**wanted, "on": TODAY.isoformat()}) + "\n")
            running.stdin.flush()
            return json.loads(running.stdout.readline())

        yield order
        running.stdin.close()


def revised(dataset, changes):
    """The shipped file with numbers added in the rows that `changes` names by their second cell."""
    rows = list(csv.reader(io.StringIO(shipped_content(loader(dataset)).decode(), newline="")))
    column, more = changes
    for row in rows:
        if row[1] in more:
            row[column] = str(int(row[column]) + more[row[1]])
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def on_disk(folder):
    """Every file under a folder but drafts and the lock, with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock" and ".part" not in str(path.relative_to(folder))
    }


def answer(store):
    return compare("arrests", groups=19, engine=Engine.from_store(store)).as_json()


class Case:
    """A store with the shipped figures of arrests, a revised file of them, and what is right before and after."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "revised.csv"
        self.file.write_bytes(revised(ARRESTS, (5, {"All": 100, "White": 100, "White British": 100})))
        before, after = Store(folder / "before"), Store(folder / "after")
        for store in (before, after):
            store.load_all({name: shipped_content(loader(name)) for name in (ARRESTS, NATIONS)}, on=TODAY, shipped=True)
        after.load(ARRESTS, self.file.read_bytes(), on=TODAY)
        self.before, self.after = before, after
        self.versions = (before.current(), after.current())
        self.answers = (answer(before), answer(after))
        self.files = on_disk(before.folder)

    def fresh(self, name):
        return Store(shutil.copytree(self.before.folder, self.folder / name))

    def check(self, store):
        """What must hold after any end of a writer: one truth, whole, and the old release as it was."""
        now = self.versions.index(store.current())
        assert answer(store) == self.answers[now]
        held = on_disk(store.folder)
        assert {path: held[path] for path in self.files if path not in MOVING} == {
            path: found for path, found in self.files.items() if path not in MOVING
        }
        assert store.history() == (self.before, self.after)[now].history()
        # The same again, undisturbed, ends as if nothing had happened.
        store.load(ARRESTS, self.file.read_bytes(), on=TODAY)
        assert store.current() == self.versions[1]
        assert on_disk(store.folder) == on_disk(self.after.folder)
        shutil.rmtree(store.folder)
        return now


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return Case(tmp_path_factory.mktemp("case"))


def test_the_two_truths_differ_and_a_writer_left_alone_gets_from_one_to_the_other(case, nursery):
    assert case.answers[0] != case.answers[1]
    store = case.fresh("alone")
    assert nursery(store.folder, (ARRESTS, case.file)) == [RELEASED]
    assert nursery(store.folder, (ARRESTS, case.file)) == [THERE_ALREADY]
    assert case.check(store) == 1


def killed_at_statements(case, nursery, step):
    ends = []
    for statement in range(1, 100_000, step):
        store = case.fresh(f"statement-{statement}")
        (end,) = nursery(store.folder, (ARRESTS, case.file), statement=statement)
        assert end in {KILLED, RELEASED}
        now = case.check(store)
        if end == RELEASED:
            assert now == 1
            return ends
        ends.append(now)
    return ends


@pytest.mark.long
def test_a_writer_killed_at_every_ninth_statement_leaves_one_truth_whole_and_a_rerun_completes(case, nursery):
    ends = killed_at_statements(case, nursery, 9)
    assert len(ends) > 10
    assert ends == sorted(ends)
    assert ends[0] == 0


@pytest.mark.long
def test_a_writer_killed_at_every_statement_leaves_one_truth_whole_and_a_rerun_completes(case, nursery):
    ends = killed_at_statements(case, nursery, 1)
    assert len(ends) > 80
    assert ends == sorted(ends)
    assert set(ends) == {0, 1}


def killed_at_moments(case, nursery, times):
    store = case.fresh("timed")
    started = time.perf_counter()
    nursery(store.folder, (ARRESTS, case.file))
    whole = time.perf_counter() - started
    shutil.rmtree(store.folder)
    seen = set()
    for moment in range(times):
        store = case.fresh(f"moment-{moment}")
        # Spread over the whole of a load by the golden ratio, which no rhythm of the writer can keep step with.
        after = 1.2 * whole * (moment * 0.618034 % 1)
        (end,) = nursery(store.folder, (ARRESTS, case.file), after=after)
        assert end in {KILLED, RELEASED}
        assert case.check(store) in ({0, 1} if end == KILLED else {1})
        seen.add(end)
    return seen


def test_a_writer_killed_at_any_moment_leaves_one_truth_whole_and_a_rerun_completes(case, nursery):
    assert KILLED in killed_at_moments(case, nursery, 10)


@pytest.mark.long
def test_a_writer_killed_at_a_hundred_moments_leaves_one_truth_whole_and_a_rerun_completes(case, nursery):
    assert killed_at_moments(case, nursery, 100) == {KILLED, RELEASED}


def test_many_kills_of_one_store_in_a_row_do_no_harm(case, nursery):
    store = case.fresh("again and again")
    for moment in range(12):
        nursery(store.folder, (ARRESTS, case.file), statement=20 + 9 * moment)
        assert answer(store) in case.answers
    case.check(store)


@pytest.mark.parametrize("room", [0, 100, 700, 2_000, 9_000, 12_000])
def test_a_disk_that_is_full_refuses_the_release_and_keeps_the_old_one(case, nursery, room):
    store = case.fresh(f"disk-{room}")
    assert nursery(store.folder, (ARRESTS, case.file), disk=room) == [REFUSED]
    assert case.check(store) == 0


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A second file of another dataset, for a second writer."""
    file = tmp_path_factory.mktemp("second") / "second.csv"
    file.write_bytes(shipped_content(loader(NOT_STATED)))
    return file


@pytest.mark.parametrize("turn", range(3))
def test_two_writers_at_once_both_finish_and_neither_undoes_the_other(case, nursery, second, turn):
    store = case.fresh(f"two-{turn}")
    files = ((ARRESTS, case.file), (NOT_STATED, second))
    assert nursery(store.folder, *files, pause=0.2) == [RELEASED, RELEASED]
    assert set(store.current()) == {ARRESTS, NATIONS, NOT_STATED}
    assert store.current()[ARRESTS] == case.versions[1][ARRESTS]
    assert answer(store) == case.answers[1]


def test_the_control_without_turns_loses_what_one_of_two_writers_released(case, nursery, second):
    """On a busy machine two writers may miss each other, so they are given ever longer to meet."""
    files = ((ARRESTS, case.file), (NOT_STATED, second))

    def lost(pause):
        store = case.fresh(f"control-{pause}")
        assert nursery(store.folder, *files, pause=pause, unlocked=True) == [RELEASED, RELEASED]
        return NOT_STATED not in store.current() or store.current()[ARRESTS] != case.versions[1][ARRESTS]

    pauses = (0.2, 0.5, 1, 2, 4)
    assert any(map(lost, pauses)), "writers who take no turns must be seen to lose a release: else this proves nothing"


def test_of_two_writers_of_the_same_file_one_releases_it_and_the_other_is_told(case, nursery):
    store = case.fresh("same")
    ends = nursery(store.folder, (ARRESTS, case.file), (ARRESTS, case.file), pause=0.1)
    assert sorted(ends) == [RELEASED, THERE_ALREADY]
    assert case.check(store) == 1


def test_two_first_loads_of_one_folder_agree(case, nursery, tmp_path):
    ends = nursery(tmp_path / "new", (ARRESTS, case.file), (ARRESTS, case.file), (ARRESTS, case.file))
    assert sorted(ends) == [RELEASED, THERE_ALREADY, THERE_ALREADY]
    assert Store(tmp_path / "new").current() == {ARRESTS: case.versions[1][ARRESTS]}


class InPlaceStore(Store):
    """The control: what is current is written over itself, with no renaming."""

    def _write(self, folder, name, content):
        with (self.folder / folder / name).open("w") as file:
            for part in json.dumps(content, indent=2).partition(","):
                file.write(part)
                file.flush()


def torn_readings(store, case, *, seconds, enough):
    """How often a reader finds the store unreadable, or at neither truth, while a writer goes to and fro."""
    torn, looks = 0, 0
    stop = threading.Event()

    def write():
        files = [shipped_content(loader(ARRESTS)), case.file.read_bytes()]
        turn = 0
        while not stop.is_set():
            turn += 1
            store.load(ARRESTS, files[turn % 2], on=TODAY)

    writer = threading.Thread(target=write)
    writer.start()
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end and torn < enough:
            looks += 1
            try:
                torn += store.current() not in case.versions
            except json.JSONDecodeError:
                torn += 1
    finally:
        stop.set()
        writer.join()
    return torn, looks


def test_a_reader_never_sees_half_of_what_is_current(case):
    store = case.fresh("reading")
    torn, looks = torn_readings(store, case, seconds=1, enough=1)
    assert torn == 0
    assert looks > 100


def test_the_control_that_writes_in_place_is_seen_torn(case):
    store = InPlaceStore(case.fresh("in place").folder)
    torn, _ = torn_readings(store, case, seconds=20, enough=1)
    assert torn, "writing in place must be seen torn, or the test above proves nothing"


def test_answers_asked_for_during_releases_are_always_one_of_the_two_truths(case, nursery):
    store = case.fresh("asking")
    answers = []
    stop = threading.Event()

    def ask():
        while not stop.is_set():
            answers.append(answer(store))

    asking = threading.Thread(target=ask)
    asking.start()
    shipped = case.folder / "shipped.csv"
    shipped.write_bytes(shipped_content(loader(ARRESTS)))
    try:
        for turn in range(200):
            assert nursery(store.folder, (ARRESTS, (shipped, case.file)[(turn + 1) % 2])) == [RELEASED]
            if len(answers) > 8:
                break
    finally:
        stop.set()
        asking.join()
    assert len(answers) > 8
    assert all(found in case.answers for found in answers)
