"""Rows of figures that nothing is divided by: shares of a whole, and rates and ratios published without counts."""

import math
from collections.abc import Mapping, Sequence

from evenhand.library.datasets.comparison import SMALL_BASE, Comparison, Flag
from evenhand.library.datasets.engine import Figure
from evenhand.library.datasets.loader import ALL, HIDDEN, KNOWN
from evenhand.library.vocabulary.ethnicity import UNKNOWN

PERCENT = 100
NONE = (None, None)


def shares(
    groups: Sequence[str], figures: Sequence[Figure | None], everyone: Mapping[str, float], *, counted: bool
) -> tuple[Comparison, ...]:
    """Each group's share of those whose group is known: worked out where they are counted, else as published.

    `everyone` holds what the source counts of everyone: ALL, KNOWN and UNKNOWN. Where it withholds a group, no share
    is worked out, or the group could be worked out too.
    """
    counts = [None if one is None or not counted else one.value for one in figures]
    withheld = any(one is not None and one.state in HIDDEN for one in figures)
    known = everyone.get(KNOWN)
    if known is None and ALL in everyone:
        known = everyone[ALL] - everyone.get(UNKNOWN, 0)
    if known is None and None not in counts:
        known = sum(count for count in counts if count is not None)
    whole = None if withheld or known is None or not counted else int(known)
    rows = []
    for group, figure, count in zip(groups, figures, counts, strict=True):
        value = None if figure is None else figure.value
        events = None if count is None else int(count)
        rate = value if not counted else PERCENT * events / whole if events is not None and whole else None
        flag: Flag = absent(figure) if value is None else "no-denominator" if counted else "rates-only"
        rows.append(Comparison(group, flag, events, whole, rate, None, *NONE, None, *NONE, None, *NONE))
    return tuple(rows)


def rates(
    groups: Sequence[str],
    figures: Sequence[Figure | None],
    beside: Sequence[tuple[int | None, int | None]],
    base: int,
    *,
    ratios: bool,
) -> tuple[Comparison, ...]:
    """Each published rate, or ratio to the reference at position `base`, without an interval.

    `beside` has for each group the events and the number of people asked, where they are published; a percentage of
    fewer than 30 people is left out.
    """
    values = [None if one is None else one.value for one in figures]
    reference = values[base]
    rows = []
    for at, (group, figure, value, (events, asked)) in enumerate(zip(groups, figures, values, beside, strict=True)):
        flag: Flag = "reference" if at == base else "rates-only" if value is not None else absent(figure)
        if asked is not None and asked < SMALL_BASE:
            rows.append(Comparison(group, "small-base", events, asked, None, None, *NONE, None, *NONE, None, *NONE))
            continue
        ratio = difference = None
        if flag == "rates-only" and value is not None:
            ratio = value if ratios else value / reference if reference else None
            difference = value - reference if not ratios and reference is not None else None
        rate = None if ratios else value
        rows.append(Comparison(group, flag, events, asked, rate, ratio, *NONE, difference, *NONE, None, *NONE))
    return tuple(rows)


def absent(figure: Figure | None) -> Flag:
    """Why there is no value."""
    if figure is None or figure.state not in HIDDEN:
        return "no-row"
    return "few" if figure.state == "small" else "suppressed"


def number(figure: Figure | None) -> float:
    """The value for arithmetic: NaN where there is none."""
    return math.nan if figure is None or figure.value is None else figure.value
