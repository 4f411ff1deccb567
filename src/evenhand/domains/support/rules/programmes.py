"""Programmes: each is one file that says for whom it is, what it asks, how it is scored and what it gives."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from evenhand.library.discover import Fault, made, read_tables

FOLDER: Final = Path(__file__).parents[1] / "programmes"
# Words under /support/ that are no programme.
RESERVED: Final = frozenset(
    {"applications", "assessing", "consultants", "engagements", "invitations", "promises", "reports", "rounds"}
)
WHOLE: Final = 100  # what the weights of a programme add up to
NATIONS: Final = ("england", "wales", "scotland", "northern-ireland")


class UnknownProgramme(ValueError):
    """No file declares this programme."""


@dataclass(frozen=True)
class Award:
    """What is given: days of a consultant, or pounds; how much at most, and in which steps."""

    kind: Literal["days", "pounds"]
    most: float
    step: float
    least: float = 0.0

    def takes(self, amount: Decimal) -> bool:
        """Whether so much may be given."""
        least, most, step = (Decimal(str(one)) for one in (self.least, self.most, self.step))
        return max(least, step) <= amount <= most and amount % step == 0


@dataclass(frozen=True)
class Clocks:
    """What is promised, in days: decisions in working days, all else in days of the calendar."""

    counts_from: Literal["sent", "closing"]
    decision: int
    query: int
    more_information: int
    answer_offer: int


@dataclass(frozen=True)
class Assessing:
    """How many score each application, whether they know whose it is, and from which gap a panel has to moderate."""

    assessors: int
    blind: bool
    gap: int


@dataclass(frozen=True)
class Rule:
    """One condition of eligibility: how it is asked, and what is said of each answer."""

    slug: str
    kind: Literal["form", "standing", "place", "income", "led", "interest"]
    title: str
    met: str
    not_met: str
    cannot_tell: str
    shows: str
    instead: str
    ask: str = ""
    hint: str = ""
    ask_too: str = ""
    hint_too: str = ""
    instead_url: str = ""
    instead_programme: str = ""
    most: int = 0
    forms: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question of the form; what identifies the organisation is hidden from assessors who score blind."""

    slug: str
    section: str
    kind: Literal["words", "line", "one", "many", "number"]
    label: str
    hint: str = ""
    words: int = 0
    options: tuple[str, ...] = ()
    least: float = 0.0
    most: float = 0.0
    step: float = 1.0
    required: bool = True
    identifying: bool = False


@dataclass(frozen=True)
class Criterion:
    """One thing that is scored, how much it weighs, and which questions are its evidence."""

    slug: str
    label: str
    weight: int
    questions: tuple[str, ...]
    guidance: str


@dataclass(frozen=True)
class Report:
    """What is asked for once support is given, and when."""

    slug: str
    title: str
    when: Literal["half", "end", "follow-up"]
    months: int = 0


@dataclass(frozen=True)
class Programme:
    """Everything that is fixed about a programme; its rounds come and go."""

    slug: str
    title: str
    summary: str
    description: str
    funder: str
    funder_id: str
    helps_with: tuple[str, ...]
    checked: str
    look_again: dt.date
    award: Award
    clocks: Clocks
    assessment: Assessing
    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    criteria: tuple[Criterion, ...]
    reports: tuple[Report, ...] = ()
    topics: tuple[str, ...] = ()

    def question(self, slug: str) -> Question:
        """One question; KeyError if there is none."""
        return {one.slug: one for one in self.questions}[slug]

    def criterion(self, slug: str) -> Criterion:
        """One criterion; KeyError if there is none."""
        return {one.slug: one for one in self.criteria}[slug]

    @property
    def sections(self) -> tuple[tuple[str, tuple[Question, ...]], ...]:
        """The questions under their headings, in order; a heading's place from 1 is its address."""
        names = dict.fromkeys(one.section for one in self.questions)
        return tuple((name, tuple(one for one in self.questions if one.section == name)) for name in names)


@cache
def programmes() -> tuple[Programme, ...]:
    """Every programme, by slug; Fault where a file cannot be used."""
    found = tuple(_programme(slug, table) for slug, table in read_tables(FOLDER).items())
    slugs = {one.slug for one in found}
    for one in found:
        unknown = sorted({rule.instead_programme for rule in one.rules} - slugs - {""})
        if unknown:
            raise Fault(FOLDER / f"{one.slug}.toml", f"sends people to {', '.join(unknown)}, which is no programme")
    return found


def programme(slug: str) -> Programme:
    """One programme; UnknownProgramme if no file declares it."""
    found = {one.slug: one for one in programmes()}
    if slug not in found:
        raise UnknownProgramme(f"There is no programme {slug!r}. There are: {', '.join(found)}.")
    return found[slug]


def _programme(slug: str, table: dict[str, Any]) -> Programme:
    where = FOLDER / f"{slug}.toml"
    parts: dict[str, Any] = {
        name: made(kind, table.get(name, {}), where=f"{where} [{name}]")
        for name, kind in (("award", Award), ("clocks", Clocks), ("assessment", Assessing))
    }
    kinds: dict[str, Any] = {"rules": Rule, "questions": Question, "criteria": Criterion, "reports": Report}
    rows = {
        name: tuple(
            made(kind, row, where=f"{where} [[{name}]] {number}") for number, row in enumerate(table.get(name, ()), 1)
        )
        for name, kind in kinds.items()
    }
    one = made(Programme, {**table, "slug": slug, **parts, **rows}, where=where)
    if faults := tuple(_faults(one)):
        raise Fault(where, *faults)
    return replace(one, description=" ".join(one.description.split()))


def _faults(one: Programme) -> Iterable[str]:
    """What is wrong beyond the shape of a file."""
    if one.slug in RESERVED:
        yield f"{one.slug!r} is the address of something else: call the file otherwise"
    for name, rows in (("rules", one.rules), ("questions", one.questions), ("criteria", one.criteria)):
        slugs = [row.slug for row in rows]
        if not slugs:
            yield f"there are no {name}"
        yield from (f"two {name} are called {slug!r}" for slug in sorted({s for s in slugs if slugs.count(s) > 1}))
    if (weighed := sum(row.weight for row in one.criteria)) != WHOLE:
        yield f"the weights add up to {weighed}, not to {WHOLE}"
    yield from _faults_of_questions(one)
    for rule in one.rules:
        yield from _faults_of_rule(rule)


def _faults_of_questions(one: Programme) -> Iterable[str]:
    asked = {row.slug for row in one.questions}
    for criterion in one.criteria:
        yield from (
            f"{criterion.slug!r} rests on {slug!r}, which is not asked"
            for slug in criterion.questions
            if slug not in asked
        )
    for question in one.questions:
        if question.kind in {"one", "many"} and not question.options:
            yield f"{question.slug!r} is a choice without options"
        if question.kind == "words" and question.words < 1:
            yield f"{question.slug!r} does not say how many words are enough"


def _faults_of_rule(rule: Rule) -> Iterable[str]:
    if rule.kind == "income" and rule.most < 1:
        yield f"{rule.slug!r} does not say the most that an income may be"
    if rule.kind == "form" and not rule.forms:
        yield f"{rule.slug!r} names no legal forms"
    if rule.kind == "place" and not rule.nations:
        yield f"{rule.slug!r} names no nations"
    if unknown := sorted(set(rule.nations) - set(NATIONS)):
        yield f"{rule.slug!r} knows no nation {', '.join(unknown)}"
