"""The open feed is Open Referral UK 3.0: each object as its schema has it, each filter narrowing, nothing hidden."""

import datetime as dt
import json
from pathlib import Path
from uuid import UUID

import jsonschema
import pytest
from django.utils import timezone
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from evenhand.core.organisations.models import Fact, Identifier
from evenhand.domains.directory.actions.indexing import refresh
from evenhand.domains.directory.lifecycle import LISTING
from evenhand.domains.directory.models import Service
from evenhand.domains.directory.tests import make
from evenhand.library import openreferral
from evenhand.library.openreferral import faults, stable_id, term
from evenhand.library.openreferral.standard import SCHEMAS

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent / "oruk-3.0" / "schema"
READ = {path.stem: json.loads(path.read_text()) for path in sorted(HERE.glob("*.json"))}
BASE = "/api/oruk/v3"
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
KINDS = {
    "services": ("service", openreferral.Service),
    "organizations": ("organization", openreferral.Organization),
    "service_at_locations": ("service_at_location", openreferral.ServiceAtLocation),
    "taxonomies": ("taxonomy", openreferral.Taxonomy),
    "taxonomy_terms": ("taxonomy_term", openreferral.TaxonomyTerm),
}
ENVELOPE = {
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "contents",
}
# Fields of ours that the standard has none for; everything else is one of its own.
OURS = {
    "demonstration",
    "eligibility_description",
    "application_process",
    "referral_sources",
    "capacity",
    "opening_words",
    "accessibility_words",
    "kind",
    "code",
}
EXAMPLE = {
    "description": "A mentor before release and after it.",
    "website": "https://gateway.example/mentoring",
    "email": "hello@gateway.example",
    "cost": "some",
    "cost_words": "Free for those on benefits.",
    "notice": "Closed in the first week of January.",
    "minimum_age": 18,
    "maximum_age": 25,
    "openings": [{"days": "MO,TU", "opens_at": "09:30", "closes_at": "16:00", "words": ""}],
    "terms": [
        {"kind": "need", "term": "mentoring"},
        {"kind": "stage", "term": "release-and-recall"},
        {"kind": "language", "term": "so"},
        {"kind": "referrer", "term": "self"},
    ],
}


def wrong(name, thing):
    resources = [(f"{SCHEMAS}{key}.json", Resource(schema, DRAFT202012)) for key, schema in READ.items()]
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(
        READ[name], registry=Registry().with_resources(resources), format_checker=checker
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(thing)]


@pytest.fixture
def listed():
    """A service with everything, one for others, and one whose place is confidential."""
    rich = make.service(name="Gateway", **EXAMPLE)
    owner = rich.organisation
    Identifier.objects.create(organisation=owner, scheme="GB-CHC", value="9100001", primary=True)
    Fact.objects.create(
        organisation=owner,
        kind="led-by",
        community="communities:five/black",
        basis="said",
        confirmed_by="a role",
        confirmed_on=dt.date(2026, 1, 1),
    )
    make.service(
        name="Quiet House",
        terms=[{"kind": "need", "term": "housing"}],
        audiences=[{"kind": "faith", "term": "muslim", "only": True}],
        coverage=[{"code": "E08000035", "court": ""}],
        locations=[{"visibility": "hidden"}],
        minimum_age=40,
    )
    make.service(
        name="Area",
        terms=[{"kind": "need", "term": "health"}],
        audiences=[],
        coverage=[{"code": "E08000035", "court": ""}],
        locations=[{"visibility": "area", "town": "Leeds", "postcode": "LS8"}],
    )
    refresh(today=timezone.localdate())
    return rich


def asked(client, where, **query):
    response = client.get(f"{BASE}/{where}", query)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.status_code == 200, response.content
    return response.json()


def names(client, where="services", **query):
    return {each.get("name") or each["location"]["name"] for each in asked(client, where, **query)["contents"]}


def test_the_first_address_says_what_to_hold_the_feed_to(client):
    said = asked(client, "")
    assert said["version"] == "HSDS-UK-3.0"
    assert wrong("api_details", said) == []


@pytest.mark.parametrize("where", LISTS)
def test_every_object_is_as_its_schema_has_it(client, listed, where):
    name, kind = KINDS[where]
    page = asked(client, where)
    assert set(page) == ENVELOPE
    assert page["contents"]
    assert wrong(f"{name}_list", page) == []
    for each in page["contents"]:
        whole = asked(client, f"{where}/{each['id']}")
        for thing in (each, whole):
            assert wrong(name, thing) == []
            unknown = [
                fault for fault in faults(kind, thing, strict=True) if fault.split(" ")[0].split(".")[-1] not in OURS
            ]
            assert unknown == []


