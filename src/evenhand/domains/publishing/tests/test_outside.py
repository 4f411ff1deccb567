"""A feed elsewhere is read within limits, leads nowhere inward, and reaches visitors as plain words alone."""

import datetime as dt
import http.server
import socket
import threading
from contextlib import contextmanager

import pytest
from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.journal.models import Line
from evenhand.domains.publishing.actions import outside
from evenhand.domains.publishing.models import OutsideFeed, OutsidePost
from evenhand.domains.publishing.rules.feeds import Unreadable, read

JOB = machine("outside")
ADDRESS = "https://social.example/@us.rss"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Us</title>
<item><link>https://social.example/1</link><pubDate>Fri, 20 Nov 2026 09:00:00 +0000</pubDate>
<description>&lt;p&gt;Our new &lt;b&gt;figures&lt;/b&gt; &amp;amp; more.&lt;/p&gt;
&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><title>Later</title><link>https://social.example/2</link><pubDate>Sat, 21 Nov 2026 09:00:00 +0000</pubDate></item>
<item><title>Bad</title><link>javascript:alert(1)</link><pubDate>Sat, 21 Nov 2026 09:00:00 +0000</pubDate></item>
<item><title>No day</title><link>https://social.example/3</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="https://social.example/1"/>
<updated>2026-11-20T09:00:00Z</updated></entry></feed>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
OUTWARD = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel>&f;</channel></rss>'


@contextmanager
def answering(content, status=200, *, headers=(), forever=False):
    """A server of this machine, and a line to it whatever host is asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(content)
                while forever:
                    self.wfile.write(b" " * 65536)
            except OSError:
                return

        def log_message(self, *_said):
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield lambda _host, _scheme: socket.create_connection(server.server_address, timeout=5), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@pytest.fixture
def listed(settings, db):
    settings.OUTSIDE_FEED = ADDRESS


def test_posts_become_plain_words_the_newest_first_and_what_is_unsound_is_left_out():
    posts = read(RSS.encode())
    assert [(one.words, one.url) for one in posts] == [
        ("Later", "https://social.example/2"),
        ("Our new figures & more. x()", "https://social.example/1"),
    ]
    assert [one.words for one in read(ATOM.encode())] == ["One"]
    assert read(ATOM.encode("utf-16"))[0].posted_at == dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><p>Hello</p></html>",
        b"{}",
        b"<rss>",
        BOMB.encode(),
        OUTWARD.encode(),
        BOMB.encode("utf-16"),
        b"\xff\xfe",
    ],
)
def test_what_is_no_feed_or_declares_things_of_its_own_is_refused(content):
    with pytest.raises(Unreadable):
        read(content)


def test_the_page_shows_what_was_read_and_asks_the_other_site_for_nothing(listed, client):
    with answering(RSS.encode()) as (line, asked):
        assert outside.read_outside(timezone.now(), by=JOB, line=line) == 2
        assert outside.read_outside(timezone.now(), by=JOB, line=line) == 2
    assert asked == ["/@us.rss"] * 2
    assert OutsidePost.objects.count() == 2
    page = client.get("/news/").content.decode()
    assert "Our new figures &amp; more." in page
    assert "<script" not in page.split("Posted elsewhere")[1]
    assert 'src="https://' not in page
    assert "Posted elsewhere" not in client.get("/news/?kind=figures").content.decode()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"content": b"x" * (outside.LARGEST + 1)}, "larger than"),
        ({"content": b"<rss>", "forever": True}, "larger than"),
        ({"content": b"", "status": 302, "headers": (("Location", "http://127.0.0.1/"),)}, "answered 302"),
        ({"content": b"gone", "status": 410}, "answered 410"),
        ({"content": b"<html/>"}, "neither RSS nor Atom"),
    ],
)
def test_a_feed_that_fails_is_said_once_and_what_was_read_before_stays(listed, answer, fault):
    with answering(RSS.encode()) as (line, _asked):
        outside.read_outside(timezone.now(), by=JOB, line=line)
    with answering(**answer) as (line, _asked):
        for _twice in range(2):
            assert outside.read_outside(timezone.now(), by=JOB, line=line) == 0
    assert fault in OutsideFeed.objects.get().fault
    assert OutsidePost.objects.count() == 2
    assert Line.objects.filter(tag="publishing.outside.read").count() == 1


def test_a_feed_that_drips_is_given_up(listed, monkeypatch):
    monkeypatch.setattr(outside, "LONGEST", -1.0)
    with answering(RSS.encode()) as (line, _asked), pytest.raises(outside.Unanswered, match="longer"):
        outside.fetched(ADDRESS, line)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/feed",
        "https://localhost/feed",
        "http://[::1]/feed",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "https://example.org:8443/feed",
        "file:///etc/passwd",
        "gopher://example.org/",
    ],
)
def test_no_address_leads_into_our_own_network_or_to_a_port_of_its_own(address):
    with pytest.raises((outside.Inward, outside.Unanswered)):
        outside.fetched(address, outside.reach)


def test_where_none_is_listed_nothing_is_asked_kept_or_shown(settings, db, client):
    settings.OUTSIDE_FEED = ADDRESS
    with answering(RSS.encode()) as (line, _asked):
        outside.read_outside(timezone.now(), by=JOB, line=line)
    settings.OUTSIDE_FEED = ""
    assert "Posted elsewhere" not in client.get("/news/").content.decode()
    assert outside.read_outside(timezone.now(), by=JOB, line=lambda *_said: pytest.fail("it asked")) == 0
    assert not OutsidePost.objects.exists()
