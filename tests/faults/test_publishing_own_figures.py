"""Killed while own figures are put forward or published, a store holds one truth whole, and a rerun completes."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.compare import compare
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.store import Store, shipped_content
from evenhand.library.datasets.tests.own_figures import COUNTS, declared, table

NAME, COUNCILS, NATIONS, ARRESTS = (
    "try-referrals",
    "census-2021-councils",
    "census-2021-nations",
    "arrests-nineteen-groups",
)
EDITOR, APPROVER = "statistics editor", "statistics approver"
TODAY = date(2026, 11, 1)
KILLED, REFUSED, RELEASED, THERE_ALREADY = -9, 3, 10, 11
NURSERY = Path(__file__).with_name("nursery.py")


@pytest.fixture(scope="module")
def nursery():
    """Gives orders to a process whose children write to stores, and tells how they ended."""
    with subprocess.Popen(
        [sys.executable, str(NURSERY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:

        def order(store, file, times=1, **how):
            wanted = {"folder": str(store.folder), "files": [[NAME, str(file)]] * times, "on": TODAY.isoformat(), **how}
            running.stdin.write(json.dumps(wanted) + "\n")
            running.stdin.flush()
            return json.loads(running.stdout.readline())

        yield order
        running.stdin.close()


class Case:
    """A store before a table of one's own is put forward, while it waits, and after it was published."""

    def __init__(self, folder):
        self.folder = folder
        self.file, self.declaration = folder / f"{NAME}.csv", folder / f"{NAME}.toml"
        self.file.write_bytes(table(COUNTS))
        self.declaration.write_bytes(declared(small_counts='"suppress"'))
        self.before = Store(folder / "before")
        names = (ARRESTS, NATIONS, COUNCILS)
        self.before.load_all({name: shipped_content(loader(name)) for name in names}, on=TODAY, shipped=True)
        self.arrests = compare("arrests", engine=Engine.from_store(self.before)).as_json()

    def put_forward(self, nursery, store, **how):
        return nursery(store, self.file, declaration=str(self.declaration), by=EDITOR, **how)

    def publish(self, nursery, store, by=APPROVER, **how):
        return nursery(store, self.file, publish=self.version, by=by, **how)

    def fresh(self, of, name):
        return Store(shutil.copytree(of.folder, self.folder / name))


@pytest.fixture(scope="module")
def case(tmp_path_factory, nursery):
    made = Case(tmp_path_factory.mktemp("case"))
    made.waiting = made.fresh(made.before, "waiting")
    assert made.put_forward(nursery, made.waiting) == [RELEASED]
    (made.version,) = [version for name, version in made.waiting.kept() if name == NAME]
    made.published = made.fresh(made.waiting, "published")
    assert made.publish(nursery, made.published) == [RELEASED]
    made.answer = compare(NAME, place="Leeds", engine=Engine.from_store(made.published)).as_json()
    return made


def files(store):
    """Every file of a store but drafts and the lock, by its bytes."""
    return {
        str(path.relative_to(store.folder)): path.read_bytes()
        for path in sorted(store.folder.rglob("*"))
        if path.is_file() and path.name != "lock" and ".part" not in str(path.relative_to(store.folder))
    }


def check(case, nursery, store):
    """One truth whole: either nobody answers from the table or everybody does; then it is put forward and published."""
    engine = Engine.from_store(store)
    assert compare("arrests", engine=engine).as_json() == case.arrests
    published = NAME in store.current()
    assert published == (NAME in store.history())
    if published:
        assert compare(NAME, place="Leeds", engine=engine).as_json() == case.answer
    else:
        assert NAME not in {one.slug for one in engine.catalogue.measures}
        assert not [one for one in store.parquet_files() if one[0] == NAME]
    if not published:
        assert case.put_forward(nursery, store)[0] in {RELEASED, THERE_ALREADY}
        assert store.state_of(NAME, case.version) == "loaded"
        assert case.publish(nursery, store) == [RELEASED]
    assert files(store) == files(case.published)
    shutil.rmtree(store.folder)
    return published


def killed(case, nursery, work, start, step):
    ends = []
    for statement in range(1, 100_000, step):
        store = case.fresh(start, f"statement-{statement}")
        (end,) = work(nursery, store, statement=statement)
        assert end in {KILLED, RELEASED}
        ends.append(check(case, nursery, store))
        if end == RELEASED:
            return ends
    return ends


@pytest.mark.long
def test_somebody_killed_while_loading_leaves_nothing_that_is_answered_from(case, nursery):
    ends = killed(case, nursery, case.put_forward, case.before, 101)
    assert len(ends) > 4
    assert set(ends) == {False}


@pytest.mark.long
def test_somebody_killed_while_publishing_has_published_or_has_not(case, nursery):
    ends = killed(case, nursery, case.publish, case.waiting, 67)
    assert len(ends) > 4
    assert ends == sorted(ends)
    assert ends[-1] is True


@pytest.mark.long
def test_somebody_killed_at_every_third_statement_of_publishing_has_published_or_has_not(case, nursery):
    ends = killed(case, nursery, case.publish, case.waiting, 3)
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


def test_of_several_who_publish_at_once_one_does(case, nursery):
    store = case.fresh(case.waiting, "at once")
    assert sorted(case.publish(nursery, store, times=3)) == [REFUSED, REFUSED, RELEASED]
    assert check(case, nursery, store)


def test_who_loads_and_who_publishes_at_once_are_two_people_still(case, nursery):
    """However they meet, nobody publishes what they loaded."""
    store = case.fresh(case.waiting, "alone")
    assert case.publish(nursery, store, by=EDITOR, times=3) == [REFUSED] * 3
    assert not check(case, nursery, store)
