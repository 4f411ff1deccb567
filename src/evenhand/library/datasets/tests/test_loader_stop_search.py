"""Stop and search: the reasons given, and every search by force with vehicles counted in."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

REASONS = "stop-search-reasons"
EVERY = "stop-search-every-search"


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_ten_reasons_stand_for_five_groups_over_five_years_together(figure):
    found = read(REASONS)
    assert len(found) == 50
    assert {(one.series, one.period, one.place, one.classification) for one in found} == {
        ("reasons", "2020/21 to 2024/25", "K04000001", "five")
    }
    assert len({one.detail for one in found}) == 10
    assert all(all(one.source) for one in found)
    first = figure(REASONS, group="Asian", detail="Anticipation of Violence")
    assert (first.value, first.state, first.row, first.column) == (3006, "present", 2, "searches")


def test_a_few_searches_have_no_reason_so_that_reasons_are_below_all_searches(sheet):
    outcomes = sheet("stop-search-outcomes")
    for group in ("Asian", "Black", "Mixed", "White", "Other"):
        row = outcomes.find(ethnicity=group, outcome=outcomes.get(2, "outcome"))
        with_reason = sum(one.value for one in read(REASONS) if one.group == group)
        assert 0 < int(outcomes.get(row, "total_searches")) - with_reason <= 203


def test_every_search_counts_vehicles_and_british_transport_police_in(figure):
    found = read(EVERY)
    assert len(found) == 44
    assert sum(one.value for one in found) == 528582
    assert {(one.classification, one.group, one.period) for one in found} == {("any", "All", "2024/25")}
    assert {one.note for one in found} == {"All stop and searches (incl. vehicle-only), all legislation"}
    railways = figure(EVERY, place="BTP")
    assert (railways.value, railways.column) == (15108, "searches")
    assert figure(EVERY, place="E23000001").value > 100000


def test_a_force_left_out_of_every_search_is_refused(sheet, refused):
    changed = sheet(EVERY)
    del changed.rows[changed.find(force_id="kent") - 1]
    assert any("E23000032" in fault for fault in refused(changed))


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        (REASONS, "ethnicity", "Roma"),
        (REASONS, "period", "2020/21"),
        (EVERY, "force_id", "atlantis"),
        (EVERY, "year_ending_march", "March"),
        (EVERY, "searches", "0.5"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, name, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(name).put(3, column, label)))
