"""Two releases of a dataset, cell by cell: what changed, appeared and disappeared, and no more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.revisions import revisions
from evenhand.library.datasets.store import Change, Store, changes, shipped_content

ARRESTS = "arrests-nineteen-groups"


@pytest.fixture(scope="module")
def arrests():
    return loader(ARRESTS).load(shipped_content(loader(ARRESTS)))


def test_a_release_and_itself_differ_in_nothing(arrests):
    assert changes(arrests, arrests) == ()
    assert changes((), ()) == ()


def test_a_cell_that_moved_came_or_went_is_told_apart_with_its_figures_of_before_and_now(arrests):
    first, second, *rest = arrests
    moved = second._replace(value=second.value + 7)
    new = first._replace(period="2023/24")
    found = changes(arrests, (new, moved, *rest))
    assert [(one.kind, one.cell) for one in found] == [
        ("appeared", new),
        ("changed", moved),
        ("disappeared", first),
    ]
    assert [one.difference for one in found] == [None, 7, None]


def test_a_figure_that_is_withheld_or_given_again_has_changed_though_it_has_no_size(arrests):
    first, *rest = arrests
    withheld = first._replace(value=None, state="suppressed")
    (hidden,) = changes(arrests, (withheld, *rest))
    (shown,) = changes((withheld, *rest), arrests)
    assert (hidden.kind, hidden.difference) == (shown.kind, shown.difference) == ("changed", None)
    assert (hidden.before, hidden.after) == (shown.after, shown.before)


def test_another_row_or_other_words_about_a_source_are_no_revision(arrests):
    other = [
        one._replace(row=one.row + 5, note="said anew", source=one.source._replace(title="The same, by another name"))
        for one in reversed(arrests)
    ]
    assert changes(arrests, other) == ()


def test_a_change_of_nothing_into_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing into nothing"):
        Change(None, None).cell  # noqa: B018  (asking is the test)


@given(
    before=st.dictionaries(st.integers(0, 8), st.integers(0, 3), max_size=8),
    after=st.dictionaries(st.integers(0, 8), st.integers(0, 3), max_size=8),
)
def test_what_changed_carries_the_old_release_over_into_the_new(before, after, arrests_cell):
    old, new = (
        [arrests_cell._replace(group=f"g{name}", value=float(value)) for name, value in cells.items()]
        for cells in (before, after)
    )
    made = {one.key: one for one in old}
    for change in changes(old, new):
        assert change.before == made.pop(change.cell.key, None)
        if change.after:
            made[change.after.key] = change.after
    assert made == {one.key: one for one in new}


@pytest.fixture(scope="module")
def arrests_cell(arrests):
    return arrests[0]


def test_every_release_that_changed_a_figure_is_a_revision_newest_first(store, revised_arrests):
    store.load(ARRESTS, revised_arrests(500), on=date(2027, 1, 15))
    store.load(ARRESTS, revised_arrests(700), on=date(2027, 2, 1))
    newest, first = revisions(store)
    assert (first.slug, first.on) == (f"{ARRESTS}-release-2", date(2027, 1, 15))
    assert (newest.slug, newest.on) == (f"{ARRESTS}-release-3", date(2027, 2, 1))
    assert newest.old == first.new
    assert {one.difference for one in first.changes} == {500}
    assert {one.difference for one in newest.changes} == {200}


def test_a_first_release_is_no_revision_and_one_that_changed_no_figure_is_none_either(store, sheet):
    assert revisions(store) == ()
    other_words = sheet(ARRESTS)
    for row in range(2, len(other_words.rows) + 1):
        other_words.put(row, "source_title", "The same table, by another name")
    _, fresh = store.load(ARRESTS, other_words.content, on=date(2027, 1, 15))
    assert fresh
    assert revisions(store) == ()


def test_a_store_that_nothing_was_ever_loaded_into_has_no_revisions(tmp_path):
    assert revisions(Store(tmp_path / "none")) == ()
