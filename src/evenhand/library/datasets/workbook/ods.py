"""A workbook as LibreOffice writes it."""

import re
import zipfile

from evenhand.library.datasets.workbook.scan import Scan, letters, walk

FAILED = re.compile(r"#[A-Z/0!?]+|Err:[0-9]+")
HIDDEN = {"collapse", "filter"}


class Ods:
    """A workbook as LibreOffice writes it: its sheets, each with whether it is seen, and what one of them holds."""

    def __init__(self, pack: zipfile.ZipFile) -> None:
        """Read the list of sheets."""
        self._pack = pack
        self.sheets: dict[str, bool] = {}
        self.outside = 0
        self._style = ""
        self._unseen: set[str] = set()
        starts = {
            "style": self._style_starts,
            "table-properties": self._properties,
            "table": self._table,
            "table-source": self._source,
        }
        with pack.open("content.xml") as stream:
            walk(stream, starts=starts, ends={}, words=str)

    def scan(self, name: str, limit: int) -> Scan:
        """Go through one sheet; comments are those of all sheets."""
        going = _Going(limit, name)
        with self._pack.open("content.xml") as stream:
            starts = {
                "table": going.table_starts,
                "table-column": going.columns,
                "table-row": going.row_starts,
                "table-cell": going.cell_starts,
                "covered-table-cell": going.cell_starts,
                "annotation": going.comment_starts,
            }
            ends = {
                "table": going.table_ends,
                "table-row": going.row_ends,
                "table-cell": going.cell_ends,
                "covered-table-cell": going.cell_ends,
                "annotation": going.comment_ends,
            }
            walk(stream, starts=starts, ends=ends, words=going.words)
        return going.scan

    def _style_starts(self, given: dict[str, str]) -> None:
        self._style = given.get("name", "")

    def _properties(self, given: dict[str, str]) -> None:
        if given.get("display") == "false":
            self._unseen.add(self._style)

    def _table(self, given: dict[str, str]) -> None:
        self.sheets[given.get("name", "")] = given.get("style-name") not in self._unseen

    def _source(self, _: dict[str, str]) -> None:
        self.outside += 1


class _Going:
    """Where the walk through a sheet has come to."""

    def __init__(self, limit: int, name: str) -> None:
        self.scan = Scan(limit)
        self._name = name
        self._here = self._commenting = False
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._cell: dict[str, str] = {}
        self._shown: list[str] = []
        self._comment: list[str] = []

    def table_starts(self, given: dict[str, str]) -> None:
        self._here, self._row = given.get("name") == self._name, 0

    def table_ends(self) -> None:
        self._here = False

    def columns(self, given: dict[str, str]) -> None:
        if self._here and given.get("visibility") in HIDDEN:
            self.scan.hidden_columns += int(given.get("number-columns-repeated", 1))

    def row_starts(self, given: dict[str, str]) -> None:
        self._row, self._rows, self._column = self._row + 1, int(given.get("number-rows-repeated", 1)), 0
        if self._here and given.get("visibility") in HIDDEN:
            self.scan.hidden_rows += self._rows

    def row_ends(self) -> None:
        self._row += self._rows - 1

    def cell_starts(self, given: dict[str, str]) -> None:
        self._column, self._columns = self._column + 1, int(given.get("number-columns-repeated", 1))
        self._cell = given
        self._shown.clear()

    def cell_ends(self) -> None:
        if self._here:
            self._judge()
        self._column += self._columns - 1

    def comment_starts(self, _: dict[str, str]) -> None:
        self._commenting = True
        self._comment.clear()

    def comment_ends(self) -> None:
        self._commenting = False
        self.scan.comments.append((f"{letters(self._column)}{self._row}", "".join(self._comment).strip()))

    def words(self, words: str) -> None:
        (self._comment if self._commenting else self._shown).append(words)

    def _judge(self) -> None:
        scan, cell, here = self.scan, self._cell, (self._row, self._column)
        kind, formula, shown = cell.get("value-type", ""), "formula" in cell, "".join(self._shown).strip()
        scan.formulas += formula
        # LibreOffice says "error" in a second attribute of the same name, which is the one that is seen here.
        if kind == "error" or (formula and FAILED.fullmatch(shown)):
            scan.failed.append(here)
        elif formula and not kind:
            scan.unsaved.append(here)
        if {cell.get("number-columns-spanned", "1"), cell.get("number-rows-spanned", "1")} != {"1"}:
            scan.merged.append(here)
        if kind or formula or shown:
            scan.reaches(self._row + self._rows - 1, self._column + self._columns - 1)
        if kind == "percentage":
            scan.percentages |= {
                (self._row + down, self._column + right) for down in range(self._rows) for right in range(self._columns)
            }
