"""Recalls by ethnicity, by sex and by age: three tables that are never crossed, with one total."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

SIZES = {"licence-recalls-by-ethnicity": 8, "licence-recalls-by-sex": 3, "licence-recalls-by-age": 9}


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_the_rows_of_one_file_are_shared_out_without_rest():
    found = {name: read(name) for name in SIZES}
    assert {name: len(rows) for name, rows in found.items()} == SIZES
    assert sorted(one.row for rows in found.values() for one in rows) == list(range(2, 22))
    everyone = [one for rows in found.values() for one in rows if (one.group, one.sex, one.age) == ("All",) * 3]
    assert [one.value for one in everyone] == [17_082] * 3
    for one in (one for rows in found.values() for one in rows):
        assert one[:3] == ("recalls", "2013/14", "K04000001")
        assert one.column == "headcount"
        assert one.note.startswith("Headcount")
        assert all(one.source)


def test_groups_sexes_and_ages_are_those_of_the_vocabulary():
    by_group = {one.group: (one.classification, one.value, one.row) for one in read("licence-recalls-by-ethnicity")}
    assert by_group["Black"] == ("ons-2001-five", 1_469, 4)
    assert by_group["Chinese or other"] == ("ons-2001-five", 70, 5)
    assert by_group["Ethnic minority"] == ("two", 2_897, 2)
    assert by_group["Unknown"] == ("any", 76, 8)
    by_sex = {one.sex: one.value for one in read("licence-recalls-by-sex")}
    assert by_sex == {"male": 16_362, "female": 720, "All": 17_082}
    by_age = {one.age: one.value for one in read("licence-recalls-by-age")}
    assert (by_age["15-17"], by_age["60-or-over"], by_age["All"]) == (25, 117, 17_082)


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("licence-recalls-by-ethnicity", 3, "Ethnic minority is 2,897, but its parts add to 3,239"),
        ("licence-recalls-by-sex", 11, "All is 17,082, but its parts add to 17,362"),
        ("licence-recalls-by-age", 13, "All is 17,082, but its parts add to 18,057"),
    ],
)
def test_every_table_is_held_to_its_total(sheet, name, row, reason):
    with pytest.raises(RefusedFile, match=reason):
        sheet(name).put(row, "headcount", "1000").load()


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("licence-recalls-by-ethnicity", 4, "group"),
        ("licence-recalls-by-sex", 10, "group"),
        ("licence-recalls-by-age", 14, "group"),
        ("licence-recalls-by-age", 4, "group_basis"),
        ("licence-recalls-by-sex", 10, "period"),
    ],
)
def test_a_word_that_nobody_knows_is_refused(sheet, name, row, column):
    with pytest.raises(RefusedFile, match="Nowhere"):
        sheet(name).put(row, column, "Nowhere").load()
