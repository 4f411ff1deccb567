"""Sentences about answers: plain, never causal, and the same numbers as the tables."""

from evenhand.domains.evidence.queries.words.citations import citation
from evenhand.domains.evidence.queries.words.claims import (
    dated,
    difference_in_short,
    difference_in_words,
    not_recorded_in_short,
    not_recorded_in_words,
)
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
from evenhand.domains.evidence.queries.words.headlines import groups_message, headline, is_turned, lead_of
from evenhand.domains.evidence.queries.words.names import (
    display,
    is_nation,
    listed,
    named,
    noun,
    of_years,
    parity,
    people,
    titled,
    unit,
    years,
)

__all__ = [
    "PARITY",
    "citation",
    "could_be",
    "dated",
    "difference_in_short",
    "difference_in_words",
    "display",
    "groups_message",
    "headline",
    "interval",
    "is_nation",
    "is_turned",
    "lead_of",
    "level",
    "likely",
    "listed",
    "named",
    "not_recorded_in_short",
    "not_recorded_in_words",
    "noun",
    "of_years",
    "parity",
    "people",
    "reason",
    "row_in_words",
    "share",
    "tipping",
    "titled",
    "unit",
    "years",
]
