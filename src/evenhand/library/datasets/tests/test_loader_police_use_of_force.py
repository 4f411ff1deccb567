"""Police use of force: tactics, by what the officer saw, in two years that are not one series."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

FORCE = "police-use-of-force"
NATION = "K04000001"


def read():
    return loader(FORCE).load(shipped_content(loader(FORCE)))


def test_two_years_stand_in_two_classifications_for_every_force():
    found = read()
    assert len(found) == 662
    assert loader(FORCE).basis == "officer-observed"
    assert {(one.period, one.classification) for one in found} == {
        ("2018/19", "officer-six"),
        ("2018/19", "unrecorded"),
        ("2019/20", "officer-five"),
        ("2019/20", "unrecorded"),
    }
    assert len({one.place for one in found}) == 44
    assert {one.detail for one in found if one.place != NATION} == {""}
    assert all(one.note.startswith("officer-perceived ethnicity") for one in found)


def test_a_tactic_keeps_its_cell(figure):
    asked = {"series": "tactics", "place": NATION, "group": "Black"}
    every = figure(FORCE, period="2018/19", **asked)
    assert (every.value, every.column, every.classification) == (94222, "times_tactic_reported", "officer-six")
    assert figure(FORCE, period="2019/20", detail="Restraint", **asked).value == 74438
    assert figure(FORCE, period="2018/19", detail="CED", **asked).value == 4381
    assert figure(FORCE, period="2019/20", detail="CED", **asked).value == 6608
    assert figure(FORCE, period="2019/20", detail="CED, discharged", **asked).value == 598


def test_an_officer_who_did_not_know_and_one_who_did_not_say_stand_apart_and_add_to_unknown(figure, everything):
    asked = {"series": "tactics", "place": NATION, "period": "2018/19"}
    assert figure(FORCE, group="Don't know", **asked).value == 25539
    assert figure(FORCE, group="Not reported", **asked).value == 1751
    rolled = everything.figures(FORCE, "tactics", "any", places=[NATION], detail="")
    assert {(one.period, one.group): one.value for one in rolled} == {
        ("2018/19", "Unknown"): 27290,
        ("2019/20", "Unknown"): 17771,
    }


def test_forces_add_to_the_country(sheet, refused):
    changed = sheet(FORCE)
    row = changed.find(period="2019/20", police_force="Kent", ethnicity_perceived="Mixed")
    changed.put(row, "times_tactic_reported", str(float(changed.get(row, "times_tactic_reported")) + 1))
    (fault,) = refused(changed)
    assert fault.endswith("K04000001 is 15,871, but its parts add to 15,872")


def test_kinds_of_discharge_add_to_the_device(sheet, refused):
    changed = sheet(FORCE)
    row = changed.find(period="2019/20", tactic="CED discharge", ethnicity_perceived="White")
    assert any("CED is 20,253, but" in fault for fault in refused(changed.put(row, "times_tactic_reported", "2202")))


def test_a_force_left_out_is_refused(sheet, refused):
    changed = sheet(FORCE)
    del changed.rows[changed.find(period="2018/19", police_force="Kent", ethnicity_perceived="Other") - 1]
    assert any("E23000032" in fault for fault in refused(changed))


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("ethnicity_perceived", "Arab"),
        ("ethnicity_perceived", "Prefer not to say"),
        ("police_force", "Atlantis"),
        ("tactic", "Shouting"),
        ("period", "2020/21"),
        ("times_tactic_reported", "1.5"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, column, label):
    changed = sheet(FORCE)
    row = changed.find(period="2018/19", police_force="Kent", ethnicity_perceived="Don't know")
    assert any(fault.startswith(f"row {row}") for fault in refused(changed.put(row, column, label)))


def test_chinese_is_no_group_of_the_second_year(sheet, refused):
    changed = sheet(FORCE)
    row = changed.find(period="2019/20", police_force="Kent", ethnicity_perceived="Other")
    faults = refused(changed.put(row, "ethnicity_perceived", "Chinese"))
    assert any("There is no group written as 'Chinese'" in fault for fault in faults)
