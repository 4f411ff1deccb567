"""What the page of counterfactuals holds, ready for its template."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import percent, times, whole
from evenhand.core.design.parts import Chooser, Exhibit, KeyFigure, Link, Notice
from evenhand.domains.evidence.queries import citations, words
from evenhand.domains.evidence.queries.counterfactuals import words as said_of
from evenhand.domains.evidence.queries.counterfactuals.exhibits import exhibits
from evenhand.domains.evidence.queries.counterfactuals.shown import Supposed
from evenhand.domains.evidence.queries.exhibits.cells import between
from evenhand.domains.evidence.queries.exhibits.receipts import cited_as
from evenhand.domains.evidence.queries.pages import beside
from evenhand.library.datasets.catalogue import counted
from evenhand.library.datasets.compare import SourceTable
from evenhand.library.datasets.counterfactuals import SWAP, Counterfactual, Line

ASKED = ("measure", "period", "reference")


def counterfactual_page(shown: Supposed, query: QueryDict) -> dict[str, Any]:
    """One measure's questions with their answers, and one stage at a time."""
    answered, first = shown.answered, shown.first
    made = exhibits(shown)
    address = reverse("evidence:counterfactual")
    return {
        "shown": shown,
        "answered": answered,
        "answers": [
            {"change": said_of.fewer_or_more(answer.total.difference), "question": _(answer.scenario.name)}
            for answer in shown.answers
        ],
        "two": len(shown.answers) > 1,
        "events": _(answered.measure.events),
        "message": said_of.message(first, shown.leader),
        "title": shown.name,
        "kicker": _("Counterfactuals: %(measure)s, %(place)s, %(period)s")
        % {
            "measure": _(answered.measure.title),
            "place": answered.place.name,
            "period": words.years(answered.period),
        },
        "lede": _lede(shown),
        "crumbs": [
            Link(_("Home"), "/"),
            Link(_("Evidence"), reverse("evidence:journey")),
            Link(_("Counterfactuals"), "", current=True),
        ],
        "notices": _notices(shown),
        "key_figures": _key_figures(shown),
        "exhibits": made,
        "contents": _contents(made),
        "beside": beside(shown),
        "downloads": [
            (_short_name(exhibit), (*exhibit.receipt.files, cited_as(shown, exhibit.id)))
            for exhibit in made
            if exhibit.receipt
        ],
        "choosers": _choosers(shown, query),
        "caveats": shown.caveats,
        "citation": citations.of_answer(shown).text,
        "citation_links": cited_as(shown, citations.WHOLE).links,
        "permalink": shown.permalink,
        "sources": _sources(shown),
        "json_url": reverse("api:counterfactual") + "?" + urlencode({**shown.asked, "scenario": first.scenario.slug}),
        "canonical": settings.SITE_URL + address,
        "alternates": [],
    }


def _lede(shown: Supposed) -> str:
    if len(shown.answers) > 1:
        return _(
            "A fixed-total swap keeps the number of %(events)s and shares it out like %(population)s. An equal rate "
            "gives every group the rate of %(reference)s, and the number changes. Neither is a forecast, and neither "
            "says why."
        ) % {
            "events": _(shown.answered.measure.events),
            "population": _(shown.answered.measure.population),
            "reference": words.people(shown.answered, shown.answered.reference),
        }
    return _(
        "One stage only: every group has the rate of %(reference)s here, and all that came before stays as recorded. "
        "It is no forecast, and it does not say why."
    ) % {"reference": words.people(shown.answered, shown.answered.reference)}


def _key_figures(shown: Supposed) -> tuple[KeyFigure, ...]:
    if len(shown.answers) > 1:
        made = [*(_total(answer) for answer in shown.answers), _lead_of_both(shown)]
    else:
        made = [_lead(shown.first, shown.leader), _ratio(shown)]
    return tuple(one for one in (*made, _unknown(shown)) if one)


def _total(answer: Counterfactual) -> KeyFigure | None:
    total, answered = answer.total, answer.answered
    if total.difference is None:
        return None
    said = {
        "others": said_of.others(answer),
        "verb": _(answered.measure.verb),
        "question": _(answer.scenario.name).lower(),
        "all": whole(answer.events),
        "after": whole((answer.events or 0) - total.difference),
        "events": _(answered.measure.events),
    }
    fewer = total.difference >= 0
    if answer.scenario is SWAP:
        term = _("fewer %(others)s %(verb)s, by a %(question)s") if fewer else _("more %(others)s %(verb)s, by a swap")
        note = _("The total stays at %(all)s.")
    else:
        term = _("fewer people %(verb)s, by an %(question)s")
        if not fewer:
            term = _("more people %(verb)s, by an %(question)s")
        note = _("The total goes from %(all)s to %(after)s.")
    return KeyFigure(
        said_of.counted(total.difference),
        said_of.likely(total),
        term % said,
        note % said,
        lead=answer.scenario is SWAP,
    )


