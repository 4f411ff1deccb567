"""Members keep the listings of their own organisation and see nothing of another's; editors see to the rest."""

import html
import re

import pytest
from django.test import Client

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.directory.actions.listings import edit
from evenhand.domains.directory.forms.openings import row_of
from evenhand.domains.directory.models import Service
from evenhand.domains.directory.queries.kept import stale_by_region
from evenhand.domains.directory.queries.words import known
from evenhand.domains.directory.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
TYPED = {
    "name": "Second Start",
    "summary": "A room and a key.",
    "cost": "free",
    "need": ["housing"],
    "phone": "0121 496 0178",
    "place_visibility": "full",
    "covers": "HMP Birmingham\nWest Midlands",
    "courts": "Birmingham Magistrates' Court",
    "community": ["five/asian"],
    "only": "on",
}


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def own():
    return make.organisation()


@pytest.fixture
def browser(own):
    return signed_in(person("organisation-member", organisation=own), second_factor=False)


def test_a_member_adds_submits_and_changes_a_service(browser, own):
    assert browser.get(f"/account/services/new/{own.pk}/").status_code == 200
    answer = browser.post(f"/account/services/new/{own.pk}/", TYPED)
    service = Service.objects.get()
    assert answer.headers["Location"] == f"/account/services/{service.pk}/"
    assert {one.code or one.court for one in service.coverage.all()} == {
        "BMI",
        "E23000014",
        "Birmingham Magistrates' Court",
    }
    assert [(one.term, one.only) for one in service.audiences.all()] == [("five/asian", True)]
    browser.post(f"/account/services/{service.pk}/submit")
    service.refresh_from_db()
    assert service.status == "submitted"
    browser.post(f"/account/services/{service.pk}/", TYPED | {"phone": "0121 496 0179"})
    service.refresh_from_db()
    assert service.phone == "0121 496 0179"
    assert "Second Start" in text(browser.get("/account/services/"))


def test_one_click_confirms(browser, own):
    service = make.service(own)
    Service.objects.update(assured_on="2026-01-01")
    browser.post(f"/account/services/{service.pk}/confirm")
    service.refresh_from_db()
    assert service.assured_on.isoformat() > "2026-01-01"
    assert service.assured_by == own.ref


def test_closing_is_asked_about_first_and_is_taken_back_with_a_reason(browser, own):
    service = make.service(own)
    here = f"/account/services/{service.pk}"
    assert f'href="{here}/close"' in browser.get("/account/services/").content.decode()
    assert "Has “Gateway Mentoring” closed?" in text(browser.get(f"{here}/close"))
    service.refresh_from_db()
    assert service.status == "listed"
    assert "open it again here" in text(browser.post(f"{here}/close", follow=True))
    assert f'href="{here}/reopen"' in browser.get("/account/services/").content.decode()
    assert browser.post(f"{here}/reopen", {"why": ""}).status_code == 400
    assert "sent to be checked again" in text(browser.post(f"{here}/reopen", {"why": "A slip."}, follow=True))
    service.refresh_from_db()
    assert service.status == "submitted"
    assert "cannot be opened again now" in text(browser.get(f"{here}/reopen"))


