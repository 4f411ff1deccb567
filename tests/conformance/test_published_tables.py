"""What others printed is what the shipped figures give, and where it is not, the difference is a named revision."""

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from evenhand.library.datasets.catalogue import loader, loaders
from evenhand.library.datasets.compare import compare, question
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.forces import adjusted, outcomes
from evenhand.library.datasets.store import read_release, shipped_content
from evenhand.library.places import UnknownPlace, find, places
from evenhand.library.statistics import proportion, rate_ratio
from evenhand.library.vocabulary.ethnicity import crosswalk

PUBLISHED = Path(__file__).parent / "published"
ENGLAND_AND_WALES = "K04000001"
CITY_OF_LONDON = "E23000034"
FIVE = ("Asian", "Black", "Mixed", "White", "Other")
YEARS = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")


def table(name):
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_rows(dataset):
    return list(csv.DictReader(shipped_content(loader(dataset)).decode().splitlines()))


def rounded(value, places=1):
    """Half up, in decimal arithmetic, from the shortest text that names the number."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def revised(ours, printed):
    """The cells whose rate, rounded as it was printed, is not what was printed: the source has changed since."""
    return {cell for cell, rate in ours.items() if rounded(rate) != printed[cell]}


@pytest.fixture(scope="module")
def by_force():
    """What Ethnicity facts and figures prints for 2022/23, by police force area code and group; blank for N/A."""
    printed = {}
    for row in table("eff_stop_search_rate_by_force_2022_23.csv"):
        try:
            force = find(row["police_force_area"], kinds=("police-force",)).code
        except UnknownPlace:
            assert row["police_force_area"].startswith("All")
            continue
        if row["ethnicity"] != "All":
            printed[force, row["ethnicity"]] = row["rate_per_1000"]
    return printed


@pytest.fixture(scope="module")
def our_rates():
    cells = question("stop-and-search", period="2022/23").panel.cells
    return {
        (force.code, row.group): row.rate
        for force in places("police-force")
        if (cell := cells.get((force.code, "2022/23")))
        for row in cell.rows
    }


def names(cells):
    shown = {force.code: force.name for force in places("police-force")}
    return {shown[code] for code, _ in cells}


def test_the_published_force_rates_are_210_cells_of_42_forces(by_force):
    with_a_rate = {cell for cell, rate in by_force.items() if rate}
    assert len(with_a_rate) == 210
    assert len(names(with_a_rate)) == 42
    assert names(by_force.keys() - with_a_rate) == {"City of London", "British Transport Police"}


def test_exactly_200_of_210_published_force_rates_are_reproduced(by_force, our_rates):
    printed = {cell: Decimal(rate) for cell, rate in by_force.items() if rate}
    agreeing = [cell for cell, rate in printed.items() if rounded(our_rates[cell]) == rate]
    assert len(agreeing) == 200


def test_the_ten_misses_are_exactly_north_yorkshire_and_surrey_in_all_five_groups(by_force, our_rates):
    printed = {cell: Decimal(rate) for cell, rate in by_force.items() if rate}
    found = revised({cell: our_rates[cell] for cell in printed}, printed)
    codes = [find(name, kinds=("police-force",)).code for name in ("North Yorkshire", "Surrey")]
    assert found == {(code, group) for code in codes for group in FIVE}
    ours = {code: [str(rounded(our_rates[code, group], 2)) for group in FIVE] for code in codes}
    theirs = {code: [by_force[code, group] for group in FIVE] for code in codes}
    assert list(ours.values()) == [["4.39", "8.72", "4.40", "2.63", "5.21"], ["2.82", "12.53", "2.77", "2.59", "2.82"]]
    assert list(theirs.values()) == [["4.5", "8.2", "5.8", "2.9", "6.0"], ["3.3", "15.9", "3.8", "3.2", "3.3"]]


def test_the_revision_detector_reports_a_cell_moved_by_one_tenth_and_no_other(our_rates):
    same = {cell: rounded(rate) for cell, rate in our_rates.items() if rate is not None}
    ours = {cell: our_rates[cell] for cell in same}
    assert revised(ours, same) == set()
    moved = next(iter(same))
    assert revised(ours, {**same, moved: same[moved] + Decimal("0.1")}) == {moved}


def test_the_city_of_london_has_no_rate_here_as_it_has_none_there(by_force, our_rates):
    assert {by_force[CITY_OF_LONDON, group] for group in FIVE} == {""}
    assert {our_rates[CITY_OF_LONDON, group] for group in FIVE} == {None}


@pytest.mark.parametrize(
    ("period", "ratios", "black_rate"),
    [
        ("2020/21", {"Asian": "1.85", "Black": "5.49", "Mixed": "1.67", "Other": "1.24"}, "39.8"),
        ("2024/25", {"Asian": "1.39", "Black": "3.65", "Mixed": "1.74", "Other": "1.47"}, "21.0"),
    ],
)
def test_national_ratios_to_white_are_the_checked_ones(period, ratios, black_rate):
    answer = compare("stop-and-search", period=period)
    assert {group: str(rounded(answer.row(group).ratio, 2)) for group in ratios} == ratios
    assert str(rounded(answer.row("Black").rate)) == black_rate


def test_searches_of_2024_25_add_to_the_person_searches_of_the_home_office():
    answer = compare("stop-and-search", period="2024/25")
    assert sum(row.events for row in answer.rows) == 402_667
    assert answer.unknown.events == 92_225
    assert 402_667 + 92_225 == 494_892
    assert answer.unknown.share == pytest.approx(92_225 / 494_892, abs=1e-15)


def test_the_share_with_no_ethnicity_runs_from_2_to_42_point_7_percent_of_a_force():
    cells = question("stop-and-search", period="2024/25").panel.cells
    shares = [
        cells[force.code, "2024/25"].unknown.share
        for force in places("police-force")
        if (force.code, "2024/25") in cells
    ]
    assert len(shares) == 43
    assert [str(rounded(100 * share)) for share in (min(shares), max(shares))] == ["2.0", "42.7"]
    printed = {
        find(row["police_force_area"], kinds=("police-force",)).code: row["percent_not_stated"]
        for row in shipped_rows("stop-search-not-stated")
    }
    ours = {code: str(rounded(100 * cells[code, "2024/25"].unknown.share)) for code in printed}
    assert ours == printed


def test_the_force_file_and_the_not_stated_file_tell_the_same_story_for_every_force():
    cells = question("stop-and-search", period="2024/25").panel.cells
    for row in shipped_rows("stop-search-not-stated"):
        cell = cells[find(row["police_force_area"], kinds=("police-force",)).code, "2024/25"]
        stated = sum(one.events for one in cell.rows if one.events is not None)
        assert stated + int(row["ethnicity_not_stated"]) == int(row["person_searches"]), row["police_force_area"]


def test_bounds_of_the_black_ratio_are_the_worked_ones():
    bound = next(bound for bound in compare("stop-and-search", period="2024/25").bounds if bound.group == "Black")
    assert [str(rounded(bound.lower, 2)), str(rounded(bound.upper, 2))] == ["2.75", "10.31"]
    assert str(rounded(bound.tipping_share, 3)) == "-0.333"


def test_the_black_difference_and_excess_are_the_worked_ones():
    row = compare("stop-and-search", period="2024/25").row("Black")
    assert (row.events, row.population) == (50_647, 2_409_283)
    assert [str(rounded(row.ratio, 3)), str(rounded(row.difference, 2))] == ["3.654", "15.27"]
    assert str(rounded(row.excess, 0)) == "36786"


def test_the_black_ratio_adjusted_for_43_areas_is_the_worked_one_in_both_ways():
    black = next(one for one in adjusted(question("stop-and-search", period="2024/25")) if one.group == "Black")
    assert black.areas == 43
    values = (black.crude, black.indirect, black.mantel_haenszel)
    assert [str(rounded(value, 2)) for value in values] == ["3.65", "3.38", "3.36"]
    assert str(rounded(50_647 / black.indirect)) == "14982.4"


@pytest.mark.parametrize(
    ("measure", "total", "unknown", "sample"),
    [
        ("stop-and-search", 529_474, 108_285, {"All": "8.9", "Black": "24.5", "Black other": "92.0", "Roma": "0.0"}),
        (
            "arrests",
            668_979,
            84_736,
            {
                "All": "11.2",
                "White": "9.4",
                "Black": "20.4",
                "Black Caribbean": "22.7",
                "Mixed White and Black Caribbean": "18.0",
            },
        ),
    ],
)
def test_19_of_19_printed_national_rates_are_reproduced(measure, total, unknown, sample):
    answer = compare(measure, period="2022/23", groups=19)
    asked = question(measure, period="2022/23", groups=19)
    printed = {row["ethnicity"]: row for row in shipped_rows(asked.detail.events)}
    detailed = {label: Decimal(row["rate_per_1000"]) for label, row in printed.items() if row["level"] == "detailed"}
    read = loader(asked.detail.events).load(shipped_content(loader(asked.detail.events)))
    label_of = {one.group: list(printed)[one.row - 2] for one in read if one.classification == "census-2021-19"}
    ours = {label_of[row.group]: rounded(row.rate) for row in answer.rows}
    assert len(detailed) == 19
    assert ours == detailed
    assert {label: str(rounded(float(printed[label]["rate_per_1000"]))) for label in sample} == sample
    assert sum(row.events for row in answer.rows) + unknown == total
    assert (answer.unknown.events, answer.unknown.of) == (unknown, total)
    everyone = sum(row.population for row in answer.rows)
    assert str(rounded(1000 * total / everyone)) == sample["All"]


@pytest.mark.parametrize("measure", ["stop-and-search", "arrests"])
def test_the_five_printed_broad_rates_of_2022_23_are_reproduced_and_add_to_the_total(measure):
    detail = question(measure, period="2022/23", groups=19).detail
    printed = {row["ethnicity"]: row for row in shipped_rows(detail.events) if row["level"] in {"broad", "unknown"}}
    into = crosswalk("census-2021-19", "five").mapping
    events, residents = defaultdict(int), defaultdict(int)
    for row in compare(measure, period="2022/23", groups=19).rows:
        events[into[row.group]] += row.events
        residents[into[row.group]] += row.population
    assert set(events) == set(FIVE)
    for group in FIVE:
        assert events[group] == int(printed[group]["number"])
        assert rounded(1000 * events[group] / residents[group]) == Decimal(printed[group]["rate_per_1000"])


def child_cases():
    blocks = defaultdict(dict)
    for row in table("child_rri_cascade_2025.csv"):
        blocks[row["decision_point"], row["period"]][row["ethnicity"]] = row
    return [
        pytest.param(row, block["White"], id=f"{point} {period} {group}")
        for (point, period), block in blocks.items()
        for group, row in block.items()
        if group != "White"
    ]


def test_there_are_28_child_intervals_to_reproduce():
    assert len(child_cases()) == 28


@pytest.mark.parametrize(("row", "white"), child_cases())
def test_each_child_interval_is_reproduced_to_two_millionths(row, white):
    found = rate_ratio(int(row["events"]), int(row["denominator"]), int(white["events"]), int(white["denominator"]))
    assert float(found.ratio) == pytest.approx(float(row["rri"]), abs=2e-6)
    assert float(found.lower) == pytest.approx(float(row["ci95_low"]), abs=2e-6)
    assert float(found.upper) == pytest.approx(float(row["ci95_high"]), abs=2e-6)


@pytest.mark.parametrize(
    ("period", "group", "wald", "exact"),
    [
        ("year_ending_march_2024", "Asian", ("1.006", "2.287"), ("0.942", "2.336")),
        ("pooled_3y_ending_march_2025", "Other", ("1.012", "2.144"), ("0.955", "2.179")),
    ],
)
def test_two_child_custody_intervals_exclude_parity_under_wald_and_include_it_when_exact(period, group, wald, exact):
    block = {
        row["ethnicity"]: (int(row["events"]), int(row["denominator"]))
        for row in table("child_rri_cascade_2025.csv")
        if (row["decision_point"], row["period"]) == ("custodial_sentence", period)
    }
    for method, limits in (("wald", wald), ("exact", exact)):
        found = rate_ratio(*block[group], *block["White"], method=method)
        assert tuple(str(rounded(float(limit), 3)) for limit in (found.lower, found.upper)) == limits
    assert Decimal(wald[0]) > 1 > Decimal(exact[0])


@pytest.fixture(scope="module")
def everything():
    """An engine over every shipped file, those that no measure asks for yet among them."""
    return Engine.from_releases(read_release(one, shipped_content(one)) for one in loaders())


def residents(engine, dataset, scheme, place):
    found = engine.figures(dataset, "residents", scheme, places=[place])
    return {one.group: one.value for one in found}


def test_census_2021_sums_for_england_and_wales_are_the_checked_ones(everything):
    five = residents(everything, "census-2021-nations", "five", ENGLAND_AND_WALES)
    assert five == {"White": 48_699_231, "Asian": 5_515_455, "Black": 2_409_283, "Mixed": 1_717_977, "Other": 1_255_632}
    total = sum(five.values())
    assert total == 59_597_578
    shares = {group: str(rounded(100 * count / total, 2)) for group, count in five.items()}
    assert shares == {"White": "81.71", "Asian": "9.25", "Black": "4.04", "Mixed": "2.88", "Other": "2.11"}
    nineteen = residents(everything, "census-2021-nations", "census-2021-19", ENGLAND_AND_WALES)
    assert (nineteen["Gypsy or Irish Traveller"], nineteen["Roma"]) == (67_757, 100_964)
    assert str(rounded(100 * nineteen["White British"] / total, 2)) == "74.42"


def test_census_2021_is_the_same_from_nations_from_forces_and_from_councils(everything):
    nation = residents(everything, "census-2021-nations", "census-2021-19", ENGLAND_AND_WALES)
    forces = residents(everything, "census-2021-police-forces", "census-2021-19", ENGLAND_AND_WALES)
    councils = defaultdict(float)
    for one in everything.figures("census-2021-councils", "residents", "census-2021-19"):
        councils[one.group] += one.value
    assert nation == forces == dict(councils)


def test_census_2011_total_is_the_published_one(everything):
    nation = residents(everything, "census-2011", "gss-18", ENGLAND_AND_WALES)
    assert sum(nation.values()) == 56_075_912
    force_codes = [force.code for force in places("police-force")]
    forces = everything.figures("census-2011", "residents", "gss-18", places=force_codes)
    assert sum(one.value for one in forces) == 56_075_912


def test_arrest_and_no_further_action_shares_of_five_years_are_the_checked_ones():
    period, found = outcomes(shipped_engine(), "stop-search-outcomes", versions=shipped_engine().versions)
    assert period == "2020/21 to 2024/25"
    arrests = {one.group: str(rounded(100 * one.share)) for one in found if one.outcome == "Arrest"}
    assert arrests == {"Black": "16.0", "Mixed": "16.0", "Other": "15.2", "White": "13.3", "Asian": "12.4"}
    nothing = {one.group: str(rounded(100 * one.share)) for one in found if one.outcome == "No Further Action"}
    assert {group: nothing[group] for group in ("Black", "White")} == {"Black": "68.9", "White": "69.6"}


def test_wilsons_interval_of_the_black_arrest_share_is_the_worked_one():
    _, found = outcomes(shipped_engine(), "stop-search-outcomes", versions=shipped_engine().versions)
    black = next(one for one in found if (one.group, one.outcome) == ("Black", "Arrest"))
    assert (black.events, black.of) == (50_930, 318_763)
    values = [str(rounded(100 * value, 2)) for value in (black.share, black.lower, black.upper)]
    assert values == ["15.98", "15.85", "16.10"]
    small = proportion(38, 731)
    values = [str(rounded(100 * float(value), 2)) for value in (small.proportion, small.lower, small.upper)]
    assert values == ["5.20", "3.81", "7.05"]


def test_outcomes_add_to_five_years_of_the_force_file_in_every_group():
    _, found = outcomes(shipped_engine(), "stop-search-outcomes", versions=shipped_engine().versions)
    totals = {group: sum(one.events for one in found if one.group == group) for group in FIVE}
    forces = [force.code for force in places("police-force")]
    figures = shipped_engine().figures("stop-search-by-police-force", "searches", "five", places=forces)
    assert {one.period for one in figures} == set(YEARS)
    searched = {group: sum(one.value or 0 for one in figures if one.group == group) for group in FIVE}
    assert totals == searched
    printed = {row["ethnicity"]: int(row["total_searches"]) for row in shipped_rows("stop-search-outcomes")}
    assert totals == printed


def test_the_prison_population_gives_the_rates_and_the_ratio_that_its_publisher_counts_imply():
    rows = {row.group: row for row in compare("prison-population").rows}
    assert {group: rounded(row.rate, 0) for group, row in rows.items()} == {
        "Asian": 126,
        "Black": 428,
        "Mixed": 244,
        "White": 129,
        "Other": 174,
    }
    assert str(rounded(rows["Black"].ratio, 3)) == "3.325"
    assert sum(row.events for row in rows.values()) == 86_325
    assert compare("prison-population").unknown.events == 1_009
