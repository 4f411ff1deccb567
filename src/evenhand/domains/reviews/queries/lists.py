"""The page of all reviews, and the list of recommendations that its filters leave."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.design.parts import Link, pages
from evenhand.domains.reviews.models import Body, Review
from evenhand.domains.reviews.queries import filters, words
from evenhand.domains.reviews.queries.due import due_from
from evenhand.domains.reviews.queries.shown import (
    Shown,
    body_url,
    counted,
    recommendations,
    review_url,
    reviews,
    shown_all,
)
from evenhand.domains.reviews.queries.threads import threads
from evenhand.domains.reviews.rules.labels import LABELS

A_PAGE = 20
UNDATED = "9999"  # after everything that has a day


@dataclass(frozen=True)
class Card:
    """A review in the list of all."""

    title: str
    url: str
    by: str
    published: str
    made: str
    said: str


def progress(query: Mapping[str, str], today: dt.date) -> dict[str, Any]:
    """All reviews; or, where something is asked for, the recommendations that are of it."""
    wanted = filters.asked(query)
    every = shown_all(recommendations(), today)
    found = [one for one in every if filters.matches(one, wanted)]
    context: dict[str, Any] = {
        "choosers": filters.choosers(every, wanted),
        "wanted": filters.in_words(wanted),
        "counts": _counts(every),
        "meanings": [(words.LABELS[one], words.TAGS.get(one, ""), words.MEANINGS[one]) for one in LABELS],
        "crumbs": (Link(_("Home"), "/"), Link(_("Progress"), "", current=True)),
        "canonical": settings.SITE_URL + filters.address(wanted),
        "alternates": (),
        "every": reverse("reviews:progress"),
        "takeaway": _files(wanted),
    }
    if wanted:
        listed = Paginator(found, A_PAGE)
        here = listed.get_page(query.get("page"))
        context |= {
            "found": here,
            "number": len(found),
            "pages": pages(here.number, listed.num_pages, f"{filters.address(wanted)}&page="),
        }
    else:
        context |= {"groups": _groups(every), "threads": threads()}
    return context


def bodies_page(today: dt.date) -> dict[str, Any]:
    """Every body that was asked, with how many recommendations, by kind."""
    asks: dict[str, list[Shown]] = {}
    for one in shown_all(recommendations(), today):
        for body in one.one.bodies.all():
            asks.setdefault(body.slug, []).append(one)
    listed = Body.objects.prefetch_related("successors", "predecessors")
    groups = [
        (name, [(body, body_url(body), _asks(asks.get(body.slug, []))) for body in listed if body.kind == kind])
        for kind, name in words.BODY_KINDS.items()
    ]
    return {
        "groups": [(name, some) for name, some in groups if some],
        "crumbs": (*_crumbs(), Link(_("Bodies"), "", current=True)),
        "canonical": settings.SITE_URL + reverse("reviews:bodies"),
        "alternates": (),
    }


def body_page(body: Body, today: dt.date) -> dict[str, Any]:
    """What one body was asked for, and how it stands."""
    shown = shown_all(recommendations().filter(bodies=body), today)
    return {
        "body": body,
        "successors": [Link(one.name, body_url(one)) for one in body.successors.all()],
        "predecessors": [Link(one.name, body_url(one), note=one.ended) for one in body.predecessors.all()],
        "due": due_from(body, today),
        "shown": shown,
        "said": _asks(shown),
        "counts": counted(shown).lines,
        "crumbs": (*_crumbs(), Link(_("Bodies"), reverse("reviews:bodies")), Link(body.name, "", current=True)),
        "canonical": settings.SITE_URL + body_url(body),
        "alternates": (),
        "takeaway": _files({"body": body.slug}),
    }


def _crumbs() -> tuple[Link, ...]:
    return (Link(_("Home"), "/"), Link(_("Progress"), reverse("reviews:progress")))


def _files(wanted: Mapping[str, str]) -> tuple[Link, ...]:
    query = filters.address(wanted).partition("?")[2]
    stem = f"?{query}" if query else ""
    names = (("csv", "CSV"), ("xlsx", _("spreadsheet")), ("json", "JSON"))
    return tuple(Link(name, reverse("reviews:recommendations-file", args=[form]) + stem) for form, name in names)


def _counts(every: list[Shown]) -> dict[str, int]:
    """How many there are, how many were checked, and how many of these are done."""
    counts = counted(every)
    return {
        "all": len(every),
        "checked": len(every) - counts.unchecked,
        "done": counts.done,
        "stalled": counts.labels["stalled"],
        "reviews": len({one.one.review_id for one in every}),
    }


def _groups(every: list[Shown]) -> list[tuple[str, list[Card]]]:
    by_review: dict[int, list[Shown]] = {}
    for one in every:
        by_review.setdefault(one.one.review_id, []).append(one)
    listed = sorted(reviews(), key=lambda one: (one.published or UNDATED, one.slug))
    found = [
        (str(name), [_card(review, by_review.get(review.pk, [])) for review in listed if review.kind in kinds])
        for name, kinds in words.SECTIONS
    ]
    return [(name, cards) for name, cards in found if cards]


def _card(review: Review, shown: list[Shown]) -> Card:
    made = _asks(shown)
    if review.in_all and shown and len(shown) != review.in_all:
        made = _("Held here: %(held)s of %(all)s recommendations") % {"held": len(shown), "all": review.in_all}
    elif review.in_all and not shown:
        made = _("It made %(all)s recommendations: none is held yet") % {"all": review.in_all}
    elif not shown:
        made = _("No recommendation is held one by one")
    said = ", ".join(f"{name}: {number}" for name, number in counted(shown).lines)
    return Card(review.title, review_url(review), review.chair, words.when(review.published), made, said)


def _asks(shown: list[Shown]) -> str:
    number = len(shown)
    return ngettext("%(count)s recommendation", "%(count)s recommendations", number) % {"count": number}
