"""Magistrates, the bench and prison officers: counts that add up, and shares that stay shares."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

BENCH = {"judiciary-2025": 12, "judges-and-tribunals-2019": 7, "judiciary-2019": 4}


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_magistrates_stand_by_six_groups_and_their_older_shares_by_two():
    found = {(one.series, one.period, one.group): one for one in read("magistrates")}
    assert len(found) == 18
    chinese = found["magistrates", "January 2015", "Chinese"]
    assert chinese[3:9] == ("magistrates-six", "Chinese", 43, "present", 6, "value")
    assert found["magistrates", "January 2015", "All"].value == 20_101
    assert found["appointments", "2014", "Any other"].value == 3
    share = found["share", "1 April 2010", "Ethnic minority"]
    assert (share.value, share.classification, share.detail) == (8, "two", "in post")
    assert share.note == "not recorded for 1989, 1994, 2000"
    assert all(all(one.source) for one in found.values())


def test_magistrates_are_held_to_their_total(sheet):
    with pytest.raises(RefusedFile, match="All is 20,101, but its parts add to 20,102"):
        sheet("magistrates").put(8, "value", "3").load()
    with pytest.raises(RefusedFile, match="All is 245, but its parts add to 244"):
        sheet("magistrates").put(16, "value", "245").load()


def test_three_publications_on_the_bench_are_three_datasets():
    found = {name: read(name) for name in BENCH}
    assert {name: len(rows) for name, rows in found.items()} == BENCH
    assert sorted(one.row for rows in found.values() for one in rows) == list(range(2, 25))
    assert {one.series for rows in found.values() for one in rows} == {"share"}
    moj = {(one.period, one.group, one.detail): one for one in found["judiciary-2025"]}
    assert moj["2025", "Black", "all judges"].value == 1
    assert moj["2015", "Black", "all judges"].note == '"has remained at 1%"'
    assert moj["2024/25", "Ethnic minority", "eligible pool (legal exercises)"].value == 15
    facts = {(one.classification, one.group, one.detail): one.value for one in found["judges-and-tribunals-2019"]}
    assert facts["five", "White", "court judges"] == 92.6
    assert facts["two", "Ethnic minority", "court judges"] == 7.4
    office = {one.detail: one.value for one in found["judiciary-2019"]}
    assert (office["court judges"], office["magistrates"]) == (7, 12)


def test_prison_officers_stand_with_those_who_did_not_say(sheet):
    found = {one.group: one for one in read("prison-officers")}
    assert found["Black"][:9] == (
        "officers",
        "31 March 2020",
        "K04000001",
        "five",
        "Black",
        623,
        "present",
        3,
        "headcount",
    )
    assert (found["Unknown"].classification, found["Unknown"].value, found["All"].value) == ("any", 4_264, 22_360)
    with pytest.raises(RefusedFile, match="All is 22,360, but its parts add to 22,361"):
        sheet("prison-officers").put(7, "headcount", "4265").load()


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("magistrates", 4, "group"),
        ("magistrates", 4, "measure"),
        ("magistrates", 4, "stage"),
        ("magistrates", 4, "period"),
        ("judiciary-2025", 10, "group"),
        ("judiciary-2025", 10, "stage"),
        ("judiciary-2025", 10, "measure"),
        ("judiciary-2025", 20, "source_title"),
        ("prison-officers", 3, "group"),
    ],
)
def test_a_word_that_nobody_knows_is_refused(sheet, name, row, column):
    with pytest.raises(RefusedFile, match="Nowhere"):
        sheet(name).put(row, column, "Nowhere").load()
