"""Tables as files to take away: the one exporter of the house.

A `Sheet` is a table with everything that must travel with it. It becomes CSV and its description (CSV on the Web), an
accessible spreadsheet, JSON, and a resource of a data package, each with the same values to the last digit. A
`Document` becomes accessible PDF.
"""

from evenhand.core.exports.described import metadata_of
from evenhand.core.exports.documents import (
    Bullets,
    Document,
    Facts,
    Grid,
    Notice,
    Paragraph,
    Run,
    Section,
    pdf_of,
    pdf_response,
)
from evenhand.core.exports.files import file_response, sheet_response, written
from evenhand.core.exports.formulas import guarded, restored
from evenhand.core.exports.objects import json_of
from evenhand.core.exports.packages import package_of, resource_of
from evenhand.core.exports.separated import csv_of
from evenhand.core.exports.sheets import About, Licence, Sheet, Source, sheet_of
from evenhand.core.exports.workbooks import workbook_of

__all__ = [
    "About",
    "Bullets",
    "Document",
    "Facts",
    "Grid",
    "Licence",
    "Notice",
    "Paragraph",
    "Run",
    "Section",
    "Sheet",
    "Source",
    "csv_of",
    "file_response",
    "guarded",
    "json_of",
    "metadata_of",
    "package_of",
    "pdf_of",
    "pdf_response",
    "resource_of",
    "restored",
    "sheet_of",
    "sheet_response",
    "workbook_of",
    "written",
]
