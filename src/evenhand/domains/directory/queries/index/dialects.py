"""The same question in the words of each database: SQLite's FTS5, and PostgreSQL's tsquery."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from evenhand.domains.directory.queries.index.asking import Asked, Clause, Word

Sql = tuple[str, list[str]]
COLUMNS = {"tags": "tags", "name": "name", "text": "{name said}"}
WEIGHTS = {"tags": "C", "name": "A", "text": "AB"}


class Matching(NamedTuple):
    """Where entries that match are found, called `found`: the table, what its ids are, what must hold, and values."""

    table: str
    id: str
    holds: str
    values: list[str]

    @property
    def ids(self) -> str:
        """A query for their ids."""
        return f"SELECT {self.id} AS id FROM {self.table} WHERE {self.holds}"  # noqa: S608  (names of ours; values apart)


def entries_matching(vendor: str, asked: Asked) -> Matching:
    """The entries that match."""
    if not asked:
        return Matching("directory_entry AS found", "found.id", "1 = 1", [])
    if vendor == "sqlite":
        return Matching("directory_words AS found", "found.rowid", "found.directory_words MATCH %s", [_fts5(asked)])
    condition, values = _tsquery(asked)
    return Matching("directory_entry AS found", "found.id", f"found.words @@ ({condition})", values)


def matches_too(vendor: str, clause: Clause) -> Sql:
    """That an entry that was found, joined as `spot`, has any of these words as well.

    PostgreSQL looks at the few that were found; SQLite, which cannot, at a list of all that have them.
    """
    matching = entries_matching(vendor, Asked().also(clause))
    return matching.holds if vendor == "postgresql" else f"spot.entry_id IN ({matching.ids})", matching.values


def _fts5(asked: Asked) -> str:
    return " AND ".join(f"({written})" for clause in asked.all_of if (written := _any(clause)))


@lru_cache(2048)
def _any(clause: Clause) -> str:
    """Single words of one part stand together, so that a long list of cells is one expression."""
    together: dict[str, list[str]] = {}
    apart = []
    for word in clause:
        parts = _words(word.text)
        if len(parts) == 1:
            together.setdefault(word.part, []).append(parts[0])
        elif parts:
            apart.append(_all(word, parts))
    return " OR ".join([*(_fts5_words(part, words) for part, words in together.items()), *apart])


def _fts5_words(part: str, words: list[str]) -> str:
    quoted = " OR ".join(f'"{word}"' for word in words)
    return f"{COLUMNS[part]} : ({quoted})"


def _all(word: Word, parts: list[str]) -> str:
    quoted = " AND ".join(f'"{part}"' for part in parts)
    return f"({COLUMNS[word.part]} : ({quoted}))"


def _tsquery(asked: Asked) -> Sql:
    clauses, values = [], []
    for clause in asked.all_of:
        made = []
        for language, words in _by_language(clause):
            made.append(f"to_tsquery('{language}', %s)")
            values.append(" | ".join(words))
        clauses.append(f"({' || '.join(made)})")
    return " && ".join(clauses), values


def _by_language(clause: Clause) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for word in clause:
        parts = [f"{part}:{WEIGHTS[word.part]}" for part in _words(word.text)]
        if parts:
            language = "simple" if word.part == "tags" else "english"
            found.setdefault(language, []).append(f"({' & '.join(parts)})")
    return found.items()


def _words(text: str) -> list[str]:
    """Letters and figures alone: nothing of what was typed can be taken for an operator."""
    return re.findall(r"[^\W_]+", text.casefold())
