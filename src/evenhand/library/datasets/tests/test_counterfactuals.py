"""Named counterfactuals: the figures of the prisons of June 2025, the questions that fit, and releases that stay."""

import json
import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from evenhand.library.datasets.catalogue import counted, measure, measures, quoted
from evenhand.library.datasets.compare import NoAnswer, compare
from evenhand.library.datasets.counterfactuals import (
    EQUAL_RATE,
    ONE_STAGE,
    SCENARIOS,
    SWAP,
    counterfactual,
    questions,
    release_of,
)
from evenhand.library.datasets.engine import Engine, shipped_engine
from evenhand.library.datasets.quoted_counterfactuals import quoted_counterfactuals
from evenhand.library.datasets.store import Store, release_name, shipped_content
from evenhand.library.statistics import equal_rate, fixed_total_swap

PRISON = "prison-population"
EVERY = [(one.slug, asked.slug) for one in counted().measures for asked in questions(one)]


def change(number):
    """A difference rounded half up, as the page shows it but for its sign."""
    return int(Decimal(repr(number)).quantize(Decimal(1), ROUND_HALF_UP))


def rounded(found):
    return {line.group: change(line.difference) for line in found.lines}


def test_the_swap_of_june_2025_moves_7847_people():
    found = counterfactual(PRISON, "swap")
    assert rounded(found) == {
        "Asian": -1057,
        "Black": 6824,
        "Mixed": 1712,
        "White": -7847,
        "Other": 368,
    }
    assert change(found.total.difference) == 7847
    assert (found.events, found.population) == (86325, 59597578)
    assert (found.total.events, found.total.population) == (23633, 10898347)
    assert found.others == ("Asian", "Black", "Mixed", "Other")
    assert f"{found.total.events / found.events:.4f}" == "0.2738"
    assert f"{found.total.population / found.population:.4f}" == "0.1829"


def test_the_equal_rate_of_june_2025_finds_9603_fewer():
    found = counterfactual(PRISON, "equal-rate")
    assert rounded(found) == {"Asian": -168, "Black": 7212, "Mixed": 1988, "White": 0, "Other": 571}
    assert change(found.total.difference) == 9603
    assert (found.line("White").lower, found.line("White").upper) == (None, None)
    assert not found.line("Asian").clear
    assert found.line("Black").clear


def test_the_unrecorded_1009_could_move_the_answers_between_two_ends():
    swap, equal = counterfactual(PRISON, "swap"), counterfactual(PRISON, "equal-rate")
    assert swap.answered.unknown.events == 1009
    ends = [(change(one.total_extent.lower), change(one.total_extent.upper)) for one in (swap, equal)]
    assert ends == [(7663, 8672), (9377, 10612)]
    assert [one.group for one in swap.extents] == ["Asian", "Black", "Mixed", "White", "Other"]
    assert [one.group for one in equal.extents] == ["Asian", "Black", "Mixed", "Other"]
    asian = equal.extent("Asian")
    assert (change(asian.lower), change(asian.upper)) == (-282, 841)
    assert equal.extent("White") is None


@pytest.mark.parametrize(("slug", "scenario"), EVERY)
def test_every_answer_is_what_its_question_says(slug, scenario):
    found = counterfactual(slug, scenario)
    base = found.line(found.answered.reference)
    for line in found.lines:
        share = line.population / found.population * found.events
        rate = line.population * base.events / base.population
        assert line.expected == pytest.approx(share if scenario == "swap" else rate)
        assert line.difference == pytest.approx(line.events - line.expected)
        assert line.lower is None or line.lower <= line.difference <= line.upper
    others = [line for line in found.lines if line is not base]
    assert found.total.difference == pytest.approx(math.fsum(line.difference for line in others))
    if scenario == "swap":
        assert math.fsum(line.difference for line in found.lines) == pytest.approx(0, abs=1e-6)
        assert math.fsum(line.expected for line in found.lines) == pytest.approx(found.events)
    else:
        assert (base.difference, base.lower) == (0, None)


@pytest.mark.parametrize("slug", [slug for slug, scenario in EVERY if scenario == "one-stage"])
def test_one_stage_is_the_excess_of_the_comparison_range_and_all(slug):
    compared, found = compare(slug), counterfactual(slug, "one-stage")
    for row in compared.rows:
        line = found.line(row.group)
        if row.flag != "reference":
            assert (line.difference, line.lower, line.upper, line.ratio) == pytest.approx(
                (row.excess, row.excess_lower, row.excess_upper, row.ratio)
            )
        assert line.flag == row.flag


