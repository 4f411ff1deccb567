"""The same sheet in four forms: equal to the last digit, described as the standards have it, and read by others."""

import io
import json
import math
import re

import frictionless
import pytest
from csvw import CSVW
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.design.parts import Cell, Column, Field, Missing, Row, Table
from evenhand.core.exports import (
    Licence,
    csv_of,
    json_of,
    metadata_of,
    package_of,
    resource_of,
    sheet_of,
    sheet_response,
    workbook_of,
    written,
)
from evenhand.core.exports.tests.make import ABOUT, FIELDS, read_csv, read_workbook, sheet, workbook_faults

HARD = (0.1 + 0.2, 1 / 3, 2.0**0.5, 1e-300, 1.7976931348623157e308, 5e-324, -0.0, 123456789.12345679, 1e21)


def described(tmp_path, one):
    """The CSV file and its description, as a program that has fetched both reads them."""
    (tmp_path / "table.csv").write_bytes(csv_of(one))
    (tmp_path / "table.csv-metadata.json").write_bytes(metadata_of(one, url="table.csv"))
    return CSVW(str(tmp_path / "table.csv"), validate=True)


def packaged(tmp_path, *sheets):
    """A data package of these sheets, as its validator finds it."""
    resources = [resource_of(one, name=f"table-{at}", path=f"{at}/table.csv") for at, one in enumerate(sheets)]
    for resource, one in zip(resources, sheets, strict=True):
        path = tmp_path / resource["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(csv_of(one))
    (tmp_path / "datapackage.json").write_bytes(package_of(resources, ABOUT, name="evenhand"))
    return frictionless.validate(str(tmp_path / "datapackage.json"))


def test_a_csv_file_has_names_for_machines_and_every_digit():
    heading, rows = read_csv(csv_of(sheet()))
    assert heading == ["group", "searches", "ratio", "unknown", "flag"]
    assert rows[1] == ["Black", "168", "8.022845667931293", "0.3333333333333333", "small-base"]
    assert rows[2] == ["Arab", "[withheld by the publisher]", "[no figure]", "-0.25", "no-row"]


def test_lines_end_as_the_standard_has_them_and_letters_are_utf_8():
    content = csv_of(sheet([("Mantel–Haenszel", 1, 1.0, 0.0, "")]))
    assert content.count(b"\r\n") == 2
    assert "Mantel–Haenszel".encode() in content
    assert not content.startswith(b"\xef\xbb\xbf")


def test_json_has_values_or_null_and_says_beside_them_why():
    found = json.loads(json_of(sheet()))
    assert found["rows"][0] == {
        "group": "Asian",
        "searches": 171,
        "ratio": 2.600516725589488,
        "unknown": 0.1,
        "flag": "",
    }
    assert found["rows"][2]["searches"] is None
    assert found["rows"][2]["missing"] == {"searches": "withheld by the publisher", "ratio": "no figure"}
    assert [column["name"] for column in found["columns"]] == list(found["rows"][0])
    assert found["licence"] == {"words": ABOUT.licence.words, "url": ABOUT.licence.url}
    assert found["notes"] == [{"heading": "It describes", "text": "It does not explain."}]


def test_a_spreadsheet_keeps_every_rule_of_accessible_statistics():
    assert workbook_faults(workbook_of(sheet())) == []


def test_the_rules_notice_a_spreadsheet_that_breaks_them():
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook_of(sheet())))
    book["Cover"].merge_cells("A1:B1")
    book["Table"]["B4"] = None
    book["Table"]["H9"] = "stray"
    book["Notes"]["A2"] = "=1+1"
    book.properties.language = None
    book.create_sheet("More")
    spoilt = io.BytesIO()
    book.save(spoilt)
    faults = " ".join(workbook_faults(spoilt.getvalue()))
    for said in ("merged", "Table!B4 is blank", "beside its table", "is a formula", "no language", "worksheets are"):
        assert said in faults


