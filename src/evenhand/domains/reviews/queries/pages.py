"""The pages of one review and of one recommendation."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.days import last_day
from evenhand.core.design.parts import Exhibit, Link, Notice
from evenhand.core.moving import Moment, moved
from evenhand.core.references import Ref
from evenhand.core.terms import name_of
from evenhand.domains.reviews.lifecycle.assessments import ASSESSMENT, PUBLIC
from evenhand.domains.reviews.lifecycle.determinations import ASKED as PANEL_ASKED
from evenhand.domains.reviews.lifecycle.determinations import DETERMINATION, STOOD
from evenhand.domains.reviews.lifecycle.recommendations import RECOMMENDATION
from evenhand.domains.reviews.models import Assessment, Determination, Recommendation, Review
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.citations import citation_of
from evenhand.domains.reviews.queries.clocks import clocks_of
from evenhand.domains.reviews.queries.evidence import used_of
from evenhand.domains.reviews.queries.glance import glance
from evenhand.domains.reviews.queries.shown import (
    Shown,
    position_in_words,
    recommendations,
    review_url,
    shown_all,
    shown_of,
)
from evenhand.domains.reviews.queries.threads import threads
from evenhand.domains.reviews.queries.totals import totals_of
from evenhand.domains.reviews.rules.labels import ASKED

YEAR = len("2017")
Pair = tuple[str, str, Link | None]


def said_publicly(review: Review) -> list[Assessment]:
    """Everything that was published of a review and its recommendations, the newest first."""
    return list(review.assessments.filter(status__in=PUBLIC).prefetch_related("recommendations"))


def review_page(review: Review, today: dt.date) -> dict[str, Any]:
    """A review at a glance, the totals that others count, and each recommendation."""
    shown = shown_all(recommendations().filter(review=review), today)
    said = said_publicly(review)
    title = _("%(review)s: how each recommendation stands") % {"review": review.title}
    feeds = _feeds(review)
    return {
        "review": review,
        "shown": shown,
        "kind": words.KINDS.get(review.kind, ""),
        "published": words.when(review.published) if review.published else "",
        "answered": words.when(review.answered) if review.answered else "",
        "standing_on": words.when(review.standing_on) if review.standing_on else "",
        "unchecked": sum(not one.one.checked for one in shown),
        "missing": (review.in_all or 0) - len(shown) if shown else 0,
        "glance": glance(shown, name="glance", title=title),
        "totals": totals_of(review, said),
        "whole": [_told(one) for one in said if not one.recommendations.all()],
        "threads": threads(one.one for one in shown) if shown else [],
        "citation": citation_of(review),
        "cites": _cites(review_url(review)),
        "feeds": feeds,
        "alternates": feeds,
        "files": _files(review),
        "follow": reverse("alerts") + _topics([topic for one in shown for topic in one.one.topics]),
        "follow_it": follow(review.ref),
        "crumbs": (*_crumbs(), Link(review.short, "", current=True)),
        "canonical": settings.SITE_URL + review_url(review),
    }


def recommendation_page(one: Recommendation, today: dt.date) -> dict[str, Any]:
    """What was asked of whom, what was answered, who says what now, and on what."""
    shown = shown_of(one, today)
    others = [_told(each) for each in said_publicly(one.review) if not each.recommendations.all() and not each.ours]
    return {
        "shown": shown,
        "one": one,
        "review": one.review,
        "review_url": review_url(one.review),
        "notices": tuple(_notices(one)),
        "state": RECOMMENDATION.state(one.status).label,
        "about": _about(one),
        "response_note": one.response_note,
        "answers": _answers(shown),
        "due": [*clocks_of([one.ref], today)[one.ref]],
        "askings": one.askings.filter(status="published"),
        "latest": _dated(one.latest, one.latest_on, one.latest_note),
        "moved": _moved(one, shown.said),
        "history": [_told(each) for each in shown.said],
        "panels": [_panel(each) for each in shown.determinations],
        "whole": others,
        "parts": shown_all(recommendations().filter(part_of=one), today),
        "whole_of": shown_of(one.part_of, today) if one.part_of else None,
        "threads": threads([one]),
        "evidence": used_of(one.ref),
        "further": one.further.split(),
        "around": _around(one),
        "citation": citation_of(one),
        "cites": _cites(shown.url),
        "embed": settings.SITE_URL + reverse("reviews:embed", args=[one.review.slug, one.slug]),
        "json": reverse("api:progress_recommendation", args=[one.key]),
        "follow": reverse("alerts") + _topics(one.topics),
        "follow_it": follow(one.ref),
        "alternates": _feeds(one.review),
        "crumbs": (*_crumbs(), Link(one.review.short, review_url(one.review)), Link(shown.title, "", current=True)),
        "canonical": settings.SITE_URL + shown.url,
    }


def _answers(shown: Shown) -> list[dict[str, Any]]:
    """Every answer that is held, the newest first; the last is the one that came with the record, if any did."""
    found = [
        {"who": each.assessor, "words": each.rationale, "on": words.when(each.on, each.on_note), "url": each.url}
        for each in shown.answers
    ]
    one = shown.one
    if one.response:
        dated = one.response_on or one.response_note
        on = words.when(one.response_on, one.response_note) if dated else ""
        found.append({"who": "", "words": one.response, "on": on, "url": ""})
    return found


def follow(of: Ref) -> str:
    """Where somebody asks to be told by e-mail of what is new of one thing."""
    return f"{reverse('alerts')}?{urlencode({'of': str(of)})}"


def _moved(one: Recommendation, said: Sequence[Assessment]) -> list[Exhibit]:
    """The measures that it is about, through the years, with the days on which it was asked, promised and done."""
    moments = list(_moments(one, said))
    shown = [moved(Ref.read(f"evidence.measure:{name}"), moments) for name in one.measures.split()]
    return [exhibit for exhibit in shown if exhibit]


def _moments(one: Recommendation, said: Sequence[Assessment]) -> Iterator[Moment]:
    """Days that are known at least to the month; of one of which only the year is known, nothing is drawn."""
    known = [
        (one.review.published, _("asked, in %(review)s") % {"review": one.review.short}),
        (one.response_on if one.was_answered else "", _("answered")),
    ]
    known += [(each.on, _("answered")) for each in said if each.answers and each.status == "published"]
    known += [
        (each.on, f"{each.assessor}: {position_in_words(each)}")
        for each in said
        if each.capacity == ASKED and each.status == "published" and not each.of_several
    ]
    for text, words_ in dict.fromkeys(known):
        day = last_day(text) if len(text) > YEAR else None
        if day:
            yield Moment(day, words_)


def _told(one: Assessment) -> dict[str, Any]:
    """One thing that was said, as the history shows it."""
    return {
        "who": _("We, Evenhand") if one.ours else one.assessor,
        "role": words.CAPACITIES.get(one.capacity, ""),
        "what": position_in_words(one),
        "basis": words.BASES.get(one.basis, ""),
        "on": words.when(one.on, one.on_note),
        "about": one.about,
        "many": one.of_several,
        "rationale": one.rationale,
        "quotation": one.quotation,
        "reply": one.reply,
        "replied_on": one.replied_on,
        "note": one.note,
        "url": one.url,
        "further": one.further.split(),
        "state": "" if one.status == "published" else ASSESSMENT.state(one.status).label,
    }


def _panel(one: Determination) -> dict[str, Any]:
    """What a panel was asked; what it determined, once that is published."""
    stood = one.status in STOOD
    state = DETERMINATION.state("asked" if one.status in PANEL_ASKED else one.status).label
    return {
        "one": one,
        "stood": stood,
        "state": "" if one.status == "published" else state,
        "label": words.LABELS.get(one.label, "") if stood else "",
        "tag": words.TAGS.get(one.label, ""),
    }


def _notices(one: Recommendation) -> list[Notice]:
    found = []
    if one.status == "withdrawn":
        found.append(Notice(_("This recommendation was withdrawn from the record. Its address stays."), kind="care"))
    if not one.checked:
        found.append(
            Notice(
                _(
                    "Its number or wording has not been checked against the report. It is not counted as published, "
                    "and what stands here is not the report’s own words. If you have the report, tell us what it says."
                ),
                _("Not yet checked"),
                "care",
                Link(_("Send what you know"), f"{reverse('reviews:evidence')}?{urlencode({'about': str(one.ref)})}"),
            )
        )
    if one.errata:
        found.append(Notice(one.errata, _("A mistake in a source")))
    return found


def _about(one: Recommendation) -> list[Pair]:
    verification = str(words.VERIFICATIONS.get(one.verification, one.verification))
    pairs = [
        (_("Asked of"), one.addressed_to),
        (_("Theme"), one.theme),
        (_("Chapter"), one.chapter),
        (_("Page"), one.page),
        (_("Note on the number"), one.number_note),
        (_("Where in the source"), one.where),
        (_("How far it was checked"), verification[:1].upper() + verification[1:]),
        (_("How it was seen"), one.seen[:1].upper() + one.seen[1:]),
        (_("Note"), one.notes),
    ]
    return [(name, text, None) for name, text in pairs if text]


def _around(one: Recommendation) -> list[tuple[str, list[Link]]]:
    """The pages of the stages, groups, places and topics that it is about."""
    kinds = (
        (_("Stages"), "stage", "stages", one.stages),
        (_("Groups"), "group", "groups", one.groups),
        (_("Places"), "place", "places", one.places),
        (_("Topics"), "topic", "topics", one.topics),
    )
    return [
        (heading, [Link(name_of(kind, slug), reverse(view, args=[slug])) for slug in slugs])
        for heading, view, kind, slugs in kinds
        if slugs
    ]


def _dated(text: str, on: str, note: str) -> tuple[str, str] | None:
    return (text, words.when(on, note) if on or note else "") if text else None


def _cites(url: str) -> tuple[Link, ...]:
    forms = (("txt", _("text")), ("bib", "BibTeX"), ("csl.json", "CSL-JSON"))
    return tuple(Link(name, f"{url}cite.{form}") for form, name in forms)


def _feeds(review: Review) -> tuple[Link, ...]:
    return (
        Link(_("Atom feed"), reverse("reviews:atom", args=[review.slug]), note="application/atom+xml"),
        Link(_("JSON feed"), reverse("reviews:json-feed", args=[review.slug]), note="application/feed+json"),
    )


def _files(review: Review) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    query = f"?review={review.slug}"
    sheets = ((_("Recommendations"), "reviews:recommendations-file"), (_("What was said"), "reviews:assessments-file"))
    names = (("csv", "CSV"), ("xlsx", _("spreadsheet")), ("json", "JSON"))
    return tuple(
        (heading, tuple(Link(name, reverse(view, args=[form]) + query) for form, name in names))
        for heading, view in sheets
    )


def _topics(topics: Sequence[str]) -> str:
    chosen = "&".join(f"topic={topic}" for topic in dict.fromkeys(topics))
    return f"?{chosen}" if chosen else ""


def _crumbs() -> tuple[Link, ...]:
    return (Link(_("Home"), "/"), Link(_("Progress"), reverse("reviews:progress")))
