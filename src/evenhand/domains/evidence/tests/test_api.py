"""The JSON addresses: the shape of the contract to the last key, and the same figures as the page."""

import json
import math

import pytest

from evenhand.core.design.numbers import percent, times, whole
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, release, revised
from evenhand.library import compare as answer
from evenhand.library.places import places

API = "/api/evidence/v1/"
KEYS = [
    *("measure", "period", "place", "reference", "ethnicity_basis", "classification", "counts_what", "rate_per"),
    *("unit", "rows", "unknown", "bounds", "caveats", "sources", "release", "permalink"),
]
ROW = [
    *("group", "events", "population", "rate", "ratio", "lower", "upper"),
    *("difference", "difference_lower", "difference_upper", "excess", "excess_lower", "excess_upper", "flag"),
]
SOURCE = ["dataset", "version", "publisher", "title", "url", "table", "licence"]
YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")


def strict(text):
    """JSON with no NaN and no infinity."""

    def refuse(name):
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def compare(visitor):
    def ask(**asked):
        response = visitor.get(f"{API}compare", {"measure": "stop-and-search", **asked})
        assert response.headers["Content-Type"].startswith("application/json")
        return response.status_code, strict(response.content)

    return ask


def numbers(found):
    """Every number in an answer, however deep."""
    if isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list):
        return [number for one in found for number in numbers(one)]
    return [found] if isinstance(found, int | float) and not isinstance(found, bool) else []


def test_an_answer_has_the_keys_of_the_contract_in_their_order_and_no_other(compare):
    status, found = compare(place="West Mercia")
    assert status == 200
    assert list(found) == KEYS
    assert list(found["place"]) == ["code", "name", "kind"]
    assert [list(row) for row in found["rows"]] == [ROW] * 5
    assert list(found["unknown"]) == ["events", "share"]
    assert [list(bound) for bound in found["bounds"]] == [["group", "lower", "upper", "tipping_share"]] * 4
    assert [list(source) for source in found["sources"]] == [SOURCE] * len(found["sources"])
    assert found["rate_per"] == 1000
    assert found["unit"] == "searches per 1,000 residents"
    assert (found["ethnicity_basis"], found["counts_what"]) == ("self-defined", "events")


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"groups": 19}, {"groups": 19, "reference": "White"}, {"place": "E23000034"}, {"place": "W15000004"},
        {"place": "W15000004", "period": "2020/21"}, {"place": "W15000004", "period": "2020/21", "reference": "Other"},
        {"measure": "arrests"}, {"measure": "arrests", "groups": 19, "reference": "Arab"}, {"place": ""},
    ],
)  # fmt: skip
def test_the_address_gives_what_the_library_gives(asked, compare):
    status, found = compare(**asked)
    slug = asked.get("measure", "stop-and-search")
    named = {name: value for name, value in asked.items() if name != "measure" and value}
    assert status == 200
    assert found == json.loads(json.dumps(answer(slug, **named).as_json()))


def test_what_a_flag_forbids_is_null_and_every_number_is_finite(compare):
    for place in [*[force.code for force in places("police-force") if force.has_residents], "K04000001"]:
        for period in YEARS:
            _, found = compare(place=place, period=period)
            assert all(math.isfinite(number) for number in numbers(found))
            for row in found["rows"]:
                compared = [row[name] for name in ROW[4:-1]]
                if row["flag"] in {None, "small-base"}:
                    assert None not in compared
                else:
                    assert set(compared) == {None}


@pytest.mark.parametrize(
    ("asked", "status", "code", "near"),
    [
        ({"measure": "stop-and-serch"}, 404, "unknown-measure", ["stop-and-search"]),
        ({"place": "Kant"}, 404, "unknown-place", ["Kent"]),
        ({"period": "2020/22"}, 404, "unknown-period", ["2020/21"]),
        ({"reference": "Blck"}, 404, "unknown-group", ["Black"]),
        ({"release": "0123456789"}, 404, "unknown-release", []),
        ({"place": "West Mercia", "groups": 19}, 404, "not-published", []),
        ({"groups": 7}, 400, "unknown-groups", []),
        ({"groups": "five"}, 400, "bad-request", []),
        ({"groups": "9" * 30}, 400, "unknown-groups", []),
    ],
)
def test_every_refusal_has_one_shape_with_a_code_a_sentence_and_the_near_matches(asked, status, code, near, compare):
    given, found = compare(**asked)
    assert given == status
    assert list(found) == ["error"]
    assert list(found["error"]) == ["code", "message", "near"]
    assert found["error"]["code"] == code
    assert found["error"]["message"].endswith((".", "?"))
    assert set(near) <= set(found["error"]["near"])
    assert bool(near) == bool(found["error"]["near"])


