"""Numbers of charities and companies are put in order, and what is none is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.registers import (
    Identifier,
    UnknownIdentifier,
    charity_identifier,
    charity_number,
    company_identifier,
    company_number,
    primary,
    read_identifier,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234567", "1234567"),
        (" 123 4567 ", "1234567"),
        ("Registered charity number: 1234567", "1234567"),
        ("Charity no. 234567", "234567"),
        ("No 234567", "234567"),
        ("1234567-0", "1234567"),
    ],
)
def test_a_charity_number_is_read_as_people_type_it(typed, number):
    assert charity_number(typed) == number


@pytest.mark.parametrize("typed", ["", "12345", "12345678", "0123456", "SC012345", "1234567-2", "12a4567", "NIC101234"])
def test_what_is_no_charity_number_is_refused_in_words(typed):
    with pytest.raises(UnknownIdentifier, match="six or seven figures"):
        charity_number(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234567", "01234567"),
        ("01234567", "01234567"),
        ("sc 12345", "SC012345"),
        ("Company number: 1234567", "01234567"),
        ("CE012345", "CE012345"),
        ("IP12345R", "IP12345R"),
        ("RS007853", "RS007853"),
        ("R0000123", "R0000123"),
        ("NO000123", "NO000123"),
        ("ni60001", "NI060001"),
    ],
)
def test_a_company_number_gets_back_the_noughts_that_were_left_out(typed, number):
    assert company_number(typed) == number


@pytest.mark.parametrize("typed", ["", "None", "00000000", "123456789", "XX123456", "12-34567", "SC1234567", "Ltd"])
def test_what_is_no_company_number_is_refused_in_words(typed):
    with pytest.raises(UnknownIdentifier, match="eight characters"):
        company_number(typed)


def test_identifiers_carry_the_scheme_of_their_register():
    assert charity_identifier("1234567") == "GB-CHC-1234567"
    assert company_identifier("1234567") == "GB-COH-01234567"


@pytest.mark.parametrize(
    ("typed", "identifier"),
    [
        ("gb-chc-1234567", "GB-CHC-1234567"),
        ("GB-COH-1234567", "GB-COH-01234567"),
        ("GB-SC-SC012345", "GB-SC-SC012345"),
        ("GB-SC-012345", "GB-SC-SC012345"),
        ("GB-NIC-101234", "GB-NIC-101234"),
        ("GB-NIC-NIC101234", "GB-NIC-101234"),
    ],
)
def test_an_identifier_is_put_in_order(typed, identifier):
    assert str(read_identifier(typed)) == identifier


@pytest.mark.parametrize("typed", ["1234567", "GB-CHC-", "GB-XYZ-1234567", "GB-NIC-9", "GB-SC-x", "US-EIN-1"])
def test_what_is_no_identifier_is_refused(typed):
    with pytest.raises(UnknownIdentifier):
        read_identifier(typed)


@given(st.integers(100_000, 9_999_999))
def test_a_charity_number_survives_the_round(number):
    assert read_identifier(charity_identifier(f" {number}")) == Identifier("GB-CHC", str(number))


@given(st.integers(1, 99_999_999))
def test_a_company_number_survives_the_round(number):
    assert company_number(company_number(str(number))) == f"{number:08}"


@given(st.text(max_size=20))
def test_no_text_does_worse_than_be_refused(text):
    for read in (charity_number, company_number, read_identifier):
        try:
            found = read(text)
        except UnknownIdentifier:
            continue
        assert read(str(found)) == found


def test_the_charity_number_is_the_primary_of_several():
    several = [read_identifier(each) for each in ("GB-COH-CE012345", "GB-CHC-1234567")]
    assert str(primary(several)) == "GB-CHC-1234567"
    assert primary([]) is None
