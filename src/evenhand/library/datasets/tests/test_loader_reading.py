"""How a declaration reads a row: one column or several, words that name a column, parts, and rows of other tables."""

import pytest

from evenhand.library.datasets.loader import (
    ALL,
    ANY,
    ENGLAND_AND_WALES,
    KNOWN,
    UNRECORDED,
    BadCell,
    Column,
    Reading,
    Row,
    Source,
    always,
    group,
    only,
    place,
    sex,
    text,
    word,
    year_ending,
)
from evenhand.library.places import UnknownPlace
from evenhand.library.vocabulary import UNKNOWN, UnknownLabel

SOURCE = {"source_title": "T", "source_url": "https://example.org/", "table": "1", "licence": "OGL v3.0"}


def row(**cells):
    return Row(7, {**cells, **SOURCE})


def read(reading, **cells):
    return list(reading(row(**cells)))


def test_a_row_of_one_figure_has_every_part_from_its_own_column():
    reading = Reading(
        figures=(Column("searches", "searches"),),
        period=year_ending("year"),
        place=place("force", "police-force"),
        group=group("ethnicity", "five"),
        detail=text("reason"),
        sex=sex("sex"),
        age=word("age", {"10 to 17": "10-17"}),
        note=text("note"),
    )
    (found,) = read(
        reading,
        searches="1,234",
        year="2025",
        force="Kent",
        ethnicity="Black or Black British",
        reason="Drugs",
        sex="Women",
        age="10 to 17",
        note="p",
    )
    assert found.key == ("searches", "2024/25", "E23000032", "five", "Black", "Drugs", "female", "10-17")
    assert (found.value, found.state, found.row, found.column, found.note) == (1234, "present", 7, "searches", "p")
    assert found.source == Source("T", "https://example.org/", "1", "OGL v3.0")


def test_what_is_not_said_of_a_table_counts_everybody_and_names_nothing():
    reading = Reading(figures=(Column("n", "searches"),), period="2024/25", place=ENGLAND_AND_WALES)
    (found,) = read(reading, n="3")
    assert found.key == ("searches", "2024/25", ENGLAND_AND_WALES, ANY, ALL, "", ALL, ALL)


def test_a_wide_row_has_a_figure_for_each_column_each_read_in_its_own_way():
    reading = Reading(
        figures=(
            Column("people", "people"),
            Column("not stated", "people", group=(ANY, UNKNOWN)),
            Column("share", "percent", "percent", "of everyone"),
            Column("change", "percent", "number", "change"),
        ),
        period="2024",
        place=ENGLAND_AND_WALES,
        detail="in all",
    )
    found = read(reading, people="20", **{"not stated": "[c]"}, share="12.5", change="-3")
    assert [(one.group, one.value, one.state, one.detail, one.column) for one in found] == [
        (ALL, 20, "present", "in all", "people"),
        (UNKNOWN, None, "suppressed", "in all", "not stated"),
        (ALL, 12.5, "present", "of everyone", "share"),
        (ALL, -3, "present", "change", "change"),
    ]
    with pytest.raises(BadCell, match="not a percentage") as refusal:
        read(reading, people="20", **{"not stated": "0"}, share="112.5", change="0")
    assert refusal.value.column == "share"


def test_a_word_in_one_column_says_what_another_holds():
    measures = {"count": Column("value", "deaths"), "rate": Column("value", "rate-per-1000", "rate")}
    reading = Reading(figures=word("measure", measures), period="2024", place=ENGLAND_AND_WALES)
    (count,), (rate,) = read(reading, measure="count", value="3"), read(reading, measure="rate", value="0.5")
    assert (count.series, count.value) == ("deaths", 3)
    assert (rate.series, rate.value) == ("rate-per-1000", 0.5)
    with pytest.raises(BadCell, match="'share' is not one of count, rate"):
        read(reading, measure="share", value="1")


def test_rows_of_another_table_are_left_out_and_rows_of_none_are_refused():
    stages = {"victims": "v", "suspects": "s"}
    reading = Reading(
        figures=(Column("n", "people"),), period="2024", place=ENGLAND_AND_WALES, only=only("stage", stages, "v")
    )
    assert len(read(reading, stage="victims", n="1")) == 1
    assert read(reading, stage="suspects", n="what is here is not read") == []
    with pytest.raises(BadCell, match="'judges' is not one of victims, suspects"):
        read(reading, stage="judges", n="1")
    against = Reading(
        figures=(Column("n", "people"),), period="2024", place=ENGLAND_AND_WALES, only=always("reference", "White")
    )
    assert len(read(against, reference="White", n="1")) == 1
    with pytest.raises(BadCell, match="'Black' is not one of White"):
        read(against, reference="Black", n="1")


def test_the_last_word_on_a_figure_is_that_of_the_notes():
    def settle(of, figure):
        return figure._replace(state="provisional") if of.text("note") == "p" else figure

    reading = Reading(figures=(Column("n", "people"),), period="2024", place=ENGLAND_AND_WALES, amend=settle)
    assert [read(reading, n="1", note=note)[0].state for note in ("", "p")] == ["present", "provisional"]


def test_a_group_is_read_in_the_classification_that_the_row_names():
    by_level = group("g", word("level", {"broad": "five", "detailed": "gss-18"}))
    assert by_level(row(g="White Irish", level="detailed")) == ("gss-18", "Irish")
    assert by_level(row(g="White", level="broad")) == ("five", "White")
    assert by_level(row(g="Not stated", level="broad")) == (ANY, UNKNOWN)


def test_the_words_for_a_whole_are_those_of_the_file_and_no_others():
    assert group("g", "five")(row(g="Total")) == (ANY, ALL)
    assert group("g", "five", wholes={"All (known)": KNOWN})(row(g="All (known)")) == (ANY, KNOWN)
    for other in ("All", "Total"):
        with pytest.raises(UnknownLabel):
            group("g", "five", wholes={})(row(g=other))


def test_the_reasons_why_nothing_was_recorded_are_those_of_the_file_and_no_others():
    reasons = group("g", "officer-five", wholes={}, unrecorded={"Don't know": "Don't know", "": "Blank"})
    assert reasons(row(g="Don't know")) == (UNRECORDED, "Don't know")
    assert reasons(row(g="")) == (UNRECORDED, "Blank")
    with pytest.raises(BadCell, match="'Not stated' is a way to write unknown that this file never had"):
        reasons(row(g="Not stated"))


def test_a_place_of_another_kind_is_refused():
    assert place("p", "nation", "police-force")(row(p="Kent")) == "E23000032"
    with pytest.raises(UnknownPlace):
        place("p", "nation")(row(p="Kent"))
