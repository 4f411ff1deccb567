"""Deaths in custody, as three bodies have them: sexes add up, and the year that could still change says so."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

SIZES = {"deaths-in-prison": 6, "self-inflicted-deaths-in-prison": 6, "deaths-after-police-force": 3}


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_the_rows_of_one_file_are_shared_out_without_rest():
    found = {name: read(name) for name in SIZES}
    assert {name: len(rows) for name, rows in found.items()} == SIZES
    assert sorted(one.row for rows in found.values() for one in rows) == list(range(2, 17))
    assert all(one.note and all(one.source) for rows in found.values() for one in rows)


def test_racialised_is_the_term_of_the_report_and_no_group_of_a_census():
    found = {(one.group, one.sex): one for one in read("deaths-in-prison")}
    assert found["Racialised", "female"][3:9] == ("inquest-racialised", "Racialised", 15, "present", 7, "value")
    assert found["All", "All"].value == 2_220
    assert loader("deaths-in-prison").basis == "unknown"


def test_counts_and_rates_of_white_prisoners_stand_and_2017_is_provisional():
    found = {(one.series, one.period): one for one in read("self-inflicted-deaths-in-prison")}
    assert (found["deaths", "2016"].value, found["rate-per-1000", "2016"].value) == (104, 1.66)
    assert {one.period for one in found.values() if one.state == "provisional"} == {"2017"}
    assert found["deaths", "2017"].value == 60
    assert {one.group for one in found.values()} == {"White"}


def test_sexes_and_groups_are_held_to_their_sums(sheet):
    with pytest.raises(RefusedFile, match="All is 354, but its parts add to 355"):
        sheet("deaths-in-prison").put(7, "value", "16").load()
    with pytest.raises(RefusedFile, match="All is 18, but its parts add to 17"):
        sheet("deaths-after-police-force").put(16, "value", "18").load()


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("deaths-in-prison", 3, "group"),
        ("deaths-in-prison", 3, "sex"),
        ("deaths-in-prison", 9, "stage"),
        ("self-inflicted-deaths-in-prison", 9, "measure"),
        ("deaths-after-police-force", 15, "group"),
        ("deaths-after-police-force", 15, "period"),
    ],
)
def test_a_word_that_nobody_knows_is_refused(sheet, name, row, column):
    with pytest.raises(RefusedFile, match="Nowhere"):
        sheet(name).put(row, column, "Nowhere").load()
