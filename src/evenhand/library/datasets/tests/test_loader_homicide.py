"""Homicide by ethnic appearance: victims, rates of three years, and the share of suspects convicted."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NAMES = ("homicide-victims", "homicide-suspects-convicted")


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_the_rows_of_one_file_are_shared_out_without_rest():
    found = [one for name in NAMES for one in read(name)]
    assert [len(read(name)) for name in NAMES] == [15, 2]
    assert sorted(one.row for one in found) == list(range(2, 19))
    assert {loader(name).basis for name in NAMES} == {"officer-observed"}
    assert all(one.note and all(one.source) for one in found)


def test_counts_rates_and_percentages_stand_as_printed():
    found = {(one.series, one.period, one.group): one for one in read("homicide-victims")}
    assert found["victims", "2019/20", "Black"][5:9] == (105, "present", 4, "value")
    assert found["victims", "2001/02", "Black"].value == 107
    assert found["victims", "2021/22", "All"].classification == "any"
    assert found["rate-per-million", "2019/20 to 2021/22", "Black"].value == 39.7
    assert found["rate-per-million", "2011/12 to 2013/14", "White"].value == 8.1
    aged = found["percent", "2019/20", "Asian"]
    assert (aged.value, aged.detail, aged.classification) == (25, "aged 16 to 24", "officer-four")


def test_a_period_that_was_only_implied_says_so():
    found = read("homicide-suspects-convicted")
    assert {(one.group, one.value) for one in found} == {("Black", 21), ("White", 67)}
    assert {one.series for one in found} == {"share"}
    assert {one.period for one in found} == {"2017/18 to 2019/20"}
    assert all(one.note.endswith("period as implied by article") for one in found)


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        (NAMES[0], 4, "group"),
        (NAMES[0], 4, "measure"),
        (NAMES[0], 4, "period"),
        (NAMES[1], 4, "stage"),
        (NAMES[1], 17, "group"),
    ],
)
def test_a_word_that_nobody_knows_is_refused(sheet, name, row, column):
    with pytest.raises(RefusedFile, match="Nowhere"):
        sheet(name).put(row, column, "Nowhere").load()
