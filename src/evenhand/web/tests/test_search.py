"""Site search finds what the site holds, of every kind, and shows nothing that is not public."""

import pytest

from evenhand.core.access import machine
from evenhand.core.search.actions import index
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
