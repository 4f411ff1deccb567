"""One decision out of those who came this far, and out of all residents: two denominators, never mixed."""

import pytest

from evenhand.library.datasets.compare import compare, question
from evenhand.library.statistics import rate_ratio

AGED_10_TO_17 = {"Asian": 663_825, "Black": 333_587, "Mixed": 330_389, "Other": 145_406, "White": 4_161_949}


@pytest.mark.parametrize("slug", ["child-remand", "child-custody"])
def test_out_of_residents_every_earlier_difference_is_in_the_ratio(slug):
    asked = question(slug)
    here = {row.group: row for row in asked.answer().rows}
    there = {row.group: row for row in asked.cumulative}
    assert {group: row.population for group, row in there.items()} == AGED_10_TO_17
    for group, row in there.items():
        assert row.events == here[group].events
        if group != "White":
            found = rate_ratio(row.events, AGED_10_TO_17[group], there["White"].events, AGED_10_TO_17["White"])
            assert (row.ratio, row.lower, row.upper) == pytest.approx(
                tuple(map(float, (found.ratio, found.lower, found.upper)))
            )
            assert row.ratio != pytest.approx(here[group].ratio)


def test_a_stage_ratio_times_the_ratio_of_those_who_came_so_far_is_the_ratio_out_of_residents():
    asked = question("child-custody")
    here, there = ({row.group: row for row in rows} for rows in (asked.answer().rows, asked.cumulative))
    for group in ("Asian", "Black", "Mixed", "Other"):
        reached = (here[group].population / AGED_10_TO_17[group]) / (here["White"].population / AGED_10_TO_17["White"])
        assert there[group].ratio == pytest.approx(here[group].ratio * reached)


def test_a_period_without_residents_and_a_measure_out_of_residents_have_none():
    assert question("child-custody", period="2022/23").cumulative == ()
    assert question("child-custody", period="2022/23 to 2024/25").cumulative == ()
    assert question("stop-and-search").cumulative == ()
    assert question("child-arrests").cumulative == ()


def test_three_years_together_and_each_of_them_alone():
    ratios = [
        next(row.ratio for row in compare("child-custody", period=period).rows if row.group == "Black")
        for period in ("2022/23", "2023/24", "2024/25", "2022/23 to 2024/25")
    ]
    assert [round(ratio, 2) for ratio in ratios] == [1.52, 2.57, 0.91, 1.59]
