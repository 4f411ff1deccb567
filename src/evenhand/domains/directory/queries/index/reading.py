"""What somebody means who looks for help in their own words: needs, people, a place, and words that are left."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

from evenhand.library.places.lookup import called, names, spelled
from evenhand.library.places.postcodes import UnknownPostcode, read_postcode
from evenhand.library.places.whereabouts import CALLED, KINDS_NEAR
from evenhand.library.vocabulary.said import Meant, longest, said, says_danger, says_nothing
from evenhand.library.vocabulary.spelling import Speller

LONGEST = 200  # of what was typed, so much is read
LONGEST_NAME = 5
SHORTEST_OF_PLACE = 5
ALIKE, LONG = 0.8, 7  # how like a word must be that has more than a slip in it, and how long
# Names of places that are words as well: they are places only where a word says so.
ALSO_WORDS = frozenset({"reading", "bury", "deal", "sale", "ash", "street", "send", "central", "isis", "hull", "high"})
# No list of courts is held here: a court is told by what kind it is, and found by the words in which services name it.
COURT = re.compile(r"([^\W_]+) (?:crown|magistrates|youth|county|family|combined) court\b")
AT = frozenset({"in", "near", "around", "at", "to", "from", "hmp", "nr"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood: the terms meant, the place named, and the words left, each put right where it was not.

    `mended` are the words that were read as others, `unknown` those that nobody knows; `phrases` are those by which a
    need was meant; `court` is the name of one, as typed; `danger` is whether somebody may need a person at once.
    """

    meant: tuple[Meant, ...] = ()
    place: str = ""
    words: tuple[str, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    danger: bool = False
    court: str = ""

    def of(self, kind: str) -> tuple[str, ...]:
        """The terms of one list that were meant. A relative is a need where no other is named."""
        if kind == "need" and not any(each.kind == "need" for each in self.meant):
            kind = "relative"
        return tuple(dict.fromkeys(each.term for each in self.meant if each.kind == kind))


@dataclass
class _Reader:
    """One pass over the words of one text."""

    words: list[str]
    mends: Callable[[str], str | None]
    meant: list[Meant] = field(default_factory=list)
    place: str = ""
    left: list[str] = field(default_factory=list)
    mended: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)

    def read(self) -> Reading:
        said_so = f" {' '.join(self.words)} "
        danger = any(f" {phrase} " in said_so for phrase in says_danger())
        self._mend()
        named = COURT.search(" ".join(self.words))
        court = named[0] if named and named[1] not in says_nothing() | AT else ""
        at = 0
        while at < len(self.words):
            at += self._place(at) or self._phrase(at) or self._word(at)
        return Reading(
            tuple(dict.fromkeys(self.meant)),
            self.place,
            tuple(dict.fromkeys(self.left)),
            tuple(self.mended),
            tuple(self.unknown),
            tuple(dict.fromkeys(self.phrases)),
            danger,
            court,
        )

    def _mend(self) -> None:
        for at, word in enumerate(self.words):
            if _is_known(word) or _is_postcode(word):
                continue
            right = self.mends(word)
            if right is None and word.isalpha():
                self.unknown.append(word)
            elif right is not None and right != word:
                self.mended.append((word, right))
                self.words[at] = right

    def _place(self, at: int) -> int:
        """How many words from here name a place, if that is more than any phrase would take."""
        if self.place:
            return 0
        phrase = self._length_of_phrase(at)
        for length in range(min(LONGEST_NAME, len(self.words) - at), 0, -1):
            if length < phrase:
                return 0
            text = " ".join(self.words[at : at + length])
            if self._names_a_place(text, at, length):
                self.place = text
                return length
        return 0

    def _names_a_place(self, text: str, at: int, length: int) -> bool:
        if length <= 2 and _is_postcode(text):  # noqa: PLR2004  (the two halves)
            return True
        said_so = (at > 0 and self.words[at - 1] in AT) or len(self.words) == length
        if text in ALSO_WORDS and not said_so:
            return False
        if (text in said() or text in says_nothing()) and not said_so:
            return False
        if text.upper() in {"ID", "CV", "GP"} or (length == 1 and len(text) <= 3 and not said_so):  # noqa: PLR2004
            return False
        return text in CALLED or (spelled(text) in names() and called(text, kinds=KINDS_NEAR) is not None)

    def _length_of_phrase(self, at: int) -> int:
        for length in range(min(longest(), len(self.words) - at), 0, -1):
            if " ".join(self.words[at : at + length]) in said():
                return length
        return 0

    def _phrase(self, at: int) -> int:
        length = self._length_of_phrase(at)
        if length:
            phrase = " ".join(self.words[at : at + length])
            self.meant += said()[phrase]
            if any(each.kind == "need" for each in said()[phrase]):
                self.phrases.append(phrase)
        return length

    def _word(self, at: int) -> int:
        word = self.words[at]
        if word not in says_nothing() | says_danger() and word not in self.unknown and word not in {"hmp", "prison"}:
            self.left.append(word)
        return 1


def read(text: str, speller: Speller) -> Reading:
    """What a text means; the speller knows the words of what can be found, besides those that people say."""

    def mends(word: str) -> str | None:
        # People's own words are the likelier ones: they are few, and everybody uses them.
        if word in speller:
            return word
        return _own_words().meant(word) or speller.meant(word) or _alike(word)

    return _Reader(words_of(text[:LONGEST]), mends).read()


def needs_named(text: str) -> Iterator[str]:
    """The needs of which a text speaks in words that people use for them."""
    words = words_of(text)
    for at in range(len(words)):
        for end in range(at + 1, min(at + longest(), len(words)) + 1):
            meant = said().get(" ".join(words[at:end]), ())
            yield from (each.term for each in meant if each.kind == "need")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, apostrophes dropped, everything else that is no letter or figure a gap."""
    return re.findall(r"[^\W_]+", re.sub(r"['’]", "", text.casefold()))


@cache
def _own_words() -> Speller:
    """The words that people say, then those that places are called by, save the shortest."""
    places = [word for word in (*_each(CALLED), *sorted(_each(names()))) if len(word) >= SHORTEST_OF_PLACE]
    return Speller([*_each(said()), *says_nothing(), *_each(says_danger()), *places])


def _alike(word: str) -> str | None:
    """A long word with more than a slip in it, if it is much like one that people say."""
    return next(iter(get_close_matches(word, _long(), n=1, cutoff=ALIKE)), None) if len(word) >= LONG else None


@cache
def _long() -> tuple[str, ...]:
    return tuple(sorted({word for word in _each(said()) if len(word) >= LONG - 1}))


@cache
def _known() -> frozenset[str]:
    return frozenset((*_each(said()), *says_nothing(), *_each(says_danger()), *_each(CALLED), *_each(names())))


def _each(phrases: Iterable[str]) -> list[str]:
    return [word for phrase in phrases for word in phrase.split()]


def _is_known(word: str) -> bool:
    return word in _known()


def _is_postcode(text: str) -> bool:
    if not any(letter.isdigit() for letter in text):
        return False
    try:
        halves = read_postcode(text)
    except UnknownPostcode:
        return False
    # "16 year": a figure alone is an age, never half a postcode.
    return halves.outward[0].isalpha()
