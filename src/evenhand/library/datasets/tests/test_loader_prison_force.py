"""Force in prison: people and incidents are told apart, withheld cells stay withheld, and shares stay shares."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.loader import RefusedFile
from evenhand.library.datasets.store import shipped_content

NATION = "K04000001"
ANSWERS = {
    "prison-pava-by-ethnicity": 21,
    "prison-pava-by-faith": 30,
    "prison-pava-incidents": 15,
    "prison-pava-by-ethnicity-2019-20": 18,
    "prison-force-incidents": 12,
}
SHARES = {"prison-force-wormwood-scrubs": 6, "prison-force-muslim-prisoners": 7, "prison-treatment-survey": 4}


def read(name):
    return loader(name).load(shipped_content(loader(name)))


@pytest.mark.parametrize(("sizes", "last"), [(ANSWERS, 97), (SHARES, 18)])
def test_the_rows_of_one_file_are_shared_out_without_rest(sizes, last):
    found = {name: read(name) for name in sizes}
    assert {name: len(rows) for name, rows in found.items()} == sizes
    assert sorted(one.row for rows in found.values() for one in rows) == list(range(2, last + 1))
    assert all(one.note and all(one.source) for rows in found.values() for one in rows)


def test_people_and_incidents_are_counted_apart():
    assert {name: loader(name).counts for name in ANSWERS} == {
        "prison-pava-by-ethnicity": "people",
        "prison-pava-by-faith": "people",
        "prison-pava-incidents": "events",
        "prison-pava-by-ethnicity-2019-20": "people",
        "prison-force-incidents": "events",
    }


@pytest.mark.parametrize(
    ("name", "group", "detail", "value", "state", "row"),
    [
        ("prison-pava-by-ethnicity", "Black", "", 396, "present", 5),
        ("prison-pava-by-ethnicity", "Black", "drawn and deployed", 316, "present", 6),
        ("prison-pava-by-ethnicity", "Unknown", "drawn only", 5, "present", 19),
        ("prison-pava-by-ethnicity", "All", "", 985, "present", 20),
        ("prison-pava-by-faith", "Muslim", "", 279, "present", 35),
        ("prison-pava-by-faith", "Sikh", "", None, "suppressed", 38),
        ("prison-pava-by-faith", "Other religion", "", 20, "present", 41),
        ("prison-pava-by-ethnicity-2019-20", "Asian", "drawn and deployed", 5, "present", 68),
        ("prison-pava-by-ethnicity-2019-20", "Asian", "drawn only", None, "suppressed", 69),
        ("prison-pava-by-ethnicity-2019-20", "Unknown", "", None, "suppressed", 82),
    ],
)
def test_people_affected_stand_as_printed(name, group, detail, value, state, row):
    (one,) = [one for one in read(name) if (one.group, one.detail) == (group, detail)]
    assert (one.value, one.state, one.row, one.column) == (value, state, row, "value")
    assert (one.series, one.place) == ("people-affected", NATION)


def test_withheld_cells_stay_withheld():
    withheld = [one for name in ANSWERS for one in read(name) if one.state == "suppressed"]
    assert len(withheld) == 16
    assert {one.value for one in withheld} == {None}


def test_periods_are_written_as_people_say_them():
    assert {one.period for one in read("prison-pava-by-ethnicity")} == {"1 April 2019 to 22 November 2022"}
    assert {one.period for one in read("prison-pava-by-ethnicity-2019-20")} == {"2019/20"}
    assert read("prison-force-incidents")[0][:3] == ("incidents", "April 2019", NATION)
    assert read("prison-force-incidents")[0].value == 5_415


@pytest.mark.parametrize(
    ("name", "cells", "more", "reason"),
    [
        (
            "prison-pava-by-ethnicity",
            {"group": "Black/Black British", "measure": "individuals_impacted"},
            "397",
            "every detail is 397, but its parts add to 396",
        ),
        (
            "prison-pava-by-ethnicity",
            {"group": "Mixed", "measure": "drawn_only"},
            "34",
            "All is 253, but its parts add to 254",
        ),
        (
            "prison-pava-incidents",
            {"period": "2020", "measure": "incidents_total"},
            "105",
            "1 April 2019 to 22 November 2022 is 470, but its parts add to 471",
        ),
        (
            "prison-pava-by-ethnicity-2019-20",
            {"group": "Mixed", "measure": "deployed_prisoners"},
            "4",
            "All is 81, but its parts add to 82",
        ),
    ],
)
def test_sums_are_held(sheet, name, cells, more, reason):
    changed = sheet(name)
    rows = [
        number
        for number in range(2, 98)
        if all(changed.get(number, column) == value for column, value in cells.items())
    ]
    with pytest.raises(RefusedFile, match=reason):
        changed.put(rows[0], "value", more).load()


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("prison-pava-by-ethnicity", 5, "group"),
        ("prison-pava-by-faith", 26, "group"),
        ("prison-pava-incidents", 53, "group"),
        ("prison-pava-incidents", 5, "measure"),
        ("prison-pava-incidents", 5, "period"),
        ("prison-pava-incidents", 5, "stage"),
        ("prison-pava-incidents", 5, "group_basis"),
        ("prison-force-wormwood-scrubs", 2, "group"),
        ("prison-force-wormwood-scrubs", 2, "measure"),
        ("prison-force-wormwood-scrubs", 2, "period"),
        ("prison-treatment-survey", 18, "group"),
        ("prison-treatment-survey", 8, "geography"),
    ],
)
def test_a_word_that_nobody_knows_is_refused(sheet, name, row, column):
    with pytest.raises(RefusedFile, match="Nowhere"):
        sheet(name).put(row, column, "Nowhere").load()


def test_a_measure_of_force_in_general_is_no_measure_of_spray(sheet):
    with pytest.raises(RefusedFile, match="'incidents' is not one of individuals_impacted"):
        sheet("prison-pava-by-ethnicity").put(2, "measure", "incidents").load()


def test_shares_stand_by_prison_and_faith():
    found = {(one.place, one.group, one.detail): one for name in SHARES for one in read(name)}
    assert found["WSI", "Black", "incidents of use of force"].value == 43
    assert found["WSI", "Black", "prisoners"].value == 27
    assert found["WSI", "Black", "prisoners"].period == "year not stated"
    assert found["BAI", "Muslim", "incidents with pain-inducing techniques"].value == 61
    assert found["WRI", "Muslim", "prisoners"].value == 43
    assert found["ISI", "Muslim", "incidents with batons"].value == 57
    treated = "restrained, segregated or deprived of privileges"
    assert found[NATION, "Muslim", treated].series == "percent"
    assert (found[NATION, "Not Muslim", treated].value, found[NATION, "Not Muslim", treated].row) == (28, 18)
    assert {one.series for (place, _, _), one in found.items() if place != NATION} == {"share"}
