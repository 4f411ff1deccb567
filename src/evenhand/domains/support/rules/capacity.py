"""What help can be with, and how sure an organisation is of each: before, after, and what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from evenhand.library.discover import made, read_table

DECLARED: Final = Path(__file__).parent.parent / "capacity.toml"


@dataclass(frozen=True)
class Skill:
    """One thing that help can be with, and the question that is asked about it."""

    slug: str
    name: str
    question: str
    asked_as: str = ""  # what it is called among the answers of an application


@dataclass(frozen=True)
class Scale:
    """From what to what an answer goes, and in how many steps."""

    least: str
    most: str
    steps: int


@dataclass(frozen=True)
class Change:
    """How answers to one question moved, over those who answered both times: the mean of each, and of how many."""

    skill: Skill
    before: float
    after: float
    answered: int


@cache
def skills() -> tuple[Skill, ...]:
    """Everything that help can be with."""
    rows: list[dict[str, Any]] = read_table(DECLARED)["skill"]
    return tuple(made(Skill, row, where=DECLARED) for row in rows)


@cache
def scale() -> Scale:
    """How answers are given."""
    return made(Scale, read_table(DECLARED)["scale"], where=DECLARED)


def names(slugs: Iterable[str]) -> tuple[str, ...]:
    """Skills by their names, in the declared order; unknown ones are left out."""
    wanted = set(slugs)
    return tuple(one.name for one in skills() if one.slug in wanted)


def asked_for(help_wanted: Iterable[str]) -> tuple[str, ...]:
    """The skills that an application asks for, in the declared order."""
    wanted = set(help_wanted)
    return tuple(one.slug for one in skills() if one.asked_as and one.asked_as in wanted)


def is_answered(answers: Mapping[str, int]) -> bool:
    """Whether every question has an answer on the scale, and nothing else was answered."""
    steps = range(1, scale().steps + 1)
    return set(answers) == {one.slug for one in skills()} and all(value in steps for value in answers.values())


def changes(pairs: Iterable[tuple[Mapping[str, int], Mapping[str, int]]]) -> tuple[Change, ...]:
    """How answers moved, question by question, over pairs of before and after."""
    both = list(pairs)
    found = []
    for one in skills():
        answered = [(first[one.slug], then[one.slug]) for first, then in both if one.slug in first and one.slug in then]
        if answered:
            before, after = (fmean(side) for side in zip(*answered, strict=True))
            found.append(Change(one, before, after, len(answered)))
    return tuple(found)


def weakest(answers: Mapping[str, int], most: int = 3) -> tuple[str, ...]:
    """What an organisation is least sure of: at most so many, the least sure first."""
    order = [one.slug for one in skills()]
    return tuple(sorted((slug for slug in order if slug in answers), key=lambda slug: answers[slug]))[:most]
