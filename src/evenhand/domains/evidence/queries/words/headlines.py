"""The message of an answer: which group it speaks of, and what it says, plainly and never of a cause."""

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import times
from evenhand.domains.evidence.queries.words.figures import PARITY, share
from evenhand.domains.evidence.queries.words.names import listed, named, noun, people
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.vocabulary.ethnicity import classification

TURNED = 0.001  # below it there is next to nothing to turn round
FEW = 6  # groups that a heading has room to name
Said = dict[str, object]


def lead_of(answered: Answered, wanted: str = "") -> Comparison | None:
    """The row that the page speaks of: the one asked for, else the largest clear ratio; none if nothing is known.

    Where every clear ratio lies below parity it is the smallest, and where nothing is compared the largest share of a
    group other than the reference. A group whose figures must be read with a warning, such as "any other", does not
    lead unless it is asked for, nor does one whose figure its source makes unsafe.
    """
    scheme = classification(answered.classification)
    shares = answered.kind == "shares"
    known = [row for row in answered.rows if (row.rate if shares else row.ratio) is not None]
    asked = [row for row in known if row.group == wanted]
    sound = [
        row
        for row in known
        if row.group in scheme.names and not scheme.group(row.group).warning and row.group not in answered.unsafe
    ]
    if shares:
        others = [row for row in sound if row.group != "White"]
        return max(asked or others or sound or known, key=lambda row: row.rate or 0, default=None)
    clear = [row for row in sound if row.clear or row.flag == "rates-only"]
    steady = [row for row in clear if row.flag != "small-base"]
    firm = [row for row in sound if row.flag != "small-base"]
    found = asked or steady or clear or firm or sound or known
    if found and found in (steady, clear) and all((row.ratio or 0) < 1 for row in found):
        return min(found, key=lambda row: row.ratio or 0)
    return max(found, key=lambda row: row.ratio or 0, default=None)


def headline(answered: Answered, lead: Comparison | None) -> tuple[str, str, str]:
    """The message in three parts, of which the middle one carries the figure."""
    measure, place = answered.measure, answered.place.name
    said: Said = {"verb": _(measure.verb), "events": _(measure.events), "place": place, "measure": _(measure.title)}
    if lead is None or (lead.ratio is None and answered.kind != "shares"):
        return _("%(measure)s in %(place)s: no comparison can be made") % said, "", ""
    said |= {"group": people(answered, lead.group), "reference": people(answered, answered.reference)}
    if answered.kind == "shares":
        after = _(" of %(events)s were %(verb)s %(group)s") if measure.verb else _(" of %(events)s were %(group)s")
        return _("In %(place)s, ") % said, share(lead), after % said
    ratio = lead.ratio or 0
    if lead.lower is not None and not lead.clear:
        return _unclear(measure.pattern) % said, "", ""
    if times(ratio) == PARITY:
        return _slight(measure.pattern, more=ratio > 1) % said, "", ""
    if is_turned(answered, lead):
        said["group"], said["reference"], ratio = said["reference"], said["group"], 1 / ratio
    before, after = telling(measure.pattern)
    return before % said, _("%(times)s times") % {"times": times(ratio)}, after % said


def is_turned(answered: Answered, lead: Comparison) -> bool:
    """Whether less is told from the other side: "3 times as often as" is read rightly where "0.3 times" is not."""
    numbered = answered.kind != "shares" and (lead.lower is None or lead.clear)
    return numbered and TURNED < (lead.ratio or 0) < 1 and times(lead.ratio) != PARITY


def telling(pattern: str) -> tuple[str, str]:
    return {
        "often": (_("In %(place)s, %(group)s were %(verb)s "), _(" as often as %(reference)s")),
        "rate": (_("In %(place)s, %(group)s were %(verb)s at "), _(" the rate of %(reference)s")),
        "long": (
            _("In %(place)s, %(events)s of %(group)s were "),
            _(" as long, on average, as those of %(reference)s"),
        ),
    }[pattern]


def _unclear(pattern: str) -> str:
    return {
        "often": _(
            "In %(place)s, the records show no clear difference in how often %(group)s and %(reference)s were %(verb)s"
        ),
        "rate": _(
            "In %(place)s, the records show no clear difference between the rates at which %(group)s and "
            "%(reference)s were %(verb)s"
        ),
        "long": _(
            "In %(place)s, the records show no clear difference between the lengths of %(events)s of %(group)s and of "
            "%(reference)s"
        ),
    }[pattern]


