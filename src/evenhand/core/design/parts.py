"""What the components show, as plain values: a page is composed of these and holds no arithmetic."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

Value = float | int | str | None
Ends = tuple[Value, ...]
Kind = Literal["text", "whole", "number", "share"]
NAME = re.compile("[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go, and whether the reader is there already."""

    name: str
    url: str
    current: bool = False
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links under one heading, as in the foot of the page."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What stands in a download where there is no figure: why there is none, if that is known."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a download: a name for machines that never changes, its heading in words, and what it holds.

    A `share` is a number of which 1 is the whole.
    """

    name: str
    title: str
    kind: Kind = "text"
    description: str = ""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} cannot name a column: small letters, digits and underscores")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure, or the ends of a range, as shown and as known; where it is not known, why.

    `origin` is the address that tells where the figure comes from: a quiet link, and no stop of its own for a
    keyboard where another figure of the row is one already, since from one origin there is a way to those of its row.
    """

    text: str
    value: Value | Ends = None
    reason: str = ""
    url: str = ""
    tag: str = ""
    origin: str = ""

    def __post_init__(self) -> None:
        for value in self.value if isinstance(self.value, tuple) else (self.value,):
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError(f"{value} in a table: pass None with a reason")

    @property
    def values(self) -> tuple[float | int | str | Missing, ...]:
        """The cell as a download has it: each full value, or why there is none."""
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        return tuple(Missing(self.reason) if value is None else value for value in values)


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of one column; with `sort_url`, a link that sorts by it.

    `fields` say what it is in a download. A column of ranges, or of figures with their ranges, is one on the page and
    several in the download.
    """

    name: str
    numeric: bool = False
    fields: tuple[Field, ...] = ()
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""

    @property
    def described(self) -> tuple[Field, ...]:
        """What the column is in a download; unless told, one column named by its words."""
        return self.fields or (Field(machine_name(self.name), self.name, "number" if self.numeric else "text"),)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, under its own heading."""

    header: Cell | str
    cells: tuple[Cell, ...]
    lead: bool = False
    flag: str = ""

    @property
    def heading(self) -> Cell:
        """The heading as a cell."""
        if isinstance(self.header, str):
            return Cell(self.header, self.header)
        bare = self.header.value is None and not self.header.reason
        return replace(self.header, value=self.header.text) if bare else self.header


