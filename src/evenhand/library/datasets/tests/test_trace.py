"""From a number back to its cells: every figure of the engine, every kind of answer, every way of being refused."""

import csv
import io
import math
from urllib.parse import parse_qsl, urlsplit

import pytest

from evenhand.library import trace
from evenhand.library.datasets.catalogue import loader, measures
from evenhand.library.datasets.compare import NoAnswer, compare, question
from evenhand.library.datasets.engine import Engine, Figure, Series
from evenhand.library.datasets.store import shipped_content
from evenhand.library.datasets.trace import FIGURES, figures_of, groups_of, source_file, traced, written_out
from evenhand.library.datasets.trace.plain import CELL_COLUMNS, cell_rows, lines
from evenhand.library.places import places

FORCES, NATIONS, NOT_STATED = "stop-search-by-police-force", "census-2021-nations", "stop-search-not-stated"
EVERY_FIGURE = """
SELECT period, place, grp, detail, value, state, gaps, dataset, version, series, classification, sex, age FROM figure
"""


def rows_of(dataset, **cells):
    """The rows of a shipped file that hold these cells, by their number, as the csv module reads them."""
    reader = csv.DictReader(io.StringIO(shipped_content(loader(dataset)).decode(), newline=""))
    return {
        number: row for number, row in enumerate(reader, start=2) if all(row[name] == cells[name] for name in cells)
    }


def the(counts, symbol):
    (found,) = (one for one in counts if one.symbol == symbol)
    return found


# The engine


def test_every_figure_there_is_equals_the_sum_of_its_cells(everything):
    figures = [Figure(*row[:7], Series(*row[7:])) for row in everything.query(EVERY_FIGURE, {})]
    found = everything.cells(figures)
    assert len(figures) == len(found) > 15_000
    assert sum(len(cells) > 1 for cells in found.values()) > 3000
    for figure, cells in found.items():
        values = [cell.value for cell in cells if cell.value is not None]
        assert cells
        if figure.value is not None:
            assert math.fsum(values) == figure.value, figure
            assert len(cells) - len(values) == figure.gaps, figure
        else:
            assert len(values) < len(cells), figure


def test_the_text_of_every_cell_is_the_number_that_was_read_from_it(everything):
    for dataset, version in everything.versions.items():
        file = source_file(everything, dataset, version)
        assert file.name == loader(dataset).file
        for observation in loader(dataset).load(shipped_content(loader(dataset))):
            text = file.text(observation.row, observation.column)
            if observation.value is not None:
                assert float(text.replace(",", "")) == observation.value
        assert everything.read_from_row(dataset, version, observation.row)


def test_there_is_no_file_of_a_release_that_is_not_here(everything):
    for dataset, version in ((FORCES, "0" * 12), ("../../etc", "passwd"), (FORCES, "../current")):
        assert not everything.holds(dataset, version)
        with pytest.raises(LookupError, match="no release of"):
            source_file(everything, dataset, version)


# One number


def test_the_searches_of_the_nation_are_the_43_rows_of_the_file_with_that_year_and_group():
    found = trace("stop-and-search", figure="events", group="Black", period="2024/25")
    rows = rows_of(FORCES, financial_year="2024/25", ethnicity_self_defined_5="Black")
    assert {cell.row for cell in found.cells} == rows.keys()
    assert len(rows) == 43
    assert {cell.text for cell in found.cells} == {row["searches"] for row in rows.values()}
    assert found.value == sum(int(row["searches"]) for row in rows.values()) == 50_647
    assert [str(one) for one in found.counts[0].roll_ups] == ["43 police force areas make up England and Wales"]
    assert {cell.place for cell in found.cells} == {one.code for one in places("police-force") if one.has_residents}


def test_a_ratio_leads_to_its_four_counts_and_every_cell_of_them():
    found = trace("stop-and-search", figure="ratio", group="Black", place="West Mercia", period="2024/25")
    assert {one.symbol: one.value for one in found.counts} == {"a": 168, "A": 11_185, "b": 2_292, "B": 1_224_249}
    assert [cell.text for cell in the(found.counts, "a").cells] == ["168"]
    assert [cell.text for cell in the(found.counts, "A").cells] == ["6840", "2793", "1552"]
    assert str(the(found.counts, "A").roll_ups[0]).startswith("3 groups of")
    assert len(found.cells) == 10
    formulas = {step.symbol: (step.formula, step.numbers) for step in found.steps}
    assert formulas["r"] == ("1,000 × a ÷ A", "1,000 × 168 ÷ 11,185")
    assert formulas["ratio"] == ("r ÷ r₀", "15.0201 ÷ 1.87217")
    row = compare("stop-and-search", place="West Mercia", period="2024/25").row("Black")
    assert (found.value, found.lower, found.upper) == (row.ratio, row.lower, row.upper)