def _slight(pattern: str, *, more: bool) -> str:
    often, rate, long = (
        _("In %(place)s, %(group)s were %(verb)s slightly more often than %(reference)s"),
        _("In %(place)s, %(group)s were %(verb)s at a slightly higher rate than %(reference)s"),
        _("In %(place)s, %(events)s of %(group)s were slightly longer, on average, than those of %(reference)s"),
    )
    if not more:
        often, rate, long = (
            _("In %(place)s, %(group)s were %(verb)s slightly less often than %(reference)s"),
            _("In %(place)s, %(group)s were %(verb)s at a slightly lower rate than %(reference)s"),
            _("In %(place)s, %(events)s of %(group)s were slightly shorter, on average, than those of %(reference)s"),
        )
    return {"often": often, "rate": rate, "long": long}[pattern]


def groups_message(answered: Answered) -> str:
    """Which groups met the measure more often than the reference group, and which less often."""
    if answered.kind == "shares":
        return _shares_message(answered)
    published = answered.kind != "counts"
    ordered = sorted(answered.rows, key=lambda row: -(row.ratio or 0))
    apart = [row for row in ordered if row.ratio is not None and (row.clear or (published and _differs(row)))]
    more = [row.group for row in apart if (row.ratio or 0) > 1]
    less = [row.group for row in reversed(apart) if (row.ratio or 0) < 1]
    said: Said = {
        "reference": named(answered, answered.reference),
        "verb": _(answered.measure.verb),
        "events": _(answered.measure.events).capitalize(),
        "population": noun(answered),
        "place": answered.place.name,
        "more": len(more),
        "less": len(less),
        "all": sum(row.ratio is not None for row in answered.rows),
    }
    if not said["all"]:
        return _("What was recorded in %(place)s") % said
    if answered.groups > FEW:
        return _many(answered.measure.pattern, published=published) % said
    said |= {"more": listed(named(answered, group) for group in more) if more else ""}
    said |= {"less": listed(named(answered, group) for group in less) if less else ""}
    return _few(answered.measure.pattern)[(1 if more else 0) + (2 if less else 0)] % said


def _differs(row: Comparison) -> bool:
    return row.ratio is not None and times(row.ratio) != PARITY


def _shares_message(answered: Answered) -> str:
    lead = lead_of(answered)
    whole = next((row.population for row in answered.rows if row.population is not None), None)
    if lead is None:
        return _("What was recorded in %(place)s") % {"place": answered.place.name}
    said = {
        "events": _(answered.measure.events),
        "share": share(lead),
        "group": named(answered, lead.group),
        "whole": f"{whole:,}" if whole else "",
        "population": _(answered.measure.population),
    }
    if whole:
        return _("Of %(whole)s %(population)s, %(share)s were recorded as %(group)s") % said
    return _("Of %(events)s, %(share)s were recorded as %(group)s") % said


def _many(pattern: str, *, published: bool) -> str:
    if pattern == "rate" and published:
        return _(
            "Of %(all)s groups, %(more)s had a higher published rate than %(reference)s %(population)s, and %(less)s a "
            "lower one"
        )
    if pattern == "rate":
        return _(
            "Of %(all)s groups, %(more)s had a clearly higher rate than %(reference)s %(population)s, and %(less)s a "
            "lower one"
        )
    return (
        _(
            "Of %(all)s groups, %(more)s were %(verb)s more often than %(reference)s %(population)s, and %(less)s less "
            "often"
        )
        if published
        else _(
            "Of %(all)s groups, %(more)s were clearly %(verb)s more often than %(reference)s %(population)s, and "
            "%(less)s less often"
        )
    )


def _few(pattern: str) -> tuple[str, str, str, str]:
    """The message where no group stands apart, where some stand above, some below, and some on either side."""
    return {
        "often": (
            _("No group was clearly %(verb)s more or less often than %(reference)s %(population)s"),
            _("%(more)s %(population)s were %(verb)s more often than %(reference)s %(population)s"),
            _("%(less)s %(population)s were %(verb)s less often than %(reference)s %(population)s"),
            _(
                "%(more)s %(population)s were %(verb)s more often than %(reference)s %(population)s, and %(less)s less "
                "often"
            ),
        ),
        "rate": (
            _("No group was clearly %(verb)s at a higher or lower rate than %(reference)s %(population)s"),
            _("%(more)s %(population)s were %(verb)s at a higher rate than %(reference)s %(population)s"),
            _("%(less)s %(population)s were %(verb)s at a lower rate than %(reference)s %(population)s"),
            _(
                "%(more)s %(population)s were %(verb)s at a higher rate than %(reference)s %(population)s, and "
                "%(less)s at a lower one"
            ),
        ),
        "long": (
            _("%(events)s were no longer or shorter for any group than for %(reference)s %(population)s"),
            _("%(events)s were longer for %(more)s than for %(reference)s %(population)s"),
            _("%(events)s were shorter for %(less)s than for %(reference)s %(population)s"),
            _("%(events)s were longer for %(more)s than for %(reference)s %(population)s, and shorter for %(less)s"),
        ),
    }[pattern]
