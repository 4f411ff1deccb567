"""Every address says who may call it, and the site does as the table says, for every role in a real browser session."""

import importlib.util
import logging
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from evenhand.core.access import (
    NEED_SECOND_FACTOR,
    ROLES,
    VISITOR,
    Caller,
    Gate,
    allow,
    anyone,
    declared,
    machine,
    role,
    signed_in,
)
from evenhand.core.access import STAFF as STAFF_ROLES
from evenhand.core.accounts.tests import make

spec = importlib.util.spec_from_file_location("access_table", Path(__file__).with_name("access_table.py"))
table = importlib.util.module_from_spec(spec)
spec.loader.exec_module(table)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
SUSPENDED = "suspended administrator"
CALLERS = {
    "visitor": VISITOR,
    "person": Caller(signed_in=True),
    SUSPENDED: Caller(signed_in=True, roles=frozenset({"administrator"}), second_factor=True, suspended=True),
    **{one.slug: Caller(signed_in=True, roles=frozenset({one.slug}), second_factor=one.second_factor) for one in ROLES},
    **{
        f"{one.slug} without a second factor": Caller(signed_in=True, roles=frozenset({one.slug}))
        for one in ROLES
        if one.second_factor
    },
    **{f"expired {one.slug}": Caller(signed_in=True, second_factor=one.second_factor) for one in ROLES},
}
WHO = {
    table.EVERYONE: set(CALLERS),
    table.SIGNED_IN: set(CALLERS) - {"visitor", SUSPENDED},
    table.STAFF: set(STAFF_ROLES),
    table.FIGURES: {"statistics-editor", "statistics-approver"},
    table.EDITORS: {"statistics-editor"},
    table.APPROVERS: {"statistics-approver"},
    table.ADMINISTRATORS: {"administrator"},
    table.KEEPERS: {"coordinator", "secretariat", "content-editor", "administrator"},
    table.ASSESSORS: {"assessor"},
    table.OVERSEERS: {"programme-officer", "administrator", "funder"},
    table.WRITERS: {"content-editor", "administrator"},
    table.DESK: {"directory-editor", "administrator"},
    table.OFFICERS: {"programme-officer", "administrator"},
    table.REPORTS: {"funder", *STAFF_ROLES},
    table.MEMBERS: {"organisation-member", "organisation-owner", "directory-editor", "administrator"},
}


