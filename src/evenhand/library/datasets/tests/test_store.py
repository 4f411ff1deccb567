"""Releases are written once, kept for ever and found again by name; what is refused leaves no trace."""

import dataclasses
import hashlib
import json
import shutil
from datetime import date

import pytest

from evenhand.library.datasets.catalogue import Unknown, counted, loader, loaders, measure
from evenhand.library.datasets.compare import compare
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import (
    Published,
    Store,
    UnknownRelease,
    release_name,
    shipped_content,
    version_of,
)

NATIONS = "census-2021-nations"
ARRESTS = "arrests-nineteen-groups"
TODAY = date(2026, 11, 1)


def test_an_empty_store_has_no_state_no_versions_and_no_releases(tmp_path):
    store = Store(tmp_path / "evidence")
    assert store.state() is None
    assert store.current() == {}
    assert store.parquet_files() == []
    assert not store.folder.exists()


def test_the_same_file_twice_is_one_release_and_the_second_time_nothing_moves(store, on_disk):
    before, state = on_disk(store.folder), store.state()
    version, fresh = store.load(ARRESTS, shipped_content(loader(ARRESTS)), on=date(2027, 1, 1))
    assert not fresh
    assert store.current()[ARRESTS] == version
    assert on_disk(store.folder) == before
    assert store.state() == state


def test_a_changed_file_is_a_new_release_beside_the_old_whose_bytes_stay(store, on_disk, revised_arrests):
    before, state, old = on_disk(store.folder), store.state(), store.current()[ARRESTS]
    version, fresh = store.load(ARRESTS, revised_arrests(), on=TODAY)
    after = on_disk(store.folder)
    assert fresh
    assert version != old
    assert store.state() != state
    assert store.current() == {ARRESTS: version, NATIONS: store.current()[NATIONS]}
    assert {path for path in before if after[path] != before[path]} == {"current.json", "history.json"}
    added = {path for path in after.keys() - before.keys() if after[path] != "folder"}
    folder = f"datasets/{ARRESTS}/{version}"
    name, together = (release_name(one, store.current()) for one in (measure("arrests"), counted()))
    assert added == {
        f"{folder}/arrests_nineteen_groups.csv",
        f"{folder}/observations.parquet",
        f"{folder}/manifest.json",
        f"releases/arrests-{name}.json",
        f"releases/counterfactual-{together}.json",
    }


def test_a_release_keeps_the_file_it_was_read_from_and_says_what_is_known_of_it(store):
    content = shipped_content(loader(ARRESTS))
    version = store.current()[ARRESTS]
    manifest = store.manifest(ARRESTS, version)
    kept = (store.folder / "datasets" / ARRESTS / version / manifest["file"]).read_bytes()
    assert kept == content
    assert manifest["sha256"] == hashlib.sha256(content).hexdigest()
    assert (manifest["observations"], manifest["loaded_on"], manifest["shipped"]) == (26, "2026-11-01", True)
    assert manifest["publisher"] == loader(ARRESTS).publisher
    assert manifest["licence"].startswith("OGL")


def test_an_old_permalink_answers_as_it_did_after_the_figures_were_revised(store, revised_arrests):
    first = compare("arrests", groups=19, engine=Engine.from_store(store))
    store.load(ARRESTS, revised_arrests(500), on=TODAY)
    engine = Engine.from_store(store)
    now = compare("arrests", groups=19, engine=engine)
    versions = store.versions(measure("arrests"), first.release)
    again = compare("arrests", groups=19, release=first.release, engine=engine, versions=versions)
    assert first.current
    assert not again.current
    assert now.current
    assert again.as_json() == first.as_json()
    assert now.release != first.release
    assert now.row("White British").events == first.row("White British").events + 500
    assert now.row("Roma").rate == first.row("Roma").rate


def test_going_back_to_an_earlier_file_makes_its_release_current_again(store, revised_arrests, on_disk):
    old = store.current()
    store.load(ARRESTS, revised_arrests(), on=TODAY)
    before = on_disk(store.folder)
    version, fresh = store.load(ARRESTS, shipped_content(loader(ARRESTS)), on=date(2027, 1, 1))
    assert (version, fresh) == (old[ARRESTS], True)
    assert store.current() == old
    after = on_disk(store.folder)
    assert {path for path in after if after[path] != before.get(path)} == {"current.json", "history.json"}


