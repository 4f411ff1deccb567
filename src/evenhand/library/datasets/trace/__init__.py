"""From one number that is shown, back to the cells of the files that it was read from, with every step between."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.compare import LONGEST, NATION, Answered, NoAnswer, Question, question
from evenhand.library.datasets.comparison import Flag
from evenhand.library.datasets.engine import Engine
from evenhand.library.datasets.store import Versions
from evenhand.library.datasets.trace.behind import Asked, behind, holds, outcome_groups
from evenhand.library.datasets.trace.cells import Count, RollUp, SourceCell, SourceFile, source_cell, source_file
from evenhand.library.datasets.trace.ways import WAYS, Way
from evenhand.library.datasets.trace.working import Step, written_out

__all__ = [
    "FIGURES",
    "Count",
    "RollUp",
    "SourceCell",
    "SourceFile",
    "Step",
    "Trace",
    "Way",
    "figures_of",
    "groups_of",
    "source_cell",
    "source_file",
    "trace",
    "traced",
    "written_out",
]

FIGURES = tuple(WAYS)
REASONS: Mapping[Flag, str] = {
    "reference": "it is the group that others are compared with",
    "small-base": "it rests on a small count",
    "no-row": "the source has no row for it",
    "suppressed": "the publisher withholds it",
    "no-denominator": "there is no population to divide by",
    "rates-only": "it was published without counts",
    "not-comparable": "it is not compared",
}


@dataclass(frozen=True)
class Trace:
    """One number with its whole derivation: the counts, their cells, and the steps from these to it.

    `group` is blank for a number that is of no group, `outcome` but for a share of outcomes. `period` is that of the
    number, which may not be the answer's.
    """

    answered: Answered
    figure: str
    group: str
    outcome: str
    period: str
    value: float
    lower: float | None
    upper: float | None
    way: Way
    counts: tuple[Count, ...]
    steps: tuple[Step, ...]

    @property
    def cells(self) -> tuple[SourceCell, ...]:
        """Every cell that the number was read from, once."""
        return tuple(dict.fromkeys(cell for one in self.counts for cell in one.cells))

    @property
    def asked(self) -> dict[str, str]:
        """What the number is asked for by, beside its measure and place."""
        answered = self.answered
        return {
            "figure": self.figure,
            **({"group": self.group} if self.group else {}),
            **({"outcome": self.outcome} if self.outcome else {}),
            "period": answered.period,
            "groups": str(answered.groups),
            "reference": answered.reference,
            "release": answered.release,
        }

    @property
    def permalink(self) -> str:
        """The path of the page that shows this number for ever, whatever is revised."""
        return f"/evidence/{self.answered.measure.slug}/{self.answered.place.code}/trace/?{urlencode(self.asked)}"

    def as_json(self) -> dict[str, Any]:
        """The derivation as the library, the terminal and the JSON address give it."""
        answered = self.answered
        return {
            "measure": answered.measure.slug,
            "place": {"code": answered.place.code, "name": answered.place.name, "kind": answered.place.kind},
            "period": self.period,
            "classification": answered.classification,
            "reference": answered.reference,
            "figure": self.figure,
            "group": self.group or None,
            "outcome": self.outcome or None,
            "value": self.value,
            "lower": self.lower,
            "upper": self.upper,
            "rate_per": answered.measure.rate_per,
            "words": self.way.words,
            "range": self.way.range or None,
            "steps": [asdict(step) for step in self.steps],
            "counts": [
                {
                    **asdict(one),
                    "roll_ups": [str(roll_up) for roll_up in one.roll_ups],
                    "cells": [asdict(cell) for cell in one.cells],
                }
                for one in self.counts
            ],
            "release": answered.release,
            "current": answered.current,
            "permalink": self.permalink,
        }


def trace(
    measure_slug: str,
    *,
    figure: str,
    group: str = "",
    outcome: str = "",
    place: str | None = None,
    period: str | None = None,
    groups: int | None = None,
    reference: str | None = None,
    release: str | None = None,
    engine: Engine | None = None,
    versions: Versions | None = None,
) -> Trace:
    """Where one number of an answer comes from: the question as for `compare`, then the figure and its group.

    NoAnswer says what is wrong and names the near matches, or says why there is no such number.
    """
    asked = question(
        measure_slug,
        place=place,
        period=period,
        groups=groups,
        reference=reference,
        release=release,
        engine=engine,
        versions=versions,
    )
    return traced(asked, figure, group=group, outcome=outcome)


def traced(question: Question, figure: str, *, group: str = "", outcome: str = "") -> Trace:
    """As `trace`, of a question that is known to have an answer."""
    if figure not in WAYS:
        fault = Unknown("figure", figure[:LONGEST], list(WAYS))
        raise NoAnswer("unknown-figure", str(fault), fault.near)
    answered = question.answer()
    named = _named(_groups(question, answered, figure), group, figure) if WAYS[figure].of_group else ""
    found = behind(Asked(question, answered, figure, named, outcome))
    if found is None:
        raise _none(answered, figure, named)
    value, lower, upper = found.shown
    return Trace(
        answered,
        figure,
        named,
        found.outcome,
        found.period,
        value,
        lower,
        upper,
        found.way,
        found.counts,
        found.steps,
    )


def figures_of(question: Question, group: str) -> tuple[str, ...]:
    """The figures that an answer has of one group, and those that it has of no group; outcomes are left out."""
    answered = question.answer()
    return tuple(
        figure for figure, way in WAYS.items() if holds(question, answered, figure, group if way.of_group else "")
    )


def groups_of(question: Question, figure: str) -> tuple[str, ...]:
    """The groups of which an answer has a figure."""
    answered = question.answer()
    if figure == "outcome-share":
        counted = answered.measure.outcomes if answered.place.code == NATION else None
        return tuple(outcome_groups(question, counted)) if counted else ()
    if not WAYS[figure].of_group:
        return ()
    return tuple(row.group for row in answered.rows if holds(question, answered, figure, row.group))


def _groups(question: Question, answered: Answered, figure: str) -> list[str]:
    """The groups that a figure can be of: outcomes are counted for broad groups alone, whatever the answer is for."""
    if figure == "outcome-share" and answered.measure.outcomes:
        return outcome_groups(question, answered.measure.outcomes)
    return [row.group for row in answered.rows]


def _named(names: list[str], group: str, figure: str) -> str:
    if not group.strip():
        message = f"Say of which group the {_spoken(figure)} is meant: {', '.join(names)}."
        raise NoAnswer("missing-group", message, names)
    found = {name.casefold(): name for name in names}.get(group.strip().casefold())
    if found is None:
        fault = Unknown("group", group[:LONGEST], names)
        raise NoAnswer("group-not-there", str(fault), fault.near)
    return found


def _none(answered: Answered, figure: str, group: str) -> NoAnswer:
    """The refusal where the answer holds no such number, with the reason that the answer gives."""
    of = f" of {group}" if group else ""
    where = f"{answered.measure.title}, {answered.place.name}, {answered.period}"
    flag = next((row.flag for row in answered.rows if row.group == group), None)
    why = f" ({REASONS[flag]})" if flag else ""
    return NoAnswer("no-figure", f"There is no {_spoken(figure)}{of} here{why}: {where}.")


def _spoken(figure: str) -> str:
    return figure.replace("-", " ")
