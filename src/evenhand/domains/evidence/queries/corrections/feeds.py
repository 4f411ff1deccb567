"""The corrections as feeds: Atom and JSON Feed, with the same entries, the same names and the same days."""

from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from evenhand.domains.evidence.queries.corrections.entries import Entry, entries

BORN = "2026"  # of the names in the feed: whoever had the site's address in this year gives them


def atom() -> str:
    """The feed as Atom."""
    found = entries()
    feed = Atom1Feed(
        title=_title(),
        link=_at("evidence:corrections"),
        description=_subtitle(),
        subtitle=_subtitle(),
        author_name="Evenhand",
        feed_url=_at("evidence:corrections-atom"),
        feed_guid=_name("corrections"),
        language=settings.LANGUAGE_CODE,
        feed_copyright=_("Words: CC BY 4.0. Figures: Open Government Licence v3.0."),
    )
    for one in found:
        feed.add_item(
            title=one.title,
            link=settings.SITE_URL + one.url,
            description=one.summary,
            unique_id=_name(f"corrections/{one.slug}"),
            pubdate=_midnight(one.on),
            updateddate=_midnight(one.on),
            categories=(one.tag,),
        )
    return str(feed.writeString("utf-8"))


def json_feed() -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "description": _subtitle(),
        "home_page_url": _at("evidence:corrections"),
        "feed_url": _at("evidence:corrections-json"),
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": "Evenhand", "url": settings.SITE_URL + "/"}],
        "items": [_item(one) for one in entries()],
    }


def _item(one: Entry) -> dict[str, Any]:
    return {
        "id": _name(f"corrections/{one.slug}"),
        "url": settings.SITE_URL + one.url,
        "title": one.title,
        "content_text": one.summary,
        "date_published": _midnight(one.on).isoformat(),
        "tags": [one.tag],
    }


def _title() -> str:
    return _("Evenhand: corrections and revisions of figures")


def _subtitle() -> str:
    return _("What changed in a published figure after it was released: what it was, what it is, and who noticed.")


def _at(view: str) -> str:
    return settings.SITE_URL + reverse(view)


def _name(path: str) -> str:
    """A name that stays when the site moves to https or to another port."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{BORN}:evidence/{path}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