def test_a_blank_cell_is_among_the_cells_and_is_said_to_add_nothing():
    found = trace("stop-and-search", figure="events", group="Other", period="2020/21")
    (blank,) = (cell for cell in found.cells if cell.value is None)
    assert (blank.text, blank.state, blank.place) == ("", "no-row", "W15000004")
    assert str(found.counts[0].roll_ups[0]).endswith("1 of the cells blank, adding nothing")
    assert found.value == sum(cell.value for cell in found.cells if cell is not blank)


def test_records_with_no_ethnicity_are_traced_in_the_file_that_counts_them():
    found = trace("stop-and-search", figure="unknown-share", place="Kent", group="whatever")
    assert {cell.dataset for cell in found.cells} == {NOT_STATED}
    assert {cell.column for cell in found.cells} == {"ethnicity_not_stated", "person_searches"}
    assert found.group == ""
    assert "group" not in found.asked


def test_a_whole_as_the_reference_is_traced_in_its_own_classification():
    found = trace("arrests", figure="ratio", group="Caribbean", groups=19, reference="White")
    assert {cell.classification for cell in the(found.counts, "b").cells} == {"five"}
    assert len(the(found.counts, "B").cells) == 5


def test_a_published_rate_has_nothing_behind_it_but_its_cell():
    found = trace("charge-rate", figure="rate", group="Black")
    (cell,) = found.cells
    assert found.value == cell.value == float(cell.text)
    assert found.steps == ()
    assert found.way.words == "As published, without counts."
    ratio = trace("charge-rate", figure="ratio", group="Black")
    assert ratio.value == cell.value / the(ratio.counts, "r₀").value
    assert ratio.lower is None


def test_a_share_is_traced_to_all_less_those_with_no_ethnicity():
    found = trace("prison-officers", figure="rate", group="Black")
    a, everyone, unknown = (the(found.counts, symbol).value for symbol in ("a", "N", "U"))
    assert found.value == 100 * a / (everyone - unknown)
    assert [step.formula for step in found.steps] == ["N − U", "100 × a ÷ A"]


def test_a_ratio_out_of_residents_is_traced_apart_from_that_of_its_stage():
    stage = trace("child-custody", figure="ratio", group="Black")
    whole = trace("child-custody", figure="cumulative-ratio", group="Black")
    assert the(stage.counts, "a").cells == the(whole.counts, "a").cells
    assert the(stage.counts, "A").value < the(whole.counts, "A").value
    row = next(one for one in question("child-custody").cumulative if one.group == "Black")
    assert (whole.value, whole.lower, whole.upper) == (row.ratio, row.lower, row.upper)


def test_a_ratio_adjusted_for_area_lists_the_four_counts_of_every_area():
    found = trace("stop-and-search", figure="indirect", group="Black", period="2024/25")
    assert round(found.value, 2) == 3.38
    assert {symbol: sum(one.symbol == symbol for one in found.counts) for symbol in ("aₖ", "Aₖ", "bₖ", "Bₖ")} == {
        "aₖ": 43,
        "Aₖ": 43,
        "bₖ": 43,
        "Bₖ": 43,
    }
    assert [round(step.value, 1) for step in found.steps[:2]] == [50_647, 14_982.4]


def test_what_chance_would_bring_is_traced_to_the_area_and_to_the_nation():
    found = trace("stop-and-search", figure="chance-95", group="Black", place="West Mercia", period="2024/25")
    nation = compare("stop-and-search", period="2024/25").row("Black")
    assert found.value == nation.ratio
    assert {one.symbol: one.value for one in found.counts if one.symbol in {"a", "a′"}} == {
        "a": 168,
        "a′": nation.events,
    }
    assert [step.symbol for step in found.steps] == ["θ", "n", "p", "c₁", "lower", "c₂", "upper"]
    wider = trace("stop-and-search", figure="chance-99-8", group="Black", place="West Mercia", period="2024/25")
    assert wider.lower < found.lower < found.value < found.upper < wider.upper


def test_what_a_number_is_asked_for_by_finds_it_again():
    for figure, group, more in (
        ("ratio", "Black", {}),
        ("unknown", "", {"place": "Kent"}),
        ("outcome-share", "Asian", {"outcome": "arrest"}),
        ("rank", "Black", {"place": "West Mercia"}),
        ("difference", "Caribbean", {"groups": 19, "reference": "Irish"}),
    ):
        found = trace("stop-and-search", figure=figure, group=group, **more)
        address = urlsplit(found.permalink)
        asked = dict(parse_qsl(address.query))
        asked["groups"] = int(asked["groups"])
        again = trace("stop-and-search", place=address.path.split("/")[3], **asked)
        assert again == found


