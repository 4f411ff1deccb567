"""The sentences that stand in no code and no template, but in what is declared, so that they too can be translated."""

import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from evenhand.core import access
from evenhand.core.access import ROLES, Who, role
from evenhand.core.lifecycle import lifecycles
from evenhand.library.datasets.catalogue import loaders
from evenhand.library.places import KINDS, places

SOURCE = Path(__file__).resolve().parents[1]
TERMS = ("name", "short", "display", "people", "description", "definition", "warning")
MEASURES = (
    *("title", "event", "events", "verb", "population", "people", "counted", "cumulative_population", "why", "unit"),
    *("not_published", "heading", "caption", "note", "breaks", "notes"),
)
PROGRAMMES = (
    *("title", "summary", "description", "helps_with", "ask", "ask_too", "hint", "hint_too", "met", "not_met"),
    *("cannot_tell", "shows", "instead", "section", "label", "options", "guidance"),
)
# Where the catalogues lie, and under which of their words something stands that a page shows.
CATALOGUES = (
    ("library/vocabulary/[!s]*.toml", TERMS),
    ("library/vocabulary/stages.toml", TERMS),
    ("library/vocabulary/sexes.toml", TERMS),
    ("library/vocabulary/ethnicity/classifications/*.toml", TERMS),
    ("library/datasets/measures/*.toml", MEASURES),
    ("library/datasets/caveats.toml", ("heading", "text")),
    ("domains/support/programmes/*.toml", PROGRAMMES),
    ("domains/support/capacity.toml", ("least", "most", "name", "asked_as", "question")),
    ("domains/reviews/threads/*.toml", ("title", "ask")),
)


def declared() -> tuple[str, ...]:
    """Each of them once, in alphabetical order."""
    return tuple(sorted({one for one in _declared() if one.strip()}))


def _declared() -> Iterator[str]:
    for pattern, shown in CATALOGUES:
        for file in sorted(SOURCE.glob(pattern)):
            yield from _said(tomllib.loads(file.read_text(encoding="utf-8")), shown)
    yield from (one.title for one in loaders())
    for one in ROLES:
        yield from (one.words, role(one.slug).refusal)
    for cycle in lifecycles():
        yield from (state.words for state in cycle.states)
        yield from (move.words for move in cycle.moves)
    for who in _callers():
        yield from who.refusal.splitlines()
    yield from (one.note for kind in KINDS for one in places(kind))


def _callers() -> Iterator[Who]:
    """Everyone of whom something is asked: who is who in each app, and who may take a step."""
    rooms = [f"{app.name}.people" for app in apps.get_app_configs() if module_has_submodule(app.module, "people")]
    for module in (access, *(import_module(room) for room in rooms if room.startswith("evenhand."))):
        yield from (one for one in vars(module).values() if isinstance(one, Who))
    yield from (move.who for cycle in lifecycles() for move in cycle.moves)


def _said(held: Any, shown: tuple[str, ...], *, here: bool = False) -> Iterator[str]:
    """What stands under these words, however deep; all that stands below one of them does."""
    if isinstance(held, str):
        if here:
            yield held
    elif isinstance(held, dict):
        for word, below in held.items():
            yield from _said(below, shown, here=here or word in shown)
    elif isinstance(held, list):
        for below in held:
            yield from _said(below, shown, here=here)
