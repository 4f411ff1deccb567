"""Youth custody: episodes, averages, shares and months, each with what it leaves out."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content

EPISODES = "child-custody-episodes"
ACCOMMODATION = "youth-custody-by-accommodation"
SHARES = "youth-custody-detailed-shares"
MONTHLY = "youth-custody-monthly"
NATION = "K04000001"


def read(name):
    return loader(name).load(shipped_content(loader(name)))


@pytest.mark.parametrize(("name", "count"), [(EPISODES, 240), (ACCOMMODATION, 140), (SHARES, 80), (MONTHLY, 98)])
def test_every_row_is_one_figure_with_its_source_and_note(name, count):
    found = read(name)
    assert [one.row for one in found] == list(range(2, count + 2))
    assert all(all(one.source) and one.note and one.place == NATION for one in found)
    assert loader(name).basis == "self-defined"


def test_episodes_are_counted_by_nights_and_their_median_is_no_count(figure):
    found = read(EPISODES)
    assert {one.classification for one in found} == {"two"}
    assert {one.group for one in found} == {"White", "Ethnic minority"}
    assert len({one.period for one in found}) == 8
    count = figure(
        EPISODES,
        series="episodes",
        period="2018/19",
        group="Ethnic minority",
        detail="Detention and training order, 1 to 91 nights",
    )
    assert (count.value, count.row, count.column) == (189, 2, "value")
    medians = [one for one in found if one.series == "median-nights"]
    assert len(medians) == 48
    assert {one.detail for one in medians} == {"Detention and training order", "Other legal basis", "Remand"}
    assert any(not one.value.is_integer() for one in medians)


def test_the_average_children_of_an_unfinished_year_are_provisional(figure):
    total = figure(ACCOMMODATION, series="children", period="2010/11", group="All", age="under-18")
    assert (total.value, total.state, total.classification) == (2040, "present", "any")
    assert {(one.period, one.state) for one in read(ACCOMMODATION)} == {
        ("2010/11", "present"),
        ("2011/12", "present"),
        ("2012/13", "present"),
        ("2013/14", "provisional"),
        ("April to October 2014", "provisional"),
    }


def test_chinese_children_are_counted_with_other_as_the_two_tables_together_show():
    whole = {(one.period, one.group): one.value for one in read(ACCOMMODATION) if not one.detail}
    for share in (one for one in read(SHARES) if one.group == "Chinese or other"):
        counted = 100 * whole[share.period, share.group] / whole[share.period, "All"]
        assert counted == pytest.approx(share.value, abs=0.1)


def test_averages_may_miss_their_totals_by_rounding_and_by_no_more(sheet, refused):
    changed = sheet(ACCOMMODATION)
    asked = {"period": "2010/11", "accommodation": "Young Offender Institutions"}
    row = changed.find(group="Total", **asked)
    whole = changed.find(group="Total", period="2010/11", accommodation="All")
    assert changed.put(row, "average_population", "1609").load()
    faults = refused(changed.put(row, "average_population", "1600"))
    assert faults == [
        f"row {row}, average_population: All is 1,600, but its parts add to 1,610",
        f"row {whole}, average_population: every detail is 2,040, but its parts add to 2,029",
    ]


def test_shares_stand_in_sixteen_groups_and_in_five_and_their_whole_is_one_hundred(figure):
    found = read(SHARES)
    assert {one.classification for one in found} == {"any", "ons-2001-five", "ons-2001-16"}
    asked = {"series": "percent", "period": "2013/14", "age": "under-18"}
    assert figure(SHARES, group="All", **asked).value == 100
    other = figure(SHARES, group="Any other", **asked)
    assert (other.value, other.classification, other.state) == (1.1, "ons-2001-16", "provisional")
    assert figure(SHARES, group="White", **asked).classification == "ons-2001-five"
    assert figure(SHARES, group="Unknown", **asked).value == 2.8
    assert len([one for one in found if one.classification == "ons-2001-16"]) == 4 * 13


def test_a_share_that_breaks_its_total_is_refused(sheet, refused):
    changed = sheet(SHARES)
    row = changed.find(period="2010/11", group="Indian")
    assert any("Asian is 6.3, but its parts add to" in fault for fault in refused(changed.put(row, "share_pct", "1")))


def test_people_of_a_month_stand_by_group_by_basis_and_by_age_and_each_adds_up(figure):
    asked = {"series": "people", "period": "May 2023"}
    assert figure(MONTHLY, group="All", **asked).value == 592
    assert figure(MONTHLY, group="Black", **asked).value == 155
    assert figure(MONTHLY, group="All", age="10-14", **asked).value == 11
    assert figure(MONTHLY, group="All", age="under-18", **asked).value == 452
    assert figure(MONTHLY, group="All", detail="Remand", **asked).value == 233
    assert figure(MONTHLY, group="Unknown", **asked).classification == "any"


def test_two_cells_of_a_month_are_withheld_and_the_latest_month_is_provisional():
    found = read(MONTHLY)
    held = [one for one in found if one.value is None]
    assert {(one.period, one.group, one.state) for one in held} == {
        ("April 2023", "Other", "suppressed"),
        ("April 2023", "Unknown", "suppressed"),
    }
    assert {one.period for one in found if one.state == "provisional"} == {"July 2026"}
    assert {one.state for one in found if one.period == "July 2026"} == {"provisional"}


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("black", "All is 592, but its parts add to 593"),
        ("remand", "every detail is 592, but its parts add to 593"),
        ("under_18", "All is 592, but its parts add to 593"),
    ],
)
def test_a_month_that_does_not_add_up_is_refused(sheet, refused, group, said):
    changed = sheet(MONTHLY)
    row = changed.find(period="2023-05", group=group)
    changed.put(row, "count", str(int(changed.get(row, "count")) + 1))
    assert any(said in fault for fault in refused(changed))


@pytest.mark.parametrize(
    ("name", "column", "label"),
    [
        (EPISODES, "group", "mixed"),
        (EPISODES, "legal_basis", "parole"),
        (EPISODES, "nights_band", "1_to_90"),
        (EPISODES, "measure", "mean_nights"),
        (EPISODES, "period", "2018/19"),
        (EPISODES, "value", "1.5"),
        (ACCOMMODATION, "group", "Arab"),
        (ACCOMMODATION, "period", "2013/14"),
        (SHARES, "group", "Roma"),
        (SHARES, "period", "2014/15"),
        (SHARES, "share_pct", "100.1"),
        (MONTHLY, "group", "chinese"),
        (MONTHLY, "measure", "faith"),
        (MONTHLY, "period", "2023-13"),
        (MONTHLY, "period", "April 2023"),
        (MONTHLY, "geography", "Narnia"),
    ],
)
def test_a_label_that_the_file_never_had_is_refused(sheet, refused, name, column, label):
    assert any(fault.startswith("row 3") for fault in refused(sheet(name).put(3, column, label)))


def test_an_age_that_the_youth_estate_does_not_use_is_refused(sheet, refused):
    changed = sheet(MONTHLY)
    row = changed.find(period="2023-05", group="10_to_14")
    assert refused(changed.put(row, "group", "10_to_15"))[0].startswith(f"row {row}: ")
