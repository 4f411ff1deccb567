"""Every address says who may call it, and the site does as the table says."""

import importlib.util
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from evenhand.core.access import (
    NEED_SECOND_FACTOR,
    ROLES,
    VISITOR,
    Caller,
    Gate,
    allow,
    anyone,
    declared,
    role,
    signed_in,
)

spec = importlib.util.spec_from_file_location("access_table", Path(__file__).with_name("access_table.py"))
table = importlib.util.module_from_spec(spec)
spec.loader.exec_module(table)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
CALLERS = {
    "visitor": VISITOR,
    "person": Caller(signed_in=True),
    "suspended administrator": Caller(
        signed_in=True, roles=frozenset({"administrator"}), second_factor=True, suspended=True
    ),
    **{one.slug: Caller(signed_in=True, roles=frozenset({one.slug}), second_factor=one.second_factor) for one in ROLES},
    **{
        f"{one.slug} without a second factor": Caller(signed_in=True, roles=frozenset({one.slug}))
        for one in ROLES
        if one.second_factor
    },
}


def addresses(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback


ADDRESSES = dict(addresses(get_resolver().url_patterns))


def decision(view, caller, method):
    request = RequestFactory().generic(method, "/")
    request.caller = caller
    try:
        refusal = Gate(lambda _request: HttpResponse()).process_view(request, view, (), {})
    except PermissionDenied:
        return "forbidden"
    return "allowed" if refusal is None else f"refused {refusal.status_code}"


def test_every_address_is_in_the_table_and_the_table_has_no_other():
    assert set(ADDRESSES) == set(table.TABLE)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_the_gate_decides_as_the_table_says_for_every_role_and_method(name):
    methods, who = table.TABLE[name]
    found = {
        (caller, method): decision(ADDRESSES[name], CALLERS[caller], method) for caller in CALLERS for method in METHODS
    }
    expected = {
        (caller, method): ("refused 405" if method not in methods else "allowed")
        if who == table.EVERYONE or caller in who
        else ("refused 405" if method not in methods else "forbidden")
        for caller in CALLERS
        for method in METHODS
    }
    assert found == expected


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_address_answers_over_http_as_the_table_says(name, gathered_styles):
    url = reverse(name, args=table.SAMPLES.get(name, []))
    client = Client(raise_request_exception=False)
    for method in METHODS[:-1]:
        response = client.generic(
            method, url, QUERY_STRING="&".join(f"{k}={v}" for k, v in table.QUERY.get(name, {}).items())
        )
        if method in table.TABLE[name][0]:
            assert response.status_code == (404 if name == "api:api-root" else 200), (method, url)
        else:
            assert response.status_code == 405, (method, url)


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


def test_every_role_from_assessor_on_needs_a_second_factor():
    slugs = [one.slug for one in ROLES]
    assert {one.slug for one in ROLES if not one.second_factor} == set(slugs[: slugs.index("assessor")])
