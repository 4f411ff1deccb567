"""A sheet as JSON: what it is, what its columns hold, and one object a row."""

import json
from typing import Any

from evenhand.core.design.parts import Missing
from evenhand.core.exports.sheets import Sheet, plain

MEDIA_TYPE = "application/json"


def json_of(sheet: Sheet) -> bytes:
    """The whole file. A value that is missing is null, and the row says under `missing` why, by column."""
    about = sheet.about
    content = {
        "title": about.title,
        "description": about.description,
        "publisher": about.publisher,
        "licence": _known(words=about.licence.words, url=about.licence.url),
        **_known(period=about.period, place=about.place, release=about.release, permalink=about.permalink),
        **({"issued": about.issued.isoformat()} if about.issued else {}),
        "language": about.language,
        "sources": [
            _known(publisher=one.publisher, title=one.title, url=one.url, table=one.table, licence=one.licence)
            for one in about.sources
        ],
        "notes": [{"heading": note.heading, "text": note.text} for note in about.notes],
        "columns": [
            {"name": field.name, "title": field.title, "kind": field.kind, **_known(description=field.description)}
            for field in sheet.fields
        ],
        "key": list(sheet.key),
    }
    # One row a line: short, quick to write, and fit to be compared line by line.
    head = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("\n}")
    rows = ",\n  ".join(json.dumps(_object(sheet, row), ensure_ascii=False, allow_nan=False) for row in sheet.rows)
    return f'{head},\n "rows": [\n  {rows}\n ]\n}}\n'.encode()


def _object(sheet: Sheet, row: tuple[Any, ...]) -> dict[str, Any]:
    pairs = list(zip(sheet.fields, row, strict=True))
    found = {field.name: None if isinstance(value, Missing) else plain(field, value) for field, value in pairs}
    missing = {field.name: value.reason or "no figure" for field, value in pairs if isinstance(value, Missing)}
    return {**found, "missing": missing} if missing else found


def _known(**said: str) -> dict[str, str]:
    return {name: text for name, text in said.items() if text}
