"""Several sheets as one Frictionless Data Package, version 1: a list of files, each with what it holds."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any

from evenhand.core.exports.separated import DELIMITER, QUOTE, csv_of
from evenhand.core.exports.sheets import About, Licence, Sheet, Source

MEDIA_TYPE = "application/json"
TYPES = {"text": "string", "whole": "integer", "number": "number", "share": "number"}
ADDRESS = re.compile(r"https?://[^\s;,]+")


def resource_of(sheet: Sheet, *, name: str, path: str) -> dict[str, Any]:
    """A sheet as one file of a package, at a path beside the package's own.

    It is given with its size and its hash, so that whoever reads it can tell that it is whole.
    """
    content = csv_of(sheet)
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "title": sheet.about.title,
        "description": sheet.about.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {
            "delimiter": DELIMITER,
            "quoteChar": QUOTE,
            "doubleQuote": True,
            "header": True,
            "lineTerminator": "\r\n",
            "skipInitialSpace": False,
        },
        "schema": {
            "fields": [
                {
                    "name": field.name,
                    "title": field.title,
                    "type": TYPES[field.kind],
                    **({"description": field.description} if field.description else {}),
                }
                for field in sheet.fields
            ],
            "missingValues": ["", *sheet.absences],
            **({"primaryKey": list(sheet.key)} if sheet.key else {}),
        },
        **_terms(sheet.about.licence),
        "sources": [_source(source) for source in sheet.about.sources],
    }


def package_of(resources: Iterable[dict[str, Any]], about: About, *, name: str) -> bytes:
    """The file `datapackage.json` of these resources, in the order given."""
    content = {
        "profile": "tabular-data-package",
        "name": name,
        "title": about.title,
        "description": about.description,
        **({"homepage": about.permalink} if about.permalink else {}),
        **({"version": about.release} if about.release else {}),
        "contributors": [{"title": about.publisher, "role": "publisher"}],
        **_terms(about.licence),
        "resources": list(resources),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _terms(licence: Licence) -> dict[str, Any]:
    """A known licence by its mark; of others, the words alone, under a name of our own that the standard allows."""
    if not licence.mark:
        return {"rights": licence.words}
    return {"rights": licence.words, "licenses": [{"name": licence.mark, "path": licence.url, "title": licence.words}]}


def _source(source: Source) -> dict[str, str]:
    # Some addresses carry words beside them; the standard takes one address and no more.
    found = ADDRESS.search(source.url)
    return {"title": str(source), **({"path": found[0]} if found else {})}
