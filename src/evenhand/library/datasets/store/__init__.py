"""Immutable releases of figures: every load is a new folder beside the old, and old ones keep their bytes."""

from evenhand.library.datasets.store.changes import Change, changes
from evenhand.library.datasets.store.publication import (
    CannotPublish,
    Listed,
    Proposal,
    Published,
    ReleaseState,
)
from evenhand.library.datasets.store.release import (
    File,
    Release,
    UnknownRelease,
    Versions,
    read_release,
    release_name,
    shipped,
    shipped_content,
    version_of,
)
from evenhand.library.datasets.store.report import Report
from evenhand.library.datasets.store.shelf import Held
from evenhand.library.datasets.store.store import Store

__all__ = [
    "CannotPublish",
    "Change",
    "File",
    "Held",
    "Listed",
    "Proposal",
    "Published",
    "Release",
    "ReleaseState",
    "Report",
    "Store",
    "UnknownRelease",
    "Versions",
    "changes",
    "read_release",
    "release_name",
    "shipped",
    "shipped_content",
    "version_of",
]