def test_json_is_plain_and_whole():
    import json

    found = trace("stop-and-search", figure="ratio", group="Black", place="West Mercia", period="2024/25").as_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["counts"][0]["value"] == 168
    assert found["counts"][0]["cells"][0]["text"] == "168"
    assert isinstance(found["counts"][0]["cells"][0]["value"], int)
    assert list(found)[:6] == ["measure", "place", "period", "classification", "reference", "figure"]


def test_the_figures_and_groups_that_are_offered_can_all_be_traced():
    for measure in measures():
        if measure.answers:
            asked = question(measure.slug)
            for row in asked.answer().rows:
                for figure in figures_of(asked, row.group):
                    assert traced(asked, figure, group=row.group).cells, (measure.slug, figure, row.group)
            for figure in FIGURES:
                for group in groups_of(asked, figure):
                    assert figure == "outcome-share" or figure in figures_of(asked, group)


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ({"figure": "ratoi", "group": "Black"}, "unknown-figure", "Did you mean ratio"),
        ({"figure": "ratio"}, "missing-group", "Say of which group the ratio is meant: Asian, Black"),
        ({"figure": "ratio", "group": "Blak"}, "group-not-there", "Did you mean Black"),
        ({"figure": "ratio", "group": "White"}, "no-figure", "it is the group that others are compared with"),
        ({"figure": "ratio", "group": "Black", "place": "City of London"}, "no-figure", "it is not compared"),
        (
            {"figure": "events", "group": "Other", "place": "Dyfed-Powys", "period": "2020/21"},
            "no-figure",
            "the source has no row for it",
        ),
        ({"figure": "outcome-share", "group": "Black", "outcome": "Arest"}, "unknown-outcome", "Did you mean Arrest"),
        ({"figure": "outcome-share", "group": "Black", "place": "Kent"}, "no-figure", "There is no outcome share"),
        ({"figure": "indirect", "group": "Black", "place": "Kent"}, "no-figure", "There is no indirect of Black here"),
        ({"figure": "rank", "group": "Black"}, "no-figure", "There is no rank of Black here"),
        ({"figure": "residents-share", "group": "Black"}, "no-figure", "There is no residents share"),
        ({"figure": "cumulative-ratio", "group": "Black"}, "no-figure", "There is no cumulative ratio"),
        ({"figure": "unknown", "period": "2020/21"}, "no-figure", "There is no unknown here"),
        ({"figure": "ratio", "group": "Black", "place": "Kant"}, "unknown-place", "Did you mean Kent"),
        ({"figure": "ratio", "group": "Black", "release": "0" * 10}, "unknown-release", "No release of"),
    ],
)
def test_what_is_not_there_is_refused_in_words(asked, code, said):
    with pytest.raises(NoAnswer) as refusal:
        trace("stop-and-search", **asked)
    assert refusal.value.code == code
    assert said in refusal.value.message


# Releases


def test_an_old_release_keeps_its_number_and_its_cells_when_figures_are_revised(store, revised_arrests):
    from evenhand.library.datasets.tests.conftest import ARRESTS, TODAY

    asked = {"figure": "events", "group": "White British", "groups": 19}
    first = trace("arrests", **asked, engine=Engine.from_store(store))
    before = store.current()
    store.load(ARRESTS, revised_arrests(1000), on=TODAY)
    engine = Engine.from_store(store)
    now = trace("arrests", **asked, engine=engine)
    old = trace("arrests", **asked, engine=engine, versions=before, release=first.answered.release)
    assert now.value == first.value + 1000
    assert int(now.cells[0].text) == now.value
    assert (old.value, old.cells, old.steps) == (first.value, first.cells, first.steps)
    assert old.cells[0].version != now.cells[0].version
    assert not old.answered.current
    same = engine.same(
        engine.read_from_row(ARRESTS, old.cells[0].version, old.cells[0].row)[0], ARRESTS, now.cells[0].version
    )
    assert same.value == now.value


# Words


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (168, "168"),
        (1_224_249.0, "1,224,249"),
        (15.020116, "15.0201"),
        (0.000123456789, "0.000123457"),
        (-13_861.462167, "-13,861.5"),
        (1e-9, "0.000000001"),
        (0, "0"),
        (36785.53783, "36,785.5"),
    ],
)
def test_a_number_of_the_working_is_written_without_powers(number, text):
    assert written_out(number) == text


def test_lines_for_a_terminal_name_every_cell_by_file_row_and_column():
    found = trace("stop-and-search", figure="ratio", group="Black", place="West Mercia", period="2024/25")
    said = "\n".join(lines(found))
    for cell in found.cells:
        assert f"{cell.file}, row {cell.row}, {cell.column}: {cell.text!r}" in said
    assert repr(found.value) in said
    assert found.permalink in said
    assert all(len(row) == len(CELL_COLUMNS) for row in cell_rows(found))
    assert len(cell_rows(found)) == len(found.cells)
