"""Every release of a dataset can be found again, with its figures and the very bytes that it was read from."""

import shutil
from datetime import date

import duckdb
import pytest

from evenhand.library.datasets.catalogue import Unknown, loader, loaders
from evenhand.library.datasets.engine import read_parquet, write_parquet
from evenhand.library.datasets.store import Store, UnknownRelease, read_release, shipped_content

NAME = "prison-population"
FIRST, NEXT = date(2026, 11, 20), date(2027, 1, 15)


@pytest.fixture(scope="module")
def shipped_store(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("store"))
    store.load_shipped(on=FIRST)
    return store


@pytest.fixture
def store(shipped_store, tmp_path):
    shutil.copytree(shipped_store.folder, tmp_path / "store")
    return Store(tmp_path / "store")


def other():
    """The shipped file with its source named otherwise: other bytes, the same figures."""
    return shipped_content(loader(NAME)).replace(b"OGL v3.0", b"OGL v3.0 ")


@pytest.mark.crawl(8)
@pytest.mark.parametrize("name", [one.name for one in loaders()])
def test_a_loaded_release_gives_back_what_was_read_and_its_bytes(name, shipped_store):
    (held,) = shipped_store.held(name)
    assert held.current
    assert held.loaded_on == FIRST
    assert shipped_store.source_file(held.dataset, held.version)[1] == shipped_content(loader(name))
    found = shipped_store.observations(held.dataset, held.version)
    assert found == read_release(loader(name), shipped_content(loader(name))).observations
    assert held.figures == len(found)


def test_before_anything_was_loaded_the_release_is_the_one_that_is_shipped(tmp_path, shipped_store):
    empty = Store(tmp_path / "none")
    (held,) = empty.held(NAME)
    (loaded,) = shipped_store.held(NAME)
    assert (held.version, held.sha256, held.figures) == (loaded.version, loaded.sha256, loaded.figures)
    assert (held.current, held.loaded_on) == (True, None)
    assert empty.source_file(NAME, held.version) == shipped_store.source_file(NAME, loaded.version)
    assert empty.observations(held.dataset, held.version) == shipped_store.observations(loaded.dataset, loaded.version)


def test_releases_stand_in_the_order_in_which_they_were_loaded_and_one_of_them_answers(store):
    store.load(NAME, other(), on=NEXT)
    first, second = store.held(NAME)
    assert (first.loaded_on, first.current) == (FIRST, False)
    assert (second.loaded_on, second.current) == (NEXT, True)
    assert store.source_file(first.dataset, first.version)[1] == shipped_content(loader(NAME))
    assert store.source_file(second.dataset, second.version)[1] == other()
    store.load(NAME, shipped_content(loader(NAME)), on=NEXT)
    assert [held.current for held in store.held(NAME)] == [True, False]


def test_a_release_that_was_never_here_is_refused_by_name(store):
    version = store.held(NAME)[0].version
    assert store.release(NAME, version).version == version
    for unknown in ("000000000000", "", "..", version[:6]):
        with pytest.raises(UnknownRelease, match="is called"):
            store.release(NAME, unknown)
    with pytest.raises(Unknown, match="prison-population"):
        store.held("prison-populations")


def test_a_release_that_was_written_before_a_column_was_there_is_read_without_it(tmp_path):
    found = read_release(loader(NAME), shipped_content(loader(NAME))).observations
    write_parquet(found, tmp_path / "new.parquet")
    with duckdb.connect() as database:
        database.execute(
            "COPY (SELECT * EXCLUDE (note, age) FROM read_parquet(?)) TO ? (FORMAT parquet)",
            [str(tmp_path / "new.parquet"), str(tmp_path / "old.parquet")],
        )
    assert read_parquet(tmp_path / "new.parquet") == found
    assert read_parquet(tmp_path / "old.parquet") == tuple(one._replace(note="", age="All") for one in found)