def addresses(patterns, route="", namespace=""):
    for pattern in patterns:
        here = route + re.sub(r"[\\^$]|\\Z", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", here, pattern.callback


ALL = list(addresses(get_resolver().url_patterns))


def prefix_of(name, route):
    """The prefix by whose rule an address goes that the table does not name."""
    return next((one for one in table.PREFIXES if route.startswith(one) and name not in table.TABLE), None)


NAMED = {name: view for name, route, view in ALL if prefix_of(name, route) is None}
OTHERS = {
    f"{route} ({name})": (prefix_of(name, route), route, view) for name, route, view in ALL if prefix_of(name, route)
}


@pytest.fixture(autouse=True)
def _quiet():
    for name in ("django.request", "django.security"):
        logging.getLogger(name).disabled = True
    yield
    for name in ("django.request", "django.security"):
        logging.getLogger(name).disabled = False


GATE = Gate(lambda _request: HttpResponse())
REQUESTS = {method: RequestFactory().generic(method, "/") for method in METHODS}  # a gate asks nothing else of them


def decision(view, caller, method):
    request = REQUESTS[method]
    request.caller = caller
    try:
        refusal = GATE.process_view(request, view, (), {})
    except PermissionDenied:
        return "forbidden"
    return "allowed" if refusal is None else f"refused {refusal.status_code}"


def decisions(view):
    return {(name, method): decision(view, caller, method) for name, caller in CALLERS.items() for method in METHODS}


def promised(rule):
    methods, who = rule
    return {
        (name, method): "refused 405" if method not in methods else "allowed" if name in WHO[who] else "forbidden"
        for name in CALLERS
        for method in METHODS
    }


def test_every_address_is_in_the_table_and_the_table_has_no_other():
    assert set(NAMED) == set(table.TABLE)
    assert len(OTHERS) > 100


def test_no_named_address_hides_behind_a_prefix():
    assert all(route.startswith("staff/") for _prefix, route, _view in OTHERS.values())
    assert all(view.__module__.split(".")[0] in {"wagtail", "django", "evenhand"} for _p, _r, view in OTHERS.values())


@pytest.mark.parametrize("name", sorted(NAMED))
def test_the_gate_decides_as_the_table_says_for_every_role_and_method(name):
    assert decisions(NAMED[name]) == promised(table.TABLE[name])


def test_the_gate_decides_alike_for_every_address_behind_a_prefix():
    for name, (prefix, _route, view) in OTHERS.items():
        assert decisions(view) == promised(table.PREFIXES[prefix]), name


@pytest.fixture
def browsers(db):
    """Makes a browser for a caller, signed in as that caller would be; each time a fresh one."""
    people = {}

    def somebody(name):
        if name == SUSPENDED:
            return make.person("administrator", name=name)
        expired = name.startswith("expired ")
        slug = name.removeprefix("expired ").removesuffix(" without a second factor")
        return make.person(*([] if slug == "person" else [slug]), name=name[:40], expired=expired)

    def browser(name):
        if name == "visitor":
            return Client(raise_request_exception=False)
        if name not in people:
            people[name] = somebody(name)
        factor = not name.endswith("without a second factor")
        client = make.signed_in(people[name], second_factor=factor, raise_request_exception=False)
        if name == SUSPENDED:
            type(people[name]).objects.filter(pk=people[name].pk).update(is_active=False)
        return client

    return browser


def asked(browser, method, url, name=""):
    query = "&".join(f"{key}={value}" for key, value in table.QUERY.get(name, {}).items())
    return browser.generic(method, url, QUERY_STRING=query)


def refused_as_it_should_be(name, caller, method, response):
    """Whoever may not is told so; a reader who may be somebody is asked who, or for the factor that is missing."""
    if method == "POST":
        return response.status_code == 403
    if caller in {"visitor", SUSPENDED}:
        return response.status_code == 302 and response.headers["Location"].startswith("/account/sign-in/?next=")
    missing = caller.removesuffix(" without a second factor")
    if missing != caller and missing in WHO[(table.TABLE.get(name) or table.PREFIXES["staff/"])[1]]:
        return response.status_code == 302 and response.headers["Location"].startswith("/account/factors/?next=")
    return response.status_code == 403


@pytest.mark.crawl(30)
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(NAMED))
def test_every_address_answers_a_visitor_as_the_table_says(name):
    url = reverse(name, args=table.SAMPLES.get(name, []))
    methods, who = table.TABLE[name]
    for method in METHODS[:-1]:
        response = asked(Client(raise_request_exception=False), method, url, name)
        if method not in methods:
            assert response.status_code == 405, (method, url)
        elif who != table.EVERYONE:
            assert refused_as_it_should_be(name, "visitor", method, response), (method, url, response.status_code)
        elif method in READ_METHODS:
            assert response.status_code == table.ELSEWHERE.get(name, 200), (method, url)


READ_METHODS = ("GET", "HEAD")
OPEN = (table.EVERYONE, table.SIGNED_IN)
FEWER = ("visitor", "person", "administrator without a second factor")


def shared(every, caller, parts):
    """The share of a caller: one in so many, another for the next. The gate alone is asked for all of them above."""
    return every[list(CALLERS).index(caller) % parts :: parts]


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("caller", [one for one in CALLERS if one != "visitor"])
def test_every_address_answers_every_role_in_a_real_session_as_the_table_says(caller, browsers):
    """What a role is admitted to and others are not, all of it; of the rest each caller a share, together all of it."""
    special = {name for name, (_methods, who) in table.TABLE.items() if who not in OPEN and caller in WHO[who]}
    for name in sorted(special | set(shared(sorted(NAMED), caller, 4))):
        url = reverse(name, args=table.SAMPLES.get(name, []))
        methods, who = table.TABLE[name]
        for method in ("GET", "POST"):
            response = asked(browsers(caller), method, url, name)
            said = (caller, method, url, response.status_code, response.headers.get("Location"))
            if method not in methods:
                assert response.status_code == 405, said
            elif caller in WHO[who]:
                assert response.status_code < 500, said
                assert response.status_code not in {403, 405}, said
            else:
                assert refused_as_it_should_be(name, caller, method, response), said


