"""The map in words: squares stand for their cells and for nothing else, and what was indexed before is found."""

import re
from importlib import import_module

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evenhand.domains.directory.actions.indexing import refresh
from evenhand.domains.directory.models import Entry, Facet
from evenhand.domains.directory.queries.index.asking import SQUARES, squares_around, squares_within
from evenhand.domains.directory.tests import make

LATITUDES, LONGITUDES = st.floats(49.9, 55.8), st.floats(-5.7, 1.8)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES, st.sampled_from([5, 10, 25, 50, 100]))
def test_a_point_is_within_reach_by_squares_as_it_is_by_cells(north, east, latitude, longitude, miles):
    reach = {word.text for word in squares_within(miles, north, east)}
    here = list(squares_around(latitude, longitude))
    assert len(here) == len(SQUARES)
    assert len(reach & set(here)) <= 1  # no square is named beside one that holds it
    cells = by_cells_alone(miles, north, east)
    assert bool(reach & set(here)) == (here[0] in cells)
    assert len(reach) <= len(cells)


def by_cells_alone(miles, latitude, longitude):
    asking = import_module("evenhand.domains.directory.queries.index.asking")
    return {asking._square(SQUARES[0], *cell) for cell in asking._cells(miles, latitude, longitude)}


@given(LATITUDES, LONGITUDES)
def test_whoever_is_at_a_point_is_within_reach_of_it(latitude, longitude):
    assert {word.text for word in squares_within(5, latitude, longitude)} & set(squares_around(latitude, longitude))


def test_few_squares_stand_for_many_cells():
    assert len(squares_within(50, 52.5, -1.9)) < len(by_cells_alone(50, 52.5, -1.9)) / 3


@pytest.mark.django_db
def test_the_migration_adds_to_an_entry_what_the_index_would_hold_of_it():
    terms = [{"kind": "need", "term": "housing"}, {"kind": "need", "term": "mentoring"}]
    make.service(name="Gate", terms=terms)
    refresh(today=timezone.localdate())
    now = set(Entry.objects.get().tags.split())
    both = {word for word in now if "0need" in word}
    places = {word for word in now - both if re.fullmatch(r"[ghij]\d+x\d+0|(covers|within)\w+", word)}
    before = now - both - {word for word in places if word[0] in SQUARES[1:]}
    assert len(both) == 2 * len(places)
    assert not both & set(Facet.objects.values_list("tag", flat=True))  # of bits there are few
    added = import_module("evenhand.domains.directory.migrations.0008_squares").added(" ".join(sorted(before)))
    assert before | set(added.split()) == now
