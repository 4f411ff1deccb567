"""The same question in the words of each database: SQLite's FTS5, and PostgreSQL's tsquery."""

import re
from functools import lru_cache
from typing import NamedTuple

from evenhand.core.search.queries import folded
from evenhand.domains.directory.queries.index.asking import Asked, Clause, Word

Sql = tuple[str, list[str]]
COLUMNS = {"tags": "tags", "name": "name", "text": "{name said}"}
# Of PostgreSQL: the column, how its words are read, and a weight where a part of the column is meant.
PLACED = {"tags": ("terms", "simple", ""), "text": ("words", "english", ""), "name": ("words", "english", ":A")}


class Matching(NamedTuple):
    """Where entries that match are found: the table, what their ids are there, what must hold, and values.

    PostgreSQL finds the spots of entries, as `spot`, and so an entry as often as it has spots; SQLite finds entries.
    """

    table: str
    id: str
    holds: str
    values: list[str]

    @property
    def ids(self) -> str:
        """A query for their ids."""
        return f"SELECT {self.id} AS id FROM {self.table} WHERE {self.holds}"  # noqa: S608  (names of ours; values apart)

    @property
    def spots(self) -> str:
        """Their spots, as `spot`: what follows FROM."""
        if self.id == "spot.entry_id":
            return f"{self.table} WHERE {self.holds}"
        return f"{self.table} CROSS JOIN directory_spot AS spot WHERE {self.holds} AND spot.entry_id = {self.id}"


def entries_matching(vendor: str, asked: Asked) -> Matching:
    """The entries that match."""
    if not asked:
        return Matching("directory_spot AS spot", "spot.entry_id", "1 = 1", [])
    if vendor == "sqlite":
        return Matching("directory_words AS found", "found.rowid", "found.directory_words MATCH %s", [_fts5(asked)])
    return Matching("directory_spot AS spot", "spot.entry_id", *_tsqueries(asked))


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


def _tsqueries(asked: Asked) -> Sql:
    """What must stand in one column is one question, which passes over words that say nothing, such as “the”."""
    together: dict[str, list[str]] = {}
    values: dict[str, list[str]] = {}
    for clause in asked.all_of:
        found = _by_column(clause)
        queries = [f"to_tsquery('{language}', %s)" for _column, language in found]
        columns = [column for column, _language in found]
        place = columns[0] if len(columns) == 1 else ""
        either = " OR ".join(f"spot.{column} @@ {query}" for column, query in zip(columns, queries, strict=True))
        together.setdefault(place, []).append(queries[0] if place else f"({either or '1 = 0'})")
        values.setdefault(place, []).extend(" | ".join(words) for words in found.values())
    holds = [
        f"spot.{place} @@ ({' && '.join(queries)})" if place else " AND ".join(queries)
        for place, queries in together.items()
    ]
    return " AND ".join(holds), [value for each in values.values() for value in each]


def _by_column(clause: Clause) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for word in clause:
        column, language, weight = PLACED[word.part]
        if parts := [f"{part}{weight}" for part in _words(word.text)]:
            found.setdefault((column, language), []).append(f"({' & '.join(parts)})")
    return found


def _words(text: str) -> list[str]:
    """Letters and figures alone, without accents: nothing of what was typed can be taken for an operator."""
    return re.findall(r"[^\W_]+", folded(text))
