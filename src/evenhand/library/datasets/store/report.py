"""What the person who approves figures is shown before answers come from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.library.datasets.store.changes import Change
from evenhand.library.datasets.store.publication import Listed


@dataclass(frozen=True)
class Report:
    """One release as it is looked at: its figures by their state, what was held and found, and what it would change.

    `over` is the release whose place it takes, and `changes` what differs from that one; None and nothing where it is
    the first of its dataset. `note` is for readers, where answers go back to earlier figures.
    """

    release: Listed
    states: Mapping[str, int]
    totals: tuple[str, ...]
    remarks: tuple[str, ...]
    small_counts: Mapping[str, Any]
    over: str | None
    note: str
    changes: tuple[Change, ...]
