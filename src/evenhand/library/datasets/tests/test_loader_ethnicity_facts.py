"""Ethnicity facts and figures: rates as published, which no sum makes into anything else."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

SEARCHES = "stop-search-rates-by-police-force"
ARRESTS = "arrest-rates-by-sex"
NATION = "K04000001"


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_search_rates_stand_for_every_force_and_twice_for_the_country(figure):
    found = read(SEARCHES)
    assert len(found) == 46 * 6
    assert len({one.place for one in found}) == 45
    assert {one.series for one in found} == {"rate-per-1000"}
    asked = {"group": "Black", "place": NATION, "period": "2022/23"}
    without = figure(SEARCHES, detail="Without British Transport Police", **asked)
    assert (without.value, without.column, without.classification) == (23.7, "rate_per_1000", "five")
    assert figure(SEARCHES, detail="With British Transport Police", **asked).value == 24.5
    assert figure(SEARCHES, place="E23000031", group="Black").value == 15.9


def test_a_place_with_no_residents_to_speak_of_has_no_rate_and_a_year_that_is_inferred_says_so():
    found = read(SEARCHES)
    held = [one for one in found if one.value is None]
    assert {(one.place, one.state) for one in held} == {("E23000034", "not-applicable"), ("BTP", "not-applicable")}
    assert len(held) == 12
    assert all("inferred" in one.note for one in found)


def test_a_rate_left_blank_elsewhere_is_not_called_inapplicable(sheet):
    changed = sheet(SEARCHES)
    row = changed.find(police_force_area="Kent", ethnicity="Asian")
    found = changed.put(row, "rate_per_1000", "").load()
    assert next(one.state for one in found if one.row == row) == "no-row"


def test_rates_of_forces_are_never_added_up_to_a_region(everything):
    assert everything.places(SEARCHES, "rate-per-1000", "five") == {
        one.place for one in read(SEARCHES) if one.group != "All"
    }


def test_a_force_left_out_of_the_rates_is_refused(sheet, refused):
    changed = sheet(SEARCHES)
    del changed.rows[changed.find(police_force_area="Kent", ethnicity="Asian") - 1]
    assert any("E23000032, Asian" in fault for fault in refused(changed))


def test_arrest_rates_stand_for_three_years_and_by_sex_for_the_last(figure):
    found = read(ARRESTS)
    assert len(found) == 30
    assert {(one.sex, one.period) for one in found} == {
        ("All", "2020/21"),
        ("All", "2021/22"),
        ("All", "2022/23"),
        ("male", "2022/23"),
        ("female", "2022/23"),
    }
    men = figure(ARRESTS, group="Black", sex="male", period="2022/23")
    assert (men.value, men.row, men.column, men.state) == (38.2, 4, "rate_per_1000", "present")
    assert figure(ARRESTS, group="All", sex="male").classification == "any"
    assert all(all(one.source) for one in found)


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        (SEARCHES, "ethnicity", "Chinese"),
        (SEARCHES, "police_force_area", "All - including Scotland"),
        (SEARCHES, "period", "2022/23"),
        (SEARCHES, "rate_per_1000", "-0.1"),
        (ARRESTS, "ethnicity", "Roma"),
        (ARRESTS, "sex", "masculine"),
        (ARRESTS, "rate_per_1000", "few"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, name, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(name).put(3, column, label)))
