"""The one answer: its exact shape, every flag, every refusal, and what holds between its numbers whatever is asked."""

import dataclasses
import json
import math
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand import library
from evenhand.library.datasets.catalogue import loader, measures
from evenhand.library.datasets.compare import NATION, NoAnswer, compare, question
from evenhand.library.datasets.comparison import SMALL_BASE, Flag
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.store import release_name, shipped
from evenhand.library.places import places
from evenhand.library.vocabulary.ethnicity import classification

FORCES = "stop-search-by-police-force"
FORCE_POPULATION = "census-2021-police-forces"
YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
FIVE = classification("five").names
NINETEEN = classification("census-2021-19").names
COMPARED = (
    *("ratio", "lower", "upper"),
    *("difference", "difference_lower", "difference_upper"),
    *("excess", "excess_lower", "excess_upper"),
)


def nulls(row):
    return {name for name in ("events", "population", "rate", *COMPARED) if getattr(row, name) is None}


def test_the_library_answers_by_name():
    assert library.compare is compare
    assert library.compare("stop-and-search").period == "2024/25"


def test_the_answer_has_the_agreed_shape_and_nothing_else():
    answer = compare("stop-and-search", place="West Midlands", period="2024/25").as_json()
    assert list(answer) == [
        "measure",
        "period",
        "place",
        "reference",
        "ethnicity_basis",
        "classification",
        "counts_what",
        "rate_per",
        "unit",
        "rows",
        "unknown",
        "bounds",
        "caveats",
        "sources",
        "release",
        "permalink",
    ]
    assert answer["place"] == {"code": "E23000014", "name": "West Midlands", "kind": "police-force"}
    assert (answer["measure"], answer["period"], answer["reference"]) == ("stop-and-search", "2024/25", "White")
    assert (answer["ethnicity_basis"], answer["classification"]) == ("self-defined", "five")
    assert (answer["counts_what"], answer["rate_per"]) == ("events", 1000)
    assert answer["unit"] == "searches per 1,000 residents"
    for row in answer["rows"]:
        assert list(row) == ["group", "events", "population", "rate", *COMPARED, "flag"]
    assert list(answer["unknown"]) == ["events", "share"]
    assert [list(bound) for bound in answer["bounds"]] == [["group", "lower", "upper", "tipping_share"]] * 4
    assert [bound["group"] for bound in answer["bounds"]] == ["Asian", "Black", "Mixed", "Other"]
    assert all(isinstance(caveat, str) and caveat for caveat in answer["caveats"])
    for source in answer["sources"]:
        assert list(source) == ["dataset", "version", "publisher", "title", "url", "table", "licence"]
        assert all(source.values())
    assert {source["dataset"] for source in answer["sources"]} == {FORCES, FORCE_POPULATION, "stop-search-not-stated"}


def test_the_permalink_asks_the_same_question_again():
    answer = compare("stop-and-search", place="Kent", period="2022/23", reference="Asian")
    assert answer.permalink == (
        f"/evidence/stop-and-search/E23000032/?period=2022%2F23&groups=5&reference=Asian&release={answer.release}"
    )
    again = compare("stop-and-search", place="E23000032", period="2022/23", reference="Asian", release=answer.release)
    assert again.as_json() == answer.as_json()
    assert answer.release == release_name(answer.measure, shipped_engine().versions)


def test_unknowns_are_null_and_bounds_empty_where_they_are_not_published():
    answer = compare("stop-and-search", period="2023/24").as_json()
    assert answer["unknown"] is None
    assert answer["bounds"] == []
    assert "stop-search-not-stated" not in {source["dataset"] for source in answer["sources"]}


def test_the_reference_row_has_its_counts_and_its_rate_and_is_not_compared():
    for groups, reference in ((5, "White"), (5, "Black"), (19, "White British"), (19, "White")):
        answer = compare("arrests", groups=groups, reference=reference)
        (row,) = [row for row in answer.rows if row.flag == "reference"]
        assert row.group == reference
        assert nulls(row) == set(COMPARED)


