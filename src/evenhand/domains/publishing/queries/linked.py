"""What a page says of itself to machines: in the words of schema.org, and as the card that others show of it."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from evenhand.core.design.parts import Link
from evenhand.domains.publishing.models import Article, Contents, EvidenceReview, Publication, SupportSource, Writing

TYPES = (
    (Publication, "Report"),
    (EvidenceReview, "Report"),
    (Article, "Article"),
    (Contents, "CollectionPage"),
    (SupportSource, "WebPage"),
)


def linked(page: Writing, url: str, crumbs: list[Link]) -> SafeString:
    """The page and the way to it, fit to stand in an element of data: nothing in it can end that element."""
    graph = [_page(page, url), _way(crumbs, url)]
    said = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    for sign in "<>&":
        said = said.replace(sign, f"\\u{ord(sign):04x}")
    return SafeString(said)  # it has no <, no > and no &


def card_of(page: Writing) -> str:
    """The address of a page's card; another one when what is public of the page has changed."""
    return f"{settings.SITE_URL}{reverse('card', args=[page.pk])}?v={page.live_revision_id or 0}"


def _page(page: Writing, url: str) -> dict[str, Any]:
    body = {"@type": "Organization", "name": settings.BODY or "Evenhand", "url": settings.SITE_URL + "/"}
    said: dict[str, Any] = {
        "@type": next((name for kind, name in TYPES if isinstance(page, kind)), _otherwise(page)),
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.summary,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "image": card_of(page),
        "publisher": body,
    }
    if page.is_dated:
        said |= {"headline": page.title, "datePublished": page.issued_on.isoformat(), "author": body}
        said |= (
            {"creditText": credit} if (credit := getattr(page, "byline", "") or getattr(page, "authors", "")) else {}
        )
    if page.last_published_at:
        said["dateModified"] = page.last_published_at.isoformat()
    if isinstance(page, SupportSource):
        said["about"] = {"@type": "Organization", "name": page.title, "url": page.website}
    corrected = [
        {"@type": "CorrectionComment", "text": one.value["what"], "datePublished": one.value["on"].isoformat()}
        for one in page.corrections
    ]
    return said | ({"correction": corrected} if corrected else {})


def _otherwise(page: Writing) -> str:
    return "Article" if page.is_dated else "WebPage"


def _way(crumbs: list[Link], url: str) -> dict[str, Any]:
    steps = [
        {
            "@type": "ListItem",
            "position": number,
            "name": crumb.name,
            "item": url if crumb.current else settings.SITE_URL + crumb.url,
        }
        for number, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
