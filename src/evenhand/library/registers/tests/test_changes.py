"""Two extracts are compared: what is new, what changed from what to what, what is gone, and what to be warned of."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.registers import Change, ListedTwice, changes, charity_commission, new_warnings
from evenhand.library.registers.charity_commission import Charity, Classification, ending, place_of, warnings
from evenhand.library.registers.charity_commission.tables import CHARITY, CLASSIFICATION

SAMPLES = Path(__file__).parent / "samples"


def sample(table):
    return [row for batch in charity_commission.read(SAMPLES / f"publicextract.{table}.txt") for row in batch.rows]


@pytest.fixture
def charities():
    return sample("charity")


def test_an_extract_compared_with_itself_has_no_changes(charities):
    assert list(changes(CHARITY, charities, charities)) == []


def test_the_first_extract_is_all_new(charities):
    found = list(changes(CHARITY, [], charities))
    assert [(change.kind, change.after) for change in found] == [("new", charity) for charity in charities]
    assert all(change.differences == {} for change in found)


def test_a_change_says_what_it_was_and_what_it_is(charities):
    later = [
        charities[0]._replace(charity_name="NEW BRIDGE (MADE UP)", date_of_removal=dt.date(2026, 10, 1)),
        *charities[1:],
    ]
    (change,) = changes(CHARITY, charities, later)
    assert change.kind == "changed"
    assert change.key == (9_000_001,)
    assert change.before == charities[0]
    assert isinstance(change.before, Charity)
    assert change.differences == {
        "charity_name": ("BRIDGE OF EXAMPLES (MADE UP)", "NEW BRIDGE (MADE UP)"),
        "date_of_removal": (None, dt.date(2026, 10, 1)),
    }


def test_what_is_gone_comes_last(charities):
    found = list(changes(CHARITY, charities[1:3], [charities[3], charities[2]]))
    assert [(change.kind, change.key) for change in found] == [("new", (9_000_004,)), ("gone", (9_000_002,))]
    assert found[1].before == charities[1]
    assert found[1].after is None


def test_the_order_of_the_extracts_does_not_matter(charities):
    assert list(changes(CHARITY, charities, reversed(charities))) == []


def test_the_same_record_twice_is_one_and_two_that_differ_are_refused(charities):
    assert list(changes(CHARITY, charities * 2, charities * 2)) == []
    other = charities[0]._replace(charity_name="ANOTHER (MADE UP)")
    with pytest.raises(ListedTwice, match="organisation_number 9000001 twice"):
        list(changes(CHARITY, charities, [*charities, other]))
    with pytest.raises(ListedTwice, match="organisation_number 9000001 twice"):
        list(changes(CHARITY, [*charities, other, charities[0]], charities))


def test_records_may_come_from_anywhere_and_only_once(charities):
    assert list(changes(CHARITY, iter(charities), iter(charities))) == []


classifications = st.builds(
    Classification,
    organisation_number=st.integers(1, 6),
    registered_charity_number=st.integers(1, 3),
    linked_charity_number=st.just(0),
    classification_code=st.integers(101, 103),
    classification_type=st.sampled_from(["What", "Who", 'H"ow', "ŵ"]),
    classification_description=st.text(st.characters(blacklist_categories=("Cs",)), max_size=5),
)
extracts = st.lists(classifications, max_size=12, unique_by=CLASSIFICATION.key_of)


@given(before=extracts, after=extracts)
def test_the_changes_lead_from_one_extract_to_the_other(before, after):
    rebuilt = {CLASSIFICATION.key_of(record): record for record in before}
    for change in changes(CLASSIFICATION, before, after):
        assert rebuilt.get(change.key) == change.before
        assert change.before != change.after
        if change.after is None:
            del rebuilt[change.key]
        else:
            rebuilt[change.key] = change.after
    assert rebuilt == {CLASSIFICATION.key_of(record): record for record in after}


# Warnings


def test_a_charity_that_is_well_has_no_warnings(charities):
    assert warnings(charities[0]) == ()


def test_each_danger_is_said_in_the_words_of_the_register(charities):
    overdue, removed = charities[2], charities[3]
    assert [(each.danger, each.said) for each in warnings(overdue)] == [("overdue", "Submission Overdue")]
    assert [(each.danger, each.on) for each in warnings(removed)] == [("removed", dt.date(2024, 5, 17))]
    sick = charities[0]._replace(
        charity_reporting_status="Submission Double Default", cio_is_dissolved=True, charity_insolvent=True
    )
    assert [each.danger for each in warnings(sick)] == ["overdue", "dissolved", "insolvent"]


def test_only_what_a_change_brings_is_warned_of(charities):
    well = charities[0]
    overdue = well._replace(charity_reporting_status="Submission Overdue")
    worse = well._replace(charity_reporting_status="Submission Double Default")
    removed = overdue._replace(charity_registration_status="Removed")

    def warned(before, after):
        return [each.danger for each in new_warnings(Change((1,), before, after), warnings)]

    assert warned(well, overdue) == ["overdue"]
    assert warned(overdue, overdue._replace(charity_name="X (MADE UP)")) == []
    assert warned(overdue, well) == []
    assert warned(overdue, removed) == ["removed"]
    assert warned(None, removed) == ["removed", "overdue"]
    assert warned(well, None) == ["removed"]
    assert warned(removed, None) == []
    # From late to very late is news too.
    assert warned(overdue, worse) == ["overdue"]


# What became of a charity, and where one works


def test_a_charity_that_was_removed_is_followed_to_where_its_assets_went():
    events = sample("charity_event_history")
    found = ending(events)
    assert found.on == dt.date(2024, 5, 17)
    assert found.reason == "Amalgamated"
    assert found.passed_to == (9_100_001,)
    assert ending(reversed(events)) == found


def test_a_charity_that_is_on_the_register_has_no_ending():
    events = sample("charity_event_history")
    assert ending([]) is None
    assert ending(events[:2]) is None
    back = events[2]._replace(charity_event_order=4, event_type="Re-registered", assoc_registered_charity_number=None)
    assert ending([*events, back]) is None


def test_the_areas_of_a_charity_are_places():
    council, nation, abroad = (place_of(area) for area in sample("charity_area_of_operation"))
    assert (council.kind, council.name) == ("council", "Birmingham")
    assert (nation.kind, nation.name) == ("nation", "Wales")
    assert abroad is None


# As the register names councils; a county is none of ours.
@pytest.mark.parametrize(
    ("kind", "name", "place"),
    [
        ("Local Authority", "Bristol City", "Bristol"),
        ("Local Authority", "City Of London", "City of London"),
        ("Local Authority", "City Of Swansea", "Swansea"),
        ("Local Authority", "City Of Wakefield", "Wakefield"),
        ("Local Authority", "City Of Westminster", "Westminster"),
        ("Local Authority", "City Of York", "York"),
        ("Local Authority", "Cheshire West & Chester", "Cheshire West and Chester"),
        ("Local Authority", "Durham", "County Durham"),
        ("Local Authority", "Herefordshire", "Herefordshire"),
        ("Local Authority", "Kingston Upon Hull City", "Kingston upon Hull"),
        ("Local Authority", "Newcastle Upon Tyne City", "Newcastle upon Tyne"),
        ("Local Authority", "Rhondda Cynon Taff", "Rhondda Cynon Taf"),
        ("Local Authority", "St Helens", "St. Helens"),
        ("Local Authority", "Stoke-on-trent City", "Stoke-on-Trent"),
        ("Local Authority", "Telford & Wrekin", "Telford and Wrekin"),
        ("Region", "Throughout England", "England"),
        ("Region", "Throughout England And Wales", "England and Wales"),
        ("Region", "Throughout London", "London"),
        ("Metropolitan Counties", "Greater Manchester", "Greater Manchester"),
        ("Metropolitan Counties", "Tyne And Wear", None),
        ("Local Authority", "Derbyshire", None),
        ("Country", "Scotland", None),
        ("Continent", "Africa", None),
    ],
)
def test_an_area_is_matched_by_its_name_and_never_by_likeness(kind, name, place):
    area = sample("charity_area_of_operation")[0]._replace(geographic_area_type=kind, geographic_area_description=name)
    found = place_of(area)
    assert (found and found.name) == place or (found and place and found.name.startswith(place))
