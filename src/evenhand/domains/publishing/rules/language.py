"""The language check: which words are flagged, where, and why. A help to whoever writes, never a bar."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TERMS = Path(__file__).resolve().parents[1] / "language.toml"
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
# Words between quotation marks are somebody else's, and keep their own terms.
QUOTED = re.compile(r"“[^”]*”|‘[^’]{3,}’(?!\w)|\"[^\"]*\"")
NOT_AN_END = re.compile(r"\b(?:e\.g|i\.e|etc|no|St|Dr|Mr|Mrs|Ms|p|pp|vs)\.|(?<=\d)\.(?=\d)|(?<=\w)\.(?=\w)")


@dataclass(frozen=True)
class Passage:
    """A piece of a page: where it stands, what it says, and whether its words are somebody else's."""

    where: str
    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing to look at again: where, which words, what to write instead, and why."""

    where: str
    words: str
    instead: str
    why: str
    kind: str


@dataclass(frozen=True)
class Flagged:
    """A pattern of the house's terminology."""

    slug: str
    pattern: re.Pattern[str]
    instead: str
    why: str
    kind: str


@dataclass(frozen=True)
class Terminology:
    """All of it, as declared."""

    flagged: tuple[Flagged, ...]
    sentence_words: int
    source: str
    checked: str
    look_again: object


@cache
def terminology() -> Terminology:
    """What `language.toml` declares."""
    table = tomllib.loads(TERMS.read_text(encoding="utf-8"))
    # A capital is what is looked for, so there the case counts; anywhere else it does not.
    flags = {"term": re.IGNORECASE, "cause": re.IGNORECASE, "capital": 0}
    made = tuple(
        Flagged(one["slug"], re.compile(one["match"], flag), one["instead"], one["why"], kind)
        for kind, flag in flags.items()
        for one in table[kind]
    )
    limits = table["limits"]
    return Terminology(made, limits["sentence_words"], table["source"], table["checked"], table["look_again"])


def flagged(slug: str, words: str, instead: str, why: str) -> Flagged:
    """Plain words as a pattern: in any case, over any space, with any ending where a * stands at the end."""
    spaced = r"\s+".join(re.escape(word) for word in words.removesuffix("*").split())
    ending = r"\w*" if words.endswith("*") else ""
    return Flagged(slug, re.compile(rf"\b{spaced}{ending}\b", re.IGNORECASE), instead, why, "term")


def check(
    passages: Iterable[Passage], *, missing: Iterable[str] = (), also: tuple[Flagged, ...] = ()
) -> tuple[Finding, ...]:
    """Every finding in order of the page; `missing` names places where words for those who cannot see are missing.

    What is looked for is what ships, and what the house has `also` agreed on.
    """
    looked_for = (*terminology().flagged, *also)
    found = [finding for passage in passages for finding in _in(passage, looked_for)]
    return (
        *found,
        *(
            Finding(
                where,
                "",
                "say in words what is to be seen or heard there",
                "Some readers see nothing, or hear nothing: what is only shown is not said to them.",
                "alternative",
            )
            for where in missing
        ),
    )


def _in(passage: Passage, looked_for: tuple[Flagged, ...]) -> Iterator[Finding]:
    if passage.quoted:
        return
    text = QUOTED.sub(lambda quoted: "“" + " " * (len(quoted.group()) - 2) + "”", passage.text)
    for term in looked_for:
        seen = set()
        for match in term.pattern.finditer(text):
            words = passage.text[match.start() : match.end()]
            if words.casefold() not in seen:
                seen.add(words.casefold())
                yield Finding(passage.where, words, term.instead, term.why, term.kind)
    most = terminology().sentence_words
    for sentence in sentences(text):
        if (length := len(WORD.findall(sentence))) > most:
            yield Finding(
                passage.where,
                " ".join(sentence.split()[:8]) + " …",
                f"make two sentences of it: it has {length} words",
                f"Sentences of more than {most} words are hard to follow.",
                "long",
            )


def sentences(text: str) -> list[str]:
    """A text in sentences; the dots of abbreviations, numbers and addresses end none."""
    guarded = NOT_AN_END.sub(lambda match: match.group().replace(".", "\0"), text)
    return [found.replace("\0", ".").strip() for found in SENTENCE.findall(guarded) if found.strip()]
