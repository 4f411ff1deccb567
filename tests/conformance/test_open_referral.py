"""What we write is Open Referral UK 3.0, as its official schemas say."""

import dataclasses
import json
import typing
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from evenhand.library import openreferral
from evenhand.library.openreferral import Page, api_details, entities, faults, from_json, minimal, taxonomies, to_json
from evenhand.library.openreferral.forms import members
from evenhand.library.openreferral.standard import PROFILE, SCHEMAS, VERSION
from evenhand.library.openreferral.tests import make

HERE = Path(__file__).parent / "oruk-3.0"
# Where the standard's files are kept beside the project, they are what ours must be copies of.
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "standards" / "oruk-3.0"
READ = {path.stem: json.loads(path.read_text()) for path in sorted((HERE / "schema").glob("*.json"))}

KINDS = {
    "accessibility": openreferral.Accessibility,
    "address": openreferral.Address,
    "attribute": openreferral.Attribute,
    "contact": openreferral.Contact,
    "cost_option": openreferral.CostOption,
    "funding": openreferral.Funding,
    "language": openreferral.Language,
    "location": openreferral.Location,
    "organization": openreferral.Organization,
    "organization_identifier": openreferral.OrganizationIdentifier,
    "phone": openreferral.Phone,
    "schedule": openreferral.Schedule,
    "service": openreferral.Service,
    "service_area": openreferral.ServiceArea,
    "service_at_location": openreferral.ServiceAtLocation,
    "taxonomy": openreferral.Taxonomy,
    "taxonomy_term": openreferral.TaxonomyTerm,
}
SCHEMA_OF = {kind: name for name, kind in KINDS.items()}
EXAMPLES = sorted((HERE / "examples").glob("*.json"))
SINGLE = [path for path in EXAMPLES if not path.stem.endswith("_list")]
LISTS = [path for path in EXAMPLES if path.stem.endswith("_list")]


def closed(schema):
    """The schema with no room for a field that it does not name, so that a misspelt one fails."""
    if isinstance(schema, dict):
        inner = {key: closed(value) for key, value in schema.items()}
        return inner | {"additionalProperties": False} if "properties" in schema else inner
    return [closed(each) for each in schema] if isinstance(schema, list) else schema