@pytest.mark.parametrize("release", ["", "nope", "../current", "..", "0000000000", "*", "a/b"])
def test_a_release_that_never_was_is_refused(store, release):
    with pytest.raises(UnknownRelease, match="No release of Arrests is called"):
        store.versions(measure("arrests"), release)


def test_one_bad_file_among_many_leaves_everything_as_it_was(store, on_disk, revised_arrests, sheet):
    before = on_disk(store.folder)
    bad = sheet(NATIONS).put(5, "count", "lots").content
    with pytest.raises(RefusedFile) as caught:
        store.load_all({ARRESTS: revised_arrests(), NATIONS: bad}, on=TODAY)
    assert [fault.row for fault in caught.value.faults] == [5]
    assert on_disk(store.folder) == before


def test_a_refused_first_load_does_not_even_make_the_folder(tmp_path, sheet):
    store = Store(tmp_path / "evidence")
    bad = sheet(ARRESTS).put(5, "source_url", "").content
    with pytest.raises(RefusedFile):
        store.load(ARRESTS, bad, on=TODAY)
    assert not store.folder.exists()


def test_a_dataset_that_no_loader_reads_is_refused_with_the_near_ones(store, on_disk):
    before = on_disk(store.folder)
    with pytest.raises(Unknown, match="Did you mean arrests-nineteen-groups") as caught:
        store.load("arrests-ninteen-groups", b"", on=TODAY)
    assert caught.value.near[0] == ARRESTS
    assert on_disk(store.folder) == before


def test_two_stores_loaded_alike_hold_the_same_bytes(store, tmp_path, on_disk):
    other = Store(tmp_path / "other")
    other.load_all({name: shipped_content(loader(name)) for name in (ARRESTS, NATIONS)}, on=TODAY, shipped=True)
    assert on_disk(other.folder) == on_disk(store.folder)


def test_a_change_of_the_reading_alone_is_a_new_release():
    one = loader(ARRESTS)
    content = shipped_content(one)
    assert version_of(one, content) == version_of(dataclasses.replace(one), content)
    assert version_of(one, content) != version_of(dataclasses.replace(one, revision=2), content)


def test_the_name_of_a_release_depends_on_the_datasets_of_its_measure_and_on_no_other():
    versions = dict(shipped_engine().versions)
    name = release_name(measure("arrests"), versions)
    assert release_name(measure("arrests"), {**versions, "stop-search-not-stated": "x"}) == name
    assert release_name(measure("arrests"), {**versions, NATIONS: "x"}) != name
    assert release_name(measure("stop-and-search"), versions) != name


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("whole") / "evidence")
    store.load_shipped(on=TODAY)
    return store


def test_the_store_answers_exactly_as_the_shipped_figures_do(whole):
    engine = Engine.from_store(whole)
    assert engine.versions.items() >= shipped_engine().versions.items()
    for asked in (
        {"measure_slug": "stop-and-search"},
        {"measure_slug": "stop-and-search", "place": "Dyfed-Powys", "period": "2020/21"},
        {"measure_slug": "stop-and-search", "groups": 19, "reference": "White"},
        {"measure_slug": "arrests", "groups": 19},
    ):
        assert compare(**asked, engine=engine).as_json() == compare(**asked).as_json()


def test_every_shipped_file_is_released_once(whole, on_disk):
    before = on_disk(whole.folder)
    assert set(whole.current()) == {one.name for one in loaders()}
    again = whole.load_shipped(on=date(2027, 1, 1))
    assert set(again) == set(whole.current())
    assert not any(fresh for _, fresh in again.values())
    assert on_disk(whole.folder) == before