def test_the_city_of_london_shows_its_counts_and_compares_nothing():
    for period in YEARS:
        answer = compare("stop-and-search", place="City of London", period=period)
        for row in answer.rows:
            assert row.flag == "not-comparable"
            assert nulls(row) == {"rate", *COMPARED}
        assert answer.bounds == ()
        assert answer.notes[0].startswith("City of London is not compared. Few people live in the City of London")
        assert answer.notes[0] in answer.as_json()["caveats"]


def test_a_group_that_has_no_row_in_the_source_is_no_row_and_not_zero():
    for period in ("2020/21", "2021/22"):
        answer = compare("stop-and-search", place="Dyfed-Powys", period=period)
        row = answer.row("Other")
        assert row.flag == "no-row"
        assert row.population == 1907
        assert nulls(row) == {"events", "rate", *COMPARED}
        assert answer.notes == ()
        for outer in ("Wales", NATION):
            above = compare("stop-and-search", place=outer, period=period)
            assert above.row("Other").flag is None
            (note,) = above.notes
            assert note.startswith("For at least one group, 1 police force area has no row in the source.")
    assert compare("stop-and-search", place="England", period="2020/21").notes == ()
    assert compare("stop-and-search", place="Wales", period="2024/25").notes == ()


def test_a_comparison_with_a_group_that_has_no_row_is_not_made_and_says_so():
    answer = compare("stop-and-search", place="Dyfed-Powys", period="2020/21", reference="Other")
    assert answer.row("Other").flag == "no-row"
    for row in answer.rows:
        if row.group != "Other":
            assert row.flag == "not-comparable"
            assert nulls(row) == set(COMPARED)


def test_a_base_under_thirty_is_flagged_whether_it_is_the_groups_or_the_references():
    answer = compare("stop-and-search", place="Dyfed-Powys", period="2020/21")
    assert {row.group: row.flag for row in answer.rows} == {
        "Asian": None,
        "Black": "small-base",
        "Mixed": None,
        "White": "reference",
        "Other": "no-row",
    }
    assert answer.row("Black").events == 23
    turned = compare("stop-and-search", place="Dyfed-Powys", period="2020/21", reference="Black")
    assert {row.flag for row in turned.rows if row.group not in {"Black", "Other"}} == {"small-base"}


@pytest.mark.parametrize(("events", "flag"), [("29", "small-base"), ("30", None), ("0", "small-base")])
def test_thirty_is_the_first_base_that_is_not_small(engine_with, sheet, events, flag):
    changed = sheet(FORCES)
    row = changed.find(financial_year="2024/25", police_force_area="Kent", ethnicity_self_defined_5="Black")
    answer = compare("stop-and-search", place="Kent", engine=engine_with(changed.put(row, "searches", events)))
    found = answer.row("Black")
    assert found.flag == flag
    assert found.events == int(events)
    assert found.ratio == pytest.approx(found.rate / answer.row("White").rate)
    assert (found.lower == 0) == (events == "0")


def test_a_reference_without_events_gives_no_ratio_and_no_infinity(engine_with, sheet):
    changed = sheet(FORCES)
    row = changed.find(financial_year="2024/25", police_force_area="Kent", ethnicity_self_defined_5="White")
    answer = compare("stop-and-search", place="Kent", engine=engine_with(changed.put(row, "searches", "0")))
    for found in answer.rows:
        if found.group != "White":
            assert found.flag == "small-base"
            assert (found.ratio, found.lower, found.upper) == (None, None, None)
            assert found.difference == pytest.approx(found.rate)
            assert found.excess == pytest.approx(found.events)
    assert {(bound.group, bound.upper) for bound in answer.bounds} == {
        (group, None) for group in FIVE if group != "White"
    }
    json.dumps(answer.as_json(), allow_nan=False)


