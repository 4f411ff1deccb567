"""Spreadsheets: read as a person sees them, refused where they would be read as something else, and never a danger."""

import io
import resource
import struct
import time
import zipfile

import pytest

from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.tests.workbooks import MAIN, ods, packed, xlsx
from evenhand.library.datasets.workbook.scan import letters, position
from evenhand.library.datasets.workbook.sheet import Limits, read_sheet

HEADER = ["year", "group", "count"]
GOOD = [HEADER, ["2024/25", "Black", 1234], ["2024/25", "White", 56]]
BOTH = pytest.mark.parametrize("make", [xlsx, ods], ids=["xlsx", "ods"])
FORMULA = {
    xlsx: {
        "failed": '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        "typed": '<c t="e"><v>#REF!</v></c>',
        "unsaved": "<c><f>A1</f></c>",
        "good": "<c><f>A1</f><v>7</v></c>",
    },
    ods: {
        "failed": '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
        "typed": '<table:table-cell table:formula="of:=REF" office:value-type="string"><text:p>Err:508</text:p>'
        "</table:table-cell>",
        "unsaved": '<table:table-cell table:formula="of:=A1"/>',
        "good": '<table:table-cell table:formula="of:=A1" office:value-type="float" office:value="7"><text:p>7</text:p>'
        "</table:table-cell>",
    },
}


def read(content, sheet="Data", **more):
    return read_sheet(content, sheet, file="try.xlsx", **more)


def refusals(content, sheet="Data", **more):
    with pytest.raises(RefusedFile) as caught:
        read(content, sheet, **more)
    assert str(caught.value).startswith("try.xlsx was refused, and nothing was changed.\n")
    return [str(fault) for fault in caught.value.faults]


@BOTH
def test_a_sheet_is_read_as_rows_of_text_with_their_numbers(make):
    found = read(make(*GOOD))
    assert found.lines == (
        (1, ("year", "group", "count")),
        (2, ("2024/25", "Black", "1234")),
        (3, ("2024/25", "White", "56")),
    )
    assert found.remarks == ()


@BOTH
def test_a_table_may_stand_below_a_title_if_the_row_of_its_header_is_named(make):
    found = read(make(["Searches in Kent"], [""], *GOOD), header=3)
    assert [number for number, _ in found.lines] == [3, 4, 5]
    assert found.lines[0][1] == ("year", "group", "count")


@BOTH
def test_empty_rows_at_the_end_are_no_rows_and_empty_rows_between_are_refused(make):
    assert len(read(make(*GOOD, ["", "", ""], ["", "  ", ""])).lines) == 3
    assert refusals(make(*GOOD[:2], ["", "", ""], GOOD[2])) == [
        "row 3: is empty: a table has no gaps. Put what is no part of it on another sheet"
    ]


@BOTH
def test_numbers_are_written_as_a_person_would_type_them(make):
    found = read(make(HEADER, ["a", 0.1, 1_000_000], ["b", -2.5, 3.0], ["c", "<5".replace("<", "&lt;"), " [c] "]))
    assert [row for _, row in found.lines[1:]] == [("a", "0.1", "1000000"), ("b", "-2.5", "3"), ("c", "<5", " [c] ")]


def test_a_percentage_keeps_its_sign_so_that_an_eighth_is_never_taken_for_an_eighth_of_a_percent():
    found = read(xlsx(HEADER, ["a", '<c s="1"><v>0.125</v></c>', '<c s="1"><v>1</v></c>']))
    assert found.lines[1][1] == ("a", "12.5%", "100%")
    typed = 'office:value-type="percentage" office:value="0.125"'
    cell = f"<table:table-cell {typed}><text:p>12.5%</text:p></table:table-cell>"
    assert read(ods(HEADER, ["a", cell, 1])).lines[1][1] == ("a", "12.5%", "1")


@BOTH
@pytest.mark.parametrize("kind", ["failed", "typed", "unsaved"])
def test_a_formula_that_failed_or_was_saved_without_its_value_is_never_read_as_a_blank(make, kind):
    (fault,) = refusals(make(*GOOD, ["2024/25", "Asian", FORMULA[make][kind]]))
    assert fault.startswith("row 4, count: the formula in this cell ")
    assert "save" in fault


