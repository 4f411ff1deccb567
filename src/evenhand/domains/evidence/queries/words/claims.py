"""Sentences that stand alone: each says its place and its time, and what it would say where both are said already."""

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, rate, whole
from evenhand.domains.evidence.queries.words.names import display, noun, years
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import Comparison


def dated(sentence: str, answered: Answered) -> str:
    """A sentence with the time that it is of."""
    return _("%(sentence)s, %(period)s") % {"sentence": sentence, "period": years(answered.period)}


def difference_in_short(answered: Answered, row: Comparison) -> str:
    """How many more or fewer, as it stands after the number itself."""
    text = _(
        "more %(events)s for every %(per)s %(group)s %(population)s: %(rate)s, against %(base)s for %(reference)s "
        "%(population)s"
    )
    if (row.difference or 0) < 0:
        text = _(
            "fewer %(events)s for every %(per)s %(group)s %(population)s: %(rate)s, against %(base)s for %(reference)s "
            "%(population)s"
        )
    return text % _difference(answered, row)


def difference_in_words(answered: Answered, row: Comparison) -> str:
    """How many more or fewer of the events there were for every so many of a group, as a whole sentence."""
    text = _(
        "In %(place)s there were %(difference)s more %(events)s for every %(per)s %(group)s %(population)s than for as "
        "many %(reference)s %(population)s: %(rate)s, against %(base)s"
    )
    if (row.difference or 0) < 0:
        text = _(
            "In %(place)s there were %(difference)s fewer %(events)s for every %(per)s %(group)s %(population)s than "
            "for as many %(reference)s %(population)s: %(rate)s, against %(base)s"
        )
    return text % _difference(answered, row)


def not_recorded_in_short(answered: Answered) -> str:
    """What the share of the unknown is of, as it stands after the number itself."""
    return _("of %(events)s have no ethnicity recorded") % {"events": _(answered.measure.events)}


def not_recorded_in_words(answered: Answered) -> str:
    """How much is unknown, as a whole sentence."""
    return _("In %(place)s, %(share)s of %(events)s had no ethnicity recorded") % {
        "place": answered.place.name,
        "share": percent(answered.unknown.share) if answered.unknown else "",
        "events": _(answered.measure.events),
    }


def _difference(answered: Answered, row: Comparison) -> dict[str, str]:
    return {
        "place": answered.place.name,
        "difference": rate(abs(row.difference or 0)),
        "events": _(answered.measure.events),
        "per": whole(answered.measure.rate_per),
        "group": display(answered, row.group),
        "population": noun(answered),
        "rate": rate(row.rate),
        "base": rate(answered.row(answered.reference).rate),
        "reference": display(answered, answered.reference),
    }
