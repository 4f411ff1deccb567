"""Children in the separation unit of one institution: months added up, and said to be."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NAME = "feltham-separation"


def test_child_months_stand_as_printed_for_the_young_offender_institution():
    found = {one.group: one for one in loader(NAME).load(shipped_content(loader(NAME)))}
    assert {group: one.value for group, one in found.items()} == {
        "Asian": 37,
        "Black": 208,
        "Mixed": 60,
        "White": 84,
        "Other": 11,
    }
    for one in found.values():
        assert one[:4] == ("child-months-in-separation", "2014", "FYI", "five")
        assert (one.column, one.age) == ("child_months", "under-18")
        assert one.note.startswith("DERIVED (sum of 12 monthly cells). ")
        assert all(one.source)


@pytest.mark.parametrize(
    ("column", "text"), [("group", "Blakc"), ("geography", "HMYOI Felthem"), ("period", "2015"), ("child_months", "-1")]
)
def test_what_nobody_knows_is_refused(sheet, column, text):
    with pytest.raises(RefusedFile, match=text):
        sheet(NAME).put(4, column, text).load()