def test_a_spreadsheet_says_in_words_what_its_marks_and_columns_mean():
    from openpyxl import load_workbook

    notes = load_workbook(io.BytesIO(workbook_of(sheet())))["Notes"]
    said = {row[0].value: row[1].value for row in notes.iter_rows(min_row=4)}
    assert said["It describes"] == "It does not explain."
    assert "The brackets say why" in said["[withheld by the publisher]"]
    assert said["[none]"] == "There is nothing to say in this cell."
    assert said["Group"] == "An ethnic group. Text. Called group in the other files."
    assert "1 is the whole" in said["No ethnicity recorded"]


def test_the_same_sheet_is_the_same_bytes_in_every_form():
    for form in ("csv", "xlsx", "json", "csv-metadata.json"):
        assert written(sheet(), form, stem="groups") == written(sheet(), form, stem="groups")


def test_two_columns_of_one_heading_are_told_apart_by_their_names():
    fields = (FIELDS[0], Field("lower", "Range"), Field("upper", "range"))
    heading, _rows = read_workbook(workbook_of(sheet([("Asian", "1", "2")], fields)))
    assert heading == ["Group", "Range (lower)", "range (upper)"]


def test_text_longer_than_a_cell_can_hold_is_cut_and_says_so_and_the_csv_has_all_of_it():
    long = "x" * 40_000
    one = sheet([(long,)], (Field("note", "Note"),))
    assert read_workbook(workbook_of(one))[1][0][0].endswith("cut here: the CSV file has all of it.")
    assert read_csv(csv_of(one))[1] == [[long]]


CELLS = st.tuples(
    st.text(max_size=20),
    st.integers(-(2**53), 2**53) | st.builds(Missing, st.sampled_from(["", "withheld", "=1"])),
    st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(HARD) | st.just(Missing("none")),
    st.floats(0, 1),
    st.text("=+-@|'\t\r\n ,;\"a1", max_size=8),
)


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=5))
def test_every_form_has_the_same_values_to_the_last_digit(rows):
    one = sheet(rows, key=())
    _heading, written_rows = read_csv(csv_of(one))
    objects = json.loads(json_of(one))["rows"]
    _heading, cells = read_workbook(workbook_of(one))
    for row, texts, found, shown in zip(rows, written_rows, objects, cells, strict=True):
        for value, text, known, cell, field in zip(row, texts, found.values(), shown, FIELDS, strict=False):
            if isinstance(value, Missing):
                mark = f"[{value.reason or 'no figure'}]"
                assert (text, cell, known, found["missing"][field.name]) == (
                    mark,
                    mark,
                    None,
                    value.reason or "no figure",
                )
            elif isinstance(value, str):
                assert (text, known) == (value, value)
                assert cell == "[none]" if not value else legible(cell) == legible(value)
            else:
                assert float(text) == known == float(cell) == value
                assert math.copysign(1, float(text)) == math.copysign(1, value)


def legible(text):
    """Text without what XML cannot hold: the spreadsheet alone leaves it out, or writes it as _x000D_."""
    return re.sub(r"_x[0-9A-Fa-f]{4}_|[^\w=+\-@|',;\" ]|_", "", text)


@settings(max_examples=25)
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_every_description_is_valid_whatever_the_cells_hold(tmp_path_factory, rows):
    numbered = [(f"{at}", *row[1:4], "") for at, row in enumerate(rows)]
    one = sheet(numbered)
    folder = tmp_path_factory.mktemp("described")
    found = described(folder, one)
    assert found.is_valid, [str(warning.message) for warning in found.warnings]
    for row, read in zip(numbered, found.tables[0].iterdicts(strict=True), strict=True):
        assert [None if isinstance(value, Missing) else value for value in row] == list(read.values())


def test_the_description_is_read_by_another_programme_with_types_and_no_values_for_marks(tmp_path):
    found = described(tmp_path, sheet())
    assert found.is_valid, [str(warning.message) for warning in found.warnings]
    first, *_rest, last = found.tables[0].iterdicts(strict=True)
    assert first == {"group": "Asian", "searches": 171, "ratio": 2.600516725589488, "unknown": 0.1, "flag": ""}
    assert last["searches"] is last["ratio"] is None
    assert found.common_props["dc:title"] == ABOUT.title
    assert found.tables[0].tableSchema.primaryKey == ["group"]