@pytest.mark.crawl(1)
@pytest.mark.django_db
@pytest.mark.parametrize(
    "caller",
    [pytest.param(one, marks=[] if one in FEWER else pytest.mark.long) for one in CALLERS if one not in STAFF_ROLES],
)
def test_nobody_without_a_staff_role_and_factor_gets_anything_from_the_staff_home(caller, browsers):
    browser = browsers(caller)
    for url in others() if caller in FEWER else shared(sorted(others()), caller, 8):
        for method in ("GET", "POST"):
            response = browser.generic(method, url)
            said = (caller, method, url, response.status_code, response.headers.get("Location"))
            assert refused_as_it_should_be("", caller, method, response), said


@pytest.mark.long
@pytest.mark.django_db
def test_the_staff_home_breaks_for_no_administrator(browsers):
    """Its addresses are not ours, but what we changed about them must not break them."""
    browser = browsers("administrator")
    # The first fails on purpose; the root, which has no parent, cannot be moved, and Wagtail does not say so.
    for url in set(others()) - {"/staff/failwhale/", "/staff/pages/1/set_position/"}:
        response = browser.get(url)
        assert response.status_code < 500, url
        assert response.status_code != 403, url


def others():
    """An address of each route behind a prefix, but for those that our own doors stand before."""
    urls = sorted({sample(route) for _prefix, route, _view in OTHERS.values()})
    return [url for url in urls if resolve(url).view_name not in table.TABLE]


def sample(route):
    """An address of a route, its blanks filled with something."""
    filled = re.sub(r"<(?:int:|str:)?\w*(?:id|pk|version|index)\w*>|<int:\w+>", "1", "/" + route)
    filled = re.sub(r"<uuid:\w+>", str(uuid4()), filled)
    filled = re.sub(r"<(?:str:|slug:|path:)?\w+>", "x", filled)
    filled = re.sub(r"\(\?P<\w+>[^)]*\)|\(.*?\)", "1", filled)
    return filled.replace(".*/", "nothing-here/")


def test_a_view_that_does_not_say_who_may_call_it_is_refused():
    def view(request):
        return HttpResponse()

    with pytest.raises(ImproperlyConfigured, match="does not say who may call it"):
        declared(view)
    with pytest.raises(ImproperlyConfigured):
        decision(view, VISITOR, "GET")


def test_a_view_for_one_role_refuses_every_other_caller():
    @allow(role("assessor"), methods=("GET", "POST"))
    def view(request):
        return HttpResponse()

    admitted = {name for name, caller in CALLERS.items() if decision(view, caller, "POST") == "allowed"}
    assert admitted == {"assessor"}


def test_a_role_that_needs_a_second_factor_is_nothing_without_it():
    for slug in NEED_SECOND_FACTOR:
        assert not role(slug).admits(Caller(signed_in=True, roles=frozenset({slug})))
        assert role(slug).admits(Caller(signed_in=True, roles=frozenset({slug}), second_factor=True))


def test_predicates_join_and_keep_the_sentence_that_explains_a_refusal():
    either = role("assessor") | role("consultant")
    both = signed_in & role("organisation-owner")
    assessor = Caller(signed_in=True, roles=frozenset({"assessor"}), second_factor=True)
    owner = Caller(signed_in=True, roles=frozenset({"organisation-owner"}))
    assert either.admits(assessor)
    assert not either.admits(owner)
    assert both.admits(owner)
    assert not both.admits(VISITOR)
    assert anyone.admits(VISITOR)
    assert "assessor or consultant" in either.name


def test_a_visitor_has_no_reference_and_a_machine_no_role():
    from evenhand.core.references import Ref

    with pytest.raises(ValueError, match="say who acts"):
        _ = VISITOR.ref
    assert machine("tick").ref == Ref("core.machine", "tick")
    assert not signed_in.admits(machine("tick"))


def test_every_role_from_assessor_on_needs_a_second_factor():
    slugs = [one.slug for one in ROLES]
    assert {one.slug for one in ROLES if not one.second_factor} == set(slugs[: slugs.index("assessor")])
