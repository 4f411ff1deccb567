"""A sheet as an accessible spreadsheet: a cover, the notes in words, and one table marked up as one.

It follows what the Government Analysis Function asks of statistics in spreadsheets: each worksheet has its title in
the first cell and holds one table, with no merged cell, no blank row or column and no figure told by colour.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evenhand.core.design.parts import Field, Kind, Missing
from evenhand.core.exports.sheets import About, Sheet, Value, marked, plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN: dict[Kind, str] = {"text": "@", "whole": "#,##0", "number": "General", "share": "0.0%"}
STYLE = "Table Style Light 1"
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LONGEST = 32_767  # of what one cell can hold
WIDEST, NARROWEST = 60, 10
HEADING_ROW = 2  # under the title and one sentence


class Exact(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet that keeps every digit of a number."""

    def _xml_number_element(self, number: float, attributes: Sequence[tuple[str, object]] = ()) -> None:
        # XlsxWriter writes sixteen digits, and some numbers need seventeen to be told from their neighbours.
        said = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{said}><v>{number!r}</v></c>")


def workbook_of(sheet: Sheet) -> bytes:
    """The whole file, the same bytes for the same sheet."""
    about, held = sheet.about, io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(held, options) as book:
        book.worksheet_class = Exact
        book.set_properties(_properties(about))
        book.set_custom_property("Language", about.language)
        wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        title = book.add_format({"bold": True, "font_size": 16})
        _cover(book.add_worksheet(_("Cover")), sheet, title, bold, wrapped)
        _notes(book.add_worksheet(_("Notes")), sheet, title, wrapped)
        _table(book, book.add_worksheet(_("Table")), sheet, title)
    return _in_language(held.getvalue(), about.language)


def _properties(about: About) -> dict[str, str | datetime]:
    made = datetime(about.issued.year, about.issued.month, about.issued.day, tzinfo=UTC) if about.issued else EARLIEST
    return {
        "title": about.title,
        "subject": ", ".join(filter(None, (about.place, about.period))) or about.description,
        "author": about.publisher,
        "company": about.publisher,
        "comments": about.description,
        "keywords": "; ".join(filter(None, (about.release, about.licence.words))),
        "hyperlink_base": "",
        # The day of the figures, not of the download: the same figures are the same file.
        "created": made.replace(tzinfo=None),
    }


def _cover(to: Worksheet, sheet: Sheet, title: Format, bold: Format, wrapped: Format) -> None:
    about = sheet.about
    to.set_column(0, 0, 24)
    to.set_column(1, 1, 90)
    to.write_string(0, 0, _cut(about.title), title)
    pairs = [
        (_("About"), about.description),
        (_("Place"), about.place),
        (_("Period"), about.period),
        (_("Publisher"), about.publisher),
        (_("Release"), about.release),
        (_("Released"), about.issued.isoformat() if about.issued else ""),
        (_("Licence"), " ".join(filter(None, (about.licence.words, about.licence.url)))),
        *((_("Source"), " ".join(filter(None, (str(one), one.url, one.licence)))) for one in about.sources),
        (_("Address"), about.permalink),
        (_("Worksheets"), _("Cover: this one. Notes: what must be known to read the figures. Table: the figures.")),
    ]
    for row, (term, text) in enumerate(((term, text) for term, text in pairs if text), start=1):
        to.write_string(row, 0, term, bold)
        to.write_string(row, 1, _cut(text), wrapped)


def _notes(to: Worksheet, sheet: Sheet, title: Format, wrapped: Format) -> None:
    nothing = _("There is no figure in this cell. The brackets say why, as far as the source does.")
    rows = [
        *((note.heading, note.text) for note in sheet.about.notes),
        *((absence, nothing) for absence in sheet.absences),
        *([(_none(), _("There is nothing to say in this cell."))] if _has_blanks(sheet) else []),
        *((field.title, _about_column(field)) for field in sheet.fields),
    ]
    to.set_column(0, 0, 40)
    to.set_column(1, 1, 90)
    to.write_string(0, 0, _("Notes"), title)
    to.write_string(1, 0, _("This worksheet holds one table: every note, every mark and every column, in words."))
    _marked_up(
        to, ("Notes", _("Notes"), _("What must be known to read the figures.")), (_("About"), _("Note")), len(rows)
    )
    for at, (heading, text) in enumerate(rows, start=HEADING_ROW + 1):
        to.write_string(at, 0, _cut(heading) or _none(), wrapped)
        to.write_string(at, 1, _cut(text) or _none(), wrapped)


