"""Figures of one's own in the store: put forward by one, published by another, answered like any, and never half."""

import json
import shutil
import threading
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.library.datasets import revisions
from evenhand.library.datasets.catalogue import Unknown, loader, measure, shipped_catalogue
from evenhand.library.datasets.compare import NoAnswer, compare
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.own.declaration import newer
from evenhand.library.datasets.store import CannotPublish, Store, UnknownRelease, shipped_content
from evenhand.library.datasets.tests.own_figures import (
    APPROVER,
    CODES,
    COUNTS,
    EDITOR,
    GOOD,
    GROUPS,
    TODAY,
    WITH_MEASURE,
    as_csv,
    declared,
    hidden,
    own,
    rows,
    table,
)
from evenhand.library.datasets.tests.solver import leaks
from evenhand.library.datasets.tests.workbooks import xlsx

NAME, COUNCILS, ARRESTS = "try-referrals", "census-2021-councils", "arrests-nineteen-groups"
NEXT = date(2027, 1, 15)
REVISED = {**COUNTS, "Leeds": (64, 60, 41, 402, 12)}


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A store with the populations that the measure is divided by, and the arrests to try a newer file of."""
    made = Store(tmp_path_factory.mktemp("ready") / "evidence")
    names = (COUNCILS, ARRESTS, "census-2021-nations")
    made.load_all({name: shipped_content(loader(name)) for name in names}, on=TODAY, shipped=True)
    return made


@pytest.fixture
def store(ready, tmp_path):
    return Store(shutil.copytree(ready.folder, tmp_path / "evidence"))


def put_forward(store, one=None, content=None, by=EDITOR):
    one = one or own()
    version, _ = store.load_draft(one, table() if content is None else content, by=by, on=TODAY)
    return version


def released(store, one=None, content=None, on=TODAY):
    version = put_forward(store, one, content)
    store.publish((one or own()).name, version, by=APPROVER, on=on)
    return version


def state(store, version):
    return store.state_of(NAME, version)


# Two people


def test_what_one_person_loads_waits_and_is_answered_from_once_another_publishes_it(store):
    version = put_forward(store)
    assert state(store, version) == "loaded"
    assert NAME not in store.current()
    engine = Engine.from_store(store)
    assert engine.catalogue == shipped_catalogue()
    with pytest.raises(NoAnswer, match="No measure is called 'try-referrals'"):
        compare(NAME, engine=engine)
    assert history_of(store) == []

    store.publish(NAME, version, by=APPROVER, on=NEXT)
    assert state(store, version) == "published"
    answered = compare(NAME, place="Leeds", engine=Engine.from_store(store))
    assert (answered.row("Black").events, answered.row("White").events) == (58, 402)
    assert answered.row("Black").lower < answered.row("Black").ratio < answered.row("Black").upper
    assert answered.sources[0].publisher == "Nobody"
    assert [one.version for one in store.history()[NAME]] == [version]


def history_of(store):
    try:
        return list(store.held(NAME))
    except Unknown:
        return []


@pytest.mark.parametrize("by", [EDITOR, f"  {EDITOR.upper()} ", "statistics  editor", "ｓｔａｔｉｓｔｉｃｓ editor"])
def test_nobody_publishes_what_they_loaded_however_they_write_their_name(store, on_disk, by):
    version = put_forward(store)
    before = on_disk(store.folder)
    with pytest.raises(CannotPublish, match="statistics editor loaded these figures") as caught:
        store.publish(NAME, version, by=by, on=TODAY)
    assert caught.value.code == "same-person"
    assert on_disk(store.folder) == before


def test_a_day_to_look_again_has_not_passed_yet(store):
    for past in ("1990-01-01", TODAY.isoformat()):
        with pytest.raises(RefusedFile, match="is past: give a day to come"):
            store.load_draft(own(look_again=past), table(), by=EDITOR, on=TODAY)


@pytest.mark.parametrize("by", ["", "  ", "x" * 81, "two\x00lines"])
def test_nobody_acts_without_saying_who(store, by):
    with pytest.raises(ValueError, match="say who does this"):
        store.load_draft(own(), table(), by=by, on=TODAY)
    version = put_forward(store)
    with pytest.raises(ValueError, match="say who does this"):
        store.publish(NAME, version, by=by, on=TODAY)


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told(store):
    version = put_forward(store)
    ends, gate = [], threading.Barrier(2)

    def publish(by):
        gate.wait()
        try:
            Store(store.folder).publish(NAME, version, by=by, on=TODAY)
            ends.append("published")
        except CannotPublish as fault:
            ends.append(fault.code)

    both = [threading.Thread(target=publish, args=(by,)) for by in (APPROVER, "another approver")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(ends) == ["published", "published-already"]
    assert len(store.history()[NAME]) == 1


def test_the_same_figures_loaded_again_wait_for_somebody_other_than_who_loaded_them_first(store, on_disk):
    version = put_forward(store)
    before = on_disk(store.folder)
    assert store.load_draft(own(), table(), by=APPROVER, on=NEXT) == (version, False)
    assert on_disk(store.folder) == before
    store.publish(NAME, version, by=APPROVER, on=NEXT)
    assert store.load_draft(own(), table(), by=APPROVER, on=NEXT) == (version, False)


def test_a_release_checked_beside_one_that_is_no_longer_current_must_be_loaded_again(store):
    released(store)
    late, newer_one = (
        put_forward(store, content=table(REVISED)),
        put_forward(store, content=table({"Leeds": COUNTS["Leeds"]})),
    )
    store.publish(NAME, newer_one, by=APPROVER, on=NEXT)
    with pytest.raises(CannotPublish, match="another release was published since") as caught:
        store.publish(NAME, late, by=APPROVER, on=NEXT)
    assert caught.value.code == "overtaken"
    assert put_forward(store, content=table(REVISED)) == late
    store.publish(NAME, late, by=APPROVER, on=NEXT)
    assert state(store, late) == "published"
    assert state(store, newer_one) == "superseded"


def test_going_back_to_earlier_figures_takes_two_people_too(store):
    first = released(store)
    second = released(store, content=table(REVISED))
    with pytest.raises(CannotPublish, match="was published before") as caught:
        store.publish(NAME, first, by=APPROVER, on=NEXT)
    assert caught.value.code == "superseded"
    assert put_forward(store) == first
    assert (state(store, first), state(store, second)) == ("loaded", "published")
    compare(NAME, place="Leeds", engine=Engine.from_store(store))
    store.publish(NAME, first, by=APPROVER, on=NEXT)
    assert (state(store, first), state(store, second)) == ("published", "superseded")
    assert [one.version for one in store.history()[NAME]] == [first, second, first]


def test_an_earlier_release_is_restored_by_two_people_with_a_note_that_readers_see(store, on_disk):
    first = released(store)
    second = released(store, content=table(REVISED))
    for wrong in ("", "  ", "x" * 1001, "a\x00b"):
        with pytest.raises(ValueError, match="say for readers"):
            store.restore(NAME, first, by=EDITOR, on=NEXT, note=wrong)
    with pytest.raises(CannotPublish, match="is answered from already"):
        store.restore(NAME, second, by=EDITOR, on=NEXT, note="A mistake.")
    store.restore(NAME, first, by=EDITOR, on=NEXT, note="Two people were\ncounted twice.")
    before = on_disk(store.folder)
    with pytest.raises(CannotPublish, match="waits to be published already"):
        store.restore(NAME, first, by=APPROVER, on=NEXT, note="Again.")
    with pytest.raises(CannotPublish, match="loaded these figures"):
        store.publish(NAME, first, by=EDITOR, on=NEXT)
    assert on_disk(store.folder) == before
    assert store.report(NAME, first).note == "Two people were counted twice."
    assert (state(store, first), state(store, second)) == ("loaded", "published")
    store.publish(NAME, first, by=APPROVER, on=NEXT)
    assert [(one.version, one.note) for one in store.history()[NAME]][1:] == [
        (second, ""),
        (first, "Two people were counted twice."),
    ]
    back, _ = revisions.revisions(store)
    assert (back.old, back.new, back.note) == (second, first, "Two people were counted twice.")


def test_a_shipped_release_that_was_restored_stays_when_the_product_starts_again(store, revised_arrests):
    shipped = store.current()[ARRESTS]
    released(store, newer(ARRESTS), revised_arrests())
    store.restore(ARRESTS, shipped, by=EDITOR, on=NEXT, note="The newer file was a draft.")
    store.publish(ARRESTS, shipped, by=APPROVER, on=NEXT)
    store.load_shipped(on=NEXT)
    assert store.current()[ARRESTS] == shipped
    newest = released(store, newer(ARRESTS), revised_arrests())
    store.restore(ARRESTS, shipped, by=EDITOR, on=NEXT, note="It was a draft still.")
    store.load_shipped(on=NEXT)
    assert store.current()[ARRESTS] == newest


def test_what_was_never_published_can_be_taken_away_whole_and_what_was_cannot(store, on_disk):
    empty = on_disk(store.folder)
    version = put_forward(store, hidden())
    store.discard(NAME, version)
    left = {path: found for path, found in on_disk(store.folder).items() if path not in empty}
    assert set(left.values()) <= {"folder", on_disk(store.folder).get("lock")}
    version = released(store)
    with pytest.raises(CannotPublish, match="what has been quoted is never taken away"):
        store.discard(NAME, version)
    second = released(store, content=table(REVISED))
    put_forward(store)
    store.discard(NAME, version)
    assert (state(store, version), state(store, second)) == ("superseded", "published")
    assert compare(NAME, place="Leeds", engine=Engine.from_store(store)).row("Black").events == 60


def test_what_is_not_there_is_refused_with_the_near_ones(store):
    version = put_forward(store)
    with pytest.raises(Unknown, match=f"No release of {NAME} is called"):
        store.publish(NAME, "000000000000", by=APPROVER, on=TODAY)
    with pytest.raises(Unknown, match="Did you mean try-referrals"):
        store.publish("try-referal", version, by=APPROVER, on=TODAY)
    with pytest.raises(Unknown):
        store.changes(NAME, version, "000000000000")


def test_every_release_is_listed_with_its_state_and_who_did_what(store):
    first = released(store, on=NEXT)
    second = put_forward(store, content=table(REVISED))
    found = store.releases()
    assert (found[0].dataset, found[0].version, found[0].state) == (NAME, second, "loaded")
    assert (found[0].loaded_by, found[0].published_by, found[0].published_on) == (EDITOR, "", None)
    of = {(one.dataset, one.version): one for one in found}
    done = of[NAME, first]
    assert (done.state, done.loaded_by, done.published_by, done.published_on) == ("published", EDITOR, APPROVER, NEXT)
    shipped = of[ARRESTS, store.current()[ARRESTS]]
    assert (shipped.state, shipped.loaded_by, shipped.published_by) == ("published", "the product", "the product")


# A newer file of a shipped table


def test_a_newer_file_of_a_shipped_table_takes_two_people_and_stays_when_the_product_starts_again(
    store, revised_arrests
):
    one, before = newer(ARRESTS), store.current()[ARRESTS]
    version = put_forward(store, one, revised_arrests())
    assert store.current()[ARRESTS] == before
    store.publish(ARRESTS, version, by=APPROVER, on=NEXT)
    assert store.current()[ARRESTS] == version
    assert {change.cell.group for change in store.changes(ARRESTS, before, version)} == {
        "All",
        "White",
        "White British",
    }
    assert {change.difference for change in store.changes(ARRESTS, before, version)} == {1}
    store.load_all({ARRESTS: shipped_content(loader(ARRESTS))}, on=NEXT)
    assert store.state_of(ARRESTS, version) == "superseded"
    assert {dataset for dataset, _, _ in store.parquet_files()} >= {ARRESTS}
    assert len([one for one in store.parquet_files() if one[0] == ARRESTS]) == 2


def test_going_back_to_the_shipped_file_keeps_every_quoted_answer(store, revised_arrests):
    first = compare("arrests", engine=Engine.from_store(store))
    released(store, newer(ARRESTS), revised_arrests())
    put_forward(store, newer(ARRESTS), shipped_content(loader(ARRESTS)))
    engine = Engine.from_store(store)
    again = compare("arrests", release=first.release, engine=engine, versions=store.versions("arrests", first.release))
    assert again.as_json() == first.as_json()


# The measure over one's own figures


def test_a_measure_of_ones_own_is_asked_for_like_any_and_stands_in_the_order_of_the_journey(store):
    released(store)
    engine = Engine.from_store(store)
    assert engine.catalogue.measure(NAME).title == "Referrals to a scheme that does not exist"
    slugs = [one.slug for one in engine.catalogue.measures]
    assert slugs.index("police-use-of-force") < slugs.index(NAME) < slugs.index("prosecutions")
    assert measure("arrests") in engine.catalogue.measures
    assert compare(NAME, engine=engine).place.name == "Bradford"
    with pytest.raises(NoAnswer, match="Not published here: Referrals to a scheme that does not exist, 5 groups, Kent"):
        compare(NAME, place="Kent", engine=engine)


def test_a_quoted_release_keeps_its_declaration_when_another_takes_its_place(store):
    released(store)
    first = compare(NAME, place="Leeds", engine=Engine.from_store(store))
    text = WITH_MEASURE.replace('unit = "referrals per 1,000 residents"', 'unit = "referrals per 10,000 residents"')
    text = text.replace("rate_per = 1000", "rate_per = 10000").replace("[measure]", '[measure]\nslug = "referrals"')
    released(store, own(text), table(REVISED))
    engine = Engine.from_store(store)
    assert NAME not in {one.slug for one in engine.catalogue.measures}
    assert compare("referrals", place="Leeds", engine=engine).row("Black").rate == pytest.approx(
        first.row("Black").rate * 10 * 60 / 58
    )
    versions = store.versions(NAME, first.release)
    again = compare(NAME, place="Leeds", release=first.release, engine=engine, versions=versions)
    assert again.as_json() == first.as_json()
    assert not again.current
    with pytest.raises(UnknownRelease, match="No release of try-referrals is called"):
        store.versions(NAME, "0000000000")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('series = "referrals"\npop', 'series = "referals"\npop', "measure, answer 1: there is nothing to answer"),
        (
            'populations = { council = "census-2021-councils" }',
            'populations = { nation = "census-2021-nations" }',
            "nothing to answer",
        ),
        ('reference = "White"', 'reference = "Wite"', "'Wite' is no group to compare with: Asian, Black"),
        (
            'groups = 5\nclassification = "five"',
            'groups = 18\nclassification = "gss-18"',
            "'White' is no group to compare with",
        ),
        ('basis = "self-defined"', 'basis = "officer-observed"', "measure, answer 1: "),
        ('events = "try-referrals"', 'events = "try-referral"', "the measure reads nothing of try-referrals"),
    ],
)
def test_a_measure_that_could_not_answer_is_refused_before_anything_is_kept(store, on_disk, before, after, said):
    assert WITH_MEASURE.count(before) == 1
    there = on_disk(store.folder)
    with pytest.raises(RefusedFile, match=said):
        put_forward(store, own(WITH_MEASURE.replace(before, after)))
    assert on_disk(store.folder) == there


def test_a_measure_needs_the_figures_that_it_is_divided_by(tmp_path):
    with pytest.raises(CannotPublish, match=r"Release these first: census-2021-councils\. Run: evenhand load"):
        put_forward(Store(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_two_tables_of_ones_own_cannot_have_a_measure_of_one_name(store):
    released(store)
    other = own(WITH_MEASURE.replace(NAME, "other").replace("[measure]", f'[measure]\nslug = "{NAME}"'))
    with pytest.raises(RefusedFile, match=f"the measure is called '{NAME}' like that over"):
        put_forward(store, other)


def test_a_name_that_a_later_product_ships_is_given_up_to_it_and_what_was_quoted_stays(store, monkeypatch):
    version = released(store)
    quoted = compare(NAME, place="Leeds", engine=Engine.from_store(store))
    shipped = replace(loader(ARRESTS), name=NAME)
    later = shipped_catalogue().with_further([shipped], [])
    for module in ("store.store", "catalogue"):
        monkeypatch.setattr(f"evenhand.library.datasets.{module}.loaders", lambda: later.loaders)
    for module in ("store.folder", "own.declaration", "catalogue"):
        monkeypatch.setattr(f"evenhand.library.datasets.{module}.shipped_catalogue", lambda: later)
    store.load_shipped(on=NEXT)
    assert store.current()[NAME] != version
    assert store.state_of(NAME, version) == "superseded"
    engine = Engine.from_store(store)
    assert NAME not in {one.slug for one in engine.catalogue.measures}
    again = compare(
        NAME, place="Leeds", release=quoted.release, engine=engine, versions=store.versions(NAME, quoted.release)
    )
    assert again.as_json() == quoted.as_json()
    with pytest.raises(RefusedFile, match=r"choose another name\. A newer file of that same table"):
        put_forward(store)


def test_a_declaration_that_a_later_product_cannot_read_takes_its_measure_away_and_nothing_else(store):
    version = released(store)
    path = store.path(NAME, version) / "declaration.toml"
    path.write_bytes(declared().replace(b'caveats = ["describes"', b'caveats = ["gone"'))
    engine = Engine.from_store(store)
    assert NAME not in {one.slug for one in engine.catalogue.measures}
    assert compare("arrests", engine=engine).row("Black").ratio > 1


# What is kept


def test_the_release_keeps_what_was_read_and_leaves_out_what_was_not(store):
    lines = [[*line, "notes" if at == 0 else "ask Jo"] for at, line in enumerate(rows())]
    version = put_forward(store, own(GOOD + 'left_out = ["notes"]\n'), as_csv(lines))
    manifest = store.manifest(NAME, version)
    kept = (store.path(NAME, version) / manifest["file"]).read_bytes()
    assert kept == table()
    assert b"ask Jo" in (store.folder / "private" / NAME / version / "try-referrals.csv").read_bytes()
    assert manifest["small_counts"] == {"rule": "as-published"}
    assert manifest["states"] == {"present": 15}
    assert (manifest["handed_in"], manifest["shipped"], manifest["by_two"]) == ("try-referrals.csv", False, True)


def test_a_spreadsheet_is_kept_as_csv_beside_the_original_with_its_remarks(store):
    one = own(GOOD.replace("[columns]", 'sheet = "Data"\nheader = 3\n[columns]', 1), file="try.xlsx")
    lines = [["Referrals"], [""], rows()[0], *((*line[:3], int(line[3])) for line in rows()[1:])]
    comment = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList>'
        '<comment ref="D5"><text><t>dodgy</t></text></comment></commentList></comments>'
    )
    content = xlsx(*lines, parts={"xl/comments1.xml": comment})
    version = put_forward(store, one, content)
    manifest = store.manifest(NAME, version)
    assert (manifest["file"], manifest["handed_in"]) == (f"{NAME}.csv", "try.xlsx")
    assert (store.path(NAME, version) / manifest["file"]).read_bytes() == table()
    assert manifest["remarks"] == ["Comment at D5: dodgy"]
    assert (store.folder / "private" / NAME / version / "try.xlsx").read_bytes() == content
    store.publish(NAME, version, by=APPROVER, on=TODAY)
    (held,) = store.held(NAME)
    figures = store.observations(held.dataset, held.version)
    kept = store.source_file(held.dataset, held.version)[1].decode().splitlines()
    assert [kept[one.row - 1].split(",")[3] for one in figures] == [f"{one.value:g}" for one in figures]


def test_revisions_of_ones_own_figures_are_reported_like_any(store):
    first, second = released(store), released(store, content=table(REVISED), on=NEXT)
    (change,) = store.changes(NAME, first, second)
    assert (change.kind, change.difference, change.cell.group, change.cell.place) == (
        "changed",
        2,
        "Black",
        CODES["Leeds"],
    )
    (revision,) = revisions.revisions(store)
    assert (revision.dataset, revision.changes) == (NAME, (change,))
    third = released(store, content=table({"Leeds": REVISED["Leeds"]}))
    assert {one.kind for one in store.changes(NAME, second, third)} == {"disappeared"}
    assert {one.kind for one in store.changes(NAME, third, second)} == {"appeared"}


TABLES = st.lists(
    st.lists(st.one_of(st.integers(0, 9), st.integers(0, 500)), min_size=5, max_size=5), min_size=1, max_size=3
).map(lambda found: dict(zip(COUNTS, map(tuple, found), strict=False)))
QUIET = [HealthCheck.function_scoped_fixture]


@settings(max_examples=12, suppress_health_check=QUIET)
@given(counts=TABLES, commas=st.booleans())
def test_any_good_table_comes_back_as_it_went_in(ready, tmp_path_factory, counts, commas):
    store = Store(shutil.copytree(ready.folder, tmp_path_factory.mktemp("round") / "evidence"))
    lines = rows(counts)
    if commas:
        lines = [lines[0], *((*line[:3], f"{int(line[3]):,}") for line in lines[1:])]
    released(store, own(GOOD), as_csv(lines))
    engine = Engine.from_store(store)
    found = {(one.place, one.group): one.value for one in engine.figures(NAME, "referrals", "five")}
    assert found == {
        (CODES[council], group): value
        for council, of in counts.items()
        for group, value in zip(GROUPS, of, strict=True)
    }
    shutil.rmtree(store.folder)


GARBAGE = st.sampled_from(
    ["", " ", "x", "-1", "0.5", "<5", "12.5%", "1E+05", "1,23", "Blakc", "Leedz", "2024-25", "#REF!"]
)


@settings(max_examples=40, suppress_health_check=QUIET)
@given(row=st.integers(1, 15), column=st.integers(0, 3), text=GARBAGE)
def test_any_single_bad_cell_is_refused_and_leaves_the_store_as_it_was(store, on_disk, row, column, text):
    lines = [list(line) for line in rows()]
    lines[row][column] = text
    before = on_disk(store.folder)
    if column == 3 and not text.strip():
        return  # a blank number is a figure that was not published
    with pytest.raises(RefusedFile) as caught:
        store.load_draft(own(), as_csv(lines), by=EDITOR, on=TODAY)
    assert all(fault.reason for fault in caught.value.faults)
    assert on_disk(store.folder) == before


# Small counts


def everything_public(store):
    """Every number and word that leaves the store for readers, of every release that was published."""
    engine = Engine.from_store(store)
    said = [json.dumps(row) for row in engine.query("SELECT * FROM figure WHERE dataset = $name", {"name": NAME})]
    for held in store.held(NAME):
        said.append(store.source_file(held.dataset, held.version)[1].decode())
        said += [str(one) for one in store.observations(held.dataset, held.version)]
    return "\n".join(said)


def test_small_counts_are_shown_as_fewer_than_six_and_nothing_public_holds_them(store):
    counts = {**COUNTS, "Wakefield": (15, 17, 12, 77777, 3)}
    version = released(store, hidden(), table(counts))
    manifest = store.manifest(NAME, version)
    assert manifest["small_counts"] == {
        "rule": "suppress",
        "shown_as": "fewer than 6",
        "small": 1,
        "withheld": 3,
        "totals_not_printed_and_not_to_be_known": 0,
    }
    kept = (store.path(NAME, version) / manifest["file"]).read_text()
    assert "Wakefield,Other,fewer than 6" in kept
    assert kept.count("[c]") == 3
    answered = compare(NAME, place="Wakefield", engine=Engine.from_store(store))
    assert answered.row("Other").flag == "few"
    assert answered.row("Mixed").flag == "suppressed"
    assert {row["flag"] for row in answered.as_json()["rows"]} == {"suppressed", "reference", "small-base"}
    for row in answered.rows:
        if row.flag in {"few", "suppressed"}:
            assert {row.events, row.rate, row.ratio, row.lower, row.upper, row.difference, row.excess} == {None}
    assert "Wakefield,Other,3" in (store.folder / "private" / NAME / version / "try-referrals.csv").read_text()
    assert (store.folder / "private").stat().st_mode & 0o077 == 0
    assert "Wakefield,Other,3" not in everything_public(store)


def test_the_name_of_a_release_does_not_tell_what_it_hides(tmp_path, ready):
    """Whoever knows the table but for one small count cannot find it by trying all five: they have one name."""
    names = set()
    for count in (2, 3, 4):
        store = Store(shutil.copytree(ready.folder, tmp_path / str(count)))
        version = put_forward(store, hidden(), table({**COUNTS, "Wakefield": (15, 17, 12, 214, count)}))
        names.add((version, store.manifest(NAME, version)["sha256"]))
    assert len(names) == 1


def test_the_next_release_is_protected_beside_the_last(store):
    """Leeds has so few others now that hiding it would be the natural choice: the last release has shown the rest."""
    released(store, hidden())
    again = {**COUNTS, "Leeds": (64, 58, 41, 402, 6)}
    released(store, hidden(), table(again))
    first, second = (
        {(one.place, one.group): one.value for one in store.observations(held.dataset, held.version)}
        for held in store.held(NAME)
    )
    assert first[CODES["Leeds"], "Other"] == 12
    for key, value in first.items():
        if key != (CODES["Leeds"], "Other"):
            assert second[key] == value, "what did not change is shown or hidden as it was"


def test_a_change_that_nobody_may_see_is_no_release(store):
    version = released(store, hidden())
    other = table({**COUNTS, "Wakefield": (15, 17, 12, 214, 2)})
    assert store.load_draft(hidden(), other, by=EDITOR, on=NEXT) == (version, False)


@pytest.mark.long
@settings(max_examples=8, suppress_health_check=QUIET)
@given(first=TABLES, at=st.integers(0, 4), value=st.integers(0, 9))
def test_all_that_leaves_the_store_over_two_releases_gives_no_small_count_away(
    ready, tmp_path_factory, first, at, value
):
    second = {**first, "Leeds": (*first["Leeds"][:at], value, *first["Leeds"][at + 1 :])}
    store = Store(shutil.copytree(ready.folder, tmp_path_factory.mktemp("leak") / "evidence"))
    true = {}
    for counts in (first, second):
        try:
            version, fresh = store.load_draft(hidden(), table(counts), by=EDITOR, on=TODAY)
        except RefusedFile:  # the first release has told too much for the second to be protected
            continue
        if fresh:
            store.publish(NAME, version, by=APPROVER, on=TODAY)
            true[version] = own(GOOD).read(own(GOOD).table(table(counts))[0])
    engine, told = Engine.from_store(store), []
    for held in store.held(NAME) if true else ():
        kept = store.observations(held.dataset, held.version)
        told.append((true[held.version], {one.key: one.state if one.value is None else one.value for one in kept}))
        shown = {(one.place, one.group): one.value for one in kept}
        answered = engine.figures(NAME, "referrals", "five", versions={NAME: held.version})
        assert {(one.place, one.group): one.value for one in answered} == shown
    assert leaks(told) == []
    shutil.rmtree(store.folder)
