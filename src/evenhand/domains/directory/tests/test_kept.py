"""Members keep the listings of their own organisation and see nothing of another's; editors see to the rest."""

import html
import re

import pytest
from django.test import Client

from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.domains.directory.models import Service
from evenhand.domains.directory.queries.kept import stale_by_region
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


def test_what_the_form_does_not_ask_for_stays(browser, own):
    service = make.service(own, openings=[{"days": "MO"}])
    page = browser.get(f"/account/services/{service.pk}/").content.decode()
    assert "Birmingham (HMP)" in page
    browser.post(f"/account/services/{service.pk}/", TYPED)
    assert service.openings.count() == 1


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
