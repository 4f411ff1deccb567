"""Courts: indices and rates as published, none of them ever turned into a count."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import UNSAFE, adds_up
from evenhand.library.datasets.store import shipped_content

INDICES = "relative-rate-indices"
RATES = "court-rates"
ALL_OFFENCES = "All indictable and either-way"


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_indices_stand_as_published_with_their_flag_and_no_limits(figure):
    found = read(INDICES)
    assert len(found) == 8
    assert {one.series for one in found} == {"relative-rate-index"}
    assert "White" not in {one.group for one in found}
    assert all(one.note.startswith("Flagged * by the publisher. ") for one in found)
    black = figure(INDICES, series="relative-rate-index", period="2024", group="Black", detail="Remand in custody")
    assert (black.value, black.state, black.row, black.column) == (1.28706176912464, "present", 7, "rri")
    assert loader(INDICES).basis == "unknown"


def test_rates_of_the_courts_keep_their_cells(figure):
    assert len(read(RATES)) == 45
    ratio = figure(
        RATES, series="conviction-ratio-percent", period="2017", group="Chinese or other", detail=ALL_OFFENCES
    )
    assert (ratio.value, ratio.row, ratio.column, ratio.classification) == (81.1, 6, "value", "ons-2001-five")
    months = figure(RATES, series="average-sentence-months", period="2017", group="White", age="under-18")
    assert (months.value, months.row) == (17, 19)
    plea = figure(RATES, series="guilty-plea-percent", period="2016", group="Black", detail="Indictable")
    assert plea.value == 58
    assert figure(RATES, series="custody-percent", period="2016", group="Asian", detail="Indictable").value == 35


def test_only_rounded_totals_of_known_ethnicity_are_counts():
    counts = [one for one in read(RATES) if adds_up(one.series)]
    assert {(one.series, one.period, one.group, one.value) for one in counts} == {
        ("prosecutions", "2009", "Known", 362000),
        ("convictions", "2009", "Known", 281000),
        ("prosecutions", "2017", "Known", 211000),
        ("convictions", "2017", "Known", 177000),
    }


def test_what_the_publisher_contradicts_is_marked_unsafe_and_says_why(figure):
    unsafe = [one for one in read(RATES) if one.note.startswith(UNSAFE)]
    assert {(one.period, one.group, one.value) for one in unsafe} == {("2009", "Known", 79.8), ("2017", "Black", 78.8)}
    first = figure(RATES, series="conviction-ratio-percent", period="2009", group="Known", detail=ALL_OFFENCES)
    assert "between 77.4% and 77.9%" in first.note
    assert 280500 / 362500 > 0.7735
    assert 281500 / 361500 < 0.7795


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        (INDICES, "ethnicity", "Roma"),
        (INDICES, "decision_point", "plea"),
        (INDICES, "reference", "White British"),
        (INDICES, "rri", "high"),
        (RATES, "group", "Arab"),
        (RATES, "measure", "appeals"),
        (RATES, "age", "over 60"),
        (RATES, "geography", "Northern Ireland"),
        (RATES, "value", "130"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, name, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(name).put(3, column, label)))
