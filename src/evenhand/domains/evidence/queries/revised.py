"""What a page that was quoted says when its figures were revised: what they were, what they are, and since when."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import rate, times, whole
from evenhand.core.design.parts import Link, Notice
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ask, catalogue
from evenhand.domains.evidence.queries.corrections.entries import found_revisions
from evenhand.domains.evidence.queries.exhibits.receipts import day
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.compare import Answered
from evenhand.library.datasets.comparison import Comparison

FINE = 3  # decimal places, where one would show no change
MOST = 5  # groups that the notice speaks of one by one


def earlier_release(shown: Shown) -> Notice:
    """The notice over a page of an earlier release."""
    answered = shown.answered
    asked = {"period": answered.period, "groups": str(answered.groups), "reference": answered.reference}
    path = reverse("evidence:place", args=[answered.measure.slug, answered.place.code])
    today = Link(_("See today’s figures"), f"{path}?{urlencode(asked)}")
    text = _("You are looking at an earlier release, as it was quoted. Figures were revised since.")
    return Notice(f"{text} {_what_changed(shown)}", _("An earlier release"), "care", today, _corrections(shown))


def _what_changed(shown: Shown) -> str:
    """Which figures of this page changed: the group that leads it first, then the others, then the unknown."""
    before = shown.answered
    try:
        now = ask(
            before.measure.slug,
            place=before.place.code,
            period=before.period,
            groups=before.groups,
            reference=before.reference,
        ).answer()
    except Refused:
        return _("What is shown here is no longer published.")
    rows = sorted(before.rows, key=lambda row: shown.lead is None or row.group != shown.lead.group)
    told = [said for row in rows if (said := _row(before, row, now.row(row.group)))]
    rest = ""
    if len(told) > MOST:
        rest = _("Figures of %(count)s more groups changed too.") % {"count": whole(len(told) - MOST)}
    sentences = filter(None, (*told[:MOST], rest, _unknown(before, now)))
    return " ".join(sentences) or _("No figure for this place and period is among those that changed.")


def _row(answered: Answered, before: Comparison, now: Comparison) -> str:
    """What became of one group: its ratio if it has one, else its count."""
    said = {"group": words.people(answered, before.group), "events": _(answered.measure.events)}
    if before.ratio != now.ratio and before.ratio is not None and now.ratio is not None:
        ends = times(before.ratio), times(now.ratio)
        if ends[0] == ends[1]:
            ends = rate(before.ratio, FINE), rate(now.ratio, FINE)
        text = _("For %(group)s the ratio was %(before)s and is now %(now)s.")
        return text % {**said, "before": ends[0], "now": ends[1]}
    if before.events != now.events and before.events is not None and now.events is not None:
        text = _("For %(group)s there were %(before)s %(events)s and are now %(now)s.")
        return text % {**said, "before": whole(before.events), "now": whole(now.events)}
    if before == now:
        return ""
    if before.ratio is not None and now.ratio is None:
        text = _("For %(group)s the ratio was %(before)s, and there is none now: %(why)s.")
        return text % {**said, "before": times(before.ratio), "why": words.reason(now.flag)}
    return _("For %(group)s figures changed too.") % said


def _unknown(before: Answered, now: Answered) -> str:
    if before.unknown == now.unknown:
        return ""
    if before.unknown is None or now.unknown is None:
        return _("Whether the number with no ethnicity recorded is published has changed.")
    text = _("With no ethnicity recorded there were %(before)s %(events)s and are now %(now)s.")
    ends = {"before": whole(before.unknown.events), "now": whole(now.unknown.events)}
    return text % {**ends, "events": _(before.measure.events)}


def _corrections(shown: Shown) -> tuple[Link, ...]:
    """The ways to what changed since, for each table that the page was read from."""
    now = shown.question.engine.versions
    made = []
    for dataset, version in sorted(shown.question.versions.items()):
        since = [one for one in found_revisions() if one.dataset == dataset] if version != now[dataset] else []
        for one in since:
            name = _("What changed on %(day)s: %(title)s")
            said = {"day": day(one.on), "title": _(catalogue().loader(dataset).title)}
            made.append(Link(name % said, reverse("evidence:correction", args=[one.slug])))
            if one.old == version:
                break
    return tuple(made)