def test_what_a_person_released_is_not_taken_back_when_the_product_starts_again(whole, tmp_path, sheet):
    store = Store(shutil.copytree(whole.folder, tmp_path / "evidence"))
    changed = sheet("stop-search-not-stated")
    changed.put(2, "ethnicity_not_stated", str(int(changed.get(2, "ethnicity_not_stated")) + 1))
    shipped_version = store.current()["stop-search-not-stated"]
    version, _ = store.load("stop-search-not-stated", changed.content, on=TODAY)
    loaded = store.load_shipped(on=date(2027, 1, 1))
    assert loaded["stop-search-not-stated"] == (version, False)
    assert set(loaded) == {one.name for one in loaders()}
    assert store.current()["stop-search-not-stated"] == version != shipped_version


def test_an_older_shipped_file_gives_way_to_the_one_that_is_shipped_now(store, revised_arrests):
    older, _ = store.load_all({ARRESTS: revised_arrests()}, on=TODAY, shipped=True)[ARRESTS]
    assert store.current()[ARRESTS] == older
    loaded = store.load_shipped(on=date(2027, 1, 1))
    assert loaded[ARRESTS] == (version_of(loader(ARRESTS), shipped_content(loader(ARRESTS))), True)
    assert loaded[NATIONS][1] is False


def test_a_draft_left_behind_by_a_kill_is_never_read(store):
    engine = Engine.from_store(store)
    draft = store.folder / "datasets" / ARRESTS / ".0123456789ab.99.part"
    draft.mkdir()
    (draft / "observations.parquet").write_bytes(b"PAR1 and then nothing")
    (store.folder / ".current.json.99.part").write_text('{"arr')
    assert {version for _, version, _ in store.parquet_files()} == set(store.current().values())
    again = Engine.from_store(store)
    assert compare("arrests", engine=again).as_json() == compare("arrests", engine=engine).as_json()


def test_figures_released_while_a_reader_opens_the_store_do_not_empty_its_answers(store, revised_arrests):
    class OvertakenStore(Store):
        """A store into which somebody releases a file between the reader's two looks."""

        def parquet_files(self):
            found = super().parquet_files()
            Store(self.folder).load(ARRESTS, revised_arrests(), on=TODAY)
            return found

    before = store.current()
    engine = Engine.from_store(OvertakenStore(store.folder))
    assert store.current() != before
    answer = compare("arrests", engine=engine)
    assert answer.release == release_name(measure("arrests"), engine.versions)
    assert answer.row("Black").ratio > 1


def test_the_history_says_what_was_answered_from_since_when_and_what_came_back(store, revised_arrests):
    shipped_version = store.current()[ARRESTS]
    revised_version, _ = store.load(ARRESTS, revised_arrests(), on=date(2027, 1, 15))
    store.load(ARRESTS, shipped_content(loader(ARRESTS)), on=date(2027, 2, 1))
    assert store.history()[ARRESTS] == (
        Published(shipped_version, TODAY),
        Published(revised_version, date(2027, 1, 15)),
        Published(shipped_version, date(2027, 2, 1)),
    )
    assert [one.version for one in store.history()[NATIONS]] == [store.current()[NATIONS]]
    assert {name: told[-1].version for name, told in store.history().items()} == store.current()


def test_a_release_that_was_written_down_and_never_made_is_no_history(store, revised_arrests):
    before, told = store.history(), (store.folder / "current.json").read_bytes()
    store.load(ARRESTS, revised_arrests(), on=TODAY)
    (store.folder / "current.json").write_bytes(told)  # as if the writer had been killed just before
    assert store.history() == before
    store.load(ARRESTS, revised_arrests(500), on=date(2027, 1, 15))
    assert len(store.history()[ARRESTS]) == 2
    assert store.history()[ARRESTS][-1] == Published(store.current()[ARRESTS], date(2027, 1, 15))


def test_a_store_older_than_its_history_has_none(store, revised_arrests):
    (store.folder / "history.json").unlink()
    assert store.history() == {}
    store.load(ARRESTS, revised_arrests(), on=TODAY)
    assert set(store.history()) == {ARRESTS}


def test_what_is_current_is_plain_json_for_people_too(store):
    text = (store.folder / "current.json").read_text()
    assert json.loads(text) == store.current()
    assert text.endswith("}\n")
