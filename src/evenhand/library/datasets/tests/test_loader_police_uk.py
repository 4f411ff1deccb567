"""data.police.uk: twenty labels as forces wrote them, two of which say nothing of a person's group."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

LABELS = "stop-search-raw-labels"


def read():
    return loader(LABELS).load(shipped_content(loader(LABELS)))


def test_every_label_is_one_of_eighteen_groups_or_a_kind_of_unknown(figure):
    found = read()
    assert len(found) == 20
    assert len({one.group for one in found if one.classification == "gss-18"}) == 18
    assert sum(one.value for one in found) == 476738
    asked = {"series": "searches", "period": "August 2025 to July 2026", "place": "K04000001"}
    african = figure(LABELS, group="African", **asked)
    assert (african.value, african.state, african.row, african.column) == (15438, "present", 4, "events")
    assert all(all(one.source) for one in found)


def test_not_stated_is_unknown_and_never_other_though_its_label_begins_so(figure, everything):
    asked = {"series": "searches", "classification": "unrecorded"}
    assert figure(LABELS, group="Not stated", **asked).value == 71546
    assert figure(LABELS, group="Blank", **asked).value == 43478
    (unknown,) = everything.figures(LABELS, "searches", "any")
    assert (unknown.group, unknown.value) == ("Unknown", 71546 + 43478)
    five = {one.group: one.value for one in everything.figures(LABELS, "searches", "five")}
    assert five["Other"] == sum(one.value for one in read() if one.group in {"Arab", "Any other"})
    assert sum(five.values()) + unknown.value == 476738


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("self_defined_ethnicity_label", "White - Cornish"),
        ("self_defined_ethnicity_label", "Prefer not to say"),
        ("events", "many"),
        ("source_title", "data.police.uk archive 2027-07.zip"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(LABELS).put(3, column, label)))