def _lead_of_both(shown: Supposed) -> KeyFigure | None:
    first, second = (answer.line(shown.leader.group) for answer in shown.answers[:2])
    if first.difference is None or second.difference is None:
        return None
    said = {
        "group": words.people(shown.answered, first.group),
        "verb": _(shown.answered.measure.verb),
        "other": said_of.fewer_or_more(second.difference),
        "range": said_of.likely(second),
        "question": _(shown.answers[1].scenario.name).lower(),
    }
    term = _("fewer %(group)s %(verb)s, by the swap") if first.difference >= 0 else _("more %(group)s, by the swap")
    note = _("By the %(question)s: %(other)s, %(range)s.")
    return KeyFigure(said_of.counted(first.difference), said_of.likely(first), term % said, note % said)


def _lead(answer: Counterfactual, line: Line) -> KeyFigure | None:
    if line.difference is None:
        return None
    answered = answer.answered
    said = {
        "events": _(answered.measure.events),
        "group": words.people(answered, line.group),
        "reference": words.people(answered, answered.reference),
        "count": whole(line.events),
    }
    fewer = line.difference >= 0
    term = _("fewer %(events)s of %(group)s, at the rate of %(reference)s")
    if not fewer:
        term = _("more %(events)s of %(group)s, at the rate of %(reference)s")
    note = _("Of %(count)s recorded.")
    return KeyFigure(said_of.counted(line.difference), said_of.likely(line), term % said, note % said, lead=True)


def _ratio(shown: Supposed) -> KeyFigure | None:
    row = shown.answered.row(shown.leader.group)
    if row.ratio is None:
        return None
    term = _("as often as %(reference)s") % {"reference": words.people(shown.answered, shown.answered.reference)}
    note = _("Counting %(population)s.") % {"population": _(shown.answered.measure.population)}
    return KeyFigure(times(row.ratio) + "×", words.likely(words.interval(row.lower, row.upper)), term, note)


def _unknown(shown: Supposed) -> KeyFigure | None:
    unknown = shown.answered.unknown
    if unknown is None:
        return None
    told = [
        _("%(figure)s could be %(range)s")
        % {
            "figure": said_of.counted(answer.total.difference),
            "range": between(*(said_of.counted(end) for end in (answer.total_extent.lower, answer.total_extent.upper))),
        }
        for answer in shown.answers
        if answer.total_extent and answer.total_extent.lower > 0 and len(shown.answers) > 1
    ]
    note = _("Shared out in any way: %(told)s.") % {"told": words.listed(told)} if told else ""
    return KeyFigure(
        percent(unknown.share),
        _("%(some)s of %(all)s") % {"some": whole(unknown.events), "all": whole(unknown.of)},
        _("of %(events)s have no ethnicity recorded") % {"events": _(shown.answered.measure.events)},
        note,
    )


def _contents(made: tuple[Exhibit, ...]) -> Chooser:
    links = tuple(Link(_short_name(exhibit), f"#{exhibit.id}") for exhibit in made)
    return Chooser(_("On this page"), (*links, Link(_("Before you quote"), "#quote")))


def _short_name(exhibit: Exhibit) -> str:
    return {
        "swap": _("Fixed-total swap"),
        "equal-rate": _("Equal rate"),
        "one-stage": _("One stage only"),
        "inputs": _("What goes in"),
        "not-recorded": _("Not recorded"),
        "side-by-side": _("Beside the Lammy Review"),
        "stages": _("One stage at a time"),
        "no-open-count": _("No open count"),
    }[exhibit.id]


def _choosers(shown: Supposed, query: QueryDict) -> list[Chooser]:
    """Plain links to the same page for other measures, periods and references."""
    answered = shown.answered
    address = reverse("evidence:counterfactual")

    def link(name: str, current: bool, **change: str) -> Link:  # noqa: FBT001
        asked = {name: query.get(name, "") for name in ASKED} | change
        asked = {name: value for name, value in asked.items() if value}
        return Link(name, f"{address}?{urlencode(asked)}" if asked else address, current=current)

    measures = tuple(
        link(_(one.title), one == answered.measure, measure=one.slug, period="", reference="")
        for one in reversed(counted().measures)
    )
    periods = tuple(link(one, one == answered.period, period=one) for one in shown.question.periods)
    references = tuple(
        link(words.display(answered, one), one == answered.reference, reference=one)
        for one in shown.question.detail.references
    )
    made = (
        Chooser(_("What is counted"), measures),
        Chooser(words.of_years(shown.question.periods), periods),
        Chooser(_("Compare with"), references),
    )
    return [chooser for chooser in made if len(chooser.options) > 1]


def _notices(shown: Supposed) -> list[Notice]:
    notices = []
    if not shown.first.current:
        asked = {name: value for name, value in shown.asked.items() if name != "release"}
        today = f"{reverse('evidence:counterfactual')}?{urlencode(asked)}"
        text = _("You are looking at an earlier release, as it was quoted. Figures were revised since.")
        notices.append(Notice(text, _("An earlier release"), "care", Link(_("See today’s figures"), today)))
    notices += [Notice(_(note)) for note in shown.answered.notes]
    return notices


def _sources(shown: Supposed) -> tuple[SourceTable, ...]:
    """The published tables behind everything on the page, those of the measure first."""
    of_stages = (source for answer in shown.stages for source in answer.answered.sources)
    return tuple(dict.fromkeys((*shown.answered.sources, *of_stages)))
