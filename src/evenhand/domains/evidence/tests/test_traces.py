"""From a page to a number's own page, on to the row of the file, and what a quoted number says when it has changed."""

import csv
import html
import io
import json
import re

import pytest

from evenhand.core.tests.test_citations import parsed, unescaped
from evenhand.domains.evidence.forms.questions import TRACED
from evenhand.domains.evidence.queries.answers import ask
from evenhand.domains.evidence.queries.citations import WHOLE
from evenhand.domains.evidence.queries.exhibits import EXHIBITS
from evenhand.domains.evidence.queries.traces import sentences
from evenhand.domains.evidence.queries.traces.trace import Wanted, trace_of
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, release, revised
from evenhand.domains.evidence.tests.test_views import HOSTILE, text
from evenhand.domains.evidence.tests.test_words import faults
from evenhand.library.datasets.catalogue import loader, measures
from evenhand.library.datasets.store import shipped_content, version_of
from evenhand.library.datasets.trace import FIGURES, figures_of, groups_of

SEARCH = "/evidence/stop-and-search/"
PLACE, NATION = f"{SEARCH}E23000016/", f"{SEARCH}K04000001/"
API = "/api/evidence/v1/trace"
VERSION = version_of(loader(SEARCHES), shipped_content(loader(SEARCHES)))
ROW = f"/evidence/data/{SEARCHES}/{VERSION}/row/"
LINKED = re.compile(
    r'<a (?:class="[^"]*" )?href="([^"]+)"(?: tabindex="-1"| class="[^"]*"| title="[^"]*")?>([^<]+)</a>'
)
PAGES = (
    *(SEARCH, PLACE, f"{SEARCH}?groups=19&reference=White", f"{PLACE}?period=2020/21&reference=Black"),
    *("/evidence/child-custody/", "/evidence/charge-rate/", "/evidence/prison-officers/", "/evidence/judiciary/"),
    *(f"{SEARCH}W15000004/?period=2020/21", f"{SEARCH}E23000034/", f"{SEARCH}E12000007/", "/evidence/sentence-length/"),
)
TOGETHER = (
    *("/", "/evidence/", "/places/E23000016/", "/places/BMI/", "/groups/black/", "/groups/roma/", "/stages/prison/"),
    "/evidence/claims/evenhand-stop-and-search-black/",
)


def numbers(page):
    """Every figure of a page that leads to where it comes from: the address, and the figure as shown."""
    found = [(html.unescape(url), html.unescape(shown)) for url, shown in LINKED.findall(page.content.decode())]
    return {one for one in found if "/trace/" in one[0] or "/row/" in one[0]}


def cells(page):
    """The words of every cell of every table."""
    found = re.findall(r"<td[^>]*>(.*?)</td>", page.content.decode(), re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in found]


def shows(page, shown):
    """Whether the page shows this figure, as it is or in the row's value with commas."""
    wanted = shown.removesuffix("×").removesuffix("%").lstrip("−")
    return wanted in text(page)


