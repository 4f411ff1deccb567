"""Rows written in bulk, in the quickest way that each database has."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

Row = tuple[Any, ...]


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row], constants: Mapping[str, Any]) -> None:
    """Write rows; what is the same in each of them is given once."""
    table = model._meta.db_table  # noqa: SLF001  (Django's name)
    names = [*fields, *constants]
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    same = tuple(constants.values())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A copy ends outside of what Django watches: its errors are to be the framework's own all the same.
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(_printable((*row, *same)))
            return
        # What is the same is written into the statement once, and not handed over with each row.
        blanks = ", ".join(["%s"] * len(fields) + [_literal(value) for value in same])
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({blanks})", list(rows))  # noqa: S608  (our own names)


def _printable(row: Row) -> Row:
    """PostgreSQL keeps no NUL in a text, and no register means one."""
    if any(isinstance(value, str) and "\0" in value for value in row):
        return tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row)
    return row


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
