"""Shares of faiths in the census stay shares, and the one rounded count says so."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NAME = "census-2021-religion"


def test_shares_and_counts_stand_as_printed():
    found = {(one.series, one.group): one for one in loader(NAME).load(shipped_content(loader(NAME)))}
    assert len(found) == 11
    assert found["share", "Muslim"][5:9] == (6.5, "present", 4, "value")
    assert found["share", "Muslim"].period == "2021"
    assert found["share", "Unknown"].classification == "any"
    assert found["residents", "Hindu"].value == 1_032_775
    assert found["residents", "Hindu"].detail == ""
    assert (found["residents", "Christian"].value, found["residents", "Christian"].detail) == (27_500_000, "rounded")
    assert {one.place for one in found.values()} == {"K04000001"}
    assert all(one.note.startswith("SECONDARY") and all(one.source) for one in found.values())


def test_no_share_is_ever_made_a_count():
    found = loader(NAME).load(shipped_content(loader(NAME)))
    assert {one.group for one in found if one.series == "residents"} == {"Hindu", "Christian"}


@pytest.mark.parametrize(
    ("column", "text"),
    [("group", "Christiann"), ("measure", "sharepct"), ("value", "101"), ("period", "2011"), ("geography", "Wails")],
)
def test_what_nobody_knows_is_refused(sheet, column, text):
    with pytest.raises(RefusedFile, match=text):
        sheet(NAME).put(3, column, text).load()
