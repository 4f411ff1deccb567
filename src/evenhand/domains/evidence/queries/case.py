"""The case in five real numbers, each with its interval, its source and a way to the whole answer."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, rate, times, whole
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.domains.evidence.queries.exhibits.groups import groups
from evenhand.domains.evidence.queries.pages import place_options
from evenhand.domains.evidence.queries.shown import shown_for
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import Comparison
from evenhand.library.statistics import proportion


@dataclass(frozen=True)
class Number:
    """One figure of the case: what it is, how sure it is, and where it comes from."""

    figure: str
    doubt: str
    sentence: str
    source: str
    url: str


def case() -> dict[str, Any]:
    """The five numbers, the first of them drawn, and the places to go on to."""
    search = ask("stop-and-search")
    shown = shown_for(search)
    searched = shown.answered
    arrested = ask("arrests").answer()
    detailed = ask("arrests", groups=19).answer()
    travellers = ask("stop-and-search", groups=19).answer()
    lead = searched.row("Black")
    return {
        "numbers": (
            _ratio(searched, lead),
            _difference(searched, lead),
            _ratio(arrested, arrested.row("Black")),
            _ratio(travellers, travellers.row("Gypsy or Irish Traveller")),
            _ratio(detailed, detailed.row("White and Black Caribbean")),
        ),
        "unknown": _unknown(searched),
        "searched": searched,
        "exhibit": groups(shown),
        "place_options": place_options(search.detail, searched.place),
        "places_of": reverse("evidence:measure", args=[searched.measure.slug]),
    }


def _ratio(answered: Answered, row: Comparison) -> Number:
    said = {
        "group": words.people(answered, row.group),
        "verb": _(answered.measure.verb),
        "times": times(row.ratio),
        "reference": words.people(answered, answered.reference),
    }
    return Number(
        times(row.ratio) + "×",
        words.likely(words.interval(row.lower, row.upper)),
        _("%(group)s were %(verb)s %(times)s times as often as %(reference)s") % said,
        _source(answered),
        _url(answered, row.group),
    )


def _difference(answered: Answered, row: Comparison) -> Number:
    base = answered.row(answered.reference)
    said = {
        "events": _(answered.measure.events),
        "per": whole(answered.measure.rate_per),
        "group": words.display(answered, row.group),
        "population": _(answered.measure.population),
        "rate": rate(row.rate),
        "base": rate(base.rate),
        "reference": words.display(answered, answered.reference),
    }
    sentence = _(
        "more %(events)s for every %(per)s %(group)s %(population)s: %(rate)s, against %(base)s for %(reference)s "
        "%(population)s"
    )
    return Number(
        rate(row.difference),
        words.likely(between(rate(row.difference_lower), rate(row.difference_upper))),
        sentence % said,
        _source(answered),
        _url(answered, row.group),
    )


def _unknown(answered: Answered) -> Number | None:
    if answered.unknown is None:
        return None
    found = proportion(answered.unknown.events, answered.unknown.of)
    return Number(
        percent(answered.unknown.share),
        words.likely(between(percent(float(found.lower)), percent(float(found.upper)))),
        _("of %(events)s have no ethnicity recorded") % {"events": _(answered.measure.events)},
        _source(answered),
        _url(answered, "") + "#not-recorded",
    )


def _source(answered: Answered) -> str:
    publishers = dict.fromkeys(source.publisher for source in answered.sources)
    return f"{'; '.join(publishers)}, {answered.period}"


def _url(answered: Answered, group: str) -> str:
    asked = {"groups": str(answered.groups)} if answered.groups > 5 else {}  # noqa: PLR2004
    if group:
        asked["group"] = group
    path = reverse("evidence:measure", args=[answered.measure.slug])
    return f"{path}?{urlencode(asked)}" if asked else path
