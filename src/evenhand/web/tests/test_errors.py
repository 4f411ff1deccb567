"""Every refusal is a page in words, or JSON in one shape under /api/, whatever went wrong."""

import json
import logging

import pytest
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
)
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from evenhand.core.access import allow, anyone
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.web import errors, urls

FAULTS = {
    "bad": (BadRequest("x"), 400, "bad-request", "That could not be read"),
    "suspicious": (SuspiciousOperation("x"), 400, "bad-request", "That could not be read"),
    "forbidden": (PermissionDenied("Ask the lead."), 403, "not-allowed", "This page is not open to you"),
    "missing": (Http404("x"), 404, "not-found", "There is nothing at this address"),
    "broken": (ZeroDivisionError("secret words"), 500, "server-error", "Something went wrong here"),
    "refused": (
        Refused("No such thing.", code="no-thing", status=404),
        404,
        "no-thing",
        "There is nothing of that name here",
    ),
    "malformed": (Refused("Not so.", code="not-so"), 400, "not-so", "That cannot be answered as asked"),
    "not-allowed": (NotAllowed("Not for you."), 403, "not-allowed", "Not for you."),
    "not-possible": (NotPossible("Closed."), 409, "not-possible", "Closed."),
    "too-large": (RequestDataTooBig("x"), 413, "too-large", "That is too much at once"),
    "too-many-fields": (TooManyFieldsSent("x"), 413, "too-large", "That is too much at once"),
    "no-longer": (Refused("It closed.", code="gone", status=410), 410, "gone", "This is no longer here"),
    "too-often": (Refused("Wait.", code="too-many", status=429), 429, "too-many", "Wait a little"),
    "busy": (NotPossible("Busy.", status=503), 503, "not-possible", "That cannot be done just now"),
}

pytestmark = pytest.mark.django_db


@allow(anyone)
def failing(request, name):
    raise FAULTS[name][0]


@allow(anyone, methods=("GET", "POST"))
def sending(request):
    return HttpResponse("sent")


class Failing:
    """The site, with addresses at which something goes wrong."""

    urlpatterns = (
        path("fail/<name>/", failing),
        path("api/fail/<name>/", failing),
        path("send/", sending),
        *urls.urlpatterns,
    )
    handler400 = staticmethod(errors.bad_request)
    handler403 = staticmethod(errors.forbidden)
    handler404 = staticmethod(errors.not_found)
    handler500 = staticmethod(errors.server_error)


@pytest.fixture
def visitor(settings, gathered_styles):
    settings.ROOT_URLCONF = Failing
    logging.getLogger("django.request").disabled = True
    yield Client(raise_request_exception=False)
    logging.getLogger("django.request").disabled = False


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_goes_wrong_a_visitor_gets_a_page_with_words_and_a_way_on(name, visitor):
    _, status, _, said = FAULTS[name]
    response = visitor.get(f"/fail/{name}/")
    page = response.content.decode()
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert said in page
    assert 'href="/">The front page</a>' in page
    assert "secret words" not in page
    assert "Traceback" not in page
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_goes_wrong_a_program_gets_the_one_shape(name, visitor):
    _, status, code, _ = FAULTS[name]
    response = visitor.get(f"/api/fail/{name}/")
    found = json.loads(response.content)
    assert response.status_code == status
    assert list(found) == ["error"]
    assert list(found["error"]) == ["code", "message", "near"]
    assert found["error"]["code"] == code
    assert "secret words" not in found["error"]["message"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_where_even_the_head_of_a_page_is_broken_there_is_still_a_page_in_words(visitor, monkeypatch):
    def broken(_request):
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("evenhand.web.navigation.caller_of", broken)
    response = visitor.get("/fail/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong at our end" in page
    assert "secret words" not in page
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_what_stands_in_an_address_is_never_read_as_a_part_of_the_page(visitor):
    page = visitor.get("/no%00where%22%3E/").content
    assert b"\x00" not in page
    assert b'/cy/no%00where%22%3E/"' in page


def test_a_form_without_its_token_is_refused_in_our_own_words(settings, visitor):
    response = Client(enforce_csrf_checks=True).post("/send/", {"a": "b"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "That form could not be accepted" in page
    assert "CSRF" not in page
    assert visitor.post("/send/").status_code == 200


def test_a_wrong_method_says_which_are_right(visitor):
    response = visitor.put("/send/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, POST"
    assert "That cannot be done here" in response.content.decode()


def test_a_missing_slash_leads_to_the_page(visitor):
    response = visitor.get("/evidence/stop-and-search")
    assert response.status_code == 301
    assert response.headers["Location"] == "/evidence/stop-and-search/"


def test_no_address_leads_off_the_site(visitor):
    for given in ("//evil.example", "//evil.example/", "/\\evil.example", "///evil.example", "/evidence//evil.example"):
        response = visitor.get("/", PATH_INFO=given)
        assert response.status_code in {301, 404}
        assert not response.headers.get("Location", "/").startswith(("//", "http", "\\"))
