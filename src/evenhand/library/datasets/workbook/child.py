"""The process that reads a workbook: whatever the file does, this process alone suffers.

It is asked by JSON in its first argument, with the workbook on standard input, and answers by JSON on standard output.
"""

import io
import json
import math
import resource
import sys
import zipfile
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from evenhand.library.datasets.workbook.ods import Ods
from evenhand.library.datasets.workbook.pack import check_pack, is_ods
from evenhand.library.datasets.workbook.scan import Refused, Scan
from evenhand.library.datasets.workbook.xlsx import Xlsx

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
COMMENTS = 50  # handed on, each no longer than LONG
LONG = 300
EXACT = 1e15  # up to which a whole number is written as one


def main() -> None:
    """Answer one question."""
    wanted = json.loads(sys.argv[1])
    for which, most in (
        (resource.RLIMIT_AS, wanted["memory"]),
        (resource.RLIMIT_CPU, wanted["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
    try:
        answer = read(sys.stdin.buffer.read(), wanted)
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, ValueError):
        answer = {"refused": "is not a whole .xlsx or .ods file: is it cut short, or of another kind?"}
    except (expat.ExpatError, ET.ParseError) as fault:
        answer = {"refused": f"is damaged inside ({fault})"}
    sys.stdout.write(json.dumps(answer))


def read(content: bytes, wanted: dict[str, Any]) -> dict[str, Any]:
    """The rows of the sheet, as text, and all that was found beside them."""
    if content.startswith(OLD_OFFICE):
        raise Refused("is an old .xls file, or protected by a password: save it as .xlsx without one")
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        check_pack(pack, most_parts=wanted["parts"], most_unpacked=wanted["unpacked"])
        workbook = Ods(pack) if is_ods(pack) else Xlsx(pack)
        name = wanted["sheet"]
        if name not in workbook.sheets:
            known = ", ".join(f'"{one}"' for one in workbook.sheets)
            say = f"has no sheet called {name!r}" if name else "needs the name of the sheet that holds the table"
            raise Refused(f'{say}: write sheet = "…" in the declaration. There are: {known}')
        scan = workbook.scan(name, wanted["cells"])
    return {
        "rows": _values(content, name, scan),
        "failed": scan.failed,
        "unsaved": scan.unsaved,
        "merged": scan.merged,
        "formulas": scan.formulas,
        "hidden_rows": scan.hidden_rows,
        "hidden_columns": scan.hidden_columns,
        "hidden_sheets": [one for one, seen in workbook.sheets.items() if not seen],
        "outside": workbook.outside,
        "comments": [(cell, words[:LONG]) for cell, words in scan.comments[:COMMENTS]],
        "more_comments": max(0, len(scan.comments) - COMMENTS),
    }


def _values(content: bytes, sheet: str, scan: Scan) -> list[list[str]]:
    """Every row of the sheet down to the last that is not empty, as text."""
    import python_calamine  # noqa: PLC0415  (it may take this process down: only once the file was looked at)

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        found = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=scan.rows)
    except python_calamine.CalamineError as fault:
        raise Refused(f"cannot be read ({fault})") from None
    rows = [
        [_text(cell, percent=(at, column) in scan.percentages) for column, cell in enumerate(row, start=1)]
        for at, row in enumerate(found, start=1)
    ]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _text(cell: object, *, percent: bool) -> str:
    """A cell as a person would type it: 12.5% where it is shown as a percentage."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        number = round(cell * 100, 10) if percent else cell
        if math.isfinite(number) and number == int(number) and abs(number) < EXACT:
            number = int(number)
        return f"{number}%" if percent else str(number)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
