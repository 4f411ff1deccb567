"""Places are found by every spelling that publishers use, and nest as the official lookups say."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.places import (
    KINDS,
    UnknownPlace,
    find,
    lies_in,
    parents,
    place,
    places,
    tables,
    within,
)
from evenhand.library.places.lookup import AREAS, rows, spelled

ENGLAND_AND_WALES = "K04000001"
EVERY = tuple(each for kind in KINDS for each in places(kind))

PLAIN = re.findall(
    r"\w+",
    """Bedfordshire Cambridgeshire Cheshire Cleveland Cumbria Derbyshire Dorset Durham Essex Gloucestershire Gwent
    Hampshire Hertfordshire Humberside Kent Lancashire Leicestershire Lincolnshire Merseyside Norfolk Northamptonshire
    Northumbria Nottinghamshire Staffordshire Suffolk Surrey Sussex Warwickshire Wiltshire""",
)
TWO_WORDS = (
    "Greater Manchester",
    "North Wales",
    "North Yorkshire",
    "South Wales",
    "South Yorkshire",
    "Thames Valley",
    "West Mercia",
    "West Midlands",
    "West Yorkshire",
)
SPELLINGS = {
    "E23000036": ("Avon & Somerset", "Avon and Somerset", "avon-and-somerset", "Avon and Somerset Constabulary"),
    "E23000035": ("Devon & Cornwall", "Devon and Cornwall", "devon-and-cornwall", "Devon & Cornwall Police"),
    "E23000034": ("London, City of", "City of London", "city-of-london", "City of London Police"),
    "E23000001": ("Metropolitan Police", "Metropolitan", "metropolitan", "Metropolitan Police Service", "the Met"),
    "W15000004": ("Dyfed-Powys", "Dyfed Powys", "dyfed-powys", "Dyfed - Powys"),
    "E23000030": ("Hampshire", "Hampshire and Isle of Wight", "Hampshire & Isle of Wight Constabulary"),
    "BTP": ("British Transport Police", "british-transport-police", "btp", "0"),
}


def test_there_are_forty_three_areas_and_one_force_without_an_area():
    assert len(within(place(ENGLAND_AND_WALES), "police-force")) == 43
    assert {each.code for each in places("police-force")} - {
        each.code for each in within(place(ENGLAND_AND_WALES), "police-force")
    } == {"BTP"}


def test_british_transport_police_has_no_residents_no_tile_and_lies_nowhere():
    transport = place("0")
    assert transport.code == "BTP"
    assert not transport.has_residents
    assert transport.tile is None
    assert parents(transport) == ()
    assert all(each.has_residents for each in places("police-force") if each.code != "BTP")


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, every in SPELLINGS.items() for text in every])
def test_each_publishers_spelling_of_a_force_is_known(code, text):
    assert find(text, kinds=["police-force"]).code == code
    assert find(text).code == code


@pytest.mark.parametrize("name", [*PLAIN, *TWO_WORDS])
def test_each_force_is_found_by_its_name_its_police_uk_id_and_its_body(name):
    force = find(name)
    assert (force.kind, force.name) == ("police-force", name)
    assert find(name.lower().replace(" ", "-")) == force
    assert force.police_uk_id == name.lower().replace(" ", "-")
    assert find(f"{name} Police") == force


def test_the_spellings_above_are_all_forty_four_forces():
    assert len({*SPELLINGS, *(find(name).code for name in (*PLAIN, *TWO_WORDS))}) == 44


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("England and Wales", "K04000001"),
        ("england & wales", "K04000001"),
        ("Yorkshire and The Humber", "E12000003"),
        ("Yorkshire & the Humber", "E12000003"),
        ("North West England", "E12000002"),
        ("Bristol, City of", "E06000023"),
        ("Kingston upon Hull, City of", "E06000010"),
        ("St Helens", "E08000013"),
        ("Kings Lynn and West Norfolk", "E07000146"),
        ("Kent, Surrey and Sussex", "N57"),
        ("HMP Belmarsh", "BAI"),
        ("HMP Isis", "ISI"),
        ("HMP Whitemoor", "WRI"),
        ("HMP Wormwood Scrubs", "WSI"),
        ("HMYOI Feltham", "FYI"),
        ("Carchar Caerdydd", "CFI"),
        ("e23000014", "E23000014"),
        ("  W92000004 ", "W92000004"),
    ],
)
def test_other_places_are_found_as_people_write_them(text, code):
    assert find(text).code == code


def test_a_name_of_several_kinds_means_the_police_force_unless_told_otherwise():
    assert find("West Midlands").code == "E23000014"
    assert find("West Midlands", kinds=["region"]).code == "E12000005"
    assert find("West Midlands", kinds=["probation-region", "region"]).code == "N52"
    assert find("Wales").code == "W92000004"
    assert find("London").code == "E12000007"
    assert find("Greater London", kinds=["probation-region", "region"]).kind == "region"
    assert find("Durham").kind == "police-force"
    assert find("Durham", kinds=["prison"]).code == "DMI"
    assert find("Peterborough").kind == "council"


def test_a_code_of_another_kind_is_refused_where_kinds_are_given():
    with pytest.raises(UnknownPlace):
        find("E12000005", kinds=["police-force"])


def test_a_near_miss_says_what_was_probably_meant():
    with pytest.raises(UnknownPlace) as refused:
        find("West Midland")
    assert str(refused.value) == 'No place is called "West Midland". Did you mean West Midlands?'
    assert refused.value.near[0] == "West Midlands"
    assert isinstance(refused.value, LookupError)


def test_a_name_shared_by_two_prisons_is_never_guessed():
    with pytest.raises(UnknownPlace) as refused:
        find("Feltham", kinds=["prison"])
    assert set(refused.value.near) >= {"Feltham (HMP)", "Feltham (HMYOI)"}


@pytest.mark.parametrize("text", ["", "   ", "Atlantis-on-Sea", "!!!", "E99999999"])
def test_what_is_like_nothing_is_refused_in_one_sentence(text):
    with pytest.raises(UnknownPlace) as refused:
        find(text)
    assert str(refused.value).startswith(f'No place is called "{text}".')


def test_near_misses_keep_to_the_kinds_that_are_allowed():
    with pytest.raises(UnknownPlace) as refused:
        find("Cardif", kinds=["police-force"])
    assert "Cardiff" not in refused.value.near


def test_an_unknown_code_is_refused():
    with pytest.raises(UnknownPlace):
        place("E23000099")
    with pytest.raises(UnknownPlace):
        place("Kent")


def test_an_unknown_kind_is_named_with_the_kinds_there_are():
    with pytest.raises(ValueError, match="police-force"):
        places("parish")


@given(st.sampled_from(EVERY))
def test_every_place_is_found_by_its_code_name_slug_and_aliases(each):
    assert find(each.code) is each
    assert place(each.code.lower()) is each
    for text in (each.name, each.slug, each.name.upper(), *each.aliases):
        assert find(text, kinds=[each.kind]) is each


@pytest.mark.parametrize("kind", KINDS)
def test_within_a_kind_no_two_places_share_a_name_or_an_alias(kind):
    owners = {}
    for each in places(kind):
        for text in {spelled(name) for name in (each.name, *each.aliases)}:
            assert owners.setdefault(text, each.code) == each.code


def test_no_two_places_share_a_code():
    codes = [code for each in EVERY for code in (each.code, *each.other_codes)]
    assert len(codes) == len(set(codes))


@given(st.text(max_size=60))
def test_finding_answers_or_refuses_and_never_breaks(text):
    try:
        found = find(text)
    except UnknownPlace as refused:
        found, near = None, refused.near
    assert len(near) <= 3 if found is None else found is place(found.code)


@given(st.text(max_size=40))
def test_putting_a_name_in_order_twice_changes_nothing(text):
    once = spelled(text)
    if not once.startswith("the "):
        assert spelled(once) == once


def test_the_numbers_of_places_are_the_published_ones():
    assert {kind: len(places(kind)) for kind in KINDS} == {
        "police-force": 44,
        "nation": 3,
        "region": 9,
        "council": 331,
        "probation-region": 12,
        "prison": 125,
    }


def test_places_are_sorted_by_name():
    for kind in KINDS:
        names = [each.name for each in places(kind)]
        assert names == sorted(names)


def test_councils_add_up_through_forces_regions_and_nations():
    assert sum(len(within(force, "council")) for force in places("police-force")) == 331
    assert len(within(place("E92000001"), "council")) == 309
    assert len(within(place("W92000004"), "council")) == 22
    assert sum(len(within(region, "council")) for region in places("region")) == 309
    assert len(within(place(ENGLAND_AND_WALES), "council")) == 331
    assert len(within(find("Metropolitan Police"), "council")) == 32


def test_every_council_agrees_with_its_force_about_region_and_nation():
    forces = {row["code"]: row for row in rows("police_force_areas.csv")}
    for table in ("councils.csv", "councils_since_2022.csv"):
        for row in rows(table):
            force = forces[row["force_code"]]
            assert (row["region_code"], row["nation_code"]) == (force["region_code"], force["nation_code"])


def test_every_english_force_lies_in_exactly_one_region_and_every_welsh_one_in_none():
    for force in within(place("E92000001"), "police-force"):
        assert len([each for each in parents(force) if each.kind == "region"]) == 1
    for force in within(place("W92000004"), "police-force"):
        assert not [each for each in parents(force) if each.kind == "region"]
    assert [each.name for each in within(place("W92000004"), "police-force")] == [
        "Dyfed-Powys",
        "Gwent",
        "North Wales",
        "South Wales",
    ]


def test_forces_in_a_region_are_listed():
    assert [each.name for each in within(find("West Midlands", kinds=["region"]), "police-force")] == [
        "Staffordshire",
        "Warwickshire",
        "West Mercia",
        "West Midlands",
    ]


def test_every_force_area_lies_in_one_probation_region_and_says_that_this_is_unconfirmed():
    for force in within(place(ENGLAND_AND_WALES), "police-force"):
        assert len([each for each in parents(force) if each.kind == "probation-region"]) == 1
        assert "unconfirmed" in force.note


@given(st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_lying_in_is_never_mutual_and_passes_upwards(inner, outer):
    assert not lies_in(inner, inner)
    assert not (lies_in(inner, outer) and lies_in(outer, inner))
    if lies_in(inner, outer):
        assert inner in within(outer, inner.kind)
        assert all(lies_in(inner, above) for above in parents(outer))


def test_every_parent_exists():
    for each in EVERY:
        assert len(parents(each)) == len(set(each.parents))


def test_a_council_made_since_the_census_is_found_but_never_counted():
    somerset = find("Somerset")
    assert (somerset.code, somerset.valid_from) == ("E06000066", "2023-04-01")
    assert parents(somerset)[0].name == "Avon and Somerset"
    assert somerset not in places("council")
    assert find("Mendip").valid_to == "2023-03-31"


def test_a_council_given_a_new_code_answers_to_both():
    assert place("E08000038") == place("E08000016") == find("Barnsley")


def test_a_prison_whose_force_is_in_doubt_says_so_and_lies_in_its_nation_at_least():
    leyhill = find("HMP Leyhill")
    assert not [each for each in parents(leyhill) if each.kind == "police-force"]
    assert "not known here" in leyhill.note
    assert all(len(each.parents) >= 2 and not each.has_residents for each in places("prison"))


def test_a_prison_with_a_force_agrees_with_its_own_region():
    for row in rows("prisons.csv"):
        if row["force_code"] and row["region_code"]:
            assert row["region_code"] in place(row["force_code"]).parents


def test_prisons_have_points_within_england_and_wales():
    for prison in places("prison"):
        assert 49.8 < prison.latitude < 55.9
        assert -5.8 < prison.longitude < 1.8


def test_each_force_area_has_a_tile_of_its_own():
    tiles = [force.tile for force in within(place(ENGLAND_AND_WALES), "police-force")]
    assert len({tile.code for tile in tiles}) == len({(tile.column, tile.row) for tile in tiles}) == 43
    assert all(0 <= tile.column <= 6 and 0 <= tile.row <= 7 for tile in tiles)
    assert find("Cumbria").tile == ("CMB", 2, 0)
    assert find("Kent").tile == ("KEN", 6, 7)
    assert find("City of London").tile == ("CoL", 5, 6)


def test_a_slug_is_small_letters_and_hyphens():
    assert find("Devon & Cornwall").slug == "devon-and-cornwall"
    assert find("King's Lynn and West Norfolk").slug == "kings-lynn-and-west-norfolk"


def test_every_row_names_its_source_and_licence_and_every_table_is_described():
    names = sorted(path.stem for path in AREAS.glob("*.csv"))
    assert names == sorted(table.name for table in tables())
    for name in names:
        with (AREAS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["source_title"]
                assert row["source_url"]
                assert row["licence"]
                assert None not in row
    assert all(table.checked and table.look_again for table in tables())
