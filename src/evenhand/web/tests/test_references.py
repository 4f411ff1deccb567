"""Every kind of thing that can be pointed at has a title, and an address where there is one."""

import pytest
from django.test import Client

from evenhand.core.accounts.tests.make import person
from evenhand.core.organisations.models import Organisation
from evenhand.core.references import Known, Ref, kinds, resolve

pytestmark = pytest.mark.django_db


def known(text):
    ref = Ref.read(text)
    return resolve([ref])[ref]


def test_every_kind_is_known():
    assert {"accounts.person", "core.machine", "organisations.organisation", "evidence.measure"} <= set(kinds())


def test_people_and_organisations_are_called_by_their_names():
    anne = person(name="Anne")
    body = Organisation.objects.create(slug="body", name="A body", demonstration=True, closed_on="2026-01-01")
    assert known(str(anne.ref)) == Known("Anne")
    assert known(str(body.ref)) == Known("A body (demonstration)", "closed", "/organisations/body/")
    assert known("core.machine:tick") == Known("Evenhand itself (tick)")


def test_a_measure_leads_to_its_page_for_the_nation_or_a_place():
    nation, place = known("evidence.measure:stop-and-search"), known("evidence.measure:stop-and-search@E23000016")
    assert (nation.title, place.title) == ("Stop and search", "Stop and search, West Mercia")
    for one in (nation, place):
        assert Client().get(one.url).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "evidence.measure:none",
        "evidence.measure:arrests@E99999999",
        "organisations.organisation:6f2a1f0e-0000-4000-8000-000000000000",
        "organisations.organisation:none",
        "accounts.person:none",
    ],
)
def test_what_is_not_there_is_called_by_its_reference(text):
    assert known(text) == Known(text)


def test_somebody_who_is_gone_is_still_somebody():
    assert known("accounts.person:6f2a1f0e-0000-4000-8000-000000000000").title.startswith("Somebody")


def test_many_are_asked_for_at_once(django_assert_num_queries):
    refs = [person().ref for _ in range(20)]
    with django_assert_num_queries(1):
        assert len(resolve(refs)) == 20
