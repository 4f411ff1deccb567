"""Self-harm in prison: rates without counts, highest among White prisoners, unsafe where Chinese people may stand."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NAME = "prison-self-harm"


def test_rates_stand_as_printed_and_no_count_is_made_of_them():
    found = {(one.period, one.group): one for one in loader(NAME).load(shipped_content(loader(NAME)))}
    assert len(found) == 25
    assert {one.series for one in found.values()} == {"rate-per-1000"}
    assert found["2015", "White"][5:9] == (450, "present", 25, "incidents_per_1000_prisoners")
    assert found["2011", "Chinese or other"].value == 127
    assert {one.classification for one in found.values()} == {"ons-2001-five"}
    for year in range(2011, 2016):
        rates = {group: one.value for (period, group), one in found.items() if period == str(year)}
        assert max(rates, key=rates.get) == "White"
    assert all(all(one.source) for one in found.values())


def test_the_two_groups_that_may_hold_chinese_people_are_marked_unsafe():
    found = loader(NAME).load(shipped_content(loader(NAME)))
    assert {one.group for one in found if one.note.startswith("Unsafe: ")} == {"Asian", "Chinese or other"}
    assert all("do not join to v3" in one.note for one in found)


@pytest.mark.parametrize(
    ("column", "text"), [("group", "Blakc"), ("geography", "Wails"), ("incidents_per_1000_prisoners", "-5")]
)
def test_what_nobody_knows_is_refused(sheet, column, text):
    with pytest.raises(RefusedFile, match=text):
        sheet(NAME).put(4, column, text).load()
