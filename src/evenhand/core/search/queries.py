"""What is found for the words that somebody typed: the best first, slips mended, and how many of each kind."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from evenhand.core.search.models import Document, Standing
from evenhand.core.search.triggers import ACCENTS
from evenhand.library.vocabulary.spelling import Speller

LONGEST, MOST_WORDS, MOST = 200, 12, 200
WORD = re.compile(r"[^\W_]+")
# Words that stand in nearly every text, and tell nothing of what is looked for.
IDLE = frozenset(
    [
        "a",
        "about",
        "all",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "have",
        "how",
        "i",
        "in",
        "is",
        "it",
        "me",
        "my",
        "need",
        "of",
        "on",
        "or",
        "our",
        "the",
        "their",
        "there",
        "they",
        "this",
        "to",
        "want",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)


@dataclass(frozen=True)
class Hits:
    """What was found, the best first; `mended` are words read as others; `loosely` if not every word was found."""

    documents: tuple[Document, ...]
    mended: tuple[tuple[str, str], ...] = ()
    loosely: bool = False

    @property
    def kinds(self) -> dict[str, int]:
        """How many there are of each kind."""
        counted: dict[str, int] = {}
        for one in self.documents:
            counted[one.kind] = counted.get(one.kind, 0) + 1
        return counted


def search(text: str) -> Hits:
    """What is found for words as they were typed; nothing for none."""
    words = words_of(text)
    if not words:
        return Hits(())
    found = _matching(words, " AND ")
    if found:
        return Hits(found)
    speller = _speller(tuple(Standing.objects.order_by("source").values_list("source", "state")))
    read = [speller.meant(word) or word for word in words]
    mended = tuple((before, after) for before, after in zip(words, read, strict=True) if before != after)
    if mended and (found := _matching(read, " AND ")):
        return Hits(found, mended)
    return Hits(_matching(read, " OR "), mended, loosely=True)


def words_of(text: str) -> list[str]:
    """The words that are looked for in what was typed; those that tell nothing are left out."""
    typed = WORD.findall(folded(text[:LONGEST]))[:MOST_WORDS]
    return [word for word in typed if word not in IDLE]


def folded(text: str) -> str:
    """Words as they are looked for: in small letters, without accents."""
    return re.sub(ACCENTS, "", unicodedata.normalize("NFD", text)).casefold()


def _matching(words: list[str], joined: str) -> tuple[Document, ...]:
    """The documents that have all of these words, or any; words are letters and figures, and no operator is."""
    if connection.vendor == "sqlite":
        query = joined.join(f'"{word}"' for word in words)
        statement = (
            "SELECT d.* FROM search_words JOIN search_document d ON d.id = search_words.rowid "
            "WHERE search_words MATCH %s ORDER BY bm25(search_words, 12.0, 4.0, 1.0), d.id LIMIT %s"
        )
        return tuple(Document.objects.raw(statement, [query, MOST]))
    query = {" AND ": " & ", " OR ": " | "}[joined].join(words)
    statement = (
        "SELECT d.* FROM search_document d, to_tsquery('english', %s) q "
        "WHERE d.words @@ q ORDER BY ts_rank('{0, 0.1, 0.4, 1.0}', d.words, q) DESC, d.id LIMIT %s"
    )
    return tuple(Document.objects.raw(statement, [query, MOST]))


@lru_cache(maxsize=2)
def _speller(standing: tuple[tuple[str, str], ...]) -> Speller:
    """Every word of the titles, then of the summaries, the most frequent first; made anew when the index changes."""
    del standing  # the key under which it is kept
    counted: dict[str, int] = {}
    for title, summary in Document.objects.values_list("title", "summary"):
        for word in WORD.findall(folded(f"{title} {title} {summary}")):
            counted[word] = counted.get(word, 0) + 1
    return Speller(sorted(counted, key=lambda word: (-counted[word], word)))
