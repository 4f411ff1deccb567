"""The pages of places: found by name, code or postcode; every one of them there; renewed when figures are."""

import html
import re

import pytest

from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, revised, store_at
from evenhand.library.places import KINDS, find, places
from evenhand.library.places.postcode_directory import load_postcode_directory
from evenhand.web.places import every_place

pytestmark = [pytest.mark.usefixtures("gathered_styles"), pytest.mark.django_db]
POSTCODES = """pcds,doterm,lat,long,oslaua,pfa,rgn,ctry
B1 1ZA,,52.4,-1.9,E08000025,E23000014,E12000005,E92000001
CF10 9ZZ,,51.4,-3.1,W06000015,W15000003,W99999999,W92000004
"""


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("kent", "E23000032"), ("  The Met ", "E23000001"), ("E08000025", "E08000025"), ("Birmingham", "E08000025"),
        ("HMP Birmingham", "BMI"), ("North West", "E12000002"), ("England and Wales", "K04000001"),
        ("British Transport Police", "BTP"), ("Greater Manchester", "E23000005"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_name_code_or_alias(name, code, visitor):
    response = visitor.get("/places/", {"name": name})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/places/{code}/"
    assert visitor.get(f"/places/{code}/").status_code == 200


def test_a_slip_of_the_pen_leads_to_the_page_that_was_meant(visitor):
    response = visitor.get("/places/", {"name": "Kant"})
    assert response.status_code == 404
    assert "There is nothing of that name here" in text(response)
    assert "Did you mean Kent?" in text(response)
    assert 'href="/places/E23000032/">Kent</a>' in response.content.decode()


@pytest.mark.parametrize("name", ["x" * 5000, "<script>alert(1)</script>", "{{ 7*7 }}", "\x00\r\n", "'; DROP TABLE"])
def test_whatever_is_typed_is_answered_as_text(name, visitor):
    response = visitor.get("/places/", {"name": name})
    assert response.status_code == 404
    assert "<script>" not in response.content.decode()
    assert "x" * 100 not in response.content.decode()


def test_a_postcode_without_a_directory_leads_to_the_place_that_it_is_about(visitor, settings, tmp_path):
    settings.POSTCODES_FILE = tmp_path / "none.parquet"
    for typed in ("B1 2JP", "b12jp", "B1"):
        response = visitor.get("/places/", {"name": typed})
        assert response.headers["Location"] == "/places/E08000025/?about=B1"
    assert "Postcodes that begin with B1 lie mostly in Birmingham" in text(visitor.get("/places/E08000025/?about=B1"))
    for made_up in ("LS1", "<b>", "x" * 200):
        assert "that begin with" not in text(visitor.get("/places/E08000025/", {"about": made_up}))
    assert "Type the name of the council" in text(visitor.get("/places/", {"name": "AB10 1AA"}))


def test_a_postcode_of_the_directory_leads_to_its_council(visitor, settings, tmp_path):
    source, settings.POSTCODES_FILE = tmp_path / "source.csv", tmp_path / "postcodes.parquet"
    source.write_text(POSTCODES.replace("\n", "\r\n"), newline="")
    load_postcode_directory(source, settings.POSTCODES_FILE, at_least=2)
    assert visitor.get("/places/", {"name": "b1 1za"}).headers["Location"] == "/places/E08000025/"
    assert "These are its figures" in text(visitor.get("/places/E08000025/")).replace("these", "These")
    assert "not a postcode in use" in text(visitor.get("/places/", {"name": "ZZ1 1ZZ"}))
    assert visitor.get("/places/", {"name": "B1"}).headers["Location"] == "/places/E08000025/?about=B1"


def test_the_index_leads_to_every_place_once(visitor):
    response = visitor.get("/places/")
    assert response.status_code == 200
    found = re.findall(r'href="/places/([^"/]+)/"', response.content.decode())
    bodies = {one.code for one in places("police-force") if not one.has_residents}
    assert sorted(found) == sorted({one.code for one in every_place()} - bodies)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_what_kind_of_place_it_is_where_it_lies_and_what_lies_in_it(kind, visitor):
    one = places(kind)[0]
    said = text(visitor.get(f"/places/{one.code}/"))
    assert said.count(one.name) >= 3
    assert {"police-force": "Police force area", "probation-region": "Probation region"}.get(
        kind, kind.capitalize()
    ) in said
    if kind in ("council", "prison", "police-force", "region"):
        assert "Lies in" in said


def test_places_of_one_name_lead_to_each_other(visitor):
    page = visitor.get("/places/E23000014/").content.decode()
    assert "Of the same name" in page
    assert 'href="/places/E12000005/"' in page


def test_an_earlier_code_leads_to_the_place_of_today_and_an_unknown_one_is_refused(visitor):
    moved = next(one for kind in KINDS for one in places(kind) if one.other_codes and len(one.other_codes[0]) == 9)
    response = visitor.get(f"/places/{moved.other_codes[0]}/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/places/{moved.code}/"
    assert visitor.get("/places/E99999999/").status_code == 404
    assert visitor.get("/places/e23000016/").status_code == 404


def test_a_council_says_whose_figures_it_shows(visitor):
    said = text(visitor.get(f"/places/{find('Shropshire').code}/"))
    assert "No figures are published for Shropshire alone. It lies in West Mercia (police force area)" in said
    assert "In West Mercia, Black people were searched 8.0 times as often as White people" in said


@pytest.mark.long
def test_a_page_is_made_anew_when_figures_are_released(visitor, settings, tmp_path):
    store = store_at(tmp_path / "evidence")
    settings.EVIDENCE_FOLDER = store.folder
    before = text(visitor.get("/places/E23000016/"))
    store.load(SEARCHES, revised(add=1000), on=NEXT_DAY)
    after = text(visitor.get("/places/E23000016/"))
    assert "searched 8.0 times as often" in before
    assert "searched 8.0 times as often" not in after


def test_nothing_can_be_written_here(visitor):
    for path in ("/places/", "/places/E23000016/", "/groups/", "/groups/black/", "/stages/", "/stages/prison/"):
        assert visitor.post(path).status_code == 405
