"""Every share of unrecorded events stands with its source and Wilson's interval, and none is counted twice."""

import numpy as np
import pytest

from evenhand.library.datasets.catalogue import measures
from evenhand.library.datasets.compare import question
from evenhand.library.datasets.periods import read_period
from evenhand.library.datasets.unknowns import unknown_shares
from evenhand.library.places import places

ANSWERED = [one.slug for one in measures() if one.answers]


def wilson(events, of, z=1.959963984540054):
    """The score interval, by solving its quadratic."""
    p = events / of
    roots = np.roots([1 + z**2 / of, -(2 * p + z**2 / of), p**2])
    return sorted(roots.real)


@pytest.mark.parametrize("slug", ANSWERED)
def test_each_share_is_what_the_answer_for_that_period_says_with_wilsons_interval(slug):
    asked = question(slug)
    for one in unknown_shares(asked):
        detail = next(each for each in asked.measure.answers if one.source == (each.unknowns, each.classification))
        answered = question(slug, groups=detail.groups, period=one.period).answer()
        assert one.unknown == answered.unknown
        assert [one.lower, one.upper] == pytest.approx(wilson(one.unknown.events, one.unknown.of), abs=1e-9)
        assert one.lower <= one.unknown.share <= one.upper


@pytest.mark.parametrize("slug", ANSWERED)
def test_no_period_of_a_table_stands_twice_and_sources_are_kept_together_in_time(slug):
    found = unknown_shares(question(slug))
    keys = [(one.source[0], one.period) for one in found]
    assert len(set(keys)) == len(keys)
    sources = [one.source for one in found]
    assert sources == sorted(sources, key=sources.index)
    for source in set(sources):
        ends = [read_period(one.period).end for one in found if one.source == source]
        assert ends == sorted(ends)


def test_two_levels_of_one_table_are_one_share_and_two_tables_are_two_sources():
    assert [(one.period, one.source[0]) for one in unknown_shares(question("arrests"))] == [
        ("2022/23", "arrests-nineteen-groups")
    ]
    assert [(one.period, one.source) for one in unknown_shares(question("stop-and-search", groups=19))] == [
        ("2022/23", ("searches-nineteen-groups", "census-2021-19")),
        ("2024/25", ("stop-search-not-stated", "five")),
    ]


def test_groups_drawn_up_anew_are_another_source_even_in_one_table():
    found = unknown_shares(question("police-use-of-force", place="Kent"))
    assert [one.period for one in found] == ["2018/19", "2019/20"]
    assert len({one.source for one in found}) == 2


@pytest.mark.parametrize("kind", ["police-force", "region", "nation"])
def test_every_place_has_its_own_shares_of_searches(kind):
    for place in places(kind):
        if not place.has_residents:
            continue
        for one in unknown_shares(question("stop-and-search", place=place.code)):
            assert 0 <= one.unknown.events <= one.unknown.of


def test_a_withheld_number_is_no_share():
    assert "April 2023" not in {one.period for one in unknown_shares(question("youth-custody"))}
