"""Reading what the body posts elsewhere: one listed address, in little time and of little size."""

import http.client
import socket
import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from evenhand.core.access import Caller
from evenhand.core.journal.actions import record
from evenhand.domains.publishing.actions.links import PATIENCE, PORTS, Inward, reach
from evenhand.domains.publishing.models import OutsideFeed, OutsidePost
from evenhand.domains.publishing.models.outside import FEED
from evenhand.domains.publishing.rules.feeds import Post, Unreadable, read

LARGEST = 1024 * 1024  # bytes
LONGEST = 20.0  # seconds for the whole of it
CHUNK = 16 * 1024
OK = 200
Line = Callable[[str, str], socket.socket]


class Unanswered(Exception):
    """Nothing came that could be a feed."""


def read_outside(now: datetime, *, by: Caller, line: Line = reach) -> int:
    """Read the listed feed and keep its newest posts; how many. Of a feed that fails, what was read before is kept.

    Where none is listed, or another than before, what was kept of the old one is forgotten.
    """
    address = settings.OUTSIDE_FEED
    OutsideFeed.objects.exclude(address=address).delete()
    if not address:
        return 0
    fault = ""
    posts: tuple[Post, ...] = ()
    try:
        posts = read(fetched(address, line))
    except (OSError, http.client.HTTPException, Inward, Unanswered, Unreadable) as wrong:
        fault = (str(wrong) or type(wrong).__name__)[:200]
    with transaction.atomic():
        feed, _fresh = OutsideFeed.objects.select_for_update().get_or_create(address=address)
        if fault != feed.fault:
            record("publishing.outside.read", FEED, by=by, details={"fault": fault})
        feed.read_at, feed.fault = now, fault
        feed.save()
        if not fault:
            feed.posts.all().delete()
            OutsidePost.objects.bulk_create(
                OutsidePost(feed=feed, words=one.words, url=one.url, posted_at=one.posted_at) for one in posts
            )
    return len(posts)


def fetched(address: str, line: Line) -> bytes:
    """What stands at an address; Unanswered if it is too large, too slow or elsewhere. No redirect is followed."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.port not in (None, PORTS[parts.scheme]):
        raise Unanswered("it is no plain address of the open web")
    until = time.monotonic() + LONGEST
    connection = http.client.HTTPConnection(parts.hostname, PORTS[parts.scheme], timeout=PATIENCE)
    try:
        connection.sock = line(parts.hostname, parts.scheme)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        asks = {"User-Agent": "Evenhand", "Accept": "application/atom+xml, application/rss+xml, application/xml"}
        connection.request("GET", path, headers={**asks, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        if answer.status != OK:
            raise Unanswered(f"it answered {answer.status}")
        content = b""
        while chunk := answer.read1(CHUNK):
            content += chunk
            if len(content) > LARGEST:
                raise Unanswered(f"it is larger than {LARGEST // 1024} kB")
            if time.monotonic() > until:
                raise Unanswered(f"it took longer than {LONGEST:.0f} seconds")
        return content
    finally:
        connection.close()
