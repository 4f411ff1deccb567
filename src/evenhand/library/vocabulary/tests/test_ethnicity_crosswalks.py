"""Crosswalks keep totals, agree with one another, and refuse what does not nest."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.vocabulary import UnknownTerm
from evenhand.library.vocabulary.ethnicity import (
    UNKNOWN,
    IllegalJoin,
    classifications,
    comparable,
    crosswalk,
    require_comparable,
)

SLUGS = [found.slug for found in classifications()]
OVERRIDES = [None, *sorted({step.override for found in classifications() for step in found.steps.values()} - {""})]


def allowed(source, target, override=None):
    try:
        return crosswalk(source, target, override=override)
    except IllegalJoin:
        return None


WALKS = [
    walk
    for source, target, override in itertools.product(SLUGS, SLUGS, OVERRIDES)
    if (walk := allowed(source, target, override))
]


@given(st.sampled_from(WALKS), st.data())
def test_every_crosswalk_keeps_totals_and_leaves_unknown_alone(walk, data):
    names = st.sampled_from((*walk.source.names, UNKNOWN))
    counts = data.draw(st.dictionaries(names, st.integers(0, 10**12)))
    rolled = walk.roll_up(counts)
    assert sum(rolled.values()) == sum(counts.values())
    assert rolled.get(UNKNOWN) == counts.get(UNKNOWN)
    assert set(rolled) <= {*walk.target.names, UNKNOWN}


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk.source.slug} to {walk.target.slug}")
def test_every_group_has_one_place_and_merging_is_called_lossy(walk):
    assert tuple(walk.mapping) == walk.source.names
    assert set(walk.mapping.values()) <= set(walk.target.names)
    assert walk.lossy == any(len(walk.parts(name)) > 1 for name in walk.target.names)
    assert walk.note


def test_a_way_through_a_third_classification_agrees_with_the_direct_one():
    tried = 0
    for one, two, three in itertools.permutations(SLUGS, 3):
        first, second, direct = allowed(one, two), allowed(two, three), allowed(one, three)
        if first and second:
            tried += 1
            assert direct
            assert {name: second.mapping[to] for name, to in first.mapping.items()} == direct.mapping
    assert tried > 5


@pytest.mark.parametrize("override", ["officer-as-self-defined"])
def test_the_nineteen_reach_the_officers_four_as_the_eighteen_do(override):
    to_18 = crosswalk("census-2021-19", "gss-18").mapping
    from_18 = crosswalk("gss-18", "officer-four", override=override).mapping
    direct = crosswalk("census-2021-19", "officer-four", override=override).mapping
    assert direct == {name: from_18[to] for name, to in to_18.items()}


@pytest.mark.parametrize(
    ("five", "four", "names"),
    [
        ("Asian", "Asian", ("Bangladeshi", "Indian", "Pakistani", "Other Asian")),
        ("Asian", "Other", ("Chinese",)),
        ("Black", "Black", ("African", "Caribbean", "Other Black")),
        ("Mixed", "Other", ("White and Asian", "White and Black African", "White and Black Caribbean", "Other Mixed")),
        ("White", "White", ("White British", "Irish", "Gypsy or Irish Traveller", "Roma", "Other White")),
        ("Other", "Other", ("Arab", "Any other")),
    ],
)
def test_the_broad_groups_are_those_of_the_mapping(five, four, names):
    to_five = crosswalk("census-2021-19", "five").mapping
    to_four = crosswalk("census-2021-19", "officer-four", override="officer-as-self-defined").mapping
    assert {(to_five[name], to_four[name]) for name in names} == {(five, four)}


def test_roma_fold_into_other_white_and_the_fold_is_flagged():
    walk = crosswalk("census-2021-19", "gss-18")
    assert walk.lossy
    assert "Roma" in walk.note
    assert walk.parts("Other White") == ("Roma", "Other White")
    assert walk.roll_up({"Roma": 4, "Other White": 96}) == {"Other White": 100}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("census-2021-19", "gss-18"),
        ("gss-18", "ons-2001-16"),
        ("census-2021-19", "five"),
        ("five", "combined-four"),
        ("ic", "officer-four"),
    ],
)
def test_roll_ups_that_merge_are_lossy_and_cannot_be_undone(source, target):
    assert crosswalk(source, target).lossy
    with pytest.raises(IllegalJoin, match="cannot be told apart again"):
        crosswalk(target, source)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_classification_joins_itself_without_loss(slug):
    walk = crosswalk(slug, slug)
    assert not walk.lossy
    assert all(name == to for name, to in walk.mapping.items())


@pytest.mark.parametrize("source", ["ic", "officer-four", "officer-five", "officer-six"])
def test_what_an_officer_saw_joins_a_census_group_only_by_a_named_override(source):
    with pytest.raises(IllegalJoin, match="officer-as-self-defined") as refusal:
        crosswalk(source, "five")
    assert refusal.value.override == "officer-as-self-defined"
    with pytest.raises(IllegalJoin):
        crosswalk(source, "five", override="yes")
    walk = crosswalk(source, "five", override="officer-as-self-defined")
    assert walk.named
    assert walk.override == "officer-as-self-defined"
    assert "officer's view and a person's own answer often differ" in walk.note


def test_no_crosswalk_turns_one_basis_into_another_without_a_name():
    for walk in WALKS:
        if "officer-observed" in {walk.source.basis, walk.target.basis} and walk.source.basis != walk.target.basis:
            assert walk.named
            assert walk.override


def test_ic5_and_ic6_are_other_to_officers_and_the_override_says_they_do_not_nest():
    assert crosswalk("ic", "officer-four").parts("Other") == ("IC5", "IC6")
    walk = crosswalk("ic", "five", override="officer-as-self-defined")
    assert (walk.mapping["IC5"], walk.mapping["IC6"]) == ("Asian", "Other")
    assert "neither nests" in walk.note


@pytest.mark.parametrize("target", ["census-2021-19", "gss-18", "ons-2001-16"])
def test_no_override_makes_detailed_groups_of_ic_codes(target):
    for override in OVERRIDES:
        with pytest.raises(IllegalJoin):
            crosswalk("ic", target, override=override)


@pytest.mark.parametrize("source", ["ons-2001-16", "ons-2001-five"])
def test_the_groups_of_2001_break_at_chinese_and_never_join_silently(source):
    with pytest.raises(IllegalJoin, match=r"Chinese.*the series breaks there") as refusal:
        crosswalk(source, "five")
    assert crosswalk(source, "five", override=refusal.value.override).named


def test_chinese_is_asian_since_2011_and_chinese_or_other_in_2001():
    assert crosswalk("gss-18", "five").mapping["Chinese"] == "Asian"
    assert crosswalk("gss-18", "ons-2001-five").mapping["Chinese"] == "Chinese or other"


def test_an_override_opens_one_step_and_never_a_chain():
    with pytest.raises(IllegalJoin):
        crosswalk("officer-four", "combined-four", override="officer-as-self-defined")
    with pytest.raises(IllegalJoin):
        crosswalk("ons-2001-16", "combined-four", override="chinese-2001-as-asian")


def test_black_thrives_roll_up_is_offered_by_name_with_its_definition():
    walk = crosswalk("census-2021-19", "blackthrive-five")
    assert walk.named
    assert walk.target.named
    assert walk.parts("Black") == (
        "African",
        "Caribbean",
        "Other Black",
        "White and Black African",
        "White and Black Caribbean",
    )
    assert "Gypsy or Irish Traveller" in walk.parts("Other")
    assert walk.target.read("Other ethnic group - Not stated") == UNKNOWN
    assert "Mixed White and Black Caribbean" in walk.target.definition


def test_alternatives_are_never_the_way_to_anything_else():
    assert {found.slug for found in classifications() if found.named} == {
        "blackthrive-five",
        "combined-four",
        "inquest-racialised",
        "prison-survey-traveller",
        "two",
    }
    assert all(not found.steps for found in classifications() if found.named)


def test_a_missing_part_makes_its_sum_missing_and_never_smaller():
    rolled = crosswalk("gss-18", "five").roll_up({"Indian": 5, "Chinese": None, "African": 3, "Arab": 0, UNKNOWN: None})
    assert rolled == {"Asian": None, "Black": 3, "Other": 0, UNKNOWN: None}


def test_a_group_with_no_row_is_absent_and_never_zero():
    assert crosswalk("five", "combined-four").roll_up({"Mixed": 2}) == {"Other": 2}
    walk = crosswalk("officer-four", "five", override="officer-as-self-defined")
    assert "Mixed" not in walk.roll_up(dict.fromkeys(walk.source.names, 1))


@pytest.mark.parametrize("name", ["Roma", "Not a person", "asian", ""])
def test_counts_of_a_group_that_the_source_does_not_have_are_refused(name):
    with pytest.raises(UnknownTerm):
        crosswalk("five", "combined-four").roll_up({name: 1})


def test_only_counts_on_the_same_known_basis_are_comparable():
    assert comparable("self-defined", "self-defined")
    assert comparable("officer-observed", "officer-observed")
    assert not comparable("officer-observed", "self-defined")
    assert not comparable("mixed", "mixed")
    assert not comparable("unknown", "unknown")


def test_officer_observed_counts_are_divided_by_self_defined_populations_only_by_name():
    with pytest.raises(IllegalJoin, match="officer-as-self-defined"):
        require_comparable("officer-observed", "self-defined")
    require_comparable("officer-observed", "self-defined", override="officer-as-self-defined")
    require_comparable("self-defined", "self-defined")
    with pytest.raises(IllegalJoin) as refusal:
        require_comparable("unknown", "self-defined", override="officer-as-self-defined")
    assert refusal.value.override is None