def test_full_lists_and_organisations_with_their_services_are_as_the_schemas_have_them(client, listed):
    for each in asked(client, "services", full="true")["contents"]:
        assert wrong("service", each) == []
        assert "attributes" in each
    found = asked(client, "organizations", full_service="true")["contents"]
    assert all(wrong("organization", each) == [] for each in found)
    assert {one["name"] for each in found for one in each["services"]} == {"Gateway", "Quiet House", "Area"}
    assert any(
        one == {"identifier_scheme": "GB-CHC", "identifier": "9100001"}
        for each in found
        for one in [
            {key: number[key] for key in ("identifier_scheme", "identifier")}
            for number in each.get("organization_identifiers", ())
        ]
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"search": "mentoring"}, {"Gateway"}),
        ({"search": "no-such-thing"}, set()),
        ({"search": "&&|"}, set()),
        ({"taxonomy_term_id": term("needs", "housing").id}, {"Quiet House"}),
        ({"taxonomy_term_id": term("communities", "five/black").id}, {"Gateway"}),
        ({"taxonomy_term_id": term("communities", "census-2021-19/black-african").id}, set()),
        ({"taxonomy_term_id": term("who-may-come", "only").id}, {"Quiet House"}),
        ({"taxonomy_term_id": stable_id("nothing", "at all")}, set()),
        ({"taxonomy_id": stable_id("taxonomy", "faiths")}, {"Quiet House"}),
        ({"taxonomy_id": stable_id("taxonomy", "stages")}, {"Gateway"}),
        ({"maximum_age": 30}, {"Gateway", "Area"}),
        ({"minimum_age": 30}, {"Quiet House", "Area"}),
        ({"day": "monday"}, {"Gateway"}),
        ({"day": "FR"}, set()),
        ({"day": "MO", "start_time": "10:00"}, {"Gateway"}),
        ({"day": "MO", "start_time": "08:00"}, set()),
        ({"end_time": "17:00"}, set()),
        ({"modified_after": "2100-01-01T00:00:00Z"}, set()),
        ({"modified_after": "2020-01-01"}, {"Gateway", "Quiet House", "Area"}),
        ({"search": "mentoring", "taxonomy_term_id": term("needs", "housing").id}, set()),
    ],
)
def test_every_parameter_of_services_narrows(client, listed, query, expected):
    assert names(client, **query) == expected


def test_services_are_narrowed_to_those_of_one_body(client, listed):
    assert names(client, organization_id=listed.organisation_id) == {"Gateway"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"postcode": "B5 4AA", "proximity": 20_000}, {"Birmingham"}),
        ({"postcode": "LS8", "proximity": 1000}, {"Leeds"}),
        ({"postcode": "TR1", "proximity": 1000}, set()),
        ({"postcode": "LS1"}, {"Leeds"}),
        ({"postcode": "B1"}, {"Birmingham"}),
    ],
)
def test_places_are_narrowed_by_nearness_and_by_what_is_covered(client, listed, query, expected):
    found = asked(client, "service_at_locations", **query)["contents"]
    assert {each["location"]["name"] for each in found} == expected


def test_a_confidential_place_never_leaves(client, listed):
    assert len(asked(client, "service_at_locations")["contents"]) == 2
    whole = next(each for each in asked(client, "services", full="true")["contents"] if each["name"] == "Quiet House")
    assert "service_at_locations" not in whole
    area = next(each for each in asked(client, "services", full="true")["contents"] if each["name"] == "Area")
    assert "addresses" not in area["service_at_locations"][0]["location"]


def test_what_is_taken_off_leaves_the_feed_at_once(client, listed):
    LISTING.move(Service.objects.get(name="Gateway"), "suspend", by=make.editor(), why="A report")
    assert "Gateway" not in names(client)
    assert client.get(f"{BASE}/services/{listed.pk}").status_code == 404


def test_a_confirmation_moves_the_assured_date_and_not_the_edit(client, listed):
    before = asked(client, f"services/{listed.pk}")
    LISTING.move(listed, "confirm", by=make.editor(), on=timezone.localdate())
    after = asked(client, f"services/{listed.pk}")
    assert after["last_modified"] == before["last_modified"]
    assert after["assured_date"] == timezone.localdate().isoformat()


def test_pages_are_whole_and_hold_each_service_once(client, listed):
    seen = []
    for number in (1, 2, 3, 4):
        page = asked(client, "services", page=number, per_page=1)
        assert (page["total_items"], page["total_pages"], page["page_number"]) == (3, 3, number)
        assert (page["first_page"], page["last_page"], page["empty"]) == (number == 1, number >= 3, number == 4)
        seen += [each["id"] for each in page["contents"]]
    assert seen == sorted(seen, key=UUID)
    assert len(set(seen)) == 3


def test_ids_are_the_same_each_time(client, listed):
    assert asked(client, f"services/{listed.pk}") == asked(client, f"services/{listed.pk}")
    assert asked(client, "taxonomies") == asked(client, "taxonomies")


def test_a_minimal_list_says_what_changed_and_no_more(client, listed):
    for each in asked(client, "services", minimal="true")["contents"]:
        assert set(each) == {"id", "name", "status", "last_modified", "modified_date"}


