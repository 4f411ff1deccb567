"""Tables, links and pages hold together before anything is drawn."""

import math

import pytest

from evenhand.core.design.parts import (
    Cell,
    Chart,
    Column,
    Exhibit,
    Field,
    KeyItem,
    Missing,
    Row,
    Table,
    machine_name,
    pages,
)

COLUMNS = (Column("Group"), Column("Count", numeric=True), Column("Ratio", numeric=True))


def test_a_download_has_the_full_value_and_the_page_the_rounded_one():
    table = Table("Figures", COLUMNS, (Row("Asian", (Cell("1,234", 1234), Cell("2.6", 2.5968317))),))
    assert [field.name for field in table.fields] == ["group", "count", "ratio"]
    assert list(table.records()) == [("Asian", 1234, 2.5968317)]


def test_a_withheld_figure_says_why_in_the_download_too():
    table = Table("Figures", COLUMNS, (Row("Arab", (Cell("", reason="withheld"), Cell("3.1")), flag="suppressed"),))
    assert list(table.records()) == [("Arab", Missing("withheld"), Missing(), "suppressed")]
    assert table.fields[-1].name == "flag"


def test_a_column_of_ranges_is_one_on_the_page_and_several_in_the_download():
    ends = (Field("lower", "Lower end", "number"), Field("upper", "Upper end", "number"))
    columns = (Column("Group"), Column("Likely range", numeric=True, fields=ends))
    table = Table("Figures", columns, (Row(Cell("Asian", tag="under 30"), (Cell("1.0 to 2.1", (1.04, 2.06)),)),))
    assert [field.title for field in table.fields] == ["Group", "Lower end", "Upper end"]
    assert list(table.records()) == [("Asian", 1.04, 2.06)]
    with pytest.raises(ValueError, match="“Likely range” holds 2 values"):
        Table("Figures", columns, (Row("Asian", (Cell("1.0", 1.04),)),))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("For every 1,000", "for_every_1000"),
        ("White: British", "white_british"),
        ("2024/25", "column_2024_25"),
        ("Mantel–Haenszel", "mantelhaenszel"),
        ("%", "column"),
    ],
)
def test_words_become_names_that_machines_can_keep(words, name):
    assert machine_name(words) == name


def test_a_column_of_a_download_has_a_name_for_machines_or_is_refused():
    with pytest.raises(ValueError, match="small letters, digits and underscores"):
        Field("For every 1,000", "For every 1,000")


def test_a_row_has_a_cell_for_every_column():
    with pytest.raises(ValueError, match="2 cells for 3 columns"):
        Table("Figures", COLUMNS, (Row("Asian", (Cell("1", 1),)),))


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_table_holds_no_number_that_is_none(number):
    with pytest.raises(ValueError, match="pass None"):
        Cell("–", number)


def test_a_table_is_named_by_its_caption_unless_told():
    assert Table("All 43 areas", COLUMNS, ()).id == "table-all-43-areas"
    assert Table("All 43 areas", COLUMNS, (), "areas").id == "table-areas"


def test_an_exhibit_gives_its_charts_in_order():
    first, second = Chart("", (), "1"), Chart("", (), "2")
    assert Exhibit("e", "h", "s", first, further=(second,)).charts == (first, second)
    assert Exhibit("e", "h", "s").charts == ()


def test_long_lists_show_first_last_and_neighbours():
    shown = pages(5, 9, "?page=")
    assert [step.name if step else None for step in shown.steps] == ["1", None, "4", "5", "6", None, "9"]
    assert shown.previous.url == "?page=4"
    assert shown.next.url == "?page=6"
    assert [step.current for step in shown.steps if step and step.name == "5"] == [True]


def test_the_ends_of_a_list_lead_nowhere_further():
    assert pages(1, 3, "?p=").previous is None
    assert pages(3, 3, "?p=").next is None


def test_a_mark_with_an_interval_needs_more_room_in_the_key():
    assert not KeyItem("lead", "x").slim
    assert KeyItem("hatch", "x").slim
