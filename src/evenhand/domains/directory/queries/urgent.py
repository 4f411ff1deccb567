"""Whom somebody can turn to at once, each with where that was read, and when."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Urgent:
    """Somebody who answers at any time, and the page on which they say so."""

    name: str
    source: str
    read_on: dt.date
    number: str = ""


@cache
def urgent() -> tuple[Urgent, ...]:
    """Everybody."""
    rows = tomllib.loads(Path(__file__).with_name("urgent.toml").read_text(encoding="utf-8"))["line"]
    return tuple(Urgent(**row) for row in rows)
