"""Victims in the crime survey: percentages with the number of people asked, in five groups and in seventeen."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NAME = "crime-survey-victims"


def test_every_group_has_two_percentages_and_a_base():
    found = loader(NAME).load(shipped_content(loader(NAME)))
    assert len(found) == 22 * 3
    cells = {(one.series, one.classification, one.group, one.detail): one for one in found}
    white_african = cells["percent", "gss-18", "White and Black African", "any crime"]
    assert white_african[5:9] == (27.3, "present", 11, "percent_victim_any_csew_crime")
    assert white_african[:3] == ("percent", "2025/26", "K04000001")
    assert cells["percent", "five", "Black", "personal crime"].value == 9.5
    assert cells["respondents", "gss-18", "White and Black African", ""].value == 99
    assert cells["respondents", "five", "White", ""].column == "unweighted_base"
    assert all(all(one.source) for one in found)


def test_bases_add_up_where_every_group_has_a_row(sheet):
    changed = sheet(NAME)
    changed.put(changed.find(ethnicity="African"), "unweighted_base", "1068")
    with pytest.raises(RefusedFile, match="Black is 1,440, but its parts add to 1,441"):
        changed.load()


def test_percentages_are_never_added_up(everything):
    percentages = everything.figures(NAME, "percent", "five")
    assert {(one.group, one.detail): one.value for one in percentages}["White", "any crime"] == 17.4
    assert len(percentages) == 10


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("ethnicity", "Blakc"),
        ("level", "national"),
        ("period", "2026 or so"),
        ("percent_victim_personal_crime", "101"),
        ("unweighted_base", "0.5"),
    ],
)
def test_what_nobody_knows_is_refused(sheet, column, text):
    with pytest.raises(RefusedFile, match=text):
        sheet(NAME).put(4, column, text).load()
