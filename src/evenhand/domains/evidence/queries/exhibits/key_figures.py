"""The four figures at the head of a page, each with its doubt beside it."""

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, rate, times, whole
from evenhand.core.design.parts import KeyFigure
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison

FIVE = 5  # of more groups, not every name stands before "residents"


def key_figures(shown: Shown) -> tuple[KeyFigure, ...]:
    """The ratio, the difference, the excess and the unknown; none where nothing can be compared."""
    answered, lead = shown.answered, shown.lead
    figures: list[KeyFigure | None] = []
    if lead and answered.kind == "shares":
        figures = [_share(shown, lead), _count(shown, lead)]
    elif lead and lead.ratio is not None:
        figures = [_ratio(shown, lead), _difference(shown, lead), _excess(shown, lead)]
    if not figures or lead is None:
        return ()
    unknown = [_unknown(shown, lead)] if answered.unknown and answered.unknown.events else []
    return tuple(one for one in (*figures, *unknown) if one)


def _share(shown: Shown, lead: Comparison) -> KeyFigure:
    answered, origin = shown.answered, shown.origin("rate", lead.group)
    term = _("of %(events)s were recorded as %(group)s")
    note = _("Of those whose group is known.") if lead.events is not None else _("As published; no counts are given.")
    said = {"events": _(answered.measure.events), "group": words.named(answered, lead.group)}
    return KeyFigure(words.share(lead), _("no likely range"), term % said, note, lead=True, origin=origin)


def _count(shown: Shown, lead: Comparison) -> KeyFigure | None:
    if lead.events is None or not lead.population:
        return None
    answered, origin = shown.answered, shown.origin("events", lead.group)
    term = _("were recorded as %(group)s") % {"group": words.named(answered, lead.group)}
    said = {"all": whole(lead.population), "population": _(answered.measure.population)}
    note = _("Out of all %(population)s.") % said
    return KeyFigure(whole(lead.events), _("of %(all)s") % said, term, note, origin=origin)


def _ratio(shown: Shown, lead: Comparison) -> KeyFigure:
    answered = shown.answered
    note = _("Counting %(population)s.") if lead.lower is not None else _("As published, without counts.")
    said = {"population": _(answered.measure.population), "base": SMALL_BASE, "events": _(answered.measure.events)}
    if shown.nation and (national := shown.nation.row(lead.group)).ratio is not None:
        note = _("Counting %(population)s. England and Wales: %(times)s, range %(range)s.")
        said |= {"times": times(national.ratio), "range": words.interval(national.lower, national.upper)}
    if lead.flag == "small-base":
        note = _("A count under %(base)s: it can change a great deal from year to year.") + " " + note
    if lead.ratio and lead.ratio < 1 and times(lead.ratio) != words.PARITY and (lead.clear or lead.lower is None):
        note += " " + _("Told the other way round: %(reference)s, %(turned)s times %(group)s.")
        said |= {
            "turned": times(1 / lead.ratio),
            "group": words.named(answered, lead.group),
            "reference": words.named(answered, answered.reference),
        }
    term = {
        "often": _("as often as %(reference)s"),
        "rate": _("the rate of %(reference)s"),
        "long": _("as long, on average, as for %(reference)s"),
    }[answered.measure.pattern] % {"reference": words.people(answered, answered.reference)}
    doubt = words.likely(words.interval(lead.lower, lead.upper))
    origin = shown.origin("ratio", lead.group)
    return KeyFigure(times(lead.ratio) + "×", doubt, term, note % said, lead=True, origin=origin)


def _difference(shown: Shown, lead: Comparison) -> KeyFigure | None:
    if lead.difference is None:
        return None
    answered, origin = shown.answered, shown.origin("difference", lead.group)
    value, lower, upper = _upright(lead.difference, lead.difference_lower, lead.difference_upper)
    term = _("more %(events)s for every %(per)s %(group)s")
    if lead.difference != value:
        term = _("fewer %(events)s for every %(per)s %(group)s")
    said = {
        "events": _(answered.measure.events),
        "per": whole(answered.measure.rate_per),
        "group": words.people(answered, lead.group),
        "rate": words.level(answered, lead.rate),
        "base": words.level(answered, answered.row(answered.reference).rate),
        "reference": words.people(answered, answered.reference),
    }
    note = _("%(rate)s against %(base)s for %(reference)s.")
    if lead.difference_lower is None:
        # Published rates differ by their own unit, such as months or percent, and have no range.
        term = _("more: %(unit)s") if lead.difference == value else _("fewer: %(unit)s")
        term %= {"unit": _(answered.measure.unit)}
        return KeyFigure(f"{value:.3g}", words.likely(""), term, note % said, origin=origin)
    doubt = words.likely(between(rate(lower), rate(upper)))
    return KeyFigure(rate(value), doubt, term % said, note % said, origin=origin)


def _excess(shown: Shown, lead: Comparison) -> KeyFigure | None:
    if lead.excess is None:
        return None
    answered, origin = shown.answered, shown.origin("excess", lead.group)
    value, lower, upper = _upright(lead.excess, lead.excess_lower, lead.excess_upper)
    term = _("more %(events)s than the %(reference)s rate would give")
    if lead.excess != value:
        term = _("fewer %(events)s than the %(reference)s rate would give")
    said = {"events": _(answered.measure.events), "reference": words.display(answered, answered.reference)}
    note = _("Of %(count)s recorded.") % {"count": whole(lead.events)}
    if answered.counts_what == "events":
        note += " " + _("One person may be counted more than once.")
    doubt = words.likely(between(whole(lower), whole(upper)))
    return KeyFigure(whole(value), doubt, term % said, note, origin=origin)


def _upright(value: float | None, lower: float | None, upper: float | None) -> tuple[float | None, ...]:
    """A figure that is told as "more" or, turned round, as "fewer", so that no reader meets a minus first."""
    if value is None or value >= 0:
        return value, lower, upper
    return -value, None if upper is None else -upper, None if lower is None else -lower


def _unknown(shown: Shown, lead: Comparison) -> KeyFigure:
    answered, unknown = shown.answered, shown.answered.unknown
    if unknown is None:
        raise ValueError("nothing is known of what is unknown")
    return KeyFigure(
        percent(unknown.share),
        _("%(some)s of %(all)s") % {"some": whole(unknown.events), "all": whole(unknown.of)},
        _("of %(events)s have no ethnicity recorded") % {"events": _(answered.measure.events)},
        words.could_be(lead, answered.bound(lead.group)),
        origin=shown.origin("unknown-share"),
    )