@dataclass(frozen=True, slots=True)
class Table:
    """The one source of a table on the page and of its download."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str = ""

    def __post_init__(self) -> None:
        widths = [len(column.fields) or 1 for column in self.columns]
        for row in self.rows:
            if len(row.cells) + 1 != len(self.columns):
                raise ValueError(
                    f"“{row.heading.text}” has {len(row.cells) + 1} cells for {len(self.columns)} columns",
                )
            for cell, column, width in zip((row.heading, *row.cells), self.columns, widths, strict=True):
                if len(cell.values) != width:
                    raise ValueError(
                        f"“{column.name}” holds {width} values, and {row.heading.text!r} has another number"
                    )

    @property
    def id(self) -> str:
        """A name for anchors and captions."""
        return f"table-{self.name or slugify(self.caption) or 'figures'}"

    @property
    def lines(self) -> Iterator[tuple[Row, Cell, tuple[tuple[Cell, bool, bool], ...]]]:
        """Each row with its heading and, for each cell, whether its column holds numbers and a keyboard stops at it."""
        numeric = [column.numeric for column in self.columns[1:]]
        for row in self.rows:
            first = next((place for place, cell in enumerate(row.cells) if cell.origin), None)
            stops = [place == first for place in range(len(row.cells))]
            yield row, row.heading, tuple(zip(row.cells, numeric, stops, strict=True))

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every column of the download, and one for the flags where any row has one."""
        flag = Field("flag", _("Flag"), "text", _("Why the row has no comparison, or a weak one; empty for all others"))
        fields = tuple(field for column in self.columns for field in column.described)
        return (*fields, *((flag,) if self.flagged else ()))

    @property
    def flagged(self) -> bool:
        """Whether any row is marked."""
        return any(row.flag for row in self.rows)

    def records(self) -> Iterator[tuple[float | int | str | Missing, ...]]:
        """One record a row, in the order of `fields`: every value in full, or why there is none."""
        flagged = self.flagged
        for row in self.rows:
            values = (value for cell in (row.heading, *row.cells) for value in cell.values)
            yield (*values, *((row.flag,) if flagged else ()))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was counted, out of what, when, by whom; and what a reader can take away: files by what is in them."""

    pairs: tuple[tuple[str, str], ...]
    links: tuple[Link, ...] = ()
    files: tuple[LinkGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large number with its doubt beside it."""

    figure: str
    doubt: str
    term: str
    note: str = ""
    lead: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A short explanation that stands beside an exhibit."""

    heading: str
    text: str


Mark = Literal[
    "lead",
    "other",
    "few",
    "reference",
    "published",
    "published-lead",
    "extreme",
    "benchmark",
    "hatch",
    "parity",
    "series-lead",
    "series",
    "bar-lead",
    "bar",
    "here",
    "inside",
    "outside",
    "ring",
    "target",
    "inner",
    "outer",
    "widened",
    "whisker",
]


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One mark of a chart and what it stands for."""

    mark: Mark
    label: str

    @property
    def slim(self) -> bool:
        """Whether the mark is no wider than a dot."""
        return self.mark not in {
            "lead",
            "other",
            "few",
            "series-lead",
            "series",
            "target",
            "inner",
            "outer",
            "widened",
            "whisker",
        }


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as drawn, its key, its words, and the plot from which it can be drawn again."""

    svg: SafeString
    key: tuple[KeyItem, ...]
    summary: str
    plot: object = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A message with its evidence: chart, table, notes and receipt."""

    id: str
    heading: str
    subtitle: str
    chart: Chart | None = None
    table: Table | None = None
    receipt: Receipt | None = None
    notes: tuple[Note, ...] = ()
    further: tuple[Chart, ...] = ()
    folded: bool = False
    unprinted: bool = False  # a folded table so long that paper only says where it stands
    period: str = ""  # where it is not that of the page

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in order."""
        return ((self.chart,) if self.chart else ()) + self.further


@dataclass(frozen=True, slots=True)
class Chooser:
    """A few ways to see the same thing, of which one is current."""

    heading: str
    options: tuple[Link, ...]

    @property
    def id(self) -> str:
        """A name for the heading, to which the list is tied."""
        return f"choose-{slugify(self.heading)}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before reading on."""

    text: str
    heading: str = ""
    kind: Literal["note", "care", "good", "bad"] = "note"
    link: Link | None = None
    further: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the reader stands in a long list; None in `steps` is a gap."""

    steps: tuple[Link | None, ...]
    previous: Link | None = None
    next: Link | None = None


def machine_name(words: str) -> str:
    """Words as a name for machines: “For every 1,000” becomes for_every_1000."""
    name = slugify(words.replace(",", "").replace("/", " ")).replace("-", "_")
    return name if NAME.fullmatch(name) else f"column_{name}".rstrip("_")


def pages(number: int, last: int, url: str) -> Pages:
    """Links to the first, last and neighbouring pages; `url` ends where the number goes."""
    shown = sorted({1, last} | {step for step in range(number - 1, number + 2) if 1 <= step <= last})
    steps: list[Link | None] = []
    for before, step in zip([0, *shown], shown, strict=False):
        if step - before > 1:
            steps.append(None)
        steps.append(Link(str(step), f"{url}{step}", current=step == number))
    return Pages(
        tuple(steps),
        Link(str(number - 1), f"{url}{number - 1}") if number > 1 else None,
        Link(str(number + 1), f"{url}{number + 1}") if number < last else None,
    )
