"""Reading a feed that somebody else wrote: RSS 2.0 or Atom, whatever stands in it, as plain words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

ATOM = "{http://www.w3.org/2005/Atom}"
MOST, LONGEST, LONGEST_URL = 20, 400, 500
TAGS, ENDS, CONTROLS = (
    re.compile(r"<[^>]*>"),
    re.compile(r"<(?:/p|/li|br)\b[^>]*>"),
    re.compile(r"[\x00-\x1f\x7f-\x9f]+"),
)


class Unreadable(ValueError):
    """What came is no feed."""


@dataclass(frozen=True)
class Post:
    """One post of a feed."""

    words: str
    url: str
    posted_at: datetime


def read(content: bytes) -> tuple[Post, ...]:
    """The newest posts, without those of no day, words or address; Unreadable where it is neither RSS nor Atom."""
    root = _tree(content)
    if root.tag == f"{ATOM}feed":
        found = [_atom(one) for one in root.iter(f"{ATOM}entry")]
    elif root.tag == "rss":
        found = [_rss(one) for one in root.iter("item")]
    else:
        raise Unreadable("it is neither RSS nor Atom")
    posts = [one for one in found if one]
    return tuple(sorted(posts, key=lambda one: one.posted_at, reverse=True)[:MOST])


def _tree(content: bytes) -> Element:
    """The document; nothing is read that it declares of itself, so that it cannot swell or lead elsewhere."""
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")

    def refuse(*_said: Any) -> None:
        raise Unreadable("it declares a type of its own, which no feed needs")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, said: builder.start(_spelt(name), said)
    parser.EndElementHandler = lambda name: builder.end(_spelt(name))
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(content, True)
        root: Element = builder.close()
    except (expat.ExpatError, LookupError, AssertionError) as fault:
        raise Unreadable(f"it cannot be read ({fault})") from None
    return root


def _spelt(name: str) -> str:
    """A name as the tree spells it, with the space that it is of in braces."""
    return "{" + name if "}" in name else name


def _atom(entry: Element) -> Post | None:
    said = (_text(entry, f"{ATOM}{name}") for name in ("title", "summary", "content"))
    url = next(
        (one.get("href", "") for one in entry.iter(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"), ""
    )
    day = _text(entry, f"{ATOM}published") or _text(entry, f"{ATOM}updated")
    try:
        moment = datetime.fromisoformat(day.strip())
    except ValueError:
        return None
    return _post(said, url, moment)


def _rss(item: Element) -> Post | None:
    try:
        moment = parsedate_to_datetime(_text(item, "pubDate"))
    except ValueError:
        return None
    return _post((_text(item, name) for name in ("title", "description")), _text(item, "link"), moment)


def _text(within: Element, name: str) -> str:
    found = within.find(name)
    return "".join(found.itertext()) if found is not None else ""


def _post(said: Iterator[str], url: str, moment: datetime) -> Post | None:
    words = next((plain for one in said if (plain := _plain(one))), "")
    url = url.strip()
    try:
        sound = urlsplit(url).scheme == "https" and bool(urlsplit(url).hostname) and len(url) <= LONGEST_URL
    except ValueError:
        return None
    if not (words and sound) or CONTROLS.search(url) or " " in url:
        return None
    return Post(words, url, moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _plain(html: str) -> str:
    """The words alone, as long as there is room for them."""
    words = " ".join(CONTROLS.sub(" ", unescape(TAGS.sub("", ENDS.sub(" ", unescape(html))))).split())
    return words if len(words) <= LONGEST else words[: LONGEST - 2].rpartition(" ")[0] + " …"
