"""Police station legal aid: cases by offence, with a total that they add to."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

AID = "police-station-legal-aid"


def read():
    return loader(AID).load(shipped_content(loader(AID)))


def test_every_offence_stands_for_five_groups_and_the_unknown(figure):
    found = read()
    assert len(found) == 72
    assert {one.series for one in found} == {"cases"}
    assert len({one.detail for one in found}) == 12
    assert all(one.note.startswith("cases (not people)") and all(one.source) for one in found)
    white = figure(AID, series="cases", period="2024", group="White")
    assert (white.value, white.state, white.column, white.classification) == (311054, "present", "cases", "five")
    unknown = figure(AID, series="cases", period="2024", group="Unknown")
    assert (unknown.value, unknown.classification) == (207699, "any")
    burglary = figure(AID, series="cases", period="2024", group="Asian", detail="Burglary")
    assert (burglary.value, burglary.row) == (698, 3)


def test_who_recorded_the_ethnicity_is_not_known():
    assert loader(AID).basis == "unknown"


def test_offences_add_to_their_total(sheet, refused):
    (fault,) = refused(sheet(AID).put(3, "cases", "699"))
    assert fault.endswith("cases: every detail is 34,196, but its parts add to 34,197")


@pytest.mark.parametrize(
    ("column", "label"), [("ethnicity_5", "Chinese"), ("offence_group", "Piracy"), ("cases", "-1")]
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(AID).put(3, column, label)))
