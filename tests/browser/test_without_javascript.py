"""Every journey works with scripts switched off, asks nothing of any other site, and leaves nothing behind."""

import csv
import io
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

SEARCH = "/evidence/stop-and-search/"


@pytest.fixture
def journey(opened, site):
    """A window without scripts, whose every request, message and cookie is looked at when the journey ends."""

    @contextmanager
    def start(path, **context):
        with opened("about:blank", java_script_enabled=False, **context) as page:
            requests, said, failed = [], [], []
            page.context.on("request", lambda request: requests.append(request.url))
            page.context.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda fault: said.append(str(fault)))
            page.goto(path)
            yield page
            assert requests
            assert not [url for url in requests if not url.startswith(site)]
            assert not failed
            assert not said
            assert not page.context.cookies()

    return start


def heading(page):
    return " ".join(page.locator("h1").inner_text().split())


def asked(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def follow(page, chooser, name):
    page.get_by_role("navigation", name=chooser).get_by_role("link", name=name, exact=True).click()


def test_from_the_front_page_to_a_place(journey):
    with journey("/") as page:
        page.get_by_label("Police force area").select_option("West Mercia")
        page.get_by_role("button", name="Show figures").click()
        assert urlsplit(page.url).path == f"{SEARCH}E23000016/"
        assert heading(page) == "In West Mercia, Black people were searched 8.0 times as often as White people"


@pytest.mark.long
def test_from_one_year_group_and_reference_to_another_and_on_to_another_place(journey):
    with journey(f"{SEARCH}E23000016/") as page:
        follow(page, "Year to March", "2021/22")
        assert asked(page)["period"] == "2021/22"
        assert "April 2021 to March 2022" in page.locator(".kicker").inner_text()
        follow(page, "Lead with", "Asian")
        assert heading(page).startswith("In West Mercia, Asian people were searched")
        assert asked(page)["period"] == "2021/22"
        page.get_by_label("Police force area").select_option("Kent")
        page.get_by_role("button", name="Show figures").click()
        assert heading(page) == "In Kent, White people were searched 1.2 times as often as Asian people"
        assert (asked(page)["period"], asked(page)["group"]) == ("2021/22", "Asian")
        follow(page, "Compare with", "Black")
        assert "Black people" in heading(page)


def test_from_five_groups_to_nineteen_and_to_one_of_them(journey):
    with journey(SEARCH) as page:
        follow(page, "Groups", "19 groups")
        assert "White British" in heading(page)
        page.get_by_text("Lead with:").click()
        follow(page, "Lead with", "Pakistani")
        assert "Pakistani" in heading(page)


@pytest.mark.long
def test_from_the_map_and_from_the_folded_table_to_a_place(journey):
    with journey(SEARCH) as page:
        page.get_by_role("link", name="West Mercia: 8.0", exact=True).click()
        assert "West Mercia" in heading(page)
        page.go_back()
        page.locator("#areas summary").click()
        page.locator("#areas").get_by_role("rowheader", name="Kent").get_by_role("link").click()
        assert "Kent" in heading(page)


def test_from_the_journey_to_a_measure_and_to_the_method(journey):
    with journey("/") as page:
        page.get_by_role("link", name="Stage by stage").click()
        page.locator("table").get_by_role("link", name="Stop and search", exact=True).click()
        assert heading(page).startswith("In England and Wales, Black people were searched")
        page.get_by_role("link", name="How we worked it out").click()
        assert heading(page) == "How figures are worked out"


def test_from_a_council_by_name_to_its_force_area_and_on_to_a_measure(journey):
    with journey("/places/") as page:
        page.get_by_label("Postcode or name of the place").fill("Shropshire")
        page.get_by_role("button", name="Find").click()
        assert heading(page) == "Shropshire"
        assert "It lies in West Mercia (police force area)" in page.locator(".notice").inner_text()
        follow(page, "Lies in", "West Mercia")
        assert heading(page) == "West Mercia"
        page.get_by_role("link", name="In West Mercia, Black people were searched 8.0 times").click()
        assert heading(page) == "In West Mercia, Black people were searched 8.0 times as often as White people"
        follow(page, "See also", "Black")
        assert heading(page) == "Black people"
        page.locator("#stop-and-search").get_by_role("link", name="Stop and search of children").click()
        assert "Black children" in heading(page)
        follow(page, "See also", "Stop and search")
        assert heading(page) == "Stop and search"
        follow(page, "After", "Arrest")
        assert heading(page) == "Arrest"


def test_a_table_and_a_chart_are_taken_away(journey):
    with journey(f"{SEARCH}E23000016/", accept_downloads=True) as page:
        with page.expect_download() as taken:
            page.locator("#groups").get_by_role("link", name="Table as CSV", exact=True).click()
        assert taken.value.suggested_filename.endswith(".csv")
        rows = list(csv.reader(io.StringIO(taken.value.path().read_text(encoding="utf-8"))))
        assert any(row[:3] == ["Black", "168", "11185"] for row in rows)
        page.locator("#groups").get_by_role("link", name="Chart as SVG").click()
        assert "Black, Asian and Mixed residents" in page.locator("svg").first.text_content()


def test_a_quoted_address_shows_the_same_page(journey):
    with journey(f"{SEARCH}E23000016/") as page:
        before = page.locator(".keys").inner_text()
        page.locator("#groups").get_by_role("link", name="Link to this release").click()
        assert "release" in asked(page)
        assert page.locator(".keys").inner_text() == before


def test_an_earlier_release_says_so_and_leads_to_todays_figures(journey, store):
    with journey(f"{SEARCH}E23000016/?period=2024/25&groups=5&reference=White&release={store.earlier}") as page:
        assert page.get_by_role("heading", name="An earlier release").count() == 1
        earlier = page.locator(".keys").inner_text()
        page.locator(".notice").get_by_role("link").first.click()
        assert page.get_by_role("heading", name="An earlier release").count() == 0
        assert page.locator(".keys").inner_text() != earlier
        assert heading(page) == "In West Mercia, Black people were searched 8.0 times as often as White people"


def test_a_slip_of_the_pen_leads_to_what_was_meant(opened):
    with opened(f"{SEARCH}?place=Kant", java_script_enabled=False) as page:
        assert page.answer.status == 404
        page.get_by_role("main").get_by_role("link", name="Kent").click()
        assert "Kent" in heading(page)
    with opened(f"{SEARCH}E23000016/?period=2020-22&group=Asian", java_script_enabled=False) as page:
        assert page.answer.status == 404
        page.get_by_role("main").get_by_role("link", name="2020/21").click()
        assert heading(page).startswith("In West Mercia, Asian people")


@pytest.mark.long
def test_with_scripts_on_the_same_pages_run_none(opened, site):
    for path in ("/", SEARCH, f"{SEARCH}E23000016/", "/nothing-here/"):
        with opened(path) as page:
            requests = []
            page.on("request", lambda request, seen=requests: seen.append((request.resource_type, request.url)))
            page.reload()
            assert {kind for kind, _ in requests} <= {"document", "stylesheet", "image", "other"}
            assert not [url for _, url in requests if not url.startswith(site)]
            assert page.evaluate("[document.scripts.length, localStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.long
def test_from_prison_to_its_counterfactuals_to_another_measure_and_a_table_taken_away(journey):
    with journey("/evidence/prison-population/", accept_downloads=True) as page:
        page.get_by_role("link", name="How many there would be at equal rates").click()
        assert heading(page) == "It depends on the question: 7,847 fewer or 9,603 fewer people in prison"
        with page.expect_download() as taken:
            page.locator("#swap").get_by_role("link", name="Table as CSV", exact=True).click()
        rows = list(csv.reader(io.StringIO(taken.value.path().read_text(encoding="utf-8"))))
        assert any(row[:3] == ["Black", "10314", "2409283"] for row in rows)
        page.locator("#swap").get_by_role("link", name="Link to this release").click()
        assert asked(page)["measure"] == "prison-population"
        assert len(asked(page)["release"]) == 10
        follow(page, "What is counted", "Arrests")
        assert heading(page) == "At the rate of White people, there would be 26,664 fewer arrests of Black people"
        page.locator("#stages summary").click()
        page.locator("#stages").get_by_role("rowheader", name="Stop and search, 2024/25: Black").get_by_role(
            "link"
        ).click()
        assert heading(page).startswith("In England and Wales, Black people were searched")
