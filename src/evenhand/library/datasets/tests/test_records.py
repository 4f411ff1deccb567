"""Records are counted once each, and what is unknown, missing or nobody's stays apart."""

import math

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.datasets.records import Tally, disproportionality, tally
from evenhand.library.statistics import rate_ratio
from evenhand.library.vocabulary.ethnicity import UnknownLabel, classification

SEARCHES = [("Kent", "White")] * 4 + [("Kent", "Black")] * 3 + [("Kent", None), ("Surrey", "White"), ("Surrey", "  ")]
RESIDENTS = {
    ("Kent", "White"): 2000,
    ("Kent", "Black"): 500,
    ("Surrey", "White"): 1000,
    ("Surrey", "Black"): 250,
    ("Dorset", "White"): 800,
    ("Dorset", "Black"): 50,
}


@pytest.fixture
def cursor():
    with duckdb.connect(":memory:") as connection:
        yield connection


def held(cursor, rows, area="force", group="group"):
    quoted = [name.replace('"', '""') for name in (area, group)]
    cursor.execute('CREATE TABLE records ("{}" VARCHAR, "{}" VARCHAR)'.format(*quoted))
    if rows:
        cursor.executemany("INSERT INTO records VALUES (?, ?)", rows)
    return "records"


def counted(found):
    return {
        (area, group): int(found.counts[row, column])
        for row, area in enumerate(found.areas)
        for column, group in enumerate(found.groups)
    }


def by_name(found, array):
    cells = {(a, g): array[i, j] for i, a in enumerate(found.areas) for j, g in enumerate(found.groups)}
    return {key: None if math.isnan(value) else round(float(value), 6) for key, value in cells.items()}


def test_records_are_counted_by_area_and_group_with_unknown_apart(cursor):
    found = tally(cursor, held(cursor, SEARCHES))
    assert found.areas == ("Kent", "Surrey")
    assert found.groups == ("Black", "White")
    assert found.counts.tolist() == [[3, 4], [0, 1]]
    assert found.unknown.tolist() == [1, 1]
    assert (found.unplaced, found.not_people) == (0, 0)


def test_records_without_an_area_are_counted_apart(cursor):
    found = tally(cursor, held(cursor, [(None, "White"), ("", "Black"), (" ", None), ("Kent", "White")]))
    assert found.areas == ("Kent",)
    assert found.groups == ("White",)
    assert found.unplaced == 3


def test_publishers_labels_are_read_as_groups_and_not_stated_is_unknown(cursor):
    rows = [
        ("Kent", "Black or Black British"),
        ("Kent", "Black"),
        ("Kent", "Not stated"),
        ("Kent", "Other ethnic group - Not stated"),
        ("Kent", "N/A - vehicle search"),
        (None, "N/A - vehicle search"),
    ]
    found = tally(cursor, held(cursor, rows), read=classification("five").read)
    assert counted(found) == {("Kent", "Black"): 2}
    assert found.unknown.tolist() == [2]
    assert (found.unplaced, found.not_people) == (0, 2)


def test_a_label_that_nothing_is_known_of_is_refused(cursor):
    with pytest.raises(UnknownLabel, match="Martian"):
        tally(cursor, held(cursor, [("Kent", "Martian")]), read=classification("five").read)


@pytest.mark.parametrize("ending", ["parquet", "PARQUET", "csv"])
def test_a_file_gives_the_same_counts_as_a_table(cursor, tmp_path, ending):
    path = tmp_path / f"it's {{one}}.{ending}"
    written = tmp_path / f"written.{ending}"
    held(cursor, SEARCHES)
    cursor.execute(f"COPY records TO '{written}' (FORMAT {ending.lower()})")
    written.rename(path)
    found = tally(cursor, path)
    assert counted(found) == counted(tally(cursor, "records"))
    assert found.unknown.tolist() == [1, 1]