def test_a_save_undoes_nothing_that_was_written_meanwhile(browser, own):
    service = make.service(own)
    here = f"/account/services/{service.pk}/"
    seen = re.search(r'name="seen" value="(\d+)"', browser.get(here).content.decode())[1]
    edit(service, {"phone": "0121 496 0199", "summary": "Corrected."}, by=make.editor())
    answer = browser.post(here, TYPED | {"seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 400
    for said in ("Somebody changed this listing", "0121 496 0199", "Corrected.", 'value="Second Start"'):
        assert said in page
    service.refresh_from_db()
    assert (service.name, service.phone) == ("Gateway Mentoring", "0121 496 0199")
    again = re.search(r'name="seen" value="(\d+)"', page)[1]
    browser.post(here, TYPED | {"seen": again})
    service.refresh_from_db()
    assert (service.name, service.phone) == ("Second Start", TYPED["phone"])


def test_what_the_form_does_not_ask_for_stays(browser, own):
    speakers = {"kind": "language", "term": next(iter(known("language"))), "only": False}
    service = make.service(own, audiences=[speakers])
    page = browser.get(f"/account/services/{service.pk}/").content.decode()
    assert "Birmingham (HMP)" in page
    browser.post(f"/account/services/{service.pk}/", TYPED)
    assert service.audiences.filter(kind="language").count() == 1


def test_hours_are_corrected_in_the_words_that_the_page_says_them_in(browser, own):
    row = {"days": "TU,TH", "opens_at": "10:00", "closes_at": "16:00", "words": "drop-in"}
    service = make.service(own, openings=[row])
    here = f"/account/services/{service.pk}/"
    said = "Tuesday and Thursday, 10am to 4pm, drop-in"
    assert said in text(browser.get(here))
    browser.post(here, TYPED | {"openings": said})
    assert service.openings.values("days", "opens_at__hour", "closes_at__hour", "words").get() == {
        "days": "TU,TH",
        "opens_at__hour": 10,
        "closes_at__hour": 16,
        "words": "drop-in",
    }
    browser.post(here, TYPED | {"openings": "Mondays to Fridays 9.30-17:00\nsat, 12 noon until 2pm"})
    assert "Monday to Friday, 9:30am to 5pm. Saturday, 12 noon to 2pm" in text(
        browser.get(f"/services/{service.slug}/")
    )
    refused = browser.post(here, TYPED | {"openings": "whenever"})
    assert "“whenever” begins with no day" in text(refused)
    assert "cannot be. Write them so" in text(browser.post(here, TYPED | {"openings": "Monday, 5pm to 9am"}))
    assert service.openings.count() == 2


@pytest.mark.parametrize(
    ("line", "days", "hours", "words"),
    [
        ("Monday", "MO", None, ""),
        ("Fri to Mon, 2 to 4pm", "MO,FR,SA,SU", (14, 16), ""),
        ("Wednesdays: 10 - 4pm by appointment", "WE", (10, 16), "by appointment"),
        ("Monday, Wednesday & Friday, 12am to 12pm", "MO,WE,FR", (0, 12), ""),
        ("Tuesday, in the evening", "TU", None, "in the evening"),
    ],
)
def test_hours_are_read_as_people_write_them(line, days, hours, words):
    row = row_of(line)
    read = (row["opens_at"].hour, row["closes_at"].hour) if row["opens_at"] else None
    assert (row["days"], read, row["words"]) == (days, hours, words)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "There is a problem"),
        ({"need": []}, "There is a problem"),
        ({"covers": "Brmingham"}, "Did you mean"),
        ({"place_postcode": "nowhere"}, "not a postcode"),
        ({"phone": ""}, "Say how to reach it"),
        ({"minimum_age": "30", "maximum_age": "20"}, "lower than the lowest"),
        ({"capacity": "open"}, "on which day"),
        ({"capacity": "open", "capacity_on": "2099-01-01"}, "today, or a day before"),
        ({"capacity": "open", "capacity_on": "0001-01-01"}, "today, or a day before"),
        ({"waiting_weeks": "99999999999"}, "less than or equal to 520"),
        ({"minimum_age": "999"}, "less than or equal to 120"),
        ({"name": "\u200b\u200b"}, "signs that do not show"),
        ({"name": "Gateway \u202e.elpmaxe"}, "signs that do not show"),
        ({"name": "Suspended, see evil.example/login now"}, "without a web or e-mail address"),
        ({"phone": "call me"}, "Write the number in figures"),
        ({"phone": "0"}, "Write the number in figures"),
        ({"phone": "0121\u202e496"}, "Write the number in figures"),
        ({"website": "http://user:pass@evil.example"}, "as a browser shows it"),
        ({"description": "a" * 100_000}, "at most 5000 characters"),
    ],
)
def test_a_form_that_cannot_be_right_says_what_to_do(browser, own, typed, said):
    answer = browser.post(f"/account/services/new/{own.pk}/", TYPED | typed)
    assert answer.status_code == 400
    assert said in text(answer)
    assert not Service.objects.exists()


