"""The directory's desk: who submitted a listing cannot list it, reports are settled, edits are seen and taken back."""

import html
import re

import pytest

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.directory.actions.listings import edit
from evenhand.domains.directory.actions.reports import report
from evenhand.domains.directory.models import Report, Service
from evenhand.domains.directory.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def browser():
    return signed_in(person("directory-editor"))


def test_the_desk_shows_what_waits_and_a_second_person_lists_it(browser):
    service = make.service(at="submitted")
    assert "Gateway Mentoring" in text(browser.get("/staff/directory/"))
    page = text(browser.get(f"/staff/directory/{service.pk}/"))
    assert "List it" in page
    browser.post(f"/staff/directory/{service.pk}/list")
    service.refresh_from_db()
    assert service.status == "listed"


def test_whoever_submitted_a_listing_finds_no_button_to_list_it(browser):
    service = make.service(at="draft")
    browser.post(f"/staff/directory/{service.pk}/submit")
    assert "List it" not in text(browser.get(f"/staff/directory/{service.pk}/"))
    browser.post(f"/staff/directory/{service.pk}/list")
    service.refresh_from_db()
    assert service.status == "submitted"


def test_a_step_that_needs_a_reason_is_not_taken_without(browser):
    service = make.service()
    browser.post(f"/staff/directory/{service.pk}/suspend", {"why": ""})
    service.refresh_from_db()
    assert service.status == "listed"
    browser.post(f"/staff/directory/{service.pk}/suspend", {"why": "Somebody was hurt there."})
    service.refresh_from_db()
    assert service.status == "suspended"


def test_a_report_is_settled_from_the_desk(browser):
    made = report(make.service(), "contact", words="Nobody answers.")
    assert "Nobody answers." in text(browser.get("/staff/directory/"))
    browser.post(f"/staff/directory/reports/{made.pk}/settle", {"outcome": "We rang.", "changed": "yes"})
    assert Report.objects.get().status == "settled"
    browser.post(f"/staff/directory/reports/{made.pk}/settle", {"outcome": "Again.", "changed": "no"})
    assert Report.objects.get().outcome == "We rang."


def test_an_edit_is_seen_and_taken_back(browser):
    service = make.service()
    edit(service, {"phone": "0800"}, by=make.member(service.organisation))
    page = text(browser.get(f"/staff/directory/{service.pk}/"))
    assert "Go back to version 1" in page
    browser.post(f"/staff/directory/{service.pk}/versions/1/undo")
    assert Service.objects.get(pk=service.pk).phone == "0121 496 0112"


def test_listings_are_found_by_name(browser):
    make.service()
    assert "Gateway Mentoring" in text(browser.get("/staff/directory/?q=gateway"))
    assert "None is called that." in text(browser.get("/staff/directory/?q=nothing"))
