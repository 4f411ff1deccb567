"""Areas are listed by name and ranked only where the base allows; a nation is adjusted for where people live."""

import pytest

from evenhand.library.datasets.compare import question
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.forces import adjusted, areas, outcomes
from evenhand.library.datasets.store import read_release
from evenhand.library.places import find, places

YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")


@pytest.mark.parametrize("period", YEARS)
@pytest.mark.parametrize("group", ["Asian", "Black", "Mixed", "Other"])
def test_all_43_forces_stand_by_name_and_a_rank_is_a_range_that_holds_its_middle(period, group):
    found = areas(question("stop-and-search", period=period), group)
    assert [one.place.name for one in found] == sorted(
        force.name for force in places("police-force") if force.has_residents
    )
    ranked = [one for one in found if one.rank is not None]
    for one in found:
        assert (one.rank is None) == (one.row.flag is not None)
        assert (one.rank is None) == (one.rank_lower is None) == (one.rank_upper is None)
    for one in ranked:
        assert 1 <= one.rank_lower <= one.rank <= one.rank_upper <= len(ranked)


def test_the_city_of_london_and_small_bases_have_no_rank():
    found = {one.place.name: one for one in areas(question("stop-and-search", period="2020/21"), "Black")}
    assert found["City of London"].row.flag == "not-comparable"
    assert found["City of London"].rank is None
    assert found["Dyfed-Powys"].row.flag == "small-base"
    assert found["Dyfed-Powys"].rank is None


def test_the_reference_itself_is_not_ranked():
    assert {one.rank for one in areas(question("stop-and-search"), "White")} == {None}


def test_the_areas_of_a_region_are_its_own_forces():
    found = areas(question("stop-and-search", place="Wales"), "Black")
    assert [one.place.name for one in found] == ["Dyfed-Powys", "Gwent", "North Wales", "South Wales"]


def test_an_area_without_a_row_for_a_group_is_left_out_of_that_groups_adjustment_alone():
    found = {one.group: one for one in adjusted(question("stop-and-search", place="Wales", period="2020/21"))}
    assert {group: one.areas for group, one in found.items()} == {"Asian": 4, "Black": 4, "Mixed": 4, "Other": 3}
    for one in found.values():
        assert one.indirect_lower <= one.indirect <= one.indirect_upper
        assert one.mantel_haenszel_lower <= one.mantel_haenszel <= one.mantel_haenszel_upper


def test_one_force_alone_cannot_be_adjusted_for_area():
    assert adjusted(question("stop-and-search", place="Kent")) == ()


def test_nineteen_groups_are_published_for_no_area_and_are_not_adjusted():
    asked = question("stop-and-search", groups=19)
    assert adjusted(asked) == ()
    assert areas(asked, "African") == ()


def test_outcomes_of_each_group_add_to_all_of_its_searches():
    _, found = outcomes(shipped_engine(), "stop-search-outcomes", versions=shipped_engine().versions)
    assert len(found) == 60
    for group in ("Asian", "Black", "Mixed", "White", "Other"):
        rows = [one for one in found if one.group == group]
        assert sum(one.events for one in rows) == {one.of for one in rows}.pop()
        assert sum(one.share for one in rows) == pytest.approx(1)
        for one in rows:
            assert 0 <= one.lower <= one.share <= one.upper <= 1


def test_an_outcome_that_is_withheld_has_no_share(sheet):
    changed = sheet("stop-search-outcomes")
    changed.put(changed.find(ethnicity="Black", outcome="Caution"), "searches", "[c]")
    engine = Engine.from_releases([read_release(changed.loader, changed.content)])
    _, found = outcomes(engine, "stop-search-outcomes", versions=engine.versions)
    assert len(found) == 59
    assert ("Black", "Caution") not in {(one.group, one.outcome) for one in found}


def test_bodies_without_residents_are_no_areas():
    assert find("British Transport Police").code not in {
        one.place.code for one in areas(question("stop-and-search"), "Black")
    }
