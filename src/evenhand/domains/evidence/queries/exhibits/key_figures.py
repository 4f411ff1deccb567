"""The four figures at the head of a page, each with its doubt beside it."""

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, rate, times, whole
from evenhand.core.design.parts import KeyFigure
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison

FIVE = 5  # of more groups, not every name stands before "residents"


def key_figures(shown: Shown) -> tuple[KeyFigure, ...]:
    """The ratio, the difference, the excess and the unknown; none where nothing can be compared."""
    answered, lead = shown.answered, shown.lead
    if lead is None or lead.ratio is None:
        return ()
    figures = (_ratio(shown, lead), _difference(answered, lead), _excess(answered, lead))
    return (*figures, _unknown(answered, lead)) if answered.unknown else figures


def _ratio(shown: Shown, lead: Comparison) -> KeyFigure:
    answered = shown.answered
    note = _("Counting %(population)s.")
    said = {"population": _(answered.measure.population), "base": SMALL_BASE, "events": _(answered.measure.events)}
    if shown.nation and (national := shown.nation.row(lead.group)).ratio is not None:
        note = _("Counting %(population)s. England and Wales: %(times)s, range %(range)s.")
        said |= {"times": times(national.ratio), "range": words.interval(national.lower, national.upper)}
    if lead.flag == "small-base":
        note = _("A count under %(base)s: it can change a great deal from year to year.") + " " + note
    term = _("as often as %(reference)s") % {"reference": words.people(answered, answered.reference)}
    doubt = words.likely(words.interval(lead.lower, lead.upper))
    return KeyFigure(times(lead.ratio) + "×", doubt, term, note % said, lead=True)


def _difference(answered: Answered, lead: Comparison) -> KeyFigure:
    value, lower, upper = _upright(lead.difference, lead.difference_lower, lead.difference_upper)
    term = _("more %(events)s for every %(per)s %(group)s")
    if lead.difference != value:
        term = _("fewer %(events)s for every %(per)s %(group)s")
    said = {
        "events": _(answered.measure.events),
        "per": whole(answered.measure.rate_per),
        "group": words.people(answered, lead.group),
        "rate": rate(lead.rate),
        "base": rate(answered.row(answered.reference).rate),
        "reference": words.people(answered, answered.reference),
    }
    note = _("%(rate)s against %(base)s for %(reference)s.")
    return KeyFigure(rate(value), words.likely(between(rate(lower), rate(upper))), term % said, note % said)


def _excess(answered: Answered, lead: Comparison) -> KeyFigure:
    value, lower, upper = _upright(lead.excess, lead.excess_lower, lead.excess_upper)
    term = _("more %(events)s than the %(reference)s rate would give")
    if lead.excess != value:
        term = _("fewer %(events)s than the %(reference)s rate would give")
    said = {"events": _(answered.measure.events), "reference": words.display(answered, answered.reference)}
    note = _("Of %(count)s recorded. One person may be counted more than once.") % {"count": whole(lead.events)}
    return KeyFigure(whole(value), words.likely(between(whole(lower), whole(upper))), term % said, note)


def _upright(value: float | None, lower: float | None, upper: float | None) -> tuple[float | None, ...]:
    """A figure that is told as "more" or, turned round, as "fewer", so that no reader meets a minus first."""
    if value is None or lower is None or upper is None or value >= 0:
        return value, lower, upper
    return -value, -upper, -lower


def _unknown(answered: Answered, lead: Comparison) -> KeyFigure:
    unknown = answered.unknown
    if unknown is None:
        raise ValueError("nothing is known of what is unknown")
    return KeyFigure(
        percent(unknown.share),
        _("%(some)s of %(all)s") % {"some": whole(unknown.events), "all": whole(unknown.of)},
        _("of %(events)s have no ethnicity recorded") % {"events": _(answered.measure.events)},
        words.could_be(lead, answered.bound(lead.group)),
    )
