"""What we publish of awards is valid 360Giving with its DEI extension, by the published schemas and closed lists."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from evenhand.core.organisations.models import Fact, Identifier
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.models import Application, Engagement
from evenhand.domains.support.queries.grants import CODES
from evenhand.domains.support.tests import engaging as make

HERE = Path(__file__).parent / "360giving"
pytestmark = pytest.mark.django_db


FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_a_moment(value):
    return "T" in value and dt.datetime.fromisoformat(value) is not None


def read(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def codes(name):
    with (HERE / "dei" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Code"] for row in csv.DictReader(file)}


def faults(package):
    grant = DRAFT202012.create_resource(read("360-giving-schema.json"))
    versions = ("1.4.2", "1.4.3")
    address = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/{}/schema/360-giving-schema.json"
    registry = Registry().with_resources([(address.format(version), grant) for version in versions])
    found = [
        one.message
        for one in Draft202012Validator(
            read("360-giving-package-schema.json"), registry=registry, format_checker=FORMATS
        ).iter_errors(package)
    ]
    extension = Draft4Validator(read("dei/360-giving-schema.json"))
    found += [fault.message for one in package["grants"] for fault in extension.iter_errors(one)]
    lists = {"askedStatus": codes("askedStatus"), "replyStatus": codes("replyStatus")}
    for one in package["grants"]:
        for area in one.get("deiDetails", {}).values():
            found += [f"{name} {area[name]}" for name in lists if name in area and area[name] not in lists[name]]
            found += sorted(set(area.get("availableOptions", ())) - codes("availableOptions"))
            found += sorted(set(area.get("response", {}).get("taxonomyCodes", ())) - codes("taxonomyCodes"))
    return found


@pytest.fixture
def awarded():
    of = make.organisation("Harbour")
    Identifier.objects.create(organisation=of, scheme="ZZ-DEMO", value="0001", primary=True)
    for kind, community in ((Fact.Kind.LED_BY, "communities:five/black"), (Fact.Kind.MISSION, "faiths:christian")):
        Fact.objects.create(
            organisation=of,
            kind=kind,
            community=community,
            basis="said",
            confirmed_by="it",
            confirmed_on="2026-10-01",
        )
    asked = make.application(of=of)
    ledger.open_engagement(asked, by=make.officer(), days="4.5")
    make.application(of=make.organisation("Elsewhere"))
    return asked


def test_what_was_awarded_is_valid_and_says_that_days_are_in_kind(awarded):
    response = Client().get("/support/consultancy/360giving.json")
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    package = response.json()
    assert faults(package) == []
    first = package["grants"][0]
    assert first["description"].startswith("4½ days of a consultant, given in kind.")
    assert first["amountAwarded"] == 0
    assert "No value in pounds is stated" in first["description"]
    assert first["recipientOrganization"][0]["id"] == "ZZ-DEMO-0001"
    assert first["deiDetails"]["leadership"]["response"]["taxonomyCodes"] == ["DEI010100"]
    assert "response" not in first["deiDetails"]["mission"]
    assert [first["deiDetails"][name]["askedStatus"] for name in ("leadership", "project")] == ["AS200", "AS100"]
    assert "deiDetails" not in package["grants"][1]  # who said nothing of itself was asked nothing here
    assert len({one["id"] for one in package["grants"]}) == 2


def test_a_fault_would_be_seen(awarded):
    package = Client().get("/support/consultancy/360giving.json").json()
    del package["grants"][0]["currency"]
    package["grants"][0]["deiDetails"]["leadership"]["askedStatus"] = "AS999"
    assert len(faults(package)) >= 2


def test_an_award_is_dated_in_london_and_says_whether_it_was_spoken_of_before(awarded):
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    Application.objects.filter(pk=awarded.pk).update(decided_at=late)
    Fact.objects.update(confirmed_on="2026-07-02")
    package = Client().get("/support/consultancy/360giving.json").json()
    assert package["grants"][0]["awardDate"] == "2026-07-01"
    assert package["grants"][0]["deiDetails"]["leadership"]["askedStatus"] == "AS201"
    assert faults(package) == []


def test_an_award_that_was_stopped_stands_at_what_was_used(awarded):
    Engagement.objects.update(status="stopped", quarters_used=3)
    for status in ("accepted", "withdrawn"):
        Application.objects.filter(pk=awarded.pk).update(status=status)
        package = Client().get("/support/consultancy/360giving.json").json()
        said = next(one for one in package["grants"] if awarded.reference in one["title"])["description"]
        assert said.startswith("¾ days of a consultant, given in kind: stopped, of 4½ awarded.")
        assert faults(package) == []
    Engagement.objects.update(quarters_used=0)
    package = Client().get("/support/consultancy/360giving.json").json()
    assert not any(awarded.reference in one["title"] for one in package["grants"])


def test_every_code_of_ours_is_on_the_closed_list():
    assert set(CODES.values()) <= codes("taxonomyCodes")


def test_a_programme_that_gave_nothing_has_no_file():
    assert Client().get("/support/small-grants/360giving.json").status_code == 404
