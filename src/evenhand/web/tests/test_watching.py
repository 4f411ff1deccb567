"""What machines ask for: whether the site is well, what may be read, and every page that there is."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command

from evenhand.library.places import places

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def site(settings):
    """The address of the site; never another than that of the pages which other tests left in memory."""
    return settings.SITE_URL


@pytest.fixture
def addresses(client, site, db):
    call_command("load_pages", verbosity=0)
    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  (our own list)
    return [one.text for one in tree.findall("s:url/s:loc", NAMES)]


@pytest.mark.django_db
def test_a_well_site_says_so_and_nobody_keeps_the_answer(client):
    response = client.get("/health/")
    assert response.status_code == 200
    assert json.loads(response.content) == {"status": "ok"}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_site_whose_figures_cannot_be_read_is_not_well(client, settings, tmp_path, gathered_styles):
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "current.json").write_text("{")
    settings.EVIDENCE_FOLDER = folder
    client.raise_request_exception = False
    assert client.get("/health/").status_code == 500


def test_robots_may_read_everything_and_are_told_where_the_list_is(client, site):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == f"User-agent: *\nAllow: /\nSitemap: {site}/sitemap.xml\n"


def test_the_list_of_pages_names_each_once_with_the_address_of_the_site(addresses, site):
    assert len(addresses) == len(set(addresses))
    assert all(one.startswith(f"{site}/") for one in addresses)
    assert {f"{site}/", f"{site}/evidence/", f"{site}/evidence/method/"} <= set(addresses)
    for force in places("police-force"):
        assert (f"{site}/evidence/stop-and-search/{force.code}/" in addresses) == force.has_residents


@pytest.mark.long
def test_every_page_of_the_list_answers_and_calls_itself_by_that_address(addresses, site, client, gathered_styles):
    for address in addresses:
        response = client.get(address.removeprefix(site))
        assert response.status_code == 200, address
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', response.content.decode())
        if canonical:
            assert canonical[1] == address


def test_no_page_that_can_be_reached_is_missing_from_the_list(addresses, site, client, gathered_styles):
    found = {
        site + url
        for page in ("/", "/evidence/", "/evidence/stop-and-search/")
        for url in re.findall(r'href="(/[^"?#]*)', client.get(page).content.decode())
    }
    # Single numbers and single rows are pages by the ten thousand, and each is reached from the page that shows it.
    # Pages in Welsh are listed once they are written.
    left_out = r"/(static|api|account|trace|row|cy)/|\.(csv|svg|png|xlsx|json|bib|txt)$|/K04000001/$"
    pages = {one for one in found if not re.search(left_out, one)}
    assert pages <= set(addresses)


@pytest.mark.django_db
def test_every_page_says_where_the_reader_is(client, gathered_styles):
    for path, name in (
        ("/evidence/", "Evidence"),
        ("/evidence/stop-and-search/E23000016/", "Evidence"),
        ("/evidence/method/", "Evidence"),
        ("/find/", "Find help"),
        ("/directory/gaps/", "Find help"),
    ):
        head = client.get(path).content.decode().split("</header>")[0]
        assert re.findall(r'aria-current="true">([^<]+)<', head) == [name]
