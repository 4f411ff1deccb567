"""A small sheet with every kind of value in it, readers of each form, and the rules that a spreadsheet is held to."""

import csv
import io
import zipfile
from datetime import date

from openpyxl import load_workbook

from evenhand.core.design.parts import Field, Missing, Note
from evenhand.core.exports import About, Licence, Sheet, Source, restored

ABOUT = About(
    title="Searches, West Mercia, 2024/25",
    description="Searches of people.",
    publisher="Evenhand",
    licence=Licence("OGL v3.0", "OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/"),
    sources=(
        Source("Home Office", "Police powers", "https://example.test/powers ; via a copy", "Table 1", "OGL v3.0"),
    ),
    notes=(Note("It describes", "It does not explain."),),
    period="2024/25",
    place="West Mercia",
    release="0123456789",
    permalink="https://example.test/evidence/",
    issued=date(2026, 11, 22),
)
FIELDS = (
    Field("group", "Group", "text", "An ethnic group"),
    Field("searches", "Searches", "whole"),
    Field("ratio", "Times White rate", "number"),
    Field("unknown", "No ethnicity recorded", "share"),
    Field("flag", "Flag"),
)
ROWS = (
    ("Asian", 171, 2.600516725589488, 0.1, ""),
    ("Black", 168, 8.022845667931293, 1 / 3, "small-base"),
    ("Arab", Missing("withheld by the publisher"), Missing(), -0.25, "no-row"),
)


def sheet(rows=ROWS, fields=FIELDS, **changes):
    """The small sheet, or another with the same things said of it."""
    return Sheet(
        **{"name": "groups", "fields": fields, "rows": tuple(rows), "about": ABOUT, "key": (fields[0].name,), **changes}
    )


def read_csv(content):
    """The heading and the rows of a CSV file, each text as it was before it was made harmless."""
    heading, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    return heading, [[restored(cell) for cell in row] for row in rows]


def read_workbook(content):
    """The heading and the rows of the one table of a spreadsheet's last worksheet."""
    worksheet = load_workbook(io.BytesIO(content)).worksheets[-1]
    (table,) = worksheet.tables.values()
    heading, *rows = ([cell.value for cell in row] for row in worksheet[table.ref])
    return heading, rows


def workbook_faults(content):
    """Every way in which a spreadsheet breaks the rules of accessible statistics; none, if all is well."""
    book = load_workbook(io.BytesIO(content))
    said = book.properties
    faults = [name for name in ("title", "creator", "subject", "description", "language") if not getattr(said, name)]
    faults = [f"the file has no {name} among its properties" for name in faults]
    if book.sheetnames != ["Cover", "Notes", "Table"]:
        faults.append(f"the worksheets are {book.sheetnames}")
    faults += [f"the worksheet {sheet.title} is hidden" for sheet in book if sheet.sheet_state != "visible"]
    faults += [f"{sheet.title} begins with no title" for sheet in book if not isinstance(sheet["A1"].value, str)]
    faults += [f"{sheet.title} has merged cells" for sheet in book if sheet.merged_cells.ranges]
    for sheet in book:
        for row in sheet.iter_rows():
            if all(cell.value is None for cell in row):
                faults.append(f"row {row[0].row} of {sheet.title} is blank")
            faults += [f"{sheet.title}!{cell.coordinate} is a formula" for cell in row if cell.data_type == "f"]
            faults += [f"{sheet.title}!{cell.coordinate} is an error" for cell in row if cell.data_type == "e"]
    for sheet in book.worksheets[1:]:
        faults += _table_faults(sheet)
    if not _alternative_text(content):
        faults.append("a table has no words in place of it")
    return faults


def _table_faults(sheet):
    if len(sheet.tables) != 1:
        yield f"{sheet.title} has {len(sheet.tables)} tables"
        return
    (table,) = sheet.tables.values()
    heading, *rows = sheet[table.ref]
    names = [cell.value for cell in heading]
    if table.headerRowCount != 1 or not rows:
        yield f"{sheet.title} has no row of headings, or no other"
    if not all(isinstance(name, str) and name.strip() for name in names):
        yield f"{sheet.title} has a column without a heading"
    if len({name.casefold() for name in names}) != len(names):
        yield f"{sheet.title} has two columns of one name"
    if sheet.max_row != rows[-1][0].row or sheet.max_column != len(names):
        yield f"{sheet.title} holds something beside its table"
    for row in rows:
        yield from (f"{sheet.title}!{cell.coordinate} is blank" for cell in row if cell.value in (None, ""))
    for column in sheet.iter_cols(max_col=len(names), min_row=heading[0].row):
        letter = column[0].column_letter
        if not 8 <= sheet.column_dimensions[letter].width <= 100:
            yield f"column {letter} of {sheet.title} is {sheet.column_dimensions[letter].width} wide"
    if sheet.title == "Table" and sheet.freeze_panes != f"A{rows[0][0].row}":
        yield "the headings do not stay in sight"


def _alternative_text(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        tables = [book.read(name) for name in book.namelist() if name.startswith("xl/tables/")]
    return bool(tables) and all(b"altText=" in table and b"altTextSummary=" in table for table in tables)
