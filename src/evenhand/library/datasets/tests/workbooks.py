"""Workbooks made by hand, down to the XML: good ones, careless ones and hostile ones."""

import io
import zipfile

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'


def column(number):
    return chr(ord("A") + number - 1)


def xlsx_cell(value, row, at):
    """One cell: a number, words, or any XML that begins with "<"."""
    reference = f"{column(at)}{row}"
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    if value.startswith("<"):
        return value.replace("<c ", f'<c r="{reference}" ', 1)
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>' if value else ""


def xlsx(*rows, sheet="Data", more="", columns="", parts=None, sheets=None, raw=None):
    """An .xlsx file of one sheet; `raw` is the whole of its rows as XML, `more` what follows them."""
    body = raw
    if body is None:
        body = "".join(
            f'<row r="{at}">{"".join(xlsx_cell(value, at, c) for c, value in enumerate(row, start=1))}</row>'
            for at, row in enumerate(rows, start=1)
        )
    listed = sheets or f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/>'
    made = {
        "[Content_Types].xml": (
            f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{MAIN}">{columns}<sheetData>{body}</sheetData>{more}</worksheet>'
        ),
        **(parts or {}),
    }
    return packed(made)


def ods_cell(value):
    if isinstance(value, int | float):
        typed = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {typed}><text:p>{value}</text:p></table:table-cell>"
    if value.startswith("<"):
        return value
    if not value:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def ods(*rows, sheet="Data", styles="", raw=None, after="", parts=None):
    """An .ods file of one sheet."""
    body = raw
    if body is None:
        body = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{sheet}">{body}</table:table>{after}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    made = {"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest, **(parts or {})}
    return packed(made, stored="mimetype")


def packed(parts, stored=""):
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            pack.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return out.getvalue()
