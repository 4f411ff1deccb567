"""The funnel of force areas agrees with each area's own exact interval, and judges no area whose base is small."""

import numpy as np
import pytest

from evenhand.library.datasets.compare import question
from evenhand.library.datasets.forces import areas
from evenhand.library.datasets.funnel import INNER, OUTER, funnel
from evenhand.library.statistics import rate_ratio

YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
GROUPS = ("Asian", "Black", "Mixed", "Other")
EVERY = [(group, period) for group in GROUPS for period in YEARS]


def made(group, period="2024/25", **asked):
    return funnel(question("stop-and-search", period=period, **asked), group)


@pytest.mark.parametrize(("group", "period"), EVERY)
def test_an_area_lies_outside_exactly_where_its_own_interval_leaves_out_the_nations_ratio(group, period):
    asked, found = question("stop-and-search", period=period), made(group, period)
    assert found.target == asked.answer().row(group).ratio
    for one in found.compared:
        base = next(row for row in asked.panel.cells[one.place.code, period].rows if row.group == "White")
        four = one.row.events, one.row.population, base.events, base.population
        out = []
        for confidence in (INNER, OUTER):
            own = rate_ratio(*four, confidence=confidence)
            out.append(not own.lower <= found.target <= own.upper)
        assert out == [one in found.beyond("beyond-inner"), one in found.beyond("beyond-outer")]
        assert one.above == (one.row.ratio > found.target) or one.standing == "inside"


@pytest.mark.parametrize(("group", "period"), EVERY)
def test_every_area_is_there_by_name_and_only_a_sound_base_is_judged(group, period):
    found = made(group, period)
    assert [one.place.name for one in found.areas] == [
        one.place.name for one in areas(question("stop-and-search", period=period), group)
    ]
    for one in found.areas:
        assert bool(one.standing) == (one.row.flag is None)
        assert (one.precision is None) == (one.row.ratio is None) == (one.outer is None)
        if one.outer:
            assert one.outer[0] < one.inner[0] < found.target < one.inner[1] < one.outer[1]
            assert one.widened[0] <= one.outer[0]
            assert one.widened[1] >= one.outer[1]
    city = next(one for one in found.areas if one.place.name == "City of London")
    assert (city.row.flag, city.precision, city.standing) == ("not-comparable", None, None)


@pytest.mark.parametrize(("group", "period"), EVERY)
def test_the_lines_run_past_every_area_narrow_as_they_go_and_pass_near_each_areas_own_limits(group, period):
    found = made(group, period)
    for line, own in ((found.inner, "inner"), (found.outer, "outer"), (found.widened, "widened")):
        known = [one for one in found.areas if one.precision]
        assert line.precision[0] < min(one.precision for one in known)
        assert line.precision[-1] > max(one.precision for one in known)
        assert (np.diff(line.lower) >= 0).all()
        assert (np.diff(line.upper) < 0).all()
        wide = found.dispersion**0.5 if own == "widened" else 1
        for one in (one for one in known if one.precision > 15):  # under 7, no count is too few
            for end, side in zip(getattr(one, own), (line.lower, line.upper), strict=True):
                drawn = np.interp(np.log(one.precision), np.log(line.precision), side)
                assert abs(np.log(end / drawn)) < 0.12 * wide * (30 / one.precision) ** 0.5


def test_far_more_areas_lie_outside_than_chance_would_bring_and_the_factor_says_so():
    found = made("Black")
    assert len(found.compared) == 40
    assert len(found.beyond("beyond-inner")) == 32
    assert len(found.beyond("beyond-outer")) == 28
    assert found.dispersion == pytest.approx(37.3, abs=0.05)
    assert {one.place.name for one in found.beyond("beyond-widened")} == {"Merseyside", "Greater Manchester"}
    farthest = found.beyond("inside")
    assert [abs(one.z) for one in farthest] == sorted((abs(one.z) for one in farthest), reverse=True)


def test_the_funnel_is_the_nations_wherever_it_is_asked_from():
    here, nation = made("Black", place="West Mercia"), made("Black")
    assert here == nation


def test_there_is_no_funnel_without_counts_by_area_or_of_the_reference_itself():
    assert made("White") is None
    assert made("African", "2022/23", groups=19) is None
    assert funnel(question("arrests"), "Black") is None
    assert funnel(question("police-use-of-force"), "Black") is None
    assert funnel(question("crime-victims"), "Black") is None
