"""Feeds and the sitemap keep what their standards ask for: RFC 4287, JSON Feed 1.1 and Sitemaps 0.9."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest

from evenhand.core.access import machine
from evenhand.domains.publishing.actions.planting import plant
from evenhand.domains.publishing.tests.make import article

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339, as RFC 4287 asks
TEXT, WEB = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^https?://[^ ]+$"}
STAMP = {"type": "string", "pattern": MOMENT.pattern}
AUTHOR = {"type": "object", "minProperties": 1, "properties": {"name": TEXT, "url": WEB, "avatar": WEB}}
# The specification at jsonfeed.org/version/1.1, as a schema: what it requires, and the type of what it allows.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "patternProperties": {"^_": {"type": "object"}},
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": WEB,
        "feed_url": WEB,
        "next_url": WEB,
        "icon": WEB,
        "favicon": WEB,
        "description": TEXT,
        "user_comment": TEXT,
        "language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "expired": {"type": "boolean"},
        "authors": {"type": "array", "items": AUTHOR},
        "hubs": {"type": "array"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "additionalProperties": False,
                "patternProperties": {"^_": {"type": "object"}},
                "properties": {
                    **dict.fromkeys(("id", "title", "content_text", "content_html", "summary"), TEXT),
                    **dict.fromkeys(("url", "external_url", "image", "banner_image"), WEB),
                    **dict.fromkeys(("date_published", "date_modified"), STAMP),
                    "tags": {"type": "array", "items": TEXT},
                    "authors": {"type": "array", "items": AUTHOR},
                    "language": TEXT,
                    "attachments": {"type": "array"},
                },
            },
        },
    },
}


def long(url):
    return pytest.param(url, marks=pytest.mark.long)


@pytest.fixture(autouse=True)
def _pages(db):
    plant(by=machine("release"))
    article("Ampersands & <angles>", slug="signs", summary="One “sign” & another <b>.", topics=("prisons",))


@pytest.mark.parametrize(
    "url", ["/news/latest.atom", *map(long, ("/news/latest.atom?topic=prisons", "/news/latest.atom?kind=figures"))]
)
def test_the_atom_feed_has_all_that_rfc_4287_asks_of_a_feed_and_of_each_entry(client, url):
    answer = client.get(url)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314  (our own)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            (only,) = one.findall(f"{ATOM}{name}")  # exactly one
            assert only.text, name
        assert MOMENT.fullmatch(one.find(f"{ATOM}updated").text)
        assert urlsplit(one.find(f"{ATOM}id").text).scheme == "tag"
        links = [
            (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            for link in one.findall(f"{ATOM}link")
        ]
        assert len(links) == len(set(links))
        for link in one.findall(f"{ATOM}link"):
            assert urlsplit(link.get("href")).scheme in {"http", "https"}
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    (own,) = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.endswith(url)
    names = [one.find(f"{ATOM}id").text for one in entries]
    assert len(names) == len(set(names))
    assert max(one.find(f"{ATOM}updated").text for one in entries) <= feed.find(f"{ATOM}updated").text


@pytest.mark.parametrize(
    "url", ["/news/latest.json", *map(long, ("/news/latest.json?topic=prisons", "/news/latest.json?stage=remand"))]
)
def test_the_json_feed_is_as_its_specification_says(client, url):
    answer = client.get(url)
    assert answer.headers["Content-Type"] == "application/feed+json"
    feed = answer.json()
    jsonschema.Draft202012Validator(JSON_FEED).validate(feed)
    assert feed["feed_url"].endswith(url)
    assert len({one["id"] for one in feed["items"]}) == len(feed["items"])
    for one in feed["items"]:
        assert datetime.fromisoformat(one["date_published"]).tzinfo


@pytest.mark.long
def test_the_sitemap_is_as_its_protocol_says_and_holds_every_public_page_once(client):
    answer = client.get("/sitemap.xml")
    tree = ET.fromstring(answer.content)  # noqa: S314  (our own)
    assert tree.tag == f"{SITEMAP}urlset"
    assert {one.tag for one in tree} == {f"{SITEMAP}url"}
    urls = [one.findtext(f"{SITEMAP}loc") for one in tree]
    assert len(urls) == len(set(urls)) < 50_000
    assert len(answer.content) < 50 * 1024 * 1024
    assert all(url.startswith("http") and len(url) < 2048 for url in urls)
    assert [url for url in urls if url.endswith("/news/signs/")]


@pytest.mark.parametrize("url", ["/news/latest.atom", "/evidence/corrections/feed.atom"])
def test_a_reader_of_feeds_that_others_wrote_reads_ours_without_a_complaint(client, url):
    read = feedparser.parse(client.get(url).content)
    assert read.version == "atom10"
    assert not read.bozo
    assert read.feed.title
    for entry in read.entries:
        assert entry.id
        assert entry.title
        assert entry.link.startswith("http")
        assert entry.updated_parsed
