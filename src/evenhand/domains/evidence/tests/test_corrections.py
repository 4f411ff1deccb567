"""Corrections: what people wrote down and what releases changed, as pages, as feeds, and over a quoted page."""

import csv
import html
import io
import json
import re
from datetime import date, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from evenhand.core.design.numbers import whole
from evenhand.domains.evidence.queries.corrections.entries import entries
from evenhand.domains.evidence.queries.corrections.pages import FIRST
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, release, revised
from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.corrections import corrections
from evenhand.library.datasets.store import shipped_content

PAGE = "/evidence/corrections/"
ATOM, JSON_FEED = f"{PAGE}feed.atom", f"{PAGE}feed.json"
SECOND = f"{SEARCHES}-release-2"
PLACE = "/evidence/stop-and-search/E23000016/"
QUOTED = {"period": "2024/25", "groups": "5", "reference": "White"}
LAST_DAY = date(2027, 3, 1)
NAMESPACE = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def text(response):
    """What a reader sees, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def figures(response):
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def notice(response):
    found = re.search(r'<div class="notice notice--care">(.*?)</div>', response.content.decode(), re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


# Pages


def test_everything_written_down_stands_on_the_page_with_a_page_of_its_own(visitor):
    page = visitor.get(PAGE)
    assert page.status_code == 200
    for one in corrections():
        assert f'id="{one.slug}"' in page.content.decode()
        assert one.title in text(page)
        said = text(visitor.get(f"{PAGE}{one.slug}/"))
        for part in (one.title, one.wrong, one.right, one.done, one.noticed_by, one.source, one.source_url):
            assert part in said, (one.slug, part)


def test_where_nothing_was_released_twice_the_page_says_so(visitor, store):
    assert "No figure has changed from one release to the next on this site yet." in text(visitor.get(PAGE))


def test_a_new_release_is_worked_out_listed_and_told_figure_by_figure(visitor, store):
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    page = visitor.get(PAGE)
    assert f'href="{PAGE}{SECOND}/"' in page.content.decode()
    assert "15 January 2027. 1 changed, 0 appeared and 0 disappeared." in text(page)
    assert "The largest change: searches, Black, West Mercia, 2024/25, was 168 and is 336." in text(page)
    said = text(visitor.get(f"{PAGE}{SECOND}/"))
    assert "searches Black West Mercia 2024/25 168 336 +168" in said
    for part in ("Home Office", "Release before", "Release now", "15 January 2027"):
        assert part in said


def test_a_release_that_is_taken_back_is_a_revision_too_and_the_first_keeps_its_address(visitor, store):
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    before = visitor.get(f"{PAGE}{SECOND}/").content
    store.load(SEARCHES, shipped_content(loader(SEARCHES)), on=LAST_DAY)
    assert visitor.get(f"{PAGE}{SECOND}/").content == before
    assert "336 168 −168" in text(visitor.get(f"{PAGE}{SEARCHES}-release-3/"))


def test_a_long_revision_shows_its_first_figures_and_the_file_has_them_all(visitor, store):
    content = shipped_content(loader(SEARCHES)).decode()
    header, *lines = content.splitlines(keepends=True)
    more = [re.sub(r",(\d+),", lambda found: f",{int(found[1]) + 1},", line, count=1) for line in lines]
    changed = sum(one != other for one, other in zip(lines, more, strict=True))
    store.load(SEARCHES, "".join([header, *more]).encode(), on=NEXT_DAY)
    page = visitor.get(f"{PAGE}{SECOND}/")
    assert page.content.decode().count("<tr") == FIRST + 1
    assert f"{whole(changed - FIRST)} more stand in the file." in text(page)
    response = visitor.get(f"{PAGE}{SECOND}.csv")
    rows = figures(response)
    assert len(rows) == changed
    assert {float(row["now"]) - float(row["before"]) for row in rows} == {1}
    assert {row["change"] for row in rows} == {"changed"}
    assert response.headers["Content-Disposition"] == f'attachment; filename="{SECOND}.csv"'


def test_the_figures_that_a_correction_is_about_are_shown_and_to_be_had_as_they_are_kept(visitor):
    path = f"{PAGE}search-rates-2022-23-north-yorkshire-and-surrey"
    said = text(visitor.get(f"{path}/"))
    assert "rate per 1000 Black Surrey 2022/23 15.9" in said
    rows = figures(visitor.get(f"{path}.csv"))
    assert len(rows) == 10
    assert {row["value"] for row in rows if row["group"] == "Black"} == {"8.2", "15.9"}
    assert all(row["source_title"] and row["source_url"] for row in rows)
    for form in ("xlsx", "json", "csv-metadata.json"):
        assert visitor.get(f"{path}.{form}").status_code == 200


@pytest.mark.parametrize("name", ["conviction-ratio-2010", f"{SEARCHES}-release-9", "feed", "x" * 300])
def test_what_is_no_correction_is_refused_and_leads_to_the_near_ones(name, visitor):
    for path in (f"{PAGE}{name}/", f"{PAGE}{name}.csv"):
        response = visitor.get(path)
        assert response.status_code == 404
    near = visitor.get(f"{PAGE}conviction-ratio-2010/").content.decode()
    assert f'href="{PAGE}conviction-ratio-2009/"' in near


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("figures@evenhand.example", "mailto:figures@evenhand.example"),
        ("https://evenhand.example/tell", "https://evenhand.example/tell"),
    ],
)
def test_whoever_finds_an_error_is_told_where_to_report_it(given, url, visitor, settings, store):
    settings.CONTACT = given
    for path in (PAGE, f"{PAGE}conviction-ratio-2009/"):
        assert f'<a href="{url}">{given}</a>' in visitor.get(path).content.decode()


def test_no_address_is_made_up_where_none_is_set(visitor, settings, store):
    settings.CONTACT = ""
    page = visitor.get(PAGE)
    assert "This site has not been given an address for reports yet." in text(page)
    assert "mailto:" not in page.content.decode()


# Feeds


def only(element, name):
    """The one child of a name."""
    (found,) = element.findall(NAMESPACE + name)
    return found


def instant(element):
    """An instant as RFC 3339 writes it."""
    assert INSTANT.fullmatch(element.text)
    return datetime.fromisoformat(element.text)


def held_to_atom(content):
    """What RFC 4287 asks of a feed; the entries, each as name, title, address and instant."""
    feed = ET.fromstring(content)  # noqa: S314  (our own feed)
    assert feed.tag == f"{NAMESPACE}feed"
    known = {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle"}
    known |= {"title", "updated", "entry"}
    assert {child.tag.removeprefix(NAMESPACE) for child in feed} <= known
    assert only(only(feed, "author"), "name").text == "Evenhand"
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{NAMESPACE}link")}
    assert links["self"].endswith(ATOM)
    assert links["alternate"].endswith(PAGE)
    assert all(urlsplit(url).scheme in {"http", "https"} for url in links.values())
    assert only(feed, "title").text
    assert len(feed.findall(f"{NAMESPACE}subtitle")) <= 1
    found = []
    for entry in feed.findall(f"{NAMESPACE}entry"):
        for name in ("published", "summary", "content", "rights", "source"):
            assert len(entry.findall(NAMESPACE + name)) <= 1
        (link,) = [link for link in entry.findall(f"{NAMESPACE}link") if link.get("rel", "alternate") == "alternate"]
        assert only(entry, "summary").text
        assert only(entry, "title").get("type", "text") == "text"
        assert instant(only(entry, "published")) <= instant(only(entry, "updated"))
        found.append(
            (only(entry, "id").text, only(entry, "title").text, link.get("href"), instant(only(entry, "updated")))
        )
    ids = [only(feed, "id").text, *(name for name, *_ in found)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"tag:[a-z0-9.-]+,2026:evidence/corrections(/[a-z0-9-]+)?", name) for name in ids)
    assert instant(only(feed, "updated")) == max(when for *_, when in found)
    return found


def test_the_atom_feed_is_one_and_has_every_entry_newest_first(visitor, store):
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    response = visitor.get(ATOM)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = held_to_atom(response.content)
    assert [title for _, title, _, _ in found] == [one.title for one in entries()]
    assert found[0][0].endswith(f":evidence/corrections/{SECOND}")
    assert found[0][3].date() == NEXT_DAY
    for _, _, url, _ in found:
        assert visitor.get(urlsplit(url).path).status_code == 200


def test_names_and_days_of_entries_stay_when_something_new_is_released(visitor, store):
    before = {name: when for name, _, _, when in held_to_atom(visitor.get(ATOM).content)}
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    first = {name: when for name, _, _, when in held_to_atom(visitor.get(ATOM).content)}
    store.load(SEARCHES, shipped_content(loader(SEARCHES)), on=LAST_DAY)
    second = {name: when for name, _, _, when in held_to_atom(visitor.get(ATOM).content)}
    assert before.items() < first.items() < second.items()
    assert len(second) == len(before) + 2


def test_the_json_feed_is_one_and_says_the_same(visitor, store):
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    response = visitor.get(JSON_FEED)
    assert response.headers["Content-Type"] == "application/feed+json"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith(JSON_FEED)
    atom = held_to_atom(visitor.get(ATOM).content)
    assert [(one["id"], one["title"], one["url"]) for one in feed["items"]] == [one[:3] for one in atom]
    assert all(one["content_text"] for one in feed["items"])
    assert [datetime.fromisoformat(one["date_published"]) for one in feed["items"]] == [when for *_, when in atom]


@pytest.mark.parametrize("path", [ATOM, JSON_FEED])
def test_a_feed_is_kept_and_a_reader_who_has_it_is_told_that_nothing_changed(path, visitor, store):
    first, again = visitor.get(path), visitor.get(path)
    assert first.content == again.content
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    told = visitor.get(path, headers={"if-none-match": first.headers["ETag"]})
    assert told.status_code == 304
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    assert visitor.get(path, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_pages_of_corrections_tell_programs_of_both_feeds(visitor):
    page = visitor.get(PAGE).content.decode()
    assert re.search(rf'<link rel="alternate" href="{ATOM}" type="application/atom\+xml"', page)
    assert re.search(rf'<link rel="alternate" href="{JSON_FEED}" type="application/feed\+json"', page)


# A page that was quoted


def test_a_quoted_page_says_what_its_figures_were_what_they_are_and_where_that_is_told(visitor, store):
    quoted = {**QUOTED, "release": release(store)}
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    response = visitor.get(PLACE, quoted)
    assert "For Black people the ratio was 8.0 and is now 16.0." in notice(response)
    assert "Asian" not in notice(response)
    link = re.search(rf'href="({PAGE}[^"]+)">What changed on 15 January 2027', response.content.decode())
    assert visitor.get(link[1]).status_code == 200
    assert link[1] == f"{PAGE}{SECOND}/"


def test_a_change_too_small_to_see_is_shown_to_more_places(visitor, store):
    quoted = {**QUOTED, "release": release(store)}
    store.load(SEARCHES, revised(add=1), on=NEXT_DAY)
    assert re.search(
        r"the ratio was 8\.0\d\d and is now 8\.0\d\d\.|was 8\.0 and is now 8\.1", notice(visitor.get(PLACE, quoted))
    )


def test_a_quoted_page_that_no_change_touched_says_so(visitor, store):
    quoted = {**QUOTED, "release": release(store)}
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    said = notice(visitor.get("/evidence/stop-and-search/E23000032/", quoted))
    assert "No figure for this place and period is among those that changed." in said
    assert "What changed on 15 January 2027" in said


def test_when_the_reference_changes_every_group_is_told_of(visitor, store):
    quoted = {**QUOTED, "release": release(store)}
    white = {"financial_year": "2024/25", "police_force_area": "West Mercia", "ethnicity_self_defined_5": "White"}
    store.load(SEARCHES, revised(where=white, add=2292), on=NEXT_DAY)
    said = notice(visitor.get(PLACE, quoted))
    for group in ("Black", "Asian", "Mixed"):
        assert re.search(rf"For {group} people the ratio was", said) or f"{group}" in said
    assert "For White people there were 2,292 searches and are now 4,584." in said
    assert said.index("Black") < said.index("Asian")


def test_a_page_quoted_two_releases_ago_leads_to_both_changes(visitor, store):
    quoted = {**QUOTED, "release": release(store)}
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    store.load(SEARCHES, revised(add=500), on=LAST_DAY)
    page = visitor.get(PLACE, quoted).content.decode()
    assert re.findall(rf'href="{PAGE}({SEARCHES}-release-\d)/"', page) == [f"{SEARCHES}-release-3", SECOND]


def test_a_page_of_today_has_no_such_notice(visitor, store):
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    assert notice(visitor.get(PLACE)) == ""