@BOTH
def test_formulas_that_were_saved_with_their_values_are_read_and_remarked_on(make):
    found = read(make(*GOOD, ["2024/25", "Asian", FORMULA[make]["good"]]))
    assert found.lines[3][1][2] == "7"
    assert found.remarks == ("1 cells are worked out by formulas: the values saved with the file were read.",)


def test_merged_cells_are_refused_in_the_table_and_let_be_above_it():
    merged = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
    assert refusals(xlsx(*GOOD, more=merged)) == [
        "row 1, year: cells are merged here: give every cell its own value, and every column one heading"
    ]
    assert len(read(xlsx(["A title over all"], *GOOD, more=merged), header=2).lines) == 3
    spanned = (
        '<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1" office:value-type="string">'
        "<text:p>year</text:p></table:table-cell><table:covered-table-cell/><table:covered-table-cell/>"
    )
    assert any("row 1, year: cells are merged here" in fault for fault in refusals(ods([spanned], *GOOD[1:])))


@BOTH
def test_a_column_without_a_heading_and_a_cell_beside_the_table_are_refused(make):
    assert refusals(make(["year", "", "count"], *GOOD[1:])) == [
        "row 1, column 2: has no heading: give every column one, in one row"
    ]
    assert refusals(make(HEADER, [*GOOD[1], "", "ask Jo"], GOOD[2])) == [
        "row 2, column 5: stands beside the table, under no heading"
    ]
    assert refusals(make(*GOOD), header=9) == ["row 9: there is no header row: the sheet ends before it"]


@BOTH
def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(make):
    assert refusals(make(*GOOD), sheet="Deta") == [
        'the whole file: has no sheet called \'Deta\': write sheet = "…" in the declaration. There are: "Data"'
    ]
    assert "needs the name of the sheet" in refusals(make(*GOOD), sheet="")[0]


def test_what_the_table_does_not_show_is_told_to_whoever_approves_it():
    comment = (
        f'<comments xmlns="{MAIN}"><commentList><comment ref="C2"><text><t>dodgy, ask the force</t></text></comment>'
        "</commentList></comments>"
    )
    sheets = '<sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="Old" sheetId="2" state="hidden" r:id="rId2"/>'
    raw = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>count</t></is></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row>'
    )
    found = read(
        xlsx(
            raw=raw,
            sheets=sheets,
            columns='<cols><col min="2" max="4" hidden="1"/></cols>',
            parts={"xl/comments1.xml": comment, "xl/externalLinks/externalLink1.xml": "<externalLink/>"},
        )
    )
    assert found.remarks == (
        "The workbook draws on 1 other files, which were not opened.",
        "Hidden sheets: Old.",
        "1 rows of the sheet are hidden; they were read like the others.",
        "3 columns of the sheet are hidden; they were read like the others.",
        "Comment at C2: dodgy, ask the force",
    )
    noted = (
        '<table:table-cell office:value-type="float" office:value="3"><office:annotation><text:p>dodgy</text:p>'
        "</office:annotation><text:p>3</text:p></table:table-cell>"
    )
    hidden = '<table:table table:name="Old" table:style-name="ta2"><table:table-row/></table:table>'
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    found = read(ods(["count"], [noted], styles=style, after=hidden))
    assert found.remarks == ("Hidden sheets: Old.", "Comment at A2: dodgy")
    assert found.lines[1][1] == ("3",)


