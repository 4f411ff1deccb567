"""Charging: seven shares read at second hand, and no count behind any of them."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

CHARGE = "charge-rates"


def read():
    return loader(CHARGE).load(shipped_content(loader(CHARGE)))


def test_shares_stand_for_broad_and_detailed_groups_and_are_never_counts():
    assert {(one.classification, one.group, one.value) for one in read()} == {
        ("gss-18", "White British", 69.9),
        ("five", "Asian", 73.1),
        ("five", "Black", 76.2),
        ("five", "Mixed", 79.1),
        ("gss-18", "White and Black Caribbean", 81.3),
        ("gss-18", "White and Black African", 79.5),
        ("gss-18", "White and Asian", 78.4),
    }
    for one in read():
        assert (one.series, one.period, one.state) == ("percent", "January 2018 to December 2021", "present")
        assert one.note.startswith("SECONDARY for most groups")
        assert all(one.source)
    assert loader(CHARGE).basis == "unknown"


def test_detailed_shares_are_never_added_up_to_a_broad_one(everything):
    assert {one.group for one in everything.figures(CHARGE, "percent", "five")} == {"Asian", "Black", "Mixed"}


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("group", "Grey (broad)"),
        ("level", "fine"),
        ("period", "2022"),
        ("charge_rate_pct", "731"),
        ("geography", "Scotland"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(CHARGE).put(3, column, label)))
