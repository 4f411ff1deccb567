"""Site search finds what the site holds, of every kind, and shows nothing that is not public."""

import datetime as dt

import html5lib
import pytest

from evenhand.core.access import machine
from evenhand.core.search.actions import index
from evenhand.domains.directory.tests.make import organisation, service
from evenhand.domains.publishing.actions.planting import plant
from evenhand.domains.publishing.tests.make import article
from evenhand.web.search import SOURCES

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(db):
    plant(by=machine("release"))
    return index(SOURCES)


def found(client, text, **more):
    response = client.get("/search/", {"q": text, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_every_kind_of_thing_is_found_and_told_apart(client, pages):
    for text, url in (
        ("words we use", "/about/words-we-use/"),
        ("stop and search", "/evidence/stop-and-search/"),
        ("west mercia", "/places/E23000016/"),
        ("roma people", "/groups/roma/"),
        ("runymede", "/about/other-support/runnymede-trust/"),
    ):
        assert f'href="{url}"' in found(client, text), text
    only = found(client, "prison", kind="places")
    assert "/about/" not in only.split("<main")[1].split("</main>")[0]
    draft = article("A zebra in draft", live=False)
    index(SOURCES)
    assert "in draft" not in found(client, "zebra draft")
    draft.get_latest_revision().publish()
    index(SOURCES)
    assert "in draft" in found(client, "zebra draft")
    draft.refresh_from_db()
    draft.unpublish()
    index(SOURCES)
    assert "in draft" not in found(client, "zebra draft")
    nothing = found(client, "qqqqqq")
    assert "Nothing was found" in nothing
    assert 'href="/about/contact/"' in nothing
    assert "&lt;b&gt;" in found(client, "<b>")
    assert index(SOURCES) == 0


def test_an_organisation_is_found_by_any_of_its_names_once_it_rests_on_something(client, db):
    given = service(
        organisation(name="Bridge of Examples", slug="bridge", description="Mentors at the gate.")
    ).organisation
    given.names.create(kind="former", name="Gatepost Fellowship")
    organisation(name="Merely Claimed", slug="claimed")
    merged = organisation(name="Once Otherwise", slug="otherwise", merged_into=given, closed_on=dt.date(2026, 1, 1))
    index(SOURCES)
    for text in ("bridge examples", "gatepost", "gatpost felowship"):
        assert 'href="/organisations/bridge/"' in found(client, text, kind="organisations"), text
    assert "Merely Claimed" not in found(client, "merely claimed")
    assert merged.name not in found(client, "otherwise")
    given.names.create(kind="short", name="Quillpost")
    assert index(SOURCES) == 1
    assert 'href="/organisations/bridge/"' in found(client, "quillpost")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\x00<script>alert(1)</script>", "Nothing was found"),
        ("prison " * 300, "Only the first 200 characters were read."),
        ("?!… ' \" % --", "There is no word in that to look for."),
        ("\u202e\x9b", "There is no word in that to look for."),
        ("²³ ª º ½ \U0001d7d8 ي", "Nothing was found"),
        ("' OR 1=1; --", "Nothing was found"),
        ("a & b | !c <-> d:*", "Nothing was found"),
    ],
)
def test_whatever_is_typed_is_answered_with_a_sound_page_that_says_what_was_made_of_it(client, db, typed, said):
    page = found(client, typed)
    assert said in page
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script" not in page
