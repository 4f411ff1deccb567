"""People in prison by ethnicity, sex and faith: cells, sums, and years that are never one series."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NATION = "K04000001"
SIZES = {
    "prison-population": 23,
    "prison-population-change": 84,
    "prison-population-1999": 6,
    "prison-population-2008": 9,
    "prison-population-2024": 7,
    "prison-population-by-faith-1999": 15,
    "prison-population-by-faith-2008": 15,
    "prison-population-muslim": 5,
}


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def faults(caught):
    return list(map(str, caught.value.faults))


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_every_row_is_read_once_and_names_its_source(name, size):
    found = read(name)
    assert len(found) == size
    assert all(all(one.source) for one in found)


def test_the_rows_of_one_file_are_shared_out_without_rest():
    parts = [name for name in SIZES if name not in {"prison-population", "prison-population-change"}]
    rows = sorted(one.row for name in parts for one in read(name))
    assert rows == list(range(2, 59))


@pytest.mark.parametrize(
    ("group", "sex", "value", "row"),
    [
        ("Black", "All", 10_314, 3),
        ("White", "All", 62_692, 5),
        ("Known", "All", 86_325, 7),
        ("Unknown", "All", 1_009, 8),
        ("Black", "male", 10_063, 10),
        ("All", "male", 83_768, 16),
        ("Black", "female", 251, 18),
        ("Known", "female", 3_532, 22),
    ],
)
def test_the_population_of_2025_stands_as_printed(group, sex, value, row):
    (one,) = [one for one in read("prison-population") if (one.group, one.sex) == (group, sex)]
    assert (one.value, one.state, one.row, one.column) == (value, "present", row, "prisoners")
    assert (one.series, one.period, one.place) == ("prisoners", "30 June 2025", NATION)
    assert one.classification == ("any" if group in {"All", "Known", "Unknown"} else "five")


def test_nobody_is_added_up_who_is_not_printed():
    assert not [one for one in read("prison-population") if (one.group, one.sex) == ("All", "All")]


def test_sexes_groups_and_the_unknown_are_held_to_their_sums(sheet):
    changed = sheet("prison-population")
    changed.put(changed.find(sex="Female", ethnicity_5="Black"), "prisoners", "252")
    with pytest.raises(RefusedFile) as caught:
        changed.load()
    assert any("Known is 3,532, but its parts add to 3,533" in fault for fault in faults(caught))
    changed = sheet("prison-population")
    changed.put(changed.find(sex="Male", ethnicity_5="Total"), "prisoners", "83769")
    with pytest.raises(RefusedFile, match="All is 83,769, but its parts add to 83,768"):
        changed.load()


def test_a_change_may_be_negative_and_is_no_count():
    found = {(one.period, one.group): one for one in read("prison-population-change")}
    assert found["2021", "Black"].value == -0.5
    assert found["2024", "Mixed"].value == 125.4
    assert {one.series for one in found.values()} == {"percent"}
    assert {one.detail for one in found.values()} == {"change since 2004"}


@pytest.mark.parametrize(
    ("name", "classification", "group", "value", "row"),
    [
        ("prison-population-1999", "prison-1991-four", "South Asian", 1_929, 34),
        ("prison-population-1999", "prison-1991-four", "Chinese or other", 2_225, 35),
        ("prison-population-2008", "ons-2001-five", "Chinese or other", 1_354, 42),
        ("prison-population-2008", "unrecorded", "Not stated", 312, 43),
        ("prison-population-2008", "unrecorded", "Unrecorded", 36, 44),
        ("prison-population-2008", "unrecorded", "Older codes", 244, 45),
        ("prison-population-2024", "five", "Other", 1_794, 51),
        ("prison-population-by-faith-2008", "faith", "Muslim", 9_795, 19),
        ("prison-population-by-faith-2008", "faith", "Religion not recognised", 347, 25),
        ("prison-population-by-faith-2008", "denomination", "Roman Catholic", 14_296, 9),
        ("prison-population-by-faith-1999", "any", "All", 64_529, 30),
    ],
)
def test_earlier_years_stand_each_in_its_own_groups(name, classification, group, value, row):
    (one,) = [one for one in read(name) if one.group == group]
    assert (one.classification, one.value, one.row, one.column) == (classification, value, row, "count")
    assert one.note


def test_the_three_kinds_of_unknown_of_2008_add_up_in_the_engine(everything):
    found = {one.group: one.value for one in everything.figures("prison-population-2008", "prisoners", "any")}
    assert found == {"All": 83_194, "Unknown": 592}


def test_what_was_not_told_apart_in_1999_is_not_applicable_and_never_withheld():
    states = {one.group: one.state for one in read("prison-population-by-faith-1999") if one.value is None}
    assert states == {"Other Christian": "not-applicable", "Religion not recognised": "not-applicable"}


def test_the_slip_of_2008_is_kept_by_one_and_not_by_two(sheet):
    found = {one.group: one.value for one in read("prison-population-by-faith-2008")}
    faiths = [value for group, value in found.items() if group not in {"All", *DENOMINATIONS}]
    assert (sum(faiths), found["All"]) == (83_195, 83_194)
    changed = sheet("prison-population-by-faith-2008")
    changed.put(changed.find(period="June 2008", group="Jewish"), "count", "221")
    with pytest.raises(RefusedFile, match="All is 83,194, but its parts add to 83,196"):
        changed.load()


DENOMINATIONS = ("Anglican", "Free Church", "Roman Catholic", "Other Christian")


def test_christians_are_held_to_their_denominations(sheet):
    changed = sheet("prison-population-by-faith-1999")
    changed.put(changed.find(period="June 1999", group="Anglican"), "count", "27096")
    with pytest.raises(RefusedFile, match="Christian is 39,547, but its parts add to 39,548"):
        changed.load()


def test_one_prison_has_its_own_code_and_a_doubtful_date_says_so():
    found = {(one.place, one.period, one.group): one for one in read("prison-population-muslim")}
    assert found["BAI", "31 March 2019", "Muslim"].value == 233
    assert found["BAI", "31 March 2019", "All"].value == 826
    assert found[NATION, "September 2023", "Muslim"].value == 15_594
    assert found[NATION, "September 2023", "Muslim"].note.startswith("Unsafe: ")


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        ("prison-population", "ethnicity_5", "Blakc"),
        ("prison-population", "sex", "Femal"),
        ("prison-population-change", "ethnicity", "Blakc"),
    ],
)
def test_a_label_that_nobody_knows_is_refused(sheet, name, column, label):
    with pytest.raises(RefusedFile, match=label):
        sheet(name).put(3, column, label).load()


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("prison-population-by-faith-1999", 4, "group"),
        ("prison-population-1999", 33, "group"),
        ("prison-population-2008", 43, "group"),
        ("prison-population-2024", 48, "group"),
        ("prison-population-muslim", 56, "geography"),
        ("prison-population-2024", 4, "group_basis"),
        ("prison-population-2024", 4, "period"),
    ],
)
def test_a_word_that_nobody_knows_is_refused_in_whichever_table_it_stands(sheet, name, row, column):
    with pytest.raises(RefusedFile, match="Nowhere"):
        sheet(name).put(row, column, "Nowhere").load()
