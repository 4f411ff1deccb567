"""Names that people and bodies have are taken, in every script; what hides, turns or leads away is refused."""

import pytest
from django.core.exceptions import ValidationError

from evenhand.core import plain


@pytest.mark.parametrize(
    "name",
    [
        "St. Giles' Trust",
        "U.K. Women's Aid",
        "Catch22",
        "Mwslimiaid Cymru",
        "خانه امن",
        "می\u200cخواهم",
        "A",
        "42nd Street",
    ],
)
def test_names_are_taken(name):
    for check in plain.NAME:
        check(name)


@pytest.mark.parametrize(
    "name",
    [
        "\u200b\u200b",
        "\u2060",
        "...",
        "Bridge\u202eevil",
        "Bridge\nBcc: all",
        "Bridge\x00",
        "<b>Bridge</b>",
        "Write to me@evil.example",
        "verify at evil.example/login",
        "https://evil",
        "www.evil",
    ],
)
def test_names_that_hide_turn_or_lead_away_are_refused(name):
    def checked():
        for check in plain.NAME:
            check(name)

    with pytest.raises(ValidationError):
        checked()


@pytest.mark.parametrize("number", ["0121 496 0112", "+44 (0)121 496-0112", "999", "01632 960001 ext 12", "0800 111"])
def test_numbers_are_taken(number):
    plain.telephone(number)


@pytest.mark.parametrize("number", ["call me", "0", "<script>", "0121 496 0112; rm", "--------", "0121\n496"])
def test_what_cannot_be_dialled_is_refused(number):
    with pytest.raises(ValidationError):
        plain.telephone(number)


def test_paragraphs_are_text_and_control_signs_are_not():
    plain.plain("One.\n\nTwo.\tThree.")
    with pytest.raises(ValidationError):
        plain.plain("One.\x07")


@pytest.mark.parametrize("address", ["http://user:pass@evil.example", "ftp://example.org", "javascript:alert(1)"])
def test_no_address_carries_a_password_or_opens_anything_but_a_page(address):
    with pytest.raises(ValidationError):
        plain.website(address)
