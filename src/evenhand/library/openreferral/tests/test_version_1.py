"""Version 1 is a view of the same entities, under its own names."""

from evenhand.library.openreferral import Page, Service
from evenhand.library.openreferral.tests import make
from evenhand.library.openreferral.version_1 import location_1, organization_1, service_1, taxonomy_1


def test_a_service_has_the_names_of_version_1():
    written = service_1(make.service())
    own = {"id", "name", "description", "url", "email", "status", "fees", "accreditations", "assured_date"}
    parts = {"organization", "service_areas", "fundings", "regular_schedules", "eligibilitys", "service_at_locations"}
    assert set(written) == own | parts | {"cost_options", "contacts", "languages", "service_taxonomys"}
    assert written["eligibilitys"] == [{"id": str(make.SERVICE), "minimum_age": 18, "maximum_age": 25.5}]
    assert written["regular_schedules"][0]["byday"] == "TU,TH"
    assert written["contacts"][0]["phones"] == [{"id": str(make.PHONE), "number": "01632 960001"}]
    assert written["languages"][0]["language"] == "Somali"
    assert {each["taxonomy"]["vocabulary"] for each in written["service_taxonomys"]} >= {"Needs", "Communities served"}


def test_in_a_list_a_service_has_its_organisation_alone():
    written = service_1(make.service(), parts=frozenset())
    assert not [value for value in written.values() if isinstance(value, list)]
    assert written["organization"]["url"] == "https://bridge.example/"


def test_an_organisation_has_its_website_under_url():
    assert set(organization_1(make.organization())) == {"id", "name", "description", "email", "url", "logo", "uri"}


def test_a_place_has_physical_addresses():
    written = location_1(make.location())
    assert written["physical_addresses"][0]["postal_code"] == "ZZ99 9ZZ"
    assert "address_type" not in written["physical_addresses"][0]
    assert written["accessibility_for_disabilities"][0]["accessibility"] == "Step-free entrance"
    hidden = location_1(make.location(addresses=(), accessibility=(), latitude=None, longitude=None))
    assert set(hidden) == {"id", "name", "description"}


def test_a_term_is_a_taxonomy_and_its_taxonomy_a_vocabulary():
    attribute = make.service().attributes[2]
    written = taxonomy_1(attribute.taxonomy_term)
    assert written["name"] == "Black Caribbean"
    assert written["vocabulary"] == "Communities served"
    assert written["parent_id"] == str(attribute.taxonomy_term.parent_id)


def test_what_says_nothing_is_left_out():
    bare = Service(id=make.SERVICE, name="Mentoring (made up)", status="active")
    assert service_1(bare) == {"id": str(make.SERVICE), "name": "Mentoring (made up)", "status": "active"}


def test_the_envelope_has_the_names_of_version_1():
    page = Page(number=2, per_page=50, total=60)
    assert page.envelope_1([service_1(make.service(), parts=frozenset())] * 10) | {"content": []} == {
        "totalElements": 60,
        "totalPages": 2,
        "number": 2,
        "size": 10,
        "first": False,
        "last": True,
        "empty": False,
        "content": [],
    }
