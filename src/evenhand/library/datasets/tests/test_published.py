"""Figures that nothing is divided by: no interval, nothing derived, and never a way to a withheld number."""

import pytest

from evenhand.library.datasets.catalogue import measures
from evenhand.library.datasets.compare import compare, question
from evenhand.library.datasets.engine import Figure
from evenhand.library.datasets.loader import ALL, KNOWN
from evenhand.library.datasets.published import rates, shares
from evenhand.library.vocabulary.ethnicity import UNKNOWN

GROUPS = ("Asian", "Black", "White")
PUBLISHED = [
    pytest.param(one.slug, answer.groups, id=f"{one.slug}-{answer.groups}")
    for one in measures()
    for answer in one.answers
    if answer.kind != "counts"
]


def figure(value, state="present"):
    return Figure("2024", "K04000001", "", "", value, state, 0)


def row(answered, group):
    return next(one for one in answered.rows if one.group == group)


@pytest.mark.parametrize(("slug", "groups"), PUBLISHED)
def test_what_was_published_without_counts_has_no_interval_anywhere(slug, groups):
    asked = question(slug, groups=groups)
    for (place, period), cell in asked.panel.cells.items():
        for one in cell.rows:
            assert (one.lower, one.upper, one.excess) == (None,) * 3, (place, period)
            assert one.difference_lower is one.difference_upper is one.excess_lower is one.excess_upper is None
            assert not one.clear
            if asked.detail.kind == "shares":
                assert (one.ratio, one.difference) == (None, None)
    assert asked.answer().bounds == ()


def test_a_share_is_of_those_whose_group_is_known():
    answered = compare("prison-pava")
    assert (answered.unknown.events, answered.unknown.of) == (8, 985)
    black = row(answered, "Black")
    assert (black.events, black.population) == (396, 977)
    assert black.rate == pytest.approx(100 * 396 / 977)
    assert sum(one.rate for one in answered.rows) == pytest.approx(100)


def test_where_the_source_gives_no_total_the_parts_are_added_up():
    answered = compare("police-use-of-force")
    assert answered.unknown.events == 17_771
    assert answered.unknown.of == sum(one.events for one in answered.rows) + 17_771


def test_nothing_is_worked_out_beside_a_withheld_number():
    answered = compare("youth-custody", period="April 2023")
    assert row(answered, "Other").flag == "suppressed"
    assert row(answered, "Other").events is None
    assert {one.rate for one in answered.rows} == {None}
    assert {one.population for one in answered.rows} == {None}
    assert answered.unknown is None


def test_one_withheld_group_hides_the_whole_even_where_the_source_prints_it():
    figures = [figure(10), figure(None, "suppressed"), figure(30)]
    for everyone in ({}, {ALL: 45, UNKNOWN: 2}, {KNOWN: 43}):
        made = shares(GROUPS, figures, everyone, counted=True)
        assert [one.rate for one in made] == [None, None, None]
        assert [one.population for one in made] == [None, None, None]
        assert [one.flag for one in made] == ["no-denominator", "suppressed", "no-denominator"]


def test_a_group_without_a_row_leaves_the_shares_of_a_printed_whole():
    made = shares(GROUPS, [figure(10), None, figure(30)], {ALL: 50, UNKNOWN: 10}, counted=True)
    assert [one.rate for one in made] == [25, None, 75]
    assert [one.flag for one in made] == ["no-denominator", "no-row", "no-denominator"]
    assert {one.rate for one in shares(GROUPS, [figure(10), None, figure(30)], {}, counted=True)} == {None}


def test_published_shares_stay_as_they_were_printed():
    made = shares(GROUPS, [figure(11.0), None, figure(83.1)], {ALL: 500}, counted=False)
    assert [(one.rate, one.events, one.flag) for one in made] == [
        (11.0, None, "rates-only"),
        (None, None, "no-row"),
        (83.1, None, "rates-only"),
    ]


def test_a_ratio_of_published_rates_is_one_over_the_other_and_a_published_ratio_is_itself():
    figures = [figure(20.0), figure(30.0), figure(40.0)]
    nothing = [(None, None)] * 3
    made = rates(GROUPS, figures, nothing, 2, ratios=False)
    assert [(one.ratio, one.difference, one.rate) for one in made] == [
        (0.5, -20, 20),
        (0.75, -10, 30),
        (None, None, 40),
    ]
    made = rates(GROUPS, [figure(1.1), None, figure(1.0)], nothing, 2, ratios=True)
    assert [(one.ratio, one.rate, one.flag) for one in made] == [
        (1.1, None, "rates-only"),
        (None, None, "no-row"),
        (None, None, "reference"),
    ]


def test_a_percentage_of_fewer_than_thirty_people_is_left_out_with_everything_derived_from_it():
    figures = [figure(20.0), figure(30.0), figure(40.0)]
    made = rates(GROUPS, figures, [(None, 29), (None, 30), (None, 500)], 2, ratios=False)
    assert [(one.flag, one.rate, one.ratio, one.population) for one in made] == [
        ("small-base", None, None, 29),
        ("rates-only", 30.0, 0.75, 30),
        ("reference", 40.0, None, 500),
    ]


def test_a_reference_of_zero_or_without_a_figure_gives_no_ratio():
    for base in (figure(0.0), figure(None, "not-available"), None):
        made = rates(GROUPS, [figure(20.0), figure(30.0), base], [(None, None)] * 3, 2, ratios=False)
        assert [one.ratio for one in made] == [None, None, None]


def test_a_figure_that_its_source_makes_unsafe_is_named_and_does_not_lead():
    answered = compare("conviction-ratio")
    assert answered.unsafe == ("Black",)
    assert answered.notes[0].startswith("Unsafe (Black): ")
    assert compare("prison-pava").unsafe == ()


def test_a_provisional_period_says_so_and_no_other_does():
    said = "The publisher calls these figures provisional: they may still change."
    assert said in compare("youth-custody", period="July 2026").notes
    assert said not in compare("youth-custody", period="June 2026").notes


def test_a_reference_from_outside_the_classification_stands_last_and_parts_no_group():
    answered = compare("charge-rate")
    assert answered.rows[-1].group == answered.reference == "White British"
    assert row(answered, "Black").ratio == pytest.approx(76.2 / 69.9)
    assert row(answered, "White").flag == "no-row"


def test_counts_beside_published_rates_are_shown_and_never_divided():
    answered = compare("proven-reoffending")
    black = row(answered, "Black")
    assert (black.events, black.population, black.rate) == (8213, None, 25.9)
    assert black.ratio == pytest.approx(25.9 / 26.6)


def test_the_number_of_people_asked_stands_beside_a_survey():
    answered = compare("crime-victims")
    assert {one.group: one.population for one in answered.rows} == {
        "Asian": 2840,
        "Black": 1440,
        "Mixed": 524,
        "White": 25963,
        "Other": 438,
    }


def test_the_latest_period_is_the_last_in_time_and_not_in_the_alphabet():
    assert compare("youth-custody").period == "July 2026"
    assert question("youth-custody").periods == (
        *("April 2023", "May 2023", "June 2023"),
        *("May 2026", "June 2026", "July 2026"),
    )
    assert compare("child-custody").period == "2024/25"
