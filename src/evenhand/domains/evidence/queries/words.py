"""Sentences about answers: plain, never causal, and the same numbers as the tables."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import rate, times
from evenhand.library.datasets.compare import NATION, Answered, Bounds
from evenhand.library.datasets.comparison import Comparison, Flag
from evenhand.library.vocabulary.ethnicity import classification

PARITY = "1.0"  # as a ratio that is not quite 1 may be shown
SHORT = 22  # letters of a name that fits above a chart on a phone
FEW = 5  # groups that a heading has room to name


def people(answered: Answered, group: str) -> str:
    """A group as it stands in a sentence: "Black people"."""
    for slug in (answered.classification, "five"):
        scheme = classification(slug)
        if group in scheme.names:
            return _(scheme.group(group).people)
    return group


def display(answered: Answered, group: str) -> str:
    """A group as it stands alone in a table: "Black Caribbean"."""
    scheme = classification(answered.classification)
    return _(scheme.group(group).display) if group in scheme.names else group


def named(answered: Answered, group: str) -> str:
    """A group in the middle of a sentence: “Other” stands in quotation marks, or it would read as "the rest"."""
    name = display(answered, group)
    return _("“%(name)s”") % {"name": name} if group == "Other" else name


def parity(answered: Answered) -> str:
    """What the line of equal rates is called: the reference by its name, if that is short enough to stand there."""
    names = (people(answered, answered.reference), display(answered, answered.reference))
    short = next((name for name in names if len(name) <= SHORT), "")
    return _("same as %(reference)s") % {"reference": short} if short else _("the same rate")


def listed(names: Iterable[str]) -> str:
    """Names as a sentence has them: "Black, Asian and Mixed"."""
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def lead_of(answered: Answered, wanted: str = "") -> Comparison | None:
    """The row that the page speaks of: the one asked for, else the largest clear ratio; none if nothing compares.

    A group whose figures must be read with a warning, such as "any other", does not lead unless it is asked for.
    """
    scheme = classification(answered.classification)
    compared = [row for row in answered.rows if row.ratio is not None]
    asked = [row for row in compared if row.group == wanted]
    sound = [row for row in compared if row.group in scheme.names and not scheme.group(row.group).warning]
    clear = [row for row in sound if row.clear or row.flag == "rates-only"]
    steady = [row for row in clear if row.flag != "small-base"]
    return max(asked or steady or clear or sound or compared, key=lambda row: row.ratio or 0, default=None)


def headline(answered: Answered, lead: Comparison | None) -> tuple[str, str, str]:
    """The message in three parts, of which the middle one carries the figure."""
    verb, place = _(answered.measure.verb), answered.place.name
    if lead is None or lead.ratio is None:
        none = _("%(measure)s in %(place)s: no comparison can be made")
        return none % {"measure": _(answered.measure.title), "place": place}, "", ""
    said = {
        "group": people(answered, lead.group),
        "reference": people(answered, answered.reference),
        "verb": verb,
        "place": place,
    }
    if not lead.clear and lead.lower is not None:
        before = _(
            "In %(place)s, the records show no clear difference in how often %(group)s and %(reference)s were %(verb)s"
        )
        return before % said, "", ""
    if times(lead.ratio) == PARITY:
        slight = _("In %(place)s, %(group)s were %(verb)s slightly more often than %(reference)s")
        if lead.ratio < 1:
            slight = _("In %(place)s, %(group)s were %(verb)s slightly less often than %(reference)s")
        return slight % said, "", ""
    before = _("In %(place)s, %(group)s were %(verb)s ") % said
    after = _(" as often as %(reference)s") % said
    return before, _("%(times)s times") % {"times": times(lead.ratio)}, after


def groups_message(answered: Answered) -> str:
    """Which groups met the measure more often than the reference group, and which less often."""
    more = [row.group for row in _by_ratio(answered) if row.clear and (row.ratio or 0) > 1]
    less = [row.group for row in reversed(_by_ratio(answered)) if row.clear and (row.ratio or 0) < 1]
    said = {
        "reference": named(answered, answered.reference),
        "verb": _(answered.measure.verb),
        "population": _(answered.measure.population),
        "place": answered.place.name,
        "more": len(more),
        "less": len(less),
        "all": sum(row.ratio is not None for row in answered.rows),
    }
    if not said["all"]:
        return _("What was recorded in %(place)s") % said
    if answered.groups > FEW:
        text = _(
            "Of %(all)s groups, %(more)s were clearly %(verb)s more often than %(reference)s %(population)s, and "
            "%(less)s less often"
        )
        return text % said
    said |= {"more": listed(named(answered, group) for group in more) if more else ""}
    said |= {"less": listed(named(answered, group) for group in less) if less else ""}
    if more and less:
        text = _(
            "%(more)s %(population)s were %(verb)s more often than %(reference)s %(population)s, and %(less)s less "
            "often"
        )
    elif more:
        text = _("%(more)s %(population)s were %(verb)s more often than %(reference)s %(population)s")
    elif less:
        text = _("%(less)s %(population)s were %(verb)s less often than %(reference)s %(population)s")
    else:
        text = _("No group was clearly %(verb)s more or less often than %(reference)s %(population)s")
    return text % said


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


def reason(flag: Flag | None) -> str:
    """Why a row has no ratio, in words."""
    return {
        "reference": _("compared with"),
        "no-row": _("no row in the source"),
        "suppressed": _("withheld by the publisher"),
        "no-denominator": _("no population to divide by"),
        "rates-only": _("published as a rate only"),
        "not-comparable": _("not compared"),
    }.get(flag or "", _("not enough data"))


def years(period: str) -> str:
    """A financial year as people say it: "April 2024 to March 2025"."""
    first, slash, last = period.partition("/")
    if not slash:
        return period
    return _("April %(first)s to March %(last)s") % {"first": first, "last": first[:2] + last}


def is_nation(answered: Answered) -> bool:
    """Whether the answer is for England and Wales together."""
    return answered.place.code == NATION


def citation(answered: Answered, url: str) -> str:
    """One line to copy beneath a quoted figure."""
    publishers = sorted({source.publisher for source in answered.sources})
    return _(
        "Evenhand, “%(title)s, %(place)s, %(period)s”, release %(release)s, %(url)s. "
        "Figures: %(publishers)s (OGL v3.0)."
    ) % {
        "title": _(answered.measure.title),
        "place": answered.place.name,
        "period": answered.period,
        "release": answered.release,
        "url": url,
        "publishers": "; ".join(publishers),
    }


def _by_ratio(answered: Answered) -> list[Comparison]:
    return sorted(answered.rows, key=lambda row: -(row.ratio or 0))
