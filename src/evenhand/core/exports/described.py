"""What a CSV file holds, said as the W3C's metadata for tabular data has it (CSV on the Web)."""

import json
from typing import Any

from evenhand.core.design.parts import Field
from evenhand.core.exports.separated import DELIMITER, QUOTE
from evenhand.core.exports.sheets import Sheet

MEDIA_TYPE = "application/csvm+json"
DATATYPES = {"text": "string", "whole": "integer", "number": "number", "share": "number"}


def metadata_of(sheet: Sheet, *, url: str) -> bytes:
    """The description of the CSV file that stands at `url`, which may be relative to the description itself."""
    about = sheet.about
    content: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": about.language.partition("-")[0]}],
        "url": url,
        "dc:title": about.title,
        "dc:description": about.description,
        "dc:publisher": about.publisher,
        "dc:language": about.language,
        "dc:format": "text/csv",
        "dc:rights": about.licence.words,
        **({"dc:license": {"@id": about.licence.url}} if about.licence.url else {}),
        **({"dc:temporal": about.period} if about.period else {}),
        **({"dc:spatial": about.place} if about.place else {}),
        **({"dc:identifier": about.permalink, "schema:url": {"@id": about.permalink}} if about.permalink else {}),
        **({"dc:issued": {"@value": about.issued.isoformat(), "@type": "xsd:date"}} if about.issued else {}),
        **({"schema:version": about.release} if about.release else {}),
        "dc:source": [
            {"dc:title": str(source), **({"dc:identifier": source.url} if source.url else {}), "dc:rights": said}
            for source in about.sources
            for said in [source.licence or about.licence.words]
        ],
        "notes": [{"dc:title": note.heading, "dc:description": note.text} for note in about.notes],
        "dialect": {
            "encoding": "utf-8",
            "delimiter": DELIMITER,
            "quoteChar": QUOTE,
            "doubleQuote": True,
            "header": True,
            "lineTerminators": ["\r\n"],
            "skipInitialSpace": False,
            "trim": False,
        },
        "tableSchema": {
            "columns": [_column(sheet, position, field) for position, field in enumerate(sheet.fields)],
            **({"primaryKey": list(sheet.key)} if sheet.key else {}),
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _column(sheet: Sheet, position: int, field: Field) -> dict[str, Any]:
    # The heading of the file is the name: a reader of the metadata finds it among the titles.
    titles = [field.name, field.title] if field.title != field.name else [field.name]
    return {
        "name": field.name,
        "titles": titles,
        **({"dc:description": field.description} if field.description else {}),
        "datatype": DATATYPES[field.kind],
        # Text may be empty, and then it is empty text: only what stands in brackets is no value.
        "null": list(sheet.absences_of(position)),
    }
