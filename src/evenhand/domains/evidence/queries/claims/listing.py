"""Every claim in one list, speaker by speaker, as a page and as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Link
from evenhand.domains.evidence.queries.answers import ANSWERING
from evenhand.domains.evidence.queries.claims import filters, ours, sentences
from evenhand.domains.evidence.queries.claims.ours import OurClaim
from evenhand.domains.evidence.queries.claims.records import own_record, record
from evenhand.library.datasets.claims.agreement import AGREEMENTS, Agreement, Check, check
from evenhand.library.datasets.claims.quotations import quotations

Page = dict[str, Any]
TAGS: Mapping[Agreement, str] = {"agrees": "tag--good", "alike": "", "differs": "tag--care", "none": ""}


@dataclass(frozen=True)
class Card:
    """One claim in a list: its words, and what stands beside it."""

    slug: str
    heading: str
    text: str
    tag: str = ""
    tag_class: str = ""


@dataclass(frozen=True)
class Section:
    """The claims of one speaker."""

    slug: str
    heading: str
    cards: tuple[Card, ...]


def claims_page(query: QueryDict) -> Page:
    """Every claim that the filters let through; Refused for a filter that names nothing."""
    checks, own = checked(), ours.claims()
    asked = filters.asked_of(query, checks, own)
    kept = [one for one in checks if filters.holds(asked, one)]
    kept_own = tuple(_own_card(one) for one in own if filters.holds_own(asked, one))
    sections = [Section(ours.SPEAKER, _("Evenhand, from what is released now"), kept_own)] if kept_own else []
    for speaker in dict.fromkeys(one.quotation.speaker for one in kept):
        cards = tuple(_card(one) for one in kept if one.quotation.speaker == speaker)
        sections.append(Section(speaker.slug, sentences.speaker(speaker), cards))
    return {
        "sections": sections,
        "shown": len(kept) + len(kept_own),
        "all": len(checks) + len(own),
        "choosers": list(filters.choosers(asked, checks, own)),
        "meanings": [(sentences.tag(one), TAGS[one], sentences.meaning(one)) for one in AGREEMENTS],
        "json_url": filters.address(asked, "claims-json"),
        "canonical": settings.SITE_URL + reverse("evidence:claims"),
        "crumbs": [Link(_("Home"), "/"), Link(_("Evidence"), reverse("evidence:journey")), Link(_("Claims"), "")],
    }


def claims_json(query: QueryDict) -> Page:
    """Every claim that the filters let through, as data."""
    checks, own = checked(), ours.claims()
    asked = filters.asked_of(query, checks, own)
    records = [own_record(one) for one in own if filters.holds_own(asked, one)]
    return {"claims": records + [record(one) for one in checks if filters.holds(asked, one)]}


def checked() -> tuple[Check, ...]:
    """Every claim of somebody else beside our figure as released now."""
    engine = ANSWERING.engine()
    return tuple(check(one, engine) for one in quotations())


def slugs() -> list[str]:
    """The name of every claim in the list."""
    return [*(one.slug for one in ours.claims()), *(one.slug for one in quotations())]


def _own_card(claim: OurClaim) -> Card:
    said = {"doubt": claim.doubt, "source": claim.source}
    text = _("%(doubt)s. Source: %(source)s.") if claim.doubt else _("Source: %(source)s.")
    text = text % said
    return Card(claim.slug, claim.sentence, text[:1].upper() + text[1:])


def _card(check: Check) -> Card:
    tag = sentences.tag(check.agreement)
    quote = sentences.quote(check.quotation)
    when = _("Period: %(when)s.") % {"when": sentences.when(check.quotation)} if sentences.when(check.quotation) else ""
    text = " ".join(filter(None, (when, sentences.verdict(check))))
    return Card(check.quotation.slug, quote, text, tag, TAGS[check.agreement])
