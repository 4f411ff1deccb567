"""The pages that ship are there once, say nothing that the language check would flag, and yield to an editor."""

import re

import pytest

from evenhand.core.access import machine
from evenhand.core.journal.models import Line
from evenhand.domains.publishing.actions.planting import plant
from evenhand.domains.publishing.models import Shipped, SimplePage, SupportSource, Writing
from evenhand.domains.publishing.queries import shipped
from evenhand.domains.publishing.queries.language import findings
from evenhand.domains.publishing.queries.shipped import declared, html

pytestmark = pytest.mark.django_db
RELEASE = machine("release")


def test_every_declared_page_answers_at_its_address(planted, client):
    for one in declared():
        response = client.get(one.address)
        assert response.status_code == 200, one.address
        if one.address not in ("/", "/news/"):
            page = response.content.decode()
            assert one.title in page
            assert "have not yet been checked by a person" in page


def test_every_address_within_a_shipped_page_leads_somewhere(planted, client):
    for one in declared():
        for path in re.findall(r"(?:href=\"|'address': ')(/[^\"']*)", str(one.body)):
            assert client.get(path).status_code == 200, (one.address, path)


def test_loading_again_changes_nothing(planted):
    before = Writing.objects.count(), Line.objects.count()
    assert plant(by=RELEASE) == []
    assert (Writing.objects.count(), Line.objects.count()) == before


def test_what_ships_anew_is_written_anew_unless_an_editor_has_changed_it(planted, monkeypatch):
    from dataclasses import replace

    newer = tuple(replace(one, title="Another title") if "what-we" in one.address else one for one in declared())
    theirs = SimplePage.objects.get(slug="what-we-think")
    theirs.summary = "Their own words."
    theirs.save_revision()
    monkeypatch.setattr("evenhand.domains.publishing.actions.planting.declared", lambda: newer)
    assert plant(by=RELEASE) == ["/about/what-we-are-doing/ written anew"]
    assert SimplePage.objects.get(slug="what-we-are-doing").title == "Another title"
    assert SimplePage.objects.get(slug="what-we-think").title == "What we think"


def test_an_edited_page_no_longer_says_that_it_came_with_the_software(planted, client):
    page = SimplePage.objects.get(slug="security")
    page.summary = "How we keep this site safe."
    page.save_revision().publish()
    assert "have not yet been checked" not in client.get("/about/security/").content.decode()


def test_the_words_that_ship_pass_the_language_check(planted):
    for page in Writing.objects.exclude(slug="words-we-use"):
        assert not findings(page.specific), page.slug


def test_one_page_alone_explains_a_label_and_says_it_in_quotation_marks(planted):
    pages = [page.specific for page in Writing.objects.all()]
    assert [page.slug for page in pages if "BAME" in str(page.body)] == ["words-we-use"]
    assert not findings(next(page for page in pages if page.slug == "words-we-use"))


def test_each_source_of_support_says_what_for_whom_where_and_how_we_know(planted, client):
    assert SupportSource.objects.count() == 6
    for source in SupportSource.objects.all():
        page = client.get(source.get_url()).content.decode()
        for said in (source.offers, source.for_whom, source.website, source.learned_from):
            assert said.replace("’", "’") in page.replace("&#x27;", "'"), source.slug
        assert "Not yet looked at" in page


def test_plain_words_become_paragraphs_lists_and_links_and_nothing_else():
    assert html("One <b>\n\n- [a](/b/)\n- **c**") == (
        '<p>One &lt;b&gt;</p><ul><li><a href="/b/">a</a></li><li><b>c</b></li></ul>'
    )


def test_every_shipped_page_is_kept_by_its_address(planted):
    assert {one.address for one in Shipped.objects.all()} == {one.address for one in shipped.declared()}
