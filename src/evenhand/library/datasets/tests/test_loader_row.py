"""What a row offers its readers: words from a table, groups and sexes through the vocabulary."""

import re

import pytest

from evenhand.library.datasets.loader import ALL, ANY, FAITH, BadCell, Row, Source
from evenhand.library.vocabulary import UNKNOWN, UnknownLabel


def row(text):
    return Row(5, {"cell": text})


def test_a_word_is_read_from_the_table_of_its_column_and_any_other_is_refused():
    assert row(" two ").one_of("cell", {"one": 1, "two": 2}) == 2
    with pytest.raises(BadCell, match="'three' is not one of one, two") as refusal:
        row("three").one_of("cell", {"one": 1, "two": 2})
    assert refusal.value.column == "cell"


@pytest.mark.parametrize(
    ("text", "scheme", "read"),
    [
        ("All", "five", (ANY, ALL)),
        ("Total", FAITH, (ANY, ALL)),
        ("Not stated", "five", (ANY, UNKNOWN)),
        ("Not recorded", FAITH, (ANY, UNKNOWN)),
        ("Black or Black British", "five", ("five", "Black")),
        ("Other", FAITH, (FAITH, "Other religion")),
        ("Other (non-Muslim)", FAITH, (FAITH, "Not Muslim")),
    ],
)
def test_a_group_is_read_through_the_vocabulary_and_everyone_and_unknown_are_of_any(text, scheme, read):
    assert row(text).group("cell", scheme) == read


@pytest.mark.parametrize("scheme", ["five", FAITH])
def test_a_group_of_no_vocabulary_is_refused(scheme):
    with pytest.raises(UnknownLabel):
        row("Blakc").group("cell", scheme)


def test_a_sex_is_the_slug_of_the_vocabulary():
    assert [row(text).sex("cell") for text in ("Total", "Male", "Women", "Not stated")] == [
        ALL,
        "male",
        "female",
        UNKNOWN,
    ]
    with pytest.raises(UnknownLabel):
        row("Femal").sex("cell")


@pytest.mark.parametrize("text", ["-0.1", "100.1", "250"])
def test_a_percentage_outside_a_hundred_is_refused(text):
    with pytest.raises(BadCell, match="it must be from 0 to 100"):
        row(text).percent("cell")


@pytest.mark.parametrize(("text", "value"), [("12.5%", 12.5), ("100 %", 100), ("0%", 0), ("7", 7)])
def test_a_percentage_may_be_written_with_its_sign(text, value):
    assert row(text).percent("cell") == (value, "present")


@pytest.mark.parametrize("text", ["%", "12.5%%", "<5%", "[c]%"])
def test_a_percent_sign_alone_makes_no_percentage(text):
    with pytest.raises(BadCell, match=re.escape(f"{text!r} is not a number")):
        row(text).percent("cell")


def test_a_file_may_have_signs_of_its_own_and_one_source_for_all_its_rows():
    source = Source("T", "https://example.org/", "1", "OGL v3.0")
    one = Row(5, {"cell": "<5"}, source, {"<5": "suppressed"})
    assert one.count("cell") == (None, "suppressed")
    assert one.source == source
    with pytest.raises(BadCell):
        row("<5").count("cell")


def test_a_rate_has_a_fraction_and_is_never_negative():
    assert row("1,250.5").rate("cell") == (1250.5, "present")
    assert row("*").rate("cell") == (None, "suppressed")
    with pytest.raises(BadCell, match="it must be 0 or more"):
        row("-1").rate("cell")