def test_the_equal_rate_of_each_group_is_the_excess_of_the_comparison():
    compared, found = compare(PRISON), counterfactual(PRISON, "equal-rate")
    for row in compared.rows:
        if row.flag is None:
            assert found.line(row.group).difference == pytest.approx(row.excess)
            assert found.line(row.group).upper == pytest.approx(row.excess_upper)


def test_children_at_one_stage_have_the_figures_of_their_published_counts():
    custody = counterfactual("child-custody", "one-stage", period="2022/23 to 2024/25")
    black = custody.line("Black")
    assert (black.events, black.population) == (202, 2183)
    assert black.difference == pytest.approx(202 - 2183 * 645 / 11111)
    assert custody.extents == ()
    assert custody.total_extent is None


def test_small_counts_keep_their_flag():
    flags = {line.group: line.flag for line in counterfactual("child-custody", "one-stage").lines}
    assert flags == {"Asian": "small-base", "Black": None, "Mixed": None, "White": "reference", "Other": "small-base"}


def test_another_reference_turns_the_question_round():
    found = counterfactual(PRISON, "equal-rate", reference="black")
    assert found.answered.reference == "Black"
    assert found.line("Black").difference == 0
    assert found.total.difference < 0
    assert found.others == ("Asian", "Mixed", "White", "Other")
    swap = counterfactual(PRISON, "swap", reference="Black")
    assert rounded(swap) == rounded(counterfactual(PRISON, "swap"))
    assert change(swap.total.difference) == -6824


def test_each_question_says_what_it_holds_fixed_and_its_arithmetic_in_words():
    swap, equal = counterfactual(PRISON, "swap"), counterfactual(PRISON, "equal-rate")
    assert swap.held_fixed.startswith("The total stays as recorded")
    assert (
        swap.formula
        == "The group's people in prison, less all people in prison × the group's residents ÷ all residents."
    )
    assert equal.held_fixed == "Every group has the White rate, and the total changes with it."
    assert equal.formula.endswith("× White people in prison ÷ White residents.")
    stage = counterfactual("child-remand", "one-stage")
    assert stage.held_fixed.endswith("everything before it stays as recorded.")
    assert "White children whose remand was decided" in stage.formula


def test_a_stock_is_asked_two_questions_and_a_stage_one():
    assert questions(measure(PRISON)) == (SWAP, EQUAL_RATE)
    for slug in (
        "stop-and-search",
        "arrests",
        "child-stop-and-search",
        "child-arrests",
        "child-remand",
        "child-custody",
    ):
        assert questions(measure(slug)) == (ONE_STAGE,)
    assert {one.slug for one in measures() if questions(one)} == {one.slug for one in counted().measures}


