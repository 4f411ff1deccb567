"""A workbook as Excel writes it."""

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from evenhand.library.datasets.workbook.scan import Refused, Scan, position, walk

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
COMMENTS = re.compile(r"xl/(comments/|threadedComments/)?(threadedC|c)omments?[0-9]*\.xml")
PERCENT_FORMATS = {9, 10}  # of those that every workbook has without declaring them
TRUE = {"1", "true"}
WORDS = {"str", "inlineStr"}  # types of a cell that may be empty and still say something


class Xlsx:
    """A workbook as Excel writes it: its sheets, each with whether it is seen, and what one of them holds."""

    def __init__(self, pack: zipfile.ZipFile) -> None:
        """Read the list of sheets."""
        self._pack = pack
        targets = {one.get("Id", ""): one.get("Target", "") for one in self._tree("xl/_rels/workbook.xml.rels")}
        self.sheets: dict[str, bool] = {}
        self._parts: dict[str, str] = {}
        for sheet in self._tree("xl/workbook.xml").iter(f"{MAIN}sheet"):
            name, target = sheet.get("name", ""), targets.get(sheet.get(LINK, ""), "")
            self.sheets[name] = sheet.get("state", "visible") == "visible"
            self._parts[name] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        self.outside = sum(name.startswith("xl/externalLinks/externalLink") for name in pack.namelist())

    def scan(self, name: str, limit: int) -> Scan:
        """Go through one sheet; comments are those of all sheets."""
        if self._parts[name] not in self._pack.namelist():
            raise Refused(f"is damaged inside (the sheet {name!r} is missing)")
        going = _Going(limit, self._percent_styles())
        with self._pack.open(self._parts[name]) as stream:
            starts = {
                "row": going.row_starts,
                "c": going.cell_starts,
                "f": going.formula,
                "v": going.value,
                "is": going.value,
                "col": going.columns,
                "mergeCell": going.merged,
            }
            walk(stream, starts=starts, ends={"c": going.cell_ends}, words=going.said.append)
        going.scan.comments += self._comments()
        return going.scan

    def _percent_styles(self) -> set[str]:
        if "xl/styles.xml" not in self._pack.namelist():
            return set()
        styles = self._tree("xl/styles.xml")
        formats = {
            int(one.get("numFmtId", 0))
            for one in styles.iter(f"{MAIN}numFmt")
            if "%" in re.sub(r'"[^"]*"|\\.', "", one.get("formatCode", ""))
        }
        cells = styles.find(f"{MAIN}cellXfs")
        numbered = enumerate(cells if cells is not None else ())
        return {str(at) for at, one in numbered if int(one.get("numFmtId", 0)) in formats | PERCENT_FORMATS}

    def _comments(self) -> Iterator[tuple[str, str]]:
        for name in filter(COMMENTS.fullmatch, self._pack.namelist()):
            for comment in self._tree(name).iter():
                if comment.tag.endswith(("}comment", "}threadedComment")):
                    yield comment.get("ref", ""), "".join(comment.itertext()).strip()

    def _tree(self, name: str) -> ET.Element:
        return ET.fromstring(self._pack.read(name))  # noqa: S314  (files that declare entities were refused)


class _Going:
    """Where the walk through a sheet has come to."""

    def __init__(self, limit: int, percent_styles: set[str]) -> None:
        self.scan = Scan(limit)
        self.said: list[str] = []
        self._percent = percent_styles
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._formula = self._value = False

    def row_starts(self, given: dict[str, str]) -> None:
        self._row, self._column = int(given.get("r", self._row + 1)), 0
        self.scan.hidden_rows += given.get("hidden") in TRUE

    def cell_starts(self, given: dict[str, str]) -> None:
        self._row, self._column = position(given["r"]) if "r" in given else (self._row, self._column + 1)
        self._cell, self._formula, self._value = given, False, False
        self.said.clear()

    def formula(self, _: dict[str, str]) -> None:
        self._formula = True

    def value(self, _: dict[str, str]) -> None:
        self._value = True
        self.said.clear()

    def cell_ends(self) -> None:
        here, kind, scan = (self._row, self._column), self._cell.get("t", "n"), self.scan
        scan.formulas += self._formula
        if kind == "e":
            scan.failed.append(here)
        elif self._formula and not (self._value and (kind in WORDS or "".join(self.said).strip())):
            scan.unsaved.append(here)
        if self._value or self._formula:
            scan.reaches(*here)
        if kind == "n" and self._cell.get("s", "0") in self._percent:
            scan.percentages.add(here)

    def columns(self, given: dict[str, str]) -> None:
        if given.get("hidden") in TRUE:
            self.scan.hidden_columns += int(given["max"]) - int(given["min"]) + 1

    def merged(self, given: dict[str, str]) -> None:
        self.scan.merged.append(position(given["ref"].partition(":")[0]))
