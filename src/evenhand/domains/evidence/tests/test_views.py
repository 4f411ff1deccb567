"""Pages and downloads: what is answered, what is refused, what is kept, and what a quoted address keeps showing."""

import csv
import html
import io
import re
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core.pages import KEPT
from evenhand.domains.evidence.forms.questions import ASKED
from evenhand.domains.evidence.queries.exhibits import EXHIBITS
from evenhand.domains.evidence.tests.make import NEXT_DAY, OUTCOMES, SEARCHES, release, revised

SEARCH = "/evidence/stop-and-search/"
PLACE = f"{SEARCH}E23000016/"
HOSTILE = (
    *('"><script>alert(1)</script>', "' OR 1=1 --", "{{ 7*7 }}{% debug %}", "\x00\r\nX-Evil: 1", "a" * 5000),
    *("../../etc/passwd", "%s%n", "\u202e\ufeff"),
)


def text(response):
    """What a reader sees, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def figures(response):
    """The large figures of a page and the doubt beside them."""
    return re.findall(r'class="big__(?:n|doubt)">([^<]+)', response.content.decode())


def heading(response):
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found[1])).split())


def rows(response):
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/", "/evidence/method/", SEARCH, "/evidence/arrests/", PLACE, f"{PLACE}?period=2020/21",
        f"{PLACE}?period=2020-21", f"{PLACE}?reference=black", f"{PLACE}?period=&groups=&reference=&group=&release=",
        f"{SEARCH}?groups=19", f"{SEARCH}K04000001/", f"{SEARCH}E12000007/", f"{PLACE}?group=asian",
    ],
)  # fmt: skip
def test_what_is_published_is_answered(path, visitor):
    response = visitor.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/evidence/stop-and-serch/", 404, "Did you mean stop-and-search or"),
        (f"{SEARCH}E99999999/", 404, "No place is called"),
        (f"{SEARCH}e23000016/", 404, "There is nothing at this address"),
        (f"{SEARCH}?place=Kant", 404, "Did you mean Kent?"),
        (f"{SEARCH}?place=London&groups=19", 404, "Searches by 19 groups are published for England and Wales together"),
        (f"{PLACE}?groups=19", 404, "Not published here: Stop and search, 19 groups, West Mercia."),
        (f"{PLACE}?period=2019/20", 404, "There are figures for: 2020/21, 2021/22"),
        (f"{PLACE}?reference=Blak", 404, "Black"),
        (f"{PLACE}?group=Blak", 404, "Black"),
        (f"{PLACE}?release=0000000000", 404, "No release of Stop and search is called"),
        (f"{PLACE}?release=../current", 404, "No release of Stop and search is called"),
        (f"{PLACE}?groups=7", 400, "There are: 5, 19"),
        (f"{PLACE}?confidence=0.5", 404, "There is: 0.95"),
        ("/evidence/counterfactual/?scenario=swop", 404, "There is: swap, equal-rate, one-stage"),
        (f"{PLACE}?groups=five", 400, "Choose 5 or 19"),
        (f"{PLACE}?groups=²", 400, "Choose 5 or 19"),
        (f"{PLACE}?groups=-5", 400, "Choose 5 or 19"),
    ],
)
def test_what_is_not_there_is_refused_in_words_that_say_what_is(path, status, said, visitor):
    response = visitor.get(path)
    assert response.status_code == status
    assert said in text(response)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("West Mercia", "E23000016"),
        ("  west mercia ", "E23000016"),
        ("E23000016", "E23000016"),
        ("Devon and Cornwall", "E23000035"),
        ("Devon & Cornwall Police", "E23000035"),
        ("The Met", "E23000001"),
        ("London, City of", "E23000034"),
        ("England and Wales", "K04000001"),
    ],
)
def test_a_place_is_found_by_name_code_or_alias(wanted, code, visitor):
    response = visitor.get(SEARCH, {"place": wanted})
    assert response.status_code == 302
    assert response.headers["Location"] == f"{SEARCH}{code}/"


def test_whoever_asks_for_another_place_stays_in_the_same_year_with_the_same_group(visitor):
    response = visitor.get(SEARCH, {"place": "Kent", "period": "2021/22", "group": "Asian", "reference": ""})
    assert response.headers["Location"] == f"{SEARCH}E23000032/?period=2021%2F22&group=Asian"
    assert "as often as Asian people" in heading(visitor.get(response.headers["Location"]))


def test_a_near_miss_leads_to_the_page_that_was_meant(visitor):
    page = visitor.get(SEARCH, {"place": "Kant"}).content.decode()
    assert f'href="{SEARCH}E23000032/">Kent</a>' in page
    page = visitor.get(PLACE, {"period": "2020/22", "group": "Asian"}).content.decode()
    assert f'href="{PLACE}?period=2020%2F21&amp;group=Asian">2020/21</a>' in page
    assert f'href="{SEARCH}">Stop and search</a>' in visitor.get("/evidence/stop-and-serch/").content.decode()


@pytest.mark.django_db
def test_every_near_match_that_is_a_link_leads_somewhere(visitor):
    for wanted in ("Kant", "Manchestr", "Birminham", "Sussx", "Londn", "Gwnet", "North Whales"):
        page = visitor.get(SEARCH, {"place": wanted})
        assert page.status_code == 404
        for url in re.findall(r'class="more" href="([^"]+)"', page.content.decode()):
            assert visitor.get(html.unescape(url)).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/evidence/", PLACE, f"{PLACE}groups.csv"])
def test_nothing_can_be_written_here(path, method, visitor):
    response = getattr(visitor, method)(path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert "This page can be read, and nothing can be sent to it." in text(response)


def test_a_form_sent_without_a_token_is_refused_for_its_method_first(gathered_styles):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(PLACE, {"period": "2024/25"})
    assert response.status_code == 405


def test_head_answers_as_get_without_the_words(visitor):
    assert visitor.head(PLACE).status_code == 200
    assert visitor.head(PLACE).content == b""


@pytest.mark.crawl(12)
@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_query_is_shown_as_text_or_not_at_all(name, value, visitor):
    for path in (SEARCH, PLACE, f"{PLACE}groups.csv", f"{PLACE}groups.svg"):
        response = visitor.get(path, {name: value})
        assert response.status_code in {200, 302, 400, 404}
        assert b"<script" not in response.content
        assert "X-Evil" not in response.headers
        assert "\n" not in "".join(response.headers.values())
        assert len(response.content) < 400_000


def test_a_query_that_is_no_text_at_all_is_answered_or_refused(visitor):
    for name in ASKED:
        assert visitor.get(f"{PLACE}?{name}=%ff%fe%ed%a0%bd").status_code in {200, 400, 404}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(ASKED), value=st.text(max_size=40))
def test_no_query_whatever_breaks_a_page(name, value, visitor):
    response = visitor.get(PLACE, {name: value})
    assert response.status_code in {200, 302, 400, 404}
    if response.status_code >= 400:
        assert 'class="more"' in response.content.decode()


def test_an_exhibit_that_is_not_there_is_refused_with_the_names_of_those_that_are(visitor):
    response = visitor.get(f"{SEARCH}K04000001/league-table.csv")
    assert response.status_code == 404
    for name in EXHIBITS:
        assert name in text(response)


@pytest.mark.parametrize("path", [f"{PLACE}areas.csv", f"{PLACE}ranks.svg", "/evidence/arrests/K04000001/trend.csv"])
def test_an_exhibit_that_this_page_does_not_have_is_refused(path, visitor):
    assert visitor.get(path).status_code == 404


def test_an_exhibit_with_no_chart_has_no_chart_to_download(visitor):
    assert visitor.get(f"{SEARCH}K04000001/outcomes.csv").status_code == 200
    response = visitor.get(f"{SEARCH}K04000001/outcomes.svg")
    assert response.status_code == 404
    assert "This exhibit has no chart." in text(response)


def test_a_table_says_in_every_row_where_it_belongs_and_carries_full_figures(visitor):
    response = visitor.get(f"{PLACE}groups.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="stop-and-search-E23000016-groups-2024-25.csv"'
    )
    found = rows(response)
    assert [row["group"] for row in found] == ["Black", "Asian", "Mixed", "Other", "White"]
    assert {(row["place"], row["place_code"]) for row in found} == {("West Mercia", "E23000016")}
    assert {row["period"] for row in found} == {"2024/25"}
    assert all("Home Office" in row["source"] and row["licence"] and row["release"] for row in found)
    assert float(found[0]["ratio"]) == pytest.approx((168 / 11185) / (2292 / 1224249))
    assert found[4]["ratio"] == "[compared with]"


def test_no_cell_of_any_download_is_a_formula(visitor):
    for code, names in (("K04000001", EXHIBITS), ("W15000004", ("groups", "trend"))):
        for name in names:
            response = visitor.get(f"{SEARCH}{code}/{name}.csv")
            for row in csv.reader(io.StringIO(response.content.decode(), newline="")):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
                    assert not cell.startswith("-") or float(cell) < 0


def test_a_chart_is_a_file_that_needs_nothing_else_and_may_do_nothing(visitor):
    response = visitor.get(f"{PLACE}groups.svg")
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    root = ET.fromstring(response.content)  # noqa: S314  (our own drawing)
    assert root.tag.endswith("svg")
    assert not [one for one in root.iter() if one.tag.endswith("script")]
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", response.content.decode())


@pytest.mark.parametrize("path", ["/evidence/", SEARCH, PLACE, f"{PLACE}groups.csv", f"{PLACE}groups.svg"])
def test_a_page_that_is_kept_is_the_same_page_headers_and_all(path, visitor, store):
    first, second = visitor.get(path), visitor.get(path)
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)


def test_a_new_release_is_seen_at_once_and_a_second_time_nothing_changes(visitor, store):
    before = visitor.get(PLACE)
    assert heading(before) == "In West Mercia, Black people were searched 8.0 times as often as White people"
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    after = visitor.get(PLACE)
    assert heading(after) == "In West Mercia, Black people were searched 16.0 times as often as White people"
    assert visitor.get(PLACE).content == after.content


def test_parameters_that_no_page_looks_at_do_not_crowd_out_what_is_kept(visitor, store):
    visitor.get(PLACE)
    before = len(KEPT._pages)
    for number in range(5):
        visitor.get(PLACE, {"utm_source": number})
    assert len(KEPT._pages) == before


def test_a_quoted_address_goes_on_showing_what_was_quoted_and_says_when_it_was_revised(visitor, store):
    quoted = {"period": "2024/25", "groups": "5", "reference": "White", "release": release(store)}
    downloads = [f"{PLACE}groups.csv", f"{PLACE}groups.svg", f"{PLACE}trend.csv", "/api/evidence/v1/compare"]
    ask = {"measure": "stop-and-search", "place": "E23000016"}
    page = visitor.get(PLACE, quoted)
    assert "An earlier release" not in text(page)
    taken = [visitor.get(path, {**quoted, **ask} if "api" in path else quoted).content for path in downloads]

    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)

    again = visitor.get(PLACE, quoted)
    assert heading(again) == heading(page)
    assert figures(again) == figures(page)
    assert "An earlier release" in text(again)
    assert "Figures were revised since." in text(again)
    assert taken == [visitor.get(path, {**quoted, **ask} if "api" in path else quoted).content for path in downloads]

    today = visitor.get(PLACE, {"period": "2024/25"})
    assert figures(today) != figures(page)
    assert "An earlier release" not in text(today)
    link = re.search(r'href="([^"]+)">See today’s figures', again.content.decode())
    assert figures(visitor.get(html.unescape(link[1]))) == figures(today)


def test_a_quoted_page_differs_after_a_revision_in_its_notice_alone(visitor, store):
    quoted = {"period": "2024/25", "groups": "5", "reference": "White", "release": release(store)}
    notice = re.compile(r'<div class="notice notice--care">.*?</div>\n?', re.DOTALL)
    before = visitor.get(PLACE, quoted).content.decode()
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    after = visitor.get(PLACE, quoted).content.decode()
    assert len(notice.findall(after)) == 1
    assert "".join(notice.sub("", after).split()) == "".join(before.split())


def test_a_quoted_page_keeps_its_outcomes_too(visitor, store):
    path, quoted = f"{SEARCH}K04000001/outcomes.csv", {"release": release(store)}
    before = visitor.get(path, quoted).content
    meant = {"ethnicity": "Black", "outcome": "Arrest", "period": "2020/21-2024/25 pooled"}
    store.load(OUTCOMES, revised(OUTCOMES, meant, add=10_000), on=NEXT_DAY)
    assert visitor.get(path, quoted).content == before
    assert visitor.get(path).content != before


def test_two_tables_that_no_longer_add_up_are_shown_as_they_are(visitor, store):
    """The searches were revised and the count of those with no ethnicity was not: the page still stands."""
    store.load(SEARCHES, revised(add=100_000), on=NEXT_DAY)
    response = visitor.get(PLACE)
    assert response.status_code == 200
    assert "100,168" in text(response)


def test_every_citation_is_an_address_that_answers(visitor):
    for path in (SEARCH, PLACE, f"{SEARCH}?groups=19&group=Pakistani", "/evidence/arrests/?reference=Asian"):
        page = visitor.get(path)
        cited = html.unescape(re.search(r'class="cite">([^<]+)', page.content.decode())[1])
        url = re.search(r"http://[^/ ]+(/\S+?)\. Figures:", cited)[1]
        again = visitor.get(url)
        assert figures(again) == figures(page)
        assert heading(again) == heading(page)


@pytest.mark.long
@pytest.mark.django_db
def test_every_link_within_the_site_answers(visitor):
    """From every kind of page, one step in every direction."""
    call_command("load_pages", verbosity=0)
    seen = set()
    paths = ("/", "/evidence/", "/evidence/method/", "/evidence/counterfactual/", SEARCH, PLACE, f"{SEARCH}?groups=19")
    for path in (*paths, "/nothing/"):
        for url in re.findall(r'(?:href|action)="(/[^"#]*)', visitor.get(path).content.decode()):
            if "/static/" not in url:
                seen.add(html.unescape(url))
    assert len(seen) > 100
    seen.discard("/cy/nothing/")  # what is nowhere in English is nowhere in Welsh either
    assert not [url for url in seen if visitor.get(url).status_code != 200]


def test_a_ratio_told_from_the_other_side_stands_beside_the_nations_from_that_side(client):
    said = client.get("/evidence/stop-and-search/E23000014/", {"reference": "Black", "group": "White"}).content.decode()
    here, there = (
        re.search(pattern, said)[1]
        for pattern in (r">([\d.]+) times<", r"in England and Wales as a whole,? (?:where )?it was ([\d.]+) times")
    )
    assert float(here) > 1
    assert float(there) > 1