def test_a_member_edits_every_place_adds_one_and_gives_one_up(browser, own):
    two = [
        {"visibility": "full", "line_1": "1 First Road", "town": "Birmingham", "postcode": "B1 0XX"},
        {"visibility": "full", "line_1": "2 Second Road", "town": "Leeds", "postcode": "LS1 0XX"},
    ]
    service = make.service(own, locations=two)
    address = f"/account/services/{service.pk}/"
    page = browser.get(address).content.decode()
    assert "2 Second Road" in page
    assert 'name="place_3_line_1"' in page
    kept = {
        f"{prefix}_{name}": value
        for prefix, one in (("place", two[0]), ("place_2", two[1]))
        for name, value in one.items()
    }
    third = {"place_3_visibility": "area", "place_3_town": "York", "place_3_postcode": "YO1"}
    browser.post(address, TYPED | kept | third | {"place_2_line_1": "22 Second Road"})
    assert sorted(service.locations.values_list("town", "line_1")) == [
        ("Birmingham", "1 First Road"),
        ("Leeds", "22 Second Road"),
        ("York", ""),
    ]
    assert "not a postcode" in text(browser.post(address, TYPED | kept | {"place_2_postcode": "nowhere"}))
    browser.post(address, TYPED | kept | {"place_gone": "on", "place_2_gone": "on"})
    assert sorted(service.locations.values_list("town", flat=True)) == ["Birmingham"]


def test_another_organisations_listing_is_not_there(browser):
    other = make.service()
    nowhere = "6f2a1f0e-0000-4000-8000-000000000000"
    browser.raise_request_exception = False
    for method, path in (("get", ""), ("post", ""), ("post", "close"), ("post", "confirm")):
        there, never = (
            getattr(browser, method)(f"/account/services/{pk}/{path}", TYPED if method == "post" else {})
            for pk in (other.pk, nowhere)
        )
        assert there.status_code == never.status_code == 404
        assert there.content.replace(str(other.pk).encode(), b"") == never.content.replace(nowhere.encode(), b"")
    assert browser.post(f"/account/services/new/{other.organisation_id}/", TYPED).status_code == 404
    other.refresh_from_db()
    assert (other.name, other.status) == ("Gateway Mentoring", "listed")
    assert "Gateway Mentoring" not in text(browser.get("/account/services/"))


def test_extra_fields_change_nothing_that_the_form_does_not_ask_for(browser, own):
    service = make.service(own, at="draft")
    wrong = {
        "status": "listed",
        "organisation": str(make.organisation().pk),
        "assured_on": "2030-01-01",
        "slug": "mine",
    }
    browser.post(f"/account/services/{service.pk}/", TYPED | wrong)
    after = Service.objects.get(pk=service.pk)
    assert (after.status, after.organisation_id, after.assured_on, after.slug) == (
        "draft",
        own.pk,
        None,
        service.slug,
    )


def test_a_member_cannot_list_what_nobody_checked(browser, own):
    service = make.service(own, at="submitted")
    assert browser.post(f"/account/services/{service.pk}/list").status_code == 404
    service.refresh_from_db()
    assert service.status == "submitted"


def test_visitors_are_led_to_the_sign_in():
    assert Client().get("/account/services/").headers["Location"].startswith("/account/sign-in/")


def test_checks_are_counted_by_region_each_service_once():
    from django.utils import timezone

    make.service(coverage=[{"code": "E08000025"}, {"code": "E08000026"}, {"code": "BMI"}])
    make.service(coverage=[{"code": "K04000001"}])
    regions = {one.name: one for one in stale_by_region(timezone.localdate())}
    assert len(regions) == 10
    assert (regions["West Midlands"].total, regions["West Midlands"].checked) == (1, 1)
    assert sum(one.total for one in regions.values()) == 1