def test_a_withheld_count_is_suppressed_and_nothing_is_worked_out_from_it(engine_with, sheet):
    changed = sheet(FORCES)
    row = changed.find(financial_year="2024/25", police_force_area="Kent", ethnicity_self_defined_5="Black")
    engine = engine_with(changed.put(row, "searches", "[c]"))
    found = compare("stop-and-search", place="Kent", engine=engine).row("Black")
    assert found.flag == "suppressed"
    assert nulls(found) == {"events", "rate", *COMPARED}
    nation = compare("stop-and-search", engine=engine).row("Black")
    assert nation.flag == "suppressed"
    assert nulls(nation) == {"events", "rate", *COMPARED}
    against = compare("stop-and-search", place="Kent", reference="Black", engine=engine)
    assert {one.flag for one in against.rows if one.group != "Black"} == {"not-comparable"}


@pytest.mark.parametrize("written", ["0", ""])
def test_a_group_without_residents_has_no_denominator(engine_with, sheet, written):
    changed = sheet(FORCE_POPULATION)
    for row in range(2, len(changed.rows) + 1):
        if (changed.get(row, "pfa_name"), changed.get(row, "ethnicity_5")) == ("Kent", "Mixed"):
            changed.put(row, "count", written)
    engine = engine_with(changed)
    found = compare("stop-and-search", place="Kent", engine=engine).row("Mixed")
    assert found.flag == "no-denominator"
    assert nulls(found) >= {"rate", *COMPARED}
    assert found.events > 0
    against = compare("stop-and-search", place="Kent", reference="Mixed", engine=engine)
    assert {one.flag for one in against.rows if one.group != "Mixed"} == {"not-comparable"}
    json.dumps(against.as_json(), allow_nan=False)


def test_the_parts_of_white_are_not_compared_with_the_whole_that_they_are_in():
    answer = compare("stop-and-search", groups=19, reference="White")
    assert [row.group for row in answer.rows] == [*NINETEEN, "White"]
    flags = {row.group: row.flag for row in answer.rows}
    parts = {"White British", "Irish", "Gypsy or Irish Traveller", "Roma", "Other White"}
    assert {group for group, flag in flags.items() if flag == "not-comparable"} == parts
    assert flags["White"] == "reference"
    for group in parts:
        assert nulls(answer.row(group)) == set(COMPARED)
    whole = answer.row("White")
    assert whole.events == sum(answer.row(group).events for group in parts)
    assert whole.population == sum(answer.row(group).population for group in parts)
    assert {bound.group for bound in answer.bounds} == set(NINETEEN) - parts


def test_every_flag_that_the_shipped_figures_can_show_is_an_agreed_one():
    agreed = {"reference", "small-base", "no-row", "suppressed", "no-denominator", "rates-only", "not-comparable"}
    assert set(get_args(Flag)) == agreed | {"few"}  # of our own figures alone, and suppressed in JSON
    seen = {
        row.flag
        for slug, groups in (("stop-and-search", 5), ("stop-and-search", 19), ("arrests", 5), ("arrests", 19))
        for cell in question(slug, groups=groups).panel.cells.values()
        for row in cell.rows
    }
    assert seen <= agreed | {None}


def test_any_other_and_roma_are_warned_of_among_nineteen_groups_only():
    headings = {caveat.key for caveat in compare("arrests", groups=19).caveats}
    assert {"any-other", "roma"} <= headings
    assert not {"any-other", "roma"} & {caveat.key for caveat in compare("arrests").caveats}


@pytest.mark.parametrize("written", ["2023/24", "2023-24", "2023–24", " 2023/24 "])
def test_a_period_is_understood_with_a_stroke_a_hyphen_or_a_dash(written):
    assert compare("stop-and-search", period=written).period == "2023/24"


