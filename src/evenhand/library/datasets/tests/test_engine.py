"""Figures roll up to the sums they are, count what is missing, and are the same from every thread."""

import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from evenhand.library.datasets.catalogue import loader, measure
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.loader import adds_up
from evenhand.library.datasets.panel import Panel
from evenhand.library.datasets.store import read_release, shipped_content
from evenhand.library.places import places, within
from evenhand.library.vocabulary.ethnicity import crosswalk

FORCES = "stop-search-by-police-force"
FORCE_POPULATION = "census-2021-police-forces"
FIVE = ("Asian", "Black", "Mixed", "White", "Other")
OUTER = [*places("nation"), *places("region")]


def figures(engine, dataset, series, scheme, **limits):
    return {(one.period, one.place, one.group): one for one in engine.figures(dataset, series, scheme, **limits)}


@pytest.mark.parametrize("outer", OUTER, ids=lambda place: place.name)
def test_a_region_and_a_nation_are_the_sum_of_their_forces(everything, outer):
    for dataset, series in ((FORCES, "searches"), (FORCE_POPULATION, "residents")):
        found = figures(everything, dataset, series, "five")
        inner = {force.code for force in within(outer, "police-force")}
        sums = defaultdict(float)
        for (period, place, group), one in found.items():
            if place in inner:
                sums[period, group] += one.value or 0
        assert sums
        assert {key: found[key[0], outer.code, key[1]].value for key in sums} == dict(sums)


def test_what_the_source_gives_for_a_nation_is_not_added_up_again(everything):
    for dataset, scheme in (("census-2021-nations", "census-2021-19"), ("census-2011", "gss-18")):
        found = figures(everything, dataset, "residents", scheme)
        read = loader(dataset).load(shipped_content(loader(dataset)))
        assert {(one.period, one.place, one.group): one.value for one in read} == {
            key: one.value for key, one in found.items() if key[1] in {each.place for each in read}
        }


@pytest.mark.parametrize("dataset", ["census-2021-nations", FORCE_POPULATION, "census-2021-councils"])
def test_nineteen_groups_roll_up_to_the_five_that_the_publisher_names(everything, sheet, dataset):
    table = sheet(dataset)
    one = table.loader
    published = defaultdict(int)
    for observation in one.load(shipped_content(one)):
        group = table.get(observation.row, "ethnicity_5")
        published[observation.place, group] += int(table.get(observation.row, "count"))
    own = {place for place, _ in published}
    found = figures(everything, dataset, "residents", "five")
    assert {(place, group): one.value for (_, place, group), one in found.items() if place in own} == dict(published)


def test_five_groups_that_the_source_prints_are_kept_and_equal_their_parts(everything):
    for dataset, series in (("arrests-nineteen-groups", "arrests"), ("searches-nineteen-groups", "searches")):
        into = crosswalk("census-2021-19", "five").mapping
        sums = defaultdict(float)
        for one in everything.figures(dataset, series, "census-2021-19"):
            sums[into[one.group]] += one.value
        printed = {one.group: one.value for one in everything.figures(dataset, series, "five")}
        assert printed == dict(sums)


def test_the_two_dyfed_powys_gaps_are_counted_in_wales_and_in_both_nations_and_nowhere_else(everything):
    found = figures(everything, FORCES, "searches", "five")
    gaps = {key: one.gaps for key, one in found.items() if one.gaps}
    assert gaps == {
        (period, place, "Other"): 1 for period in ("2020/21", "2021/22") for place in ("W92000004", "K04000001")
    }
    for period in ("2020/21", "2021/22"):
        missing = found[period, "W15000004", "Other"]
        assert (missing.value, missing.state) == (None, "no-row")
    assert found["2022/23", "W15000004", "Other"].value == 4


def test_a_withheld_cell_withholds_every_sum_that_it_is_part_of(engine_with, sheet):
    changed = sheet(FORCES)
    changed.put(
        changed.find(financial_year="2024/25", police_force_area="Kent", ethnicity_self_defined_5="Black"),
        "searches",
        "[c]",
    )
    found = figures(engine_with(changed), FORCES, "searches", "five", period="2024/25")
    south_east, nation = "E12000008", "K04000001"
    assert found["2024/25", "E23000032", "Black"].state == "suppressed"
    for outer in (south_east, nation, "E92000001"):
        one = found["2024/25", outer, "Black"]
        assert (one.value, one.state) == (None, "suppressed")
        assert found["2024/25", outer, "Asian"].value > 0
    assert found["2024/25", "W92000004", "Black"].value > 0


def test_a_withheld_part_withholds_its_whole_among_five_groups(engine_with, sheet):
    changed = sheet(FORCE_POPULATION)
    changed.put(changed.find(pfa_name="Kent", ons_code="6"), "count", "[c]")
    found = figures(engine_with(changed), FORCE_POPULATION, "residents", "five")
    assert (found["2021", "E23000032", "Black"].value, found["2021", "E23000032", "Black"].state) == (
        None,
        "suppressed",
    )
    assert found["2021", "E23000032", "White"].value > 0