def _table(book: Workbook, to: Worksheet, sheet: Sheet, title: Format) -> None:
    formats = {kind: book.add_format({"num_format": shown, "valign": "top"}) for kind, shown in SHOWN.items()}
    headings = _headings(sheet.fields)
    to.write_string(0, 0, _cut(sheet.about.title), title)
    said = _("This worksheet holds one table. Words in square brackets, and every column, are explained under Notes.")
    to.write_string(1, 0, said)
    _marked_up(to, ("Figures", sheet.about.title, sheet.about.description), headings, len(sheet.rows), filtered=True)
    for at, row in enumerate(sheet.rows, start=HEADING_ROW + 1):
        for across, (field, value) in enumerate(zip(sheet.fields, row, strict=True)):
            _write(to, at, across, field, value, formats[field.kind])
    for across, (field, heading) in enumerate(zip(sheet.fields, headings, strict=True)):
        to.set_column(across, across, _breadth(sheet, across, field, heading))
    to.freeze_panes(HEADING_ROW + 1, 0)
    to.repeat_rows(HEADING_ROW)
    to.set_landscape()
    to.fit_to_pages(1, 0)


def _marked_up(
    to: Worksheet, named: tuple[str, str, str], headings: Sequence[str], rows: int, *, filtered: bool = False
) -> None:
    """Say to programs and screen readers that these cells are a table, and which of them head it."""
    name, title, description = named
    to.add_table(
        HEADING_ROW,
        0,
        HEADING_ROW + rows,
        len(headings) - 1,
        {
            "name": name,
            "title": title,
            "description": description,
            "columns": [{"header": heading} for heading in headings],
            "style": STYLE,
            "banded_rows": False,
            "autofilter": filtered,
        },
    )


def _write(to: Worksheet, at: int, across: int, field: Field, value: Value, shown: Format) -> None:
    if isinstance(value, Missing):
        to.write_string(at, across, marked(value), shown)
        return
    known = plain(field, value)
    if isinstance(known, str):
        to.write_string(at, across, _cut(known) or _none(), shown)
    else:
        to.write_number(at, across, known, shown)


def _headings(fields: Sequence[Field]) -> list[str]:
    """The headings in words; where two are the same but for capitals, each with its name, as a table must have it."""
    titles = [field.title.casefold() for field in fields]
    return [
        f"{field.title} ({field.name})" if titles.count(field.title.casefold()) > 1 else field.title for field in fields
    ]


def _breadth(sheet: Sheet, across: int, field: Field, heading: str) -> float:
    """As wide as most of what stands in the column, and its heading."""
    longest = len(heading) + 4  # the arrow of the filter
    if field.kind == "text":
        longest = max(longest, *(len(str(row[across])) for row in sheet.rows[:200]))
    return min(max(longest, NARROWEST), WIDEST)


def _about_column(field: Field) -> str:
    kinds: dict[Kind, str] = {
        "text": _("Text."),
        "whole": _("A whole number."),
        "number": _("A number, in full: the cell holds more digits than it shows."),
        "share": _("A share, shown as a percentage and held in full: 1 is the whole."),
    }
    name = _("Called %(name)s in the other files.") % {"name": field.name}
    ending = "" if not field.description or field.description.endswith((".", "”")) else "."
    return " ".join(filter(None, (f"{field.description}{ending}", kinds[field.kind], name)))


def _has_blanks(sheet: Sheet) -> bool:
    return any(value == "" for row in sheet.rows for value in row)


def _none() -> str:
    return f"[{_('none')}]"


def _cut(text: str) -> str:
    """As much as a cell can hold, and that there is more."""
    if len(text) <= LONGEST:
        return text
    rest = _(" … cut here: the CSV file has all of it.")
    return text[: LONGEST - len(rest)] + rest


def _in_language(content: bytes, language: str) -> bytes:
    """The same file with its language among its properties, which XlsxWriter does not write."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename == "docProps/core.xml":
                said = f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
                part = part.replace(b"</cp:coreProperties>", said.encode())
            after.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
