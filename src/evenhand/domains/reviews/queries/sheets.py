"""The record as tables to take away: recommendations, and what was said of them."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Field
from evenhand.core.exports import About, Licence, Sheet
from evenhand.domains.reviews.models import Assessment
from evenhand.domains.reviews.queries.shown import Shown

LICENCE: Final = Licence("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
ASKED: Final = (
    *("key", "review", "number", "numbered", "part_of", "status", "verification", "asked_of", "bodies", "summary"),
    *("quotation", "page", "theme", "topics", "stages", "groups", "places", "measures", "response", "response_on"),
    *("response_note", "last_reported", "last_reported_on", "label", "reason", "newest", "source", "errata", "url"),
)
SAID: Final = (
    *("review", "about", "recommendations", "assessor", "role", "said", "basis", "on", "note", "quotation"),
    *("rationale", "reply", "answers", "source", "state"),
)


def recommendations_sheet(shown: Sequence[Shown], address: str) -> Sheet:
    """One row a recommendation. An unchecked number is there, and said to be unchecked by `verification`."""
    title, said = _("Recommendations, and how they stand"), _("One row a recommendation; summaries are in our words.")
    return Sheet(
        "recommendations", _fields(ASKED), [_asked(one) for one in shown], _about(title, said, address), ("key",)
    )


def assessments_sheet(said: Sequence[Assessment], address: str) -> Sheet:
    """One row a dated claim or assessment."""
    title, words = _("What was said of progress"), _("One row a dated claim: who, in which role, on which basis.")
    return Sheet("assessments", _fields(SAID), [_said(one) for one in said], _about(title, words, address))


def _asked(shown: Shown) -> tuple[str, ...]:
    one = shown.one
    bodies = " ".join(body.slug for body in one.bodies.all())
    return (
        *(one.key, one.review.slug, one.number, one.numbered, one.part_of.key if one.part_of else ""),
        *(one.status, one.verification),
        *(one.addressed_to, bodies, one.summary, one.quotation, one.page, one.theme),
        *(" ".join(words) for words in (one.topics, one.stages, one.groups, one.places)),
        *(one.measures, *shown.answered, one.response_note, one.latest, one.latest_on),
        *(shown.judged.label, shown.why, str(shown.judged.newest or ""), one.url, one.errata),
        settings.SITE_URL + shown.url,
    )


def _said(one: Assessment) -> tuple[str, ...]:
    keys = " ".join(each.key for each in one.recommendations.all())
    return (
        *(one.review.slug, one.about, keys, one.assessor, one.capacity, one.position, one.basis, one.on, one.on_note),
        *(one.quotation, one.rationale, one.reply, "yes" if one.answers else "no", one.url, one.status),
    )


def _fields(names: Sequence[str]) -> tuple[Field, ...]:
    return tuple(Field(name, name.replace("_", " ").capitalize()) for name in names)


def _about(title: str, description: str, address: str) -> About:
    return About(
        title,
        description,
        settings.BODY or "Evenhand",
        LICENCE,
        permalink=settings.SITE_URL + (address or reverse("reviews:progress")),
    )
