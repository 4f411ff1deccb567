"""Postcodes are read as people type them, and answered about, never wrongly exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.places import UnknownPostcode, find, miles_between, outward
from evenhand.library.places.lookup import rows
from evenhand.library.places.postcodes import read_postcode

HELD = tuple(row["code"] for row in rows("outward_codes.csv"))
WITHOUT = tuple(row["code"] for row in rows("outward_codes_without_centre.csv") if row["status"] == "no centre")
ELSEWHERE = tuple(row["code"] for row in rows("outward_codes_without_centre.csv") if row["status"] == "elsewhere")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("B1 2JP", "B1"),
        ("b1 2jp", "B1"),
        ("b12jp", "B1"),
        (" b1\t2jp ", "B1"),
        ("B12", "B12"),
        ("sw1a1aa", "SW1A"),
        ("SW1A 1AA", "SW1A"),
        ("n1c 4tb", "N1C"),
        ("cf24-0ug", "CF24"),
        ("YO41", "YO41"),
    ],
)
def test_postcodes_are_read_with_and_without_their_space(text, code):
    found = outward(text)
    assert (found.code, found.exact) == (code, True)


def test_a_whole_postcode_says_that_it_is_measured_from_its_first_half():
    assert outward("B1 2JP").note == "Measured from the centre of B1, not from B1 2JP."
    assert outward("B1").note == ""


@pytest.mark.parametrize("code", ["M50", "E22", "CF30", "W1A", "EC1P", "S99"])
def test_an_outward_code_without_a_centre_is_given_its_areas_middle_and_says_so(code):
    found = outward(code)
    assert not found.exact
    assert code.startswith(found.area)
    assert "no centre" in found.note
    assert miles_between(found, outward(f"{found.area}2" if found.area != "EC" else "EC2A")) < 30


def test_a_first_half_not_in_any_list_is_given_its_areas_middle_and_says_so():
    found = outward("LE98")
    assert not found.exact
    assert "not a first half that is known" in found.note


@pytest.mark.parametrize("code", ["G1", "EH1 1AA", "BT1", "TD15", "ZZ1", "JE2"])
def test_postcodes_outside_england_and_wales_are_refused(code):
    with pytest.raises(UnknownPostcode, match="list of postcodes of England and Wales"):
        outward(code)


@pytest.mark.parametrize("text", ["", "banana", "B1 2", "B1 2J", "B 1", "1B", "B1 2CI", "B123JPX", "é1 2JP", "B²"])
def test_what_is_no_postcode_is_refused_with_an_example(text):
    with pytest.raises(UnknownPostcode, match=r"is not a postcode\. Write all of it, like B1 2JP"):
        outward(text)


@given(st.sampled_from(HELD))
def test_every_outward_code_that_is_held_answers_exactly(code):
    found = outward(code.lower())
    assert found.exact
    assert found.code == code
    assert outward(f"{code}1AA") == outward(f" {code} 1aa ")


@given(st.sampled_from(WITHOUT))
def test_every_outward_code_without_a_centre_degrades(code):
    assert not outward(code).exact


@given(st.sampled_from(ELSEWHERE))
def test_every_outward_code_listed_elsewhere_is_refused(code):
    with pytest.raises(UnknownPostcode):
        outward(code)


@given(st.text(max_size=12))
def test_reading_a_postcode_answers_or_refuses_and_never_breaks(text):
    try:
        halves = read_postcode(text)
    except UnknownPostcode:
        return
    assert read_postcode(str(halves)) == halves


def test_there_are_as_many_outward_codes_as_the_source_holds():
    assert len(HELD) == len(set(HELD)) == 2313


def test_miles_are_over_the_ground():
    london, cardiff = outward("SW1A"), outward("CF10")
    assert miles_between(london, cardiff) == pytest.approx(131, abs=3)
    assert miles_between(london, cardiff) == miles_between(cardiff, london)
    assert miles_between(london, london) == 0


def test_a_place_without_a_point_has_no_distance():
    with pytest.raises(ValueError, match="no point on the map"):
        miles_between(outward("B1"), find("Kent"))
    assert miles_between(outward("SE28"), find("HMP Belmarsh")) < 5


POINTS = st.builds(
    lambda north, east: type("Point", (), {"latitude": north, "longitude": east})(),
    st.floats(-90, 90),
    st.floats(-180, 180),
)


@given(POINTS, POINTS, POINTS)
def test_distances_keep_the_triangle_rule(one, two, three):
    assert miles_between(one, three) <= miles_between(one, two) + miles_between(two, three) + 1e-6
