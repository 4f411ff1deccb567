"""Reoffending as officers recorded ethnicity: percentages, numbers and averages, and no cohort worked out of them."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NAME = "proven-reoffending"


def test_the_three_figures_of_each_group_stand_as_printed():
    found = {(one.series, one.group): one for one in loader(NAME).load(shipped_content(loader(NAME)))}
    assert len(found) == 18
    assert loader(NAME).basis == "officer-observed"
    assert found["percent", "Black"][:5] == ("percent", "2021/22", "K04000001", "officer-four", "Black")
    assert found["percent", "Black"][5:9] == (25.9, "present", 4, "percent_reoffended")
    assert found["reoffenders", "White"][5:9] == (68_902, "present", 5, "number_of_reoffenders")
    assert found["reoffences-per-reoffender", "All"].value == 3.69
    assert found["reoffenders", "Other"].value == 605
    assert found["reoffenders", "Unknown"].classification == "any"
    assert all(one.note.startswith("officer-identified") and all(one.source) for one in found.values())


def test_reoffenders_add_up_and_percentages_are_not_asked_to(sheet):
    changed = sheet(NAME).put(3, "percent_reoffended", "20.9")
    assert len(changed.load()) == 18
    with pytest.raises(RefusedFile, match="All is 83,451, but its parts add to 83,452"):
        sheet(NAME).put(3, "number_of_reoffenders", "4239").load()


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("ethnicity", "Blakc"),
        ("cohort", "2021"),
        ("percent_reoffended", "120"),
        ("average_reoffences_per_reoffender", "-3"),
    ],
)
def test_what_nobody_knows_is_refused(sheet, column, text):
    with pytest.raises(RefusedFile, match=text):
        sheet(NAME).put(4, column, text).load()
