"""The directory's desk: who submitted a listing cannot list it, reports are settled, edits are seen and taken back."""

import html
import re

import pytest
from django.urls import reverse

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


def test_what_a_member_changes_after_a_check_is_marked_everywhere_and_looked_at(browser):
    service = make.service()
    checked = service.assured_on
    edit(service, {"notice": "Closed on Friday."}, by=make.member(service.organisation))
    public = f"/services/{service.slug}/"
    assert "Changed since its check" not in text(browser.get(public))
    edit(service, {"phone": "0121 496 0199"}, by=make.member(service.organisation))
    for page in (public, f"{public}embed/", "/directory/booklets/E08000025/"):
        assert "Changed since its check" in text(browser.get(page)), page
    assert Service.objects.get().assured_on == checked
    assert browser.get(reverse("api:one_service", args=[service.pk])).json()["changed_since_assured"] is True
    here = f"/staff/directory/{service.pk}/"
    assert here in browser.get("/staff/directory/").content.decode()
    assert "Looked at: it may stay" in text(browser.get(here))
    browser.post(f"{here}look-over")
    after = Service.objects.get()
    assert (after.to_look_at, after.changed_since, after.assured_on) == (False, True, checked)
    browser.post(f"{here}confirm")
    assert "Changed since its check" not in text(browser.get(public))


def test_an_editors_own_change_waits_for_nobody(browser):
    service = make.service()
    edit(service, {"phone": "0121 496 0199"}, by=make.editor())
    after = Service.objects.get()
    assert (after.to_look_at, after.changed_since) == (False, True)


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


@pytest.mark.parametrize("wrong", ["", "a" * 501, "We\x00rang."])
def test_what_was_typed_about_a_report_stays_and_what_is_wrong_is_said_beside_it(browser, wrong):
    made = report(make.service(), "contact", words="Nobody answers.")
    answer = browser.post(f"/staff/directory/reports/{made.pk}/settle", {"outcome": wrong, "changed": "yes"})
    assert answer.status_code == 400
    assert "see what is wrong beside the report" in text(answer)
    assert wrong.replace("\x00", "") in answer.content.decode().replace("\x00", "")
    assert "Error:" in text(answer)
    assert Report.objects.get().status == "new"


def test_a_reason_too_long_is_refused_whole_and_stays(browser):
    service = make.service()
    answer = browser.post(f"/staff/directory/{service.pk}/suspend", {"why": "a" * 501})
    assert (answer.status_code, "a" * 501 in answer.content.decode()) == (400, True)
    assert Service.objects.get().status == "listed"


def test_a_link_to_a_check_that_is_not_whole_says_so(client):
    answer = client.get("/directory/check/garbled/")
    assert answer.status_code == 404
    assert "This link does not hold" in text(answer)
    assert "Copy all of it from the message" in text(answer)