def test_the_latest_period_of_the_place_is_meant_when_none_is_named():
    assert compare("stop-and-search").period == "2024/25"
    assert compare("arrests").period == "2022/23"
    releases = [
        dataclasses.replace(
            release,
            observations=tuple(
                one for one in release.observations if (one.place, one.period) != ("E23000032", "2024/25")
            ),
        )
        if release.dataset == FORCES
        else release
        for release in shipped()
    ]
    engine = Engine.from_releases(releases)
    assert compare("stop-and-search", place="Kent", engine=engine).period == "2023/24"
    with pytest.raises(NoAnswer, match="There are figures for: 2020/21, 2021/22, 2022/23, 2023/24") as caught:
        compare("stop-and-search", place="Kent", period="2024/25", engine=engine)
    assert caught.value.code == "unknown-period"


@pytest.mark.parametrize("written", ["Kent", "kent", "E23000032", " e23000032", "Kent Police"])
def test_a_place_is_understood_by_code_and_name(written):
    assert compare("stop-and-search", place=written).place.code == "E23000032"


@pytest.mark.parametrize(
    ("asked", "code", "said", "near"),
    [
        (
            {"measure_slug": "stop-and-serch"},
            "unknown-measure",
            "Did you mean stop-and-search or",
            ("stop-and-search", "child-stop-and-search"),
        ),
        ({"measure_slug": "xyz"}, "unknown-measure", "There are: stop-and-search", ()),
        ({"place": "West Midlnds"}, "unknown-place", "Did you mean West Midlands?", ("West Midlands",)),
        ({"place": "Atlantis Q"}, "unknown-place", 'No place is called "Atlantis Q".', ()),
        ({"place": ""}, "unknown-place", 'No place is called "".', ()),
        ({"period": "2024/26"}, "unknown-period", "There are figures for: 2020/21", ("2024/25",)),
        ({"period": "last year"}, "unknown-period", "no figures here for 'last year'", ()),
        ({"period": ""}, "unknown-period", "There are figures for", ()),
        ({"groups": 18}, "unknown-groups", "No set of groups is called '18'. Did you mean 19?", ("19",)),
        ({"groups": 0}, "unknown-groups", "There are: 5, 19.", ()),
        ({"reference": "Blakc"}, "unknown-group", "Did you mean Black", ("Black",)),
        ({"reference": "BAME"}, "unknown-group", "There are: Asian, Black, Mixed, White, Other.", ()),
        ({"reference": "White British"}, "unknown-group", "Did you mean White", ("White",)),
        ({"release": "0123456789"}, "unknown-release", "No release of Stop and search is called '0123456789'", ()),
        (
            {"place": "Camden"},
            "not-published",
            "Not published here: Stop and search, 5 groups, Camden. Searches by police force area",
            (),
        ),
        ({"place": "Kent", "groups": 19}, "not-published", "Not published here: Stop and search, 19 groups, Kent.", ()),
        ({"place": "British Transport Police"}, "not-published", "5 groups, British Transport Police.", ()),
        ({"measure_slug": "arrests", "place": "Kent"}, "not-published", "Arrests by ethnicity are published", ()),
        ({"measure_slug": "arrests", "period": "2024/25"}, "unknown-period", "There are figures for: 2022/23.", None),
    ],
)
def test_every_question_without_an_answer_is_refused_with_its_code_its_sentence_and_the_near_ones(
    asked, code, said, near
):
    with pytest.raises(NoAnswer) as caught:
        compare(**{"measure_slug": "stop-and-search", **asked})
    assert caught.value.code == code
    assert said in caught.value.message
    assert str(caught.value) == caught.value.message
    assert "\n" not in caught.value.message
    if near is not None:
        assert caught.value.near[: len(near)] == near
        assert bool(caught.value.near) == bool(near)


def test_a_measure_whose_figures_are_not_there_says_which_to_release():
    engine = Engine.from_releases(release for release in shipped() if release.dataset != FORCES)
    with pytest.raises(
        NoAnswer, match=f"cannot be answered until these are released: {FORCES}. Run: evenhand load"
    ) as no:
        compare("stop-and-search", engine=engine)
    assert no.value.code == "not-released"
    assert compare("arrests", engine=engine).row("Black").ratio > 1