@pytest.mark.crawl(3)
@pytest.mark.parametrize("path", PAGES)
def test_every_linked_figure_of_a_page_leads_to_a_page_that_shows_it(path, visitor):
    chosen = sorted(numbers(visitor.get(path)))
    assert len(chosen) > 5
    # One page of the nation has hundreds: some twenty here, all of them in the long run.
    for url, shown in chosen[:: max(1, len(chosen) // 20)]:
        page = visitor.get(url)
        assert page.status_code == 200, url
        assert shows(page, shown), (url, shown)


@pytest.mark.crawl(4)
@pytest.mark.django_db
@pytest.mark.parametrize("path", TOGETHER)
def test_every_linked_figure_of_a_page_of_many_measures_leads_to_a_page_that_shows_it(path, visitor):
    chosen = sorted(numbers(visitor.get(path)))
    assert chosen
    for url, shown in chosen[:: max(1, len(chosen) // 12)]:
        page = visitor.get(url)
        assert page.status_code == 200, url
        assert shows(page, shown), (url, shown)


@pytest.mark.long
def test_every_linked_figure_of_every_measure_leads_to_a_page_that_shows_it(visitor):
    paths = {f"/evidence/{one.slug}/?groups={detail.groups}" for one in measures() for detail in one.answers}
    for path in sorted(paths | set(PAGES)):
        for url, shown in numbers(visitor.get(path)):
            page = visitor.get(url)
            assert page.status_code == 200, url
            assert shows(page, shown), (url, shown)


@pytest.mark.parametrize("path", PAGES)
def test_every_figure_in_a_table_of_a_page_is_a_link(path, visitor):
    page = visitor.get(path).content.decode()
    for cell in re.findall(r'<td class="n">(.*?)</td>', page, re.DOTALL):
        if re.search(r"\d", re.sub(r'<span class="(?:why|tag)[^>]*>.*?</span>|<[^>]+>', "", cell)):
            assert cell.startswith("<a href="), cell


def test_a_keyboard_stops_at_one_figure_of_a_row_and_finds_the_others_from_there(visitor):
    page = visitor.get(PLACE).content.decode()
    row = next(one for one in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if "Black</th>" in one)
    links = LINKED.findall(row)
    assert row.count("<a href") - row.count('tabindex="-1"') == 1
    first = visitor.get(html.unescape(links[0][0])).content.decode()
    offered = {html.unescape(url) for url in re.findall(r'href="([^"]+)"', first)}
    wanted = {re.search(r"figure=([a-z-]+)", url)[1] if "figure=" in url else "ratio" for url, _ in links}
    assert wanted <= {re.search(r"figure=([a-z-]+)", url)[1] for url in offered if "figure=" in url}


def test_one_number_is_shown_large_in_its_sentence_with_its_working_and_its_cells(visitor):
    page = visitor.get(f"{PLACE}trace/?group=Black&period=2024/25")
    said = text(page)
    assert 'class="big__n">8.0<' in page.content.decode()
    for part in (
        *("In West Mercia, Black people were searched 8.0 times as often as White people", "likely range 6.8 to 9.4"),
        *("1,000 × a ÷ A", "1,000 × 168 ÷ 11,185", "15.0201 ÷ 1.87217", "8.022845667931293"),
        *("The 10 cells that it was read from", "stop_search_by_police_force.csv", "3 groups of “Census 2021"),
        *("Home Office", "OGL v3.0", "stop-search-open-data-tables-mar21-mar25.ods/open_data"),
    ):
        assert part in said, part
    assert f'href="{ROW}1058/?column=searches"' in page.content.decode()
    assert f'href="/evidence/data/{SEARCHES}/"' in page.content.decode()


def test_the_sentence_of_every_figure_is_plain_and_holds_the_number():
    for measure in measures():
        if not measure.answers:
            continue
        question = ask(measure.slug)
        for figure in FIGURES:
            offered = list(groups_of(question, figure))
            if not offered and figure in figures_of(question, question.reference):
                offered = [""]
            for group in offered:
                wanted = Wanted(figure=figure, group=group, outcome="Arrest")
                found = trace_of(question, wanted)
                said = str(sentences.sentence(found))
                assert not faults(said), said
                assert "%(" not in said
                assert sentences.number(found).lstrip("−") in said or "No share" in said, said
                for count in found.counts:
                    assert sentences.of_count(found, count)
                for step in found.steps:
                    assert sentences.of_step(found, step)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{PLACE}trace/", 400, "Say of which group the ratio is meant"),
        (f"{PLACE}trace/?figure=ratoi&group=Black", 400, "Did you mean ratio"),
        (f"{PLACE}trace/?group=Blak", 404, "Did you mean Black"),
        (f"{PLACE}trace/?group=White", 404, "it is the group that others are compared with"),
        (f"{SEARCH}E23000034/trace/?group=Black", 404, "it is not compared"),
        (f"{NATION}trace/?figure=outcome-share&group=Black&outcome=Arest", 404, "Did you mean Arrest"),
        (f"{PLACE}trace/?group=Black&release=0000000000", 404, "No release of Stop and search is called"),
        (f"{PLACE}trace/?group=Black&period=1999/00", 404, "There are figures for"),
        (f"{PLACE}trace.bib", 400, "Say of which group"),
        (f"{PLACE}league-table.bib", 404, "No exhibit of this page"),
        (f"{PLACE}groups.ris", 404, "There is nothing at this address"),
        (f"/evidence/data/stop-serch/{VERSION}/row/2/", 404, "No dataset is called"),
        (f"/evidence/data/{SEARCHES}/000000000000/row/2/", 404, "No release of “Stop and search"),
        (f"{ROW}1/", 404, "its rows are 2 to 1076, the header being row 1"),
        (f"{ROW}99999/", 404, "Row 99999 is not in this file"),
        (f"{ROW}2/?column=serches", 404, "There are: financial_year"),
        (f"/evidence/data/{SEARCHES}/../row/2/", 404, "There is nothing at this address"),
    ],
)
def test_what_is_not_there_is_refused_in_words(path, status, said, visitor):
    page = visitor.get(path)
    assert page.status_code == status
    assert said in text(page)


def test_a_near_miss_leads_to_the_number_that_was_meant(visitor):
    page = visitor.get(f"{PLACE}trace/?group=Blak&figure=rate").content.decode()
    assert f'href="{PLACE}trace/?group=Black&amp;figure=rate">Black</a>' in page
    page = visitor.get(f"{PLACE}trace/?figure=excess").content.decode()
    assert f'href="{PLACE}trace/?figure=excess&amp;group=Asian">Asian</a>' in page


@pytest.mark.crawl(12)
@pytest.mark.parametrize("name", [*TRACED, "column"])
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_query_is_shown_as_text_or_not_at_all(name, value, visitor):
    for path in (
        f"{PLACE}trace/?group=Black",
        f"{PLACE}trace.bib?group=Black",
        f"{PLACE}groups.csl.json?",
        f"{ROW}2/?",
    ):
        page = visitor.get(path, {**dict([path.partition("?")[2].split("=")] if "=" in path else []), name: value})
        assert page.status_code in {200, 400, 404}
        assert b"<script" not in page.content or page.headers["Content-Type"].startswith("application/json")
        assert "X-Evil" not in page.headers
        assert "\n" not in "".join(page.headers.values())


# A quoted number


def test_a_quoted_number_goes_on_being_shown_and_says_that_it_has_changed(visitor, store):
    quoted = f"{PLACE}trace/?group=Black&period=2024/25&release={release(store)}"
    before = visitor.get(quoted)
    assert "An earlier release" not in text(before)
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    after = visitor.get(quoted)
    assert 'class="big__n">8.0<' in after.content.decode()
    changed = (
        r"This number has changed since\. In release \w{10}, which was quoted, it is 8\.0; in today’s, \w{10}, it is 16"
    )
    assert re.search(changed, text(after))
    notice = re.compile(r'<div class="notice notice--care">.*?</div>\n?', re.DOTALL)
    assert "".join(notice.sub("", after.content.decode()).split()) == "".join(before.content.decode().split())
    link = re.search(r'href="([^"]+)">See today’s number', after.content.decode())
    assert 'class="big__n">16.0<' in visitor.get(html.unescape(link[1])).content.decode()
    assert f'href="{ROW}1058/?column=searches"' in after.content.decode()


def test_a_quoted_number_that_is_the_same_today_says_so(visitor, store):
    quoted = f"{PLACE}trace/?group=Asian&period=2024/25&release={release(store)}"
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    assert "This number is the same in today’s, digit by digit." in text(visitor.get(quoted))


def test_a_number_that_looks_the_same_and_is_not_is_told_in_full(visitor, store):
    quoted = f"{PLACE}trace/?figure=rate&group=White&period=2024/25&release={release(store)}"
    meant = {"financial_year": "2024/25", "police_force_area": "West Mercia", "ethnicity_self_defined_5": "White"}
    store.load(SEARCHES, revised(where=meant, add=1), on=NEXT_DAY)
    assert re.search(
        r"it is 1\.9 \(1\.872\d+\); in today’s, \w{10}, it is 1\.9 \(1\.872\d+\)", text(visitor.get(quoted))
    )


def test_a_row_of_an_earlier_release_keeps_its_bytes_and_says_what_today_has(visitor, store):
    before = visitor.get(f"{ROW}1058/?column=searches")
    assert 'class="big__n">168<' in before.content.decode()
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    after = visitor.get(f"{ROW}1058/?column=searches")
    assert 'class="big__n">168<' in after.content.decode()
    assert "was 168 and is now 336." in text(after)
    link = re.search(r'href="([^"]+)">See its row', after.content.decode())
    assert 'class="big__n">336<' in visitor.get(html.unescape(link[1])).content.decode()


def test_a_row_shows_every_column_as_it_stands_and_what_was_read_from_it(visitor):
    page = visitor.get(f"{ROW}2/?column=searches")
    reader = csv.DictReader(io.StringIO(shipped_content(loader(SEARCHES)).decode(), newline=""))
    first = next(reader)
    said = text(page)
    for column, value in first.items():
        assert f"{column} " in said
        assert " ".join(value.split()) in said
    assert "Avon & Somerset" in said
    assert "Avon and Somerset" in said
    assert "searches the figure 310" in said


def test_a_row_that_the_dataset_takes_nothing_from_says_so(visitor):
    name = "police-officers"
    one = loader(name)
    version = version_of(one, shipped_content(one))
    page = visitor.get(f"/evidence/data/{name}/{version}/row/2/")
    assert "This dataset takes nothing from this row" in text(page)


@pytest.mark.parametrize("path", [f"{PLACE}trace/?group=Black", f"{PLACE}trace.txt?group=Black", f"{ROW}2/"])
def test_what_is_kept_is_the_same_page_headers_and_all(path, visitor, store):
    first, second = visitor.get(path), visitor.get(path)
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)


# Citations


@pytest.mark.parametrize("name", [WHOLE, "groups", "trend", "not-recorded"])
def test_a_page_and_each_exhibit_is_cited_with_its_release_day_and_address(name, visitor, store):
    quoted = {"period": "2024/25", "group": "Black"}
    entry = visitor.get(f"{PLACE}{name}.bib", quoted)
    assert entry.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert entry.headers["Content-Disposition"].startswith('inline; filename="evenhand-stop-and-search-E23000016-')
    kind, key, fields = parsed(entry.content.decode())
    assert (kind, fields["year"], fields["urldate"]) == ("misc", "2026", "2026-11-20")
    assert release(store) in key
    assert fields["version"] == release(store)
    assert unescaped(fields["title"][1:-1]).startswith("Stop and search, West Mercia, 2024/25")
    anchor = fields["url"].partition("#")[2]
    assert anchor == ("" if name == WHOLE else name)
    page = visitor.get(re.sub(r"^https?://[^/]+", "", fields["url"]))
    assert page.status_code == 200
    assert not anchor or f'id="{anchor}"' in page.content.decode()
    said = visitor.get(f"{PLACE}{name}.txt", quoted).content.decode()
    assert fields["url"] in said
    assert "Home Office" in said
    (item,) = json.loads(visitor.get(f"{PLACE}{name}.csl.json", quoted).content)
    assert item["URL"] == fields["url"]


def test_no_exhibit_takes_a_name_that_stands_for_something_else():
    further = {one.id for measure in measures() for one in measure.further}
    assert not {WHOLE, "trace"} & (set(EXHIBITS) | further)


@pytest.mark.parametrize("asked", ["group=Black", "figure=unknown-share", "figure=tipping-share&group=Mixed"])
def test_a_number_is_cited_by_its_sentence_and_an_address_that_shows_it_for_ever(asked, visitor, store):
    path = f"{PLACE}trace.bib?{asked}"
    before = visitor.get(path).content
    _, key, fields = parsed(before.decode())
    page = visitor.get(re.sub(r"^https?://[^/]+", "", fields["url"]))
    title = unescaped(fields["title"][1:-1])
    heading = html.unescape(re.search(r"<h1>(.*?)</h1>", page.content.decode())[1])
    assert title.startswith(heading)
    assert release(store) in key
    quoted = f"{path}&release={release(store)}"
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    assert visitor.get(quoted).content.decode().count(fields["url"]) == 1


def test_every_citation_that_a_page_offers_answers(visitor):
    for path in (PLACE, SEARCH, f"{PLACE}trace/?group=Black", "/evidence/prison-population/"):
        offered = re.findall(r'href="([^"]+\.(?:bib|txt|csl\.json)\?[^"]*)"', visitor.get(path).content.decode())
        assert len(offered) >= 3
        for url in offered:
            answer = visitor.get(html.unescape(url))
            assert answer.status_code == 200, url
            if ".bib" in url:
                parsed(answer.content.decode())


# The same as data


def test_the_json_address_gives_what_the_page_shows(visitor):
    asked = {"measure": "stop-and-search", "place": "E23000016", "period": "2024/25", "group": "Black"}
    found = visitor.get(API, asked).json()
    assert (found["figure"], found["value"]) == ("ratio", 8.022845667931293)
    assert [one["cells"][0]["text"] for one in found["counts"]] == ["168", "6840", "2292", "1161765"]
    assert visitor.get(found["permalink"]).status_code == 200
    assert set(cells(visitor.get(found["permalink"]))) >= {"168", "6840", "1,058", "searches"}


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"figure": "ratoi", "group": "Black"}, 400, "unknown-figure"),
        ({}, 400, "missing-group"),
        ({"group": "Blak"}, 404, "group-not-there"),
        ({"group": "White"}, 404, "no-figure"),
        ({"group": "Black", "place": "Kant"}, 404, "unknown-place"),
    ],
)
def test_the_json_address_refuses_in_the_one_shape(asked, status, code, visitor):
    answer = visitor.get(API, {"measure": "stop-and-search", **asked})
    assert answer.status_code == status
    fault = answer.json()["error"]
    assert fault["code"] == code
    assert set(fault) == {"code", "message", "near"}
