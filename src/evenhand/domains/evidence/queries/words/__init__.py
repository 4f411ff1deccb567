"""Sentences about answers: plain, never causal, and the same numbers as the tables."""

from evenhand.domains.evidence.queries.words.citations import citation
from evenhand.domains.evidence.queries.words.figures import (
    PARITY,
    could_be,
    interval,
    level,
    likely,
    reason,
    row_in_words,
    share,
    tipping,
)
from evenhand.domains.evidence.queries.words.headlines import groups_message, headline, lead_of
from evenhand.domains.evidence.queries.words.names import (
    display,
    is_nation,
    listed,
    named,
    noun,
    of_years,
    parity,
    people,
    unit,
    years,
)

__all__ = [
    "PARITY",
    "citation",
    "could_be",
    "display",
    "groups_message",
    "headline",
    "interval",
    "is_nation",
    "lead_of",
    "level",
    "likely",
    "listed",
    "named",
    "noun",
    "of_years",
    "parity",
    "people",
    "reason",
    "row_in_words",
    "share",
    "tipping",
    "unit",
    "years",
]