PLACED = ["K04000001", *(place.code for kind in ("nation", "region", "police-force") for place in places(kind))]


@st.composite
def questions(draw):
    groups = draw(st.sampled_from([5, 5, 19]))
    if groups == 19:
        slug = draw(st.sampled_from(["stop-and-search", "arrests"]))
        reference = draw(st.sampled_from([None, "White", *(group for group in NINETEEN if group != "Roma")]))
        return {"measure_slug": slug, "groups": 19, "reference": reference}
    codes = [code for code in PLACED if code != "BTP"]
    return {
        "measure_slug": "stop-and-search",
        "place": draw(st.sampled_from(codes)),
        "period": draw(st.sampled_from([None, *YEARS])),
        "reference": draw(st.sampled_from([None, *FIVE])),
    }


def check(answer):
    names = NINETEEN if answer.groups == 19 else FIVE
    names = names if answer.reference in names else (*names, answer.reference)
    assert tuple(row.group for row in answer.rows) == tuple(names)
    base = answer.row(answer.reference)
    per = answer.measure.rate_per
    for row in answer.rows:
        if row.rate is not None:
            assert math.isclose(row.rate, per * row.events / row.population, rel_tol=1e-12)
        if row.flag not in {None, "small-base"}:
            assert nulls(row) >= set(COMPARED)
            continue
        assert (min(row.events, base.events) < SMALL_BASE) == (row.flag == "small-base")
        assert None not in (row.difference, row.difference_lower, row.difference_upper)
        assert math.isclose(row.difference, row.rate - base.rate, rel_tol=1e-9, abs_tol=1e-12)
        assert row.difference_lower <= row.difference <= row.difference_upper
        for name in ("", "_lower", "_upper"):
            difference, excess = getattr(row, f"difference{name}"), getattr(row, f"excess{name}")
            assert math.isclose(excess, difference * row.population / per, rel_tol=1e-9, abs_tol=1e-9)
        if base.events:
            assert math.isclose(row.ratio * base.rate, row.rate, rel_tol=1e-12)
            assert row.lower <= row.ratio <= row.upper
            assert (row.ratio > 1) == (row.difference > 0) == (row.excess > 0)
            if row.clear:
                assert (row.difference_lower > -1e-9) or (row.difference_upper < 1e-9)
    for bound in answer.bounds:
        row = answer.row(bound.group)
        assert bound.lower <= row.ratio <= bound.upper
    if answer.unknown:
        assert 0 <= answer.unknown.share <= 1


@settings(max_examples=120, deadline=None)
@given(asked=questions())
def test_whatever_is_asked_the_answer_is_finite_in_order_and_agrees_with_itself(asked):
    answer = compare(**asked)
    text = json.dumps(answer.as_json(), allow_nan=False)
    assert json.loads(text) == json.loads(json.dumps(answer.as_json()))
    check(answer)


def test_every_answer_of_every_place_and_period_against_white_agrees_with_itself():
    asked = question("stop-and-search")
    for code, period in asked.panel.cells:
        answer = asked.answer(place=next(place for place in all_places() if place.code == code), period=period)
        json.dumps(answer.as_json(), allow_nan=False)
        check(answer)


def all_places():
    return [place for kind in ("nation", "region", "police-force") for place in places(kind)]


def test_what_rows_count_is_what_the_loader_of_the_file_says():
    for one in measures():
        for detail in one.answers:
            answer = compare(one.slug, groups=detail.groups)
            assert answer.ethnicity_basis == loader(detail.events).basis
            assert answer.counts_what == loader(detail.events).counts
            assert answer.classification == detail.classification


def test_a_group_that_the_source_seldom_records_apart_is_no_reference():
    with pytest.raises(NoAnswer, match="No group to compare with is called 'Roma'") as refusal:
        compare("stop-and-search", groups=19, reference="Roma")
    assert refusal.value.code == "unknown-group"
    assert compare("stop-and-search", groups=19).row("Roma").flag == "not-comparable"
