"""What is new, as any part of the platform tells it, and as a feed."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from evenhand.core.references import BadReference, Ref, resolve

BORN = "2026"  # of the names in feeds: whoever had the site's address in this year gives them
Words = tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One thing that is new; `key` is its name for ever, `about` the words that it carries, list by list.

    `of` are the things that it is news of: whoever follows one of them is told.
    """

    key: str
    kind: str
    title: str
    summary: str
    url: str
    on: date
    about: Mapping[str, Words] = field(default_factory=dict)
    of: tuple[Ref, ...] = ()

    def carries(self, asked: dict[str, str]) -> bool:
        """Whether it carries every word that is asked for."""
        return all(slug in self.about.get(kind, ()) for kind, slug in asked.items())


@dataclass(frozen=True)
class Stream:
    """A source of what is new: its name, what it tells, and what that depends on."""

    slug: str
    name: Any  # words, in the language of whoever reads
    entries: Callable[[], Iterable[Entry]]
    state: Callable[[], Hashable]


@dataclass(frozen=True)
class Feed:
    """Entries under a title, with the addresses of the feed and of the page that it is of."""

    title: str
    subtitle: str
    page: str
    address: str
    entries: tuple[Entry, ...]


_FOLLOWED: set[str] = set()


def may_be_followed(*kinds: str) -> None:
    """Say of which kinds of things news can be asked for one by one. Called in `web`, which knows who tells of them."""
    _FOLLOWED.update(kinds)


def followed(text: str) -> tuple[Ref, str] | None:
    """The thing that a text names, with its title, if news of it alone can be asked for; None otherwise."""
    try:
        ref = Ref.read(text)
    except BadReference:
        return None
    known = resolve([ref])[ref] if ref.kind in _FOLLOWED else None
    return (ref, known.title) if known and known.url else None


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    made = Atom1Feed(
        title=feed.title,
        link=settings.SITE_URL + feed.page,
        description=feed.subtitle,
        subtitle=feed.subtitle,
        author_name=settings.BODY or "Evenhand",
        feed_url=settings.SITE_URL + feed.address,
        feed_guid=_name("news" + feed.address.partition("?")[2]),
        language=settings.LANGUAGE_CODE,
        feed_copyright=_("Words: CC BY 4.0. Figures: Open Government Licence v3.0."),
    )
    for one in feed.entries:
        made.add_item(
            title=one.title,
            link=settings.SITE_URL + one.url,
            description=one.summary,
            unique_id=_name(one.key),
            pubdate=_midnight(one.on),
            updateddate=_midnight(one.on),
            categories=(one.kind,),
        )
    return str(made.writeString("utf-8"))


def json_feed(feed: Feed) -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": settings.SITE_URL + feed.page,
        "feed_url": settings.SITE_URL + feed.address,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": settings.BODY or "Evenhand", "url": settings.SITE_URL + "/"}],
        "items": [
            {
                "id": _name(one.key),
                "url": settings.SITE_URL + one.url,
                "title": one.title,
                "content_text": one.summary,
                "date_published": _midnight(one.on).isoformat(),
                "tags": [one.kind],
            }
            for one in feed.entries
        ],
    }


def _name(key: str) -> str:
    """A name that stays when the site moves to https or to another port."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{BORN}:{key}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