def test_a_description_that_does_not_fit_its_file_is_noticed(tmp_path):
    one = sheet()
    (tmp_path / "table.csv").write_bytes(csv_of(one).replace(b"171", b"many"))
    (tmp_path / "table.csv-metadata.json").write_bytes(metadata_of(one, url="table.csv"))
    with pytest.raises(UserWarning, match="Invalid column value: many"):
        CSVW(str(tmp_path / "table.csv"), validate=True).is_valid  # noqa: B018  (looking is what warns)


def test_a_data_package_is_valid_and_notices_a_file_that_was_changed(tmp_path):
    report = packaged(tmp_path, sheet(), sheet([("Asian", 1, 1.0, 0.5, "")]))
    assert report.valid, report.flatten(["type", "message"])
    path = tmp_path / "0" / "table.csv"
    path.write_bytes(path.read_bytes().replace(b"171", b"172"))
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_a_package_says_how_each_file_may_be_used_and_where_it_comes_from():
    known = resource_of(sheet(), name="a", path="a.csv")
    assert known["licenses"] == [{"name": "OGL-UK-3.0", "path": ABOUT.licence.url, "title": "OGL v3.0"}]
    assert known["sources"] == [{"title": "Home Office, Police powers, Table 1", "path": "https://example.test/powers"}]
    from dataclasses import replace

    quoted = sheet(about=replace(ABOUT, licence=Licence("quoted facts")))
    assert "licenses" not in resource_of(quoted, name="a", path="a.csv")
    assert resource_of(quoted, name="a", path="a.csv")["rights"] == "quoted facts"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rows": ()}, "at least one row"),
        ({"rows": (("Asian", 1),)}, "each of 5 values"),
        ({"key": ("nothing",)}, "no column nothing"),
        ({"fields": (*FIELDS[:4], FIELDS[0])}, "two columns of groups are called group"),
    ],
)
def test_what_is_no_table_is_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        sheet(**changes)


@pytest.mark.parametrize("row", [("Asian", 1.5, 1.0, 0.0, ""), ("Asian", 1, "many", 0.0, "")])
def test_a_value_of_another_kind_than_its_column_is_refused_by_every_form(row):
    for write in (csv_of, json_of, workbook_of):
        with pytest.raises(ValueError, match="number"):
            write(sheet([row]))


def test_a_table_of_a_page_becomes_a_sheet_with_what_stands_beside_it():
    columns = (
        Column("Group", fields=(Field("group", "Group"),)),
        Column("Range", numeric=True, fields=(Field("lower", "Lower", "number"), Field("upper", "Upper", "number"))),
    )
    table = Table(
        "Figures",
        columns,
        (Row("Asian", (Cell("1 to 2", (1.0, 2.0)),)), Row("Arab", (Cell("", (None, None), "withheld"),))),
    )
    made = sheet_of(table, ABOUT, beside=((Field("place", "Place"), "Kent"), (Field("group", "Group"), "never")))
    assert [field.name for field in made.fields] == ["group", "lower", "upper", "place"]
    assert made.rows == (("Asian", 1.0, 2.0, "Kent"), ("Arab", Missing("withheld"), Missing("withheld"), "Kent"))
    assert made.key == ("group",)


def test_a_csv_file_leads_to_its_description_and_may_be_read_by_any_site():
    response = sheet_response(b"", "csv", stem="groups", saved_as="kent-groups", query="period=2024%2F25")
    assert response.headers["Link"] == (
        '<groups.csv-metadata.json?period=2024%2F25>; rel="describedby"; type="application/csvm+json"'
    )
    assert response.headers["Content-Disposition"] == 'attachment; filename="kent-groups.csv"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(written(sheet(), "csv-metadata.json", stem="groups", query="a=b"))["url"] == "groups.csv?a=b"
