"""Which version of a draft somebody has open."""

from typing import Any

from evenhand.core.journal.queries import lines_about


def version(row: Any) -> int:
    """A number that changes with everything that is done to a thing: that of the newest line about it."""
    newest = lines_about(row.ref).values_list("pk", flat=True).first()
    return newest or 0