def test_all_of_nothing_is_nothing_and_not_zero(engine_with, sheet):
    changed = sheet(FORCES)
    wales = {force.name for force in within(next(p for p in places("nation") if p.code == "W92000004"), "police-force")}
    for row in range(2, len(changed.rows) + 1):
        if (
            changed.get(row, "financial_year") == "2024/25"
            and changed.get(row, "police_force_area") in wales
            and changed.get(row, "ethnicity_self_defined_5") == "Other"
        ):
            changed.put(row, "searches", "")
    found = figures(engine_with(changed), FORCES, "searches", "five", period="2024/25")
    one = found["2024/25", "W92000004", "Other"]
    assert (one.value, one.state, one.gaps) == (None, "no-row", 4)
    assert found["2024/25", "K04000001", "Other"].gaps == 4


def test_a_period_and_places_limit_what_is_given(everything):
    whole = everything.figures(FORCES, "searches", "five")
    some = everything.figures(FORCES, "searches", "five", period="2023/24", places=["E23000032", "K04000001"])
    assert some == [one for one in whole if one.period == "2023/24" and one.place in {"E23000032", "K04000001"}]
    assert len(some) == 10
    assert everything.figures(FORCES, "searches", "five", places=[]) == []
    assert everything.figures(FORCES, "searches", "five", period="1999/00") == []
    assert everything.figures(FORCES, "no-such-series", "five") == []


def test_periods_places_and_sources_are_those_of_the_file(everything):
    assert everything.periods(FORCES, "searches", "five") == ["2020/21", "2021/22", "2022/23", "2023/24", "2024/25"]
    assert len(everything.places(FORCES, "searches", "five")) == 43 + len(OUTER)
    ((title, url, table, licence),) = everything.sources(FORCES)
    assert title.startswith("Home Office, Police powers and procedures")
    assert url.startswith("https://www.gov.uk/")
    assert (table, licence) == ("stop-search-open-data-tables-mar21-mar25.ods/open_data", "OGL v3.0")


def test_words_of_a_question_are_never_read_as_sql(everything):
    hostile = "x' OR 1=1; DROP TABLE figure; --"
    assert everything.figures(FORCES, hostile, "five", period=hostile, places=[hostile]) == []
    assert everything.figures(FORCES, "searches", "five")


def test_two_releases_of_one_dataset_stand_side_by_side(sheet):
    changed = sheet(FORCES)
    row = changed.find(financial_year="2024/25", police_force_area="Kent", ethnicity_self_defined_5="Black")
    old = int(changed.get(row, "searches"))
    changed.put(row, "searches", str(old + 7))
    one = loader(FORCES)
    first, second = read_release(one, shipped_content(one)), read_release(one, changed.content)
    engine = Engine.from_releases([first, second])
    values = [
        figures(engine, FORCES, "searches", "five", versions={FORCES: release.version})[
            "2024/25", "E23000032", "Black"
        ].value
        for release in (first, second)
    ]
    assert values == [old, old + 7]


def test_rates_are_never_added_up_over_groups_or_places(everything):
    sums = """
        SELECT DISTINCT f.dataset, f.series FROM figure f
        WHERE NOT EXISTS (
            SELECT 1 FROM observation o
            WHERE (o.dataset, o.series, o.place, o.classification) = (f.dataset, f.series, f.place, f.classification)
        )
    """
    added = everything.query(sums, {})
    assert ("stop-search-by-police-force", "searches") in added
    assert all(adds_up(series) for _, series in added)


def test_what_a_source_says_of_one_figure_goes_with_it(everything):
    noted = "SELECT DISTINCT note FROM observation WHERE dataset = 'stop-search-every-search'"
    assert everything.query(noted, {}) == [("All stop and searches (incl. vehicle-only), all legislation",)]


def test_a_release_written_before_figures_had_notes_is_still_read(store):
    for _, _, path in store.parquet_files():
        older = path.with_suffix(".older")
        duckdb.sql(f"COPY (SELECT * EXCLUDE note FROM '{path}') TO '{older}' (FORMAT parquet)")  # noqa: S608
        older.replace(path)
    engine = Engine.from_store(store)
    assert engine.query("SELECT DISTINCT note FROM observation", {}) == [("",)]
    assert engine.figures("arrests-nineteen-groups", "arrests", "five")


def test_eight_threads_asking_at_once_get_the_answers_of_one(everything):
    forces = [force.code for force in places("police-force") if force.has_residents]
    years = everything.periods(FORCES, "searches", "five")
    asked = [(code, year) for code in forces for year in years]
    alone = {key: everything.figures(FORCES, "searches", "five", period=key[1], places=[key[0]]) for key in asked}
    start = threading.Barrier(8)

    def ask(thread):
        mine = asked[thread * 20 : thread * 20 + 60]
        start.wait()
        return {key: everything.figures(FORCES, "searches", "five", period=key[1], places=[key[0]]) for key in mine}

    with ThreadPoolExecutor(8) as pool:
        for answers in pool.map(ask, range(8)):
            assert answers == {key: alone[key] for key in answers}


def test_what_is_worked_out_once_is_worked_out_once_even_by_eight_threads():
    engine = Engine.from_releases([])
    start = threading.Barrier(8)
    made = []

    def make():
        made.append(1)
        return object()

    def ask(_):
        start.wait()
        return engine.kept("key", make)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(map(id, pool.map(ask, range(8))))) == 1
    assert len(made) == 1


def test_panels_made_by_eight_threads_are_equal():
    asked = measure("stop-and-search")
    engine = shipped_engine()

    def make(_):
        return Panel(asked, asked.answer(5), "White", engine=engine, versions=engine.versions).cells

    with ThreadPoolExecutor(8) as pool:
        first, *others = pool.map(make, range(8))
    assert all(other == first for other in others)
    assert len(first) == (43 + len(OUTER)) * 5
