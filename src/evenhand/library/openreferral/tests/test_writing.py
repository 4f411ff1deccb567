"""Entities become JSON and come back the same; what is wrong is said in words, with where it stands."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.openreferral import (
    Contact,
    CostOption,
    Language,
    Location,
    NotOpenReferral,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    faults,
    from_json,
    minimal,
    stable_id,
    to_json,
)
from evenhand.library.openreferral.tests import make


def through_json(kind, entity):
    return from_json(kind, json.loads(json.dumps(to_json(entity), allow_nan=False)))


def test_a_service_that_uses_every_field_survives_the_round():
    assert through_json(Service, make.service()) == make.service()


def test_what_says_nothing_is_left_out():
    bare = Service(id=make.SERVICE, name="Mentoring (made up)", status="active", more={"wait": "", "capacity": None})
    assert to_json(bare) == {"id": str(make.SERVICE), "name": "Mentoring (made up)", "status": "active"}


def test_extra_fields_are_written_and_read_back():
    written = to_json(make.service())
    assert written["referral"] == {"self_referral": True, "how": "By telephone"}
    assert from_json(Service, written).more == {"referral": {"self_referral": True, "how": "By telephone"}}


def test_moments_are_written_in_utc_to_the_millisecond():
    summer = dt.datetime(2026, 7, 1, 10, 30, 45, 123_999, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert to_json(make.service(last_modified=summer))["last_modified"] == "2026-07-01T09:30:45.123Z"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        to_json(make.service(last_modified=dt.datetime(2026, 7, 1)))  # noqa: DTZ001  (that is what is refused)


def test_numbers_are_written_as_people_write_them():
    written = to_json(make.service())
    assert json.dumps([written["minimum_age"], written["maximum_age"], written["cost_options"][0]["amount"]]) == (
        "[18, 25.5, 2.5]"
    )
    with pytest.raises(ValueError, match="no number"):
        to_json(make.location(latitude=float("nan")))


def test_in_a_list_a_service_has_its_organisation_and_nothing_of_which_there_may_be_many():
    written = to_json(make.service(), full=False)
    assert not [value for value in written.values() if isinstance(value, list)]
    assert written["organization"]["name"] == "Bridge of Examples (made up)"
    assert not [value for value in written["organization"].values() if isinstance(value, list)]
    at = ServiceAtLocation(id=make.PLACE, location=make.location(), service=make.service())
    assert set(to_json(at, full=False)) == {"id", "location", "service"}
    assert "addresses" not in to_json(at, full=False)["location"]


def test_a_harvester_sees_what_changed():
    assert minimal(make.service()) == {
        "id": str(make.SERVICE),
        "name": "Mentoring on release (made up)",
        "status": "active",
        "last_modified": "2026-10-03T09:30:45.123Z",
        "modified_date": "2026-10-03T09:30:45.123Z",
    }


def test_a_confidential_place_needs_neither_address_nor_point():
    hidden = Location(id=make.PLACE, location_type="physical", name="Confidential")
    assert set(to_json(hidden)) == {"id", "location_type", "name"}


# Faults


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "5"}, "id must be a UUID, not '5'"),
        ({"name": None}, "name is null: leave it out"),
        ({"description": ""}, "description is empty: leave it out"),
        ({"status": "open"}, "status is 'open', not one of active, inactive, defunct, temporarily closed"),
        ({"url": "a.example"}, "url must be a whole address, such as https://example.org/, not 'a.example'"),
        ({"email": "at work"}, "email must be an e-mail address, not 'at work'"),
        ({"minimum_age": "18"}, "minimum_age must be a number, not '18'"),
        ({"minimum_age": True}, "minimum_age must be a number, not True"),
        ({"assured_date": "02/11/2026"}, "assured_date must be a day, such as 2026-11-20, not '02/11/2026'"),
        ({"assured_date": "2026-02-30"}, "assured_date must be a day, such as 2026-11-20, not '2026-02-30'"),
        ({"contacts": {}}, "contacts must be a list"),
        ({"contacts": [5]}, "contacts[0] must be an object with fields"),
        ({"organization": []}, "organization must be an object with fields"),
        ({"name": 7}, "name must be text, not 7"),
    ],
)
def test_a_fault_says_where_it_stands_and_what_to_do(change, said):
    assert faults(Service, to_json(make.service()) | change) == (said,)


def test_a_moment_must_say_its_zone():
    (said,) = faults(Service, to_json(make.service()) | {"last_modified": "2026-10-03T09:30:45"})
    assert said.startswith("last_modified must be a day and time with its zone")


def test_a_fault_deep_inside_says_the_whole_way():
    written = to_json(make.service())
    written["contacts"][0]["phones"][0]["number"] = 1632960001
    written["schedules"][0]["interval"] = 1.5
    written["schedules"][0]["opens_at"] = "nine"
    del written["organization"]["description"]
    assert faults(Service, written) == (
        "schedules[0].interval must be a whole number, not 1.5",
        "schedules[0].opens_at must be a time of day, such as 09:30, not 'nine'",
        "organization.description is missing",
        "contacts[0].phones[0].number must be text, not 1632960001",
    )


def test_all_faults_are_raised_at_once():
    with pytest.raises(NotOpenReferral) as refused:
        from_json(Organization, {"id": "x", "website": "x"})
    assert refused.value.faults == (
        "id must be a UUID, not 'x'",
        "name is missing",
        "description is missing",
        "website must be a whole address, such as https://example.org/, not 'x'",
    )


def test_a_misspelt_field_passes_but_for_the_strict():
    written = to_json(replace(make.service(), more={})) | {"asured_date": "2026-11-02"}
    written["organization"]["colour"] = "green"
    assert faults(Service, written) == ()
    assert faults(Service, written, strict=True) == (
        "organization.colour is not a field of the standard",
        "asured_date is not a field of the standard: did you mean assured_date?",
    )


@pytest.mark.parametrize("thing", [None, 5, "x", [], [{}], float("nan")])
def test_json_of_another_shape_is_refused_in_words(thing):
    assert faults(Service, thing) == ("Service must be an object with fields",)


# Round trips

ids = st.uuids()
words = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30).filter(lambda text: not text or text.strip())
some_words = words.filter(bool)
days = st.none() | st.dates()
addresses = st.sampled_from(["", "https://bridge.example/", "http://bridge.example/a?b=c#d"])
mails = st.sampled_from(["", "office@bridge.example"])
clocks = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))
moments = st.none() | st.datetimes(timezones=st.sampled_from([dt.UTC])).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
amounts = st.none() | st.decimals(0, 10_000, places=2).map(lambda amount: Decimal(str(float(amount))).normalize())
extras = st.dictionaries(st.sampled_from(["referral", "wait"]), st.integers() | some_words, max_size=2)


def many(entity):
    return st.lists(entity, max_size=2).map(tuple)


def built(kind, **fields):
    return st.builds(kind, id=ids, more=extras, **fields)


languages = built(Language, name=words)
phones = built(Phone, number=some_words, languages=many(languages))
contacts = built(Contact, name=words, email=mails, phones=many(phones), attributes=st.just(()))
schedules = built(
    Schedule,
    valid_from=days,
    freq=st.sampled_from([None, "WEEKLY", "MONTHLY"]),
    interval=st.none() | st.integers(1, 12),
    opens_at=clocks,
    schedule_link=addresses,
    notes=words,
)
areas = built(ServiceArea, name=words, uri=words)
costs = built(CostOption, amount=amounts, option=words, valid_to=days)
organizations = built(
    Organization,
    name=some_words,
    description=some_words,
    email=mails,
    website=addresses,
    uri=addresses,
    organization_identifiers=st.just(()),
    attributes=st.just(()),
    services=st.just(()),
    parent_organization_id=st.none() | ids,
    logo=words,
)
services = built(
    Service,
    name=some_words,
    description=words,
    status=st.sampled_from(["active", "inactive", "defunct", "temporarily closed"]),
    url=addresses,
    email=mails,
    assurer_email=mails,
    minimum_age=st.none() | st.integers(0, 120),
    maximum_age=st.none() | st.floats(0, 120),
    assured_date=days,
    last_modified=moments,
    schedules=many(schedules),
    service_areas=many(areas),
    service_at_locations=st.just(()),
    languages=many(languages),
    organization=st.none() | organizations,
    cost_options=many(costs),
    contacts=many(contacts),
    attributes=st.just(()),
    organization_id=st.none() | ids,
    fees=words,
    accreditations=words,
    alert=words,
    funding=st.just(()),
)


@given(services)
def test_any_service_survives_the_round(service):
    assert faults(Service, to_json(service)) == ()
    assert through_json(Service, service) == service


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
fields_of_service = st.sampled_from(list(to_json(make.service())))


@given(st.dictionaries(fields_of_service, json_values, max_size=8))
def test_no_json_does_worse_than_be_refused(changes):
    broken = to_json(make.service()) | changes
    found = faults(Service, broken)
    assert all(isinstance(each, str) for each in found)
    if not found:
        from_json(Service, broken)


# Identifiers


def test_the_same_thing_has_the_same_identifier_for_ever():
    """A published identifier: if this changes, every link to our feed breaks."""
    assert stable_id("organization", "GB-CHC-9100001") == make.ORGANIZATION
    assert str(stable_id("service", "example")) == "e5317c6b-7792-54b6-ab97-c6709c2efc04"


@given(st.lists(some_words, min_size=1, max_size=3), st.lists(some_words, min_size=1, max_size=3))
def test_two_keys_have_two_identifiers(one, other):
    assert (stable_id("service", *one) == stable_id("service", *other)) == (one == other)


@pytest.mark.parametrize("key", [(), ("",), ("a", " ")])
def test_a_blank_key_has_no_identifier(key):
    with pytest.raises(ValueError, match="whole key"):
        stable_id("service", *key)
