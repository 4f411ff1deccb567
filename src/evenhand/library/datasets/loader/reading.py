"""How the rows of a tidy table become figures, said part by part: which column holds what, in which words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from evenhand.library.datasets.loader.faults import BadCell
from evenhand.library.datasets.loader.observation import ALL, ANY, UNRECORDED, Observation, State
from evenhand.library.datasets.loader.row import EVERYONE, Row, financial_year
from evenhand.library.places import Kind, find
from evenhand.library.vocabulary import UNKNOWN

T = TypeVar("T")

Part = str | Callable[[Row], str]
Group = tuple[str, str]
Kept = Callable[[Row], bool]
Number = Literal["count", "rate", "percent", "number"]

NUMBERS: Mapping[Number, Callable[[Row, str], tuple[float | None, State]]] = {
    "count": Row.count,
    "rate": Row.rate,
    "percent": Row.percent,
    "number": Row.number_or_state,
}
EVERYBODY: Group = (ANY, ALL)


@dataclass(frozen=True)
class Column:
    """A column of figures: the series that they are of, how a cell is read and, if need be, of what or whom alone."""

    name: str
    series: str
    reads: Number = "count"
    detail: str = ""
    group: Group | None = None


@dataclass(frozen=True)
class Reading:
    """How every row of a file is read: its figures, and what they are of.

    `figures` are the columns that hold them; or, where one column says in words what another holds, the column that
    the row has by those words. Every other part is the same for all rows, or is read from the row. Rows that `only`
    leaves out are of another table in the same file. `amend` has the last word on a figure, where the file says in
    its notes what its cells do not.
    """

    figures: tuple[Column, ...] | Callable[[Row], Column]
    period: Part
    place: Part
    group: Group | Callable[[Row], Group] = EVERYBODY
    detail: Part = ""
    sex: Part = ALL
    age: Part = ALL
    note: Part = ""
    only: Kept | None = None
    amend: Callable[[Row, Observation], Observation] | None = None

    def __call__(self, row: Row) -> Iterator[Observation]:
        """Every figure of one row."""
        if self.only and not self.only(row):
            return
        for column in self.figures if isinstance(self.figures, tuple) else (self.figures(row),):
            value, state = NUMBERS[column.reads](row, column.name)
            figure = Observation(
                column.series,
                _part(self.period, row),
                _part(self.place, row),
                *(column.group or (self.group if isinstance(self.group, tuple) else self.group(row))),
                value,
                state,
                row.number,
                column.name,
                row.source,
                detail=column.detail or _part(self.detail, row),
                sex=_part(self.sex, row),
                age=_part(self.age, row),
                note=_part(self.note, row),
            )
            yield self.amend(row, figure) if self.amend else figure


def _part(part: Part, row: Row) -> str:
    return part if isinstance(part, str) else part(row)


def text(column: str) -> Callable[[Row], str]:
    """What a cell says, as it stands."""
    return lambda row: row.text(column)


def word(column: str, known: Mapping[str, T]) -> Callable[[Row], T]:
    """What a cell stands for, in the table of the words that its column has; any other word is refused."""
    return lambda row: row.one_of(column, known)


def only(column: str, known: Mapping[str, T], wanted: T) -> Kept:
    """The rows in which a cell stands for one thing among those that its column may name."""
    return lambda row: row.one_of(column, known) == wanted


def always(column: str, said: str) -> Kept:
    """Every row, as long as a cell says this one thing: a file in which it says another is another file."""
    return lambda row: row.one_of(column, {said: True})


def year_ending(column: str) -> Callable[[Row], str]:
    """The financial year that ends as a cell says."""
    return lambda row: financial_year(row.text(column))


def place(column: str, *kinds: Kind) -> Callable[[Row], str]:
    """The code of the place that a cell names, of one of these kinds."""
    return lambda row: find(row.text(column), kinds=kinds).code


def sex(column: str) -> Callable[[Row], str]:
    """The sex that a cell names."""
    return lambda row: row.sex(column)


def group(
    column: str,
    scheme: str | Callable[[Row], str],
    *,
    wholes: Mapping[str, str] = EVERYONE,
    unrecorded: Mapping[str, str] | None = None,
) -> Callable[[Row], Group]:
    """The classification and the group that a cell names.

    `wholes` are the words of this file that stand for everyone, or for everyone known. Where the file parts the
    unknown by why nothing was recorded, `unrecorded` has its word for each reason, and no other is taken.
    """

    def read(row: Row) -> Group:
        label, of = row.text(column), _part(scheme, row)
        if unrecorded and label in unrecorded:
            return UNRECORDED, unrecorded[label]
        found = row.group(column, of, wholes=wholes)
        if unrecorded and found[1] == UNKNOWN:
            raise BadCell(column, f"{label!r} is a way to write unknown that this file never had")
        return found

    return read