def test_a_question_without_a_measure_says_which_part_is_missing(visitor):
    response = visitor.get(f"{API}compare")
    assert response.status_code == 400
    assert "measure" in strict(response.content)["error"]["message"]


@pytest.mark.parametrize("path", ["/api/", "/api/evidence/v1/", "/api/evidence/v2/compare", "/api/nothing?x=<b>"])
def test_an_address_that_is_not_there_is_refused_in_the_same_shape(path, visitor):
    response = visitor.get(path)
    assert response.status_code == 404
    assert strict(response.content)["error"]["code"] == "not-found"


def test_a_wrong_method_is_refused_in_the_same_shape(visitor):
    for method in ("post", "put", "delete"):
        response = getattr(visitor, method)(f"{API}measures")
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"
        assert strict(response.content)["error"]["code"] == "method-not-allowed"


def test_any_site_may_read_the_answers_and_the_refusals(visitor):
    for path in (f"{API}measures", f"{API}compare", "/api/openapi.json", "/api/nothing"):
        headers = visitor.get(path).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in headers


def test_the_list_of_measures_says_what_can_be_asked_and_all_of_it_can(visitor, compare):
    found = strict(visitor.get(f"{API}measures").content)["measures"]
    assert {"stop-and-search", "arrests"} <= {one["measure"] for one in found}
    for one in found:
        assert one["caveats"]
        for level in one["answers"]:
            status, answered = compare(measure=one["measure"], groups=level["groups"])
            assert status == 200
            assert (answered["reference"], answered["classification"]) == (level["reference"], level["classification"])


def test_the_description_is_openapi_and_tells_of_every_address(visitor):
    found = strict(visitor.get("/api/openapi.json").content)
    assert found["openapi"].startswith("3.")
    ours = {path for path in found["paths"] if path.startswith(API)}
    assert ours == {f"{API}measures", f"{API}compare", f"{API}counterfactual", f"{API}trace"}
    compared = found["paths"][f"{API}compare"]["get"]
    assert {one["name"] for one in compared["parameters"]} == {
        *("measure", "place", "period", "groups", "reference", "release")
    }
    assert set(compared["responses"]) == {"200", "400", "404"}
    schemas = found["components"]["schemas"]
    assert list(schemas["Comparison"]["properties"]) == KEYS
    assert list(schemas["ComparisonRow"]["properties"]) == ROW
    names = json.dumps(found)
    for pointer in {part.split('"')[0] for part in names.split('"$ref": "#/components/schemas/')[1:]}:
        assert pointer in schemas


def test_the_page_shows_the_numbers_of_the_answer(visitor, compare):
    for place in ("E23000016", "E23000001", "K04000001", "W15000001"):
        _, found = compare(place=place)
        page = visitor.get(f"/evidence/stop-and-search/{place}/").content.decode()
        for row in found["rows"]:
            for shown in (whole(row["events"]), whole(row["population"]), times(row["ratio"])):
                assert shown in page
        assert percent(found["unknown"]["share"]) in page


def test_the_permalink_of_an_answer_is_a_page_that_shows_it(visitor, compare):
    _, found = compare(place="West Mercia")
    page = visitor.get(found["permalink"])
    assert page.status_code == 200
    assert "/api/evidence/v1/compare?place=E23000016&amp;period=2024%2F25&amp;groups=5&amp;reference=White" in (
        page.content.decode()
    )


def test_a_quoted_release_goes_on_being_answered(compare, store):
    quoted = release(store)
    _, before = compare(place="West Mercia", release=quoted)
    store.load(SEARCHES, revised(add=168), on=NEXT_DAY)
    _, again = compare(place="West Mercia", release=quoted)
    _, today = compare(place="West Mercia")
    assert again == before
    assert today["release"] != quoted
    assert next(row["events"] for row in today["rows"] if row["group"] == "Black") == 336
