"""Every measure and loader points at things that are there, and a faulty declaration is refused by name."""

import csv
import io
from datetime import date
from typing import get_args

import pytest

from evenhand.library.datasets.catalogue import (
    Unknown,
    caveats,
    loader,
    loaders,
    measure,
    measures,
    read_measure,
)
from evenhand.library.datasets.loader import SOURCE_COLUMNS, Basis, Counts
from evenhand.library.datasets.store import shipped, shipped_content
from evenhand.library.discover import Fault
from evenhand.library.places import KINDS, place
from evenhand.library.vocabulary import stages
from evenhand.library.vocabulary.ethnicity import classification

MEASURES = pytest.mark.parametrize("one", measures(), ids=lambda one: one.slug)
LOADERS = pytest.mark.parametrize("one", loaders(), ids=lambda one: one.name)
GOOD = """
title = "Arrest"
stage = "arrest"
counts_what = "events"
event = "arrest"
events = "arrests"
verb = "arrested"
population = "residents"
denominator = "population"
harm = "higher"
why = "Why it matters."
unit = "arrests per 1,000 residents"
rate_per = 1000
caveats = ["describes", "residents"]
not_published = "What is."
checked = "not yet checked by a person"
look_again = 2027-03-01

[[answers]]
groups = 5
classification = "five"
reference = "White"
events = "arrests-nineteen-groups"
series = "arrests"
populations = { nation = "census-2021-nations" }
"""


@pytest.fixture
def declare(tmp_path):
    def write(text):
        path = tmp_path / "try.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@MEASURES
def test_every_measure_points_at_datasets_stages_groups_and_places_that_are_there(one):
    assert one.stage in {stage.slug for stage in stages()}
    assert {loader(name).name for name in one.datasets} == one.datasets
    for code in one.not_comparable:
        assert place(code).code == code
    for answer in one.answers:
        names = classification(answer.classification).names
        assert len(names) == answer.groups
        assert answer.reference in (*names, *answer.outside)
        assert set(answer.place_kinds) <= set(KINDS)
        for group, scheme in answer.outside.items():
            assert group in classification(scheme).names


@MEASURES
def test_every_measure_says_who_checked_it_and_when_to_look_again(one):
    assert type(one.look_again) is date
    assert one.checked
    assert one.caveats
    assert one.rate_per > 0
    said = {1: "", 100: "%", 1_000_000: "million"}.get(one.rate_per, f"{one.rate_per:,}")
    assert (
        said in one.unit or f"every {one.rate_per}" in one.unit or f"per {one.rate_per}" in one.unit or not one.answers
    )
    for answer in one.answers:
        assert one.counts_what == loader(answer.events).counts


@MEASURES
def test_every_measure_says_what_kind_of_figures_it_has_and_what_is_not_published(one):
    assert one.not_published.endswith(".")
    assert bool(one.answers) == (one.denominator != "none")
    for answer in one.answers:
        # Counts are divided by a population; nothing else is divided by anything.
        assert bool(answer.populations) == (answer.kind == "counts")
        assert (one.denominator == "share") == (answer.kind == "shares")
    keys = {caveat.key for caveat in one.caveats}
    assert ("rates-only" in keys) >= one.rates_only
    assert ("shares" in keys) == (one.denominator == "share")
    observed = {loader(answer.events).basis for answer in one.answers} == {"officer-observed"}
    assert observed == bool(keys & {"officers-said", "officers-appearance"})


def test_every_measure_that_was_promised_is_there():
    promised = (
        "stop-and-search arrests police-use-of-force youth-cautions charge-rate prosecutions conviction-ratio "
        "custodial-sentences sentence-length child-stop-and-search child-arrests child-remand child-custody "
        "youth-custody prison-population prison-pava prison-self-harm licence-recalls proven-reoffending "
        "police-station-legal-aid deaths-in-custody crime-victims homicide-victims magistrates judiciary "
        "prison-officers"
    )
    assert set(promised.split()) <= {one.slug for one in measures()}
    assert {one.stage for one in measures()} == {stage.slug for stage in stages()}


@LOADERS
def test_every_loader_has_its_file_with_a_source_in_every_row(one):
    rows = list(csv.DictReader(io.StringIO(shipped_content(one).decode("utf-8-sig"), newline="")))
    assert rows
    for row in rows:
        assert all(row[column].strip() for column in SOURCE_COLUMNS)
        assert row["source_url"].startswith("https://")
    assert one.load(shipped_content(one))


