"""Single figures in words: a ratio, a share, a range, or why there is none."""

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, rate, times
from evenhand.domains.evidence.queries.words.names import display
from evenhand.library.datasets.compare import Answered, Bounds
from evenhand.library.datasets.comparison import Comparison, Flag
from evenhand.library.datasets.loader import SMALL_COUNT

PARITY = "1.0"  # as a ratio that is not quite 1 may be shown


def share(row: Comparison) -> str:
    """A share of the whole: one that was published as it stands there, one that was worked out to a decimal."""
    if row.rate is None:
        return ""
    return percent(row.rate / 100) if row.events is not None else f"{row.rate:g}%"


def level(answered: Answered, value: float | None) -> str:
    """A rate: one that was published as it stands there, one that was worked out to a decimal."""
    return rate(value) if value is None or answered.kind == "counts" else f"{value:,.10g}"


def row_in_words(answered: Answered, row: Comparison) -> str:
    """One row as a sentence, for whoever cannot see the chart."""
    name = display(answered, row.group)
    if row.ratio is None:
        return _("%(group)s: %(reason)s.") % {"group": name, "reason": reason(row.flag)}
    said = {"group": name, "times": times(row.ratio), "range": interval(row.lower, row.upper)}
    if row.lower is None:
        return _("%(group)s %(times)s times.") % said
    if not row.clear:
        return _("%(group)s %(times)s times, likely range %(range)s: no clear difference.") % said
    return _("%(group)s %(times)s times, likely range %(range)s.") % said


def interval(lower: float | None, upper: float | None) -> str:
    """A range of ratios, or nothing; to a second decimal where one would show no range, or one that touches parity."""
    if lower is None or upper is None:
        return ""
    ends = (times(lower), times(upper))
    if ends[0] == ends[1] or (PARITY in ends and not lower <= 1 <= upper):
        ends = (rate(lower, 2), rate(upper, 2))
    return _("%(lower)s to %(upper)s") % {"lower": ends[0], "upper": ends[1]}


def likely(interval: str) -> str:
    """The doubt beside a figure."""
    return _("likely range %(range)s") % {"range": interval} if interval else _("no likely range")


def could_be(row: Comparison, bound: Bounds | None) -> str:
    """How far the missing records could move a ratio."""
    if bound is None or bound.lower is None or bound.upper is None:
        return ""
    return _("Filled in one way or the other, %(times)s could be %(lower)s or %(upper)s.") % {
        "times": times(row.ratio),
        "lower": times(bound.lower),
        "upper": times(bound.upper),
    }


def tipping(share: float | None) -> str:
    """The share of the missing records that would close a gap; none where no share would."""
    return percent(share) if share is None or 0 <= share <= 1 else _("None")


def reason(flag: Flag | None) -> str:
    """Why a row has no ratio, in words."""
    return {
        "reference": _("compared with"),
        "no-row": _("no row in the source"),
        "few": _("fewer than %(few)s") % {"few": SMALL_COUNT + 1},
        "suppressed": _("withheld by the publisher"),
        "no-denominator": _("no population to divide by"),
        "rates-only": _("published as a rate only"),
        "not-comparable": _("not compared"),
    }.get(flag or "", _("not enough data"))
