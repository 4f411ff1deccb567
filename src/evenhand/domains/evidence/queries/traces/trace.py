"""A traced number, and the same number as today's release has it."""

from dataclasses import dataclass
from typing import TypedDict

from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.answers import ask, refused_in_words
from evenhand.library.datasets.compare import Question
from evenhand.library.datasets.trace import Trace, traced


class Wanted(TypedDict):
    """Which number of an answer is meant."""

    figure: str
    group: str
    outcome: str


@dataclass(frozen=True)
class Today:
    """What today's release says of a number of an earlier one: the number, or why it has none."""

    trace: Trace | None
    why: str = ""

    def same(self, as_quoted: Trace) -> bool:
        """Whether the number and its range are what they were, to the last digit."""
        if self.trace is None:
            return False
        return all(getattr(self.trace, part) == getattr(as_quoted, part) for part in ("value", "lower", "upper"))


def trace_of(question: Question, wanted: Wanted) -> Trace:
    """One number of an answer, traced; Refused with the near matches where there is no such number."""
    with refused_in_words():
        return traced(question, **wanted)


def today(trace: Trace) -> Today | None:
    """The same number of today's release; None where the number is today's."""
    answered = trace.answered
    if answered.current:
        return None
    wanted = Wanted(figure=trace.figure, group=trace.group, outcome=trace.outcome)
    try:
        question = ask(
            answered.measure.slug,
            place=answered.place.code,
            period=answered.period,
            groups=answered.groups,
            reference=answered.reference,
        )
        return Today(trace_of(question, wanted))
    except Refused as fault:
        return Today(None, fault.message)