@pytest.mark.parametrize(
    ("asked", "code", "said", "near"),
    [
        ((PRISON, ""), "unknown-scenario", "Name the question", tuple(SCENARIOS)),
        ((PRISON, "swp"), "unknown-scenario", "Did you mean swap?", ("swap",)),
        ((PRISON, "excess"), "unknown-scenario", "There are: swap, equal-rate, one-stage", ()),
        ((PRISON, "one-stage"), "other-question", "Ask: swap (fixed-total swap)", ("swap", "equal-rate")),
        (("arrests", "swap"), "other-question", "Ask: one-stage (one stage only).", ("one-stage",)),
        (("custodial-sentences", "one-stage"), "no-counts", "publishes an index without counts", ("child-custody",)),
        (("magistrates", "swap"), "no-counts", "Magistrates by ethnicity are counted here", ()),
        (("prosecutions", "one-stage"), "not-published", "no open count by ethnicity", ()),
        (("prison-populaton", "swap"), "unknown-measure", "Did you mean prison-population", (PRISON,)),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can_be_or_what_is_published_instead(asked, code, said, near):
    with pytest.raises(NoAnswer) as fault:
        counterfactual(*asked)
    assert fault.value.code == code
    assert said in fault.value.message
    assert fault.value.near[: len(near)] == near


def test_a_period_a_group_and_a_release_that_are_not_there_are_refused():
    for asked, code in (
        ({"period": "2019/20"}, "unknown-period"),
        ({"reference": "Blck"}, "unknown-group"),
        ({"release": "0123456789"}, "unknown-release"),
    ):
        with pytest.raises(NoAnswer) as fault:
            counterfactual("arrests", "one-stage", **asked)
        assert fault.value.code == code


@pytest.mark.parametrize(("slug", "scenario"), EVERY)
def test_an_answer_is_json_of_one_shape_with_nothing_that_json_lacks(slug, scenario):
    found = counterfactual(slug, scenario).as_json()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert list(found) == [
        *("measure", "scenario", "held_fixed", "formula", "period", "place", "reference", "ethnicity_basis"),
        *("classification", "counts_what", "events", "population", "rows", "total", "unknown", "bounds"),
        *("total_bounds", "caveats", "sources", "release", "permalink"),
    ]
    assert {tuple(row) for row in found["rows"]} == {
        ("group", "events", "population", "expected", "difference", "lower", "upper", "ratio", "flag")
    }
    assert found["caveats"][0].startswith("Give the question with the number.")
    assert found["sources"]


# Releases


def test_everything_with_counts_is_quoted_as_one_release():
    assert counted() in quoted()
    assert counted().datasets == frozenset().union(*(one.datasets for one in counted().measures))
    versions = shipped_engine().versions
    assert counterfactual(PRISON, "swap").release == release_of(versions) == release_name(counted(), versions)
    assert counterfactual("arrests", "one-stage").release == release_of(versions)


def test_a_quoted_release_goes_on_giving_the_same_answer(tmp_path):
    store = Store(tmp_path)
    store.load_shipped(on=date(2026, 11, 20))
    before = counterfactual(PRISON, "swap", engine=Engine.from_store(store))
    content = shipped_content_with_one_more()
    store.load("prison-population", content, on=date(2027, 1, 15))
    engine = Engine.from_store(store)
    versions = store.versions(counted(), before.release)
    again = counterfactual(PRISON, "swap", release=before.release, engine=engine, versions=versions)
    today = counterfactual(PRISON, "swap", engine=engine)
    assert again.as_json() == before.as_json()
    assert (before.current, again.current, today.current) == (True, False, True)
    assert today.release != before.release
    assert today.line("Black").events == before.line("Black").events + 1


def shipped_content_with_one_more():
    """The prison file in which one more Black man is counted, wherever he is counted."""
    from evenhand.library.datasets.catalogue import loader

    text = shipped_content(loader("prison-population")).decode()
    for old, new in (
        ("30 June 2025,Total,Black,10314", "30 June 2025,Total,Black,10315"),
        ("30 June 2025,Total,Total known,86325", "30 June 2025,Total,Total known,86326"),
        ("30 June 2025,Male,Black,10063", "30 June 2025,Male,Black,10064"),
        ("30 June 2025,Male,Total known,82793", "30 June 2025,Male,Total known,82794"),
        ("30 June 2025,Male,Total,83768", "30 June 2025,Male,Total,83769"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text.encode()


def test_a_store_that_was_filled_before_a_question_was_thought_of_names_its_release_too(tmp_path):
    store = Store(tmp_path)
    store.load_shipped(on=date(2026, 11, 20))
    named = tmp_path / "releases" / f"counterfactual-{release_of(store.current())}.json"
    named.unlink()
    store.load_shipped(on=date(2026, 11, 21))
    assert json.loads(named.read_text()) == {name: store.current()[name] for name in sorted(counted().datasets)}


# What others quote


def test_the_lammy_review_by_its_percentages_is_9350_by_swap_and_10872_by_equal_rate():
    lammy = next(one for one in quoted_counterfactuals() if one.slug == "lammy-2017")
    assert (lammy.total, lammy.share, lammy.residents, lammy.said) == (85000, 25, 14, "over 9,000")
    assert lammy.swap == 9350
    assert change(lammy.equal_rate) == 10872
    assert lammy.swap_rounded == (8500, 10200)
    assert "our inference" in lammy.note
    counts, residents = (21250, 63750), (14, 86)
    assert lammy.swap == pytest.approx(float(fixed_total_swap(counts, residents, reference=1).total))
    assert lammy.equal_rate == pytest.approx(float(equal_rate(counts, residents, 1).total))


def test_27_percent_beside_14_is_10370_by_swap():
    found = next(one for one in quoted_counterfactuals() if one.slug == "undated-27")
    assert (found.share, found.residents) == (27, 14)
    assert round(found.total * found.share / 100) == 21537
    assert change(found.swap) == 10370


def test_every_quoted_figure_names_its_source():
    for one in quoted_counterfactuals():
        assert one.source_url.startswith("https://")
        assert all((one.source_title, one.table, one.licence, one.note, one.checked))