@LOADERS
def test_every_loader_says_what_a_reader_must_be_told(one):
    assert type(one.look_again) is date
    for text in (one.title, one.publisher, one.one_row, one.checked):
        assert text.strip()
    assert one.landing_page.startswith("https://")
    assert one.licence.strip()
    assert one.basis in get_args(Basis)
    assert one.counts in get_args(Counts)


def test_what_is_shipped_is_what_the_measures_use():
    assert {release.dataset for release in shipped()} == frozenset().union(*(one.datasets for one in measures()))


def test_measures_stand_in_the_order_of_the_journey_and_loaders_by_name():
    order = [stage.slug for stage in stages()]
    assert [order.index(one.stage) for one in measures()] == sorted(order.index(one.stage) for one in measures())
    assert [one.name for one in loaders()] == sorted(one.name for one in loaders())


def test_every_caveat_has_a_heading_and_words():
    for key, caveat in caveats().items():
        assert caveat.key == key
        assert caveat.heading.endswith(".")
        assert caveat.text.endswith(".")


@pytest.mark.parametrize(
    ("ask", "wrong", "near"),
    [(measure, "arrest", "arrests"), (loader, "census-2021-nation", "census-2021-nations")],
)
def test_what_is_not_there_is_refused_with_the_near_ones(ask, wrong, near):
    with pytest.raises(Unknown, match=f"Did you mean {near}") as caught:
        ask(wrong)
    assert caught.value.near[0] == near


def test_a_good_declaration_is_read(declare):
    read = read_measure(declare(GOOD))
    assert (read.slug, read.rate_per, read.look_again) == ("try", 1000, date(2027, 3, 1))
    assert (read.not_comparable, read.outcomes) == ({}, None)
    (answer,) = read.answers
    assert (answer.unknowns, answer.outside, answer.kind) == (None, {}, "counts")
    assert answer.datasets == {"arrests-nineteen-groups", "census-2021-nations"}
    assert [caveat.key for caveat in read.caveats] == ["describes", "residents"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = "Arrest"\n', "", "'title' is missing"),
        ('title = "Arrest"', "title = 3", "'title' is 3, not str"),
        ('harm = "higher"', 'harm = "sideways"', "'harm' is 'sideways', not one of 'higher', 'lower'"),
        ('denominator = "population"', 'denominator = "people"', "'denominator' is 'people', not one of"),
        ('counts_what = "events"', 'counts_what = "things"', "'counts_what' is 'things', not one of"),
        ("rate_per = 1000", 'rate_per = "1000"', "'rate_per' is '1000', not int"),
        ("look_again = 2027-03-01", 'look_again = "next year"', "'look_again' is 'next year', not date"),
        ('why = "Why', 'whi = "Why', "'whi' is not known, did you mean 'why'?; 'why' is missing"),
        ('stage = "arrest"', 'stage = "arest"', "no stage is called 'arest'"),
        ('"describes", ', '"describe", ', "no caveat is called describe; there are describes"),
        ("caveats =", "remarks =", "'remarks' is not known"),
        ("[[answers]]", "[answers]", "'answers' is not a list of tables: write each as [[answers]]"),
        ("[[answers]]", "[[answer]]", "there are no [[answers]]"),
        ('series = "arrests"\n', "", "answer 1: 'series' is missing"),
        ("groups = 5", 'groups = "five"', "answer 1: 'groups' is 'five', not int"),
        ("groups = 5", "groups = 5\nunknown = 'x'", "answer 1: 'unknown' is not known, did you mean 'unknowns'?"),
        ("rate_per = 1000", "rate_per = ", "is not good TOML"),
    ],
)
def test_a_faulty_declaration_is_refused_with_its_file_and_its_fault(declare, before, after, said):
    assert GOOD.count(before) == 1
    path = declare(GOOD.replace(before, after))
    with pytest.raises(Fault) as caught:
        read_measure(path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


def test_every_fault_of_a_declaration_is_told_at_once(declare):
    wrong = GOOD.replace('title = "Arrest"\n', "").replace("rate_per = 1000", "rate_per = true")
    with pytest.raises(Fault) as caught:
        read_measure(declare(wrong))
    assert caught.value.faults == ("'rate_per' is True, not int", "'title' is missing")