def validator(name, *, strict=False):
    schemas = {key: closed(schema) if strict else schema for key, schema in READ.items()}
    resources = [(f"{SCHEMAS}{key}.json", Resource(schema, DRAFT202012)) for key, schema in schemas.items()]
    registry = Registry().with_resources(resources)
    return jsonschema.Draft202012Validator(
        schemas[name], registry=registry, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def wrong(name, thing, **more):
    return [f"{error.json_path}: {error.message}" for error in validator(name, **more).iter_errors(thing)]


def within_the_schemas(written, kind):
    """What was written, without what the UK schemas have no field for."""
    known = {member.name: member for member in members(kind) if not member.beyond}
    kept = {}
    for name, value in written.items():
        member = known.get(name)
        if member is None:
            continue
        if member.kind is None:
            kept[name] = value
        elif member.many:
            kept[name] = [within_the_schemas(each, member.kind) for each in value]
        else:
            kept[name] = within_the_schemas(value, member.kind)
    return kept


def gathered(entity, found):
    """One entity of each kind that is found in this one."""
    found.setdefault(type(entity), entity)
    for member in members(type(entity)):
        if member.kind is not None:
            value = getattr(entity, member.name)
            for each in value if member.many else [value] if value is not None else []:
                gathered(each, found)
    return found


SAMPLES = gathered(make.service(), {openreferral.Taxonomy: taxonomies()[0]})


def shortened(thing):
    """Times of day without seconds, as the standard's text asks for them and its examples do not write them."""
    if isinstance(thing, dict):
        return {
            key: value.removesuffix(":00") if key in {"opens_at", "closes_at"} else shortened(value)
            for key, value in thing.items()
        }
    return [shortened(each) for each in thing] if isinstance(thing, list) else thing


@pytest.mark.skipif(not BESIDE.is_dir(), reason="the standard's own files are not kept beside the project here")
def test_the_schemas_are_unchanged_copies():
    for path in HERE.rglob("*.json"):
        assert path.read_bytes() == (BESIDE / path.relative_to(HERE)).read_bytes(), path.name


@pytest.mark.parametrize("name", KINDS)
def test_an_entity_has_every_field_of_its_schema_and_says_which_are_not_in_it(name):
    schema = READ[name]
    ours = {member.name: member for member in members(KINDS[name])}
    assert {each for each, member in ours.items() if not member.beyond} == set(schema["properties"])
    assert {each for each, member in ours.items() if member.required} == set(schema["required"])
    hints = typing.get_type_hints(KINDS[name])
    for each, about in schema["properties"].items():
        member = ours[each]
        reference = about.get("$ref") or about.get("items", {}).get("$ref")
        assert member.many == (about.get("type") == "array")
        if reference:
            assert reference == f"{SCHEMAS}{SCHEMA_OF[member.kind]}.json"
        if "enum" in about:
            parts = (hints[each], *typing.get_args(hints[each]))
            assert set(about["enum"]) <= {value for part in parts for value in typing.get_args(part)}


def test_every_entity_of_ours_is_one_of_the_standard():
    ours = {each for each in vars(entities).values() if isinstance(each, type) and dataclasses.is_dataclass(each)}
    assert ours - {entities.Entity} == set(KINDS.values())


def test_the_made_up_service_uses_every_field_that_there_is():
    used = {}

    def note(written, kind):
        used.setdefault(kind, set()).update(written)
        for member in members(kind):
            if member.kind is not None and member.name in written:
                for each in written[member.name] if member.many else [written[member.name]]:
                    note(each, member.kind)

    note(to_json(make.service()), openreferral.Service)
    for kind, names in used.items():
        unused = {member.name for member in members(kind) if not member.beyond} - names
        assert not unused - {"parent_id", "term_uri"}, kind


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(
    ("name", "entity"),
    [("service", make.service()), ("organization", make.organization()), ("location", make.location())],
)
def test_what_we_write_is_valid(name, entity, full):
    written = to_json(entity, full=full)
    assert wrong(name, written) == []
    assert wrong(name, within_the_schemas(written, KINDS[name]), strict=True) == []
    assert faults(KINDS[name], json.loads(json.dumps(written))) == ()


def test_our_taxonomies_are_valid_with_no_field_too_many():
    for taxonomy in taxonomies():
        assert wrong("taxonomy", to_json(taxonomy), strict=True) == []
        for term in taxonomy.taxonomy_terms:
            assert wrong("taxonomy_term", to_json(term), strict=True) == []


def test_the_bodies_of_lists_are_valid():
    at_place = openreferral.ServiceAtLocation(
        id=make.stable_id("service_at_location", "example"), location=make.location(), service=make.service()
    )
    bodies = {
        "service_list": [make.service()],
        "organization_list": [make.organization()],
        "taxonomy_list": taxonomies(),
        "taxonomy_term_list": openreferral.terms(),
        "service_at_location_list": [at_place],
    }
    for name, held in bodies.items():
        page = Page(number=1, per_page=500, total=len(held))
        assert wrong(name, page.envelope(to_json(each, full=False) for each in held)) == [], name
    page = Page(number=1, per_page=10, total=1)
    assert wrong("service_list", page.envelope([minimal(make.service())])) == []
    assert wrong("service_list", Page(number=1, per_page=10, total=0).envelope([])) == []


def test_the_first_address_tells_the_version():
    body = api_details(openapi_url="https://evenhand.example/api/oruk/v3/openapi.json")
    assert wrong("api_details", body, strict=True) == []
    assert body["version"] == VERSION == "HSDS-UK-3.0"
    assert PROFILE in SCHEMAS


@pytest.mark.parametrize("path", SINGLE, ids=lambda path: path.stem)
def test_the_official_examples_are_read_and_written_back(path):
    published = json.loads(path.read_text())
    kind = KINDS[path.stem.removesuffix("_full")]
    assert faults(kind, published, strict=True) == ()
    assert to_json(from_json(kind, published)) == shortened(published)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_our_envelope_has_the_keys_of_the_official_one(path):
    published = json.loads(path.read_text())
    ours = Page(number=1, per_page=1, total=10).envelope(published["contents"])
    assert list(ours) == list(published)
    assert ours == published


@pytest.mark.parametrize("name", KINDS)
def test_our_words_find_what_the_schemas_find(name):
    """Whatever a schema refuses, our own check refuses too: the site needs no validator to keep its feed good."""
    good = within_the_schemas(to_json(SAMPLES[KINDS[name]]), KINDS[name])
    assert wrong(name, good) == []
    assert faults(KINDS[name], good) == ()
    for member in members(KINDS[name]):
        if member.beyond:
            continue
        for bad in (5, "x", [], {}, None, [5], True):
            broken = good | {member.name: bad}
            if wrong(name, broken):
                assert faults(KINDS[name], broken), (member.name, bad)
        if member.required:
            without = {key: value for key, value in good.items() if key != member.name}
            assert faults(KINDS[name], without) == (f"{member.name} is missing",)
