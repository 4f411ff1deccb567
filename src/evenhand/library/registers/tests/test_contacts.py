"""Websites and telephone numbers as people typed them are put in order, or left blank."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.registers.contacts import phone_number, web_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("www.example.org", "https://www.example.org"),
        ("  WWW.Example.ORG/About  ", "https://www.example.org/About"),
        ("http://example.org/", "http://example.org"),
        ("http:/example.org", "http://example.org"),
        ("https;//example.org", "https://example.org"),
        ("http://http://example.org", "http://example.org"),
        ("http:\\\\www.example.org\\help", "http://www.example.org/help"),
        ('<a href="https://example.org/x">our site</a>', "https://example.org/x"),
        ("<p>www.example.org</p>", "https://www.example.org"),
        ("www.example.org/?a=1&amp;b=2", "https://www.example.org/?a=1&b=2"),
    ],
)
def test_a_website_is_put_in_order(written, address):
    assert web_address(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "none",
        "n/a",
        "office@example.org",
        "www.example.org and www.example.com",
        "javascript:alert(1)",
        "javascript:alert(1)//example.org",
        "data:text/html,x",
        "//localhost",
        "http://[::1",
        "http://127.0.0.1/",
        "x" * 600 + ".org",
    ],
)
def test_what_is_no_website_is_blank(written):
    assert web_address(written) == ""


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("01632 960001", "01632 960001"),
        (" 01632-960-001 ", "01632 960 001"),
        ("+44 (0)1632 960001", "01632 960001"),
        ("0044 1632 960001", "01632 960001"),
        ("(01632) 960001", "01632 960001"),
        ("Tel: 01632 960001", "01632 960001"),
        ("<b>01632&nbsp;960001</b>", "01632 960001"),
    ],
)
def test_a_telephone_number_is_put_in_order(written, number):
    assert phone_number(written) == number


@pytest.mark.parametrize("written", ["", "none", "999", "01632 960001 or 01632 960002", "01632 960001 ext 4", "12345"])
def test_what_is_not_one_telephone_number_is_blank(written):
    assert phone_number(written) == ""


@given(st.text(max_size=80))
def test_whatever_was_written_gives_a_safe_address_or_none(text):
    address = web_address(text)
    assert address == "" or urlsplit(address).scheme in {"http", "https"}
    assert address == web_address(address)
    number = phone_number(text)
    assert number == "" or set(number) <= set("0123456789 +") or number.isdecimal() or " " in number
    assert number == phone_number(number)
