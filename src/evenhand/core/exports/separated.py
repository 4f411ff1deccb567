"""A sheet as comma-separated values: UTF-8, a heading of names for machines, lines ended as RFC 4180 has them."""

import csv
import io

from evenhand.core.design.parts import Missing
from evenhand.core.exports.formulas import guarded
from evenhand.core.exports.sheets import Sheet, marked, plain

MEDIA_TYPE = "text/csv"
DELIMITER, QUOTE, LINE_END = ",", '"', "\r\n"


def csv_of(sheet: Sheet) -> bytes:
    """The whole file: every value in full, in place of each that is missing its reason in square brackets."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER, quotechar=QUOTE, lineterminator=LINE_END)
    writer.writerow(field.name for field in sheet.fields)
    for row in sheet.rows:
        values = [
            marked(value) if isinstance(value, Missing) else plain(field, value)
            for field, value in zip(sheet.fields, row, strict=True)
        ]
        writer.writerow(guarded(value) if isinstance(value, str) else value for value in values)
    return text.getvalue().encode()