@BOTH
def test_macros_are_refused_in_words_that_say_what_to_do(make):
    name = "xl/vbaProject.bin" if make is xlsx else "Basic/Standard/Module1.xml"
    assert refusals(make(*GOOD, parts={name: "x"})) == [
        "the whole file: holds macros: save it without them, as .xlsx or .ods"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a whole .xlsx or .ods file"),
        (b"year,group\n", "is not a whole .xlsx or .ods file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "an old .xls file, or protected by a password"),
        (packed({"a.txt": "b"}), "is neither an .xlsx nor an .ods file"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "is neither"),
        (xlsx(*GOOD, parts={"xl/worksheets/sheet1.xml": "<worksheet><row>"}), "is damaged inside"),
        (xlsx(*GOOD, parts={"xl/workbook.xml": "not XML"}), "is damaged inside"),
        (ods(*GOOD)[:-40], "is not a whole .xlsx or .ods file"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content, said):
    (fault,) = refusals(content)
    assert said in fault


@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_a_workbook_that_is_cut_short_is_refused(part):
    content = xlsx(*GOOD)
    assert refusals(content[: int(len(content) * part)])


# Hostile files: each must end in a refusal, soon, with this process unharmed


def bomb(size):
    """A workbook whose sheet unpacks to so much white space."""
    return xlsx(*GOOD, more=" " * size)


def far_cell():
    """Two cells as far apart as a sheet is large: 17 thousand million cells to whoever makes room for all."""
    return xlsx(raw='<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def repeated():
    """One cell of an ODS, repeated over the whole sheet."""
    return ods(
        raw='<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
    )


def lying():
    """A part that claims to be ten bytes long, and is a hundred million."""
    content = bytearray(bomb(100_000_000))
    where = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02"))
    content[where - 22 : where - 18] = struct.pack("<I", 10)
    return bytes(content)


def overlapping():
    """One part named twice over: the way a few bytes come to unpack to as many as one likes."""
    out = io.BytesIO(xlsx(*GOOD))
    with zipfile.ZipFile(out, "a") as pack:
        double = zipfile.ZipInfo("xl/worksheets/sheet2.xml")
        first = pack.getinfo("xl/worksheets/sheet1.xml")
        for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
            setattr(double, name, getattr(first, name))
        pack.filelist.append(double)
        pack._didModify = True
    return out.getvalue()


def entities():
    """Ten names, each ten times the one before."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return xlsx(*GOOD, parts={"xl/workbook.xml": f'<!DOCTYPE w [<!ENTITY l0 "ha">{lines}]><w>&l9;</w>'})


def outside_entity():
    return xlsx(*GOOD, parts={"xl/comments1.xml": '<!DOCTYPE c [<!ENTITY f SYSTEM "file:///etc/hostname">]><c>&f;</c>'})


def many_parts():
    return packed({f"xl/{n}.xml": "" for n in range(1_200)})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (far_cell, "the sheet reaches to cell XFD1048576"),
        (repeated, "the sheet reaches to cell XFD1048576"),
        (lambda: bomb(300_000_000), "unpacks to more than 200 MB"),
        (lying, "is not a whole .xlsx or .ods file"),
        (overlapping, "has parts that overlap"),
        (entities, "declares names of its own"),
        (outside_entity, "declares names of its own"),
        (many_parts, "is made of 1,200 parts"),
    ],
    ids=["far cell", "repeated cell", "zip bomb", "lying size", "overlap", "entities", "outside entity", "parts"],
)
def test_a_hostile_workbook_is_refused_soon_and_takes_little_of_this_process(make, said):
    content = make()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    (fault,) = refusals(content)
    assert said in fault
    assert time.monotonic() - started < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_a_workbook_over_the_limits_of_size_memory_or_time_is_refused_and_this_process_goes_on():
    assert "is larger than 0 MB" in refusals(xlsx(*GOOD), limits=Limits(size=100))[0]
    big = xlsx(HEADER, *[["a" * 400, n, "b" * 400] for n in range(20_000)])
    assert "of memory or" in refusals(big, limits=Limits(memory=60_000_000))[0]
    assert "seconds to read: nothing of it was read" in refusals(big, limits=Limits(seconds=0))[0]
    assert len(read(big).lines) == 20_001


def test_columns_are_named_as_in_a_spreadsheet():
    assert [letters(number) for number in (1, 26, 27, 16384)] == ["A", "Z", "AA", "XFD"]
    assert [position(name) for name in ("A1", "$C$7", "XFD1048576")] == [(1, 1), (7, 3), (1048576, 16384)]
