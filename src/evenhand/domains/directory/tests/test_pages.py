"""The pages of services, lists and booklets say what is held and no more, in every state of a listing."""

import html
import json
import re

import pytest
from django.core.cache import cache
from django.test import Client

from evenhand.core.access import machine
from evenhand.domains.directory.actions.listings import edit, move
from evenhand.domains.directory.models import Report
from evenhand.domains.directory.queries.lists import booklet
from evenhand.domains.directory.queries.paper import booklet_document
from evenhand.domains.directory.tests import make
from evenhand.library.places import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]
SECRET = {"visibility": "hidden", "line_1": "9 Secret Street", "town": "Wetherby", "postcode": "LS22 5XX"}


def text(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def url_of(service, more=""):
    return f"/services/{service.slug}/{more}"


def test_a_page_says_who_where_how_and_when_it_was_checked(client):
    service = make.service(minimum_age=18, maximum_age=25, openings=[{"days": "MO,TU,WE"}])
    page = text(client.get(url_of(service)))
    for said in (
        "Gateway Mentoring",
        "Made for Black people, and open to everyone. Ages: 18 to 25.",
        "0121 496 0112",
        "4 Demonstration Yard B",
        "Birmingham",
        "West Midlands",
        "Monday to Wednesday",
        "Next check by",
    ):
        assert said.replace("Yard B", "Yard") in page
    assert "keeper@example.org" not in page


def test_only_and_open_to_all_are_told_apart(client):
    alone = make.service(audiences=[{"kind": "gender", "term": "women", "only": True}])
    assert "Only for women and girls." in text(client.get(url_of(alone)))
    everyone = make.service(audiences=[])
    assert "Open to everyone." in text(client.get(url_of(everyone)))


def test_a_page_for_who_may_be_watched_has_a_way_out_and_others_have_none(client):
    assert "Leave this site" not in text(client.get(url_of(make.service())))
    abuse = make.service(terms=[{"kind": "need", "term": "domestic-abuse"}])
    for more in ("", "report/"):
        assert "Leave this site" in text(client.get(url_of(abuse, more)))


def test_the_data_for_search_engines_can_be_read_and_cannot_break_out(client):
    service = make.service(summary="</script><b>not bold</b>")
    page = client.get(url_of(service)).content.decode()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert said["@type"] == "Service"
    assert said["description"] == "</script><b>not bold</b>"
    assert "<b>not bold" not in page


def test_a_confidential_address_leaves_by_no_door(client):
    service = make.service()
    edit(service, {"locations": [SECRET]}, by=machine("tests"))
    doors = (
        url_of(service),
        url_of(service, "embed/"),
        f"/directory/shortlist/?s={service.slug}",
        f"/directory/shortlist.csv?s={service.slug}",
        "/directory/booklets/BMI/",
        "/directory/booklets/BMI.csv",
        "/directory/services.csv",
        f"/organisations/{service.organisation.slug}/",
        "/places/BMI/",
    )
    for door in doors:
        response = client.get(door)
        assert response.status_code == 200, door
        for secret in ("Secret", "Wetherby", "LS22", "Demonstration Yard", "B5 0XX"):
            assert secret not in response.content.decode(), door
            assert secret not in repr(booklet_document(booklet(place("BMI")), large=False))


@pytest.mark.parametrize(("at", "status"), [("draft", 404), ("submitted", 404), ("hidden", 404), ("closed", 410)])
def test_what_is_not_listed_is_not_shown(client, at, status):
    service = make.service(at=at)
    response = client.get(url_of(service))
    assert response.status_code == status
    assert "0121 496 0112" not in response.content.decode()
    assert client.get(url_of(service, "embed/")).status_code == 404


def test_what_was_never_listed_looks_like_what_is_not_there(client):
    draft = make.service(at="draft")
    client.raise_request_exception = False
    here, nowhere = client.get(url_of(draft)), client.get("/services/never-was-there/")
    assert re.sub(r"\S*services/\S*", "", here.content.decode()) == re.sub(
        r"\S*services/\S*", "", nowhere.content.decode()
    )


def test_a_page_may_be_framed_only_where_it_is_made_to_be(client):
    service = make.service()
    page, small = client.get(url_of(service)), client.get(url_of(service, "embed/"))
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors *" in small.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in small.headers
    assert "<form" not in small.content.decode()
    own = client.get(f"/organisations/{service.organisation.slug}/embed/")
    assert "Gateway Mentoring" in text(own)


def test_anybody_can_say_what_is_wrong_without_saying_who_they_are(client):
    service = make.service()
    url = url_of(service, "report/")
    assert "There is a problem" in text(client.post(url, {}))
    assert "Thank you" in text(client.post(url, {"kind": "closed", "words": "Shut."}))
    assert Report.objects.get().words == "Shut."
    client.post(url, {"kind": "closed", "words": "Shut."})
    assert Report.objects.count() == 1


def test_the_form_cannot_be_used_to_flood_the_desk():
    cache.clear()
    service, client = make.service(), Client(raise_request_exception=False, REMOTE_ADDR="192.0.2.7")
    answers = [
        client.post(url_of(service, "report/"), {"kind": "other", "words": str(n)}).status_code for n in range(7)
    ]
    assert answers == [200] * 5 + [429] * 2
    over = client.post(url_of(service, "report/"), {"kind": "other", "words": "Typed with care"})
    assert "Wait 1 minute, then send it again." in text(over)
    assert "Typed with care" in text(over)
    elsewhere = make.service(name="Another")
    assert client.post(url_of(elsewhere, "report/"), {"kind": "other", "words": "x"}).status_code == 200


def test_a_report_that_is_not_complete_counts_for_nothing():
    cache.clear()
    service, client = make.service(), Client(REMOTE_ADDR="192.0.2.8")
    for _again in range(8):
        assert client.post(url_of(service, "report/"), {"kind": ""}).status_code == 200
    assert "Thank you" in text(client.post(url_of(service, "report/"), {"kind": "closed", "words": "Shut."}))
    cache.clear()


def test_extra_fields_of_a_report_are_ignored(client):
    service = make.service()
    client.post(url_of(service, "report/"), {"kind": "other", "status": "settled", "from_keeper": "1", "outcome": "x"})
    made = Report.objects.get()
    assert (made.status, made.from_keeper, made.outcome) == ("new", False, "")


def test_a_list_is_kept_in_the_browser_and_shared_by_its_address(client):
    one, two = make.service(), make.service(name="Second Start")
    for service in (one, two, one):
        client.post("/directory/shortlist/add", {"service": service.slug})
    page = client.get("/directory/shortlist/")
    assert "2 services." in text(page)
    assert f"?s={one.slug}.{two.slug}" in page.content.decode()
    stranger = Client().get(f"/directory/shortlist/?s={two.slug}.{one.slug}.nothing")
    assert re.findall(r'<h2 id="s-([a-z0-9-]+)"', stranger.content.decode()) == [two.slug, one.slug]
    assert "1 service of this list is no longer shown." in text(stranger)
    client.post("/directory/shortlist/remove", {"service": one.slug})
    assert "1 service." in text(client.get("/directory/shortlist/"))
    client.post("/directory/shortlist/clear")
    assert "Nothing is on it yet" in text(client.get("/directory/shortlist/"))


def test_a_list_comes_in_large_print_and_as_a_table_without_formulas(client):
    service = make.service(name="=HYPERLINK(1)", phone="+44 121 496 0112")
    query = f"?s={service.slug}"
    assert 'class="large"' in client.get(f"/directory/shortlist/{query}&size=large").content.decode()
    table = client.get(f"/directory/shortlist.csv{query}").content.decode()
    assert "'=HYPERLINK" in table
    assert ",+44 121 496 0112," in table
    assert client.get("/directory/shortlist.csv?s=").status_code == 404


def test_a_list_holds_no_more_than_a_sheet_of_paper_can(client):
    slugs = ".".join(f"service-{n}" for n in range(5000))
    assert client.get(f"/directory/shortlist/?s={slugs}").status_code == 200


def test_a_booklet_has_who_covers_a_prison_and_then_who_covers_its_area(client):
    inside = make.service(name="Inside Birmingham")
    around = make.service(name="All of the Midlands", coverage=[{"code": "E12000005"}])
    elsewhere = make.service(name="Far Away", coverage=[{"code": "E23000032"}])
    page = text(client.get("/directory/booklets/BMI/"))
    assert page.index(inside.name) < page.index("Services for a wider area") < page.index(around.name)
    assert elsewhere.name not in page
    assert client.get("/directory/booklets/E99999999/").status_code == 404


def test_a_place_where_nobody_is_listed_says_so(client):
    assert "No service that covers Kent is listed." in text(client.get("/places/E23000032/"))
    make.service(coverage=[{"code": "E23000032"}])
    assert "1 service is listed. 1 of 1 were checked" in text(client.get("/places/E23000032/"))


def test_groups_and_stages_say_who_helps(client):
    make.service()
    assert "Gateway Mentoring" in text(client.get("/groups/black-african/"))
    assert "No service made for Indian people is listed." in text(client.get("/groups/indian/"))
    assert "Gateway Mentoring" in text(client.get("/stages/release-and-recall/"))
    assert "No service that helps at this stage is listed." in text(client.get("/stages/charge/"))


def test_an_old_check_says_ring_first(client):
    from datetime import timedelta

    from django.utils import timezone

    service = make.service(checked=timezone.localdate() - timedelta(days=130))
    assert "Ring first" in text(client.get(url_of(service)))


def test_a_service_that_closes_leaves_every_list_at_once(client):
    service = make.service()
    client.post("/directory/shortlist/add", {"service": service.slug})
    move(service, "close", by=machine("tests"))
    assert "Gateway Mentoring" not in text(client.get("/directory/booklets/BMI/"))
    assert "is no longer shown" in text(client.get("/directory/shortlist/"))


def test_a_booklet_can_be_taken_away_as_a_pdf_in_ordinary_and_in_large_print(client):
    assert client.get("/directory/booklets/BMI.pdf").status_code == 404
    make.service(name="#eval(1) *Gateway*")
    page = client.get("/directory/booklets/BMI/").content.decode()
    assert 'href="/directory/booklets/BMI.pdf"' in page
    ordinary, large = client.get("/directory/booklets/BMI.pdf"), client.get("/directory/booklets/BMI.pdf?size=large")
    assert ordinary.headers["Content-Type"] == "application/pdf"
    assert ordinary.headers["Content-Disposition"] == 'attachment; filename="who-can-help-bmi.pdf"'
    assert b"pdfuaid:part>1<" in ordinary.content
    assert b"pdfuaid:part>1<" in large.content
    assert ordinary.content != large.content
