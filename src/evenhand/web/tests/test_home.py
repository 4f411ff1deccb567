"""The front page: five numbers of the library's own, each with its doubt, its source and a way to the whole."""

import html
import re

import pytest

from evenhand.core.design.numbers import percent, rate, times
from evenhand.domains.evidence.queries import words
from evenhand.library import compare
from evenhand.library.places import places

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, gathered_styles):
    return client.get("/").content.decode()


@pytest.fixture
def numbers(page):
    """Each of the five: figure, doubt, address, sentence, source."""
    found = re.findall(
        r'<li class="number">.*?class="big__n" href="[^"]*">(.*?)</a> <span class="big__doubt">(.*?)</span>.*?'
        r'<a href="(.*?)">(.*?)</a>.*?small soft">(.*?)</p></li>',
        page,
        re.DOTALL,
    )
    return [tuple(html.unescape(part) for part in one) for one in found]


def test_the_case_is_five_numbers_each_the_librarys_own(numbers):
    searched, arrested = compare("stop-and-search"), compare("arrests")
    searched_19, arrested_19 = compare("stop-and-search", groups=19), compare("arrests", groups=19)
    black = searched.row("Black")
    rows = [
        black,
        arrested.row("Black"),
        searched_19.row("Gypsy or Irish Traveller"),
        arrested_19.row("White and Black Caribbean"),
    ]
    figures = [times(row.ratio) + "×" for row in rows]
    figures.insert(1, rate(black.difference))
    doubts = [f"likely range {words.interval(row.lower, row.upper)}" for row in rows]
    doubts.insert(1, f"likely range {rate(black.difference_lower)} to {rate(black.difference_upper)}")
    assert [number[0] for number in numbers] == figures
    assert [number[1] for number in numbers] == doubts


def test_every_number_says_the_same_figure_in_a_sentence_and_names_its_source_and_year(numbers):
    assert len(numbers) == 5
    for figure, doubt, _, sentence, source in numbers:
        assert figure.removesuffix("×") in sentence or "more searches" in sentence.lower()
        assert re.fullmatch(r"likely range [\d.,]+ to [\d.,]+", doubt)
        assert re.fullmatch(r"Source: .+; .+, 20\d\d/\d\d", source)
        assert sentence[0].isupper()


def test_every_number_leads_to_a_page_that_opens_with_it(numbers, client):
    for figure, _, url, _, _ in numbers:
        answer = client.get(url)
        assert answer.status_code == 200
        assert re.search(rf'big__n">{re.escape(figure)}<', answer.content.decode()), url


def test_the_unknown_stands_beside_the_case_with_its_own_range(page):
    unknown = compare("stop-and-search").unknown
    assert f"<strong>{percent(unknown.share)}</strong>" in page
    assert re.search(r"\(likely range [\d.]+% to [\d.]+%\)", page)
    assert "?#not-recorded" not in page
    assert '#not-recorded">' in page


def test_the_first_number_is_drawn_with_its_receipt(page):
    assert 'id="groups-chart-t"' in page
    for term in ("Counts:", "Out of:", "Period:", "Source:", "Range:"):
        assert f"<dt>{term}</dt>" in page


def test_every_police_force_area_can_be_chosen(page, client):
    codes = re.findall(r'<option value="([A-Z0-9]+)"', page)
    assert len(codes) == len(set(codes))
    assert {force.code for force in places("police-force") if force.has_residents} <= set(codes)
    for code in codes:
        assert client.get("/evidence/stop-and-search/", {"place": code}).status_code == 302


def test_the_front_page_has_one_first_heading_and_tells_what_the_site_is(page):
    assert page.count("<h1") == 1
    assert "See the record, and who can help." in page
    assert re.search(r'<meta name="description" content="[^"]{60,}"', page)


def test_every_page_says_what_to_show_of_it_elsewhere(client, gathered_styles):
    for url in ("/", "/evidence/stop-and-search/E23000014/", "/find/", "/news/", "/support/", "/progress/"):
        page = client.get(url).content.decode()
        said = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]*)">', page))
        assert said["og:title"] == re.search(r"<title>(.*?)</title>", page)[1].replace('"', "&quot;"), url
        assert said["og:description"], url
        assert said["og:url"].endswith(url), url
        assert said["og:type"] == "website", url
        picture = gathered_styles / said["og:image"].partition("/static/")[2]
        assert picture.read_bytes().startswith(b"\x89PNG"), url
