"""Everything that is said of a service, as plain values: what an edit gives, a version keeps and an undo restores."""

import datetime as dt
from typing import Any, Final

from evenhand.domains.directory.models import Audience, Coverage, Location, Opening, Service, Term, Version

Facts = dict[str, Any]
COLUMNS: Final = (
    "name",
    "summary",
    "description",
    "notice",
    "made_for",
    "minimum_age",
    "maximum_age",
    "how_to_refer",
    "cost",
    "cost_words",
    "capacity",
    "capacity_on",
    "waiting_weeks",
    "hours",
    "access_words",
    "phone",
    "email",
    "website",
    "contact_role",
    "keeper_email",
)
# What changes from week to week, and is not what a check vouches for; and how people get in touch.
MOVING: Final = frozenset({"notice", "capacity", "capacity_on", "waiting_weeks", "keeper_email"})
REACH: Final = frozenset({"name", "summary", "phone", "email", "website", "how_to_refer", "locations"})
# What stands in rows of its own: the name of each, its table, and what makes up a row.
ROWS: Final = {
    "terms": (Term, ("kind", "term")),
    "audiences": (Audience, ("kind", "term", "only")),
    "coverage": (Coverage, ("code", "court")),
    "locations": (
        Location,
        (
            "id",
            "visibility",
            "name",
            "line_1",
            "line_2",
            "town",
            "county",
            "postcode",
            "latitude",
            "longitude",
        ),
    ),
    "openings": (Opening, ("days", "opens_at", "closes_at", "words")),
}
DAYS, TIMES = frozenset({"capacity_on"}), frozenset({"opens_at", "closes_at"})


def facts_of(service: Service) -> Facts:
    """What is said of a service now, fit for JSON."""
    said: Facts = {name: _plain(getattr(service, name)) for name in COLUMNS}
    for name, (_table, columns) in ROWS.items():
        rows = getattr(service, name).all()
        said[name] = [{column: _plain(getattr(row, column)) for column in columns} for row in rows]
    return said


def latest_version(service: Service) -> int:
    """The number of the version that stands; 0 before the first."""
    return Version.objects.filter(service=service).values_list("number", flat=True).first() or 0


def changed_since(service: Service, version: int) -> tuple[str, ...]:
    """The names of what a listing says otherwise now than in one of its versions."""
    kept = Version.objects.filter(service=service, number=version).first()
    return changed(kept.facts, facts_of(service)) if kept else ()


def read(name: str, value: Any) -> Any:
    """One value of a version, as its column has it."""
    if name in DAYS and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if name in TIMES and isinstance(value, str):
        return dt.time.fromisoformat(value)
    return value


def changed(before: Facts, after: Facts) -> tuple[str, ...]:
    """The names of what differs."""
    return tuple(name for name in (*COLUMNS, *ROWS) if before.get(name) != after.get(name))


def _plain(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