def test_codes_in_a_csv_file_stay_as_they_are_written(cursor, tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("force,group\n01,1\n01,2\n1,1\n")
    assert counted(tally(cursor, path)) == {("01", "1"): 1, ("01", "2"): 1, ("1", "1"): 1, ("1", "2"): 0}


def test_columns_that_are_not_text_are_read_as_text(cursor):
    cursor.execute('CREATE VIEW years AS SELECT 2020 + i % 2 AS force, i % 2 = 0 AS "group" FROM range(5) r(i)')
    assert counted(tally(cursor, "years")) == {
        ("2020", "false"): 0,
        ("2020", "true"): 3,
        ("2021", "false"): 2,
        ("2021", "true"): 0,
    }


def test_a_file_of_another_kind_is_refused(cursor, tmp_path):
    with pytest.raises(ValueError, match=r"records\.xlsx is neither a \.parquet nor a \.csv file"):
        tally(cursor, tmp_path / "records.xlsx")


@pytest.mark.parametrize("name", ['a"b', "select", "x; DROP TABLE records; --", "{area}", "$path", "ümlaut"])
def test_any_column_name_is_only_a_name(cursor, name):
    source = held(cursor, SEARCHES, area=name, group=f"{name} 2")
    assert tally(cursor, source, area=name, group=f"{name} 2").counts.sum() == 8
    assert tally(cursor, source, area=name, group=f"{name} 2").counts.sum() == 8


def test_a_view_of_columns_in_memory_is_a_source(cursor):
    cursor.register("loaded", {"force": np.array(["Kent", "Kent"]), "group": np.array(["White", "Black"])})
    assert counted(tally(cursor, "loaded")) == {("Kent", "Black"): 1, ("Kent", "White"): 1}


def test_a_column_or_file_that_is_not_there_is_named(cursor, tmp_path):
    with pytest.raises(duckdb.BinderException, match="borough"):
        tally(cursor, held(cursor, SEARCHES), area="borough")
    with pytest.raises(duckdb.IOException, match=r"away\.parquet"):
        tally(cursor, tmp_path / "away.parquet")


def test_a_name_is_never_taken_for_a_file_or_a_variable(cursor, tmp_path):
    held(cursor, SEARCHES)
    path = tmp_path / "records.csv"
    cursor.execute(f"COPY records TO '{path}'")
    for name in (str(path), "SEARCHES", "held", 'records" JOIN "records'):
        with pytest.raises(LookupError, match="there are: records"):
            tally(cursor, name)


def test_no_records_are_an_empty_tally(cursor):
    found = tally(cursor, held(cursor, []))
    assert (found.areas, found.groups, found.counts.shape) == ((), (), (0, 0))
    result = disproportionality(found, RESIDENTS)
    assert by_name(result, result.rate.rate) == dict.fromkeys(RESIDENTS, 0)
    assert np.isnan(result.ratio.ratio).all()


def test_rates_and_ratios_are_those_worked_out_by_hand(cursor):
    result = disproportionality(tally(cursor, held(cursor, SEARCHES)), RESIDENTS)
    # Kent: 3 of 500 are 6 a thousand, 4 of 2,000 are 2 a thousand, and 6 is three times 2.
    assert by_name(result, result.rate.rate) == {
        ("Dorset", "Black"): 0,
        ("Dorset", "White"): 0,
        ("Kent", "Black"): 6,
        ("Kent", "White"): 2,
        ("Surrey", "Black"): 0,
        ("Surrey", "White"): 1,
    }
    assert by_name(result, result.ratio.ratio) == {
        ("Dorset", "Black"): None,
        ("Dorset", "White"): None,
        ("Kent", "Black"): 3,
        ("Kent", "White"): None,
        ("Surrey", "Black"): 0,
        ("Surrey", "White"): None,
    }
    # Three events: Garwood's limits are half the chi-squared quantiles 1.2373 (6 degrees) and 17.5345 (8 degrees).
    kent = (result.areas.index("Kent"), result.groups.index("Black"))
    assert result.rate.lower[kent] == pytest.approx(1.2373442 / 2 / 500 * 1000, rel=1e-6)
    assert result.rate.upper[kent] == pytest.approx(17.5345461 / 2 / 500 * 1000, rel=1e-6)
    # Of 7 events 3 are Black: Clopper–Pearson gives 0.098988 to 0.815948, as odds times 2000/500.
    assert result.ratio.lower[kent] == pytest.approx(4 * 0.098988 / (1 - 0.098988), rel=1e-4)
    assert result.ratio.upper[kent] == pytest.approx(4 * 0.815948 / (1 - 0.815948), rel=1e-4)


def test_an_area_without_records_has_no_events_and_one_without_population_has_no_rate(cursor):
    found = tally(cursor, held(cursor, SEARCHES))
    result = disproportionality(found, {("Kent", "White"): 2000, ("Dorset", "White"): 800})
    events, rates = by_name(result, result.events), by_name(result, result.rate.rate)
    assert (events["Dorset", "White"], rates["Dorset", "White"]) == (0, 0)
    assert (events["Surrey", "White"], rates["Surrey", "White"]) == (1, None)
    assert (events["Kent", "Black"], rates["Kent", "Black"]) == (3, None)
    assert by_name(result, result.population)["Surrey", "White"] is None
    assert np.isnan(result.ratio.ratio).all()


def test_method_confidence_and_unit_are_those_of_the_statistics(cursor):
    found = tally(cursor, held(cursor, SEARCHES))
    result = disproportionality(found, RESIDENTS, per=100_000, method="wald", confidence=0.9)
    kent = (result.areas.index("Kent"), result.groups.index("Black"))
    wanted = rate_ratio(3, 500, 4, 2000, method="wald", confidence=0.9)
    assert (result.ratio.lower[kent], result.ratio.upper[kent]) == (float(wanted.lower), float(wanted.upper))
    assert result.rate.rate[kent] == pytest.approx(600)


def test_a_reference_that_nobody_knows_is_refused(cursor):
    with pytest.raises(ValueError, match="no group is called 'Whit'; there are: Black, White"):
        disproportionality(tally(cursor, held(cursor, SEARCHES)), RESIDENTS, reference="Whit")


def test_a_population_that_is_no_count_is_refused():
    empty = Tally((), (), np.zeros((0, 0), np.int64), np.zeros(0, np.int64), 0, 0)
    with pytest.raises(ValueError, match="population must be whole numbers, 0 or more; got -1"):
        disproportionality(empty, {("Kent", "White"): -1})


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "", None]), st.sampled_from(["x", "y", "Unknown", " ", None]))))
def test_every_record_is_in_exactly_one_count(rows):
    with duckdb.connect(":memory:") as connection:
        found = tally(connection, held(connection, rows))
    assert found.counts.sum() + found.unknown.sum() + found.unplaced + found.not_people == len(rows)
    for (area, group), events in counted(found).items():
        assert events == rows.count((area, group))
