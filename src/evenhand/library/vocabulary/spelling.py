"""Words that were meant: the nearest of those that are known to one that is not."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

SHORTEST: Final = 4  # a word of three letters is one slip away from too many others
LONG: Final = 7  # from here on two slips are forgiven


class Speller:
    """Known words, each found by itself with any one letter left out: no alphabet is tried, no list gone through.

    Where several known words are as near, the one that was given first is meant.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._rank: dict[str, int] = {}
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if word not in self._rank and len(word) >= SHORTEST - 1:
                self._rank[word] = len(self._rank)
                for shorter in _shorter(word):
                    self._near[shorter].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._rank

    def meant(self, word: str) -> str | None:
        """The word itself if it is known, else the nearest; None where none is near."""
        if word in self._rank:
            return word
        if len(word) < SHORTEST or not word.isalpha():
            return None
        most = 1 if len(word) < LONG else 2
        found = {known for shorter in _shorter(word) for known in self._near.get(shorter, ())}
        near = sorted(
            (slips, known[0] != word[0], self._rank[known], known)
            for known in found
            if (slips := slips_between(word, known)) <= most
        )
        return near[0][-1] if near else None


def slips_between(one: str, other: str) -> int:
    """How many letters were left out, put in, mistaken or swapped with their neighbour, to make one word of another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _shorter(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
