"""The four figures at the head of a page, each with its doubt beside it."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, rate, times, whole
from evenhand.core.design.parts import KeyFigure
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.panel import Comparison

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
    note = _("%(group)s, counting %(population)s.")
    said = {"group": capfirst(words.people(answered, lead.group)), "population": _(answered.measure.population)}
    if shown.nation and (national := shown.nation.row(lead.group)).ratio is not None:
        note = _("Counting %(population)s. England and Wales: %(times)s, range %(range)s.")
        said |= {"times": times(national.ratio), "range": words.interval(national.lower, national.upper)}
    term = _("as often as %(reference)s") % {"reference": words.people(answered, answered.reference)}
    doubt = words.likely(words.interval(lead.lower, lead.upper))
    return KeyFigure(times(lead.ratio) + "×", doubt, term, note % said, lead=True)


def _difference(answered: Answered, lead: Comparison) -> KeyFigure:
    term = _("more %(events)s for every %(per)s %(group)s %(population)s")
    if answered.groups > FIVE:
        term = _("more %(events)s for every %(per)s %(population)s among %(people)s")
    if (lead.difference or 0) < 0:
        term = _("%(term)s: a minus means fewer") % {"term": term}
    said = {
        "events": _(answered.measure.events),
        "per": whole(answered.measure.rate_per),
        "group": words.display(answered, lead.group),
        "people": words.people(answered, lead.group),
        "population": _(answered.measure.population),
    }
    note = _("%(rate)s against %(base)s for %(reference)s %(population)s.") % {
        **said,
        "rate": rate(lead.rate),
        "base": rate(answered.row(answered.reference).rate),
        "reference": words.display(answered, answered.reference),
    }
    doubt = words.likely(between(rate(lead.difference_lower), rate(lead.difference_upper)))
    return KeyFigure(rate(lead.difference), doubt, term % said, note)


def _excess(answered: Answered, lead: Comparison) -> KeyFigure:
    term = _("%(events)s more than the %(reference)s rate would give")
    if (lead.excess or 0) < 0:
        term = _("%(events)s more than the %(reference)s rate would give: a minus means fewer")
    said = {"events": _(answered.measure.events), "reference": words.display(answered, answered.reference)}
    note = _("Of %(count)s recorded. One person may be counted more than once.") % {"count": whole(lead.events)}
    doubt = words.likely(between(whole(lead.excess_lower), whole(lead.excess_upper)))
    return KeyFigure(whole(lead.excess), doubt, term % said, note)


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