@pytest.mark.parametrize("where", LISTS)
def test_everything_can_be_had_one_to_a_line(client, listed, where):
    response = client.get(f"{BASE}/{where}", {"format": "ndjson", "per_page": 2})
    assert response.headers["Content-Type"] == "application/x-ndjson"
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == asked(client, where)["total_items"]
    assert all(json.loads(line)["id"] for line in lines)


def test_terms_are_narrowed_by_their_taxonomy_their_parent_and_their_height(client):
    black = term("communities", "five/black")
    under = asked(client, "taxonomy_terms", parent_id=black.id)["contents"]
    assert {each["parent_id"] for each in under} == {str(black.id)}
    top = asked(client, "taxonomy_terms", taxonomy_id=black.taxonomy_id, top_only="true")["contents"]
    assert len(top) == 5
    assert names(client, "taxonomy_terms", search="housing") == {"Housing"}


@pytest.mark.parametrize(
    ("where", "status", "code"),
    [
        ("services/00000000-0000-4000-8000-000000000000", 404, "not-found"),
        ("services/not-an-id", 404, "not-found"),
        ("services?page=0", 400, "bad-request"),
        ("services?per_page=many", 400, "bad-request"),
        ("services?day=someday", 400, "bad-request"),
        ("service_at_locations?proximity=10", 400, "bad-request"),
        ("service_at_locations?postcode=nowhere&proximity=10", 400, "unknown-postcode"),
        ("nothing", 404, "not-found"),
    ],
)
def test_every_error_says_what_to_do_and_may_be_read_by_any_site(client, where, status, code):
    response = client.get(f"{BASE}/{where}")
    assert response.status_code == status
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "mentoring"}, {"Gateway"}),
        ({"need": "Housing"}, {"Quiet House"}),
        ({"circumstance": "release-and-recall"}, {"Gateway"}),
        ({"circumstance": "muslim"}, {"Quiet House"}),
        ({"circumstance": "muslim", "need": "mentoring"}, set()),
        ({"vocabulary": "faiths"}, {"Quiet House"}),
        ({"taxonomy_id": term("needs", "housing").id}, {"Quiet House"}),
        ({"taxonomy_id": term("leadership", "led-by").id}, {"Gateway"}),
        ({"taxonomy_id": term("leadership", "led-by").id, "taxonomy_type": "service"}, set()),
        ({"taxonomy_id": term("needs", "housing").id, "taxonomy_type": "organization"}, set()),
        ({"taxonomy_type": "organization"}, {"Gateway"}),
        ({"taxonomy_type": "service"}, {"Gateway", "Quiet House", "Area"}),
        ({"coverage": "LS8 1AA"}, {"Quiet House", "Area"}),
        ({"postcode": "B5 4AA", "proximity": 3000}, {"Gateway"}),
        ({"postcode": "LS8 1AA", "proximity": 3000}, {"Area"}),
        ({"postcode": "B5 4AA", "proximity": 3000, "coverage": "LS8 1AA"}, set()),
        ({"day": "MO", "start_time": "10:00"}, {"Gateway"}),
        ({"minimum_age": 30}, {"Quiet House", "Area"}),
    ],
)
def test_every_parameter_of_version_1_narrows(client, listed, query, expected):
    page = client.get("/api/oruk/v1/services", query).json()
    assert {each["name"] for each in page["content"]} == expected
    assert page["totalElements"] == len(expected)


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ({"need": "houseing"}, "housing"),
        ({"circumstance": "probatoin"}, "probation"),
        ({"vocabulary": "wants"}, "needs"),
        ({"include": "contact"}, "contacts"),
        ({"taxonomy_type": "planet"}, None),
        ({"proximity": 10}, None),
    ],
)
def test_what_version_1_cannot_be_asked_is_refused_with_what_it_can(client, listed, query, near):
    response = client.get("/api/oruk/v1/services", query)
    assert response.status_code in {400, 404}
    assert near is None or near in response.json()["error"]["near"]


def test_version_1_gives_the_parts_that_are_asked_for_and_no_others(client, listed):
    (plain,) = client.get("/api/oruk/v1/services", {"need": "mentoring"}).json()["content"]
    (more,) = client.get("/api/oruk/v1/services", {"need": "mentoring", "include": "contacts,languages"}).json()[
        "content"
    ]
    assert more.keys() - plain.keys() == {"contacts", "languages"}


def test_version_1_is_a_view_of_the_same(client, listed):
    page = client.get("/api/oruk/v1/services", {"need": "mentoring"}).json()
    assert (page["totalElements"], page["totalPages"], page["number"], page["first"], page["last"]) == (
        1,
        1,
        1,
        True,
        True,
    )
    one = client.get(f"/api/oruk/v1/services/{listed.pk}").json()
    assert one["organization"]["name"] == listed.organisation.name
    assert one["service_taxonomys"]
    assert one["eligibilitys"] == [{"id": str(listed.pk), "minimum_age": 18, "maximum_age": 25}]
