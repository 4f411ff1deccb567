"""What is exported: typed columns, rows, and what must be said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.core.design.parts import Field, Missing, Note, Table

Value = float | int | str | Missing
Record = tuple[Value, ...]
LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms figures may be used: in words, and where they are one known licence, its mark and address."""

    words: str
    mark: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A published table that figures were read from."""

    publisher: str
    title: str
    url: str = ""
    table: str = ""
    licence: str = ""

    def __str__(self) -> str:
        """The source on one line; many a title names its publisher first."""
        publisher = "" if self.title.startswith(self.publisher) else self.publisher
        return ", ".join(filter(None, (publisher, self.title, self.table)))


@dataclass(frozen=True, slots=True)
class About:
    """Everything that a file says of itself before its figures; `notes` are for people, each with its heading."""

    title: str
    description: str
    publisher: str
    licence: Licence
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    period: str = ""
    place: str = ""
    release: str = ""
    permalink: str = ""
    issued: date | None = None
    language: str = LANGUAGE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be exported. ValueError if it is none: no row, a column named twice, or a row of another width.

    `key` names the columns that together tell one row from another.
    """

    name: str
    fields: tuple[Field, ...]
    rows: Sequence[Record]
    about: About
    key: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two columns of {self.name} are called {', '.join(sorted(twice))}")
        if unknown := [name for name in self.key if name not in names]:
            raise ValueError(f"{self.name} has no column {', '.join(unknown)} to tell its rows apart by")
        if not self.rows or any(len(row) != len(names) for row in self.rows):
            raise ValueError(f"{self.name} needs at least one row, each of {len(names)} values")

    @property
    def absences(self) -> tuple[str, ...]:
        """Every way in which the rows say that there is no figure, in alphabetical order."""
        return tuple(sorted({marked(value) for row in self.rows for value in row if isinstance(value, Missing)}))

    def absences_of(self, position: int) -> tuple[str, ...]:
        """As `absences`, in one column."""
        return tuple(sorted({marked(row[position]) for row in self.rows if isinstance(row[position], Missing)}))


def sheet_of(
    table: Table, about: About, *, beside: Sequence[tuple[Field, str]] = (), key: tuple[str, ...] = ()
) -> Sheet:
    """A table of a page as a sheet, its rows told apart by their headings unless a `key` is given.

    What stands `beside` is a column of one value, unless the table has that column.
    """
    fields = table.fields
    names = {field.name for field in fields}
    added = [(field, value) for field, value in beside if field.name not in names]
    constants = tuple(value for _field, value in added)
    return Sheet(
        table.name or table.id,
        (*fields, *(field for field, _value in added)),
        tuple((*record, *constants) for record in table.records()),
        about,
        key=key or (fields[0].name,),
    )


def marked(value: Value) -> str:
    """How a file of text says that there is no figure: the reason in square brackets, which no figure ever has."""
    reason = value.reason if isinstance(value, Missing) else ""
    return f"[{reason or 'no figure'}]"


def plain(field: Field, value: float | str) -> float | int | str:
    """A value as its column declares it; ValueError for one of another kind."""
    if field.kind == "text":
        return str(value)
    if isinstance(value, str):
        raise ValueError(f"{value!r} is no number, and {field.name} is a column of numbers")  # noqa: TRY004
    if field.kind != "whole":
        return value
    if value != int(value):
        raise ValueError(f"{value!r} is no whole number, and {field.name} is a column of them")
    return int(value)
