"""Children at four decisions, on remand and cautioned: what the files say, and what they may not be taken to say."""

import collections

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

DECISIONS = "child-decision-points"
REMAND = "child-remand-episodes"
CAUTIONS = "youth-cautions"
DETENTION = "Remand to youth detention accommodation"


def read(name):
    return loader(name).load(shipped_content(loader(name)))


def test_every_row_of_the_four_decisions_gives_two_counts_and_an_index_with_its_limits():
    found = read(DECISIONS)
    assert len(found) == 5 * 35
    assert collections.Counter(one.series for one in found) == {
        "searches": 5,
        "arrests": 5,
        "residents": 10,
        "remands-to-youth-detention": 5,
        "children-at-remand": 5,
        "custodial-sentences": 20,
        "children-at-sentence": 20,
        "relative-rate-index": 35,
        "relative-rate-index-lower": 35,
        "relative-rate-index-upper": 35,
    }
    assert {one.period for one in found} == {"2022/23", "2023/24", "2024/25", "2022/23 to 2024/25"}
    assert {one.place for one in found} == {"K04000001"}
    assert {one.classification for one in found} == {"five"}
    assert all(one.note.startswith("children;") for one in found)


def test_a_decision_keeps_its_cells(figure):
    asked = {"period": "2024/25", "group": "Black", "age": "10-17", "detail": "Arrest"}
    arrests = figure(DECISIONS, series="arrests", **asked)
    assert (arrests.value, arrests.state, arrests.row, arrests.column) == (5200, "present", 3, "events")
    residents = figure(DECISIONS, series="residents", **asked)
    assert (residents.value, residents.column) == (333587, "denominator")
    index = figure(DECISIONS, series="relative-rate-index", **asked)
    assert (index.value, index.column) == (1.75708997, "rri")
    upper = figure(DECISIONS, series="relative-rate-index-upper", **asked)
    assert (upper.value, upper.column) == (1.808902, "ci95_high")


def test_the_reference_has_an_index_of_one_and_no_interval():
    white = [one for one in read(DECISIONS) if one.group == "White"]
    assert {one.value for one in white if one.series == "relative-rate-index"} == {1}
    limits = [one for one in white if one.series.endswith(("-lower", "-upper"))]
    assert {(one.value, one.state) for one in limits} == {(None, "not-applicable")}
    others = [one for one in read(DECISIONS) if one.group != "White"]
    assert {one.state for one in others} == {"present"}


def test_the_pooled_years_are_the_three_years_added_up():
    years = ("2022/23", "2023/24", "2024/25")
    for series in ("custodial-sentences", "children-at-sentence"):
        cells = {(one.period, one.group): one.value for one in read(DECISIONS) if one.series == series}
        for group in ("Asian", "Black", "Mixed", "White", "Other"):
            assert cells["2022/23 to 2024/25", group] == sum(cells[year, group] for year in years)


def test_an_index_is_its_counts_divided():
    cells = {(one.series, one.period, one.group): one.value for one in read(DECISIONS)}
    for (series, period, group), index in cells.items():
        if series == "relative-rate-index" and period != "2024/25":
            events, children = (
                cells["custodial-sentences", period, group],
                cells["children-at-sentence", period, group],
            )
            white = cells["custodial-sentences", period, "White"] / cells["children-at-sentence", period, "White"]
            assert index == pytest.approx(events / children / white, abs=1e-8)


def test_remand_episodes_stand_by_group_for_one_year_and_as_totals_for_five(figure):
    found = read(REMAND)
    assert len(found) == 42
    assert {one.period for one in found if one.group == "All"} == {
        "2020/21",
        "2021/22",
        "2022/23",
        "2023/24",
        "2024/25",
    }
    assert {one.period for one in found if one.group != "All"} == {"2024/25"}
    asked = {"series": "episodes", "age": "under-18", "detail": DETENTION}
    black = figure(REMAND, period="2024/25", group="Black", **asked)
    assert (black.value, black.row, black.column, black.classification) == (252, 21, "episodes", "five")
    earlier = figure(REMAND, period="2020/21", group="All", **asked)
    assert (earlier.value, earlier.classification) == (1350, "any")


def test_what_the_republisher_withheld_is_suppressed_and_nothing_else_is(figure):
    held = [one for one in read(REMAND) if one.value is None]
    assert {(one.group, one.state, one.detail) for one in held} == {
        ("Other", "suppressed", "Remand to local authority accommodation"),
        ("Unknown", "suppressed", "Remand to local authority accommodation"),
    }
    assert all(one.note.startswith("suppressed") for one in held)


def test_a_blank_that_nobody_calls_suppressed_is_not_called_so(sheet):
    found = sheet(REMAND).put(2, "episodes", "").load()
    assert next(one.state for one in found if one.row == 2) == "no-row"


def test_groups_of_remand_add_to_their_total(sheet, refused):
    changed = sheet(REMAND)
    row = changed.find(year_ending_march="2025", remand_type="bail", ethnicity="Black")
    (fault,) = refused(changed.put(row, "episodes", "1299"))
    assert fault.endswith("episodes: All is 8,691, but its parts add to 8,692")


def test_cautions_are_what_an_officer_saw_and_keep_known_apart_from_all(figure):
    assert loader(CAUTIONS).basis == "officer-observed"
    assert len(read(CAUTIONS)) == 15
    asked = {"series": "cautions", "period": "2017/18", "age": "under-18"}
    assert [figure(CAUTIONS, group=group, **asked).value for group in ("All", "Known", "White", "Black")] == [
        10999,
        9688,
        8018,
        1108,
    ]
    share = figure(
        CAUTIONS,
        series="percent",
        period="2018/19",
        group="Black",
        age="under-18",
        detail="Share of cautions with known ethnicity",
    )
    assert (share.value, share.row, share.column, share.classification) == (11.0, 13, "value", "officer-four")


def test_a_period_that_may_be_either_of_two_years_stays_as_the_source_words_it():
    assert {one.period for one in read(CAUTIONS)} == {
        "2005/06",
        "2017/18",
        "2018/19",
        "11 years before March 2019",
    }


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        (DECISIONS, "ethnicity", "Blak"),
        (DECISIONS, "decision_point", "charge"),
        (DECISIONS, "period", "year_ending_june_2025"),
        (DECISIONS, "events", "0.5"),
        (DECISIONS, "rri", "-1"),
        (REMAND, "ethnicity", "BAME"),
        (REMAND, "remand_type", "tagged"),
        (REMAND, "year_ending_march", "twenty"),
        (CAUTIONS, "group", "Chinese"),
        (CAUTIONS, "measure", "warnings"),
        (CAUTIONS, "period", "2018/19"),
        (CAUTIONS, "geography", "Scotland"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, name, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(name).put(3, column, label)))


def test_a_share_above_one_hundred_is_refused(sheet, refused):
    assert "from 0 to 100" in refused(sheet(CAUTIONS).put(6, "value", "101"))[0]
