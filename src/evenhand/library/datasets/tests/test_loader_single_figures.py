"""Single quoted figures: each in one dataset, with its note, and the doubtful ones marked."""

import pytest

from evenhand.library.datasets.catalogue import loader, loaders
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

SIZES = {
    "arrests-of-children-share": 1,
    "child-self-harm-in-custody": 2,
    "indeterminate-sentence-prisoners": 1,
    "joint-enterprise-prosecutions": 3,
    "police-officers": 3,
    "prison-officers-shares": 4,
    "prison-survey-travellers": 4,
    "section-60-searches": 6,
    "strip-searches-of-children": 9,
    "youth-custody-quoted": 10,
    "youth-first-time-entrants": 5,
}


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_the_rows_of_one_file_are_shared_out_without_rest():
    assert {one.name for one in loaders() if one.file == "single_figures.csv"} == set(SIZES)
    found = {name: read(name) for name in SIZES}
    assert {name: len(rows) for name, rows in found.items()} == SIZES
    assert sorted(one.row for rows in found.values() for one in rows) == list(range(2, 50))
    assert all(one.note and all(one.source) for rows in found.values() for one in rows)


@pytest.mark.parametrize(
    ("name", "cell", "value", "row"),
    [
        ("strip-searches-of-children", ("searches", "2018 to mid-2022", "any", "All"), 2_847, 2),
        ("section-60-searches", ("searches", "2020/21", "any", "All"), 9_230, 11),
        ("joint-enterprise-prosecutions", ("share", "February to August 2023", "two", "Ethnic minority"), 56, 19),
        ("police-officers", ("officers", "31 March 2019", "two", "Ethnic minority"), 8_329, 21),
        ("indeterminate-sentence-prisoners", ("share", "25 February 2020", "two", "Ethnic minority"), 23, 23),
        ("youth-first-time-entrants", ("share", "2019", "officer-four", "Black"), 16, 25),
        ("youth-first-time-entrants", ("share", "2019", "any", "Unknown"), 14, 27),
        ("arrests-of-children-share", ("share", "2019/20", "five", "Black"), 17, 29),
        ("youth-custody-quoted", ("children", "May 2010 to April 2011", "two", "Ethnic minority"), 600, 32),
        ("child-self-harm-in-custody", ("rate-per-100-a-month", "2015/16", "two", "White"), 12.4, 40),
        ("prison-officers-shares", ("share", "31 March 2018", "five", "Black"), 2.7, 45),
    ],
)
def test_figures_stand_as_quoted(name, cell, value, row):
    (one,) = [one for one in read(name) if (one.series, one.period, one.classification, one.group) == cell]
    assert (one.place, one.value, one.state, one.row, one.column) == ("K04000001", value, "present", row, "value")


def test_whom_and_how_many_are_told_from_what_came_of_it():
    found = {(one.detail, one.sex): one.value for one in read("strip-searches-of-children") if one.series == "share"}
    assert found == {
        ("", "male"): 95,
        ("", "All"): 38,
        ("no appropriate adult confirmed", "All"): 52,
        ("no further action", "All"): 51,
    }
    surveyed = {(one.period, one.sex): one.value for one in read("prison-survey-travellers")}
    assert surveyed == {("2011/12", "All"): 4, ("2012/13", "All"): 5, ("2019/20", "male"): 6, ("2019/20", "female"): 7}


def test_rounded_and_averaged_counts_say_so():
    details = {one.detail for name in SIZES for one in read(name) if one.series in {"children", "officers"}}
    assert details == {
        "",
        "rounded",
        "average over twelve months",
        "headcount or full-time equivalent, as quoted",
    }


def test_a_claim_in_doubt_is_marked_unsafe_and_stays_a_claim():
    unsafe = [one for name in SIZES for one in read(name) if one.note.startswith("Unsafe: ")]
    assert {(one.series, one.value, one.row) for one in unsafe} == {("claimed-ratio", 4, 9), ("claimed-ratio", 18, 16)}


def test_what_officers_saw_is_called_so():
    assert loader("youth-first-time-entrants").basis == "officer-observed"
    assert loader("section-60-searches").basis == "unknown"


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("section-60-searches", 15, "group"),
        ("section-60-searches", 15, "measure"),
        ("section-60-searches", 15, "period"),
        ("section-60-searches", 40, "stage"),
        ("prison-survey-travellers", 46, "group"),
        ("strip-searches-of-children", 4, "group"),
    ],
)
def test_a_word_that_nobody_knows_is_refused(sheet, name, row, column):
    with pytest.raises(RefusedFile, match="Nowhere"):
        sheet(name).put(row, column, "Nowhere").load()


def test_what_came_of_searches_is_only_ever_a_share(sheet):
    with pytest.raises(RefusedFile, match="'searches' of 'Boys'"):
        sheet("strip-searches-of-children").put(3, "measure", "searches").load()
